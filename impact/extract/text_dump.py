"""Texts dumped from PDF or Word: no indents, lines broken anywhere, white space at line ends the only witness.

A dump writes the runs of a page one after the other. Where a line ends in white space, a line of the page ended; where
it does not, the run went on, and what follows joins without a space, be it in the middle of a word.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from impact.extract.assembly import Assembly
from impact.extract.text_joining import Words, joint
from impact.extract.text_lines import Line
from impact.extract.text_marks import (
    ANNEX,
    BULLET,
    CAPTION,
    CONTENTS,
    COUNTER,
    HEADING,
    LEADER,
    NOTE,
    UNNUMBERED,
    depth,
)
from impact.extract.text_stream import Row, Stream
from impact.records import BlockKind

# Source: project judgement after measuring: the shared dumps have 38 to 77 %, RFCs under 10 %.
TRAILING = 0.3
# Source: project judgement; where a dump shows no paragraphs, one ends with the first line that ends a sentence after
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


def is_dump(lines: Sequence[Line]) -> bool:
    """Return whether the lines come from a dump: white space at the end of many, and no indents to go by."""
    full = [line for line in lines if line.text]
    trailing = sum(line.trailing for line in lines)
    deep = sum(line.indent > 2 for line in full)
    return len(full) >= 20 and trailing > TRAILING * len(lines) and deep < 0.2 * len(full)


def lay_dump(assembly: Assembly, lines: Sequence[Line], words: Words) -> bool:
    """Append the blocks of a dump and return whether its page heads told the pages."""
    stream = Stream(lines)
    rows, paged = stream.rows()
    dump = Dump(assembly, stream, words, rows)
    listed = _contents(rows)
    for row in rows:
        dump.take(row, listed=row.start in listed)
    dump.close()
    return paged


def _contents(rows: Sequence[Row]) -> set[int]:
    """Return the starts of rows of the table of contents: those with leaders, and up to three between two of them."""
    led = [index for index, row in enumerate(rows) if LEADER.search(row.text)]
    listed = {rows[index].start for index in led}
    for one, two in pairwise(led):
        if two - one <= 4:
            listed.update(row.start for row in rows[one:two])
    return listed


class Dump:
    """Judges rows one after the other and lays them as blocks."""

    def __init__(self, assembly: Assembly, stream: Stream, words: Words, rows: Sequence[Row]) -> None:
        self._assembly, self._stream, self._words = assembly, stream, words
        lengths = sorted(len(row.text) for row in rows) or [0]
        self._width = lengths[int(0.95 * (len(lengths) - 1))]
        lower = sum(row.text[:1].islower() for row in rows)
        self._broken = lower > 0.5 * len(rows)
        self._number: tuple[str, ...] = ()
        self._open: BlockKind | None = None
        self._level = 0
        self._last: Row | None = None

    def take(self, row: Row, *, listed: bool) -> None:
        """Lay a row: as a block of its own, as the start of one, or as more of the open one."""
        if listed:
            return self._alone(row, BlockKind.CONTENTS)
        size, level = self._heading(row.text)
        if size:
            head = Row(row.start, row.start + size, row.text[:size].rstrip(), row.page, row.blanks)
            self._alone(head, BlockKind.HEADING, level)
            rest = row.text[size:].lstrip()
            if rest:
                self.take(Row(row.end - len(rest), row.end, rest, row.page, 0), listed=False)
            return None
        if CODE_LINE.search(row.text) and (row.text[0] in ".}" or not END.search(row.text.replace("::=", ""))):
            return self._more(row, BlockKind.CODE, "\n", fresh=self._open is not BlockKind.CODE)
        kind = self._kind(row.text)
        fresh = kind is not BlockKind.PARAGRAPH or not self._continues(row)
        return self._more(row, kind if fresh or self._open is None else self._open, " ", fresh=fresh)

    def close(self) -> None:
        """End the open block."""
        if self._open is not None:
            self._assembly.close(
                kind=self._open, level={BlockKind.HEADING: self._level, BlockKind.ITEM: 1}.get(self._open, 0)
            )
        self._open = None

    def _alone(self, row: Row, kind: BlockKind, level: int = 0) -> None:
        self._more(row, kind, " ", fresh=True)
        self._level = level
        if kind is not BlockKind.HEADING:
            self.close()

    def _more(self, row: Row, kind: BlockKind, glue: str, *, fresh: bool) -> None:
        drop = 0
        if fresh:
            self.close()
            self._open = kind
        elif self._last:
            drop, joined = joint(self._last.text, row.text, self._words) if glue == " " else (0, glue)
            self._assembly.glue(joined if not drop else "")
        skip = match.end() if kind is BlockKind.ITEM and (match := BULLET.match(row.text)) else 0
        for start, end, offset in self._stream.pieces(row.start + skip, row.end):
            self._assembly.put(self._stream.text[start:end], origin=offset, page=row.page)
        self._last = row

    def _kind(self, text: str) -> BlockKind:
        if NOTE.match(text):
            return BlockKind.NOTE
        if CAPTION.match(text) and len(text) < 120 and not text.endswith("."):
            return BlockKind.CAPTION
        return BlockKind.ITEM if BULLET.match(text) or COUNTER.match(text) else BlockKind.PARAGRAPH

    def _continues(self, row: Row) -> bool:
        """Return whether the open block goes on with a row that begins with neither mark nor number."""
        last = self._last
        if last is None or self._open in (None, BlockKind.CODE, BlockKind.CAPTION):
            return False
        first = row.text[:1]
        if self._open is BlockKind.HEADING:
            return first.islower() and len(last.text) > 0.4 * self._width and len(row.text) < 60
        if first.islower() or first in ",.;)":
            return True
        if self._broken:
            long = self._assembly.length - self._assembly.start > LONG
            return not END.search(last.text) or not (row.blanks or long)
        if END.search(last.text):
            return len(last.text) > 0.9 * self._width and not row.blanks
        return len(last.text) > 0.6 * self._width

    def _heading(self, text: str) -> tuple[int, int]:
        """Return how many characters of a row are a heading, and its level; (0, 0) where it is none."""
        if CONTENTS.fullmatch(text) or (UNNUMBERED.fullmatch(text) and text[:1].isupper()):
            return len(text), 1
        annex = ANNEX.match(text)
        if annex and len(text) < 110 and not text.endswith((".", ",")):
            self._number = (annex[1],)
            return len(text), 1
        numbered = HEADING.match(text)
        if not numbered or not text[numbered.end()].isupper() or self._broken:
            return 0, 0
        number = tuple(numbered[1].split("."))
        if not follows(self._number, number):
            return 0, 0
        short = SHORT_TITLE.match(text, numbered.end())
        if not short and (len(text) > 110 or text.endswith((",", ";", ":")) or (text.endswith(".") and len(text) > 60)):
            return 0, 0
        self._number = number
        return short.end() if short else len(text), depth(numbered[1])


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
