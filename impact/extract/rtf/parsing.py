"""Walk the tokens of an RTF file."""

from collections.abc import Callable

from lxml.etree import _Element as Element

from impact.extract.office.nesting import ParagraphEnd
from impact.extract.options import Options
from impact.extract.rtf import headers
from impact.extract.rtf.codepages import code_page
from impact.extract.rtf.headers import RtfHeaders
from impact.extract.rtf.state import RowDefinition
from impact.extract.rtf.tokens import TokenKind, Tokens
from impact.extract.rtf.words import SHOWN, SKIPPED, STARRED, STORIES, SYMBOLS
from impact.extract.rtf.writing import RtfWriter

_DEEPEST_STORY = 6
"""Notes and text boxes inside of each other at the most. Source: project judgment."""
_TABLES: dict[str, Callable[..., None]] = {
    "fonttbl": headers.read_fonts,
    "stylesheet": headers.read_styles,
    "listtable": headers.read_lists,
    "listoverridetable": headers.read_overrides,
    "revtbl": headers.read_authors,
    "info": headers.read_properties,
}
_FLAGS = {"b": "bold", "v": "hidden", "revised": "inserted", "deleted": "deleted"}
_NUMBERS = {"fs": "size", "f": "font", "uc": "skip", "s": "style", "ls": "list_id", "ilvl": "list_level"}
_NUMBERS |= {"outlinelevel": "outline", "itap": "depth"}
_PAIRS = {
    "revauth": ("authors", 0),
    "revauthdel": ("authors", 1),
    "revdttm": ("moments", 0),
    "revdttmdel": ("moments", 1),
}
_MERGED = {"clvmgf": ("down", "restart"), "clvmrg": ("down", "continue"), "clmrg": ("across", "continue")}
_LARGEST_SKIP = 16


_DESTINATIONS = frozenset(
    {*_TABLES, *SKIPPED, *STORIES, "upr", "pict", "atnauthor", "fldinst", "listtext", "pntext", "field"}
)


