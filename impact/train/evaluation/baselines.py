"""What simpler programs reach on the same clauses."""

import re
from collections.abc import Mapping, Sequence
from functools import cache

from impact.train.corpus.clauses import Labeled
from impact.train.evaluation.scores import LabelsByRow
from impact.typed import load

_SIGNS = re.compile(r"[\W_]+")


def say_nothing(labeled: Sequence[Labeled]) -> LabelsByRow:
    """Return what a program says that never finds anything."""
    return {row.id: frozenset() for row in labeled}


def say_phrases(labeled: Sequence[Labeled]) -> LabelsByRow:
    """Return the labels of which a phrase of phrases.toml occurs word for word, without regard to case and signs."""
    return {row.id: _labels_in(row.text) for row in labeled}


def _labels_in(text: str) -> frozenset[str]:
    words = _plain(text)
    return frozenset(label for label, phrases in _phrases().items() if any(phrase in words for phrase in phrases))


@cache
def _phrases() -> Mapping[str, tuple[str, ...]]:
    phrases = load(dict[str, tuple[str, ...]], "impact.train.evaluation", "phrases.toml")
    return {label: tuple(map(_plain, wordings)) for label, wordings in phrases.items()}


def _plain(text: str) -> str:
    """Return the words of a text, each between two single blanks."""
    return f" {_SIGNS.sub(' ', text.casefold()).strip()} "
