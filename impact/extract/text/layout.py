"""Blocks of a plain text file that is laid out by indentation and blank lines: RFCs, Internet-Drafts, notes."""

import re
from collections.abc import Iterator, Sequence

from impact.extract.blocks.builder import Assembly
from impact.extract.text import marks
from impact.extract.text.asides import is_note, paragraphs_of_aside
from impact.extract.text.entries import begins_piece, entry_starts, is_above_code
from impact.extract.text.filled import filled_runs, width_of_fill
from impact.extract.text.joining import WordStock, put_joined, put_verbatim
from impact.extract.text.lines import SourceLine, base_indent
from impact.extract.text.numbered import numbered_runs
from impact.extract.text.regions import Regions
from impact.extract.text.ruled import is_target, ruled_title
from impact.extract.text.table import is_row, is_table, put_row, put_table
from impact.records import BlockKind

Chunk = list[SourceLine]
CODE_LINES = 200
"""Lines after which a listing is cut, so that no block grows without end. Source: project judgment."""

LISTED = re.compile(r"\s\d{1,3}$")


def lay_indented(assembly: Assembly, lines: Sequence[SourceLine], words: WordStock) -> None:
    """Append the blocks of the file."""
    reader = Reader(assembly, words, base_indent(lines), width_of_fill(lines))
    regions = Regions(lines)
    for chunk, coded in _chunks(lines, regions):
        reader.take(chunk, coded=coded)
    reader.close()


def _chunks(lines: Sequence[SourceLine], regions: Regions) -> Iterator[tuple[Chunk, bool]]:
    """Yield runs of lines without a blank line between them, and whether they are in a code region."""
    chunk: Chunk = []
    coded = False
    for index, line in enumerate(lines):
        inside = regions.covers(index)
        if chunk and (not line.text or inside != coded or (line.opens and not _goes_on(chunk, line))):
            yield chunk, coded
            chunk = []
        if line.text and not is_target(line):
            coded = inside
            chunk.append(line)
    if chunk:
        yield chunk, coded


def _goes_on(chunk: Chunk, line: SourceLine) -> bool:
    """Return whether a paragraph broken by a page end goes on with `line`."""
    last = chunk[-1]
    if marks.looks_drawn(last.text) and marks.looks_drawn(line.text):
        return True
    if line.indent != last.indent and not (len(chunk) == 1 and line.indent > last.indent and marks.mark(last.text)):
        return False
    if marks.mark(line.text):
        return False
    return line.text[:1].islower() or not last.text.endswith(marks.TERMINAL)


