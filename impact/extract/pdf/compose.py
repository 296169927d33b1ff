"""Paragraphs to the text of a document, its blocks and its fragments.

The same job as `assembly.Assembly`, for the engine that has a word every few microseconds: whole lines are laid at a
time, and places are counted for all words at once.
"""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import accumulate, islice

from impact.extract.blocks.hyphenated import hyphen_words
from impact.extract.blocks.hyphens import HYPHENS, LINE_END_HYPHEN, Vocabulary, hyphenated
from impact.extract.pdf.line import Line
from impact.extract.pdf.paragraphs import Paragraph
from impact.extract.pdf.words import PageWords, unspaced
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
        start: First word of the run, words of a page that follow each other in the text as they do on the page, still
            to be taken over.
        stop: Where the run ends.
    """

    vocabulary: Vocabulary
    texts: list[str] = field(default_factory=list)
    pages: "array[int]" = field(default_factory=partial(array, "q"))
    origins: "array[int]" = field(default_factory=partial(array, "q"))
    boxes: "array[float]" = field(default_factory=lambda: array("f"))
    count: int = 0
    finals: dict[int, str] = field(default_factory=dict)
    glue: dict[int, str] = field(default_factory=dict)
    paragraphs: list[tuple[int, Paragraph]] = field(default_factory=list)
    page: PageWords | None = None
    start: int = 0
    stop: int = 0

    def paragraph(self, paragraph: Paragraph) -> None:
        """Lay one paragraph."""
        self.paragraphs.append((self.count, paragraph))
        verbatim = paragraph.kind is BlockKind.CODE
        lines = paragraph.lines
        for at, line in enumerate(lines, 1):
            words, page = line.words, line.page
            last = words[-1]
            if page is self.page and words[0] == self.stop and not line.pieced:
                self.stop = last + 1
            else:
                self._begin(line)
            self.count += len(words)
            final = page.texts[last]
            if verbatim or final[-1] == "-" or not final.isascii():
                self._end_line(final, lines[at] if at < len(lines) else None, verbatim=verbatim)
        self.glue[self.count - 1] = "\n\n"

    def _begin(self, line: Line) -> None:
        """Begin a run with a line; words in any other order than on the page are taken over at once.

        Only such words may have no space between them.
        """
        self._take()
        words, page = line.words, line.page
        self.page, self.start, self.stop = page, words[0], words[-1] + 1
        if line.pieced:
            self.start = self.stop
            self.glue.update((self.count + at - 1, "") for at in line.tight)
            self._add(
                page,
                [page.texts[word] for word in words],
                array("q", [page.origins[word] for word in words]),
                page.packed_boxes(words),
            )

    def _take(self) -> None:
        """Take over the words of the run."""
        page, run = self.page, slice(self.start, self.stop)
        if page is not None and self.start < self.stop:
            boxes = page.packed_boxes(range(self.start, self.stop))
            self._add(page, page.texts[run], page.origins[run], boxes)

    def _add(self, page: PageWords, texts: list[str], origins: "array[int]", boxes: "array[float]") -> None:
        self.texts += texts
        self.origins += origins
        self.pages += array("q", [page.number]) * len(texts)
        self.boxes += boxes

    def _end_line(self, word: str, after: Line | None, *, verbatim: bool) -> None:
        """Note how the last word of a line stands in the text, and what parts it from the next line."""
        final, between = _line_end(word, None if verbatim else after, self.vocabulary)
        if final != word:
            self.finals[self.count - 1] = final
        self.glue[self.count - 1] = "\n" if verbatim else between

    def laid(self) -> tuple[str, tuple[Block, ...], Layout]:
        """Return the text, its blocks and its fragments."""
        self._take()
        for word, final in self.finals.items():
            self.texts[word] = final
        steps = [len(text) + 1 for text in self.texts]
        parts: list[str] = []
        done = 0
        for word in sorted(self.glue):
            glue = self.glue[word]
            parts += " ".join(self.texts[done : word + 1]), glue
            steps[word] += len(glue) - 1
            done = word + 1
        starts = list(accumulate(steps, initial=0))
        ends = [start - 1 for start in islice(starts, 1, None)]
        for word, glue in self.glue.items():
            ends[word] += 1 - len(glue)
        starts.pop()
        layout = Layout(array("q", starts), array("q", ends), self.pages, self.origins, self.boxes)
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
