"""Pieces of clauses that stand elsewhere than the rest of them."""

from collections.abc import Sequence

from impact.compare.gaps import Group
from impact.compare.nearness import proposals
from impact.compare.wording import ClauseWording, Editions

LEAST_WORDS = 4
"""A shorter clause is not taken for a piece of another. Source: bench/compare.py."""
COVERED = 0.65
"""Share of its words that a piece must add to what is found again of the whole. Source: bench/compare.py."""


def attach(editions: Editions, groups: list[Group]) -> list[Group]:
    """Return the groups with clauses that have none added where they are a piece of a clause that has one.

    A new clause whose words an old one has lost makes that one split; an old clause whose words a new one has gained
    makes that one merged.
    """
    split = _attach(editions, groups)
    turned = Editions(editions.new, editions.old)
    return [_turn(group) for group in _attach(turned, [_turn(group) for group in split])]


def _turn(group: Group) -> Group:
    return group[1], group[0]


def _attach(editions: Editions, groups: list[Group]) -> list[Group]:
    """Return the groups with free parts attached to wholes, which come first, that stand alone on their side."""
    wholes, parts = editions
    grouped = {index for _, side in groups for index in side}
    free = [index for index, part in enumerate(parts) if index not in grouped and len(part.code) >= LEAST_WORDS]
    places = {side[0]: place for place, (side, _) in enumerate(groups) if len(side) == 1}
    out = list(groups)
    for part, candidates in proposals(Editions(parts, wholes), free, sorted(places)).items():
        gains = [(_added(wholes[whole], parts, out[places[whole]][1], part), -whole) for whole in candidates]
        if gains and max(gains)[0] >= COVERED:
            place = places[-max(gains)[1]]
            side, pieces = out[place]
            out[place] = side, tuple(sorted((*pieces, part)))
    return out


def _added(whole: ClauseWording, parts: Sequence[ClauseWording], pieces: tuple[int, ...], part: int) -> float:
    """Return the share of the words of `part` that the whole has and the pieces known so far do not cover."""
    from rapidfuzz.distance import LCSseq

    if parts[part].title != whole.title:
        return 0.0
    length = len(parts[part].code)
    if LCSseq.similarity(whole.code, parts[part].code) < COVERED * length:
        return 0.0
    before = LCSseq.similarity(whole.code, "".join(parts[index].code for index in pieces))
    after = LCSseq.similarity(whole.code, "".join(parts[index].code for index in sorted((*pieces, part))))
    return (after - before) / length
