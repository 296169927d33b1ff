"""The kind of change that a sentence has seen, in its words or in a small one: "and" and "or", "all" and "some"."""

import re
from collections.abc import Sequence
from functools import cache

from impact.compare.edits.anew import worded_anew
from impact.compare.edits.chunks import Chunk, SentenceDifference, TermRow, difference
from impact.compare.edits.edit import EditKind, Named
from impact.compare.edits.editorial import editorial, respaced, runs
from impact.compare.edits.meaning import change_of
from impact.compare.edits.places import in_places, lone, timing
from impact.compare.edits.terms import Term, excused
from impact.compare.vocabulary import vocabulary
from impact.compare.wording import key_of, words_of
from impact.stems import singular

_RELATIVE = re.compile(r"(,?)\s(?:(?:in|of|to|by|for|with|from|on|at|under)\s)?(which|who|whom|whose)\b", re.IGNORECASE)
FEW = 2
"""Words without a content, or in another form, up to which a difference is one of grammar. Source: project judgment."""
_FORCE = frozenset({EditKind.POLARITY, EditKind.MODALITY})
_RELATING = frozenset({"who", "whom", "whose", "which", "when", "where", "whether"})
"""Words that ask, relate to a noun or begin a condition."""
_WHO = ("who", "which", "that", "whose")
_AGENT = "by"
"""Preposition before who acts."""
_ALONE = frozenset({EditKind.REWORDING, EditKind.EDITORIAL})
"""Kinds beside which there is no other."""
SURE = 0.9
"""Probability from which on the network alone says that a change is editorial; below it, rules have to say too that the
sentence says the same. Source: models/changes/README.md; a real change that is called editorial costs most."""
ALSO = 0.2
"""Probability from which on a further kind that rules name is named too. Source: project judgment; a sentence of a
real revision may have seen several changes."""


def named(old: TermRow, new: TermRow) -> list[Named]:
    """Return what has changed between two sentences, the kinds that say most first; never empty."""
    if editorial(old.sentence, new.sentence):
        return [(EditKind.CONDITION if _restricted(old, new) else EditKind.EDITORIAL, "", "")]
    found = difference(old, new)
    rows = list(worded_anew(found) if found.recast else in_places(found))
    if not rows and not found.recast:
        rows = [row for row in (_joint_change(old, new) or _remnant(found),) if row]
    if _freed(old, new):
        words = next((row for row in rows if row[0] is EditKind.MODALITY), (EditKind.MODALITY, "", ""))
        rows = [words, *(row for row in rows if row[0] not in _FORCE)]
    ranks = list(EditKind)
    small = not found.chunks and _few(old, new)
    return sorted(rows, key=lambda row: ranks.index(row[0])) or [
        (EditKind.EDITORIAL if small else EditKind.REWORDING, "", "")
    ]


def weighed(old: TermRow, new: TermRow, rows: Sequence[Named]) -> list[Named]:
    """Return what has changed, the likeliest kind first, and others that rules name and that are likely too.

    Args:
        old: The sentence before.
        new: The sentence after.
        rows: What rules say has changed, never empty.

    Raises:
        MissingError: As for `change_of`.
    """
    if rows[0][0] is EditKind.EDITORIAL and respaced(old.sentence, new.sentence):
        return list(rows)
    chances = {EditKind(kind): chance for kind, chance in change_of(old.sentence, new.sentence).kinds.items()}
    if rows[0][0] not in _ALONE and chances[EditKind.EDITORIAL] < SURE:
        del chances[EditKind.EDITORIAL]
    best = max(chances, key=lambda kind: chances[kind])
    if best in _ALONE:
        return [(best, "", "")]
    of_kind = [row for row in rows if row[0] is best] or [_by_words_of(best, rows)]
    also = [row for row in rows if row[0] is not best and row[0] not in _ALONE and chances.get(row[0], 0.0) >= ALSO]
    return [*of_kind, *also]


def recast_of(old: TermRow, new: TermRow) -> list[Named]:
    """Return what has changed for sure between a text and its parts, put in other sentences; may be empty."""
    ranks = list(EditKind)
    return sorted(worded_anew(difference(old, new)), key=lambda row: ranks.index(row[0]))


def _by_words_of(kind: EditKind, rows: Sequence[Named]) -> Named:
    """Return a kind with the words that rules say have changed."""
    _, old, new = next((row for row in rows if row[1] or row[2]), rows[0])
    return kind, old, new


def _few(old: TermRow, new: TermRow) -> bool:
    """Return whether two sentences with the same terms differ in a word or two: in small ones, or in their endings."""
    forms = [[term.lemma or term.words.lower() for term in row.terms] for row in (old, new)]
    words = zip(*([term.words.lower() for term in row.terms] for row in (old, new)), strict=True)
    if forms[0] != forms[1] or any(before != after and before[-2:] == after[-2:] for before, after in words):
        return False
    sides = zip(*runs(*(words_of(key_of(row.sentence)) for row in (old, new))), strict=True)
    return all(sum(len(run) for run in side) <= FEW for side in sides)


