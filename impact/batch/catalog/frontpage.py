"""The first page of an archive: what to read first, the numbers, and the way to all lists."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from impact.batch.catalog.catalog import ArchiveCatalog, ArchiveTally
from impact.batch.catalog.lines import COLUMNS, DocumentLine, document_line
from impact.batch.catalog.listpages import NAMED, lists_path
from impact.batch.catalog.pageplan import DocumentList
from impact.batch.catalog.selection import ArchiveSelection
from impact.batch.catalog.wording import wording
from impact.batch.portfolio.order import wording as portfolio_wording
from impact.batch.portfolio.reasons import short
from impact.present.cleaning import clipped, plain
from impact.tables.engine import Rows
from impact.tables.states import STATES
from impact.taxonomy import load

FRONT = "index.html"
"""Its path below the archive."""

REFRESH = 30
"""Seconds after which it loads itself again while documents come in. Source: project judgment."""

_REASON = 800


@dataclass(frozen=True, slots=True)
class FirstDocument:
    """A document among the first to read."""

    line: DocumentLine
    reason: str
    quote: str
    number: str
    page: int
    power: str


@dataclass(frozen=True, slots=True)
class ListsLink:
    """The way to the pages that name lists of a kind, and how many lists there are."""

    name: str
    href: str
    count: int


@dataclass(frozen=True, slots=True)
class FrontPage:
    """The first page.

    Attributes:
        first: Rows of the documents to read first.
        lists: How many lists of each kind there are; those by state by their states.
        running: Whether documents are still coming in.
    """

    tally: ArchiveTally
    first: Rows
    kinds: tuple[ListsLink, ...]
    states: tuple[ListsLink, ...]
    running: bool

    @property
    def template(self) -> str:
        """Name of its template."""
        return "batch/catalog/index.html"

    @property
    def path(self) -> str:
        """Its path below the archive."""
        return FRONT

    def content(self) -> str:
        """Return what it shows."""
        return repr((self.tally, self.first, self.kinds, self.states, self.running))

    def shows(self) -> dict[str, Any]:
        """Return the values of its template."""
        words = portfolio_wording()
        return {
            "page": self,
            "refresh": REFRESH,
            "words": words,
            "steps": words.steps,
            "first": [_first(row) for row in self.first],
        }


def front_of(catalog: ArchiveCatalog, lists: Sequence[DocumentList], *, running: bool) -> FrontPage:
    """Return the first page of an archive with these lists."""
    selection = ArchiveSelection(state="assessed")
    columns = (*COLUMNS, "analysis", "reason", "findings", "quote", "quote_number", "quote_page", "quote_mechanism")
    first = catalog.listed(columns, selection, count=portfolio_wording().limits["first"])
    kinds = (_link(kind, [entry for entry in lists if entry.kind == kind]) for kind in NAMED)
    by_state = {entry.key: entry for entry in lists if entry.kind == "state"}
    states = [by_state[state] for state in STATES if state in by_state]
    return FrontPage(
        tally=catalog.tally(),
        first=[row for row in first if row["findings"]],
        kinds=tuple(kinds),
        states=tuple(ListsLink(wording().states[entry.key], entry.path(0), entry.documents) for entry in states),
        running=running,
    )


def _link(kind: str, lists: Sequence[DocumentList]) -> ListsLink:
    return ListsLink(wording().kinds[kind].several, lists_path(kind, 0), len(lists))


def _first(row: dict[str, Any]) -> FirstDocument:
    mechanism = row["quote_mechanism"]
    return FirstDocument(
        line=document_line(row, ""),
        reason=clipped(plain(row["reason"]), _REASON),
        quote=row["quote"],
        number=row["quote_number"],
        page=row["quote_page"],
        power=short(mechanism, load()) if mechanism else "",
    )
