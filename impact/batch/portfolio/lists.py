"""Lists of documents on the page of a portfolio: each row with the document that it points to."""

from dataclasses import dataclass

from impact.batch.containers.lists import MeetingLists
from impact.batch.portfolio.gather import Portfolio, RankedDocument
from impact.batch.record import Record
from impact.records import ListedRow


@dataclass(frozen=True, slots=True)
class PointingRow:
    """A row of a list, and the document that it points to.

    Attributes:
        document: None where it was not analyzed.
        record: None where it is not among the documents.
    """

    row: ListedRow
    document: RankedDocument | None = None
    record: Record | None = None


@dataclass(frozen=True, slots=True)
class PointingList:
    """A list of documents with all its rows."""

    name: str
    rows: tuple[PointingRow, ...]

    @property
    def present(self) -> int:
        """How many of its rows point to a document that is here."""
        return sum(row.record is not None for row in self.rows)


def lists_of(portfolio: Portfolio) -> tuple[PointingList, ...]:
    """Return the lists of a portfolio, by name; each document stands at the row that its report goes by."""
    lists = MeetingLists()
    for record in portfolio.lists:
        lists.add(record.name, record.rows)
    pointed = _pointed(portfolio, lists)
    return tuple(
        PointingList(record.name, tuple(pointed.get(id(row)) or PointingRow(row) for row in record.rows))
        for record in portfolio.lists
    )


def _pointed(portfolio: Portfolio, lists: MeetingLists) -> dict[int, PointingRow]:
    """Return by the identity of a row what it points to; the first in reading order, where it is several."""
    documents: list[tuple[Record, RankedDocument | None]]
    documents = [(document.summary.record, document) for document in portfolio.documents]
    documents += [(record, None) for record in (*portfolio.failures, *portfolio.duplicates)]
    pointed: dict[int, PointingRow] = {}
    for record, document in documents:
        row = None if record.part_of else lists.row_of(record.name)
        if row is not None:
            pointed.setdefault(id(row), PointingRow(row, document, record))
    return pointed
