"""Which blocks are tables of contents."""

import re
from collections.abc import Sequence

from impact.records import BlockKind, Document
from impact.segment.parts import Part, ends_in_page, is_contents, normal, part_of

_LONGEST_ENTRY = 220
"""Characters up to which a block may be an entry of a table of contents. Source: project judgment; the same as for a
heading."""

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
    if kind is BlockKind.HEADING or len(text) > _LONGEST_ENTRY or normal(text) in zone:
        return True
    return text.endswith((".", ";", ":")) and not ends_in_page(text)


def _entry(text: str) -> str:
    return normal(_PAGE.sub("", text).rstrip(" .\u2026\t\n"))
