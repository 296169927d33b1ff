"""How well a page could be read, from signs that cost next to nothing."""

import re
from dataclasses import dataclass
from itertools import islice
from math import ceil

from impact.extract.blocks.hyphenated import stop_words
from impact.extract.blocks.hyphens import LINE_END_HYPHEN
from impact.extract.pdf.words import PageWords
from impact.records import PageVerdict

SCAN_CHARACTERS = 20
"""Fewer characters than this beside a large image make a scan. Source: measured on real standards as PDF."""

SCAN_IMAGE = 0.5
"""Share of the page that an image covers on a scan. Source: measured on real standards as PDF."""

BROKEN_SHARE = 0.2
"""Share of characters without a meaning from which a page is broken. Source: measured on real standards as PDF."""

_UNKNOWN = re.compile("[\ufffd\ue000-\uefff\uf100-\uf8ff\U000f0000-\U0010ffff]|\\(cid:\\d+\\)")
_LATIN_WORD = re.compile("[A-Za-z\u00c0-\u024f]{2,}")
_VOWELS = re.compile(
    "[aeiouyAEIOUY\u00c0-\u00c6\u00c8-\u00cf\u00d2-\u00d6\u00d8-\u00dc\u00e0-\u00e6\u00e8-\u00f6\u00f8-\u00fc]"
)


@dataclass(frozen=True, slots=True)
class Signs:
    """What an engine saw on a page beside its words.

    Attributes:
        image: Share of the page that its images cover, 0 to 1.
        unmapped: Share of characters (of a sample) that the font gives no Unicode value.
        invisible: Whether the text is painted invisibly, as OCR programs do.
    """

    image: float = 0.0
    unmapped: float = 0.0
    invisible: bool = False


def judge(page: PageWords, signs: Signs) -> tuple[PageVerdict, float]:
    """Return the verdict on a page and the share of its characters that have a meaning, 0 to 1."""
    unknown = 0.0
    if not page.known or len(page.texts) < SCAN_CHARACTERS:
        text = " ".join(page.texts)
        if len(text) < SCAN_CHARACTERS and signs.image >= SCAN_IMAGE:
            return PageVerdict.SCAN, 1.0
        if not text:
            return PageVerdict.EMPTY, 1.0
        unknown = _unknown_share(text)
    bad = max(unknown, signs.unmapped)
    if bad > BROKEN_SHARE or gibberish(page.texts):
        return PageVerdict.BROKEN_MAP, round(1 - max(bad, BROKEN_SHARE), 2)
    return PageVerdict.OCR if signs.invisible else PageVerdict.OK, round(1 - bad, 2)


def _unknown_share(text: str) -> float:
    if text.replace(LINE_END_HYPHEN, "").isprintable() and is_known(text):
        return 0.0
    return sum(map(len, _UNKNOWN.findall(text))) / len(text)


def is_known(text: str) -> bool:
    """Return whether all characters of a printable text have a meaning."""
    return "\ufffd" not in text and "(cid:" not in text


def gibberish(words: list[str]) -> bool:
    """Return whether a page of Latin letters holds words of no language.

    Pages with few Latin words (other scripts, figures, tables) are never called gibberish. Source: 100 words, 1 % stop
    words and 24 % vowels: project judgment.
    """
    stops = stop_words()
    enough = ceil(0.01 * len(words))
    if not enough or next(islice(filter(stops.__contains__, words), enough - 1, None), None):
        return False
    latin = [word for word in words if _LATIN_WORD.match(word)]
    if len(latin) < 100 or len(latin) * 2 < len(words):
        return False
    if sum(word.lower() in stops for word in latin) >= 0.01 * len(latin):
        return False
    letters = "".join(latin)
    return len(_VOWELS.findall(letters)) < 0.24 * len(letters)
