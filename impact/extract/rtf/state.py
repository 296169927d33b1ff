"""What holds at a place in an RTF file: properties of characters and paragraphs, and what is being written."""

from dataclasses import dataclass, field

from lxml.etree import _Element as Element

from impact.extract.office.nesting import CellShape, Nesting, RowShape
from impact.extract.office.wordtree import ParagraphDraft, RevisionMark, RunLook

DEFAULT_SIZE = 24
"""Half points of characters whose size is not said. Source: RTF specification 1.9.1."""


@dataclass(slots=True)
class GroupState:
    """Properties that a group inherits and its end restores.

    Attributes:
        skip: Characters that stand for one character of Unicode.
        target: What text goes to: "text", "literal" (a number as the writer showed it), "instruction" of a field.
        ends: Name of the destination that ends with the group; empty for a group without one.
    """

    bold: bool = False
    hidden: bool = False
    size: int = DEFAULT_SIZE
    font: int = 0
    inserted: bool = False
    deleted: bool = False
    authors: tuple[int, int] = (0, 0)
    moments: tuple[int, int] = (0, 0)
    skip: int = 1
    style: int = 0
    list_id: int = 0
    list_level: int = 0
    outline: int | None = None
    in_table: bool = False
    depth: int = 0
    target: str = "text"
    ends: str = ""

    def plain(self, font: int) -> None:
        """Forget the properties of characters."""
        self.bold = self.hidden = self.inserted = self.deleted = False
        self.size, self.font = DEFAULT_SIZE, font

    def bare(self) -> None:
        """Forget the properties of the paragraph."""
        self.style = self.list_id = self.list_level = self.depth = 0
        self.outline, self.in_table = None, False

    @property
    def tables(self) -> int:
        """Return in how many tables the paragraph is."""
        return max(self.depth, 1) if self.in_table or self.depth else 0

    def look(self, font: str) -> RunLook:
        """Return the properties of characters in this font."""
        return RunLook(self.bold, self.size, self.hidden or None, font)

    def marks(self, authors: list[str]) -> tuple[RevisionMark, ...]:
        """Return the revision marks on characters."""
        marks = []
        for kind, holds, place in (("ins", self.inserted, 0), ("del", self.deleted, 1)):
            if holds:
                author = self.authors[place]
                name = authors[author] if 0 <= author < len(authors) else ""
                marks.append(RevisionMark(kind, name, moment(self.moments[place])))
        return tuple(marks)


@dataclass(slots=True)
class RowDefinition:
    """A row as the file defines it."""

    left: int = 0
    edge: int = 0
    down: str = ""
    across: str = ""
    cells: list[CellShape] = field(default_factory=list)

    def end_cell(self, edge: int) -> None:
        """End the definition of a cell at its right edge."""
        if len(self.cells) < 100:
            self.cells.append(CellShape(max(edge - self.edge, 1), self.down, self.across))
        self.edge, self.down, self.across = edge, "", ""

    def shape(self) -> RowShape:
        """Return the row."""
        return RowShape(self.left, tuple(self.cells))


@dataclass(slots=True)
class RtfStory:
    """A stretch of text with paragraphs of its own: the document, a note, a comment, a text box.

    Attributes:
        literal: The number of the open paragraph as the writer showed it.
    """

    kind: str = "document"
    draft: ParagraphDraft = field(default_factory=ParagraphDraft)
    nesting: Nesting = field(default_factory=Nesting)
    literal: str = ""
    row: RowDefinition = field(default_factory=RowDefinition)
    blocks: list[Element] = field(default_factory=list)


def moment(raw: int) -> str:
    """Return a date in ISO 8601; empty where there is none. Source: RTF specification 1.9.1 (DTTM)."""
    minute, hour, day, month = raw & 0x3F, raw >> 6 & 0x1F, raw >> 11 & 0x1F, raw >> 16 & 0xF
    if not (0 < day < 32 and 0 < month < 13 and hour < 24 and minute < 60):
        return ""
    return f"{(raw >> 20 & 0x1FF) + 1900}-{month:02d}-{day:02d}T{hour:02d}:{minute:02d}:00Z"
