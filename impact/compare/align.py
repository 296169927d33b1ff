"""Which clause of the new edition is which clause of the old one."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from impact.compare.edition import Passage
from impact.compare.exact import RICH, equal_left, exact, spread
from impact.compare.gaps import Group, cuts, fill
from impact.compare.nearness import nearest
from impact.compare.order import backbone
from impact.compare.pieces import attach
from impact.compare.wording import Coding, Wording, wordings

AGAIN = 0.55
"""Likeness from which on two clauses in different places are the same one. Source: bench/compare.py."""


class Kind(StrEnum):
    """What became of a clause; the first that applies, in this order, after split, merged, added and removed."""

    UNCHANGED = "unchanged"
    RENUMBERED = "renumbered"
    MOVED = "moved"
    REWORDED = "reworded"
    SPLIT = "split"
    MERGED = "merged"
    ADDED = "added"
    REMOVED = "removed"


MIRROR = {Kind.SPLIT: Kind.MERGED, Kind.MERGED: Kind.SPLIT, Kind.ADDED: Kind.REMOVED, Kind.REMOVED: Kind.ADDED}


@dataclass(frozen=True, slots=True)
class Link:
    """Clauses of both editions that are the same one.

    Attributes:
        kind: What became of it. "reworded" goes before "moved", "moved" before "renumbered".
        old: 0-based indices, ascending.
        new: 0-based indices, ascending.
        moved: Whether it stands in another order among its neighbors.
        renumbered: Whether its official number is another one; never for splits and merges.

    Raises:
        ValueError: If the numbers of clauses do not fit the kind.
    """

    kind: Kind
    old: tuple[int, ...]
    new: tuple[int, ...]
    moved: bool = False
    renumbered: bool = False

    def __post_init__(self) -> None:
        """Refuse numbers of clauses that do not fit the kind."""
        sizes = (min(len(self.old), 2), min(len(self.new), 2))
        wanted = {Kind.SPLIT: (1, 2), Kind.MERGED: (2, 1), Kind.ADDED: (0, 1), Kind.REMOVED: (1, 0)}
        if sizes != wanted.get(self.kind, (1, 1)):
            msg = f"{self.kind}: {len(self.old)} old clauses and {len(self.new)} new ones"
            raise ValueError(msg)

    def mirrored(self) -> "Link":
        """Return the link as seen from the other edition."""
        return Link(MIRROR.get(self.kind, self.kind), self.new, self.old, self.moved, self.renumbered)


def align(old: Sequence[Passage], new: Sequence[Passage]) -> tuple[Link, ...]:
    """Return how the clauses of two editions correspond: each clause in exactly one link.

    The order is that of the new edition, with removed clauses after what stood before them. Aligning the other way
    round gives the mirrored links.
    """
    turned = _sign(old) > _sign(new)
    left, right = (new, old) if turned else (old, new)
    coding = Coding()
    one, other = wordings(left, coding), wordings(right, coding)
    links = _links(one, other, _groups(one, other))
    return _ordered([link.mirrored() for link in links] if turned else links)


def _sign(passages: Sequence[Passage]) -> list[tuple[str, str, tuple[str, ...], str]]:
    return [(passage.text, passage.number, passage.headings, passage.kind) for passage in passages]


def _groups(old: Sequence[Wording], new: Sequence[Wording]) -> list[Group]:
    """Return the groups, from the surest to the least sure: same text, same place, likest elsewhere, pieces."""
    pairs = exact(old, new)
    groups: list[Group] = []
    weights = [len(one.code) + 1 for one in old]
    spine = backbone(pairs.items(), weights)
    moved = set(pairs) - {row for row, _ in spine}
    shifted = {pairs[row] for row in moved}
    rows = [index for index in range(len(old)) if index not in moved]
    columns = [index for index in range(len(new)) if index not in shifted]
    for upper, lower in cuts(rows, columns, spine):
        groups += fill(old, new, upper, lower)
    groups += _elsewhere(old, new, groups, pairs)
    return attach(old, new, groups)


def _elsewhere(
    old: Sequence[Wording], new: Sequence[Wording], groups: Sequence[Group], pairs: dict[int, int]
) -> list[Group]:
    """Return the matches of equal text, and those of clauses that no gap has matched, with equal ones beside them."""
    within = {index for upper, _ in groups for index in upper}
    taken = {index for _, lower in groups for index in lower} | set(pairs.values())
    rows = [i for i in range(len(old)) if i not in within and i not in pairs and len(old[i].code) >= RICH]
    columns = [j for j in range(len(new)) if j not in taken and len(new[j].code) >= RICH]
    near = nearest(old, new, rows, columns, AGAIN)
    taken |= {column for _, column in near}
    held = dict.fromkeys(within, -1) | pairs | dict(near)
    spread(old, new, held, sorted((row, column) for row, column in held.items() if column >= 0), taken)
    held |= equal_left(old, new, held.keys(), taken)
    return [((row,), (column,)) for row, column in sorted(held.items()) if column >= 0]


def _links(old: Sequence[Wording], new: Sequence[Wording], groups: Sequence[Group]) -> list[Link]:
    weights = [len(one.code) + 1 for one in old]
    stayed = set(backbone([(upper[0], lower[0]) for upper, lower in groups], weights))
    links = [_link(old, new, group, moved=(group[0][0], group[1][0]) not in stayed) for group in groups]
    held_old = {index for upper, _ in groups for index in upper}
    held_new = {index for _, lower in groups for index in lower}
    links += [Link(Kind.REMOVED, (index,), ()) for index in range(len(old)) if index not in held_old]
    return links + [Link(Kind.ADDED, (), (index,)) for index in range(len(new)) if index not in held_new]


def _link(old: Sequence[Wording], new: Sequence[Wording], group: Group, *, moved: bool) -> Link:
    upper, lower = group
    if len(upper) > 1 or len(lower) > 1:
        return Link(Kind.SPLIT if len(lower) > 1 else Kind.MERGED, upper, lower, moved)
    one, other = old[upper[0]], new[lower[0]]
    renumbered = one.number != other.number
    if one.key != other.key:
        kind = Kind.REWORDED
    elif moved:
        kind = Kind.MOVED
    else:
        kind = Kind.RENUMBERED if renumbered else Kind.UNCHANGED
    return Link(kind, upper, lower, moved, renumbered)


def _ordered(links: Sequence[Link]) -> tuple[Link, ...]:
    """Return the links in the order of the new edition, removed clauses after what stood before them."""
    after = -1
    places: dict[int, int] = {}
    for link in sorted((link for link in links if link.old), key=lambda link: link.old[0]):
        if link.new and not link.moved:
            after = link.new[0]
        elif not link.new:
            places[link.old[0]] = after
    return tuple(
        sorted(links, key=lambda link: (link.new[0], 0, 0) if link.new else (places[link.old[0]], 1, link.old[0]))
    )
