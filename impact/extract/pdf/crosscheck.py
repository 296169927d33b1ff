"""Two engines on one page: how far they agree, and whose text is kept.

The engine chosen reads every page. PDFium judges its own reading by cheap signs (`verdict.judge`) and asks pdfminer
only for the pages that fail, since pdfminer takes some 15 times as long; pdfminer is compared with PDFium on every
page, since that costs it little.
"""

from collections import Counter
from collections.abc import Sequence

from impact.extract.blocks.hyphens import HYPHENS
from impact.extract.pdf.document import PageReading
from impact.records import PageVerdict

_UNREAD = (PageVerdict.BROKEN_MAP, PageVerdict.EMPTY)


def agreement(words: Sequence[str], others: Sequence[str]) -> float:
    """Return the share of `words` that are among `others` too, each as often as it occurs there; 1.0 for no words."""
    counts, other_counts = _counted(words), _counted(others)
    total = counts.total()
    return (counts & other_counts).total() / total if total else 1.0


def settle(reading: PageReading, other: PageReading) -> PageReading:
    """Return the reading to keep: the other engine's where only that one could read the page."""
    if reading is other or not (reading.words.failed or reading.verdict in _UNREAD):
        return reading
    if other.words.failed or other.verdict in _UNREAD or other.verdict is PageVerdict.SCAN:
        return reading
    other.quality = round(agreement(other.words.texts, reading.words.texts), 2)
    return other


def _counted(words: Sequence[str]) -> Counter[str]:
    """Count words without the hyphens at their ends, which the engines mark in different ways."""
    strip = "".join(HYPHENS)
    return Counter(word.rstrip(strip) for word in words)
