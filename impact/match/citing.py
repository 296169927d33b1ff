"""Whether a document names another openly, by its number or title: a comment on a draft or an answer does."""

import re
from functools import lru_cache

from impact.match.rule import bare_number
from impact.match.sketch import Sketch

SHORTEST_NUMBER = 4
"""Characters of a number by which a document can be named. Source: project judgment; clauses have shorter ones."""

FEWEST_WORDS = 4
"""Words of a title by which a document can be named. Source: project judgment; shorter ones name a subject."""

_DIGIT = re.compile(r"\d")


def names(citing: Sketch, cited: Sketch) -> bool:
    """Return whether a document names another in its title or in its provisions.

    False for documents with the same number or title, which are editions, and where the other has neither a number nor
    a title that is long enough.
    """
    number, title = bare_number(cited.number), _flat(cited.title)
    if (number and number == bare_number(citing.number)) or (title and title == _flat(citing.title)):
        return False
    text = _text(citing)
    by_number = len(number) >= SHORTEST_NUMBER and bool(_DIGIT.search(number) or "-" in number)
    by_title = len(title.split()) >= FEWEST_WORDS
    return (by_number and _stands(number, text)) or (by_title and _stands(title, text))


def _stands(name: str, text: str) -> bool:
    """Return whether a name stands in a text and is not a part of a longer one."""
    return bool(re.search(rf"(?<![\w.-]){re.escape(name)}(?!\w)", text))


@lru_cache(maxsize=2)
def _text(sketch: Sketch) -> str:
    return _flat(" ".join((sketch.title, *(provision.text for provision in sketch.provisions))))


def _flat(text: str) -> str:
    return " ".join(text.lower().split())
