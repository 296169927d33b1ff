"""Texts dumped from PDF or Word: no indents, lines broken anywhere, white space at line ends the only witness.

A dump writes the runs of a page one after the other. Where a line ends in white space, a line of the page ended; where
it does not, the run went on, and what follows joins without a space, be it in the middle of a word.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from impact.extract.blocks.builder import Assembly
from impact.extract.text import marks
from impact.extract.text.joining import WordStock, joint
from impact.extract.text.lines import SourceLine
from impact.extract.text.ruled import ruled_title
from impact.extract.text.stream import DumpStream, StreamRow
from impact.extract.text.terms import Entries, begins_entry, entries_of, is_term
from impact.extract.text.titles import Titles, carried
from impact.records import BlockKind

# Source: project judgment after measuring: the shared dumps have 38 to 77 %, RFCs under 10 %.
TRAILING = 0.3
RULED = 2
"""Titles with rules that no dump has. Source: project judgment; shared dumps have none."""
# Source: project judgment; where a dump shows no paragraphs, one ends with the first line that ends a sentence after
# this many characters.
LONG = 500
SHORT_TITLE = re.compile(
    r"(?:Scope|General|Symbols|Terms|Definitions|Abbreviations|Overview|Introduction|Foreword|Background|Description"
    r"|Normative references|Informative references|References)\s+(?=[A-Z])"
)
CODE_LINE = re.compile(
    r"::=|^--\s|^[{}]|^[\w-]+\s+\[\d+\]\s+\w|[{]\s*$|^\.\.\.,?$|^[a-z][\w-]*\(\d+\),?$|^</?[\w:]+[^>]*>|^OPTIONAL,?$"
)
END = re.compile(r"[.;:!?][\"\u201d\u2019)]?$")
# Source: project judgment: words that no sentence, title or cell ends with, and an acronym, with which few begin.
OPEN_END = re.compile(
    r"\b(?:a|an|the|of|to|and|or|for|in|on|by|with|from|at|its|their|this|that|which|is|are|be|shall)$"
)
# Source: ISO/IEC Directives, Part 2 (2018), 24.5: a note holds no requirement, so one behind it is text again.
BINDING = re.compile(r"\b(?:shall|must)\b")
ACRONYM = re.compile(r"[A-Z]{2,}\b")


def is_dump(lines: Sequence[SourceLine]) -> bool:
    """Return whether the lines come from a dump: white space at the end of many, and no indents to go by.

    Titles with rules below them were typed, and so were the lines around them.
    """
    full = [line for line in lines if line.text]
    trailing = sum(line.trailing for line in lines)
    deep = sum(line.indent > 2 for line in full)
    ruled = sum(bool(ruled_title(list(pair))) for pair in pairwise(lines))
    return len(full) >= 20 and trailing > TRAILING * len(lines) and deep < 0.2 * len(full) and ruled < RULED


def lay_dump(assembly: Assembly, lines: Sequence[SourceLine], words: WordStock) -> bool:
    """Append the blocks of a dump and return whether its page heads told the pages."""
    stream = DumpStream(lines)
    rows, paged = stream.rows()
    listed = _contents(rows)
    titles = Titles([row.text for row in rows if row.start in listed])
    dump = Dump(assembly, stream, words, rows, titles)
    for row in rows:
        dump.take(row, listed=row.start in listed)
    dump.close()
    return paged


def _contents(rows: Sequence[StreamRow]) -> set[int]:
    """Return the starts of rows of the table of contents: those with leaders, and up to three between two of them."""
    led = [index for index, row in enumerate(rows) if marks.LEADER.search(row.text)]
    listed = {rows[index].start for index in led}
    for first, second in pairwise(led):
        if second - first <= 4:
            listed.update(row.start for row in rows[first:second])
    return listed


class Dump:
    """Judges rows one after the other and lays them as blocks."""

    def __init__(
        self, assembly: Assembly, stream: DumpStream, words: WordStock, rows: Sequence[StreamRow], titles: Titles
    ) -> None:
        self._assembly, self._stream, self._words, self._titles = assembly, stream, words, titles
        lengths = sorted(len(row.text) for row in rows) or [0]
        self._width = lengths[int(0.95 * (len(lengths) - 1))]
        lower = sum(row.text[:1].islower() for row in rows)
        self._broken = lower > 0.5 * len(rows)
        self._number: tuple[str, ...] = ()
        self._open: BlockKind | None = None
        self._level = 0
        self._last: StreamRow | None = None
        self._rest = ""
        self._entries: Entries | None = None

    def take(self, row: StreamRow, *, listed: bool) -> None:
        """Lay a row: as a block of its own, as the start of one, or as more of the open one."""
        if listed:
            return self._alone(row, BlockKind.CONTENTS)
        if self._named(row):
            return None
        size, level = self._heading(row.text)
        if size:
            self._titles.passed(".".join(self._number))
            return self._split(row, 0, size, level)
        for part in self._terms(row):
            self._plain(part)
        return None

    def _terms(self, row: StreamRow) -> Sequence[StreamRow]:
        """Return a row in parts, one for each term of a list of terms that a run of the dump in it begins with."""
        if self._entries is not Entries.TERMS:
            return [row]
        starts = [start - row.start for start, _, _ in self._stream.pieces(row.start, row.end)]
        cuts = [start for start in starts if start > 0 and row.text[start - 1] == " " and is_term(row.text[start:])]
        return [_part(row, start, end) for start, end in pairwise([0, *cuts, len(row.text)])]

    def _plain(self, row: StreamRow) -> None:
        if CODE_LINE.search(row.text) and (row.text[0] in ".}" or not END.search(row.text.replace("::=", ""))):
            return self._more(row, BlockKind.CODE, "\n", fresh=self._open is not BlockKind.CODE)
        kind = self._kind(row.text)
        fresh = kind is not BlockKind.PARAGRAPH or not self._continues(row)
        return self._more(row, kind if fresh or self._open is None else self._open, " ", fresh=fresh)

    def _named(self, row: StreamRow) -> bool:
        """Lay a row that holds a title of the contents, or the rest of one; return whether it does."""
        rest, self._rest = self._rest, ""
        size = carried(rest, row.text) if rest else 0
        if size:
            self._more(_part(row, 0, size), BlockKind.HEADING, " ", fresh=False)
            self._rest = rest[size:].strip() if size == len(row.text) else ""
            self._after(row, size)
            return True
        match = self._titles.find(row.text)
        if match is None:
            return False
        number = match.title.number.removeprefix("Annex ")
        self._number = tuple(number.split(".")) if number else self._number
        self._split(row, match.start, match.end, match.title.level)
        self._rest = match.rest
        return True

    def _split(self, row: StreamRow, start: int, end: int, level: int) -> None:
        """Lay the heading that stands in a row, and what stands before and behind it."""
        if start:
            self._plain(_part(row, 0, start))
        head = _part(row, start, end)
        self._alone(head, BlockKind.HEADING, level)
        self._entries = entries_of(head.text)
        self._after(row, end)

    def _after(self, row: StreamRow, end: int) -> None:
        if row.text[end:].strip():
            self.take(_part(row, end, len(row.text)), listed=False)

    def close(self) -> None:
        """End the open block."""
        if self._open is not None:
            self._assembly.close(
                kind=self._open, level={BlockKind.HEADING: self._level, BlockKind.ITEM: 1}.get(self._open, 0)
            )
        self._open = None

    def _alone(self, row: StreamRow, kind: BlockKind, level: int = 0) -> None:
        self._more(row, kind, " ", fresh=True)
        self._level = level
        if kind is not BlockKind.HEADING:
            self.close()

    def _more(self, row: StreamRow, kind: BlockKind, glue: str, *, fresh: bool) -> None:
        drop = 0
        if fresh:
            self.close()
            self._open = kind
        elif self._last:
            drop, joined = joint(self._last.text, row.text, self._words) if glue == " " else (0, glue)
            self._assembly.glue(joined if not drop else "")
        skip = match.end() if kind is BlockKind.ITEM and (match := marks.BULLET.match(row.text)) else 0
        for start, end, offset in self._stream.pieces(row.start + skip, row.end):
            self._assembly.put(self._stream.text[start:end], origin=offset, page=row.page)
        self._last = row

    def _kind(self, text: str) -> BlockKind:
        if marks.NOTE.match(text):
            return BlockKind.NOTE
        if marks.CAPTION.match(text) and len(text) < 120 and not text.endswith("."):
            return BlockKind.CAPTION
        return BlockKind.ITEM if marks.BULLET.match(text) or marks.COUNTER.match(text) else BlockKind.PARAGRAPH

    def _continues(self, row: StreamRow) -> bool:
        """Return whether the open block goes on with a row that begins with neither mark nor number."""
        last = self._last
        if last is None or self._open in (None, BlockKind.CODE, BlockKind.CAPTION):
            return False
        first = row.text[:1]
        if self._open is BlockKind.HEADING:
            return first.islower() and len(last.text) > 0.4 * self._width and len(row.text) < 60
        if self._entries:
            return not begins_entry(self._entries, last.text, row.text)
        return first.islower() or first in ",.;)" or self._goes_on(last, row)

    def _goes_on(self, last: StreamRow, row: StreamRow) -> bool:
        """Return whether a line that may begin a sentence or a cell goes on with the open block all the same."""
        if self._broken:
            long = self._assembly.length - self._assembly.start > LONG
            return not END.search(last.text) or not (row.blanks or long)
        if END.search(last.text):
            leaves_note = self._open is BlockKind.NOTE and BINDING.search(row.text) is not None
            return len(last.text) > 0.9 * self._width and not row.blanks and not leaves_note
        runs_on = bool(OPEN_END.search(last.text)) or (ACRONYM.match(row.text) is not None and not row.blanks)
        return len(last.text) > 0.6 * self._width or (runs_on and marks.looks_prose(last.text))

    def _heading(self, text: str) -> tuple[int, int]:
        """Return how many characters of a row are a heading, and its level; (0, 0) where it is none."""
        if marks.CONTENTS.fullmatch(text) or (marks.UNNUMBERED.fullmatch(text) and text[:1].isupper()):
            return len(text), 1
        annex = marks.ANNEX.match(text)
        if annex and len(text) < 110 and not text.endswith((".", ",")):
            self._number = (annex[1],)
            return len(text), 1
        numbered = marks.HEADING.match(text)
        if not numbered or not text[numbered.end()].isupper() or self._broken:
            return 0, 0
        number = tuple(numbered[1].split("."))
        if not follows(self._number, number):
            return 0, 0
        short = SHORT_TITLE.match(text, numbered.end())
        if not short and (len(text) > 110 or text.endswith((",", ";", ":")) or (text.endswith(".") and len(text) > 60)):
            return 0, 0
        self._number = number
        return short.end() if short else len(text), marks.depth(numbered[1])


def _part(row: StreamRow, start: int, end: int) -> StreamRow:
    """Return characters `start` to `end` of a row without the white space around them."""
    text = row.text[start:end]
    first = row.start + start + len(text) - len(text.lstrip())
    bare = text.strip()
    return StreamRow(first, first + len(bare), bare, row.page, 0 if start else row.blanks)


def follows(last: Sequence[str], number: Sequence[str]) -> bool:
    """Return whether a section number can come next after `last`: its first child, or a later sibling of it or above.

    A gap of up to three is allowed (sections that the dump lost), so is a letter behind the number ("11.1A").
    """
    if not last:
        return list(number) in (["0"], ["1"]) or number[0].isalpha()
    if len(number) == len(last) + 1 and list(number[:-1]) == list(last):
        return _ordinal(number[-1]) <= 1
    if len(number) > len(last) or list(number[:-1]) != list(last[: len(number) - 1]):
        return False
    step = _ordinal(number[-1]) - _ordinal(last[len(number) - 1])
    return 0 < step <= 3 or (step == 0 and number[-1] != last[len(number) - 1])


def _ordinal(part: str) -> int:
    digits = re.match(r"\d+", part)
    return int(digits[0]) if digits else ord(part[0])
