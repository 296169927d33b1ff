"""Hyphens at the ends of lines: part of the word, or only there because the line was full."""

from collections.abc import Iterable
from functools import cached_property

from impact.extract.pdf_lists import hyphen_words
from impact.extract.words import LINE_END_HYPHEN

HYPHENS = ("-", "\u2010", LINE_END_HYPHEN)
_EDGES = ".,;:!?()[]{}\"'\u201c\u201d\u2018\u2019«»" + "".join(HYPHENS)


class Vocabulary:
    """The words that a document uses in the middle of its lines."""

    def __init__(self, words: Iterable[str]) -> None:
        """Take the words; they are only gone through when the first hyphen asks."""
        self._source = words

    @cached_property
    def _words(self) -> set[str]:
        return {word.strip(_EDGES).lower() for word in set(self._source)}

    def joined(self, first: str, second: str) -> bool:
        """Return whether the hyphen between two halves of a word was only put there by the line break.

        What the document does elsewhere decides: the joined form, or the form with the hyphen. Where it has neither,
        two halves in lower case are joined, unless the first has a hyphen already or is one that usually keeps it.
        """
        first, second = first.rstrip("".join(HYPHENS)), second.strip(_EDGES)
        head = first.lstrip(_EDGES)
        if not head or not second or not head[-1].isalpha() or not second[0].isalpha():
            return False
        tail = second.lower()
        if f"{head}-{tail}".lower() in self._words:
            return False
        if f"{head}{tail}".lower() in self._words:
            return True
        if "-" in head or second[0].isupper() or head.lower() in hyphen_words("always"):
            return False
        if tail not in self._words:
            return True
        return not (
            head.lower() in hyphen_words("before_words")
            or (len(head) > 4 and len(tail) > 4 and head.lower() in self._words)
        )


def hyphenated(word: str) -> bool:
    """Return whether a word at the end of a line ends in a hyphen after a letter or digit."""
    return word.endswith(HYPHENS) and len(word) > 1 and word[-2].isalnum()
