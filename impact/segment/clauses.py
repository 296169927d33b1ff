"""A document into clauses, in one walk over its blocks."""

import re
from dataclasses import dataclass, field, replace

from impact.records import Block, BlockKind, Clause, ClauseKind, Document, Span, Strength
from impact.segment.chains import CountedBlock, NumberedBlock, counted_numbers, running_numbers
from impact.segment.contents import contents_blocks
from impact.segment.headings import Heading, find_headings, spanning
from impact.segment.kinds import COVER_FIELDS, cover_end, is_cover_line, is_quoted, kind_of
from impact.segment.numbers import LIST_STYLES, Label, Style, read_label, read_number
from impact.segment.outline import Outline
from impact.segment.parts import is_entry, is_informative, is_operative
from impact.segment.pieces import cut_block, cut_endless, cut_long
from impact.segment.sentences import sentences
from impact.segment.strength import house_of, leads_citation, leads_examples, strengths_of, strongest

COVER = 5_000
"""Characters in which a document says whose it is. Source: the covers of 3GPP specifications and of ETSI's editions of
them, a page or two."""

_COUNTED = frozenset({Style.PLAIN, Style.NAMED})
"""Numbers that number a paragraph only where they count on."""
_ARTICLE = re.compile(r"(?:Article|Art\.)\s+\w+\s*[.:\u2013\u2014]", re.IGNORECASE)
_WORDS = 4
"""Least words of a paragraph with such a number. Source: project judgment; cells of tables have fewer."""


def segment(document: Document, language: str = "") -> tuple[Clause, ...]:
    """Cut a document into clauses, in the order of the text.

    Its language (an ISO 639-1 code) decides which wordings bind, beside those that do so in all documents.

    Every block gives at least one clause; headings, contents, references and boilerplate are clauses that are not
    assessed. Spans do not overlap; characters between them are white space, numbers and bullets.

    Addresses: "7.2" for a heading or numbered paragraph, "7.2/p2" for the second paragraph under it, "7.2/b/ii" for
    list items, "7.2/t1r3" for the third row of its first table, the label of a requirement as it is ("REQ-7"). A
    heading without number gives its words ("privacy/threats/p1"), what is given twice ends in "~2", "~3", and the
    second part of a long block in "-2".
    """
    texts = [block.span.of(document.text) for block in document.blocks]
    contents = contents_blocks(document, texts)
    headings = find_headings(document, texts, contents)
    running, counted = _running(document, texts, headings), _counted(document, texts, headings)
    walk = _Walk(document, headings, contents, running, counted, cover_end(document, headings), language)
    walk.outline.spanning = spanning(headings.values(), len(document.text))
    for index, (block, text) in enumerate(zip(document.blocks, texts, strict=True)):
        walk.enter(index, block, text)
    return tuple(walk.clauses)


def _running(document: Document, texts: list[str], headings: dict[int, Heading]) -> frozenset[int]:
    labels: list[NumberedBlock | None] = []
    for index, (block, text) in enumerate(zip(document.blocks, texts, strict=True)):
        if index in headings:
            labels.append(None)
        elif block.kind in {BlockKind.PARAGRAPH, BlockKind.ITEM}:
            label = read_number(block.number) if block.number else read_label(text)
            if label and label.style is Style.DECIMAL and label.written.endswith("."):
                level = block.level if block.kind is BlockKind.ITEM else 0
                labels.append(NumberedBlock(index, label.parts[0][1], level))
    return running_numbers(labels)


def _counted(document: Document, texts: list[str], headings: dict[int, Heading]) -> frozenset[int]:
    labels: list[CountedBlock] = []
    section, numbered, operative = 0, False, False
    for index, (block, text) in enumerate(zip(document.blocks, texts, strict=True)):
        if heading := headings.get(index):
            operative = is_operative(document.text[heading.start : heading.end])
            section, numbered = section + 1, numbered or bool(heading.number)
        elif block.kind in {BlockKind.PARAGRAPH, BlockKind.ITEM} and not block.number:
            label = read_label(text)
            if label and _may_count(label, text, bare=operative or not numbered):
                name = label.written.rpartition(" ")[0]
                labels.append(CountedBlock(index, name, label.parts[0][1:], section, operative))
    return counted_numbers(labels)


