"""Footnotes that stand in running text of MediaWiki markup."""

import re
from collections.abc import Iterator, Sequence

from impact.extract.markdown.marks import Span

FOOTNOTE = re.compile(
    r"<ref\b[^<>]{0,300}(?<!/)>(?P<words>.{1,4000}?)</ref\s*>|<ref\b[^<>]{0,300}/>", re.DOTALL | re.IGNORECASE
)
"""A footnote, or a further reference to one. Source: mediawiki.org, "Help:Cite"."""


def footnotes_in(source: str, lines: Sequence[Span]) -> Iterator[Span]:
    """Yield the places of the words of the footnotes in some lines of the source, in order."""
    if lines:
        for match in FOOTNOTE.finditer(source, lines[0][0], lines[-1][1]):
            if match["words"]:
                yield match.span("words")
