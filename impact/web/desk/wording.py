"""The words of the desk, from desk.toml, and the text of documents made fit to be shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from impact import typed
from impact.assess.severity import level_of as triple_level
from impact.present.cleaning import GAP, STEERING, clipped, plain, shown
from impact.present.words import beside_headline
from impact.records import Grade, Headline
from impact.review.values.decision import Correction
from impact.taxonomy import load

AROUND = 220
"""Characters of a clause that are shown before the first words marked in it, where it is cut."""


class TextRun(NamedTuple):
    """A stretch of a clause; `ids`, of findings whose evidence it is, and whether it stands for what is left out."""

    text: str
    ids: tuple[str, ...] = ()
    gap: bool = False


@dataclass(frozen=True, slots=True)
class RejectionReason:
    """A reason for rejecting that comes up again and again, with its key."""

    key: str
    short: str
    text: str


@dataclass(frozen=True, slots=True)
class Shortcut:
    """Keys of the desk, and what they do."""

    keys: tuple[str, ...]
    does: str


@dataclass(frozen=True, slots=True)
class PaceFigures:
    """Speeds by which the time left is estimated; what each is and its source stand in desk.toml."""

    words: float
    choice: float
    fewest: int
    pause: float
    session: float


@dataclass(frozen=True, slots=True)
class DeskWords:
    """What desk.toml holds."""

    unsaid: str
    single: str
    estimate: str
    fontless: str
    pace: PaceFigures
    sections: dict[str, str]
    reasons: tuple[RejectionReason, ...]
    verdicts: dict[str, str]
    done: dict[str, str]
    strengths: dict[str, str]
    provisions: dict[str, str]
    numbers: dict[str, str]
    orders: dict[str, str]
    changes: dict[str, str]
    differences: dict[str, str]
    keys: tuple[Shortcut, ...]
    forms: dict[str, str]
    files: dict[str, str]
    outgoing: dict[str, tuple[str, ...]]
    languages: dict[str, str]


words = typed.loader(DeskWords, "impact.web.desk", "desk.toml")


def runs(text: str, marks: Iterable[tuple[int, int, str]], limit: int = 0) -> tuple[TextRun, ...]:
    """Return a text cut where marks begin and end; about `limit` characters around the first mark, all if 0.

    Marks are start and end in it (half-open), and the id of a finding; they may overlap and reach beyond the text.
    """
    inside = [(max(start, 0), min(end, len(text)), name) for start, end, name in marks]
    inside = [(start, end, name) for start, end, name in inside if start < end]
    first, last = _window(text, min((start for start, _, _ in inside), default=0), limit)
    edges = sorted({first, last, *(edge for mark in inside for edge in mark[:2] if first < edge < last)})
    stretches = []
    for start, end in pairwise(edges):
        names = dict.fromkeys(name for a, b, name in inside if a <= start and end <= b)
        stretches.append(TextRun(cleaned(text[start:end]), tuple(names)))
    gap = [TextRun(GAP, gap=True)]
    return (*(gap if first else []), *stretches, *(gap if last < len(text) else []))


def cleaned(text: str) -> str:
    """Return a text without what could steer a browser or the direction of writing; its lines stay."""
    return STEERING.sub("", shown(text))


def name_of(label: str) -> str:
    """Return the name of a mechanism or safeguard; its id where the taxonomy does not have it (any more)."""
    taxonomy = load()
    definition = taxonomy.mechanisms.get(label) or taxonomy.safeguards.get(label)
    return definition.name if definition else plain(label)


def place(number: str, page: int, *, paged: bool) -> str:
    """Return where a clause stands: "7.2, page 4"."""
    official = clipped(plain(number), 60)
    if not paged:
        return official or "unnumbered"
    return f"{official}, page {page}" if official else f"page {page}"


def not_assessed(headline: Headline | None) -> str:
    """Return that and why a document was not assessed: "Not assessed: the document is in French."; empty if it was."""
    apart = headline is not None and headline.grade is Grade.UNASSESSED
    return f"Not assessed: {beside_headline(headline)}." if headline and apart else ""


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
        words().strengths[correction.strength.value] if correction.strength else "",
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
