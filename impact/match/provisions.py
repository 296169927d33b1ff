"""What is compared of a clause: its sentences, and parts of long ones, since one may hold several provisions."""

import re
from collections.abc import Iterator

from impact.match.masking import STAND_IN
from impact.records import Span
from impact.segment.sentences import sentences

LONGEST = 60
"""Words of a provision at the most; the encoder reads 96 tokens. Source: models/encoder."""

FEWEST = 5
"""Words that a provision must have beside masked names: title blocks and lists of names have fewer. Source:
bench/reissues.py; without this floor, pages of one body were near to each other by their title blocks."""

_WORD = re.compile(r"\w*[^\W\d_]\w*")
_BLANK = re.compile(r"\s+")
_BORDER = re.compile(r"(?<=;)\s+|(?<=,)\s+(?=(?:and|or|but|which|where|unless|provided|except)\b)|(?<=:)\s+")
"""Where a long sentence may be divided: between its parts. Source: project judgment."""


def provisions(text: str) -> tuple[str, ...]:
    """Return the provisions of a clause, in order: its sentences, with long ones divided."""
    found = (span.of(text) for span in sentences(text, Span(0, len(text))))
    return tuple(part for sentence in found for part in divided(sentence))


def divided(sentence: str) -> Iterator[str]:
    """Yield a sentence in parts of at most `LONGEST` words, cut at the border or space nearest to its middle."""
    if len(sentence.split()) <= LONGEST:
        yield sentence
        return
    middle = len(sentence) // 2
    cut = min(_cuts(_BORDER, sentence) or _cuts(_BLANK, sentence), key=lambda place: abs(place - middle))
    yield from divided(sentence[:cut].rstrip())
    yield from divided(sentence[cut:])


def _cuts(border: re.Pattern[str], sentence: str) -> list[int]:
    return [match.end() for match in border.finditer(sentence) if match.start() and match.end() < len(sentence)]


def tells(masked_text: str) -> bool:
    """Return whether a text says enough to be known again once names are masked."""
    return len(_WORD.findall(masked_text.replace(STAND_IN, " "))) >= FEWEST
