"""Cuts blocks that hold several units of judgment."""

import re
from collections.abc import Sequence
from itertools import pairwise

from impact.records import Block, BlockKind, Span, Strength
from impact.segment.numbers import Label, Style, follows, read_label
from impact.segment.strength import strength_of

LONG = 1_200
"""Characters after which a clause of several requirements is cut, once it has twice as many. Source: project judgment;
two or three paragraphs of usual length."""

MOST = 20_000
"""Characters of a clause at the most, whatever it is. Source: project judgment; far above any clause that a person
wrote, and the cost of judging one grows with its square."""

_BULLET = re.compile(r"(?<=\s)[•▪●■❑➢✓\uf0b7\uf0a7\uf0d8]\s+(?=\S)")
_INNER = re.compile(
    r"(?<=[.;:,)\u201d]\s)(?=\d{1,3}(?:\.\d{1,3}){1,6}[a-z]?\s+[A-Z\"\u201c(])"
    r"|(?<=[.;:]\s)(?=\(?(?:[a-z]{1,4}|\d{1,2})\)\s+\S)|(?<=[;,]\s(?:and|but)\s)(?=\(?(?:[a-z]{1,4}|\d{1,2})\)\s+\S)"
    r"|(?<=[;,]\sor\s)(?=\(?(?:[a-z]{1,4}|\d{1,2})\)\s+\S)"
)


def cut_block(block: Block, text: str, last: Label | None) -> list[Span]:
    """Return the units of a block: one, unless it is a paragraph or item in which numbers or bullets run together.

    Numbers inside must follow `last`, the number before the block.
    """
    if block.kind not in {BlockKind.PARAGRAPH, BlockKind.ITEM} or len(text) < 40:
        return [block.span]
    cuts = {match.start() for match in _BULLET.finditer(text)}
    cuts.update(_numbered(text, last))
    borders = [0, *sorted(cuts), len(text)]
    start = block.span.start
    pieces = [(a, a + len(text[a:b].rstrip())) for a, b in pairwise(borders)]
    return [Span(start + a, start + b) for a, b in pieces if b > a]


def _numbered(text: str, last: Label | None) -> list[int]:
    """Return where numbers stand inside a block that go on from each other."""
    first = read_label(text)
    section = first if first and first.style is Style.DOTTED else last
    letters: dict[bool, Label] = {}
    if first and first.style in {Style.ALPHA, Style.ROMAN, Style.DECIMAL}:
        letters[first.written.startswith("(")] = first
    starts: list[int] = []
    for match in _INNER.finditer(text):
        label = read_label(text[match.start() : match.start() + 60])
        if label is None:
            continue
        before = section if label.style is Style.DOTTED else letters.get(label.written.startswith("("))
        if before is None or not _comes_next(before, label):
            continue
        starts.append(match.start())
        if label.style is Style.DOTTED:
            section = label
        else:
            letters[label.written.startswith("(")] = label
    return starts


def _comes_next(before: Label, label: Label) -> bool:
    if label.style is Style.DOTTED:
        return label.parts[:-1] == before.parts[:-1] and follows(before.parts, label.parts)
    (_, old, letter), (_, new, following) = before.parts[0], label.parts[0]
    if label.style is Style.DECIMAL:
        return before.style is Style.DECIMAL and new == old + 1
    return (len(letter) == len(following) == 1 and ord(following) - ord(letter) == 1) or (new == old + 1 and new > 1)


def cut_long(text: str, spans: Sequence[Span]) -> list[tuple[Span, ...]]:
    """Group the sentences of a clause: all in one group, unless the clause is long and has several requirements.

    A group ends before the requirement that would make it longer than `LONG` characters.
    """
    if not spans or spans[-1].end - spans[0].start <= 2 * LONG:
        return [tuple(spans)]
    groups: list[list[Span]] = [[]]
    for sentence in spans:
        group = groups[-1]
        too_long = group and sentence.end - group[0].start > LONG
        if too_long and strength_of(sentence.of(text)) in {Strength.MUST, Strength.SHOULD}:
            groups.append([])
        groups[-1].append(sentence)
    return [tuple(group) for group in groups]


def cut_endless(groups: Sequence[tuple[Span, ...]]) -> list[tuple[Span, ...]]:
    """Return groups of sentences with each that is longer than `MOST` cut before the sentence that makes it so."""
    cut: list[tuple[Span, ...]] = []
    for group in groups:
        first = 0
        for place, sentence in enumerate(group):
            if place > first and sentence.end - group[first].start > MOST:
                cut.append(group[first:place])
                first = place
        cut.append(group[first:])
    return cut
