"""Attempts to tell a second reader what to say (tests/reader/attempts.toml), each in a document of our own."""

import tomllib
from pathlib import Path

from harbor import POWERS

from impact.reader.legible import legible

FILE = Path(__file__).parents[1] / "reader" / "attempts.toml"
ATTEMPTS = {attempt["id"]: attempt for attempt in tomllib.loads(FILE.read_text("utf-8"))["attempts"]}
PARTS = 12
"""Characters of an attempt from which on a server understands it."""


def page(attempt: dict[str, str] | None) -> str:
    """Return our document as HTML, with the attempt in its place; in the body it is a clause of its own."""
    text, place = (attempt["text"], attempt["place"]) if attempt else ("", "")
    tags = "".join(chr(0xE0000 + ord(character)) for character in text) if place == "tags" else ""
    between = "\u200b".join(text)
    bodies = {
        "body": f"<p>{text.replace('<', '&lt;')}</p>",
        "hidden": f'<p style="display:none">{text}</p>',
        "comment": f"<!-- {text} -->",
        "tags": f"<p>The quay is long.{tags}</p>",
        "unseen": f"<p>{between}</p>",
    }
    title = text if place == "title" else "Gateways of harbors"
    heading = text if place == "heading" else "Requirements"
    clauses = [f"<p>{power}</p>" for power in POWERS]
    clauses.insert(2, bodies.get(place, ""))
    body = f"<h1>{title}</h1><h2>{heading}</h2>{''.join(clauses)}"
    return f"<html><head><title>{title}</title></head><body>{body}</body></html>"


def name_of(attempt: dict[str, str] | None) -> str:
    return f"{attempt['text']}.html" if attempt and attempt["place"] == "file name" else "harbor.html"


def parts_of(attempt: dict[str, str]) -> list[str]:
    """Return the pieces of an attempt by which a server knows that it has reached it."""
    text = legible(attempt["text"])
    parts = [text[start : start + PARTS] for start in range(0, max(1, len(text) - PARTS + 1), 3)]
    return [part for part in parts if part not in page(None)]
