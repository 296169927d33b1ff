"""One change: clauses that are the same one in both editions, and what the new wording does."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from impact.compare.align import ClauseLink, LinkKind
from impact.compare.shifts import FindingShift, SafeguardShift, finding_shifts, safeguard_shifts
from impact.compare.wording import key_of
from impact.compare.words import words
from impact.records import Strength
from impact.records.report import ReportClause

WORDED_ANEW = frozenset({LinkKind.REWORDED, LinkKind.SPLIT, LinkKind.MERGED})


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """What became of a clause, or of several that were split or merged.

    Attributes:
        link: Which clauses, and whether they were moved, reworded and so on.
        findings: What became of each finding, also of those that were kept.
        safeguards: What became of each safeguard, also of those that were kept.
        limits_gone: Stretches of time ("30 days") that the old wording states more often than the new.
        limits_new: Stretches of time that the new wording states more often than the old.

    Raises:
        ValueError: If clauses and link do not fit, or findings or safeguards of the clauses are missing or too many.
    """

    link: ClauseLink
    old: tuple[ReportClause, ...]
    new: tuple[ReportClause, ...]
    findings: tuple[FindingShift, ...]
    safeguards: tuple[SafeguardShift, ...]
    limits_gone: tuple[str, ...] = ()
    limits_new: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        sums = (
            (len(self.link.old), len(self.old)),
            (len(self.link.new), len(self.new)),
            (sum(1 for shift in self.findings if shift.old), sum(len(clause.findings) for clause in self.old)),
            (sum(1 for shift in self.findings if shift.new), sum(len(clause.findings) for clause in self.new)),
            (sum(1 for shift in self.safeguards if shift.old), sum(len(clause.safeguards) for clause in self.old)),
            (sum(1 for shift in self.safeguards if shift.new), sum(len(clause.safeguards) for clause in self.new)),
        )
        if any(shifted != stated for shifted, stated in sums):
            raise ValueError(f"{self.link}: clauses, findings or safeguards do not add up: {sums}")

    @property
    def texts(self) -> tuple[str, str]:
        """The words of its clauses in the old edition, and in the new one."""
        old, new = ("\n".join(clause.text for clause in side) for side in (self.old, self.new))
        return old, new

    @property
    def strength(self) -> tuple[Strength, Strength] | None:
        """The strongest wording before and after, where it differs and no finding is there to say so."""
        if self.link.kind not in WORDED_ANEW or self.findings or not _assessed(self.old, self.new):
            return None
        before, after = _strongest(self.old), _strongest(self.new)
        return (before, after) if before is not after else None

    @property
    def gravity(self) -> int:
        """Where it stands among the changes, highest first; 0 where there is nothing to show."""
        wording = words().gravity.wording
        ranks = [wording[self.link.kind]]
        ranks += [shift.gravity for shift in self.findings]
        ranks += [shift.gravity for shift in self.safeguards]
        ranks += [wording["limit"]] * bool(self.limits_gone or self.limits_new)
        ranks += [wording["strength"]] * bool(self.strength)
        return max(ranks)

    @property
    def bears(self) -> bool:
        """Whether it changes a finding, a safeguard, a stretch of time or the strength of an assessed clause."""
        shifts = {shift.change for shift in self.findings} | {shift.change for shift in self.safeguards}
        return bool(shifts - {"kept"}) or bool(self.limits_gone or self.limits_new or self.strength)


def change_of(link: ClauseLink, old: tuple[ReportClause, ...], new: tuple[ReportClause, ...]) -> ClauseChange:
    """Return what a link of clauses of both editions does."""
    gone: tuple[str, ...] = ()
    come: tuple[str, ...] = ()
    if link.kind in WORDED_ANEW and _assessed(old, new):
        before, after = _limits(old), _limits(new)
        gone, come = tuple((before - after).elements()), tuple((after - before).elements())
    return ClauseChange(link, old, new, finding_shifts(old, new), safeguard_shifts(old, new), gone, come)


def _assessed(old: Iterable[ReportClause], new: Iterable[ReportClause]) -> bool:
    return any(clause.assessed for clause in old) and any(clause.assessed for clause in new)


def _strongest(clauses: Iterable[ReportClause]) -> Strength:
    return min((clause.strength for clause in clauses), key=lambda strength: strength.rank)


def _limits(clauses: Iterable[ReportClause]) -> Counter[str]:
    """Return the stretches of time that clauses state, in small letters and in the order of the text."""
    texts = (key_of(clause.text).casefold() for clause in clauses)
    return Counter(f"{figure} {unit}" for text in texts for figure, unit in _duration().findall(text))


@cache
def _duration() -> re.Pattern[str]:
    limits = words().limits
    figures = "|".join(sorted(limits.figures, key=len, reverse=True))
    return re.compile(rf"\b(\d[\d.,]*|{figures})[ -]((?:{'|'.join(limits.units)})s?)\b")
