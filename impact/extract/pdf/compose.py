"""Paragraphs to the text of a document, its blocks and its fragments.

The same job as `assembly.Assembly`, for the engine that has a word every few microseconds: whole lines are laid at a
time, and places are counted for all words at once.
"""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, chain, pairwise, repeat
from operator import add
from struct import pack

from impact.extract.blocks.hyphenated import hyphen_words
from impact.extract.blocks.hyphens import HYPHENS, LINE_END_HYPHEN, Vocabulary, hyphenated
from impact.extract.pdf.line import Line
from impact.extract.pdf.paragraphs import Paragraph
from impact.extract.pdf.words import Rectangle, unspaced
from impact.records import Block, BlockKind, Layout, Span


@dataclass(slots=True)
class Laying:
    """A document's text in the making.

    Attributes:
        parts: Of the text.
        texts: Of the words, as they stand in the text.
        gaps: Characters between a word and the next one, where it is not one space, by the index of the word.
        paragraphs: Each with the index of its first word.
        pages: Of each word.
        origins: Of each word.
        boxes: Of each word.
    """

    vocabulary: Vocabulary
    parts: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    gaps: dict[int, int] = field(default_factory=dict)
    paragraphs: list[tuple[int, Paragraph]] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)
    origins: list[int] = field(default_factory=list)
    boxes: list[Rectangle] = field(default_factory=list)

    def paragraph(self, paragraph: Paragraph) -> None:
        """Lay one paragraph."""
        if self.texts:
            self._part("\n\n")
        self.paragraphs.append((len(self.texts), paragraph))
        lines = paragraph.lines
        verbatim = paragraph.kind is BlockKind.CODE
        for line, after in pairwise(lines):
            final, glue = _line_end(line, None if verbatim else after, self.vocabulary)
            self._line(line, final)
            self._part("\n" if verbatim else glue)
        self._line(lines[-1], _line_end(lines[-1], None, self.vocabulary)[0])

    def _part(self, glue: str) -> None:
        """Part the words laid so far from the next one."""
        self.parts.append(glue)
        if len(glue) != 1:
            self.gaps[len(self.texts) - 1] = len(glue)

    def _line(self, line: Line, final: str) -> None:
        """Lay the words of a line, of which the last one is to be `final`."""
        page, words = line.page, line.words
        if line.pieced:
            texts = [page.texts[word] for word in words]
            self.origins += [page.origins[word] for word in words]
            self.boxes += [page.boxes[word] for word in words]
        else:
            run = slice(words[0], words[-1] + 1)
            texts = page.texts[run]
            self.origins += page.origins[run]
            self.boxes += page.boxes[run]
        texts[-1] = final
        if line.tight:
            self.gaps.update((len(self.texts) + at - 1, 0) for at in line.tight)
            spaces = ["" if at in line.tight else " " for at in range(1, len(words))]
            self.parts += chain.from_iterable(zip(texts, [*spaces, ""], strict=True))
        else:
            self.parts.append(" ".join(texts))
        self.texts += texts
        self.pages += [page.number] * len(words)

    def laid(self) -> tuple[str, tuple[Block, ...], Layout]:
        """Return the text, its blocks and its fragments."""
        lengths = list(map(len, self.texts))
        steps = list(map(add, lengths, repeat(1)))
        for word, gap in self.gaps.items():
            steps[word] += gap - 1
        starts = list(accumulate(steps[:-1], initial=0)) if steps else []
        ends = list(map(add, starts, lengths))
        # Packed, since an array takes numbers with a fraction at half the speed.
        boxes = array("f", pack(f"{4 * len(self.boxes)}f", *chain.from_iterable(self.boxes)))
        layout = Layout(*(array("q", column) for column in (starts, ends, self.pages, self.origins)), boxes=boxes)
        return "".join(self.parts), tuple(self._blocks(starts, ends)), layout

    def _blocks(self, starts: Sequence[int], ends: Sequence[int]) -> Iterator[Block]:
        """Yield a block for each paragraph, from where the words stand in the text."""
        bounds = [*(first for first, _ in self.paragraphs), len(starts)]
        for (first, paragraph), after in zip(self.paragraphs, bounds[1:], strict=True):
            size, indent = round(paragraph.size, 1), round(paragraph.lines[0].x0, 1)
            span = Span(starts[first], ends[after - 1])
            yield Block(span, paragraph.kind, size=size, bold=paragraph.bold, indent=indent)


def _line_end(line: Line, after: Line | None, vocabulary: Vocabulary) -> tuple[str, str]:
    """Return the last word of a line as it shall stand in the text, and what follows it."""
    word = line.page.texts[line.words[-1]]
    if after is None:
        return word.replace(LINE_END_HYPHEN, "-"), ""
    if word.isascii() and word[-1] != "-":
        return word, " "
    if hyphenated(word):
        second = after.page.texts[after.words[0]]
        if second.strip(",.;") not in hyphen_words("suspended") and vocabulary.joined(word, second):
            return word.rstrip("".join(HYPHENS)), ""
        stays_apart = not second[0].isalnum() or second.strip(",.;") in hyphen_words("suspended")
        return word.replace(LINE_END_HYPHEN, "-"), " " if stays_apart else ""
    word = word.replace(LINE_END_HYPHEN, "-")
    first = after.page.texts[after.words[0]][0]
    return word, "" if unspaced(word[-1]) and unspaced(first) else " "


def lay(paragraphs: Sequence[Paragraph], vocabulary: Vocabulary) -> tuple[str, tuple[Block, ...], Layout]:
    """Lay paragraphs one after another, a blank line between them; return the text, its blocks and its fragments."""
    laying = Laying(vocabulary)
    for paragraph in paragraphs:
        laying.paragraph(paragraph)
    return laying.laid()
