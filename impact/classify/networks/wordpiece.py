"""WordPiece of uncased BERT: the words of a text as numbers of a vocabulary, equal to the library `tokenizers`.

Two differences are meant: what looks like a special token in a text ("[SEP]") is plain text here, and characters
younger than Unicode 3.2 are judged by Python's tables.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache

LONGEST = 100
"""A word with more characters is unknown. Source: `max_input_chars_per_word` of BERT's tokenizer."""

_CJK = re.compile(
    "([\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002a6df\U0002a700-\U0002b73f"
    "\U0002b740-\U0002b81f\U0002b920-\U0002ceaf\U0002f800-\U0002fa1f])"
)
"""Ideographs, each a word of its own. Source: `_is_chinese_char` of BERT, 2B920 as in `tokenizers`."""


def tokens(text: str, vocabulary: Mapping[str, int]) -> list[int]:
    """Return the numbers of the pieces of a text, in order, without special tokens in front or behind.

    Args:
        text: Any text; case and accents are dropped.
        vocabulary: Numbers of pieces; those that go on a word start with "##"; has "[UNK]".
    """
    return [number for word in _words(text) for number in _pieces(word, vocabulary)]


def _words(text: str) -> list[str]:
    """Return lower-case words without accents; each punctuation mark and each ideograph is a word."""
    spaced = _CJK.sub(r" \1 ", "".join(map(_clean, text)))
    plain = spaced if spaced.isascii() else _without_accents(spaced)
    return "".join(f" {char} " if _is_punctuation(char) else char.lower() for char in plain).split()


def _without_accents(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFD", text) if unicodedata.category(char) != "Mn")


@lru_cache(maxsize=4096)
def _clean(char: str) -> str:
    """Return a character, a space for any kind of space, or nothing for a control character."""
    if char in "\t\n\r" or unicodedata.category(char)[0] == "Z":
        return " "
    return "" if char == "\ufffd" or unicodedata.category(char) in {"Cc", "Cf", "Co", "Cs"} else char


@lru_cache(maxsize=4096)
def _is_punctuation(char: str) -> bool:
    """Say whether BERT cuts here: punctuation, and every mark of ASCII that is no letter, digit or space."""
    return (char.isascii() and not char.isalnum() and char != " ") or unicodedata.category(char)[0] == "P"


def _pieces(word: str, vocabulary: Mapping[str, int]) -> Iterator[int]:
    """Return the longest pieces from left to right, or the unknown one if some part of the word has none."""
    numbers: list[int] = []
    start = 0 if len(word) <= LONGEST else len(word) + 1
    while start < len(word):
        mark = "##" if start else ""
        for end in range(len(word), start, -1):
            if (piece := mark + word[start:end]) in vocabulary:
                numbers.append(vocabulary[piece])
                start = end
                break
        else:
            start = len(word) + 1
    yield from numbers if start == len(word) else [vocabulary["[UNK]"]]
