"""Make the pages of an archive from its Parquet parts: only those are written whose rows have changed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files as resources
from itertools import islice
from typing import Any

from impact.batch.catalog import page_digests
from impact.batch.catalog.catalog import ArchiveCatalog, ask
from impact.batch.catalog.files import CatalogFiles
from impact.batch.catalog.frontpage import FrontPage, front_of
from impact.batch.catalog.lines import COLUMNS, document_line, title_of
from impact.batch.catalog.listpages import ListsPage, lists_pages, ways
from impact.batch.catalog.page_digests import PageChanges
from impact.batch.catalog.pageplan import PlannedPage, enter, lists_of, pages_of
from impact.batch.catalog.wording import wording
from impact.batch.portfolio.page import sorting_script
from impact.present.templates import render

ArchivePage = PlannedPage | ListsPage | FrontPage
"""Pages of all kinds."""

AT_A_TIME = 50
"""Pages that are written together. Source: project judgment; some 15 MB."""

_CHANGED = "CREATE TABLE changed AS SELECT unnest($kinds) AS kind, unnest($keys) AS key, unnest($pages) AS page"
_LINES = f"""
CREATE TABLE lines AS SELECT position, {", ".join(f'"{name}"' for name in COLUMNS)} FROM documents
WHERE position IN (SELECT position FROM entries SEMI JOIN changed USING (kind, key, page))
"""  # noqa: S608 (names of ours)
_PAGE = """
SELECT place, lines.* FROM entries JOIN lines USING (position)
WHERE kind = $kind AND key = $key AND page = $page ORDER BY position
"""


@dataclass(frozen=True, slots=True)
class _Making:
    """What pages are made with: the catalog with its entries, where they go, and when."""

    catalog: ArchiveCatalog
    now: datetime

    def draw(self, page: ArchivePage) -> bytes:
        """Return a page as the bytes of its file."""
        shared = {"now": self.now, "version": version("impact-rights"), "ways": ways(), **sorting_script()}
        shared["root"] = "../" * page.path.count("/")
        if isinstance(page, PlannedPage):
            return render("batch/catalog/documents.html", shared | self._documents(page)).encode()
        return render(page.template, shared | page.shows()).encode()

    def _documents(self, page: PlannedPage) -> dict[str, Any]:
        values = {"kind": page.list.kind, "key": page.list.key, "page": page.number}
        rows = self.catalog.database.rows(_PAGE, values)
        return {
            "page": page,
            "title": title_of(page.list),
            "kind": wording().kinds[page.list.kind],
            "lines": [document_line(row, "../../") for row in rows],
        }


def make_pages(files: CatalogFiles, now: datetime, *, running: bool = False) -> PageChanges:
    """Write the pages of an archive whose rows have changed, and remove those that have none any more.

    Args:
        files: The archive.
        now: When; it stands on the pages that are written.
        running: Whether documents are still coming in; the first page then says so and loads itself again.

    Raises:
        ImpactError: If there is no archive, or it cannot be read or written to.
    """
    return ask(files, lambda catalog: _make(files, _Making(catalog, now.astimezone(UTC)), running=running))


def _make(files: CatalogFiles, making: _Making, *, running: bool) -> PageChanges:
    before = page_digests.read(files)
    enter(making.catalog)
    lists = lists_of(making.catalog)
    front = front_of(making.catalog, lists, running=running)
    pages: list[ArchivePage] = [*pages_of(making.catalog, lists), *lists_pages(making.catalog, lists), front]
    digests = {page.path: _digest(page) for page in pages}
    changed = [page for page in pages if before.get(page.path) != digests[page.path]]
    _lay_out(making.catalog, [page for page in changed if isinstance(page, PlannedPage)])
    drawn = ((page.path, making.draw(page)) for page in changed)
    while batch := dict(islice(drawn, AT_A_TIME)):
        files.put(batch)
    gone = before.keys() - digests.keys()
    files.remove(sorted(gone))
    if changed or gone:
        page_digests.keep(files, before, digests)
    return PageChanges(len(changed), len(pages) - len(changed), len(gone))


def _lay_out(catalog: ArchiveCatalog, pages: Sequence[PlannedPage]) -> None:
    """Make the table of the documents that pages show."""
    if pages:
        values: dict[str, list[str | int]] = {
            "kinds": [page.list.kind for page in pages],
            "keys": [page.list.key for page in pages],
            "pages": [page.number for page in pages],
        }
        catalog.database.run(_CHANGED, values)
        catalog.database.run(_LINES)


def _digest(page: ArchivePage) -> str:
    return sha256(f"{_program()}\0{page.content()}".encode()).hexdigest()[:32]


@cache
def _program() -> str:
    """Return a digest of what draws pages: the version, the templates and the wording."""
    rooms = ("batch/catalog", "batch/portfolio", "present")
    texts = (text for room in rooms for text in _texts(room))
    return sha256("\0".join((version("impact-rights"), *texts)).encode()).hexdigest()


def _texts(room: str) -> Iterator[str]:
    folder = resources("impact").joinpath(*room.split("/"))
    contents: Iterable[Any] = (*folder.iterdir(), *folder.joinpath("templates").iterdir())
    names = sorted((file for file in contents if file.is_file()), key=lambda file: str(file.name))
    yield from (file.read_text("utf-8") for file in names if not file.name.endswith(".pyc"))
