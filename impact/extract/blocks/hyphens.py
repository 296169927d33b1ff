"""Hyphens at the ends of lines: part of the word, or only there because the line was full."""

from collections.abc import Iterable
from functools import cached_property

from impact.extract.blocks.hyphenated import hyphen_words

LINE_END_HYPHEN = "\ufffe"
"""What stands at the end of a word that its engine knows to go on in the next line."""
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
        if not head or not second or not head[-1].isalpha() or not second[0].isalpha() or "/" in head + second:
            return False
        whole, tail = f"{head}{second}".lower(), second.lower()
        if f"{head}-{tail}".lower() in self._words or whole in self._words:
            return f"{head}-{tail}".lower() not in self._words
        abbreviated = len(head) > 1 and head.isupper()
        if f"{head}-{tail}".lower() in hyphen_words("compounds"):
            return False
        if "-" in head or abbreviated or second[0].isupper() or head.lower() in hyphen_words("always"):
            return False
        return tail not in self._words or not self._makes_compounds(head.lower(), tail)

    def _makes_compounds(self, head: str, tail: str) -> bool:
        """Return whether two words of the document rather form a compound than that one word was cut there."""
        return head in hyphen_words("before_words") or (len(head) > 4 and len(tail) > 4 and head in self._words)


def hyphenated(word: str) -> bool:
    """Return whether a word at the end of a line ends in a hyphen after a letter or digit."""
    return word.endswith(HYPHENS) and len(word) > 1 and word[-2].isalnum()
