"""The kind of change that a sentence has seen."""

import re
from collections.abc import Iterable, Iterator, Sequence

from impact.compare.edits.chunks import Chunk, SentenceDifference, TermRow, difference
from impact.compare.edits.edit import EditKind
from impact.compare.edits.figures import seconds
from impact.compare.edits.terms import Term
from impact.compare.edits.vocabulary import vocabulary
from impact.compare.wording import key_of, words_of
from impact.grammar.roles import WordRole

Named = tuple[EditKind, str, str]
"""A kind with the words that have changed."""
SHORT = 4
"""Letters below which a word is no other one misspelled. Source: project judgment."""
LONG = 7
"""Letters from which on a word may have two wrong ones. Source: project judgment."""
_LISTED = re.compile(r"\[(?=[^\[\]]*\d)[^\[\]]{1,60}\]")
_SEVERAL = re.compile(r"@(?:(?:\s*,)?\s*(?:and |or |to )?\s*@)+")
_DATED = re.compile(r"\b(?:19|20)\d\d\b|\bdate\b", re.IGNORECASE)
_CITED = re.compile(r"[\[(]?\d[\w.()-]*[\])]?|[A-Z](?:\.\d+)*")


def editorial(old: str, new: str) -> bool:
    """Return whether two sentences differ in nothing but spelling, punctuation, capitals and references."""
    before, after = (_once(words_of(_uncited(key_of(text)))) for text in (old, new))
    if before == after:
        return True
    if len(before) != len(after):
        return "".join(before) == "".join(after)
    return all(one == other or _respelled(one, other) for one, other in zip(before, after, strict=True))


def dated(old: str, new: str) -> bool:
    """Return whether two lines of a cover with a date differ in nothing but figures and the words of an edition."""
    if not (_DATED.search(old) and _DATED.search(new)):
        return False
    lists = vocabulary().cover.words
    bare = (
        [word for word in words_of(key_of(text)) if len(word) > 1 and not word[0].isdigit() and word not in lists]
        for text in (old, new)
    )
    return next(bare) == next(bare)


def named(old: TermRow, new: TermRow) -> list[Named]:
    """Return what has changed between two sentences, the kinds that say most first; never empty."""
    if editorial(old.sentence, new.sentence):
        return [(EditKind.EDITORIAL, "", "")]
    found = difference(old, new)
    rows = list(_anew(found) if found.recast else _in_places(found))
    ranks = list(EditKind)
    return sorted(rows, key=lambda row: ranks.index(row[0])) or [(EditKind.REWORDING, "", "")]


def _once(words: Sequence[str]) -> list[str]:
    """Return words without those that were written twice in a row, and with one form of the article."""
    articles = ["a" if word == "an" else word for word in words]
    return [word for at, word in enumerate(articles) if not at or word != articles[at - 1]]


def recast_of(old: TermRow, new: TermRow) -> list[Named]:
    """Return what has changed for sure between a text and its parts, put in other sentences; may be empty."""
    ranks = list(EditKind)
    return sorted(_anew(difference(old, new)), key=lambda row: ranks.index(row[0]))


def _uncited(text: str) -> str:
    """Return a text with one sign for each reference to a clause, a table and the like, or to a list of sources."""
    lists = vocabulary().references.words
    out: list[str] = []
    for word in _LISTED.sub("@", text).split():
        cites = out and out[-1].casefold().strip("(,;") in lists and _CITED.fullmatch(word.strip(".,;:"))
        out = [*out[:-1], "@"] if cites else [*out, word]
    return _SEVERAL.sub("@", " ".join(out)).replace("@", "reference")


def _respelled(one: str, other: str) -> bool:
    """Return whether one word is the other with a letter or two amiss."""
    from rapidfuzz.distance import OSA

    shortest = min(len(one), len(other))
    if shortest < SHORT or any(letter.isdigit() for letter in one + other) or _turned(one, other):
        return False
    most = 1 if shortest < LONG else 2
    return one[0] == other[0] and OSA.distance(one, other) <= most and not _listed(one, other)


def _listed(one: str, other: str) -> bool:
    """Return whether two words are both words of the vocabulary, and so not one misspelled."""
    from impact.compare.edits.vocabulary import meanings

    known = meanings()
    return all((word,) in known.get(word, {}) for word in (one, other))


def _turned(one: str, other: str) -> bool:
    """Return whether one word is the other with a beginning that denies it."""
    return any(one == prefix + other or other == prefix + one for prefix in vocabulary().negation.prefixes)


def _in_places(found: SentenceDifference) -> Iterator[Named]:
    """Yield what the places of a sentence say in which it was changed."""
    turned = _turns(found)
    for chunk in () if _alone_only(found) else found.chunks:
        kind = _kind(chunk, _lone(chunk, found), turned=turned)
        if kind:
            yield kind, chunk.old_words, chunk.new_words


def _alone_only(found: SentenceDifference) -> bool:
    """Return whether two denials became "only" or the other way round, and nothing else: "not without", "only with"."""
    only = f"?{vocabulary().conditions.alike[1][0]}"
    for side, others in ((found.lost, found.gained), (found.gained, found.lost)):
        denials = sum(term.meaning.negates for term in side)
        exclusive = any(term.key == only for term in others) and not any(term.meaning.negates for term in others)
        if denials == 2 and exclusive:
            return not any(term.content for terms in found.alone for term in terms)
    return False


