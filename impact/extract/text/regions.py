"""Stretches of a plain text file that are code from a first to a last line."""

import re
from bisect import bisect_left
from collections.abc import Sequence

from impact.extract.text.lines import SourceLine

# Source: RFC 2578 (MIB modules), RFC 7950 (YANG modules), the IETF Trust's marks of code components; PlantUML.
REGIONS = (
    (re.compile(r"<CODE BEGINS>"), re.compile(r"<CODE ENDS>")),
    (re.compile(r"DEFINITIONS\b.{0,60}::=\s*(?:BEGIN)?$|^BEGIN$"), re.compile(r"END")),
    (re.compile(r"(?:sub)?module [\w.-]+ \{"), re.compile(r"\}")),
    (re.compile(r"@start\w+$|@startuml\b"), re.compile(r"@end\w+")),
)


class Regions:
    """Stretches that are code from a first to a last line (MIB and YANG modules, marked components, drawings)."""

    def __init__(self, lines: Sequence[SourceLine]) -> None:
        self._ends: list[int] = []
        self._starts: list[int] = []
        closers = [[i for i, line in enumerate(lines) if end.match(line.text)] for _, end in REGIONS]
        until = -1
        for index, line in enumerate(lines):
            if index <= until:
                continue
            for (begin, _), ends in zip(REGIONS, closers, strict=True):
                if begin.match(line.text) or ("DEFINITIONS" in line.text and begin.search(line.text)):
                    until = self._close(lines, index, ends) if ends else until
                    break

    def _close(self, lines: Sequence[SourceLine], start: int, ends: list[int]) -> int:
        for end in ends[bisect_left(ends, start + 1) :][:4000]:
            if lines[end].indent <= lines[start].indent or lines[end].text.startswith("<"):
                self._starts.append(start)
                self._ends.append(end)
                return end
        return -1

    def covers(self, index: int) -> bool:
        """Return whether the line with this index is in a region."""
        place = bisect_left(self._ends, index)
        return place < len(self._ends) and self._starts[place] <= index
