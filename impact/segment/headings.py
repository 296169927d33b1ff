"""Which blocks are headings, on which level, with which number."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from impact.records import PAGE_FORMATS, Block, BlockKind, Document, Strength
from impact.segment.chains import heaviest_chain
from impact.segment.numbers import SECTION_STYLES, Label, Style, follows, read_label, read_number
from impact.segment.parts import is_operative, marker, normal, part_of
from impact.segment.strength import strength_of

LONGEST = 220
"""Characters up to which a block may be a heading, number and all. Source: project judgment; a title wraps over two or
three lines at most."""

_LONGEST_PLAIN = 90
"""Characters up to which a title may be a heading by its number alone, in the type of the running text. Source: project
judgment; a line of text is some 90 characters wide."""

_FORMAT_WEIGHT, _FONT_WEIGHT, _PLAIN_WEIGHT = 6, 3, 1
"""How sure a heading is: stated by the format or a bookmark, by its font, by its number alone. Source: project
judgment; a chain of two by font shall not outweigh one that is stated."""

_LARGER = 1.08
"""Times the size of the running text from which a block is in larger type. Source: project judgment; 11 beside 10
points counts, rounding does not."""

_DEEPEST = 3
"""Levels that sizes alone are told apart by. Source: project judgment."""

_GLUED = re.compile(
    r"(?!\d+(?:\.\d+)*[GMTk](?:Hz|bit|[bB]\b))\d{1,2}(?:\.\d{1,3}(?:[A-Z](?=\.))?){0,7}"
    r"(?:[A-Za-z]?(?=[A-Z][a-z]+\b)|(?<=\.\d)\d{0,2}[a-d]?(?=[A-Z]{2}|[A-Z]-))"
)
"""A number that touches the title. Source: Word files of 3GPP, whose converters drop the tab between the two."""

_BYLINE = re.compile(r"(?:(?:[Ww]ritten|[Aa]uthored|[Ee]dited) )?[Bb]y:?\s+[A-Z][\w.'\u2019-]*(?:\s|$)")
"""Who wrote a text, set as a heading below its title."""

_NUMBERS = SECTION_STYLES | {Style.DECIMAL, Style.ROMAN}

_Marks = dict[str, list[tuple[int, Label | None, int]]]


@dataclass(frozen=True, slots=True)
class Heading:
    """A block that is a heading.

    Attributes:
        level: From 1, the outermost.
        start: Where its title begins in the text, behind the number.
        end: One past its last character.
    """

    level: int
    label: Label | None
    start: int
    end: int

    @property
    def number(self) -> str:
        """The number as a person would cite it; empty where there is none."""
        return self.label.written.strip("().") if self.label else ""


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A block that may be a heading; `weight` says how sure it is, `depth` is 0 where nothing states a level."""

    index: int
    label: Label | None
    weight: int
    depth: int
    larger: bool


MOST, BELOW = 0.5, 5
"""Share of a text, and headings, that a section holds whose part is not that of the sections below it. Source: project
judgment."""


def spanning(headings: Iterable[Heading], length: int) -> frozenset[int]:
    """Return where the titles begin of sections that hold most of a text, with the sections below them.

    Args:
        headings: In the order of the text.
        length: Characters of the text.
    """
    ordered = list(headings)
    starts: set[int] = set()
    for at, heading in enumerate(ordered, 1):
        behind = next(
            (place for place in range(at, len(ordered)) if ordered[place].level <= heading.level), len(ordered)
        )
        end = ordered[behind].start if behind < len(ordered) else length
        if behind - at >= BELOW and end - heading.start > MOST * length:
            starts.add(heading.start)
    return frozenset(starts)


def find_headings(document: Document, texts: Sequence[str], contents: frozenset[int]) -> dict[int, Heading]:
    """Return the headings by the index of their block.

    Formats that mark headings are believed, but for whole paragraphs in a heading style. Elsewhere bookmarks, font and
    number are weighed, and of the numbers the heaviest chain that rises through the document is kept, so that a
    measured value or the item of a list does not break the tree. Blocks in `contents` are none.
    """
    body = _body_size(document.blocks)
    marks = _bookmarks(document)
    guess = document.format in PAGE_FORMATS | {"text"} or not any(
        block.kind is BlockKind.HEADING for block in document.blocks
    )
    candidates = [
        candidate
        for index, text in enumerate(texts)
        if index not in contents
        for candidate in [_candidate(document, index, text, marks, body if guess else -1.0)]
        if candidate
    ]
    consistent = _consistent(_lettered(_plausible(candidates, texts)))
    levels = _levels(document.blocks, texts, consistent)
    return {
        candidate.index: _heading(document.blocks[candidate.index], candidate, level)
        for candidate, level in zip(consistent, levels, strict=True)
    }


