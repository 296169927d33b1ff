"""Numbers of the sections of Bikeshed sources, and of ReSpec sources in Markdown."""

from math import inf

from impact.extract.blocks.numbering import HeadingNumbers


class SectionNumbers:
    """Counts headings by their level.

    A heading that says so has no number, and none below it has. Source: Bikeshed, "Headings": `no-num`.
    """

    def __init__(self, outermost: int) -> None:
        self._outline = HeadingNumbers()
        self._outermost = outermost
        self._uncounted: float = inf

    def next(self, level: int, *, counted: bool) -> str:
        """Return the number of the next heading; empty for one above the outermost level, and where it has none."""
        if level <= self._uncounted:
            self._uncounted = inf if counted else level
        if level < self._outermost or level >= self._uncounted:
            return ""
        return self._outline.next(level)
