"""An archive as a catalog: its Parquet parts, asked for a reading list, for numbers, and for words and articles."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import sleep
from typing import Any, TypeVar

from impact.batch.catalog.files import CatalogFiles
from impact.batch.catalog.layout import DOCUMENTS, FINDINGS
from impact.batch.catalog.ranking import rank
from impact.batch.catalog.selection import EVERYTHING, ArchiveSelection
from impact.errors import ImpactError
from impact.records import Grade
from impact.tables.archived import ARCHIVE_DOCUMENTS, ARCHIVE_FINDINGS
from impact.tables.engine import PartDatabase, PartSet, Rows, open_parts
from impact.tables.states import STATES

Answer = TypeVar("Answer")

PAUSES = (0.2, 1.0, 3.0)
"""Seconds before an archive is asked again in which parts are replaced meanwhile. Source: project judgment."""

FETCHED = 2**28
"""Bytes of the parts of an archive on a remote store up to which all are fetched at the same time before they are
asked: DuckDB reads a part of such a store in several requests, one after another. Source: 20,000 documents (16 MB) take
0.8 s instead of 3.6 s (`bench/archive_queries.py --remote`)."""

_LISTED = """
WITH chosen AS (
  SELECT file, line, position, standing, dense_rank() OVER (ORDER BY proposal) AS rank
  FROM {asked} WHERE {condition}
), page AS (
  SELECT * FROM chosen ORDER BY position LIMIT $count OFFSET $start
)
SELECT if(page.standing = 1, page.rank, NULL) AS place, {columns}
FROM page JOIN documents USING (file, line) ORDER BY page.position
"""


_TALLY = "SELECT grade, standing, count(*) AS number FROM {asked} WHERE {condition} GROUP BY ALL"


@dataclass(frozen=True, slots=True)
class ArchiveTally:
    """How many documents there are of each grade, among those assessed, and of each state.

    Attributes:
        grades: By the values of `impact.records.Grade`.
        states: By `impact.tables.states.STATES`.
    """

    grades: dict[str, int]
    states: dict[str, int]

    @property
    def total(self) -> int:
        """All documents."""
        return sum(self.states.values())


class ArchiveCatalog:
    """The documents of an archive and their findings, as they were when it was opened."""

    def __init__(self, database: PartDatabase) -> None:
        """Rank the documents in a database that has the parts of an archive."""
        self.database = database
        rank(database)

    def tally(self, selection: ArchiveSelection = EVERYTHING) -> ArchiveTally:
        """Return the numbers of a selection."""
        rows = self.database.rows(
            _TALLY.format(asked=_asked(selection), condition=selection.condition()), selection.values()
        )
        grades, states = {grade.value: 0 for grade in Grade}, dict.fromkeys(STATES, 0)
        for row in rows:
            states[STATES[row["standing"] - 1]] += row["number"]
            if row["standing"] == 1:
                grades[row["grade"]] += row["number"]
        return ArchiveTally(grades, states)

    def listed(
        self, columns: Sequence[str], selection: ArchiveSelection = EVERYTHING, start: int = 0, count: int = 100
    ) -> Rows:
        """Return documents of a selection in reading order, with the columns and their place among those selected.

        Further documents of a proposal have the place of its cover; what was not assessed stands last and has none.
        """
        names = ", ".join(f'documents."{name}"' for name in columns)
        query = _LISTED.format(asked=_asked(selection), condition=selection.condition(), columns=names)
        return self.database.rows(query, selection.values() | {"start": start, "count": count})


def _asked(selection: ArchiveSelection) -> str:
    """Return the table that has all that a selection asks for: the ranks alone, where it asks for nothing."""
    return "documents" if selection.values() else "ranked"


def ask(
    files: CatalogFiles, question: Callable[[ArchiveCatalog], Answer], pause: Callable[[float], None] = sleep
) -> Answer:
    """Return what a question gives that is put to the catalog of an archive.

    Where a part is gone that was there before, because another process put it together with others, it is put again
    after pauses that grow.

    Raises:
        ImpactError: If there is no archive, or it cannot be read.
    """
    for seconds in PAUSES:
        try:
            return _answer(files, question)
        except OSError:
            pause(seconds)
    try:
        return _answer(files, question)
    except OSError as error:
        raise unreadable(files, error) from error


def unreadable(files: CatalogFiles, error: OSError) -> ImpactError:
    """Return what to say where a part of an archive cannot be read."""
    hint = "Check the address, your permissions and the network, then try again"
    return ImpactError(f"the archive {files.address} cannot be read: {error.strerror}", hint)


def _answer(files: CatalogFiles, question: Callable[[ArchiveCatalog], Answer]) -> Answer:
    with open_catalog(files) as catalog:
        return question(catalog)


@contextmanager
def open_catalog(files: CatalogFiles) -> Iterator[ArchiveCatalog]:
    """Open the catalog of an archive.

    Raises:
        ImpactError: If there is no archive.
        OSError: If a part cannot be read.
    """
    with ExitStack() as opened:
        sizes = _sizes(files)
        findings, documents = map(list, sizes)
        store = None if files.local else files.store
        if store is not None and sum(size for parts in sizes for size in parts.values()) <= FETCHED:
            folder = Path(opened.enter_context(TemporaryDirectory(prefix="impact-")))
            findings, documents, store = files.fetch(findings, folder), files.fetch(documents, folder), None
        yield ArchiveCatalog(opened.enter_context(open_parts(part_sets(documents, findings), store)))


def part_sets(documents: Sequence[str], findings: Sequence[str]) -> tuple[PartSet, PartSet]:
    """Return the tables of an archive over parts."""
    return PartSet(DOCUMENTS, documents, ARCHIVE_DOCUMENTS), PartSet(FINDINGS, findings, ARCHIVE_FINDINGS)


def parts_of(files: CatalogFiles) -> tuple[list[str], list[str]]:
    """Return the parts with findings, and those with documents, sorted, by the addresses by which they are read.

    Findings are listed first: they are written before the rows of their documents.

    Raises:
        ImpactError: If there is no archive, or it cannot be read.
    """
    findings, documents = map(list, _sizes(files))
    return findings, documents


def _sizes(files: CatalogFiles) -> tuple[dict[str, int], dict[str, int]]:
    """Return the parts as `parts_of` does, each with its bytes."""
    findings, documents = _sizes_of(files, FINDINGS), _sizes_of(files, DOCUMENTS)
    if not documents:
        hint = "Check the address, or write an archive with impact batch SOURCES --archive ADDRESS"
        raise ImpactError(f"there is no archive at {files.address}", hint)
    return findings, documents


def _sizes_of(files: CatalogFiles, table: str) -> dict[str, int]:
    """Return the parts of a table, sorted, with their bytes; 0 for each on this machine.

    Names by which a part would be fetched to a place outside of its folder are left out.
    """
    try:
        found = files.store.find(files.at(table), detail=not files.local)
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except Exception as error:  # each kind of store has its own
        hint = "Check the address, your permissions and the network, then try again"
        message = f"the archive {files.address} cannot be read ({type(error).__name__}: {error})"
        raise ImpactError(message, hint) from error
    parts = sorted(path for path in found if path.endswith(".parquet") and ".." not in path.split("/"))
    if files.local:
        return dict.fromkeys(parts, 0)
    return {files.store.unstrip_protocol(path): found[path]["size"] or 0 for path in parts}


def located(row: dict[str, Any]) -> str:
    """Return the name of a document as lists show it: its number, or its title, or its name in the sources."""
    return str(row["number"] or row["title"] or row["name"])
