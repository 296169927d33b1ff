"""One change: clauses that are the same one in both editions, and what the new wording does."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from impact.compare.align import ClauseLink, LinkKind
from impact.compare.edits.edit import BURDENING, PROTECTING, SAME_RULE, Effect, SentenceEdit
from impact.compare.shifts import FindingShift, SafeguardShift, finding_shifts, safeguard_shifts
from impact.compare.wording import key_of
from impact.compare.words import words
from impact.numerals import IN_WORDS
from impact.records import Level, Strength
from impact.records.report import ReportClause

SAME_WORDS = frozenset({LinkKind.UNCHANGED, LinkKind.RENUMBERED, LinkKind.MOVED})
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
        edits: What has changed in its sentences, those that bear first; None where they were not read for it, as in
            other languages than English.

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
    edits: tuple[SentenceEdit, ...] | None = None

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
        table = words().gravity
        ranks = [table.wording[self.link.kind]]
        if self.bears:
            ranks.append(table.least)
            ranks += self._shift_ranks()
            ranks += [table.wording["limit"]] * bool(self.limits_gone or self.limits_new)
            ranks += [table.wording["strength"]] * bool(self.strength)
        bearing = [edit for edit in self.edits or () if edit.bears]
        for edit in bearing:
            ranking = table.edit[edit.kind]
            side = "grave" if edit.effect.grave else "other"
            rank = ranking.get("unclear", ranking[side]) if edit.effect is Effect.UNCLEAR else ranking[side]
            ranks.append(rank if edit.plain else min(rank, table.labels_alone))
        return max(ranks)

    def _shift_ranks(self) -> list[int]:
        """Return where its findings and safeguards put it; where its sentences were read, those have the say.

        Then a finding that is surely new and high still comes first, and without an edit that bears all others come
        behind those that do.
        """
        shifts: list[FindingShift | SafeguardShift] = [*self.findings, *self.safeguards] if self.shifted else []
        if self.edits is None:
            return [shift.gravity for shift in shifts]
        table = words().gravity
        first = [shift.gravity for shift in shifts if shift.sure and shift.gravity == table.finding["new"][Level.HIGH]]
        return first + [min(shift.gravity, table.labels_alone) for shift in shifts]

    def tells(self, shift: FindingShift | SafeguardShift) -> bool:
        """Return whether to tell of what became of a finding or safeguard.

        A doubtful power is not told of a rule that was read as one that protects, nor a doubtful safeguard of a burden.
        """
        if shift.change == "kept" or not self.shifted:
            return False
        kinds = {edit.kind for edit in self.edits or () if edit.bears}
        against = PROTECTING if isinstance(shift, FindingShift) else BURDENING
        return shift.sure or not kinds or not kinds <= against

    @property
    def shifted(self) -> bool:
        """Whether what became of its findings and safeguards counts: not where its own words are the same or say so.

        Where its sentences were read and all say the same as before, a finding that has come or gone says something of
        the tool and not of the text.
        """
        if self.link.kind in SAME_WORDS:
            return False
        return not self._same_rule

    @property
    def bears(self) -> bool:
        """Whether it changes a rule that concerns people, a finding, a safeguard or a time; never in the same words."""
        if self.link.kind in SAME_WORDS or self._same_rule:
            return False
        if any(edit.bears for edit in self.edits or ()):
            return True
        shifts: list[FindingShift | SafeguardShift] = [*self.findings, *self.safeguards]
        if self.edits is not None:
            return any(shift.sure and shift.change != "kept" for shift in shifts)
        moved = any(shift.change != "kept" for shift in shifts)
        return moved or bool(self.limits_gone or self.limits_new or self.strength)

    @property
    def _same_rule(self) -> bool:
        """Whether its sentences were read and lay down what they did before."""
        if self.edits is None or any(edit.bears for edit in self.edits):
            return False
        if self.link.kind in (LinkKind.SPLIT, LinkKind.MERGED) and not self.edits:
            return True
        return bool(self.edits) and all(edit.kind in SAME_RULE for edit in self.edits)


def change_of(
    link: ClauseLink,
    old: tuple[ReportClause, ...],
    new: tuple[ReportClause, ...],
    edits: tuple[SentenceEdit, ...] | None = None,
) -> ClauseChange:
    """Return what a link of clauses of both editions does."""
    gone: tuple[str, ...] = ()
    come: tuple[str, ...] = ()
    if link.kind in WORDED_ANEW and _assessed(old, new):
        before, after = _limits(old), _limits(new)
        gone, come = tuple((before - after).elements()), tuple((after - before).elements())
    return ClauseChange(link, old, new, finding_shifts(old, new), safeguard_shifts(old, new), gone, come, edits)


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
    units = "|".join(words().limits.units)
    return re.compile(rf"\b(\d[\d.,]*|{IN_WORDS})[ -]((?:{units})s?)\b")
