"""Blocks of Markdown by lines: CommonMark with tables, kramdown, kramdown-rfc and Bikeshed."""

import re
from collections.abc import Sequence

from impact.extract.markdown import marks
from impact.extract.markdown.chapters import chapter_at
from impact.extract.markdown.marks import Raw, Span
from impact.extract.markdown.regions import indented_at, region_at
from impact.records import BlockKind


class Blocks:
    """Cuts lines into raw blocks."""

    def __init__(self, source: str, *, bikeshed: bool = False) -> None:
        self.blocks: list[Raw] = []
        self._source = source
        self._bikeshed = bikeshed
        self._open: Raw | None = None
        self._indents: list[int] = []
        self._counts: list[int] = []
        self._blank = True
        self._table = -1
        self._tables = 0
        self._boxed = False

    def read(self, lines: Sequence[Span]) -> list[Raw]:
        """Return the blocks of the lines."""
        index = 0
        while index < len(lines):
            index = self._line(lines, index)
        self._close()
        return self.blocks

    def _close(self) -> None:
        if self._open and self._open.lines:
            self.blocks.append(self._open)
        self._open = None

    def _alone(self, raw: Raw) -> None:
        self._close()
        self.blocks.append(raw)

    def _line(self, lines: Sequence[Span], index: int) -> int:
        start, end = self._unboxed(lines[index])
        quote = marks.QUOTE.match(self._source, start, end)
        quoted = 0
        while quote:
            start, quoted = quote.end(), quoted + 1
            quote = marks.QUOTE.match(self._source, start, end)
        text = self._source[start:end]
        bare = text.strip()
        if not bare:
            self._close()
            self._blank, self._table = True, -1
            return index + 1
        begin = start + len(text) - len(text.lstrip())
        indent = len(text[: begin - start].expandtabs(4))
        stop = begin + len(bare)
        for step in (self._chapter, self._region, self._box, self._marked):
            after = step(lines, index, (begin, stop), indent)
            if after:
                self._blank = False
                return after
        if not self._row(lines, index, (begin, stop)):
            self._text((begin, stop), indent, quoted)
        self._blank = False
        return index + 1

    def _unboxed(self, line: Span) -> Span:
        """Return a line without the indent of the admonition that holds it; a line with less ends that."""
        inside = marks.BOXED.match(self._source, *line) if self._boxed else None
        self._boxed &= inside is not None or not self._source[slice(*line)].strip()
        return (inside.end(), line[1]) if inside else line

    def _chapter(self, lines: Sequence[Span], index: int, span: Span, indent: int) -> int:  # noqa: ARG002 - as all steps
        """Take the front matter of a chapter; return the line after it, 0 where none begins."""
        after, title = chapter_at(self._source, lines, index) if self._blank and not indent else (0, None)
        self.blocks += [title] if title else []
        return after

    def _region(self, lines: Sequence[Span], index: int, span: Span, indent: int) -> int:
        """Take a fence, a raw element, a drawing or indented code; return the line after it, 0 where none begins."""
        text = self._source[span[0] : span[1]]
        coded = (
            indent >= 4 and self._blank and not self._open and (not self._indents or indent >= self._indents[-1] + 8)
        )
        after, raw = region_at(self._source, lines, index, span[0])
        if (
            not after
            and coded
            and not text.startswith("<")
            and not self._bikeshed
            and not marks.BULLET.match(text)
            and not marks.NUMBER.match(text)
        ):
            after, raw = indented_at(self._source, lines, index)
        if after:
            self._close()
            self.blocks += [raw] if raw else []
        return after

    def _box(self, lines: Sequence[Span], index: int, span: Span, indent: int) -> int:  # noqa: ARG002 - as all steps
        """Take a line that opens an admonition; return the line after it, 0 where it does not."""
        box = marks.ADMONITION.match(self._source, *span) if indent < 4 else None
        if box:
            self._close()
            self._boxed, self._indents, self._counts = True, [], []
            self.blocks += [Raw([box.span("title")], BlockKind.NOTE, style="admonition")] * bool(box["title"])
        return index + 1 if box else 0

    def _marked(self, lines: Sequence[Span], index: int, span: Span, indent: int) -> int:
        """Take a line that is a heading, rule, boundary or definition; return the line after it, 0 where it is none."""
        start, end = span
        text = self._source[start:end]
        matter = marks.MATTER.match(text)
        if matter:
            self._indents = []
            self._close()
            name = "boundary" if matter[1] in ("middle", "back", "fluff") else "front"
            kind = BlockKind.HEADING
            self.blocks.append(
                Raw([(start + matter.start(1), start + matter.end(1))], kind, 1, style=f"{name}:{matter[1]}")
            )
            return index + 1
        heading = marks.ATX.match(text) if indent < 4 or self._bikeshed else None
        if heading:
            self._heading(len(heading[1]), start + heading.start(2), start + heading.end(2))
            self.blocks[-1].counted = self.blocks[-1].counted and not text.startswith(".")
            return index + 1
        above = self._open
        if above and above.single and marks.SETEXT.match(text):
            first, last = above.lines[0]
            self._open = None
            self._heading(1 if text[0] == "=" else 2, first, last)
            return index + 1
        if above is None and marks.is_overline(self._source, lines, index):
            return index + 1
        if marks.RULE.match(text) or marks.DEFINITION.match(text) or marks.ASIDE.match(text):
            self._close()
            if self.blocks and self.blocks[-1].kind is BlockKind.HEADING and marks.NO_NUMBER.search(text):
                self.blocks[-1].counted = False
            return index + 1
        return 0

    def _heading(self, level: int, start: int, end: int) -> None:
        anchor = marks.ANCHOR.search(self._source[start:end])
        name = (anchor[1] or "") if anchor else ""
        numbered = not (anchor and marks.NO_NUMBER.search(anchor[0]))
        end = start + anchor.start() if anchor else end
        self._indents, self._counts = [], []
        self._alone(Raw([(start, end)], BlockKind.HEADING, level, style=f"h{level}", anchor=name, counted=numbered))

    def _row(self, lines: Sequence[Span], index: int, span: Span) -> bool:
        """Take a row of a table; the delimiter row is left out."""
        text, cells = self._source[span[0] : span[1]], marks.cells(self._source, *span)
        if "|" not in text:
            self._table = -1
            return False
        if self._table >= 0:
            if not marks.DELIMITER.match(text):
                self._alone(Raw(cells, BlockKind.ROW, style="tr", table=self._table))
            return True
        following = self._source[lines[index + 1][0] : lines[index + 1][1]].strip() if index + 1 < len(lines) else ""
        if "|" in following and "-" in following and marks.DELIMITER.match(following):
            self._table = self._tables
            self._tables += 1
            self._alone(Raw(cells, BlockKind.ROW, style="th", table=self._table))
            return True
        if text.startswith("|") and text.endswith("|") and text.count("|") > 2:
            if marks.DELIMITER.match(text):
                return True
            self._table = self._tables
            self._tables += 1
            self._alone(Raw(cells, BlockKind.ROW, style="tr", table=self._table))
            return True
        return False

    def _text(self, span: Span, indent: int, quoted: int) -> None:
        start, end = span
        text = self._source[start:end]
        if self._listed(span, indent, quoted):
            return
        footnote, term = marks.FOOTNOTE.match(text), marks.TERM.match(text)
        if self._bikeshed and (term or text.startswith("::")):
            self._close()
            self._definition(span, term)
            return
        if footnote:
            self._close()
            self._open = Raw([(start + footnote.end(), end)], BlockKind.NOTE, style="footnote")
        elif term:
            if self._open and not self._open.style:
                self._open.kind, self._open.style, self._open.level = BlockKind.ITEM, "dt", 1
            self._close()
            self._open = Raw([(start + term.end(), end)], style="dd")
        elif self._open:
            self._open.lines.append(span)
        else:
            self._paragraph(span, indent, quoted)

    def _definition(self, span: Span, term: re.Match[str] | None) -> None:
        """Take Bikeshed's ": term" and ":: definition"."""
        start, end = span
        if term:
            self._open = Raw([(start + term.end(), end)], BlockKind.ITEM, 1, style="dt")
        else:
            self._open = Raw([(min(start + 2, end), end)], style="dd")

    def _paragraph(self, span: Span, indent: int, quoted: int) -> None:
        start, end = span
        note = marks.NOTE.match(self._source, start, end)
        while not quoted and self._indents and self._indents[-1] >= indent:
            self._indents.pop()
            self._counts.pop()
        kind = BlockKind.NOTE if note or self._boxed else BlockKind.PARAGRAPH
        skip = note.end() if note and self._source[start : start + 2] == "[!" else start
        style = "li" if any(indent > mark for mark in self._indents) else ""
        self._open = Raw([(skip, end)], kind, style="blockquote" if quoted else style)

    def _listed(self, span: Span, indent: int, quoted: int) -> bool:
        start, end = span
        bullet, number = marks.BULLET.match(self._source, start, end), marks.NUMBER.match(self._source, start, end)
        mark = bullet or number
        if not mark or (number and self._open and not self._indents and number[1] != "1"):
            return False
        if quoted and self._open and self._open.style == "blockquote" and number:
            return False
        self._close()
        while self._indents and self._indents[-1] > indent:
            self._indents.pop()
            self._counts.pop()
        if not self._indents or self._indents[-1] < indent:
            self._indents.append(indent)
            self._counts.append(int(number[1]) - 1 if number and number[1].isdigit() else 0)
        shown = ""
        if number:
            self._counts[-1] += 1
            shown = f"{self._counts[-1] if number[1].isdigit() else number[1]}{number[2]}"
        contents = bool(marks.INLINE_LINK.match(self._source, mark.end(), end))
        kind = BlockKind.CONTENTS if contents else BlockKind.NOTE if self._boxed else BlockKind.ITEM
        level = 0 if contents else len(self._indents)
        self._open = Raw([(mark.end(), end)], kind, level, "" if contents else shown, "li")
        return True
