"""Write the paragraphs, tables and notes of an RTF file as they are read."""

import re
from copy import copy

from lxml.etree import _Element as Element

from impact.errors import LimitError
from impact.extract.office.names import W
from impact.extract.office.nesting import ParagraphEnd
from impact.extract.office.wordtree import ParagraphDraft, ParagraphFacts, RevisionMark, RunLook, add, clean, root
from impact.extract.options import Options
from impact.extract.rtf.codepages import ByteDecoder
from impact.extract.rtf.headers import RtfHeaders
from impact.extract.rtf.state import GroupState, RtfStory

_HALF = re.compile("[\ud800-\udfff]")
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")


class RtfWriter:
    """The stretches of text that are open: the document, and notes, comments and text boxes in it.

    Attributes:
        state: What holds at the place that is read.
        stories: Open stretches, the document first.
        default_font: Number of the font of characters that name none.
        author: Of the next comment.
        notes: Notes by part and id.
        comments: Text, author and date by id.
    """

    def __init__(self, headers: RtfHeaders, name: str, options: Options) -> None:
        self.state = GroupState()
        self.stories = [RtfStory()]
        self.default_font = 0
        self.author = ""
        self.notes: dict[tuple[str, str], Element] = {}
        self.comments: dict[str, tuple[str, str, str]] = {}
        self._headers = headers
        self._name = name
        self._options = options
        self._above: list[GroupState] = []
        self._decoder = ByteDecoder()
        self._half = ""
        self._counted = False
        self._characters = 0
        self._paragraphs = 0
        self._looks: dict[tuple[bool, int, bool, str], RunLook] = {}

    @property
    def draft(self) -> ParagraphDraft:
        """Return the open paragraph."""
        return self.stories[-1].draft

    @property
    def depth(self) -> int:
        """Return how many groups are open."""
        return len(self._above)

    def begin_group(self) -> None:
        """Begin a group, which inherits all that holds."""
        self._above.append(self.state)
        self.state = copy(self.state)
        self.state.ends = ""

    def end_group(self) -> None:
        """End a group; what held before it holds again."""
        self.state = self._above.pop()

    def begin_story(self, kind: str) -> None:
        """Begin a stretch with paragraphs of its own."""
        self.stories.append(RtfStory(kind))
        self.state.bare()
        self.state.target = "text"

    def end_story(self) -> None:
        """End a stretch and refer to it from the text around it."""
        story = self.stories[-1]
        blocks = self.finish()
        self.stories.pop()
        draft, look = self.draft, self.look()
        if story.kind == "box":
            draft.drawing(look, blocks)
        elif story.kind == "comments":
            key = str(len(self.comments))
            lines = ("".join(text.text or "" for text in block.iter(f"{W}t")) for block in blocks)
            self.comments[key] = ("\n".join(lines).strip(), self.author, "")
            draft.reference("commentReference", key, look)
        else:
            key = str(len(self.notes))
            note = self.notes[story.kind, key] = root(story.kind[:-1])
            note.extend(blocks)
            draft.reference(f"{story.kind[:-1]}Reference", key, look, own=not self._counted)
            self._counted = False

    def finish(self) -> list[Element]:
        """Return the paragraphs and tables of the innermost stretch."""
        story = self.stories[-1]
        if not story.draft.empty or story.literal:
            self.end_paragraph(ParagraphEnd.PARAGRAPH)
        story.nesting.finish()
        return story.nesting.take()

    def count_note(self) -> None:
        """Note that the next note has a number, since the text shows one."""
        self._counted = True

    # Text.

    def _font(self) -> tuple[str, str]:
        return self._headers.fonts.get(self.state.font, ("", self._headers.code_page))

    def look(self) -> RunLook:
        """Return the properties of characters that hold."""
        state = self.state
        key = (state.bold, state.size, state.hidden, self._font()[0])
        if key not in self._looks:
            self._looks[key] = state.look(key[3])
        return self._looks[key]

    def bytes(self, content: bytes) -> None:
        """Put bytes in the code page of their font."""
        self.text(self._decoder.decode(content, self._font()[1]))

    def unit(self, unit: str) -> None:
        """Put a unit of UTF-16; a first half waits for the second."""
        if self._half:
            unit, self._half = self._half + unit, ""
        if len(unit) == 1 and "\ud800" <= unit < "\udc00":
            self._half = unit
        elif _PAIR.fullmatch(unit):
            self.text(unit.encode("utf-16-le", "surrogatepass").decode("utf-16-le"))
        else:
            self.text(_HALF.sub("\ufffd", unit))

    def text(self, text: str) -> None:
        """Put characters where they go: into the paragraph, its number or the instruction of a field."""
        if not text:
            return
        self._characters += len(text)
        if self._characters > 2 * self._options.max_characters:
            message = f"{self._name} contains more than {self._options.max_characters:,} characters"
            raise LimitError(message, "Split the document")
        target = self.state.target
        if target == "instruction":
            self.draft.instruction(text, self.look())
        elif target == "literal":
            self.stories[-1].literal += text
        else:
            self.draft.text(text, self.look(), self._marks())

    def _marks(self) -> tuple[RevisionMark, ...]:
        state = self.state
        return state.marks(self._headers.authors) if state.inserted or state.deleted else ()

    def end_paragraph(self, end: ParagraphEnd) -> None:
        """End the open paragraph, and with it what `end` says."""
        story, state = self.stories[-1], self.state
        self._paragraphs += 1
        if self._paragraphs > 4 * self._options.max_blocks:
            message = f"{self._name} contains more than {self._options.max_blocks:,} paragraphs"
            raise LimitError(message, "Split the document")
        list_id = str(state.list_id) if str(state.list_id) in self._headers.lists else "0"
        if list_id == "0" and story.literal.strip():
            _prepend(story.draft.element, story.literal)
        depth = state.tables
        facts = ParagraphFacts(
            style=str(state.style),
            list_id=list_id,
            list_level=min(state.list_level, 8) if list_id != "0" else None,
            outline=min(state.outline, 9) if state.outline is not None else None,
            marks=self._marks() if end is ParagraphEnd.PARAGRAPH else (),
        )
        if end is ParagraphEnd.CELL:
            depth = max(depth, 1)
        story.nesting.put(story.draft.finish(facts), depth, end)
        story.draft, story.literal = ParagraphDraft(), ""

    def end_row(self, depth: int) -> None:
        """End a row of the table at this depth."""
        story = self.stories[-1]
        if not story.draft.empty:
            self.end_paragraph(ParagraphEnd.PARAGRAPH)
        story.nesting.put(None, depth, ParagraphEnd.ROW, story.row.shape())


def _prepend(paragraph: Element, literal: str) -> None:
    """Put the number that the writing program showed before the text of a paragraph."""
    run = root("r")
    add(run, "t").text = clean(literal.strip())
    add(run, "tab")
    paragraph.insert(0, run)
