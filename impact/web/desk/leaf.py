"""The document of the desk in leaves: with a stretch of it at a time, a long document opens as fast as a short one."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from impact.records.report import ReportClause
from impact.web.desk.wording import place

PAGES = 5
"""Pages whose marks come at a time. Source: project judgment; some 30 kB."""

CLAUSES = 40
"""Clauses that come at a time at the least. Source: project judgment; some 25 kB."""

MOST = 60
"""Leaves of a text at the most; those of longer texts have more clauses. Source: project judgment."""

_CLAUSE, _PAGE = re.compile(r"c(\d{1,9})"), re.compile(r"p(\d{1,9})")


@dataclass(frozen=True, slots=True)
class ClauseLeaf:
    """A stretch of the clauses of a text.

    Attributes:
        clauses: Their indexes.
        shown: Whether they are in the page; else only a link to them is.
        words: How it is named, such as "4.1 to 5.2".
        size: Characters in it.
    """

    clauses: range
    shown: bool
    words: str
    size: int

    @property
    def to(self) -> str:
        """What the address of the desk says to show it."""
        return f"c{self.clauses.start}"


def clause_leaves(clauses: Sequence[ReportClause], shown: int, *, paged: bool) -> Iterator[ClauseLeaf]:
    """Yield the leaves of a text; that with the clause of index `shown` is shown."""
    step = max(CLAUSES, -(-len(clauses) // MOST))
    for start in range(0, len(clauses), step):
        stretch = range(start, min(start + step, len(clauses)))
        first, last = (place(clauses[at].number, clauses[at].page, paged=paged) for at in (start, stretch[-1]))
        size = sum(clauses[at].span.end - clauses[at].span.start for at in stretch)
        yield ClauseLeaf(stretch, shown in stretch, first if first == last else f"{first} to {last}", size)


def page_leaf(page: int, pages: int) -> range:
    """Return the numbers of the pages that come with a page."""
    first = (min(max(page, 1), pages) - 1) // PAGES * PAGES + 1
    return range(first, min(first + PAGES, pages + 1))


def clause_named(to: str, clauses: Sequence[ReportClause], chosen: str) -> int:
    """Return the index of the clause that an address names ("c17"), else of the clause with the id `chosen`, else 0."""
    found = _CLAUSE.fullmatch(to)
    if found and int(found[1]) < len(clauses):
        return int(found[1])
    return next((index for index, clause in enumerate(clauses) if clause.id == chosen), 0)


def page_named(to: str, chosen: int) -> int:
    """Return the number of the page that an address names ("p4"), else `chosen`."""
    found = _PAGE.fullmatch(to)
    return int(found[1]) if found else chosen
