"""Text in which CommonMark finds no markup."""

import re

from impact.present.cleaning import clipped, plain

SPECIAL = re.compile(r"([\\`*~$]|(?<![^\W_])_|_(?![^\W_])|<(?=[A-Za-z/!?]|\Z)|&(?=#?\w{0,40}(?:;|\Z))|\](?=[(\[:]|\Z))")
"""What acts as markup within a line: of brackets the closing one where it could make a link or a reference."""

LEADING = re.compile(r"\A(?:([-+=:#>\[|])|(\d{1,9})(?=[.)](?:\s|\Z)))")
"""What makes a block at the beginning of a line."""


def escaped(text: str) -> str:
    """Return one line of text in which CommonMark finds no markup, and in which no word is endless."""
    text = re.sub(r"\S{120,}", lambda match: clipped(match[0], 100), plain(text))
    text = SPECIAL.sub(r"\\\1", text)
    return LEADING.sub(lambda match: f"\\{match[1]}" if match[1] else f"{match[2]}\\", text)


def escaped_run(text: str) -> str:
    """Return `escaped` text with a blank at either end where the text has white space there."""
    lead, tail = text[:1].isspace(), text[-1:].isspace() and len(text) > 1
    return f"{' ' if lead else ''}{escaped(text)}{' ' if tail else ''}"
