"""One change: clauses that are the same one in both editions, and what the new wording does."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from impact.compare.align import Kind, Link
from impact.compare.edition import Passage
from impact.compare.shifts import ORDER, GuardShift, PowerShift, guard_shifts, power_shifts
from impact.compare.wording import key_of
from impact.records import Strength

WORDED_ANEW = frozenset({Kind.REWORDED, Kind.SPLIT, Kind.MERGED})


@cache
def words() -> dict[str, Any]:
    """Return compare.toml, read once; not to be changed."""
    return tomllib.loads(files("impact.compare").joinpath("compare.toml").read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a clause, or of several that were split or merged.

    Attributes:
        link: Which clauses, and whether they were moved, reworded and so on.
        old: Clauses of the old edition.
        new: Clauses of the new edition.
        powers: What became of each finding, also of those that were kept.
        guards: What became of each safeguard, also of those that were kept.
        limits_gone: Stretches of time ("30 days") that the old wording states more often than the new.
        limits_new: Stretches of time that the new wording states more often than the old.

    Raises:
        ValueError: If clauses and link do not fit, or findings or safeguards of the clauses are missing or too many.
    """

    link: Link
    old: tuple[Passage, ...]
    new: tuple[Passage, ...]
    powers: tuple[PowerShift, ...]
    guards: tuple[GuardShift, ...]
    limits_gone: tuple[str, ...] = ()
    limits_new: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse findings and safeguards that are not exactly those of the clauses."""
        sums = (
            (len(self.link.old), len(self.old)),
            (len(self.link.new), len(self.new)),
            (sum(shift.old is not None for shift in self.powers), sum(len(one.powers) for one in self.old)),
            (sum(shift.new is not None for shift in self.powers), sum(len(one.powers) for one in self.new)),
            (sum(shift.old is not None for shift in self.guards), sum(len(one.guards) for one in self.old)),
            (sum(shift.new is not None for shift in self.guards), sum(len(one.guards) for one in self.new)),
        )
        if any(one != other for one, other in sums):
            msg = f"{self.link}: clauses, findings or safeguards do not add up: {sums}"
            raise ValueError(msg)

    @property
    def strength(self) -> tuple[Strength, Strength] | None:
        """The strongest wording before and after, where it differs and no finding is there to say so."""
        if self.link.kind not in WORDED_ANEW or self.powers or not _assessed(self.old, self.new):
            return None
        before, after = _strongest(self.old), _strongest(self.new)
        return (before, after) if before is not after else None

    @property
    def gravity(self) -> int:
        """Where it stands among the changes, highest first; 0 where there is nothing to show."""
        table = words()["gravity"]
        marks = [table["wording"][self.link.kind.value]]
        marks += [table["finding"][shift.manner][shift.level] for shift in self.powers]
        marks += [table["safeguard"][shift.manner] for shift in self.guards]
        marks += [table["wording"]["limit"]] * bool(self.limits_gone or self.limits_new)
        marks += [table["wording"]["strength"]] * bool(self.strength)
        return int(max(marks))

    @property
    def bears(self) -> bool:
        """Whether it changes a finding, a safeguard, a stretch of time or the strength of an assessed clause."""
        shifts = {shift.change for shift in self.powers} | {shift.change for shift in self.guards}
        return bool(shifts - {"kept"}) or bool(self.limits_gone or self.limits_new or self.strength)


def change_of(link: Link, old: tuple[Passage, ...], new: tuple[Passage, ...]) -> Change:
    """Return what a link does.

    Args:
        link: Which clauses.
        old: Its clauses in the old edition.
        new: Its clauses in the new edition.
    """
    gone: tuple[str, ...] = ()
    come: tuple[str, ...] = ()
    if link.kind in WORDED_ANEW and _assessed(old, new):
        before, after = _limits(old), _limits(new)
        gone, come = tuple((before - after).elements()), tuple((after - before).elements())
    return Change(link, old, new, power_shifts(old, new), guard_shifts(old, new), gone, come)


def _assessed(old: Iterable[Passage], new: Iterable[Passage]) -> bool:
    return any(one.assessed for one in old) and any(one.assessed for one in new)


def _strongest(passages: Iterable[Passage]) -> Strength:
    return min((passage.strength for passage in passages), key=ORDER.index)


def _limits(passages: Iterable[Passage]) -> Counter[str]:
    """Return the stretches of time that clauses state, in small letters and in the order of the text."""
    found = (_duration().findall(key_of(passage.text).casefold()) for passage in passages)
    return Counter(f"{figure} {unit}" for each in found for figure, unit in each)


@cache
def _duration() -> re.Pattern[str]:
    table = words()["limits"]
    figures = "|".join(sorted(table["figures"], key=len, reverse=True))
    return re.compile(rf"\b(\d[\d.,]*|{figures})[ -]((?:{'|'.join(table['units'])})s?)\b")
