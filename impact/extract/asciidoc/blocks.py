"""Blocks of AsciiDoc by lines."""

import re
from dataclasses import dataclass

from impact.extract.asciidoc import signs
from impact.extract.asciidoc.attributes import BlockAttributes, Waiting
from impact.extract.asciidoc.footnotes import footnotes_in
from impact.extract.asciidoc.lines import Place, Published
from impact.extract.asciidoc.lists import ListMark, OpenLists, mark_of
from impact.extract.asciidoc.sections import Targets
from impact.extract.asciidoc.tables import rows_of
from impact.extract.asciidoc.vocabulary import WORDS
from impact.extract.markdown.marks import Raw, RawBlocks, stripped
from impact.records import BlockKind

STYLES = {"____": "quote", "====": "example", "****": "sidebar"}
"""Style of a delimited block that states none, by its first line."""

LEADING = 4
"""Characters of a delimiter by which its kind is told."""

DEEPEST = 30
"""Delimited blocks within each other. Source: project judgment."""


@dataclass(slots=True)
class DelimitedBlock:
    """A delimited block with blocks in it: the line that ends it, its style, and the lists around it."""

    delimiter: str
    style: str
    lists: OpenLists


class AsciiDocBlocks:
    """Cuts lines into raw blocks: `read` once, then take `targets`."""

    def __init__(self, published: Published) -> None:
        self.targets = Targets()
        self._source = published.source
        self._raws = RawBlocks(published.source, footnotes_in)
        self._lines = published.lines
        self._breaks = frozenset(published.breaks)
        self._boxes: list[DelimitedBlock] = []
        self._lists = OpenLists()
        self._waiting = Waiting()
        self._blank = True
        self._attached = False
        self._defining = False
        self._sections = 0
        self._tables = 0

    def read(self) -> list[Raw]:
        """Return the blocks."""
        index = 0
        while index < len(self._lines):
            index = self._line(index)
        self._raws.close()
        return self._raws.laid

    def _text(self, index: int) -> str:
        return self._source[slice(*self._lines[index])] if index < len(self._lines) else ""

    def _line(self, index: int) -> int:
        """Take the line, and those that belong to it; return the next one."""
        text = self._text(index)
        if index in self._breaks and not self._raws.open:
            self._lists = OpenLists()
        if not text.strip():
            self._raws.close()
            self._blank = True
            return index + 1
        for step in (self._above, self._delimited, self._section, self._apart, self._listed, self._defined):
            after = step(index, text)
            if after:
                self._blank = False
                return after
        if self._raws.open:
            self._raws.open.lines.append(stripped(self._source, self._lines[index]))
        else:
            self._paragraph(index, text)
        self._blank = False
        return index + 1

    def _above(self, index: int, text: str) -> int:
        """Take attributes, an anchor or a title above a block, or the sign that a block belongs to an item."""
        if signs.ATTRIBUTES.match(text):
            self._raws.close()
            self._waiting.attributes.add(text)
            return index + 1
        if text.strip() == "+" and self._lists.stack:
            self._raws.close()
            self._attached = True
            return index + 1
        title = signs.BLOCK_TITLE.match(text) if not self._raws.open else None
        if title:
            start = self._lines[index][0]
            self._waiting.title = (start + title.start(1), start + title.end(1))
            return index + 1
        return 0

    def _take(self) -> Waiting:
        """Return what stood above the block that now begins, and forget it."""
        waiting, self._waiting = self._waiting, Waiting()
        return waiting

    def _begin(self, *, title: BlockKind = BlockKind.CAPTION) -> BlockAttributes:
        """Begin a block that is no list: end the lists that it does not belong to, and lay its title."""
        self._raws.close()
        if not self._attached and self._blank and not self._defining:
            self._lists = OpenLists()
        waiting = self._take()
        attributes = waiting.attributes
        if waiting.title:
            caption = Raw([waiting.title], title, 2 * (title is BlockKind.HEADING), style="title", counted=False)
            self._raws.lay(caption)
            if attributes.anchor:
                self.targets.blocks[attributes.anchor] = caption
        if attributes.anchor and attributes.shown:
            self.targets.shown[attributes.anchor] = attributes.shown
        return attributes

    def _delimited(self, index: int, text: str) -> int:
        """Take a line that begins or ends a delimited block or a table."""
        if not self._raws.open and signs.underlined(text, self._text(index + 1)):
            return 0
        verbatim, table, box = signs.VERBATIM.match(text), signs.TABLE.match(text), signs.BOX.match(text)
        if verbatim:
            return self._verbatim(index, verbatim)
        if table:
            return self._table(index, table[1])
        return self._box(index, box[1]) if box else 0

    def _end_of(self, index: int, delimiter: str) -> int:
        """Return the next line that is a delimiter, or how many lines there are."""
        after = index + 1
        while after < len(self._lines) and self._text(after).rstrip() != delimiter:
            after += 1
        return after

    def _verbatim(self, index: int, match: re.Match[str]) -> int:
        attributes = self._begin()
        after = self._end_of(index, match[1])
        style = attributes.second or match["language"] or attributes.style or "listing"
        self._raws.laid.append(Raw(self._lines[index + 1 : after], BlockKind.CODE, style=style))
        self._attached = self._defining = False
        return after + 1

    def _table(self, index: int, sign: str) -> int:
        attributes = self._begin()
        after = self._end_of(index, self._text(index).rstrip())
        notes: list[Raw] = []
        for row in rows_of(self._source, self._lines[index + 1 : after], sign, attributes):
            style = "th" if row.headed else "tr"
            self._raws.laid.append(Raw(list(row.cells), BlockKind.ROW, style=style, table=self._tables))
            places = footnotes_in(self._source, row.cells)
            notes += [Raw([place], BlockKind.NOTE, style="footnote") for place in places]
        self._raws.laid += notes
        self._tables += 1
        self._attached = self._defining = False
        return after + 1

    def _box(self, index: int, delimiter: str) -> int:
        ends = next((at for at, box in enumerate(self._boxes) if box.delimiter == delimiter), None)
        if ends is not None:
            self._raws.close()
            self._lists = self._boxes[ends].lists
            del self._boxes[ends:]
            self._waiting = Waiting()
            return index + 1
        attributes = self._begin()
        style = attributes.style or STYLES.get(delimiter[:LEADING], "")
        if style in WORDS.verbatim or style == "comment":
            after = self._end_of(index, delimiter)
            if style != "comment":
                shown = attributes.second or style
                self._raws.laid.append(Raw(self._lines[index + 1 : after], BlockKind.CODE, style=shown))
            return after + 1
        if len(self._boxes) >= DEEPEST:
            return index + 1
        self._boxes.append(DelimitedBlock(delimiter, style, self._lists))
        self._lists, self._attached, self._defining = OpenLists(), False, False
        return index + 1

    def _section(self, index: int, text: str) -> int:
        """Take a title of a section, marked before it or by a line below it."""
        title = signs.TITLE.match(text)
        if title and (title[1][0] == "=" or not self._raws.open):
            start = self._lines[index][0]
            name = title[2].removesuffix(f" {title[1]}").rstrip()
            self._heading((start + title.start(2), start + title.start(2) + len(name)), len(title[1]))
            return index + 1
        level = signs.underlined(text, self._text(index + 1)) if not self._raws.open else 0
        if level:
            self._heading(self._lines[index], level)
            return index + 2
        return 0

    def _heading(self, place: Place, level: int) -> None:
        self._raws.close()
        attributes = self._take().attributes
        style = next((word for word in (attributes.style, *attributes.roles) if word in WORDS.uncounted), "")
        style = "appendix" if attributes.style == "appendix" else style or f"h{level}"
        counted = style not in {"discrete", "float"}
        raw = Raw([place], BlockKind.HEADING, level, style=style, anchor=attributes.anchor, counted=counted)
        if attributes.anchor and attributes.shown:
            self.targets.shown[attributes.anchor] = attributes.shown
        self._lists, self._boxes, self._attached, self._defining = OpenLists(), [], False, False
        self._sections += level > 1
        self._raws.lay(raw)

    def _apart(self, index: int, text: str) -> int:
        """Take a line that stands for something else than text: a rule, an image, a table of contents."""
        if self._raws.open or not (signs.RULE.match(text) or signs.BLOCK_MACRO.match(text)):
            return 0
        self._begin()
        return index + 1

    def _listed(self, index: int, text: str) -> int:
        bare = text.lstrip()
        mark = mark_of(bare)
        within = self._raws.open is None or bool(self._lists.stack) or (mark and mark.key[0] in "*.")
        if not mark or not within or (len(bare) < len(text) and mark.number and not self._lists.stack):
            return 0
        self._item(mark, index, len(text) - len(bare))
        return index + 1

    def _item(self, mark: ListMark, index: int, indent: int) -> None:
        if self._raws.open is not None and not self._raws.open.style:
            self._lists = OpenLists()
        waiting = self._take()
        self._raws.close()
        if waiting.title:
            self._raws.lay(Raw([waiting.title], BlockKind.CAPTION, style="title"))
        number = self._lists.enter(mark, waiting.attributes)
        start, end = self._lines[index]
        kind = BlockKind.NOTE if self._is_noted() else BlockKind.ITEM
        place = stripped(self._source, (start + indent + mark.end, end))
        self._raws.open = Raw([place], kind, len(self._lists.stack), number, "li")
        self._attached = self._defining = False

    def _defined(self, index: int, text: str) -> int:
        """Take a term of a list, with what stands on its line."""
        term = signs.TERM.match(text)
        if not term or (self._raws.open and not self._lists.stack):
            return 0
        waiting = self._take()
        self._raws.close()
        if waiting.title:
            self._raws.lay(Raw([waiting.title], BlockKind.CAPTION, style="title"))
        self._lists.enter(ListMark(term["mark"], term.end()), waiting.attributes)
        start, end = self._lines[index]
        place = stripped(self._source, (start, start + term.end("term")))
        kind = BlockKind.NOTE if self._is_noted() else BlockKind.ITEM
        if place[0] < place[1]:
            self._raws.lay(Raw([place], kind, len(self._lists.stack), style="dt"))
        self._attached, self._defining = False, True
        if term.end() < len(text):
            self._raws.open = Raw([stripped(self._source, (start + term.end(), end))], style="dd")
            self._defining = False
        return index + 1

    def _paragraph(self, index: int, text: str) -> None:
        """Begin a paragraph, or a listing without delimiters."""
        title = self._source[slice(*self._waiting.title)].casefold() if self._waiting.title else ""
        opens = not self._sections and title in WORDS.prefatory
        attached, defining = self._attached, self._defining
        attributes = self._begin(title=BlockKind.HEADING if opens else BlockKind.CAPTION)
        self._attached = self._defining = False
        style = attributes.style
        admonition = signs.ADMONITION.match(text)
        place = stripped(self._source, self._lines[index])
        if style in WORDS.verbatim or (text[0] in " \t" and not defining and not admonition):
            shown = attributes.second or style or "literal"
            self._raws.open = Raw([self._lines[index]], BlockKind.CODE, style=shown)
        elif admonition or style in WORDS.notes or self._is_noted():
            self._raws.open = Raw([place], BlockKind.NOTE, style=style if style in WORDS.notes else "note")
        elif style in WORDS.quotes or any(box.style in WORDS.quotes for box in self._boxes):
            self._raws.open = Raw([place], style="blockquote")
        else:
            self._raws.open = Raw([place], style="dd" if defining else "li" if attached else "")

    def _is_noted(self) -> bool:
        return any(box.style in WORDS.notes for box in self._boxes)
