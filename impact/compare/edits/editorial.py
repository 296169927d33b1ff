"""Differences between sentences that are no change of a rule: spelling, punctuation, references, dates on a cover."""

import re
from collections.abc import Sequence

from impact.compare.vocabulary import meanings, vocabulary
from impact.compare.wording import key_of, words_of
from impact.stems import singular

SHORT = 4
"""Letters below which a word is no other one misspelled. Source: project judgment."""
LONG = 7
"""Letters from which on a word may have two wrong ones. Source: project judgment."""
_AGREEING = ({"is", "are"}, {"was", "were"}, {"has", "have"}, {"does", "do"})
"""Forms of a verb that differ only with the number of their subject."""
_ABBREVIATED = re.compile(r"\([A-Z][\w-]*[A-Z]\w*\)|[A-Z]{2,}\w* \(")
_ADDRESS = re.compile(r"[(<]?\b(?:https?://|www\.)\S+")
_LISTED = re.compile(r"\[(?=[^\[\]]*\d)[^\[\]]{1,60}\]|\[[\w.:/-]{2,40}\]")
_SEVERAL = re.compile(r"@(?:(?:\s*,)?\s*(?:and |or |to )?\s*@)+")
_DATED = re.compile(r"\b(?:19|20)\d\d\b|\bdate\b", re.IGNORECASE)
_CITED = re.compile(r"[\[(]?\d[\w.()-]*[\])]?|[A-Z](?:\.\d+)*")


def editorial(old: str, new: str) -> bool:
    """Return whether two sentences differ in nothing but spelling, punctuation, capitals and references."""
    before, after = (_once(words_of(_uncited(key_of(text)))) for text in (old, new))
    if before == after or _abbreviation_moved(old, new, before, after):
        return True
    if len(before) != len(after):
        return "".join(before) == "".join(after)
    return all(one == other or _respelled(one, other) for one, other in zip(before, after, strict=True))


def _abbreviation_moved(old: str, new: str, before: Sequence[str], after: Sequence[str]) -> bool:
    """Return whether an abbreviation and its meaning have changed places: "MSC (switching center)"."""
    return sorted(before) == sorted(after) and all(_ABBREVIATED.search(text) for text in (old, new))


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


def _once(words: Sequence[str]) -> list[str]:
    """Return words without those that were written twice in a row, and with one form of the article."""
    articles = ["a" if word == "an" else word for word in words]
    return [word for at, word in enumerate(articles) if not at or word != articles[at - 1]]


def _uncited(text: str) -> str:
    """Return a text with one sign for each reference to a clause, a table and the like, or to a list of sources."""
    lists = vocabulary().references.words
    out: list[str] = []
    for word in _LISTED.sub("@", _ADDRESS.sub("", text)).split():
        cites = out and out[-1].casefold().strip("(,;") in lists and _CITED.fullmatch(word.strip(".,;:"))
        out = [*out[:-1], "@"] if cites else [*out, word]
    return _SEVERAL.sub("@", " ".join(out)).replace("@", "reference")


def _respelled(one: str, other: str) -> bool:
    """Return whether one word is the other with a letter or two amiss."""
    from rapidfuzz.distance import OSA

    shortest = min(len(one), len(other))
    if {one, other} in _AGREEING or (singular(one) == singular(other) and one[-1:] != other[-1:]):
        return True
    if shortest < SHORT or any(letter.isdigit() for letter in one + other) or _turned(one, other):
        return False
    most = 1 if shortest < LONG else 2
    return one[0] == other[0] and OSA.distance(one, other) <= most and not _listed(one, other)


def _listed(one: str, other: str) -> bool:
    """Return whether two words say different things by the vocabulary, and so are not one misspelled."""
    first, second = (meanings().get(word, {}).get((word,)) for word in (one, other))
    return first is not None and second is not None and first != second


def _turned(one: str, other: str) -> bool:
    """Return whether one word is the other with a beginning that denies it."""
    return any(one == prefix + other or other == prefix + one for prefix in vocabulary().negation.prefixes)
