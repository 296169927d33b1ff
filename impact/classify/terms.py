"""Words and word pairs of a text as a sparse row, and where in the text each of them stands."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from impact.records import Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_WORD = re.compile(r"\w\w+")


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """A vocabulary with the rarity of each term; compared by identity.

    Attributes:
        numbers: Column of each term, 0-based: a lower-case word of two or more letters, or two such words in sequence
            with a blank between.
        rarity: Inverse document frequency by column, shape (terms,).
    """

    numbers: Mapping[str, int] = field(repr=False)
    rarity: "NDArray[np.float32]" = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.numbers) != len(self.rarity):
            raise ValueError(f"{len(self.numbers)} terms, but the rarity of {len(self.rarity)}")

    def row(self, text: str) -> "tuple[NDArray[np.int64], NDArray[np.float32]]":
        """Return columns, ascending, and values of a text: (1 + log count) times rarity, scaled to length 1.

        Source: Salton and Buckley 1988, as in scikit-learn's `TfidfVectorizer(sublinear_tf=True)`.
        """
        import numpy as np

        words = [word.lower() for word in _WORD.findall(text)]
        terms = chain(words, (f"{word} {after}" for word, after in pairwise(words)))
        counts = Counter(self.numbers[term] for term in terms if term in self.numbers)
        columns = np.array(sorted(counts), np.int64)
        values = np.array([1 + math.log(counts[column]) for column in columns.tolist()], np.float32)
        values *= self.rarity[columns]
        length = float(np.sqrt((values * values).sum()))
        return columns, values / np.float32(length or 1.0)


def occurrences(text: str) -> list[tuple[str, Span]]:
    """Return each term of a text with its place, words before pairs, each in the order of the text."""
    words = [(match[0].lower(), Span(*match.span())) for match in _WORD.finditer(text)]
    pairs = [
        (f"{word} {after}", Span(place.start, next_place.end)) for (word, place), (after, next_place) in pairwise(words)
    ]
    return words + pairs


def learn(texts: Sequence[str], least: int, most: int) -> Terms:
    """Return the terms that stand in `least` of the texts or more, `most` of them at the most.

    The most frequent are kept, among equals the alphabetically first.
    """
    import numpy as np

    counts: dict[str, int] = defaultdict(int)
    for text in texts:
        for term in {term for term, _ in occurrences(text)}:
            counts[term] += 1
    frequent = sorted(
        (term for term, count in counts.items() if count >= least), key=lambda term: (-counts[term], term)
    )
    frequent = sorted(frequent[:most])
    rarity = np.array([math.log((1 + len(texts)) / (1 + counts[term])) + 1 for term in frequent], np.float32)
    return Terms({term: number for number, term in enumerate(frequent)}, rarity)
