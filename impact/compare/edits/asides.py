"""Places of a sentence that say nothing of its rule: references, addresses, the long form of an abbreviation."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain

from impact.compare.vocabulary import vocabulary
from impact.records import Span
from impact.stems import singular

ADDRESS = re.compile(r"[(<]?\b(?:https?://|www\.)\S+")
_BRACKETED = re.compile(r"\[(?=[^\[\]]*\d)[^\[\]]{1,60}\]|\[[\w.:/-]{2,40}\]")
_WORD = re.compile(r"[a-z]+")
_CITED = r"[\[(]?(?:\d[\w.()-]*\w|\d|[A-Z](?:\.\d+)*)[\])]?(?![\w-])"
_EXPLAINED = re.compile(r"((?:[A-Za-z][\w'-]* ){1,7})\(([A-Z][A-Za-z-]{0,6}[A-Z])s?\)")
_MEANING = re.compile(r"\b([A-Z][A-Za-z-]{0,6}[A-Z]) \(((?:[A-Za-z][\w'-]* ?){2,8})\)")


def asides(sentence: str) -> tuple[Span, ...]:
    """Return the places, in no order."""
    addresses = (Span(*match.span()) for match in ADDRESS.finditer(sentence))
    cited = (Span(*match.span()) for match in _references().finditer(sentence))
    return (*sources(sentence), *addresses, *cited, *_long_forms(sentence))


def sources(sentence: str) -> tuple[Span, ...]:
    """Return the brackets that refer to a source or a place: "[TIDE]" or "[3, p. 7]", not "[within 30 days]"."""
    return tuple(Span(*match.span()) for match in _BRACKETED.finditer(sentence) if not _rules(match[0]))


def _rules(bracket: str) -> bool:
    """Return whether a bracket is part of a rule: it has a common word beside those of a reference."""
    lists, modal = vocabulary().references, frozenset(chain(*vocabulary().strength.values()))
    words = [word.strip(",.;:") for word in bracket[1:-1].split()]
    common = [word for word in words if _WORD.fullmatch(word)]
    if len(words) == 1:
        return any(word in modal or singular(word) in vocabulary().numbers.units for word in common)
    return any(word not in lists.words and word not in lists.citing for word in common)


def _long_forms(sentence: str) -> Iterator[Span]:
    """Yield the words before or behind an abbreviation that begin with its letters: "switching center (SC)"."""
    for match in _EXPLAINED.finditer(sentence):
        words = match[1].split()
        count = _initials(words, match[2])
        if count:
            yield Span(match.end(1) - len(" ".join(words[-count:])) - 1, match.end(1))
    for match in _MEANING.finditer(sentence):
        words = match[2].split()
        if _initials(words, match[1]) == len(words):
            yield Span(match.start(2) - 1, match.end())


def _initials(words: Sequence[str], abbreviation: str) -> int:
    """Return how many words at the end begin with the letters of an abbreviation; 0 where they do not."""
    letters = [letter for letter in abbreviation.lower() if letter.isalpha()]
    for count, word in enumerate(reversed(words), 1):
        for part in reversed(word.lower().split("-")):
            if letters and part[:1] == letters[-1]:
                letters.pop()
        if not letters:
            return count
    return 0


@cache
def _references() -> "re.Pattern[str]":
    """Return the pattern of a reference: a word for a place in a document, with the numbers behind it."""
    words = "|".join(sorted(map(re.escape, vocabulary().references.words), key=len, reverse=True))
    return re.compile(rf"\b(?i:{words})\s+{_CITED}(?:(?:,| and| or| to|, and)\s+{_CITED})*")
