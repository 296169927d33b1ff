"""The kind of change that a sentence has seen, in its words or in a small one: "and" and "or", "all" and "some"."""

from collections.abc import Iterator, Sequence
from functools import cache

from impact.compare.edits.anew import worded_anew
from impact.compare.edits.chunks import TermRow, difference
from impact.compare.edits.edit import EditKind, Named
from impact.compare.edits.editorial import editorial
from impact.compare.edits.places import in_places
from impact.compare.vocabulary import vocabulary
from impact.compare.wording import Coding, key_of, words_of

Run = tuple[tuple[str, ...], tuple[str, ...]]
"""Words of the old sentence, and those in their place in the new one."""


def named(old: TermRow, new: TermRow) -> list[Named]:
    """Return what has changed between two sentences, the kinds that say most first; never empty."""
    if editorial(old.sentence, new.sentence):
        return [(EditKind.EDITORIAL, "", "")]
    found = difference(old, new)
    rows = list(worded_anew(found) if found.recast else in_places(found))
    joint = None if rows or found.recast else _joint_change(old, new)
    ranks = list(EditKind)
    return sorted(rows, key=lambda row: ranks.index(row[0])) or [joint or (EditKind.REWORDING, "", "")]


def recast_of(old: TermRow, new: TermRow) -> list[Named]:
    """Return what has changed for sure between a text and its parts, put in other sentences; may be empty."""
    ranks = list(EditKind)
    return sorted(worded_anew(difference(old, new)), key=lambda row: ranks.index(row[0]))


def _joint_change(old: TermRow, new: TermRow) -> Named | None:
    """Return the kind of change of the first small word that says otherwise, if one does."""
    for gone, come in _runs(old.sentence, new.sentence):
        kind = _small(gone, come)
        if kind:
            in_condition = kind is EditKind.OBJECT and _within_condition(old, gone)
            return EditKind.CONDITION if in_condition else kind, " ".join(gone), " ".join(come)
    return None


def _runs(old: str, new: str) -> Iterator[Run]:
    from rapidfuzz.distance import Indel

    before, after = words_of(key_of(old)), words_of(key_of(new))
    coding = Coding()
    at = (0, 0)
    for block in Indel.opcodes(coding.encode(before), coding.encode(after)).as_matching_blocks():
        if at[0] < block.a or at[1] < block.b:
            yield tuple(before[at[0] : block.a]), tuple(after[at[1] : block.b])
        at = block.a + block.size, block.b + block.size


def _small(gone: Sequence[str], come: Sequence[str]) -> EditKind | None:
    lists = vocabulary().joints
    if len(gone) == len(come) == 1:
        pair = frozenset((gone[0], come[0]))
        if pair == lists.junctions or pair in _pairs("directions"):
            return EditKind.OBJECT
        if pair in _pairs("particles"):
            return EditKind.POLARITY
    part = [bool(lists.some & set(side)) for side in (gone, come)]
    short = all(len(side) <= 1 + some for side, some in zip((gone, come), part, strict=True))
    return EditKind.OBJECT if part[0] is not part[1] and short else None


def _within_condition(row: TermRow, words: Sequence[str]) -> bool:
    """Return whether the terms on both sides of a small word are part of a condition."""
    place = f" {row.sentence.lower()} ".find(f" {' '.join(words)} ")
    before = [term for term in row.terms if term.span.end <= place]
    after = [term for term in row.terms if term.span.start >= place]
    return bool(before and after) and before[-1].condition and after[0].condition


@cache
def _pairs(name: str) -> frozenset[frozenset[str]]:
    return frozenset(frozenset(pair.split()) for pair in getattr(vocabulary().joints, name))
