"""What a match says, as JSON, HTML and lines for a terminal."""

import json
from dataclasses import asdict, dataclass
from typing import Any

from impact.match.candidates import Candidate
from impact.match.sketch import Sketch
from impact.present.cleaning import clipped, plain, shown
from impact.present.document_names import called
from impact.present.lists import counted
from impact.present.templates import render
from impact.present.words import unassessed_words

SCHEMA = "impact-match/1"
FILE_NAMES = {"html": "match.html", "json": "match.json"}
TITLE, QUOTE = 100, 90
"""Characters of a title and of a provision on a terminal. Source: project judgment."""


@dataclass(frozen=True, slots=True)
class Result:
    """What came of comparing a document with a library.

    Attributes:
        candidates: Best first.
        compared: Documents in the library, without the document itself.
        known_as: Name under which the very same file is in the library; empty if it is not.
        refused: Sketches of the library that could not be read, one line each.
        nearest: The nearest documents that are no match, nearest first.
    """

    sketch: Sketch
    candidates: tuple[Candidate, ...]
    compared: int
    known_as: str = ""
    refused: tuple[str, ...] = ()
    nearest: tuple[Candidate, ...] = ()

    @property
    def headline(self) -> str:
        """What was found, in one sentence without a full stop."""
        library = counted(self.compared, "document")
        if not self.compared:
            return "The library contains no other document to compare with"
        if not self.candidates:
            return f"None of {library} in the library resembles this proposal closely"
        return f"{len(self.candidates)} of {library} in the library may be the same proposal or closely related"

    @property
    def limit(self) -> str:
        """That the document was not assessed, and what was compared all the same; empty where it was."""
        unassessed = unassessed_words(self.sketch.unassessed)
        return f"{unassessed} Only copied wording was compared, not the meaning of provisions." if unassessed else ""


def to_json(result: Result) -> str:
    """Return the result as JSON; strengths are words, there is no score. What is under `nearest` is no match."""
    sketch = result.sketch
    values = {
        "schema": SCHEMA,
        "document": {"id": sketch.id, "source": sketch.name, "title": sketch.title, "number": sketch.number}
        | ({"unassessed": sketch.unassessed} if sketch.unassessed else {}),
        "library": {"documents": result.compared, "known_as": result.known_as, "refused": list(result.refused)},
        "candidates": [_values(candidate) for candidate in result.candidates],
        "nearest": [_values(candidate) for candidate in result.nearest],
    }
    return shown(json.dumps(values, ensure_ascii=False, indent=1)) + "\n"


def to_html(result: Result) -> str:
    """Return the page: one file, no script, all text of documents escaped and isolated in its writing direction."""
    from importlib.metadata import version

    parts = {"result": result, "sketch": result.sketch, "tool": version("impact-rights")}
    return render("match/match.html", parts, filters={"label": label})


def to_lines(result: Result) -> list[str]:
    """Return a few lines for a terminal."""
    lines = [plain(f"{result.sketch.name}: {result.headline}.")]
    lines += [plain(f"  {result.limit}")] if result.limit else []
    if result.known_as:
        lines.append(plain(f"  This file is already in the library, as {result.known_as}."))
    for found in (result.candidates, result.nearest):
        lines += ["  Nearest documents that are not matches:"] if found and found is result.nearest else []
        width = max((len(label(candidate)) for candidate in found), default=0)
        lines += [line for candidate in found for line in _lines(candidate, width)]
    return lines


RENDERERS = {"html": to_html, "json": to_json}


def label(candidate: Candidate) -> str:
    """Return the strength, or that both carry the same number."""
    return f"revision, {candidate.strength}" if candidate.revision else candidate.strength


def _values(candidate: Candidate) -> dict[str, Any]:
    fields = ("folder", "name", "title", "number", "strength", "meaning", "revision")
    return {name: getattr(candidate, name) for name in fields} | {
        "pairs_in_all": candidate.paired,
        "pairs_at_most": candidate.fewer,
        "pairs": [asdict(pair) for pair in candidate.pairs],
    }


def _lines(candidate: Candidate, width: int) -> list[str]:
    name = called(plain(candidate.number), clipped(plain(candidate.title), TITLE))
    pairs = f"{candidate.paired} of {candidate.fewer} provisions have a counterpart"
    lines = [f"  {label(candidate):{width}}  {name or plain(candidate.name)} ({plain(candidate.folder)}); {pairs}"]
    if candidate.pairs:
        best = candidate.pairs[0]
        lines.append(f"    old {_provision(best.old.number, best.old.text)}")
        lines.append(f"    new {_provision(best.new.number, best.new.text)}")
    return lines


def _provision(number: str, text: str) -> str:
    return f"{plain(number) or '-'}: {clipped(plain(text), QUOTE)}"