def _heading(block: Block, candidate: _Candidate, level: int) -> Heading:
    label = candidate.label
    start = block.span.start + (label.end if label else 0)
    whole = start >= block.span.end
    return Heading(level, label, block.span.start if whole else start, block.span.end)


def _body_size(blocks: Sequence[Block]) -> float:
    sizes: Counter[float] = Counter()
    for block in blocks:
        sizes[round(block.size, 1)] += len(block.span)
    return max(sizes, key=lambda size: (sizes[size], -size)) if sizes else 0.0


def _bookmarks(document: Document) -> _Marks:
    """Return level, number and page of the bookmarks by their titles for comparison."""
    marks: _Marks = {}
    for mark in document.outline:
        title = mark.title.strip()
        label = read_label(title)
        label = label if label and label.style in _NUMBERS else None
        entry = (mark.level, replace(label, end=0) if label else None, mark.page)
        marks.setdefault(normal(title[label.end :] if label else title), []).append(entry)
    return marks


def _label(block: Block, text: str) -> Label | None:
    label = read_number(block.number) if block.number else read_label(text)
    glued = _GLUED.match(text) if block.kind is BlockKind.HEADING and not block.number else None
    if glued and (apart := read_label(f"{glued[0]} X")):
        label = replace(apart, end=glued.end())
    return label if label and label.style in _NUMBERS else None


def _bookmarked(document: Document, block: Block, title: str, marks: _Marks) -> tuple[int, Label | None]:
    """Return level and number of the bookmark with this title on this page or next to it; level 0 where none."""
    entries = marks.get(normal(title), ()) if title.strip() else ()
    page = document.page(block.span) if entries else 0
    return next(((level, label) for level, label, marked in entries if abs(marked - page) <= 1), (0, None))


def _candidate(document: Document, index: int, text: str, marks: _Marks, body: float) -> _Candidate | None:
    """Weigh one block; `body` is the size of the running text, -1 where the format marks headings itself."""
    block = document.blocks[index]
    if block.kind in {BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.CODE} and is_operative(text):
        return _Candidate(index, None, _FORMAT_WEIGHT, 1, larger=False)
    if block.kind not in {BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.ITEM} or len(text) > LONGEST:
        return None
    label = _label(block, text)
    title = text[label.end :] if label else text
    larger = body > 0 and block.size >= body * _LARGER
    if block.kind is BlockKind.HEADING:
        depth, weight = block.level, _FORMAT_WEIGHT if body < 0 or not label else _FONT_WEIGHT
        is_sentence = (
            len(title) > 60 and title.endswith((".", ";", ":")) and strength_of(title) is not Strength.DESCRIPTIVE
        )
        is_byline = index == 1 and label is None and _BYLINE.match(title) is not None
        is_none = is_sentence or is_byline or not (title.strip() or label)
        return None if is_none else _Candidate(index, label, weight, depth, larger)
    depth, bookmarked = _bookmarked(document, block, title, marks)
    if depth:
        return _Candidate(index, label or bookmarked, _FORMAT_WEIGHT, depth, larger)
    weight = _weight(block, label, title, larger=larger) if body >= 0 else 0
    return _Candidate(index, label, weight, 0, larger) if weight else None


def _weight(block: Block, label: Label | None, title: str, *, larger: bool) -> int:
    """Return how much an unmarked block looks like a heading; 0 for not at all."""
    letters = sum(character.isalpha() for character in title)
    if title.endswith((".", ";", ":", ",")) or letters < 2 or letters < 0.4 * len(title) or marker(title):
        return 0
    if not title[0].isupper() and title[0].isascii():
        return 0
    binding = strength_of(title) is not Strength.DESCRIPTIVE
    if larger or block.bold:
        return _FONT_WEIGHT if label or (len(title) <= 120 and not binding) else 0
    names_part = part_of(title) is not None and len(title) < 60
    if label and label.style in {Style.DOTTED, Style.NAMED, Style.PLAIN} and len(title) <= _LONGEST_PLAIN:
        return 0 if binding else _PLAIN_WEIGHT
    return _FONT_WEIGHT if names_part else 0


