"""Blocks of MediaWiki markup by lines."""

import re
from collections.abc import Sequence

from impact.extract.markdown.marks import Raw, RawBlocks, Span, stripped
from impact.extract.mediawiki.footnotes import footnotes_in
from impact.extract.mediawiki.tables import TABLE, TABLE_END, rows_of
from impact.records import BlockKind

# Source of all: mediawiki.org, "Help:Formatting", "Help:Lists", "Help:Tables".
HEADING = re.compile(r"(?P<marks>={1,6})[ \t]*(?P<title>[^=\s].*?)[ \t]*(?P=marks)[ \t]*$")
ITEM = re.compile(r"(?P<marks>[*#:;]+)[ \t]*")
RULE = re.compile(r"-{4,}[ \t]*")
CODE = re.compile(r"[ \t]*<(?P<name>pre|source|syntaxhighlight|poem|math)\b[^<>]*(?<!/)>", re.IGNORECASE)
SWITCH = re.compile(r"[ \t]*(?:__[A-Z]+__|\{\{[^{}|]*\}\}|\[\[(?:Category|File|Image):[^\[\]]*\]\])[ \t]*$")
"""A line that is a switch, a template without words, a category or an image."""

DEEPEST = 20
"""Lists within each other. Source: project judgment."""


class WikiBlocks:
    """Cuts lines into raw blocks: `read` once."""

    def __init__(self, source: str, lines: Sequence[Span]) -> None:
        self._source = source
        self._lines = lines
        self._raws = RawBlocks(source, footnotes_in)
        self._counts: list[int] = []
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
        for step in (self._marked, self._code, self._table, self._listed, self._shifted):
            if after := step(index, text):
                return after
        self._counts = []
        place = stripped(self._source, self._lines[index])
        if self._raws.open and not self._raws.open.style:
            self._raws.open.lines.append(place)
        else:
            self._raws.close()
            self._raws.open = Raw([place])
        return index + 1

    def _marked(self, index: int, text: str) -> int:
        """Take a heading, or a line that parts paragraphs: blank, a rule, or one without words."""
        heading = HEADING.match(text)
        if not heading and text.strip() and not RULE.match(text) and not SWITCH.match(text):
            return 0
        self._raws.close()
        if text.strip():
            self._counts = []
        if heading:
            start = self._lines[index][0]
            level = len(heading["marks"])
            place = (start + heading.start("title"), start + heading.end("title"))
            self._raws.lay(Raw([place], BlockKind.HEADING, level, style=f"h{level}"))
        return index + 1

    def _code(self, index: int, text: str) -> int:
        """Take an element of code that begins a line, with what stands behind its end."""
        begun = CODE.match(text)
        if not begun:
            return 0
        self._raws.close()
        end = re.compile(rf"</{begun['name']}\s*>", re.IGNORECASE)
        start, last = self._lines[index][0] + begun.end(), index
        while (closed := end.search(self._source, start, self._lines[last][1])) is None and last + 1 < len(self._lines):
            last += 1
            start = self._lines[last][0]
        first = self._lines[index][0] + begun.end(), self._lines[index][1]
        places = [first, *self._lines[index + 1 : last + 1]]
        if closed:
            places[-1] = places[-1][0], closed.start()
        self._raws.laid.append(Raw(places, BlockKind.CODE, style=begun["name"].lower()))
        if closed and closed.end() < self._lines[last][1]:
            self._raws.open = Raw([stripped(self._source, (closed.end(), self._lines[last][1]))])
        return last + 1

    def _table(self, index: int, text: str) -> int:
        if not TABLE.match(text):
            return 0
        self._raws.close()
        after, depth = index + 1, 1
        while after < len(self._lines) and depth:
            line = self._text(after)
            depth += bool(TABLE.match(line)) - bool(TABLE_END.match(line))
            after += 1
        for row in rows_of(self._source, self._lines[index + 1 : after - (depth == 0)]):
            kind = BlockKind.CAPTION if row.caption else BlockKind.ROW
            style = "caption" if row.caption else "th" if row.headed else "tr"
            self._raws.lay(Raw(list(row.cells), kind, style=style, table=-1 if row.caption else self._tables))
        self._tables += 1
        return after

    def _listed(self, index: int, text: str) -> int:
        """Take an item of a list, a term, or an indented paragraph."""
        item = ITEM.match(text)
        if not item:
            return 0
        self._raws.close()
        marks, (start, end) = item["marks"][:DEEPEST], self._lines[index]
        place = stripped(self._source, (start + item.end(), end))
        if marks[-1] == ";":
            term, _, _ = self._source[slice(*place)].partition(" : ")
            self._raws.lay(Raw([(place[0], place[0] + len(term))], BlockKind.ITEM, len(marks), style="dt"))
            place = min(place[0] + len(term) + len(" : "), place[1]), place[1]
        if place[0] < place[1]:
            self._raws.open = self._item(marks, place)
        return index + 1

    def _item(self, marks: str, place: Span) -> Raw:
        """Return an item with its number; the text of an indented line or of a term is a paragraph."""
        if marks[-1] in ":;":
            return Raw([place], style="dd")
        depth = len(marks)
        self._counts = [*self._counts[:depth], *[0] * (depth - len(self._counts))]
        self._counts[-1] += marks[-1] == "#"
        number = f"{self._counts[-1]}." if marks[-1] == "#" else ""
        return Raw([place], BlockKind.ITEM, depth, number, "li")

    def _shifted(self, index: int, text: str) -> int:
        """Take a line that begins with a space, which is shown as it is; further ones belong to it."""
        if text[:1] not in {" ", "\t"}:
            return 0
        self._raws.close()
        self._counts = []
        after = index + 1
        while self._text(after)[:1] in {" ", "\t"} and self._text(after).strip():
            after += 1
        self._raws.laid.append(Raw(list(self._lines[index:after]), BlockKind.CODE, style="pre"))
        return after
