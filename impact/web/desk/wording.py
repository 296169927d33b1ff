"""The words of the desk, from desk.toml, and the text of documents made fit to be shown."""

import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any, NamedTuple

from impact.assess.severity import level_of as triple_level
from impact.present.cleaning import GAP, STEERING, clipped, plain, shown
from impact.review.values.decision import Correction
from impact.taxonomy import load

AROUND = 220
"""Characters of a clause that are shown before the first words marked in it, where it is cut."""


class TextRun(NamedTuple):
    """A stretch of a clause; `ids`, of findings whose evidence it is, and whether it stands for what is left out."""

    text: str
    ids: tuple[str, ...] = ()
    gap: bool = False


@cache
def words() -> dict[str, Any]:
    """Return desk.toml, read once; not to be changed."""
    return dict(tomllib.loads(files("impact.web.desk").joinpath("desk.toml").read_text("utf-8")))


def runs(text: str, marks: Iterable[tuple[int, int, str]], limit: int = 0) -> tuple[TextRun, ...]:
    """Return a text cut where marks begin and end.

    Args:
        text: Verbatim.
        marks: Start and end in it (half-open), and the id of a finding; they may overlap and reach beyond the text.
        limit: About how many characters to keep, around the first mark; all if 0.
    """
    kept = [(max(start, 0), min(end, len(text)), name) for start, end, name in marks]
    kept = [one for one in kept if one[0] < one[1]]
    first, last = _window(text, min((one[0] for one in kept), default=0), limit)
    edges = sorted({first, last, *(edge for one in kept for edge in one[:2] if first < edge < last)})
    made = [
        TextRun(cleaned(text[start:end]), tuple(dict.fromkeys(name for a, b, name in kept if a <= start and end <= b)))
        for start, end in pairwise(edges)
    ]
    ends = [TextRun(GAP, gap=True)]
    return (*(ends if first else []), *made, *(ends if last < len(text) else []))


def cleaned(text: str) -> str:
    """Return a text without what could steer a browser or the direction of writing; its lines stay."""
    return STEERING.sub("", shown(text))


def name_of(label: str) -> str:
    """Return the name of a mechanism or safeguard; its id where the taxonomy does not have it (any more)."""
    taxonomy = load()
    one = taxonomy.mechanisms.get(label) or taxonomy.safeguards.get(label)
    return one.name if one else plain(label)


def place(number: str, page: int, *, paged: bool) -> str:
    """Return where a clause stands: "7.2, page 4"."""
    official = clipped(plain(number), 60)
    if not paged:
        return official or "no number"
    return f"{official}, page {page}" if official else f"page {page}"


def level_of(correction: Correction) -> str:
    """Return the level that the numbers of a reviewer give; empty where there are none."""
    if not correction.severity:
        return ""
    scale, scope, irremediability = correction.severity
    return triple_level(scale, scope, irremediability, load().severity)[0].value


def corrected(correction: Correction) -> str:
    """Return what a reviewer put in place of what the program said: "Logging; severity 4, 4, 3 (high); permits"."""
    parts = [
        name_of(correction.label) if correction.label else "",
        f"severity {', '.join(map(str, correction.severity))} ({level_of(correction)})" if correction.severity else "",
        words()["strengths"][correction.strength.value] if correction.strength else "",
    ]
    return "; ".join(part for part in parts if part)


def _window(text: str, first: int, limit: int) -> tuple[int, int]:
    """Return start and end of what is kept, between words."""
    if not limit or len(text) <= limit * 5 // 4:
        return 0, len(text)
    start = max(first - AROUND, 0)
    start = text.rfind(" ", 0, start) + 1 if start else 0
    end = text.find(" ", start + limit)
    return start, end if end > 0 else len(text)
