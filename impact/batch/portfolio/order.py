"""Which document to read first: a lexicographic order with a reason in words, never a sum and never a score."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from impact.batch.portfolio.summary import DocumentSummary
from impact.present.cleaning import shown
from impact.records import Level
from impact.typed import loader

DIGITS = re.compile(r"(\d+)")
LONGEST = 400
_END, _FIRST, _LAST = "\x01", "0", "1"
"""Behind each part of a sort key that is no number; it sorts before all that text has."""


@dataclass(frozen=True, slots=True)
class OrderStep:
    """One step of the order: more of what it counts stands first; the next step decides between equals.

    Attributes:
        count: Name in `COUNTS`.
        level: The level of what it counts; none for what has no level.
        rule: What it counts, in words for the page.
        single: What to say in a reason where it is one, with `{names}`.
        several: What to say of more, with `{count}` and `{names}`.
        brief: What to say of any number in a table, with `{count}`.

    Raises:
        ValueError: If nothing of that name can be counted, or it has no level and needs one.
    """

    count: str
    level: Level
    rule: str
    single: str
    several: str
    brief: str

    def __post_init__(self) -> None:
        if self.count not in COUNTS or (self.level is Level.NONE) != (self.count == "talked"):
            msg = f"step {self.count!r} {self.level}: count one of {', '.join(COUNTS)}, with a level unless talked"
            raise ValueError(msg)

    def of(self, summary: DocumentSummary) -> tuple[str, ...]:
        """Return the ids of what it counts in a summary."""
        return tuple(COUNTS[self.count](summary, self.level))


COUNTS: dict[str, Callable[[DocumentSummary, Level], Iterable[str]]] = {
    "firm": lambda summary, level: (power.mechanism for power in summary.powers if power.firm is level),
    "doubtful": lambda summary, level: (power.mechanism for power in summary.powers if power.doubtful is level),
    "pairs": lambda summary, level: (name for name, raised in summary.pairs if raised is level),
    "talked": lambda summary, _: summary.talked,
}


@dataclass(frozen=True, slots=True)
class ReasonWording:
    """How a place is explained, and how many powers and pairs a reason names."""

    names: int
    pairs: int
    unflagged: str
    language: str
    nothing: str


@dataclass(frozen=True, slots=True)
class PortfolioWording:
    """The whole of wording.toml."""

    steps: tuple[OrderStep, ...]
    reasons: ReasonWording
    limits: dict[str, int]
    short: dict[str, str]
    is_: dict[str, Any]
    sources: dict[str, str]
    matches: dict[str, str]


wording = loader(PortfolioWording, "impact.batch.portfolio", "wording.toml")


def steps() -> tuple[OrderStep, ...]:
    """Return the steps of the order, the first to decide first."""
    return wording().steps


def in_order(summaries: Iterable[DocumentSummary]) -> list[DocumentSummary]:
    """Return the summaries in the order in which to read them; those of which nothing was assessed stand last.

    Further documents of a proposal follow its cover, which stands where the gravest of them would.
    """
    ordered = sorted(grouped(list(summaries)), key=lambda group: (*min(map(counts_of, group)), *_name(group[0])))
    return [summary for group in ordered for summary in group]


def grouped(summaries: Sequence[DocumentSummary]) -> list[list[DocumentSummary]]:
    """Return each document that stands for itself, with the further documents of its proposal behind it."""
    names = {summary.record.name for summary in summaries}
    further: dict[str, list[DocumentSummary]] = defaultdict(list)
    for summary in summaries:
        if summary.record.part_of in names:
            further[summary.record.part_of].append(summary)
    covers = (summary for summary in summaries if summary.record.part_of not in names)
    return [[cover, *sorted(further.pop(cover.record.name, []), key=_name)] for cover in covers]


def counts_of(summary: DocumentSummary) -> tuple[int, ...]:
    """Return the part of the sort key that speaks of what was found: smaller stands first, equals are ties."""
    return (not summary.has_place, *(-len(step.of(summary)) for step in steps()))


def _name(summary: DocumentSummary) -> tuple[Any, ...]:
    """Return the part that decides ties: documents with a number by number, then the others by name."""
    return (not summary.number, natural(summary.number), natural(summary.record.name))


def natural(text: str) -> tuple[tuple[str | int, ...], str]:
    """Return a key that sorts "C-9" before "C-10" and is equal for equal texts only."""
    parts = DIGITS.split(text[:LONGEST].casefold())
    return tuple(int(part) if place % 2 else part for place, part in enumerate(parts)), text


def tie_key(number: str, name: str) -> str:
    """Return a text that sorts by code points as documents with equal counts do: by number, then by name."""
    return "".join((_LAST if not number else _FIRST, sortable(number), number, _END, sortable(name)))


def sortable(text: str) -> str:
    """Return a text that sorts by code points as `natural` sorts; equal keys leave the texts to decide."""
    parts = DIGITS.split(shown(text)[:LONGEST].casefold())
    coded = (_measured(str(int(part))) if place % 2 else f"{part}{_END}" for place, part in enumerate(parts))
    return "".join(coded)


def _measured(digits: str) -> str:
    """Return the digits of a number behind how many they are, so that longer ones sort behind."""
    return f"{len(digits):03}{digits}"
