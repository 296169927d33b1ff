"""Which blocks are tables of contents."""

import re
from collections.abc import Sequence

from impact.records import BlockKind, Document
from impact.segment.parts import Part, ends_in_page, is_contents, normal, part_of

_LONGEST_ENTRY = 220
"""Characters up to which a block may be an entry of a table of contents. Source: project judgment; the same as for a
heading."""

_PLACE = re.compile(
    r"(?:Section|Appendix|Annex|Clause|Paragraph|Item|Figure|Table|Page)s?(?: [A-Z]?\d+(?:[.\u2013-]\d+)*)?"
    r"|[A-Z]?\d+(?:[.\u2013-]\d+)*",
    re.IGNORECASE,
)
_PLACES, _SHARE = 2, 0.6
"""Places that an entry of an index names at least, and the share of its characters that they have. Source: project
judgment on indexes that xml2rfc writes."""

_PAGE = re.compile(r"(?<=[\s.\u2026])(?:\d{1,4}|[ivxlc]{1,6})\Z")


def contents_blocks(document: Document, texts: Sequence[str]) -> frozenset[int]:
    """Return the indices of the blocks that list the document's own headings, the title "Contents" not included.

    Of the document only the kinds and styles of its blocks are looked at; `texts` are their texts.
    """
    places: set[int] = set()
    zone: set[str] | None = None
    for index, (block, text) in enumerate(zip(document.blocks, texts, strict=True)):
        if block.kind is BlockKind.CONTENTS or block.style.casefold().startswith("toc ") or is_contents(text):
            places.add(index)
            if zone is not None:
                zone.add(_entry(text))
        elif len(text) < 40 and part_of(text) is Part.CONTENTS:
            zone = set()
        elif zone is not None:
            if _ends_zone(block.kind, text, zone):
                zone = None
            else:
                places.add(index)
                zone.add(_entry(text))
    return frozenset(places)


def _ends_zone(kind: BlockKind, text: str, zone: set[str]) -> bool:
    if kind is not BlockKind.HEADING and _lists_places(text):
        return False
    if kind is BlockKind.HEADING or len(text) > _LONGEST_ENTRY or normal(text) in zone:
        return True
    return text.endswith((".", ";", ":")) and not ends_in_page(text)


def _lists_places(text: str) -> bool:
    """Return whether a text is an entry of an index: little but the places where its word occurs."""
    places = [re.sub(r"[\s.]", "", place) for place in _PLACE.findall(text)]
    characters = re.sub(r"[\s,;.]", "", text)
    return len(places) >= _PLACES and len("".join(places)) >= _SHARE * len(characters)


def _entry(text: str) -> str:
    return normal(_PAGE.sub("", text).rstrip(" .\u2026\t\n"))
