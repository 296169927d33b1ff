"""Which clause of the new edition is which clause of the old one."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from impact.compare.exact import RICH, equal_left, exact, spread
from impact.compare.gaps import Group, cuts, fill
from impact.compare.nearness import nearest
from impact.compare.order import backbone, weights
from impact.compare.pieces import attach
from impact.compare.recast import OneRule, recast
from impact.compare.wording import Coding, Editions, wordings
from impact.records.report import ReportClause

AGAIN = 0.55
"""Likeness from which on two clauses in different places are the same one. Source: bench/compare.py."""


class LinkKind(StrEnum):
    """What became of a clause; the first that applies, in this order, after split, merged, added and removed."""

    UNCHANGED = "unchanged"
    RENUMBERED = "renumbered"
    MOVED = "moved"
    REWORDED = "reworded"
    SPLIT = "split"
    MERGED = "merged"
    ADDED = "added"
    REMOVED = "removed"


MIRROR = {
    LinkKind.SPLIT: LinkKind.MERGED,
    LinkKind.MERGED: LinkKind.SPLIT,
    LinkKind.ADDED: LinkKind.REMOVED,
    LinkKind.REMOVED: LinkKind.ADDED,
}


@dataclass(frozen=True, slots=True)
class ClauseLink:
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

    kind: LinkKind
    old: tuple[int, ...]
    new: tuple[int, ...]
    moved: bool = False
    renumbered: bool = False

    def __post_init__(self) -> None:
        sizes = (min(len(self.old), 2), min(len(self.new), 2))
        needed = {LinkKind.SPLIT: (1, 2), LinkKind.MERGED: (2, 1), LinkKind.ADDED: (0, 1), LinkKind.REMOVED: (1, 0)}
        if sizes != needed.get(self.kind, (1, 1)):
            raise ValueError(f"{self.kind}: {len(self.old)} old clauses and {len(self.new)} new ones")

    def mirrored(self) -> "ClauseLink":
        """Return the link as seen from the other edition."""
        return ClauseLink(MIRROR.get(self.kind, self.kind), self.new, self.old, self.moved, self.renumbered)


def align(
    old: Sequence[ReportClause], new: Sequence[ReportClause], one_rule: OneRule | None = None
) -> tuple[ClauseLink, ...]:
    """Return how the clauses of two editions correspond: each clause in exactly one link.

    The order is that of the new edition, with removed clauses after what stood before them. Aligning the other way
    round gives the mirrored links. Without `one_rule`, clauses are known by their words and places alone.
    """
    turned = _order_key(old) > _order_key(new)
    coding = Coding()
    editions = Editions(*(wordings(side, coding) for side in ((new, old) if turned else (old, new))))
    links = _links(editions, _groups(editions, one_rule))
    return _ordered([link.mirrored() for link in links] if turned else links)


def _order_key(clauses: Sequence[ReportClause]) -> list[tuple[str, str, tuple[str, ...], str]]:
    return [(clause.text, clause.number, clause.headings, clause.kind) for clause in clauses]


def _groups(editions: Editions, one_rule: OneRule | None) -> list[Group]:
    """Return the groups, from the surest to the least sure: same text, same place, likest elsewhere, pieces."""
    pairs = exact(editions)
    groups: list[Group] = []
    spine = backbone(pairs.items(), weights(editions.old))
    moved = set(pairs) - {row for row, _ in spine}
    shifted = {pairs[row] for row in moved}
    rows = [index for index in range(len(editions.old)) if index not in moved]
    columns = [index for index in range(len(editions.new)) if index not in shifted]
    for upper, lower in cuts(rows, columns, spine):
        groups += fill(editions, upper, lower)
    groups += _elsewhere(editions, groups, pairs)
    return recast(editions, attach(editions, groups), one_rule)


def _elsewhere(editions: Editions, groups: Sequence[Group], pairs: dict[int, int]) -> list[Group]:
    """Return the matches of equal text, and those of clauses that no gap has matched, with equal ones beside them."""
    old, new = editions
    grouped = {index for upper, _ in groups for index in upper}
    matched = {index for _, lower in groups for index in lower} | set(pairs.values())
    rows = [i for i in range(len(old)) if i not in grouped and i not in pairs and len(old[i].code) >= RICH]
    columns = [j for j in range(len(new)) if j not in matched and len(new[j].code) >= RICH]
    near = nearest(editions, rows, columns, AGAIN)
    matched |= {column for _, column in near}
    matches = dict.fromkeys(grouped, -1) | pairs | dict(near)
    spread(editions, matches, sorted((row, column) for row, column in matches.items() if column >= 0), matched)
    matches |= equal_left(editions, matches.keys(), matched)
    return [((row,), (column,)) for row, column in sorted(matches.items()) if column >= 0]


def _links(editions: Editions, groups: Sequence[Group]) -> list[ClauseLink]:
    old, new = editions
    stayed = set(backbone([(upper[0], lower[0]) for upper, lower in groups], weights(old)))
    links = [_link(editions, group, moved=(group[0][0], group[1][0]) not in stayed) for group in groups]
    linked_old = {index for upper, _ in groups for index in upper}
    linked_new = {index for _, lower in groups for index in lower}
    links += [ClauseLink(LinkKind.REMOVED, (index,), ()) for index in range(len(old)) if index not in linked_old]
    return links + [ClauseLink(LinkKind.ADDED, (), (index,)) for index in range(len(new)) if index not in linked_new]


def _link(editions: Editions, group: Group, *, moved: bool) -> ClauseLink:
    upper, lower = group
    if len(upper) > 1 or len(lower) > 1:
        return ClauseLink(LinkKind.SPLIT if len(lower) > 1 else LinkKind.MERGED, upper, lower, moved)
    before, after = editions.old[upper[0]], editions.new[lower[0]]
    renumbered = before.number != after.number
    if before.key != after.key:
        kind = LinkKind.REWORDED
    elif moved:
        kind = LinkKind.MOVED
    else:
        kind = LinkKind.RENUMBERED if renumbered else LinkKind.UNCHANGED
    return ClauseLink(kind, upper, lower, moved, renumbered)


def _ordered(links: Sequence[ClauseLink]) -> tuple[ClauseLink, ...]:
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
