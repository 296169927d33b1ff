"""Turn stretches of the text of an old Word file into paragraphs and tables."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.etree import _Element as Element

from impact.extract.office.nesting import Nesting, ParagraphEnd
from impact.extract.office.wordtree import ParagraphDraft, ParagraphFacts
from impact.extract.oldword import properties
from impact.extract.oldword.binary import u16
from impact.extract.oldword.formatting import Formatting, with_data
from impact.extract.oldword.modifiers import modifiers
from impact.extract.oldword.pieces import PiecedText
from impact.extract.oldword.properties import CharacterProperties
from impact.extract.oldword.references import References

_PARAGRAPH_ENDS = re.compile("[\r\x07\x0c]")
# Signs that stand for something else. Source: [MS-DOC] 2.4.1 and 2.8.25 (fields).
_SIGNS = re.compile("([\x01-\x08\x0b\x0c\x0e\x13-\x15\x28])")
_BREAKS = frozenset("\x0b\x0c\x0e")
_FIELD_MARKS = {"\x13": "begin", "\x14": "separate", "\x15": "end"}
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_DATA_FACTOR = 8
"""How many times the bytes of the stream Data may be read: a hostile file may refer to them from everywhere."""
_DEEPEST_BOX = 4
"""Text boxes inside of text boxes at the most. Source: project judgment."""


@dataclass(frozen=True, slots=True)
class WordTables:
    """What paragraphs are made of.

    Attributes:
        sections: Positions behind the ends of sections.
        data: The stream Data.
    """

    text: PiecedText
    paragraphs: Formatting
    characters: Formatting
    references: References
    sections: frozenset[int]
    fonts: list[str]
    authors: list[str]
    data: bytes


class Story:
    """Reads stretches of the text."""

    def __init__(self, source: WordTables) -> None:
        self._source = source
        self._known: dict[tuple[bytes, bytes], CharacterProperties] = {}
        self._modifiers: dict[tuple[bytes, bytes], list[tuple[int, bytes]]] = {}
        self._left = _DATA_FACTOR * len(source.data)
        self._fields: list[bool] = []
        self._depth = 0

    def blocks(self, start: int, end: int) -> Iterator[Element]:
        """Yield the paragraphs and tables of a stretch."""
        nesting, self._fields = Nesting(), []
        for paragraph_start, paragraph_end in self._stretches(start, end):
            self._put(nesting, paragraph_start, paragraph_end)
            yield from nesting.take()
        nesting.finish()
        yield from nesting.take()

    def plain(self, start: int, end: int) -> str:
        """Return the words of a stretch without formatting."""
        text = self._source.text.text[start:end].replace("\r", "\n").replace("\x0b", "\n")
        return re.sub("[\x00-\x08\x0c-\x1f]", "", _joined(text)).strip()

    def _stretches(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        text = self._source.text.text
        end = min(end, len(text))
        for match in _PARAGRAPH_ENDS.finditer(text, start, end):
            if match[0] != "\x0c" or match.end() in self._source.sections:
                yield start, match.end()
                start = match.end()
        if start < end:
            yield start, end

    def _put(self, nesting: Nesting, start: int, end: int) -> None:
        mark = self._source.text.text[end - 1]
        style, changes = self._entry(end - 1)
        traits = properties.paragraph(style, changes)
        ends = mark in "\r\x07" or (mark == "\x0c" and end in self._source.sections)
        marks = self._characters_at(end - 1).marks if ends else ()
        if traits.row_end and traits.depth:
            shape = properties.row(changes, marks)
            nesting.put(None, traits.depth, ParagraphEnd.ROW, shape)
            return
        draft = ParagraphDraft()
        self._fill(draft, start, end - 1 if ends else end)
        facts = ParagraphFacts(
            style=str(traits.style),
            list_id=traits.list_id,
            list_level=traits.list_level,
            outline=traits.outline,
            marks=() if mark == "\x07" else marks,
        )
        cell_end = traits.depth > 0 and (mark == "\x07" or (traits.depth > 1 and traits.cell_end))
        nesting.put(draft.finish(facts), traits.depth, ParagraphEnd.CELL if cell_end else ParagraphEnd.PARAGRAPH)

    def _entry(self, position: int) -> tuple[int, list[tuple[int, bytes]]]:
        """Return the style of the paragraph that ends at a position, and its modifiers."""
        piece = self._source.text.piece_at(position)
        if piece is None:
            return 0, []
        entry = self._source.paragraphs.at(piece.place_of(position))
        traits = self._modifiers.get((entry, piece.changes))
        if traits is None:
            data = self._source.data if self._left > 0 else b""
            traits = [*with_data(entry[2:], data), *modifiers(piece.changes)]
            self._left -= sum(len(operand) for _, operand in traits)
            self._modifiers[entry, piece.changes] = traits
        return u16(entry, 0), traits

    def _characters_at(self, position: int) -> CharacterProperties:
        for _, _, grpprl, changes in self._source.characters.over(self._source.text, position, position + 1):
            return self._characters(grpprl, changes)
        return CharacterProperties()

    def _characters(self, grpprl: bytes, changes: bytes) -> CharacterProperties:
        traits_read = self._known.get((grpprl, changes))
        if traits_read is None:
            traits = (*modifiers(grpprl), *modifiers(changes))
            traits_read = properties.characters(traits, self._source.fonts, self._source.authors)
            self._known[grpprl, changes] = traits_read
        return traits_read

    def _fill(self, draft: ParagraphDraft, start: int, end: int) -> None:
        for first, behind, grpprl, changes in self._source.characters.over(self._source.text, start, end):
            traits = self._characters(grpprl, changes)
            position = first
            for piece in _SIGNS.split(self._source.text.text[first:behind]):
                if piece and _SIGNS.fullmatch(piece):
                    self._sign(draft, piece, position, traits)
                elif piece:
                    self._words(draft, piece, position, traits)
                position += len(piece)

    def _words(self, draft: ParagraphDraft, words: str, position: int, traits: CharacterProperties) -> None:
        note = self._source.references.notes.get(position)
        if note is not None and note.own and (note.part, note.key) in self._source.references.stretches:
            draft.reference(f"{note.part[:-1]}Reference", note.key, traits.look, own=True)
        if self._fields and self._fields[-1]:
            draft.instruction(_joined(words), traits.look)
        else:
            draft.text(_joined(words.replace("\0", "")), traits.look, traits.marks)

    def _sign(self, draft: ParagraphDraft, sign: str, position: int, traits: CharacterProperties) -> None:
        references = self._source.references
        if sign == "(":
            if traits.symbol[1]:
                draft.symbol(*traits.symbol, traits.look, traits.marks)
            else:
                self._words(draft, sign, position, traits)
        elif sign in _BREAKS:
            draft.text("\n", traits.look, traits.marks)
        elif sign in _FIELD_MARKS:
            self._field(draft, _FIELD_MARKS[sign], traits)
        elif sign == "\x02" and position in references.notes:
            note = references.notes[position]
            draft.reference(f"{note.part[:-1]}Reference", note.key, traits.look)
        elif sign == "\x05" and position in references.comments:
            draft.reference("commentReference", references.comments[position], traits.look)
        elif sign == "\x01" and traits.special and not traits.field_data:
            draft.drawing(traits.look)
        elif sign == "\x08" and traits.special:
            self._drawing(draft, position, traits)

    def _field(self, draft: ParagraphDraft, mark: str, traits: CharacterProperties) -> None:
        if mark == "begin":
            self._fields.append(True)
        elif self._fields and mark == "separate":
            self._fields[-1] = False
        elif self._fields:
            self._fields.pop()
        draft.field(mark, traits.look, traits.marks)

    def _drawing(self, draft: ParagraphDraft, position: int, traits: CharacterProperties) -> None:
        boxes: list[Element] = []
        if self._depth < _DEEPEST_BOX:
            self._depth += 1
            # A box is read where its drawing is first met, so that a circle of boxes ends.
            for start, end in self._source.references.boxes.pop(position, ()):
                outer, self._fields = self._fields, []
                boxes.extend(self.blocks(start, end))
                self._fields = outer
            self._depth -= 1
        draft.drawing(traits.look, boxes)


def _joined(text: str) -> str:
    """Return text in which two halves of a character beyond U+FFFF became it."""
    if not _PAIR.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
