"""The heaviest rising chain of numbers, which tells headings from numbers that only look like theirs."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from impact.segment.numbers import Part


def heaviest_chain(entries: Sequence[tuple[tuple[Part, ...], int]]) -> frozenset[int]:
    """Return the positions of the entries that form the heaviest strictly rising chain, the later one of equals.

    O(n log n): a Fenwick tree over the numbers keeps the heaviest chain that ends below each.

    Args:
        entries: Components of a number and the weight of the block that bears it, in the order of the document.
    """
    keys = sorted({parts for parts, _ in entries})
    tree: list[tuple[int, int]] = [(0, -1)] * (len(keys) + 1)
    before: list[int] = []
    end = (0, -1)
    for position, (parts, weight) in enumerate(entries):
        rank = bisect_left(keys, parts)
        heaviest, previous = _most(tree, rank)
        before.append(previous)
        chain = (heaviest + weight, position)
        _raise(tree, rank + 1, chain)
        end = max(end, chain)
    members: set[int] = set()
    position = end[1]
    while position >= 0:
        members.add(position)
        position = before[position]
    return frozenset(members)


def _most(tree: list[tuple[int, int]], rank: int) -> tuple[int, int]:
    best = (0, -1)
    while rank > 0:
        best = max(best, tree[rank])
        rank -= rank & -rank
    return best


def _raise(tree: list[tuple[int, int]], rank: int, value: tuple[int, int]) -> None:
    while rank < len(tree):
        tree[rank] = max(tree[rank], value)
        rank += rank & -rank


@dataclass(frozen=True, slots=True)
class NumberedBlock:
    """A block with a plain number ("12.").

    Attributes:
        block: 0-based, in the document.
        level: Depth of the list that it is an item of; 0 where it is none.
    """

    block: int
    value: int
    level: int = 0


@dataclass(slots=True)
class RunningNumbers:
    """Numbers that count on across headings: their blocks, and under how many headings they have gone on."""

    blocks: list[int] = field(default_factory=list)
    crossings: int = 0
    heading: int = 0

    @property
    def runs(self) -> bool:
        """Whether they number the paragraphs of a document. Source: project judgment; six paragraphs, two headings."""
        return len(self.blocks) >= 6 and self.crossings >= 2

    def weight(self) -> tuple[int, int]:
        """Return by what it is more likely to number paragraphs than others that wait for the same number."""
        return self.crossings, len(self.blocks)

    def add(self, block: int, heading: int) -> None:
        """Add a block below the heading of a number, counted from the start of the document."""
        self.crossings += bool(self.blocks) and heading > self.heading
        self.blocks.append(block)
        self.heading = heading


def running_numbers(labels: Sequence[NumberedBlock | None]) -> frozenset[int]:
    """Return the blocks whose numbers run on through the whole document, as the paragraphs of UN documents do.

    They count from 1 without a gap, at least 6 of them, and go on across at least 2 headings; the numbers of ordinary
    lists begin again. What follows such a beginning in its section belongs to it, be it the number that a list before
    has not reached.

    Args:
        labels: In the order of the document; None for a heading.
    """
    waiting: dict[int, RunningNumbers] = {}
    lists: dict[int, tuple[int, RunningNumbers | None]] = {}
    longest, heading = RunningNumbers(), 0
    for label in labels:
        if label is None:
            lists, heading = {}, heading + 1
            continue
        lists = {level: state for level, state in lists.items() if level <= label.level}
        last, current = lists.get(label.level, (0, None))
        if not last or label.value != last + 1:
            current = RunningNumbers() if label.value == 1 else waiting.get(label.value)
        lists[label.level] = (label.value, current)
        if current is None:
            continue
        current.add(label.block, heading)
        if waiting.get(label.value) is current:
            del waiting[label.value]
        rival = waiting.get(label.value + 1, current)
        waiting[label.value + 1] = max(rival, current, key=RunningNumbers.weight)
        if current.runs and len(current.blocks) > len(longest.blocks):
            longest = current
    return frozenset(longest.blocks)


LEAST, LEAST_OPERATIVE = 3, 2
"""Paragraphs that have to count on for their numbers to be theirs, and below words such as "resolves". Source: project
judgment; lines of a text that begin with a figure by chance do not count on."""


@dataclass(frozen=True, slots=True)
class CountedBlock:
    """A block that begins with a bare number ("12") or a named one ("Article 12a").

    Attributes:
        block: 0-based, in the document.
        name: "article"; empty for a bare number.
        value: The number and the letter behind it.
        section: Which section it stands in, counted from the start of the document.
        operative: Whether words such as "resolves" open its section.
    """

    block: int
    name: str
    value: tuple[int, str]
    section: int
    operative: bool = False

    def follows(self, other: "CountedBlock") -> bool:
        """Return whether it is the next number behind another, or the next letter of the same number."""
        return other.value < self.value and self.value[0] - other.value[0] <= 1


def counted_numbers(labels: Iterable[CountedBlock]) -> frozenset[int]:
    """Return the blocks whose bare or named numbers count on, so that they number paragraphs.

    Bare numbers count within a section, named ones through the whole document. A single number out of order between
    two that follow each other belongs to them.

    Args:
        labels: In the order of the document.
    """
    groups: dict[tuple[str, int], list[CountedBlock]] = {}
    for label in labels:
        groups.setdefault((label.name, -1 if label.name else label.section), []).append(label)
    return frozenset(
        label.block
        for group in groups.values()
        for run in _runs(group)
        if len(run) >= (LEAST_OPERATIVE if group[0].operative else LEAST)
        for label in run
    )


def _runs(group: Sequence[CountedBlock]) -> Iterator[list[CountedBlock]]:
    run: list[CountedBlock] = []
    stray: list[CountedBlock] = []
    for label in group:
        if run and label.follows(run[-1]):
            run, stray = [*run, *stray, label], []
        elif run and not stray:
            stray = [label]
        else:
            yield run
            run, stray = ([*stray, label], []) if stray and label.follows(stray[0]) else ([label], [])
    yield run
