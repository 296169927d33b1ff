"""Differences between sentences that are no change of a rule: spelling, punctuation, references, dates on a cover."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import starmap

from impact.compare.edits.asides import ADDRESS, sources
from impact.compare.edits.terms import AGENTS, evened
from impact.compare.vocabulary import meanings, vocabulary
from impact.compare.wording import Coding, key_of, words_of
from impact.grammar.dictionary import known
from impact.stems import singular

SHORT = 4
"""Letters below which a word is no other one misspelled. Source: project judgment."""
LONG = 7
"""Letters from which on a word may have two wrong ones. Source: project judgment."""
_RECEIVING = "ee"
_VARIANTS = tuple(
    (re.compile(british), american)
    for british, american in (
        (r"(?<=[a-z]{2})ou(?=r)", "o"),
        (r"(?<=[a-z]{2})is(?=(?:e[sdr]?|ing|ation|ations)$)", "iz"),
        (r"(?<=l)ys(?=(?:e[sdr]?|ing)$)", "yz"),
        (r"tre(?=s?$)", "ter"),
        (r"(?<=en)ce(?=[sd]?$)", "se"),
        (r"ll(?=(?:ed|ing|er|ers)$)", "l"),
        (r"ogue(?=s?$)", "og"),
        (r"(?<=gra)mme(?=s?$)", "m"),
        (r"dgement(?=s?$)", "dgment"),
    )
)
"""Endings that British English spells otherwise than American English."""
_ARTICLES = frozenset({"a", "the"})
_SHORT_FORMS = tuple(
    (re.compile(long, re.IGNORECASE), short)
    for long, short in (
        (r"\bthat is(?: to say)?,", "i.e."),
        (r"\bi\.e\.,", "i.e."),
        (r"\bfor (?:example|instance),?", "e.g."),
        (r"\be\.g\.,", "e.g."),
        (r"\b(?:and so on|and so forth)\b", "etc."),
        (r"\bnamely\b", "viz."),
        (r"\s?\b(?:per cent|percent)\b", "%"),
        (r"(?<=\d)\s?(?:milliseconds?|msecs?|ms)\b", " ms"),
        (r"(?<=\d)\s?(?:seconds?|secs?|s)\b", " s"),
        (r"(?<=\d)\s?(?:minutes?|mins?)\b", " min"),
        (r"(?<=\d)\s?(?:hours?|hrs?|h)\b", " h"),
    )
)
"""Words with a short form in writing, a closed class."""
_ABBREVIATED = re.compile(r"\([A-Z][\w-]*[A-Z]\w*\)|[A-Z]{2,}\w* \(")
_SEVERAL = re.compile(r"@(?:(?:\s*,)?\s*(?:and |or |to )?\s*@)+")
_DATED = re.compile(r"\b(?:19|20)\d\d\b|\bdate\b", re.IGNORECASE)
_DOUBLED = re.compile(r"(?P<base>[a-z]+([b-df-hj-np-tv-z]))\2(?P<ending>ing|ed|ings)")
_NUMBERS = re.compile(r"\d+(?:[.,]\d+)*")
_NESTED = re.compile(r"\d+(?:\.\d+){2,}")
_RELEASES = frozenset({"version", "release", "v"})
"""Words before a number of three parts that is none of a clause."""
_APART = re.compile(r"[\s\u00ad\u2010-\u2015-]+")
_CAPITALS = re.compile(r"\b[A-Z]{2,}\b")
_CITED = re.compile(r"[\[(]?\d[\w.()-]*[\])]?|[A-Z](?:\.\d+)*")


def editorial(old: str, new: str) -> bool:
    """Return whether two sentences differ in nothing but spelling, punctuation, capitals and references."""
    bare = [_uncited(key_of(text)) for text in (old, new)]
    if _numbers(bare[0]) != _numbers(bare[1]):
        return False
    before, after = (_once(words_of(text)) for text in bare)
    if before == after or _abbreviation_moved(old, new, before, after):
        return True
    return all(_as_spelled(gone, come) for gone, come in runs(before, after))


def respaced(old: str, new: str) -> bool:
    """Return whether two sentences differ in nothing but spaces, hyphens, short forms and small or large letters.

    Words in capitals have to stay, because "MUST" may mean more than "must".
    """
    letters = [_APART.sub("", _in_short(text)).casefold() for text in (old, new)]
    return letters[0] == letters[1] and _CAPITALS.findall(old) == _CAPITALS.findall(new)


def _as_spelled(gone: Sequence[str], come: Sequence[str]) -> bool:
    """Return whether some words are others misspelled, or written together: "in stead"."""
    if "".join(gone) == "".join(come) or (_ARTICLES.issuperset((*gone, *come)) and not (gone and come)):
        return True
    return len(gone) == len(come) and all(starmap(_respelled, zip(gone, come, strict=True)))


def runs(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Yield the words that a text has lost, with those that have come in their place, run by run."""
    from rapidfuzz.distance import Indel

    coding = Coding()
    at = (0, 0)
    for block in Indel.opcodes(coding.encode(before), coding.encode(after)).as_matching_blocks():
        if at[0] < block.a or at[1] < block.b:
            yield tuple(before[at[0] : block.a]), tuple(after[at[1] : block.b])
        at = block.a + block.size, block.b + block.size


