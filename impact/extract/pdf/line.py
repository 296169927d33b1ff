"""A line of text on a page."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from impact.extract.pdf.words import PageWords

WIDE_GAP = 1.6
"""Widths of the line height from which white space inside a line parts cells. Source: project judgment."""


@dataclass(slots=True)
class Line:
    """A line of text on a page, in the reading frame (turned upright where most of the page's text is sideways).

    Its box is in points, origin at the top left corner.

    Attributes:
        words: Indices into the words of the page, in reading order.
        cells: Positions in `words` before which a wide gap is.
        tight: Positions in `words` before which there is no space, known where a piece was put back.
        pieced: Whether pieces were put back, so that its words are no run of those of the page.
        size: Font size in points of most of its characters; 0 where unknown.
        opening: Width of its first word in points.
        right: How far right the lines around it reach, in points.
        advance: Points from one character to the next where all have the same, as those of code have; else 0.
        solid: How many lines there are in the unbroken run of lines it belongs to.
        below: Whether it stands below the line before it in the document, in the same column.
    """

    page: PageWords
    words: list[int]
    x0: float
    y0: float
    x1: float
    y1: float
    cells: list[int] = field(default_factory=list)
    tight: AbstractSet[int] = frozenset()
    pieced: bool = False
    size: float = 0.0
    bold: bool = False
    opening: float = 0.0
    right: float = 0.0
    text: str = ""
    advance: float = 0.0
    solid: int = 1
    below: bool = False

    @property
    def height(self) -> float:
        """Height in points."""
        return self.y1 - self.y0