def _freed(old: TermRow, new: TermRow) -> bool:
    """Return whether what nobody had to do must not be done, or the other way round: "need not", "must not"."""
    denied = all(any(term.meaning.negates and term.main for term in row.terms) for row in (old, new))
    return denied and excused(old.terms) is not excused(new.terms)


def _restricted(old: TermRow, new: TermRow) -> bool:
    """Return whether a comma alone makes a clause say which ones are meant, or no longer: "pilots, who ...,"."""
    before, after = (_RELATIVE.findall(row.sentence) for row in (old, new))
    same = [word.lower() for _, word in before] == [word.lower() for _, word in after]
    return same and [bool(comma) for comma, _ in before] != [bool(comma) for comma, _ in after]


def _joint_change(old: TermRow, new: TermRow) -> Named | None:
    """Return the kind of change of the first small word that says otherwise, if one does."""
    words = ([singular(word) for word in words_of(key_of(row.sentence))] for row in (old, new))
    for gone, come in runs(*words):
        kind = _small(gone, come, old, new)
        if kind:
            return kind, " ".join(gone), " ".join(come)
    return None


def _small(gone: Sequence[str], come: Sequence[str], old: TermRow, new: TermRow) -> EditKind | None:
    lists = vocabulary().joints
    words = " ".join(gone), " ".join(come)
    if timing(*words, _behind(new, words[1]), sole=False):
        return EditKind.PERIOD
    if lists.questions & set(words) and set(words) <= lists.questions | _RELATING:
        return EditKind.OBJECT
    if len(gone) == len(come) == 1:
        kind = _paired(words, old, new)
        if kind:
            return kind
    part = [bool(lists.some & set(side)) for side in (gone, come)]
    short = all(len(side) <= 1 + shared for side, shared in zip((gone, come), part, strict=True))
    return EditKind.OBJECT if part[0] is not part[1] and short else None


def _paired(words: tuple[str, str], old: TermRow, new: TermRow) -> EditKind | None:
    """Return what it says that one small word stands in the place of another."""
    lists, pair = vocabulary().joints, frozenset(words)
    if pair == lists.junctions:
        return EditKind.CONDITION if _within_condition(old, words[0]) else EditKind.OBJECT
    if _AGENT in pair and _acting(old) != _acting(new):
        return EditKind.ACTOR
    if pair in _pairs("directions"):
        figures = [term.figure for term in _behind(new, words[1])[:1]]
        return EditKind.NUMBER if figures == ["number"] else EditKind.OBJECT
    if pair in _pairs("particles"):
        return EditKind.POLARITY
    if any(word in lists.every for word in pair) and any(word in lists.single for word in pair):
        noun = next((term for term in _behind(new, words[1]) if term.kind == "noun"), None)
        return None if noun is None or noun.acting else EditKind.OBJECT
    return None


def _acting(row: TermRow) -> list[str]:
    return [term.key for term in row.terms if term.acting]


def _behind(row: TermRow, words: str) -> list[Term]:
    """Return the terms next behind some words."""
    place = f" {row.sentence.lower()} ".find(f" {words} ")
    return [term for term in row.terms if term.span.start >= place + len(words)][:3] if place >= 0 else []


def _within_condition(row: TermRow, word: str) -> bool:
    """Return whether a small word is part of a condition, or joins two clauses that say who is meant."""
    text = f" {row.sentence.lower()} "
    place = text.find(f" {word} ")
    before = [term for term in row.terms if term.span.end <= place]
    after = [term for term in row.terms if term.span.start >= place]
    if not before or not after:
        return False
    if text[place:].split()[1] in _WHO and not before[-1].main:
        return True
    return before[-1].condition and (after[0].condition or (after[0].acting and after[0].kind == "noun"))


def _remnant(found: SentenceDifference) -> Named | None:
    """Return the kind of the first place with a word of which the other sentence has nothing, if there is one.

    Where all other words stand, a word of another matter is no other word for the same.
    """
    for chunk in found.chunks:
        kind = _of_words(chunk, lone(chunk, found))
        if kind:
            return kind, chunk.old_words, chunk.new_words
    return None


def _of_words(chunk: Chunk, alone: Sequence[Term]) -> EditKind | None:
    verbs = [[term for term in side if term in alone and term.kind == "verb"] for side in (chunk.old, chunk.new)]
    if all(verbs):
        if any(term.condition for side in verbs for term in side):
            return EditKind.CONDITION
        return EditKind.POLARITY if any(term.main for side in verbs for term in side) else EditKind.OBJECT
    if alone and all(term.condition for term in alone):
        return EditKind.CONDITION
    states = [[term for term in side if term in alone and term.kind == "adjective"] for side in (chunk.old, chunk.new)]
    if all(states) and not any(term.attributive for side in states for term in side):
        return EditKind.POLARITY
    return EditKind.OBJECT if any(term.attributive for term in alone) else None


@cache
def _pairs(name: str) -> frozenset[frozenset[str]]:
    return frozenset(frozenset(pair.split()) for pair in getattr(vocabulary().joints, name))
