"""What the first characters of a Markdown line say, and a block before its running text is read."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from impact.records import BlockKind

ATX = re.compile(r"(?:\.(?=#{1,6}\s))?(#{1,6})(?:\s+|(?=[^\W#])|$)(.*?)(?:\s+#+)?\s*$")
ANCHOR = re.compile(r"\s*(?:#+\s*)?\{(?:\s*#|:[^}]*#)([\w.:-]+)[^}]*\}\s*$|\s*\{(?::|\s*\.)[^}]*\}\s*$")
SETEXT = re.compile(r"(={2,}|-{2,})\s*$")
RULE = re.compile(r"(?:\*\s*){3,}$|(?:-\s*){3,}$|(?:_\s*){3,}$")
BULLET = re.compile(r"([-*+\u2022])(\s+)(?=\S)")
NUMBER = re.compile(r"(\d{1,9}|[a-z]|[ivx]{1,4})([.)])(\s+)(?=\S)")
QUOTE = re.compile(r"\s{0,3}>\s?")
TERM = re.compile(r":\s+(?=\S)")
MATTER = re.compile(r"---\s+(abstract|middle|back|note_.*|fluff)\s*$")
DELIMITER = re.compile(r"\|?\s*:?-{1,}:?\s*(?:\|\s*:?-{1,}:?\s*)*\|?\s*$")
DEFINITION = re.compile(r"\[(?!\^)[^\]\n]{1,200}\]:\s*\S|\*\[[^\]\n]{1,60}\]:")
FOOTNOTE = re.compile(r"\[\^[^\]\s]{1,60}\]:\s*")
# Source: kramdown, "Attribute List Definitions"; mmark, "Document divisions"; the sources of blocks/elsewhere.py.
ASIDE = re.compile(
    r"(?:\{[:%][^{}\n]*\}|\{::[^{}\n]*\}|\{(?:mainmatter|backmatter|frontmatter)\}|\{\{#[a-z_]+ [^{}\n]*\}\}"
    r"|\{\{[<%] [^{}\n]*[>%]\}\}|--8<-- [\"'][^\"'\n]*[\"']|\[!INCLUDE ?\[[^\]\n]*\]\([^()\n]*\)\]"
    r"|import \w+ from [\"'][^\"'\n]+\.mdx?[\"'];?)\s*$"
)
NOTE = re.compile(r"\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]\s*|(?:\*\*)?(?:Note|NOTE|Issue|Example)(?:\*\*)?:\s")
# Source: Python-Markdown, "Admonition"; PyMdown Extensions, "Details". What is indented below it belongs to it.
ADMONITION = re.compile(r"(?:!!!|\?\?\?\+?)\s+[\w-][\w -]*(?:\"(?P<title>[^\"]*)\")?\s*$")
BOXED = re.compile(r" {4}| {0,3}\t")
NO_NUMBER = re.compile(r"\bno-num\b|numbered\s*=\s*[\"']?false|\.unnumbered\b")
CELL = re.compile(r"(?<!\\)\|")
INLINE_LINK = re.compile(r"\[[^\]]+\]\(#[^)]*\)\s*$")

Span = tuple[int, int]


@dataclass(slots=True)
class Raw:
    """A block as its lines in the source, before its running text is read.

    Attributes:
        lines: Places of its lines, container marks taken off; of a row, those of its cells.
        counted: Whether a heading takes part in automatic numbering.
    """

    lines: list[Span] = field(default_factory=list)
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    number: str = ""
    style: str = ""
    anchor: str = ""
    table: int = -1
    counted: bool = True

    @property
    def single(self) -> bool:
        """Whether it is a paragraph of one line, which a rule beneath makes a heading."""
        return len(self.lines) == 1 and self.kind is BlockKind.PARAGRAPH and not self.style


Footnotes = Callable[[str, Sequence[Span]], Iterable[Span]]
"""Returns the places of the footnotes that are written into the lines of a block, in order."""


@dataclass(slots=True)
class RawBlocks:
    """Raw blocks of a source, the last of which may still take lines.

    Attributes:
        laid: In order; footnotes come behind the block that they are written into.
        open: Takes lines until it is closed.
    """

    source: str
    footnotes_in: Footnotes
    laid: list[Raw] = field(default_factory=list)
    open: Raw | None = None

    def close(self) -> None:
        """Lay the open block, if it has lines."""
        if self.open and self.open.lines:
            self.lay(self.open)
        self.open = None

    def lay(self, raw: Raw) -> None:
        """Take a block, and the footnotes in it behind it."""
        self.laid.append(raw)
        if raw.kind is not BlockKind.CODE:
            places = self.footnotes_in(self.source, raw.lines)
            self.laid += [Raw([place], BlockKind.NOTE, style="footnote") for place in places]


def stripped(source: str, place: Span) -> Span:
    """Return a place without the white space at its ends."""
    start, end = place
    text = source[start:end]
    first = start + len(text) - len(text.lstrip()) if text.strip() else start
    return first, first + len(text.strip())


def cells(source: str, start: int, end: int) -> list[Span]:
    """Return the places of the cells of a row, without the marks at both ends."""
    text = source[start:end]
    place = start + len(text) - len(text.lstrip("|"))
    last = end - (len(text) - len(text.rstrip("|"))) if not text.endswith("\\|") else end
    stops = [*(match.start() for match in CELL.finditer(source, place, last)), last]
    starts = [place, *(stop + 1 for stop in stops[:-1])]
    return list(zip(starts, stops, strict=True))


def is_overline(source: str, lines: Sequence[Span], index: int) -> bool:
    """Return whether a line of = is drawn above a title that has one below it, too (reStructuredText)."""
    if index + 2 >= len(lines):
        return False
    line, title, below = (source[start:end].strip() for start, end in lines[index : index + 3])
    drawn = line.startswith("=") and below.startswith("=") and bool(title)
    return drawn and SETEXT.match(line) is not None and SETEXT.match(below) is not None
