"""Which blocks are headings, on which level, with which number."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from impact.records import Block, BlockKind, Document, Strength
from impact.segment.numbers import SECTION_STYLES, Label, Style, follows, read_label, read_number
from impact.segment.parts import marker, normal, part_of
from impact.segment.strength import strength_of

LONGEST = 220
_LONGEST_PLAIN = 90
_FORMAT_WEIGHT, _FONT_WEIGHT, _PLAIN_WEIGHT = 6, 3, 1
_LARGER = 1.08
_NUMBERS = SECTION_STYLES | {Style.DECIMAL, Style.ROMAN}


@dataclass(frozen=True, slots=True)
class Heading:
    """A block that is a heading.

    Attributes:
        level: From 1, the outermost.
        number: Official number; empty where it has none.
        start: Where its title begins in the text, behind the number.
        end: One past its last character.
    """

    level: int
    number: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A block that may be a heading; `weight` says how sure it is, `depth` is 0 where nothing states a level."""

    index: int
    label: Label | None
    weight: int
    depth: int
    larger: bool


def find_headings(document: Document, texts: Sequence[str], contents: frozenset[int]) -> dict[int, Heading]:
    """Return the headings by the index of their block.

    Formats that mark headings are believed, but for whole paragraphs in a heading style. Elsewhere bookmarks, font and
    number are weighed, and of the numbers the heaviest chain that rises through the document is kept, so that a
    measured value or the item of a list does not break the tree.

    Args:
        document: The document.
        texts: Text of each block.
        contents: Blocks that are tables of contents.
    """
    body = _body_size(document.blocks)
    marks = {normal(_unnumbered(mark.title)): mark.level for mark in document.outline}
    guess = document.format in {"pdf", "text"} or not any(block.kind is BlockKind.HEADING for block in document.blocks)
    candidates = [
        candidate
        for index, (block, text) in enumerate(zip(document.blocks, texts, strict=True))
        if index not in contents
        for candidate in [_candidate(index, block, text, marks, body if guess else -1.0)]
        if candidate
    ]
    kept = _consistent(candidates)
    levels = _levels(document.blocks, kept)
    return {
        candidate.index: _heading(document.blocks[candidate.index], candidate, level)
        for candidate, level in zip(kept, levels, strict=True)
    }


def _heading(block: Block, candidate: _Candidate, level: int) -> Heading:
    label = candidate.label
    start = block.span.start + (label.end if label else 0)
    whole = start >= block.span.end
    return Heading(
        level, label.written.strip("().") if label else "", block.span.start if whole else start, block.span.end
    )


def _body_size(blocks: Sequence[Block]) -> float:
    sizes: Counter[float] = Counter()
    for block in blocks:
        sizes[round(block.size, 1)] += len(block.span)
    return max(sizes, key=lambda size: (sizes[size], -size)) if sizes else 0.0


def _unnumbered(title: str) -> str:
    label = read_label(title.strip())
    return title.strip()[label.end :] if label and label.style in _NUMBERS else title


def _label(block: Block, text: str) -> Label | None:
    label = read_number(block.number) if block.number else read_label(text)
    return label if label and label.style in _NUMBERS else None


def _candidate(index: int, block: Block, text: str, marks: dict[str, int], body: float) -> _Candidate | None:
    """Weigh one block; `body` is the size of the running text, -1 where the format marks headings itself."""
    if block.kind not in {BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.ITEM} or len(text) > LONGEST:
        return None
    label = _label(block, text)
    title = text[label.end :] if label else text
    larger = body > 0 and block.size >= body * _LARGER
    if block.kind is BlockKind.HEADING:
        depth = block.level
        is_sentence = (
            len(title) > 60 and title.endswith((".", ";", ":")) and strength_of(title) is not Strength.DESCRIPTIVE
        )
        return None if is_sentence or not (title.strip() or label) else _Candidate(index, label, 6, depth, larger)
    depth = marks.get(normal(title), 0) if title else 0
    if depth:
        return _Candidate(index, label, _FORMAT_WEIGHT, depth, larger)
    weight = _weight(block, label, title, larger=larger) if body >= 0 else 0
    return _Candidate(index, label, weight, 0, larger) if weight else None