def _may_count(label: Label, text: str, *, bare: bool) -> bool:
    """Return whether the number of a paragraph may be its own: "Article 4. Records", not "Article 4 of the Code"."""
    rest = text[label.end :]
    if label.style not in _COUNTED or not label.parts or label.parts[0][0] or len(rest.split()) < _WORDS:
        return False
    return rest[0].isalpha() and (bare if label.style is Style.PLAIN else bool(_ARTICLE.match(text)))


@dataclass(frozen=True, slots=True)
class _Stem:
    depth: int
    span: Span
    strength: Strength


@dataclass(frozen=True, slots=True)
class _Entry:
    """One unit on its way to a clause; `depth` is 0 for all but list items."""

    block: Block
    span: Span
    number: str
    address: str
    walls: tuple[int, ...] = ()
    item: bool = False
    depth: int = 0
    forced: ClauseKind | None = None


@dataclass(slots=True)
class _Walk:
    document: Document
    headings: dict[int, Heading]
    contents: frozenset[int]
    running: frozenset[int]
    counted: frozenset[int]
    cover: int
    language: str
    clauses: list[Clause] = field(default_factory=list)
    outline: Outline = field(default_factory=Outline)
    stems: list[_Stem] = field(default_factory=list)
    pending: Label | None = None
    house: str = ""
    on_cover: bool = False
    near_start: bool = False
    cited: bool = False

    def __post_init__(self) -> None:
        self.house = house_of(self.document.text[:COVER])

    def enter(self, index: int, block: Block, text: str) -> None:
        """Make the clauses of one block; call it in the order of the text."""
        self.on_cover, self.near_start = index < self.cover, index < COVER_FIELDS and not self.outline.last
        if not text.strip():
            return
        heading = self.headings.get(index)
        if heading:
            self._heading(heading)
            return
        self.outline.leave_heading()
        if block.kind is BlockKind.ROW:
            self._row(block)
        else:
            units = [block.span] if index in self.contents else cut_block(block, text, self.outline.last)
            for unit in units:
                self._unit(index, block, unit)

    def _heading(self, heading: Heading) -> None:
        self.stems.clear()
        title = self.document.text[heading.start : heading.end].strip()
        section = self.outline.open_heading(heading, " ".join(title.split()))
        titles = self.outline.titles[:-1]
        span = Span(heading.start, heading.end)
        page = self.document.page(span)
        self.clauses.append(Clause(section.key, section.number, titles, ClauseKind.HEADING, page, span))

    def _row(self, block: Block) -> None:
        cells = [cell for cell in block.cells if cell.of(self.document.text).strip()]
        first = cells[0].of(self.document.text).strip() if cells else ""
        label = read_label(first + " X") if len(cells) > 1 and first else None
        is_number = label is not None and label.end >= len(first) and label.style is not Style.BULLET
        names = [cell.of(self.document.text) for cell in cells]
        if label and is_number and label.style is Style.REQUIREMENT:
            number, address = self.outline.named(label)
        elif label and is_number and label.style is Style.DOTTED and self.outline.numbers_section(label):
            number, address = self.outline.open_paragraph(label)
        else:
            is_number = False
            number, address = self.outline.row(block.table, names)
        start = cells[1].start if is_number else block.span.start
        walls = tuple(cell.start for cell in cells)
        self._clause(_Entry(block, Span(start, block.span.end), number, address, walls))

    def _unit(self, index: int, block: Block, unit: Span) -> None:
        text = unit.of(self.document.text)
        label = None if index in self.contents else self._label(index, unit, text)
        start = unit.start + (label.end if label else 0)
        if label and start >= unit.end:
            if label.style is Style.DOTTED:
                self.pending = label
            start = unit.start
        is_item = block.kind is BlockKind.ITEM or (label is not None and label.style in LIST_STYLES)
        is_item = is_item and index not in self.running
        runs = label is not None and index in self.running and unit.start == block.span.start
        if label and runs:
            number, address = self.outline.open_paragraph(label)
        else:
            number, address = self._place(label, block)
        span = Span(start, unit.end)
        if is_informative(text):
            self.outline.make_informative()
        forced = ClauseKind.CONTENTS if index in self.contents else None
        depth = (block.level if block.kind is BlockKind.ITEM else 0) or self.outline.lists.depth or 1
        self._clause(_Entry(block, span, number, address, (), is_item, depth if is_item else 0, forced))

    def _label(self, index: int, unit: Span, text: str) -> Label | None:
        """Return the number of a unit that counts as one, in the text, computed, or left over by the block before."""
        block = self.document.blocks[index]
        if block.kind in {BlockKind.CODE, BlockKind.CAPTION, BlockKind.CONTENTS}:
            return None
        label = read_number(block.number) if block.number and unit.start == block.span.start else None
        label = label or read_label(text)
        pending, self.pending = self.pending, None
        counts = index in self.counted and unit.start == block.span.start
        if label is None or (label.style in _COUNTED and not counts):
            return replace(pending, end=0) if pending else None
        if label.style is Style.DOTTED:
            numbers = block.kind is not BlockKind.NOTE and self.outline.numbers_section(label)
            return label if block.number or numbers else None
        return label

    def _place(self, label: Label | None, block: Block) -> tuple[str, str]:
        if label and label.style is Style.BULLET:
            self.outline.lists.place(label, block.level if block.kind is BlockKind.ITEM else 0)
        if label is None or label.style is Style.BULLET:
            return self.outline.paragraph()
        if label.style in {Style.DOTTED, Style.NAMED}:
            return self.outline.open_paragraph(label)
        if label.style is Style.PLAIN:
            return self.outline.counted(label)
        if label.style is Style.REQUIREMENT:
            return self.outline.named(label)
        return self.outline.item(label, block.level if block.kind is BlockKind.ITEM else 0)

    def _clause(self, entry: _Entry) -> None:
        text, block = self.document.text, entry.block
        whole = sentences(text, entry.span, entry.walls)
        stem = self._stem(entry.depth) if entry.item else None
        strengths: tuple[Strength, ...] = ()
        groups = cut_long(text, whole) if block.kind is BlockKind.PARAGRAPH else [whole]
        for ordinal, group in enumerate(cut_endless(groups)):
            strengths = strengths_of([sentence.of(text) for sentence in group], self.house, self.language)
            binding = stem is not None and stem.strength in (Strength.MUST, Strength.SHOULD)
            if stem and not binding and leads_examples(stem.span.of(text)):
                strengths = (Strength.DESCRIPTIVE,) * len(group)
            elif stem and strongest(strengths) is Strength.DESCRIPTIVE:
                strengths = (stem.strength, *strengths[1:])
            self._add(entry, group, strengths, ordinal, stem)
        if not is_quoted(block, entry.span.of(text)):
            self.cited = leads_citation(whole[-1].of(text))
        self._introduce(entry, whole[-1], strengths[-1])

    def _add(
        self, entry: _Entry, group: tuple[Span, ...], strengths: tuple[Strength, ...], ordinal: int, stem: _Stem | None
    ) -> None:
        span, strength = Span(group[0].start, group[-1].end), strongest(strengths)
        self.clauses.append(
            Clause(
                id=self.outline.addresses.give(f"{entry.address}-{ordinal + 1}") if ordinal else entry.address,
                number=entry.number,
                headings=self.outline.titles,
                kind=entry.forced or self._kind(entry.block, span, strength, stem),
                page=self.document.page(span),
                span=span,
                strength=strength,
                sentences=group,
                stem=stem.span if stem else None,
                strengths=strengths,
            )
        )

    def _kind(self, block: Block, span: Span, strength: Strength, stem: _Stem | None) -> ClauseKind:
        text = span.of(self.document.text)
        if stem and strength is Strength.DESCRIPTIVE and is_entry(text, stem.span.of(self.document.text)):
            return ClauseKind.CONTENTS
        on_cover = self.on_cover or (self.near_start and block.kind is BlockKind.ROW)
        if on_cover and is_cover_line(self.document, block, text, certain=self.on_cover):
            return ClauseKind.BOILERPLATE
        if self.cited and is_quoted(block, text):
            return ClauseKind.INFORMATIVE
        return kind_of(block, text, strength, self.outline.here.part, self.outline.ordinal)

    def _stem(self, depth: int) -> _Stem | None:
        return next((stem for stem in reversed(self.stems) if not depth or stem.depth < depth), None)

    def _introduce(self, entry: _Entry, last: Span, strength: Strength) -> None:
        """Remember the last sentence where it introduces a list; a paragraph that does not closes the lists."""
        opens = last.of(self.document.text).rstrip(" \u2013\u2014-").endswith((":", "\uff1a"))
        self.stems = [stem for stem in self.stems if entry.item and stem.depth < entry.depth]
        if opens:
            self.stems.append(_Stem(entry.depth, last, strength))
