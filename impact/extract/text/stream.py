"""The characters of a dumped text as one stream, freed of page heads, with the way back to the file."""

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from impact.extract.text.lines import SourceLine

# Source: the page head of ETSI deliverables ("ETSI" and "ETSI TS 102 657 V1.28.1 (2021-12)"), and 3GPP's beneath it.
PAGE_HEAD = re.compile(
    r"ETSI\s{1,4}ETSI\s{1,4}(?:TS|TR|EN|ES|EG|GS|GR|SR)[\d \n\u2010-\u2015-]{1,24}"
    r"V[\d.\n]{3,10}\s{0,3}\(\d{4}\s?-\d\d\)\s{0,3}"
)
SECOND_HEAD = re.compile(r"\s{0,3}3GPP\s+T[SR]\s+[\d.]+\s+version\s+[\d.]+\s+Release\s+\d{1,2}\s*")
DIGITS = re.compile(r"\d{1,4}")


@dataclass(frozen=True, slots=True)
class StreamRow:
    """A line of a page: characters `start` to `end` of the stream, its page, and how many blank lines came before."""

    start: int
    end: int
    text: str
    page: int
    blanks: int


class DumpStream:
    """The stream: runs that the dump broke are joined, a line end stands where a line of the page ended."""

    def __init__(self, lines: Sequence[SourceLine]) -> None:
        self._starts, self._offsets, self._pages = array("q"), array("q"), array("q")
        parts: list[str] = []
        length, last = 0, "\n"
        for line in lines:
            before = _before(line, last)
            if before:
                parts.append(before)
                length, last = length + len(before), before[-1]
            if not line.text:
                continue
            self._starts.append(length)
            self._offsets.append(line.offset)
            self._pages.append(line.page)
            after = "\n" if line.trailing else ""
            parts.append(line.text + after)
            length, last = length + len(line.text) + len(after), after or line.text[-1]
        self.text = "".join(parts)

    def pieces(self, start: int, end: int) -> Iterator[tuple[int, int, int]]:
        """Yield start and end in the stream, and offset in the file, of each run of the file in a stretch."""
        index = max(bisect_right(self._starts, start) - 1, 0)
        while index < len(self._starts) and self._starts[index] < end:
            begin = max(self._starts[index], start)
            stop = self._starts[index + 1] if index + 1 < len(self._starts) else len(self.text)
            if begin < min(stop, end):
                yield begin, min(stop, end), self._offsets[index] + begin - self._starts[index]
            index += 1

    def page(self, place: int) -> int:
        """Return the page that form feeds give."""
        return self._pages[max(bisect_right(self._starts, place) - 1, 0)] if self._pages else 1

    def rows(self) -> tuple[list[StreamRow], bool]:
        """Return the lines without page heads, and whether page heads told the page."""
        rows: list[StreamRow] = []
        bodies = list(self._bodies())
        for start, end, page in bodies:
            blanks = 0
            for match in re.finditer(r"[^\n]*\n|[^\n]+\Z", self.text[start:end]):
                text = match[0].strip()
                if not text:
                    blanks += 1
                    continue
                first = start + match.start() + len(match[0]) - len(match[0].lstrip())
                rows.append(StreamRow(first, first + len(text), text, page or self.page(first), blanks))
                blanks = 0
        return rows, len(bodies) > 1

    def _bodies(self) -> Iterator[tuple[int, int, int]]:
        """Yield start, end and page of what stands between page heads; page 0 where there are none."""
        heads = list(PAGE_HEAD.finditer(self.text))
        if not heads:
            yield 0, len(self.text), 0
            return
        place, page = 0, 0
        for head in heads:
            yield place, head.start(), max(page, 1)
            page, place = self._number(head.end(), page)
            second = SECOND_HEAD.match(self.text, place)
            place = second.end() if second else place
        yield place, len(self.text), page

    def _number(self, place: int, page: int) -> tuple[int, int]:
        """Return the page number at `place` and where it ends; digits of the text may follow it without a space."""
        expected = str(page + 1)
        if self.text.startswith(expected, place):
            return page + 1, place + len(expected)
        if not page and self.text.startswith("2", place):
            return 2, place + 1
        digits = DIGITS.match(self.text, place)
        if digits and page < int(digits[0]) <= page + 3:
            return int(digits[0]), digits.end()
        return page + 1, place


def _before(line: SourceLine, last: str) -> str:
    """Return what separates a line from what came before it."""
    if not line.text:
        return " " if line.trailing and last not in " \n" else "\n"
    return " " if line.indent and last not in " \n" else ""