class RtfParser:
    """Reads one file.

    Attributes:
        headers: What the file says before its text.
        writer: What became of the text.
    """

    def __init__(self, data: bytes, name: str, options: Options) -> None:
        self.headers = RtfHeaders()
        self.writer = RtfWriter(self.headers, name, options)
        self._tokens = Tokens(data, name)
        self._skip = 0
        self._star = False
        self._fresh = False
        self._words = self._bound()

    def _bound(self) -> dict[str, Callable[[int | None], None]]:
        writer = self.writer
        return {
            "u": self._unicode,
            "ansicpg": self._code_page,
            "deff": self._default_font,
            "plain": lambda _: writer.state.plain(writer.default_font),
            "pard": lambda _: writer.state.bare(),
            "par": lambda _: writer.end_paragraph(ParagraphEnd.PARAGRAPH),
            "sect": lambda _: None if writer.draft.empty else writer.end_paragraph(ParagraphEnd.PARAGRAPH),
            "cell": lambda _: writer.end_paragraph(ParagraphEnd.CELL),
            "nestcell": lambda _: writer.end_paragraph(ParagraphEnd.CELL),
            "row": lambda _: writer.end_row(1),
            "nestrow": lambda _: writer.end_row(max(writer.state.tables, 2)),
            "trowd": self._begin_row,
            "trleft": self._row_left,
            "cellx": lambda number: writer.stories[-1].row.end_cell(number or 0),
            "intbl": self._in_table,
            "ftnalt": self._endnote,
            "chftn": lambda _: writer.count_note(),
        }

    def read(self) -> list[Element]:
        """Return the paragraphs and tables of the document."""
        while (kind := self._tokens.next()) is not TokenKind.END:
            fresh, self._fresh = self._fresh, kind is TokenKind.OPEN
            if kind in (TokenKind.TEXT, TokenKind.BYTE):
                self._bytes(self._tokens.content)
            elif kind is TokenKind.WORD:
                self._word(self._tokens.word, self._tokens.number, first=fresh or self._star)
            elif kind is TokenKind.OPEN:
                self.writer.begin_group()
                self._tokens.check(self.writer.depth)
                self._skip = 0
            elif kind is TokenKind.CLOSE:
                self._close()
            else:
                self._symbol(self._tokens.word)
        while len(self.writer.stories) > 1:
            self.writer.end_story()
        return self.writer.finish()

    def _close(self) -> None:
        writer, self._skip, self._star = self.writer, 0, False
        ended = writer.state.ends
        if not writer.depth:
            return
        if ended in STORIES:
            writer.end_story()  # in the properties of its last paragraph
        writer.end_group()
        if ended == "fldinst":
            writer.draft.field("separate", writer.look())
        elif ended == "field":
            writer.draft.field("end", writer.look())

    def _destination(self, word: str) -> bool:
        """Enter the destination that a word names; return whether it names one."""
        starred, self._star = self._star, False
        if word in _TABLES:
            _TABLES[word](self.headers, self._tokens.group())
        elif word == "upr":
            if self._tokens.next() is TokenKind.OPEN:
                self._tokens.skip()  # the same in the code page, for readers without Unicode
            return True
        elif word == "pict":
            self.writer.draft.drawing(self.writer.look())
            self._tokens.skip()
        elif word in SKIPPED or (starred and word not in STARRED):
            self._tokens.skip()
        elif word == "atnauthor":
            self.writer.author = self.headers.plain(self._tokens.group())
        elif word in STORIES and len(self.writer.stories) >= _DEEPEST_STORY:
            self._tokens.skip()
        else:
            return self._open(word)
        self._close()
        return True

    def _open(self, word: str) -> bool:
        if word in STORIES:
            self.writer.begin_story(STORIES[word])
        elif word == "fldinst":
            self.writer.draft.field("begin", self.writer.look())
            self.writer.state.target = "instruction"
        elif word in ("listtext", "pntext"):
            self.writer.state.target = "literal"
        elif word != "field":
            return False
        self.writer.state.ends = word
        return True

    def _symbol(self, symbol: str) -> None:
        if self._skip:
            self._skip -= 1
        elif symbol == "*":
            self._star = True
        elif symbol in SYMBOLS:
            self.writer.text(SYMBOLS[symbol])
        elif symbol in "\r\n":
            self.writer.end_paragraph(ParagraphEnd.PARAGRAPH)

    def _word(self, word: str, number: int | None, *, first: bool) -> None:
        """Follow a word; only the first of a group names a destination."""
        if self._skip:
            self._skip -= 1
        elif first and (self._star or word in _DESTINATIONS) and self._destination(word):
            pass
        elif word in self._words:
            self._words[word](number)
        elif word in SHOWN:
            self.writer.text(SHOWN[word])
        else:
            self._property(word, number)

    def _property(self, word: str, number: int | None) -> None:
        state = self.writer.state
        if word in _FLAGS:
            setattr(state, _FLAGS[word], number != 0)
        elif word in _NUMBERS:
            setattr(state, _NUMBERS[word], max(number or 0, 0))
        elif word in _PAIRS:
            name, place = _PAIRS[word]
            pair = list(getattr(state, name))
            pair[place] = (number or 0) & 0xFFFFFFFF
            setattr(state, name, tuple(pair))
        elif word in _MERGED:
            setattr(self.writer.stories[-1].row, *_MERGED[word])

    def _bytes(self, content: bytes) -> None:
        if self._skip:
            skipped = min(self._skip, len(content))
            self._skip -= skipped
            content = content[skipped:]
        self.writer.bytes(content)

    def _unicode(self, number: int | None) -> None:
        self.writer.unit(chr((number or 0) & 0xFFFF))
        self._skip = min(self.writer.state.skip, _LARGEST_SKIP)

    def _code_page(self, number: int | None) -> None:
        self.headers.code_page = code_page(number)

    def _default_font(self, number: int | None) -> None:
        self.writer.default_font = self.writer.state.font = number or 0

    def _begin_row(self, _: int | None) -> None:
        self.writer.stories[-1].row = RowDefinition()

    def _row_left(self, number: int | None) -> None:
        row = self.writer.stories[-1].row
        row.left, row.edge = (number or 0) + 0x8000, number or 0

    def _in_table(self, _: int | None) -> None:
        self.writer.state.in_table = True

    def _endnote(self, _: int | None) -> None:
        if self.writer.stories[-1].kind == "footnotes":
            self.writer.stories[-1].kind = "endnotes"
