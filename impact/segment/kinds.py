"""What part a clause plays."""

from impact.records import Block, BlockKind, ClauseKind, Document, Span, Strength
from impact.segment.outline import Outline
from impact.segment.parts import Part, cover_field, is_boilerplate, is_reference, marker

_BY_BLOCK = {
    BlockKind.CODE: ClauseKind.CODE,
    BlockKind.CAPTION: ClauseKind.CAPTION,
    BlockKind.CONTENTS: ClauseKind.CONTENTS,
    BlockKind.NOTE: ClauseKind.NOTE,
}
_BINDING = frozenset({Strength.MUST, Strength.SHOULD})
_LONGEST_FRONT_LINE = 200


def kind_of(document: Document, block: Block, span: Span, strength: Strength, outline: Outline) -> ClauseKind:
    """Return the kind of a clause that is no heading: by its block, its section, its first words, its wording."""
    text = span.of(document.text)
    part = outline.here.part
    if block.kind in _BY_BLOCK:
        return _BY_BLOCK[block.kind]
    if part is Part.BOILERPLATE or is_boilerplate(text) or _on_cover(document, block, text, outline):
        return ClauseKind.BOILERPLATE
    if part is Part.REFERENCES and (strength not in _BINDING or is_reference(text)):
        return ClauseKind.REFERENCE
    marked = marker(text)
    if marked is not None and not (marked is ClauseKind.CAPTION and (len(text) > 250 or block.kind is BlockKind.ROW)):
        return marked
    return _by_wording(part, strength)


def _by_wording(part: Part, strength: Strength) -> ClauseKind:
    if part is Part.INFORMATIVE:
        return ClauseKind.INFORMATIVE
    if part is Part.DEFINITIONS and strength not in _BINDING:
        return ClauseKind.DEFINITION
    return ClauseKind.STATEMENT if strength is Strength.DESCRIPTIVE else ClauseKind.REQUIREMENT


def _on_cover(document: Document, block: Block, text: str, outline: Outline) -> bool:
    """Return whether a block before the first heading is a field of the cover or a line of the title page."""
    if outline.started:
        return False
    if block.kind is BlockKind.ROW:
        first = next((cell.of(document.text) for cell in block.cells if len(cell)), text)
        known = cover_field(first)
        return not known if known is not None else len(text) < _LONGEST_FRONT_LINE and not text.endswith(".")
    name, colon, _ = text.partition(":")
    if colon and len(name) < 30:
        known = cover_field(name)
        if known is not None:
            return not known
    is_line = len(text) < _LONGEST_FRONT_LINE and not text.endswith((".", ":", ";"))
    return document.format in {"pdf", "text"} and is_line
