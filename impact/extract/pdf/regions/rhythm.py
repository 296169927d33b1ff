"""The usual distance from one line to the next."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from impact.extract.pdf.line import Line
from impact.extract.pdf.regions.code import Code


@dataclass(slots=True)
class Rhythm:
    """The usual distance from one line to the next, by font size."""

    pitches: dict[float, float] = field(default_factory=dict)

    def pitch(self, line: Line) -> float:
        """Return the usual distance in points below a line of this size."""
        usual = self.pitches.get(round(line.size))
        return 1.35 * line.height if usual is None else usual


def rhythm_of(lines: Sequence[Line], code: Code) -> Rhythm:
    """Measure the distance between lines but those of code: the smallest that is common for a size."""
    drops: dict[float, Counter[int]] = defaultdict(Counter)
    for before, after in pairwise(lines):
        if after.below and -0.3 < before.size - after.size < 0.3 and id(after) not in code.lines:
            drops[round(before.size)][round(after.y1 - before.y1)] += 1
    pitches = {}
    for size, counts in drops.items():
        common = max(2, 0.12 * counts.total())
        fitting = [drop for drop, count in counts.items() if count >= common and drop < 2.2 * max(size, 1)]
        if fitting:
            pitches[size] = min(fitting) + 0.5
    return Rhythm(pitches)