class Reader:
    """Judges runs of lines one after the other and lays them as blocks."""

    def __init__(self, assembly: Assembly, words: WordStock, base: int, width: int) -> None:
        self._assembly, self._words, self._base, self._width = assembly, words, base, width
        self._front, self._contents = True, False
        self._indents: list[int] = []
        self._fields = -1
        self._code: list[SourceLine | None] = []
        self._rules: dict[tuple[str, int], int] = {}
        self._lines_read = self._tables = 0

    def take(self, chunk: Chunk, *, coded: bool) -> None:
        """Lay one run of lines."""
        self._lines_read += 1
        if coded:
            self._code += [None, *chunk] if self._code else chunk
            self._flush(force=False)
            return
        aside = paragraphs_of_aside(chunk)
        if aside:
            self._aside(aside)
            return
        runs = list(numbered_runs(chunk))
        if any(clause for _, clause in runs):
            self._contents = False
        for run, clause in runs:
            for part in filled_runs(run, self._width):
                rest = part
                while rest:
                    rest = self._take_some(rest, clause=clause)

    def _aside(self, paragraphs: Sequence[Chunk]) -> None:
        """Lay a quote or an aside; a list within it is read as its words."""
        self._flush(force=True)
        self._front = False
        for lines in paragraphs:
            kind = BlockKind.NOTE if is_note(lines[0].text) else BlockKind.PARAGRAPH
            self._put(lines, kind, style="blockquote")

    def _take_some(self, chunk: Chunk, *, clause: bool) -> Chunk:
        """Lay the start of a run of lines and return what is left of it."""
        if clause:
            self._flush(force=True)
            self._front = False
            self._pieces(chunk)
            return []
        if not self._front and not self._contents and not ruled_title(chunk) and self._is_code(chunk):
            self._code += [None, *chunk] if self._code else chunk
            self._flush(force=False)
            return []
        self._flush(force=True)
        if not self._front and not self._contents and is_above_code(chunk, self._fields):
            self._piece(chunk[:1])
            self._code += chunk[1:]
            return []
        if self._header(chunk):
            return []
        size = self._heading(chunk)
        if size:
            return chunk[size:]
        if not any(step(chunk) for step in (self._as_contents, self._table, self._caption)):
            self._pieces(chunk)
        return []

    def _flush(self, *, force: bool) -> None:
        """Lay the code gathered so far; runs of code that follow each other are one block of up to 200 lines."""
        if not force and len(self._code) <= CODE_LINES:
            return
        for start in range(0, len(self._code), CODE_LINES):
            lines = self._code[start : start + CODE_LINES]
            put_verbatim(self._assembly, lines)
            first = next((line for line in lines if line), None)
            self._assembly.close(kind=BlockKind.CODE, style="code", indent=first.indent if first else 0)
        self._code = []

    def close(self) -> None:
        """Lay what is still held back."""
        self._flush(force=True)

    def _put(
        self, lines: Sequence[SourceLine], kind: BlockKind, *, skip: int = 0, level: int = 0, style: str = ""
    ) -> None:
        put_joined(self._assembly, lines, self._words, skip=skip)
        self._assembly.close(kind=kind, level=level, style=style, indent=lines[0].indent)

    def _header(self, chunk: Chunk) -> bool:
        """Lay the lines above and in the title, each on its own: left and right column stay on one line."""
        if not self._front:
            return False
        columns = sum(bool(marks.GAP.search(line.text)) or line.indent > 30 for line in chunk)
        if columns * 2 >= len(chunk) and self._lines_read <= 6:
            for line in chunk:
                self._put([line], BlockKind.PARAGRAPH, style="header")
            return True
        if (
            self._lines_read <= 8
            and all(line.indent > self._base + 3 for line in chunk)
            and not marks.UNNUMBERED.fullmatch(chunk[0].text)
        ):
            self._put(chunk, BlockKind.PARAGRAPH, style="title")
            return True
        self._front = False
        return False

    def _heading(self, chunk: Chunk) -> int:
        """Lay the heading that a run begins with and return how many lines it takes; 0 where there is none."""
        first = chunk[0]
        if ruled := ruled_title(chunk):
            style = ruled[-1].text[0], len(ruled)
            self._rules.setdefault(style, len(self._rules) + 1)
            self._lay_heading(ruled[-2:-1], min(self._rules[style], 6))
            return len(ruled)
        level, column = self._level(first, alone=len(chunk) == 1)
        if not level:
            return 0
        size = 1
        while size < min(len(chunk), 3) and column and abs(chunk[size].indent - column) <= 1:
            size += 1
        self._lay_heading(chunk[:size], level)
        return size

    def _lay_heading(self, lines: Chunk, level: int) -> None:
        self._put(lines, BlockKind.HEADING, level=level)
        self._contents = bool(marks.CONTENTS.fullmatch(lines[0].text.rstrip(":. ")))
        self._indents, self._fields = [], -1

    def _level(self, line: SourceLine, *, alone: bool) -> tuple[int, int]:
        """Return the level of a heading (0 for none) and the column where its title begins."""
        text = line.text
        outdented = line.indent < self._base or (line.indent == 0 and self._base < 3)
        centered = alone and line.indent > self._base + 3 and text.isupper()
        if len(text) > 110 or marks.LEADER.search(text) or not (outdented or centered):
            return 0, 0
        if self._contents and (line.indent or LISTED.search(text)):
            return 0, 0
        numbered = marks.HEADING.match(text)
        plausible = self._base > 0 or (alone and len(text) < 80 and not text.endswith((".", ";", ",", ":")))
        lower = (
            text[numbered.end()].islower() and (self._base == 0 or not numbered[0].rstrip().endswith("."))
            if numbered
            else 0
        )
        if numbered and plausible and (text[numbered.end()].isalnum() or text[numbered.end()] in "<\"'") and not lower:
            return marks.depth(numbered[1]), line.indent + numbered.end()
        if marks.ANNEX.match(text) and len(text) < 100:
            return 1, line.indent + 14
        return self._unnumbered(text, alone=alone, outdented=outdented), 0

    def _unnumbered(self, text: str, *, alone: bool, outdented: bool) -> int:
        if marks.UNNUMBERED.fullmatch(text):
            return 1
        title = alone and outdented and self._base > 0 and len(text) < 75 and text[:1].isupper()
        return int(title and not text.endswith((".", ",", ";")) and not marks.looks_drawn(text))

    def _as_contents(self, chunk: Chunk) -> bool:
        leaders = sum(bool(marks.LEADER.search(line.text)) for line in chunk)
        if not self._contents and leaders * 2 <= len(chunk):
            return False
        if (
            self._contents
            and not leaders
            and chunk[0].indent <= self._base
            and all(marks.looks_prose(line.text) for line in chunk)
        ):
            self._contents = False
            return False
        start = 0
        for index in range(1, len(chunk) + 1):
            if (
                index == len(chunk)
                or chunk[index].indent <= chunk[start].indent
                or marks.HEADING.match(chunk[index].text)
            ):
                self._put(chunk[start:index], BlockKind.CONTENTS)
                start = index
        return True

    def _table(self, chunk: Chunk) -> bool:
        if not is_table(chunk):
            return False
        put_table(self._assembly, chunk, self._tables)
        self._tables += 1
        return True

    def _caption(self, chunk: Chunk) -> bool:
        if not marks.CAPTION.match(chunk[0].text) or len(chunk) > 3 or sum(len(line.text) for line in chunk) > 200:
            return False
        self._put(chunk, BlockKind.CAPTION)
        return True

    def _is_code(self, chunk: Chunk) -> bool:
        """Return whether most lines look drawn, or a short indented run follows code or a colon without any prose."""
        if is_table(chunk) or marks.CAPTION.match(chunk[0].text) or self._level(chunk[0], alone=len(chunk) == 1)[0]:
            return False
        if is_above_code(chunk, self._fields) or (not self._code and entry_starts(chunk)):
            return False
        bare = marks.without_marks([line.text for line in chunk])
        leaders = sum(bool(marks.LEADER.search(text)) for text in bare)
        drawn = sum(marks.looks_drawn(text) for text in bare)
        if leaders * 2 > len(chunk) and drawn - leaders < leaders and any(re.search(r"\d$", text) for text in bare):
            return False
        if drawn * 2 >= len(chunk) and (drawn > 1 or not marks.mark(chunk[0].text)):
            return True
        if any(marks.mark(line.text) for line in chunk) or any(marks.looks_prose(text) for text in bare):
            return False
        ragged = len(chunk) >= 4 and len({line.indent for line in chunk}) >= 3
        return ragged or (bool(self._code) and chunk[0].indent > self._base)

    def _pieces(self, chunk: Chunk) -> None:
        """Lay paragraphs and list items, several of which may stand without blank lines between them."""
        start, starts = 0, entry_starts(chunk)
        for index in range(1, len(chunk) + 1):
            if index == len(chunk) or index in starts or (not starts and begins_piece(chunk, start, index)):
                self._piece(chunk[start:index])
                start = index

    def _piece(self, lines: Chunk) -> None:
        first = lines[0]
        if len(lines) == 1 and is_row(first):
            return put_row(self._assembly, first, self._tables)
        if marks.NOTE.match(first.text):
            return self._put(lines, BlockKind.NOTE, style="note")
        mark = marks.mark(first.text)
        if not mark:
            field = marks.FIELD.match(first.text)
            self._fields = first.indent if field and field["value"] else self._fields
            if first.indent <= self._base:
                self._indents = []
            return self._put(lines, BlockKind.PARAGRAPH)
        while self._indents and self._indents[-1] >= first.indent:
            self._indents.pop()
        self._indents.append(first.indent)
        reference = marks.REFERENCE.match(first.text)
        skip = mark.end() if marks.BULLET.match(first.text) else 0
        style = "reference" if reference else ""
        return self._put(lines, BlockKind.ITEM, skip=skip, level=len(self._indents), style=style)
