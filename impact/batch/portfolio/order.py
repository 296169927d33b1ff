"""Which document to read first: a lexicographic order with a reason in words, never a sum and never a score."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from impact.batch.portfolio.entry import Entry
from impact.records import Level

DIGITS = re.compile(r"(\d+)")
LONGEST = 400


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the order: more of what it counts stands first; the next step decides between equals.

    Attributes:
        count: Name in `COUNTS`.
        level: The level of what it counts; none for what has no level.
        rule: What it counts, in words for the page.
        one: What to say in a reason of one, with `{names}`.
        many: What to say of more, with `{count}` and `{names}`.
        brief: What to say of any number in a table, with `{count}`.

    Raises:
        ValueError: If nothing of that name can be counted, or it has no level and needs one.
    """

    count: str
    level: Level
    rule: str
    one: str
    many: str
    brief: str

    def __post_init__(self) -> None:
        """Refuse what cannot be counted."""
        if self.count not in COUNTS or (self.level is Level.NONE) != (self.count == "talked"):
            msg = f"step {self.count!r} {self.level}: count one of {', '.join(COUNTS)}, with a level unless talked"
            raise ValueError(msg)

    def of(self, entry: Entry) -> tuple[str, ...]:
        """Return the ids of what it counts in an entry."""
        return COUNTS[self.count](entry, self.level)


def _firm(entry: Entry, level: Level) -> tuple[str, ...]:
    return tuple(power.mechanism for power in entry.powers if power.firm is level)


def _doubtful(entry: Entry, level: Level) -> tuple[str, ...]:
    return tuple(power.mechanism for power in entry.powers if power.doubtful is level)


def _pairs(entry: Entry, level: Level) -> tuple[str, ...]:
    return tuple(name for name, raised in entry.pairs if raised is level)


def _talked(entry: Entry, _level: Level) -> tuple[str, ...]:
    return entry.talked


COUNTS = {"firm": _firm, "doubtful": _doubtful, "pairs": _pairs, "talked": _talked}


@cache
def wording() -> dict[str, Any]:
    """Return wording.toml, read once; not to be changed."""
    return tomllib.loads(files("impact.batch.portfolio").joinpath("wording.toml").read_text("utf-8"))


@cache
def steps() -> tuple[Step, ...]:
    """Return the steps of the order, the first to decide first."""
    return tuple(Step(**one | {"level": Level(one["level"])}) for one in wording()["steps"])


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """Return the entries in the order in which to read them; those of which nothing was assessed stand last."""
    return sorted(entries, key=lambda entry: (*counts_of(entry), *_name(entry)))


def counts_of(entry: Entry) -> tuple[int, ...]:
    """Return the part of the sort key that speaks of what was found: smaller stands first, equals are ties."""
    return (not entry.placed, *(-len(step.of(entry)) for step in steps()))


def _name(entry: Entry) -> tuple[Any, ...]:
    """Return the part that decides ties: documents with a number by number, then the others by name."""
    return (not entry.number, natural(entry.number), natural(entry.record.name))


def natural(text: str) -> tuple[tuple[str | int, ...], str]:
    """Return a key that sorts "C-9" before "C-10" and is equal for equal texts only."""
    parts = DIGITS.split(text[:LONGEST].casefold())
    return tuple(int(part) if place % 2 else part for place, part in enumerate(parts)), text
