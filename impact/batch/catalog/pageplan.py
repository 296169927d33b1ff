"""Which pages an archive has: lists of documents by meeting, group, source, right and power, 500 rows a page."""

from collections.abc import Iterable
from dataclasses import dataclass

from impact.batch.catalog.catalog import ArchiveCatalog
from impact.batch.catalog.layout import meeting_slug
from impact.batch.portfolio.order import wording
from impact.records import Grade
from impact.tables.engine import caseless
from impact.tables.states import STATES

ROWS = 500
"""Rows of a page. Source: issue 21; with the longest fields a page stays below 2 MB."""

KINDS = {
    "all": "SELECT '' AS key, '' AS label, * FROM shown",
    "meeting": "SELECT meeting AS key, meeting_name AS label, * FROM shown",
    "group": f"""SELECT {caseless('"group"')} AS key, "group" AS label, *
    FROM shown WHERE standing <> 3""",  # noqa: S608 (names of ours)
    "source": f"""SELECT DISTINCT ON (key, position) {caseless("label")} AS key, *
    FROM (SELECT unnest(organizations) AS label, * FROM shown)""",  # noqa: S608
    "right": "SELECT unnest(rights_primary) AS key, '' AS label, * FROM shown WHERE standing = 1",
    "power": """SELECT unnest(list_concat(mechanisms_firm, mechanisms_doubtful)) AS key, '' AS label, *
    FROM shown WHERE standing = 1""",
    "state": "SELECT state AS key, '' AS label, * FROM shown WHERE standing > 1",
}
"""What gives the lists of each kind: a row a document and list that it is in, with the list's key and label."""

_SHOWN = """
CREATE TABLE shown AS
SELECT analysis, position, proposal, standing, grade, state, meeting, meeting_name, "group", organizations,
  rights_primary, mechanisms_firm, mechanisms_doubtful, same_as
FROM documents
"""

_ENTRIES = """
CREATE TABLE entries (kind VARCHAR, key VARCHAR, label VARCHAR, position BIGINT, page BIGINT, place BIGINT,
  analysis VARCHAR, grade VARCHAR, standing BIGINT, state VARCHAR, same_as VARCHAR)
"""

_ENTER = """
INSERT INTO entries
SELECT {kind}, key, first_value(label) OVER list, position, (row_number() OVER list - 1) // {rows},
  if(standing = 1, dense_rank() OVER (PARTITION BY key ORDER BY proposal), NULL), analysis, grade, standing,
  state, same_as
FROM ({documents}) WINDOW list AS (PARTITION BY key ORDER BY position)
ORDER BY key, position
"""

_LISTS = """
SELECT kind, key, any_value(label) AS label, count(*) AS documents, {counts}
FROM entries GROUP BY kind, key
"""

_PAGES = """
SELECT kind, key, page,
  md5(string_agg(concat(analysis, '|', place, '|', state, '|', same_as), chr(10) ORDER BY position)) AS digest
FROM entries GROUP BY kind, key, page
"""

_FEW = """
SELECT count(*) AS number
FROM (SELECT key FROM entries WHERE kind = 'source' GROUP BY key HAVING count(*) < $least)
"""


@dataclass(frozen=True, slots=True)
class DocumentList:
    """A list of documents that has pages of its own.

    Attributes:
        kind: One of `KINDS`.
        key: What its documents have in common.
        label: The same as people write it; for rights and powers the id.
        slug: Its name in addresses.
        documents: How many there are.
        grades: How many of those assessed have each grade, by the values of `impact.records.Grade`.
        states: How many there are in each state.
    """

    kind: str
    key: str
    label: str
    slug: str
    documents: int
    grades: dict[str, int]
    states: dict[str, int]

    @property
    def pages(self) -> int:
        """How many pages it has."""
        return -(-self.documents // ROWS)

    def path(self, page: int) -> str:
        """Return the path of a page, counted from 0, below the archive."""
        return f"pages/{self.kind}/{self.slug}-{page + 1}.html"


@dataclass(frozen=True, slots=True)
class PlannedPage:
    """A page of a list, counted from 0, and the digest of its rows."""

    list: DocumentList
    number: int
    digest: str

    @property
    def path(self) -> str:
        """Its path below the archive."""
        return self.list.path(self.number)

    def content(self) -> str:
        """Return what it shows, by its digest; the numbers of the whole list stand on its first page."""
        whole = (self.list.grades, self.list.states) if self.number == 0 else ()
        return repr((self.list.label, self.list.pages, self.digest, whole))


def enter(catalog: ArchiveCatalog) -> None:
    """Make the table `entries` in the database of a catalog: a row a document and list that it is in."""
    catalog.database.run(_SHOWN)
    catalog.database.run(_ENTRIES)
    for kind, documents in KINDS.items():
        catalog.database.run(_ENTER.format(kind=f"'{kind}'", documents=documents, rows=ROWS))


def lists_of(catalog: ArchiveCatalog) -> list[DocumentList]:
    """Return the lists of an archive whose documents were entered, in no order."""
    grades = (f"count(*) FILTER (standing = 1 AND grade = '{grade.value}') AS \"{grade.value}\"" for grade in Grade)
    states = (f'count(*) FILTER (standing = {place}) AS "state {place}"' for place, _ in enumerate(STATES, start=1))
    rows = catalog.database.rows(_LISTS.format(counts=", ".join((*grades, *states))))
    least = wording().limits["compared"]
    return [_list(row) for row in rows if row["kind"] != "source" or row["documents"] >= least]


def few_sources(catalog: ArchiveCatalog) -> int:
    """Return how many organizations have too few documents for a list of their own."""
    (row,) = catalog.database.rows(_FEW, {"least": wording().limits["compared"]})
    return int(row["number"])


def pages_of(catalog: ArchiveCatalog, lists: Iterable[DocumentList]) -> list[PlannedPage]:
    """Return the pages of lists, in no order."""
    by_key = {(entry.kind, entry.key): entry for entry in lists}
    rows = catalog.database.rows(_PAGES)
    pairs = ((by_key.get((row["kind"], row["key"])), row) for row in rows)
    return [PlannedPage(entry, row["page"], row["digest"]) for entry, row in pairs if entry]


def _list(row: dict[str, object]) -> DocumentList:
    kind, key = str(row["kind"]), str(row["key"])
    slug = "list" if kind == "all" else meeting_slug(key.replace(" ", "-") if kind == "state" else key)
    label = str(row["label"]) or key
    grades = {grade.value: int(str(row[grade.value])) for grade in Grade}
    states = {state: int(str(row[f"state {place}"])) for place, state in enumerate(STATES, start=1)}
    return DocumentList(kind, key, label, slug, int(str(row["documents"])), grades, states)
