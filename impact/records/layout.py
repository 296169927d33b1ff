"""Where the text of a document sits in its source, and where it is not the source letter by letter."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial

from impact.records.span import Span


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page: `page` 1-based, the rest in points, origin at the top left corner.

    Raises:
        ValueError: If the page is below 1 or the rectangle is turned inside out.
    """

    page: int
    x0: float
    y0: float
    x1: float
    y1: float

    def __post_init__(self) -> None:
        if self.page < 1 or self.x1 < self.x0 or self.y1 < self.y0:
            raise ValueError(f"box {self} is not on a page or is inside out")


@dataclass(frozen=True, slots=True)
class Layout:
    """The fragments of a document: runs of its text that lie in one piece in the source.

    Parallel arrays, one entry a fragment, in the order of the text and without overlap. A fragment is a word in a PDF
    (a word hyphenated over two lines is two fragments), a line in plain text, a paragraph or text node elsewhere.
    Arrays and not objects, because a long document has half a million words.

    Attributes:
        starts: First character in `Document.text`, 0-based.
        ends: One past the last character in `Document.text`.
        pages: 1-based page (slide in PPTX; always 1 in formats without pages).
        origins: Where the fragment begins in the source, so that every place maps back: character of the page's own
            text stream in a PDF, character of the decoded file in text formats, ordinal of the paragraph in DOCX,
            of the text node in HTML and XML. -1 for characters that the format generates and the
            source does not hold ("[RFC2119]" for a cross-reference).
        boxes: Four numbers a fragment (x0, y0, x1, y1 in points, origin top left); empty where the source has no
            geometry.

    Raises:
        ValueError: If the arrays differ in length.
    """

    starts: "array[int]" = field(default_factory=partial(array, "q"))
    ends: "array[int]" = field(default_factory=partial(array, "q"))
    pages: "array[int]" = field(default_factory=partial(array, "q"))
    origins: "array[int]" = field(default_factory=partial(array, "q"))
    boxes: "array[float]" = field(default_factory=lambda: array("f"))

    def __post_init__(self) -> None:
        count = len(self.starts)
        if any(len(other) != count for other in (self.ends, self.pages, self.origins)):
            raise ValueError("layout arrays differ in length")
        if len(self.boxes) not in (0, 4 * count):
            msg = f"layout has {len(self.boxes)} box numbers for {count} fragments; 0 or {4 * count} expected"
            raise ValueError(msg)

    def __len__(self) -> int:
        """Return the number of fragments."""
        return len(self.starts)

    def fragments(self, span: Span) -> range:
        """Return the indices of the fragments that share a character with `span`."""
        return range(bisect_right(self.ends, span.start), bisect_left(self.starts, span.end))

    def page(self, offset: int) -> int:
        """Return the 1-based page of the last fragment that begins at or before `offset`; 1 where there is none."""
        index = bisect_right(self.starts, offset) - 1
        return self.pages[max(index, 0)] if self.pages else 1

    def origin(self, offset: int) -> int:
        """Return where the fragment at `offset` begins in the source; 0 where there is none."""
        index = bisect_right(self.starts, offset) - 1
        return self.origins[max(index, 0)] if self.origins else 0

    def boxes_of(self, span: Span) -> tuple[Box, ...]:
        """Return the boxes that cover `span`, one a line, in the order of the text; empty without geometry."""
        if not self.boxes:
            return ()
        lines: list[list[float]] = []
        for index in self.fragments(span):
            page, (x0, y0, x1, y1) = self.pages[index], self.boxes[4 * index : 4 * index + 4]
            if lines and _same_line(lines[-1], page, x0, y0, y1):
                line = lines[-1]
                line[1:] = [min(line[1], x0), min(line[2], y0), max(line[3], x1), max(line[4], y1)]
            else:
                lines.append([page, x0, y0, x1, y1])
        return tuple(Box(int(page), *(round(value, 2) for value in rest)) for page, *rest in lines)


def _same_line(line: list[float], page: int, x0: float, y0: float, y1: float) -> bool:
    """Return whether a word continues `line`: same page, to the right, and half of its height shared."""
    shared = min(line[4], y1) - max(line[2], y0)
    return line[0] == page and x0 >= line[1] and shared >= 0.5 * min(line[4] - line[2], y1 - y0)


class ConcealmentKind(StrEnum):
    """By what words of the source differ from what its reader sees.

    FORM is a ligature, a mathematical or circled letter and the like; it has a remark where whole words are such.
    UNSHOWN is text of a page that nobody sees in a browser.
    """

    ZERO_WIDTH = "zero-width"
    SOFT_HYPHEN = "soft-hyphen"
    WORD_JOINER = "word-joiner"
    TAG = "tag"
    FILLER = "filler"
    LOOKALIKE = "lookalike"
    SPACED = "spaced"
    REORDERED = "reordered"
    FULLWIDTH = "fullwidth"
    FORM = "form"
    UNSHOWN = "unshown"


@dataclass(frozen=True, slots=True)
class Concealment:
    """A place where the text is not the source, letter by letter, but what a reader of the source sees.

    Attributes:
        kind: What was undone.
        span: The characters in `Document.text`; empty where the source shows nothing.
        source: The characters of the source in their place.
        noted: Whether a reader should know: it hides words, and no honest program writes so.
    """

    kind: ConcealmentKind
    span: Span
    source: str
    noted: bool = False


def verbatim(text: str, span: Span, concealments: Sequence[Concealment]) -> str:
    """Return the characters of the source at a span of a text; concealments are in its order.

    A concealment that the span cuts is given whole, unless it stands letter for letter; what shows nothing at an end of
    the span is given too.
    """
    parts, place = [], span.start
    first = bisect_left(concealments, span.start, key=lambda concealment: concealment.span.end)
    last = bisect_right(concealments, span.end, key=lambda concealment: concealment.span.start)
    for concealment in concealments[first:last]:
        disguise = concealment.span
        if len(disguise) and (disguise.end <= span.start or disguise.start >= span.end):  # beside the span
            continue
        parts.append(text[place : disguise.start])
        if len(disguise) == len(concealment.source):
            parts.append(concealment.source[max(place - disguise.start, 0) : span.end - disguise.start])
        else:
            parts.append(concealment.source)
        place = min(disguise.end, span.end)
    parts.append(text[place : span.end])
    return "".join(parts)
