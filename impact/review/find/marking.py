"""Where the words of a question stand in a text."""

from collections.abc import Iterable, Iterator

from impact.review.store.clause_search import SearchTerm
from impact.review.store.search import LONGEST_WORD, PLAIN

Mark = tuple[int, int]
"""First character of a word in a text, and the one after its last."""


def marks_in(text: str, terms: Iterable[SearchTerm]) -> tuple[Mark, ...]:
    """Return the words of a text that terms ask for, in its order, as a search finds them."""
    placed = list(_placed_words(text))
    words = [word for word, _, _ in placed]
    marked: set[int] = set()
    for term in terms:
        length = len(term.words)
        for place in range(len(words) - length + 1):
            if _fits(words[place : place + length], term):
                marked.update(range(place, place + length))
    return tuple(dict.fromkeys(placed[place][1:] for place in sorted(marked)))


def _fits(words: list[str], term: SearchTerm) -> bool:
    *first, last = term.words
    return words[:-1] == first and (words[-1] == last if term.whole else words[-1].startswith(last))


def _placed_words(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield each word as it is indexed, with where it begins and ends in the text."""
    word, start, end = "", 0, 0
    for place, character in enumerate(text):
        for letter in PLAIN[ord(character)]:
            if letter == " ":
                if word:
                    yield word[:LONGEST_WORD], start, end
                word = ""
                continue
            start = start if word else place
            word, end = word + letter, place + 1
        if word and not PLAIN[ord(character)]:  # an accent that stands by itself belongs to its letter
            end = place + 1
    if word:
        yield word[:LONGEST_WORD], start, end
