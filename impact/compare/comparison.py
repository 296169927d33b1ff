"""Two editions side by side: every clause, finding and safeguard of both accounted for."""

from collections import Counter
from dataclasses import dataclass

from impact.compare.align import Kind, align
from impact.compare.change import Change, change_of
from impact.compare.edition import Edition
from impact.records import Level


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
        """Refuse numbers that do not sum up."""
        if self.old - self.gone + self.come - self.left + self.joined != self.new:
            msg = f"{self} does not sum up"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What became of an edition.

    Attributes:
        old: The old edition.
        new: The new edition.
        changes: One for each link, also where nothing changed; gravest first, then in the order of the new edition.

    Raises:
        ValueError: If a clause of either edition is in no change or in two, so that no number would sum up.
    """

    old: Edition
    new: Edition
    changes: tuple[Change, ...]

    def __post_init__(self) -> None:
        """Refuse clauses left out or counted twice; count all once, which refuses sums that are wrong."""
        for name, size in (("old", len(self.old.passages)), ("new", len(self.new.passages))):
            held = sorted(index for change in self.changes for index in getattr(change.link, name))
            if held != list(range(size)):
                msg = f"a clause of the {name} edition is in no change or in two"
                raise ValueError(msg)
        for tally in (self.clauses, self.findings, self.safeguards, *self.levels.values()):
            assert isinstance(tally, Tally)  # noqa: S101 (made to be checked at birth)

    @property
    def kinds(self) -> dict[Kind, int]:
        """How many links there are of each kind, in the order of the kinds."""
        counts = Counter(change.link.kind for change in self.changes)
        return {kind: counts[kind] for kind in Kind}

    @property
    def shown(self) -> tuple[Change, ...]:
        """The changes that are one, gravest first."""
        return tuple(change for change in self.changes if change.gravity)

    @property
    def clauses(self) -> Tally:
        """Clauses: removed, added, fewer by merges, more by splits."""
        links = [change.link for change in self.changes]
        return Tally(
            old=len(self.old.passages),
            gone=self.kinds[Kind.REMOVED],
            come=self.kinds[Kind.ADDED],
            left=sum(len(link.old) - 1 for link in links if link.old),
            joined=sum(len(link.new) - 1 for link in links if link.new),
            new=len(self.new.passages),
        )

    @property
    def findings(self) -> Tally:
        """Findings: no longer found, newly found."""
        shifts = [shift for change in self.changes for shift in change.powers]
        return Tally(
            old=sum(len(passage.powers) for passage in self.old.passages),
            gone=sum(shift.new is None for shift in shifts),
            come=sum(shift.old is None for shift in shifts),
            left=0,
            joined=0,
            new=sum(len(passage.powers) for passage in self.new.passages),
        )

    @property
    def safeguards(self) -> Tally:
        """Safeguards: no longer stated, newly stated."""
        shifts = [shift for change in self.changes for shift in change.guards]
        return Tally(
            old=sum(len(passage.guards) for passage in self.old.passages),
            gone=sum(shift.new is None for shift in shifts),
            come=sum(shift.old is None for shift in shifts),
            left=0,
            joined=0,
            new=sum(len(passage.guards) for passage in self.new.passages),
        )

    @property
    def levels(self) -> dict[Level, Tally]:
        """Findings of each level, gravest first; `left` and `joined` are those whose level has changed."""
        return {level: self._level(level) for level in (Level.HIGH, Level.MEDIUM, Level.LOW)}

    def _level(self, level: Level) -> Tally:
        shifts = [shift for change in self.changes for shift in change.powers]
        pairs = [(shift.old and shift.old.level, shift.new and shift.new.level) for shift in shifts]
        return Tally(
            old=sum(power.level is level for passage in self.old.passages for power in passage.powers),
            gone=sum(before is level and after is None for before, after in pairs),
            come=sum(after is level and before is None for before, after in pairs),
            left=sum(before is level and after not in {level, None} for before, after in pairs),
            joined=sum(after is level and before not in {level, None} for before, after in pairs),
            new=sum(power.level is level for passage in self.new.passages for power in passage.powers),
        )


def compare(old: Edition, new: Edition) -> Comparison:
    """Return what became of `old` in `new`."""
    changes = [
        change_of(
            link, tuple(old.passages[index] for index in link.old), tuple(new.passages[index] for index in link.new)
        )
        for link in align(old.passages, new.passages)
    ]
    return Comparison(old, new, tuple(sorted(changes, key=lambda change: -change.gravity)))
