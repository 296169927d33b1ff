"""Paragraphs to the text of a document, its blocks and its fragments.

The same job as `assembly.Assembly`, for the engine that has a word every few microseconds: whole lines are laid at a
time, and places are counted for all words at once.
"""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import accumulate, chain, pairwise, repeat
from operator import add
from struct import pack

from impact.extract.blocks.hyphenated import hyphen_words
from impact.extract.blocks.hyphens import HYPHENS, LINE_END_HYPHEN, Vocabulary, hyphenated
from impact.extract.pdf.line import Line
from impact.extract.pdf.paragraphs import Paragraph
from impact.extract.pdf.words import PageWords, Rectangle, unspaced
from impact.records import Block, BlockKind, Layout, Span


@dataclass(slots=True)
class Laying:
    """A document's text in the making.

    Attributes:
        texts: Of the words.
        pages: Of each word.
        origins: Of each word.
        boxes: Of each word.
        count: Words laid, with those of the run.
        finals: Words that end a line and stand otherwise in the text, by index.
        glue: What stands between a word and the next one where it is not a space, by the index of the word.
        paragraphs: Each with the index of its first word.
        page: Page of the run.
        run: Words of a page that follow each other in the text as they do on the page, still to be taken over.
    """

    vocabulary: Vocabulary
    texts: list[str] = field(default_factory=list)
    pages: "array[int]" = field(default_factory=partial(array, "q"))
    origins: list[int] = field(default_factory=list)
    boxes: list[Rectangle] = field(default_factory=list)
    count: int = 0
    finals: dict[int, str] = field(default_factory=dict)
    glue: dict[int, str] = field(default_factory=dict)
    paragraphs: list[tuple[int, Paragraph]] = field(default_factory=list)
    page: PageWords | None = None
    run: range = range(0)

    def paragraph(self, paragraph: Paragraph) -> None:
        """Lay one paragraph."""
        self.paragraphs.append((self.count, paragraph))
        verbatim = paragraph.kind is BlockKind.CODE
        lines = paragraph.lines
        for line, after in pairwise(lines):
            self._line(line, None if verbatim else after, "\n" if verbatim else None)
        self._line(lines[-1], None, "\n\n")

    def _line(self, line: Line, after: Line | None, glue: str | None) -> None:
        """Lay the words of a line and what parts it from the next one: `glue`, or what their words call for."""
        page, words, run = line.page, line.words, self.run
        first, stop = words[0], words[-1] + 1
        if page is self.page and first == run.stop and not line.pieced:
            self.run = range(run.start, stop)
        else:
            self._take(page, words if line.pieced else range(first, stop))
        for at in line.tight:
            self.glue[self.count + at - 1] = ""
        self.count += len(words)
        last = page.texts[stop - 1]
        if after is None or not last.isascii() or last[-1] == "-":
            final, between = _line_end(last, after, self.vocabulary)
            self.finals[self.count - 1] = final
            self.glue[self.count - 1] = between if glue is None else glue

    def _take(self, page: PageWords | None, words: Sequence[int]) -> None:
        """Take over the words of the run, and begin a new one; words in any other order are taken over at once."""
        if self.page and self.run:
            run = slice(self.run.start, self.run.stop)
            self.texts += self.page.texts[run]
            self.origins += self.page.origins[run]
            self.boxes += self.page.boxes[run]
            self.pages += array("q", [self.page.number]) * len(self.run)
        self.page, self.run = page, words if isinstance(words, range) else range(0)
        if page and not isinstance(words, range):
            self.texts += [page.texts[word] for word in words]
            self.origins += [page.origins[word] for word in words]
            self.boxes += [page.boxes[word] for word in words]
            self.pages += array("q", [page.number]) * len(words)

    def laid(self) -> tuple[str, tuple[Block, ...], Layout]:
        """Return the text, its blocks and its fragments."""
        self._take(None, range(0))
        for word, final in self.finals.items():
            self.texts[word] = final
        lengths = list(map(len, self.texts))
        steps = list(map(add, lengths, repeat(1)))
        parts: list[str] = []
        done = 0
        for word in sorted(self.glue):
            parts += " ".join(self.texts[done : word + 1]), self.glue[word]
            steps[word] = lengths[word] + len(self.glue[word])
            done = word + 1
        starts = list(accumulate(steps, initial=0))[:-1]
        ends = list(map(add, starts, lengths))
        # Packed, since an array takes numbers with a fraction at half the speed.
        boxes = array("f", pack(f"{4 * len(self.boxes)}f", *chain.from_iterable(self.boxes)))
        layout = Layout(array("q", starts), array("q", ends), self.pages, array("q", self.origins), boxes)
        return "".join(parts[:-1]), tuple(self._blocks(starts, ends)), layout

    def _blocks(self, starts: Sequence[int], ends: Sequence[int]) -> Iterator[Block]:
        """Yield a block for each paragraph, from where the words stand in the text."""
        bounds = [*(first for first, _ in self.paragraphs), len(starts)]
        for (first, paragraph), after in zip(self.paragraphs, bounds[1:], strict=True):
            span, indent = Span(starts[first], ends[after - 1]), round(paragraph.lines[0].x0, 1)
            yield Block(span, paragraph.kind, size=paragraph.size, bold=paragraph.bold, indent=indent)


def _line_end(word: str, after: Line | None, vocabulary: Vocabulary) -> tuple[str, str]:
    """Return the last word of a line as it shall stand in the text, and what follows it."""
    if after is None:
        return word.replace(LINE_END_HYPHEN, "-"), ""
    second = after.page.texts[after.words[0]]
    if hyphenated(word):
        if second.strip(",.;") not in hyphen_words("suspended") and vocabulary.joined(word, second):
            return word.rstrip("".join(HYPHENS)), ""
        stays_apart = not second[0].isalnum() or second.strip(",.;") in hyphen_words("suspended")
        return word.replace(LINE_END_HYPHEN, "-"), " " if stays_apart else ""
    word = word.replace(LINE_END_HYPHEN, "-")
    return word, "" if unspaced(word[-1]) and unspaced(second[0]) else " "


def lay(paragraphs: Sequence[Paragraph], vocabulary: Vocabulary) -> tuple[str, tuple[Block, ...], Layout]:
    """Lay paragraphs one after another, a blank line between them; return the text, its blocks and its fragments."""
    laying = Laying(vocabulary)
    for paragraph in paragraphs:
        laying.paragraph(paragraph)
    return laying.laid()
