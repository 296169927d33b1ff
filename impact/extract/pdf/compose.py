"""Paragraphs to the text of a document, its blocks and its fragments.

The same job as `assembly.Assembly`, for the engine that has a word every few microseconds: whole lines are laid at a
time. Measured on the shared PDFs: a quarter of the time of one `Assembly.put` a word.
"""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate, chain
from operator import add

from impact.extract.blocks.hyphenated import hyphen_words
from impact.extract.blocks.hyphens import HYPHENS, LINE_END_HYPHEN, Vocabulary, hyphenated
from impact.extract.pdf.line import Line
from impact.extract.pdf.paragraphs import Paragraph
from impact.extract.pdf.words import unspaced
from impact.records import Block, BlockKind, Layout, Span


@dataclass(slots=True)
class Laying:
    """A document's text in the making: parts of the text and the columns of `Layout`."""

    vocabulary: Vocabulary
    parts: list[str] = field(default_factory=list)
    length: int = 0
    blocks: list[Block] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)
    origins: list[int] = field(default_factory=list)
    boxes: list[float] = field(default_factory=list)

    def append(self, text: str) -> None:
        """Append characters that have no place in the source."""
        self.parts.append(text)
        self.length += len(text)

    def paragraph(self, paragraph: Paragraph) -> None:
        """Lay one paragraph as a block."""
        if self.blocks:
            self.append("\n\n")
        start = self.length
        lines = paragraph.lines
        for line, after in zip(lines, [*lines[1:], None], strict=True):
            self.line(line, after, verbatim=paragraph.kind is BlockKind.CODE)
        self.blocks.append(
            Block(
                Span(start, self.length),
                paragraph.kind,
                size=round(paragraph.size, 1),
                bold=paragraph.bold,
                indent=round(lines[0].x0, 1),
            )
        )

    def line(self, line: Line, after: Line | None, *, verbatim: bool = False) -> None:
        """Lay the words of a line, and what parts it from the line after."""
        page, words = line.page, line.words
        final, glue = _line_end(line, None if verbatim else after, self.vocabulary)
        if verbatim and after is not None:
            glue = "\n"
        run = slice(words[0], words[-1] + 1)
        texts = [page.texts[word] for word in words] if line.pieced else page.texts[run]
        texts[-1] = final
        lengths = list(map(len, texts))
        if line.tight:
            gaps = [*("" if at in line.tight else " " for at in range(1, len(words))), glue]
            starts = list(accumulate(map(add, lengths[:-1], map(len, gaps)), initial=self.length))
            self.append("".join(chain.from_iterable(zip(texts, gaps, strict=True))))
        else:
            starts = list(accumulate([length + 1 for length in lengths[:-1]], initial=self.length))
            self.append(" ".join(texts) + glue)
        self.starts.extend(starts)
        self.ends.extend(map(add, starts, lengths))
        self.pages.extend([page.number] * len(words))
        self.origins.extend([page.origins[word] for word in words] if line.pieced else page.origins[run])
        boxes = [page.boxes[word] for word in words] if line.pieced else page.boxes[run]
        self.boxes.extend(chain.from_iterable(boxes))

    def layout(self) -> Layout:
        """Return the fragments laid so far."""
        starts, ends, pages, origins = (
            array("q", column) for column in (self.starts, self.ends, self.pages, self.origins)
        )
        return Layout(starts, ends, pages, origins, array("f", self.boxes))


def _line_end(line: Line, after: Line | None, vocabulary: Vocabulary) -> tuple[str, str]:
    """Return the last word of a line as it shall stand in the text, and what follows it."""
    word = line.page.texts[line.words[-1]]
    if after is None:
        return word.replace(LINE_END_HYPHEN, "-"), ""
    if hyphenated(word):
        second = after.page.texts[after.words[0]]
        if second.strip(",.;") not in hyphen_words("suspended") and vocabulary.joined(word, second):
            return word.rstrip("".join(HYPHENS)), ""
        stays_apart = not second[0].isalnum() or second.strip(",.;") in hyphen_words("suspended")
        return word.replace(LINE_END_HYPHEN, "-"), " " if stays_apart else ""
    word = word.replace(LINE_END_HYPHEN, "-")
    first = after.page.texts[after.words[0]][0]
    return word, "" if unspaced(word[-1]) and unspaced(first) else " "


def lay(paragraphs: Sequence[Paragraph], vocabulary: Vocabulary) -> Laying:
    """Lay paragraphs one after another, a blank line between them."""
    laying = Laying(vocabulary)
    for paragraph in paragraphs:
        laying.paragraph(paragraph)
    return laying
