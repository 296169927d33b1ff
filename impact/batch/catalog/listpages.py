"""Pages that name all lists of a kind: meetings, groups, sources, rights, powers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from impact.batch.catalog.catalog import ArchiveCatalog
from impact.batch.catalog.lines import list_line, name_of
from impact.batch.catalog.pageplan import ROWS, DocumentList, few_sources
from impact.batch.catalog.wording import ListKind, wording
from impact.batch.portfolio.order import natural
from impact.batch.portfolio.order import wording as portfolio_wording
from impact.taxonomy import load

ALL = "pages/all/list-1.html"
"""The first page of the list of all documents, below the archive."""

NAMED = ("meeting", "group", "source", "right", "power")
"""Kinds whose lists have pages that name them."""


@dataclass(frozen=True, slots=True)
class ListsPage:
    """A page that names lists of a kind.

    Attributes:
        lists: Those on this page.
        number: Its number, from 0.
        pages: How many such pages there are.
        few: How many organizations have too few documents for a list; 0 for other kinds.
    """

    kind: ListKind
    lists: tuple[DocumentList, ...]
    number: int
    pages: int
    few: int

    @property
    def template(self) -> str:
        """Name of its template."""
        return "batch/catalog/lists.html"

    @property
    def path(self) -> str:
        """Its path below the archive."""
        return lists_path(self.kind.id, self.number)

    def content(self) -> str:
        """Return what it shows."""
        return repr((self.lists, self.pages, self.few))

    def shows(self) -> dict[str, Any]:
        """Return the values of its template."""
        return {
            "page": self,
            "kind": self.kind,
            "least": portfolio_wording().limits["compared"],
            "lines": [list_line(entry, "../") for entry in self.lists],
        }


def ways() -> list[tuple[str, str]]:
    """Return the names and paths of the pages that lead to all documents."""
    kinds = wording().kinds
    return [(kinds["all"].several, ALL), *((kinds[kind].several, lists_path(kind, 0)) for kind in NAMED)]


def lists_path(kind: str, number: int) -> str:
    """Return the path of a page that names lists, counted from 0, below the archive."""
    return f"pages/{kind}s-{number + 1}.html"


def lists_pages(catalog: ArchiveCatalog, lists: Sequence[DocumentList]) -> list[ListsPage]:
    """Return the pages that name lists; rights and powers in the order of the taxonomy, others by name."""
    few, pages = few_sources(catalog), []
    for kind in NAMED:
        of_kind = sorted((entry for entry in lists if entry.kind == kind), key=_ORDERS.get(kind, _by_name))
        parts = [tuple(of_kind[start : start + ROWS]) for start in range(0, max(1, len(of_kind)), ROWS)]
        unlisted = few if kind == "source" else 0
        pages += [
            ListsPage(wording().kinds[kind], part, number, len(parts), unlisted) for number, part in enumerate(parts)
        ]
    return pages


def _by_name(entry: DocumentList) -> Any:
    return natural(name_of(entry))


def _by_taxonomy(kind: str) -> Callable[[DocumentList], Any]:
    def place(entry: DocumentList) -> tuple[int, str]:
        taxonomy = load()
        names = [*(taxonomy.rights if kind == "right" else taxonomy.mechanisms)]
        return (names.index(entry.key) if entry.key in names else len(names), entry.key)

    return place


_ORDERS: dict[str, Callable[[DocumentList], Any]] = {"right": _by_taxonomy("right"), "power": _by_taxonomy("power")}