def _lone(chunk: Chunk, found: SentenceDifference) -> list[Term]:
    """Return the terms of a place with a content of which the other sentence has nothing."""
    sides = ((chunk.old, found.new), (chunk.new, found.old))
    return [
        term
        for terms, other in sides
        for term in terms
        if term.content and term.kind != "function" and not other.has(term)
    ]


def _kind(chunk: Chunk, alone: Sequence[Term], *, turned: bool) -> EditKind | None:
    """Return the kind of a change in one place; none if it is other words for the same.

    Args:
        chunk: The place.
        alone: Its terms with a content of which the other sentence has nothing.
        turned: Whether the whole sentence was turned round.
    """
    opened = any(term.meaning.opens and not term.meaning.sense for term in chunk.terms)
    if any(term.meaning.default for term in chunk.terms) or (turned and not alone):
        return EditKind.POLARITY
    timed = all(any(term.figure in ("unit", "time") for term in side) for side in (chunk.old, chunk.new))
    if opened or (not timed and any(_hanging(side, alone) for side in (chunk.old, chunk.new))):
        return EditKind.CONDITION
    figured = [any(term.figure for term in side) for side in (chunk.old, chunk.new)]
    counted = any(term.figure == "number" for term in chunk.terms) and chunk.after and chunk.after.figure == "unit"
    if alone:
        return _figure(chunk) if all(figured) or counted else _noun_kind(chunk, alone)
    if _strengths(chunk.old) != _strengths(chunk.new):
        turned_word = any(TermRow("", chunk.new).contradicted(term) for term in chunk.old)
        return None if turned_word else EditKind.MODALITY
    return _figure(chunk) if any(figured) else None


def _noun_kind(chunk: Chunk, alone: Sequence[Term]) -> EditKind | None:
    """Return whether the nouns that have changed act or are acted on; none where none has."""
    nouns = [term for term in alone if term.kind in ("noun", "adjective", "number")]
    placed = chunk.early or (chunk.old and chunk.new)
    if nouns and placed and all(term.role is WordRole.ACTOR for term in nouns):
        return EditKind.ACTOR
    qualities = vocabulary().qualities.words
    joined = bool({"and", "or"} & set(f"{chunk.old_words} {chunk.new_words}".split()))
    named = any(term.kind == "noun" or joined or term.words.lower() in qualities for term in nouns)
    return EditKind.OBJECT if named else None


def _anew(found: SentenceDifference) -> Iterator[Named]:
    """Yield what a sentence that was worded anew says otherwise for sure."""
    lost, gained = found.alone
    figures = ([term for term in side if term.figure in ("number", "unit", "time")] for side in (lost, gained))
    for before, after in zip(*figures, strict=False):
        place = found.new.terms.index(after)
        unit = found.new.next_to(slice(place, place + 1))
        kind = _figure(Chunk((before,), (after,), before.words, after.words, unit))
        if kind:
            yield kind, before.words, after.words
    if _turns(found) and not (_says(lost) and _says(gained)):
        yield EditKind.POLARITY, "", ""
    strengths = _strengths(found.old.terms), _strengths(found.new.terms)
    denied = any(term.meaning.negates for term in (*found.old.terms, *found.new.terms))
    acts = all(any(term.content and term.kind == "verb" for term in side) for side in (lost, gained))
    if all(strengths) and not strengths[0] & strengths[1] and not denied and not acts:
        yield EditKind.MODALITY, "", ""
    guards = vocabulary().conditions.guards
    for side, old in ((lost, True), (gained, False)):
        guarding = (
            term
            for term in side
            if term.lifts or (term.meaning.sense in guards and not term.meaning.opposite) or term.key in guards
        )
        guard = next((term.words for term in guarding), "")
        if guard:
            yield EditKind.CONDITION, guard if old else "", "" if old else guard


def _says(side: Iterable[Term]) -> bool:
    return any(term.content for term in side)


def _hanging(side: Sequence[Term], unlike: Sequence[Term]) -> bool:
    """Return whether the first noun of a side, or all of it, is part of a condition."""
    new = [term for term in side if term in unlike and term.kind in ("noun", "verb", "number")]
    noun = next((term for term in new if term.kind == "noun"), None)
    return bool(new) and ((noun is not None and noun.condition) or all(term.condition for term in new))


def _turns(found: SentenceDifference) -> bool:
    """Return whether what has changed turns the sentence round: denials and contraries, an odd number of them."""
    count = 0
    for side, others in ((found.lost, found.new), (found.gained, found.old)):
        count += sum(term.meaning.negates for term in side)
        count += sum(not term.meaning.negates and others.turned(term) for term in side)
    return count % 2 == 1


def _strengths(row: Iterable[Term]) -> frozenset[str]:
    return frozenset(term.key for term in row if term.meaning.strength)


def _figure(chunk: Chunk) -> EditKind | None:
    """Return whether a figure or a time has changed; none where both are as long: 60 minutes and one hour."""
    one, other = seconds(chunk.old_words), seconds(chunk.new_words)
    if one is not None and one == other:
        return None
    near = [*chunk.terms, *([chunk.after] if chunk.after else [])]
    return EditKind.PERIOD if any(term.figure in ("unit", "time") for term in near) else EditKind.NUMBER