def _weight(block: Block, label: Label | None, title: str, *, larger: bool) -> int:
    """Return how much an unmarked block looks like a heading; 0 for not at all."""
    letters = sum(character.isalpha() for character in title)
    if title.endswith((".", ";", ":", ",")) or letters < 2 or letters < 0.4 * len(title) or marker(title):
        return 0
    if not title[0].isupper() and title[0].isascii():
        return 0
    if larger or block.bold:
        return _FONT_WEIGHT if label or len(title) <= 120 else 0
    known = part_of(title) is not None and len(title) < 60
    if label and label.style in {Style.DOTTED, Style.NAMED, Style.PLAIN} and len(title) <= _LONGEST_PLAIN:
        return _PLAIN_WEIGHT if strength_of(title) is Strength.DESCRIPTIVE else 0
    return _FONT_WEIGHT if known else 0


def _consistent(candidates: list[_Candidate]) -> list[_Candidate]:
    """Drop the unsure ones whose numbers do not rise with the others."""
    numbered = [candidate for candidate in candidates if candidate.label]
    chain = _heaviest_chain(numbered)
    kept: list[_Candidate] = []
    last: Label | None = None
    for candidate in candidates:
        label = candidate.label
        sure = label is None or candidate.weight >= _FORMAT_WEIGHT or candidate.larger
        if sure or (candidate.index in chain and (candidate.weight > _PLAIN_WEIGHT or _next(last, label))):
            kept.append(candidate)
            last = label or last
    return kept


def _next(last: Label | None, label: Label | None) -> bool:
    return label is not None and follows(last.parts if last else None, label.parts)


def _heaviest_chain(numbered: list[_Candidate]) -> frozenset[int]:
    """Return the indices of the blocks on the heaviest strictly rising chain of numbers, in O(n log n)."""
    keys = sorted({candidate.label.parts for candidate in numbered if candidate.label})
    best: list[tuple[int, int]] = [(0, -1)] * (len(keys) + 1)
    before: list[int] = []
    end = (0, -1)
    for position, candidate in enumerate(numbered):
        rank = bisect_left(keys, candidate.label.parts if candidate.label else ())
        weight, previous = _most(best, rank)
        before.append(previous)
        _raise(best, rank + 1, (weight + candidate.weight, position))
        end = max(end, (weight + candidate.weight, position))
    chain: set[int] = set()
    position = end[1]
    while position >= 0:
        chain.add(numbered[position].index)
        position = before[position]
    return frozenset(chain)


def _most(tree: list[tuple[int, int]], rank: int) -> tuple[int, int]:
    best = (0, -1)
    while rank > 0:
        best = max(best, tree[rank])
        rank -= rank & -rank
    return best


def _raise(tree: list[tuple[int, int]], rank: int, value: tuple[int, int]) -> None:
    while rank < len(tree):
        tree[rank] = max(tree[rank], value)
        rank += rank & -rank


def _levels(blocks: Sequence[Block], kept: list[_Candidate]) -> list[int]:
    """Return the level of each heading: as the format states it, else by number, bookmark or size."""
    numbered = [candidate for candidate in kept if candidate.label]
    stated = any(blocks[candidate.index].kind is BlockKind.HEADING and candidate.depth for candidate in kept)
    shift = min((c.depth - len(c.label.parts) for c in numbered if c.label and c.depth), default=0)
    outer = max((blocks[c.index].size for c in numbered if c.label and len(c.label.parts) == 1), default=0.0)
    sizes = sorted({round(blocks[c.index].size, 1) for c in kept if not c.label and not c.depth}, reverse=True)
    levels: list[int] = []
    inner = 0
    for candidate in kept:
        size = blocks[candidate.index].size
        if stated and candidate.depth and blocks[candidate.index].kind is BlockKind.HEADING:
            level = candidate.depth
        elif candidate.label:
            level = inner = len(candidate.label.parts)
        elif candidate.depth:
            level = max(1, candidate.depth - max(shift, 0))
        elif numbered:
            level = 1 if outer and size >= outer - 0.2 else inner + 1
        else:
            level = 1 + sizes.index(round(size, 1))
        levels.append(level)
    return levels
