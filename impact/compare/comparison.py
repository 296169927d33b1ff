"""Two editions side by side: every clause, finding and safeguard of both accounted for."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from impact.compare.align import LinkKind, align
from impact.compare.change import ClauseChange, change_of
from impact.compare.edits.meaning import one_rule
from impact.compare.edits.reading import edits_of
from impact.compare.shifts import FindingShift, SafeguardShift
from impact.compare.wording import numbered
from impact.records import Level
from impact.records.report import Report, ReportClause

if TYPE_CHECKING:
    from impact.compare.edits.edit import SentenceEdit


@dataclass(frozen=True, slots=True)
class Tally:
    """How a number of the old edition becomes that of the new one.

    Attributes:
        old: In the old edition.
        gone: In the old edition alone.
        come: In the new edition alone.
        left: In both, counted on this line for the old edition alone (another level, a merge).
        joined: In both, counted on this line for the new edition alone (another level, a split).
        new: In the new edition.

    Raises:
        ValueError: If they do not sum up.
    """

    old: int
    gone: int
    come: int
    left: int
    joined: int
    new: int

    def __post_init__(self) -> None:
        if self.old - self.gone + self.come - self.left + self.joined != self.new:
            raise ValueError(f"{self} does not sum up")


@dataclass(frozen=True, slots=True)
class Comparison:
    """What became of an edition.

    Attributes:
        changes: One for each link, also where nothing changed; gravest first, then in the order of the new edition.

    Raises:
        ValueError: If a clause of either edition is in no change or in two, so that no number would sum up.
    """

    old: Report
    new: Report
    changes: tuple[ClauseChange, ...]

    def __post_init__(self) -> None:
        for name, size in (("old", len(self.old.clauses)), ("new", len(self.new.clauses))):
            linked = sorted(index for change in self.changes for index in getattr(change.link, name))
            if linked != list(range(size)):
                raise ValueError(f"a clause of the {name} edition is in no change or in two")
        for tally in (self.clauses, self.findings, self.safeguards, *self.levels.values()):
            assert isinstance(tally, Tally)  # noqa: S101 (made to be checked at birth)

    @property
    def kinds(self) -> dict[LinkKind, int]:
        """How many links there are of each kind, in the order of the kinds."""
        counts = Counter(change.link.kind for change in self.changes)
        return {kind: counts[kind] for kind in LinkKind}

    @property
    def shown(self) -> tuple[ClauseChange, ...]:
        """The changes that are one, gravest first."""
        return tuple(change for change in self.changes if change.gravity)

    @property
    def clauses(self) -> Tally:
        """Clauses: removed, added, fewer by merges, more by splits."""
        links = [change.link for change in self.changes]
        return Tally(
            old=len(self.old.clauses),
            gone=self.kinds[LinkKind.REMOVED],
            come=self.kinds[LinkKind.ADDED],
            left=sum(len(link.old) - 1 for link in links if link.old),
            joined=sum(len(link.new) - 1 for link in links if link.new),
            new=len(self.new.clauses),
        )

    @property
    def findings(self) -> Tally:
        """Findings: no longer found, newly found."""
        return _tally(self.old.findings(), self.new.findings(), self._finding_shifts())

    @property
    def safeguards(self) -> Tally:
        """Safeguards: no longer stated, newly stated."""
        shifts = [shift for change in self.changes for shift in change.safeguards]
        return _tally(self.old.safeguards(), self.new.safeguards(), shifts)

    @property
    def levels(self) -> dict[Level, Tally]:
        """Findings of each level, gravest first; `left` and `joined` are those whose level has changed."""
        return {level: self._level(level) for level in (Level.HIGH, Level.MEDIUM, Level.LOW)}

    def _finding_shifts(self) -> list[FindingShift]:
        return [shift for change in self.changes for shift in change.findings]

    def _level(self, level: Level) -> Tally:
        pairs = [
            (shift.old and shift.old.severity.level, shift.new and shift.new.severity.level)
            for shift in self._finding_shifts()
        ]
        return Tally(
            old=sum(finding.severity.level is level for _, finding in self.old.findings()),
            gone=sum(before is level and after is None for before, after in pairs),
            come=sum(after is level and before is None for before, after in pairs),
            left=sum(before is level and after not in {level, None} for before, after in pairs),
            joined=sum(after is level and before not in {level, None} for before, after in pairs),
            new=sum(finding.severity.level is level for _, finding in self.new.findings()),
        )


def _tally(old: Iterable[object], new: Iterable[object], shifts: Sequence[FindingShift | SafeguardShift]) -> Tally:
    return Tally(
        old=sum(1 for _ in old),
        gone=sum(shift.new is None for shift in shifts),
        come=sum(shift.old is None for shift in shifts),
        left=0,
        joined=0,
        new=sum(1 for _ in new),
    )


def compare(old: Report, new: Report) -> Comparison:
    """Return what became of `old` in `new`.

    Raises:
        MissingError: If both are in English and the parser or the network for changes is absent or cannot be used.
    """
    english = {old.document.language, new.document.language} == {"en"}
    links = align(old.clauses, new.clauses, one_rule if english else None)
    sides = [
        (tuple(old.clauses[index] for index in link.old), tuple(new.clauses[index] for index in link.new))
        for link in links
    ]
    edits: Sequence[tuple[SentenceEdit, ...] | None] = [None] * len(links)
    if english:
        bare = [_unnumbered(edition.clauses) for edition in (old, new)]
        edits = edits_of(
            [
                (link.kind, (tuple(bare[0][at] for at in link.old), tuple(bare[1][at] for at in link.new)))
                for link in links
            ]
        )
    changes = [change_of(link, *pair, found) for link, pair, found in zip(links, sides, edits, strict=True)]
    return Comparison(old, new, tuple(sorted(changes, key=lambda change: (-change.bears, -change.gravity))))


def _unnumbered(clauses: Sequence[ReportClause]) -> list[ReportClause]:
    """Return clauses whose words begin behind their number, also where the reading took it for words."""
    return [
        replace(clause, number=number, text=text) if text else clause
        for clause, (number, text) in zip(clauses, numbered(clauses), strict=True)
    ]