def _plausible(candidates: list[_Candidate], texts: Sequence[str]) -> list[_Candidate]:
    """Drop headings without number that come in threes like the head of a table, or over and over like a page head."""
    times = Counter(normal(texts[candidate.index]) for candidate in candidates if not candidate.label)
    doubtful = {
        c.index
        for c in candidates
        if not c.label and c.weight < _FORMAT_WEIGHT and part_of(texts[c.index].strip()) is None
    }
    in_threes = {index + step for index in doubtful if {index + 1, index + 2} <= doubtful for step in (0, 1, 2)}
    return [
        candidate
        for candidate in candidates
        if candidate.index not in in_threes
        and (candidate.label or candidate.index not in doubtful or times[normal(texts[candidate.index])] < 4)
    ]


def _lettered(candidates: list[_Candidate]) -> list[_Candidate]:
    """Read "I" as the letter where annexes by letter have come to H; as "Appendix I" it stays a Roman numeral."""
    read: list[_Candidate] = []
    letter = ""
    for candidate in candidates:
        label = candidate.label
        if label and label.parts[:1] == ((2, 1, ""),) and letter in ("H", "I") and "ppendix" not in label.written:
            label = replace(label, parts=((1, 0, "I"), *label.parts[1:]))
        if label and label.parts and label.parts[0][0] == 1:
            letter = label.parts[0][2]
        read.append(replace(candidate, label=label))
    return read


def _consistent(candidates: list[_Candidate]) -> list[_Candidate]:
    """Drop the unsure ones whose numbers do not rise with the others."""
    numbered = [candidate for candidate in candidates if candidate.label]
    places = heaviest_chain([(c.label.parts, c.weight) for c in numbered if c.label])
    chain = {numbered[place].index for place in places}
    consistent: list[_Candidate] = []
    last: Label | None = None
    neighbors = _neighbors([candidate.label for candidate in numbered if candidate.label])
    for candidate in candidates:
        label = candidate.label
        sure = label is None or candidate.weight >= _FORMAT_WEIGHT or candidate.larger
        counts = candidate.weight > _PLAIN_WEIGHT or _next(last, label) or label in neighbors
        if sure or (candidate.index in chain and counts):
            consistent.append(candidate)
            last = label or last
    return consistent


def _neighbors(labels: Sequence[Label]) -> frozenset[Label]:
    """Return the named numbers beside which there is the one before or behind: "Chapter 6" and "Chapter 7"."""
    named = [(label.written.rpartition(" ")[0], label) for label in labels if label.style is Style.NAMED]
    values = {(name, label.parts[0][1]) for name, label in named}
    return frozenset(label for name, label in named if values & {(name, label.parts[0][1] + step) for step in (-1, 1)})


def _next(last: Label | None, label: Label | None) -> bool:
    return label is not None and follows(last.parts if last else None, label.parts)


def _levels(blocks: Sequence[Block], texts: Sequence[str], candidates: list[_Candidate]) -> list[int]:
    """Return the level of each heading: as the format states it, else by number, bookmark or size."""
    numbered = [candidate for candidate in candidates if candidate.label]
    stated = any(blocks[candidate.index].kind is BlockKind.HEADING and candidate.depth for candidate in candidates)
    shift = min((c.depth - len(c.label.parts) for c in numbered if c.label and c.depth), default=0)
    outer = max((blocks[c.index].size for c in numbered if c.label and len(c.label.parts) == 1), default=0.0)
    sizes = sorted({round(blocks[c.index].size, 1) for c in candidates if not c.label and not c.depth}, reverse=True)
    levels: list[int] = []
    inner = 0
    for candidate in candidates:
        size = blocks[candidate.index].size
        if stated and candidate.depth and blocks[candidate.index].kind is BlockKind.HEADING:
            level = candidate.depth
        elif candidate.label:
            level = inner = len(candidate.label.parts)
        elif candidate.depth:
            level = max(1, candidate.depth - max(shift, 0))
        elif numbered:
            names_part = part_of(texts[candidate.index].strip()) is not None
            like_outer = bool(outer) and size >= outer - 0.2 and (candidate.larger or size > outer)
            level = 1 if names_part or like_outer else inner + 1
        else:
            level = 1 + min(sizes.index(round(size, 1)), _DEEPEST - 1)
        levels.append(level)
    return levels
