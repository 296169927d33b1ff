"""What part a clause plays."""

import re
from collections.abc import Mapping

from impact.records import PAGE_FORMATS, WORD_FORMATS, Block, BlockKind, ClauseKind, Document, Strength
from impact.segment.headings import Heading
from impact.segment.parts import Part, cover_field, is_boilerplate, is_reference, marker, names_terms, part_of

_BY_BLOCK = {
    BlockKind.CODE: ClauseKind.CODE,
    BlockKind.CAPTION: ClauseKind.CAPTION,
    BlockKind.CONTENTS: ClauseKind.CONTENTS,
    BlockKind.NOTE: ClauseKind.NOTE,
}
_BINDING = frozenset({Strength.MUST, Strength.SHOULD})
_COMPANY = re.compile(r"\b(?:Inc|Ltd|Corp|Co|Ed|LLC|L\.L\.C|L\.P|B\.V|N\.V|S\.A|S\.p\.A|Pty|e\.V)\.\Z")
_IN_QUOTES = re.compile(r"[\"\u201c\u00ab\u201e][^\"\u201c\u201d\u00ab\u00bb]+[\"\u201d\u00bb\u201c][.;,]?")
_LONGEST_FRONT_LINE = 200
"""Characters up to which a block of the cover may be a line of a title page. Source: project judgment."""

_LONGEST_ENTRY = 200
"""Characters below which what stands among references or abbreviations is one, unless it binds. Source: project
judgment; a missed heading must not hide a paragraph."""

_LONGEST_NOTICE = 40
"""Paragraphs of boilerplate after which binding wording is read again, since a heading was missed. Source: project
judgment."""

_LAST_FRONT_PAGE = 3
"""Page by which the cover must end. Source: project judgment."""

_LAST_FRONT_BLOCK = 60
"""Index of the block by which the cover must end. Source: project judgment; long enough for a table of authors."""

COVER_FIELDS = 25
"""Blocks at the beginning among which cover fields are known by their names alone. Source: project judgment."""


def is_quoted(block: Block, text: str) -> bool:
    """Return whether a block is set off as a quote, or stands in quotation marks."""
    return block.style == "blockquote" or _IN_QUOTES.fullmatch(text.strip()) is not None


def kind_of(block: Block, text: str, strength: Strength, part: Part, ordinal: int) -> ClauseKind:
    """Return the kind of a clause that is no heading: by its block, its section, its first words, its wording.

    A missed heading must not hide what follows it: binding wording far down in a foreword (by `ordinal`, how many
    paragraphs of the section came before), and long paragraphs that do not look like references, are assessed.
    """
    if block.kind in _BY_BLOCK:
        is_example = block.kind is BlockKind.NOTE and marker(text) is ClauseKind.EXAMPLE
        return ClauseKind.EXAMPLE if is_example else _BY_BLOCK[block.kind]
    binding = strength in _BINDING
    is_term = part is Part.KEYWORDS and not binding and names_terms(text)
    is_notice = part is Part.BOILERPLATE and not (binding and ordinal > _LONGEST_NOTICE)
    if is_boilerplate(text) or is_term or is_notice:
        return ClauseKind.BOILERPLATE
    if part is Part.REFERENCES and (is_reference(text) or (not binding and len(text) < _LONGEST_ENTRY)):
        return ClauseKind.REFERENCE
    if part is Part.ABBREVIATIONS and not binding and len(text) < _LONGEST_ENTRY:
        return ClauseKind.ABBREVIATION
    marked = marker(text)
    if marked is not None and not (marked is ClauseKind.CAPTION and (len(text) > 250 or block.kind is BlockKind.ROW)):
        return marked
    return _by_wording(part, strength)


def _by_wording(part: Part, strength: Strength) -> ClauseKind:
    if part is Part.INFORMATIVE:
        return ClauseKind.INFORMATIVE
    if part in {Part.DEFINITIONS, Part.ABBREVIATIONS} and strength not in _BINDING:
        return ClauseKind.DEFINITION
    return ClauseKind.STATEMENT if strength is Strength.DESCRIPTIVE else ClauseKind.REQUIREMENT


def cover_end(document: Document, headings: Mapping[int, Heading]) -> int:
    """Return the index of the block at which the cover ends: the first heading with a number or of a known part.

    0 where none comes on the first pages, as in slides and letters: such a document has no cover to leave out.
    """
    for index, heading in sorted(headings.items()):
        title = document.text[heading.start : heading.end]
        if heading.label or part_of(title.strip()) is not None:
            near = document.page(document.blocks[index].span) <= _LAST_FRONT_PAGE and index <= _LAST_FRONT_BLOCK
            return index if near else 0
    return 0


def is_cover_line(document: Document, block: Block, text: str, *, certain: bool) -> bool:
    """Return whether a block of the cover is a field that is not assessed, or a line of the title page.

    Where it is not certain that the document has a cover, only known fields count.
    """
    ended = text.endswith((".", ":", ";")) and not _COMPANY.search(text)
    is_line = certain and len(text) < _LONGEST_FRONT_LINE and not ended
    if block.kind is BlockKind.ROW:
        first = next((cell.of(document.text) for cell in block.cells if len(cell)), text)
        is_assessed = cover_field(first)
        return (
            not is_assessed if is_assessed is not None else is_line and document.format in WORD_FORMATS | PAGE_FORMATS
        )
    name, colon, _ = text.partition(":")
    is_assessed = cover_field(name) if colon else None
    if is_assessed is not None:
        return not is_assessed
    return is_line and (document.format in PAGE_FORMATS | {"text"} or (text.isupper() and part_of(text) is not None))