def _numbers(text: str) -> list[str]:
    """Return the numbers of a text, in order; "1,000" and "1000" are one."""
    return _NUMBERS.findall(evened(text))


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


def _in_short(text: str) -> str:
    """Return a text with the short forms of words that have one."""
    for long, short in _SHORT_FORMS:
        text = long.sub(short, text)
    return text


def _uncited(text: str) -> str:
    """Return a text with one sign for each reference to a clause, a table and the like, or to a list of sources."""
    lists = vocabulary().references.words
    bare = _in_short(ADDRESS.sub("", text))
    for span in reversed(sources(bare)):
        bare = f"{bare[: span.start]}@{bare[span.end :]}"
    out: list[str] = []
    for word in bare.split():
        cites = out and out[-1].casefold().strip("(,;") in lists and _CITED.fullmatch(word.strip(".,;:"))
        nested = _NESTED.fullmatch(word.strip(".,;:()")) and not (out and out[-1].casefold() in _RELEASES)
        out = [*out[:-1], "@"] if cites else [*out, "@" if nested else word]
    return _SEVERAL.sub("@", " ".join(out)).replace("@", "reference")


def _respelled(left: str, right: str) -> bool:
    """Return whether one word is the other with a letter or two amiss."""
    from rapidfuzz.distance import OSA

    shortest = min(len(left), len(right))
    if frozenset((left, right)) in _confused() or (singular(left) == singular(right) and left[-1:] != right[-1:]):
        return True
    if shortest < SHORT or any(letter.isdigit() for letter in left + right) or _turned(left, right):
        return False
    if left[0] != right[0] or OSA.distance(left, right) > (1 if shortest < LONG else 2):
        return False
    if _undoubled(left, right) or _undoubled(right, left):
        return True
    apart = (known(left) and known(right)) or _opposed(left, right) or _listed(left, right)
    return _leveled(left) == _leveled(right) or not apart


def _undoubled(left: str, right: str) -> bool:
    """Return whether a word lacks a doubled letter before its ending: "begining", not "planing" for "planning"."""
    match = _DOUBLED.fullmatch(right)
    return match is not None and left == f"{match['base']}{match['ending']}" and not known(f"{match['base']}e")


@cache
def _confused() -> frozenset[frozenset[str]]:
    return frozenset(frozenset(pair.split()) for pair in vocabulary().confused.words)


def _listed(left: str, right: str) -> bool:
    """Return whether two words say different things by the vocabulary, and so are not one misspelled."""
    first, second = (meanings().get(word, {}).get((word,)) for word in (left, right))
    return first is not None and second is not None and first != second


def _leveled(word: str) -> str:
    """Return a word with one spelling where British and American English have two: "colour" and "color"."""
    for spelling, other in _VARIANTS:
        word = spelling.sub(other, word)
    return word


def _opposed(left: str, right: str) -> bool:
    """Return whether one word names who gives and the other who receives: "licensor" and "licensee"."""
    return left.endswith(AGENTS) and right.endswith(AGENTS) and left.endswith(_RECEIVING) != right.endswith(_RECEIVING)


def _turned(left: str, right: str) -> bool:
    """Return whether one word is the other with a beginning that denies it."""
    return any(left == prefix + right or right == prefix + left for prefix in vocabulary().negation.prefixes)
