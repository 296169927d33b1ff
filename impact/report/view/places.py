"""Where the clauses of one document stand, to name, to link to and to quote."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from impact.present.cleaning import GAP, clipped, ended, plain
from impact.present.lists import begun
from impact.present.places import NUMBERED, UNDER, UNDER_SEVERAL, PlaceKind, number, place, place_name, standing
from impact.records import Assessment, BlockKind, Clause, ClauseKind, Span
from impact.report.quotes.lead_ins import items
from impact.report.quotes.quote import Piece, beginning, pieces

LEANING = re.compile(r"(?:Otherwise|In (?:this|that|such|these|those)(?: an?)? cases?|If (?:so|not))\b")
"""How a clause begins that says nothing without the one before it, which has the case. Source: project judgment."""

PROSE = {ClauseKind.REQUIREMENT, ClauseKind.STATEMENT, ClauseKind.INFORMATIVE}
CELL = " | "
"""What stands between cells of a row that are quoted; in the text it is a tabulator."""

TELLING = 8
"""Words from which a cell is quoted without the others of its row. Source: project judgment; a sentence has as many."""

CASE = 400
"""Characters of that case."""


class OfClause(Protocol):
    """What stands in a clause: a finding, a safeguard, a citation."""

    @property
    def clause(self) -> str:
        """Id of the clause."""


Quotable = TypeVar("Quotable", bound=OfClause)


@dataclass(frozen=True, slots=True)
class Location:
    """A place to name and to link to: official number, page in words, id of the clause in the register.

    Attributes:
        margin: What stands beside a quote: the number, or without number and page the section.
    """

    number: str
    page: str
    anchor: str
    full: str
    margin: str


class Places:
    """Where the clauses of one assessment are, asked by id."""

    def __init__(self, assessment: Assessment) -> None:
        self._document, self._clauses, self._index = assessment.document, assessment.clauses, assessment.index
        self.clause, self.position = assessment.index.clause, assessment.index.position
        self.in_sections_of = assessment.index.in_sections_of
        self._sentences = {row.clause: row.sentence for row in assessment.salience if row.sentence}
        rows = [block for block in assessment.document.blocks if block.kind is BlockKind.ROW]
        self._rows = {cell.start: row.cells for row in rows for cell in row.cells}

    def stem(self, address: str) -> str:
        """Return the words that introduce the list of which the clause with this id is an item; empty for most others.

        For a clause that begins with "Otherwise" and the like they are those of the clause before it. Of many words
        the last ones, which lead to the clause.
        """
        clause, position = self.clause(address), self.position(address)
        if clause.stem:
            return ended(plain(self._document.quote(clause.stem)), 240)
        if position < 1 or not LEANING.match(self._document.quote(clause.span)):
            return ""
        case = self._clauses[position - 1]
        follows = case.headings == clause.headings and case.kind in PROSE and case.stem is None
        return ended(plain(self._document.quote(case.span)), CASE) if follows else ""

    def is_quoted(self, address: str, quoted: Iterable[str]) -> bool:
        """Return whether a quote of one of some clauses tells this one too: as an item below it, or as its lead-in."""
        return any(self._below(address, clause) or self._above(address, clause) for clause in quoted)

    def telling(self, passages: Iterable[Quotable], most: int) -> list[Quotable]:
        """Return the first passages to quote, at most so many, without those that an earlier quote tells too."""
        chosen: list[Quotable] = []
        for passage in passages:
            if len(chosen) < most and not self.is_quoted(passage.clause, [earlier.clause for earlier in chosen]):
                chosen.append(passage)
        return chosen

    def _below(self, item: str, lead: str) -> bool:
        stem = self.clause(item).stem
        if stem is None or not stem.meets(self.clause(lead).span):
            return False
        return plain(self._document.quote(self.clause(item).span)) in plain(self._items(lead))

    def _above(self, lead: str, item: str) -> bool:
        stem = self.clause(item).stem
        return stem is not None and stem.meets(self.clause(lead).span) and GAP not in self.stem(item)

    def _items(self, lead: str) -> str:
        return items(self._document.text, self._clauses[self.position(lead) :])

    def where(self, address: str) -> Location:
        """Return where the clause with this id stands."""
        return self._where(self.clause(address))

    def numbered(self, address: str) -> str:
        """Return the official number of a clause as a list of places has it, "4.1" or "section 4.1"; empty without."""
        name = place_name(self.clause(address), self._document)
        return f"{UNDER}{name.text}" if name.kind is PlaceKind.SECTION else plain(self.clause(address).number)

    def passage(self, address: str, evidence: Iterable[Span], limit: int) -> tuple[Location, tuple[Piece, ...]]:
        """Return words of a clause as `pieces`, and where they begin: a long clause may be quoted from a later page.

        Words that introduce a list are followed by its items, as far as there is room. Of a row the cell with all
        evidence is quoted, if it says enough alone; else its cells are parted.
        """
        clause, text, marks = self.clause(address), self._document.text, tuple(evidence)
        core = self._core(address, marks)
        span = self._telling_cell(clause, (*marks, *core)) or clause.span
        page = self._document.layout.page(beginning(text, span, core, limit))
        runs = pieces(text, span, marks, limit, core)
        if clause.span.start in self._rows:
            runs = tuple(replace(run, text=run.text.replace("\t", CELL)) for run in runs)
        listed = "" if runs[-1].gap else self._items(address)
        return self._where(replace(clause, page=page)), (*runs, *([Piece(listed)] if listed else []))

    def _telling_cell(self, clause: Clause, marks: tuple[Span, ...]) -> Span | None:
        """Return the cell of a row that has all of some words and is long enough to be quoted alone; else None."""
        cells = [cell for cell in self._rows.get(clause.span.start, ()) if marks and all(map(cell.covers, marks))]
        return next((cell for cell in cells if len(cell.of(self._document.text).split()) >= TELLING), None)

    def _core(self, address: str, marks: tuple[Span, ...]) -> tuple[Span, ...]:
        """Return the most salient sentence of a clause whose evidence is single words, which say less; else that."""
        sentence = self._sentences.get(address)
        weak = marks and not any(" " in self._document.quote(mark) for mark in marks)
        return (sentence,) if weak and sentence else marks

    def _where(self, clause: Clause) -> Location:
        page = f"page {clause.page}" if self._document.paged else ""
        full = clipped(place(clause, self._document), 80)
        official = clipped(number(clause.number), 60)
        margin = official if clause.number or page else begun(full)
        return Location(official, page, f"c{self.position(clause.id) + 1}", full, margin)

    def of(self, clauses: Iterable[str]) -> tuple[Location, ...]:
        """Return where these clauses stand in the order of the text, pages of one number joined."""
        ordered = [self.clause(clause) for clause in sorted(clauses, key=self.position)]
        return tuple(
            replace(self.where(clause.id), full=clipped(name, 80))
            for name, clause in standing(ordered, self._document).items()
        )


def in_clauses(places: Sequence[str]) -> list[str]:
    """Return places with "clause" or "clauses" before the first that is a mere number: "1 (p. 5)" alone puzzles.

    Of sections alone, only the first has "sections" before it.
    """
    if len(places) > 1 and all(place.startswith(UNDER) for place in places):
        first, *others = (place.removeprefix(UNDER) for place in places)
        return [f"{UNDER_SEVERAL}{first}", *others]
    bare = [at for at, place in enumerate(places) if NUMBERED.match(place)]
    lead = "clauses" if len(bare) > 1 else "clause"
    return [f"{lead} {place}" if at in bare[:1] else place for at, place in enumerate(places)]
