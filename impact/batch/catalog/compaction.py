"""Put the many small parts of a meeting together, and leave out rows that newer ones replace."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from impact.batch.catalog.catalog import part_sets, parts_of, unreadable
from impact.batch.catalog.files import CatalogFiles
from impact.batch.catalog.layout import beside
from impact.errors import ImpactError
from impact.tables.archived import ARCHIVE_DOCUMENTS, ARCHIVE_FINDINGS
from impact.tables.engine import PartDatabase, open_parts
from impact.tables.parquet import GROUP

_DOCUMENT_ROWS = """
SELECT {columns} FROM proposals
QUALIFY row_number() OVER (PARTITION BY source ORDER BY analyzed_at DESC, analysis DESC) = 1
ORDER BY source
"""

_FINDING_ROWS = """
WITH newest AS (SELECT arg_max(analysis, (analyzed_at, analysis)) AS analysis FROM proposals GROUP BY source)
SELECT {columns} FROM findings
WHERE analysis IN (SELECT analysis FROM newest) OR analysis NOT IN (SELECT analysis FROM proposals)
QUALIFY row_number() OVER (PARTITION BY analysis, finding ORDER BY file, line) = 1
ORDER BY file, line
"""


def compact(files: CatalogFiles, token: str) -> int:
    """Put the parts of each meeting together that has several, and return how many parts went.

    Other processes may write and read meanwhile: the new parts of all meetings, which have the token in their names,
    are there before the old ones go, all at once, and findings stay whose document has no row yet.

    Raises:
        OSError: If a part cannot be read; another process may have put it together.
        ImpactError: If there is no archive, or it cannot be read or written to.
    """
    findings, documents = map(_by_meeting, parts_of(files))
    old: list[str] = []
    for meeting, parts in documents.items():
        if len(parts) > 1:
            beside_them = findings.get(meeting, [])
            _put_together(files, parts, beside_them, token)
            old += (*parts, *beside_them)
    files.remove([_below(path) for path in old])
    return len(old)


def compact_on_request(files: CatalogFiles, token: str) -> int:
    """Put parts together as `compact` does, for a person who waits for it.

    Raises:
        ImpactError: If there is no archive, it cannot be read or written to, or another process is at the same work.
    """
    before = {path for parts in parts_of(files) for path in parts}
    try:
        return compact(files, token)
    except OSError as error:
        if before - {path for parts in parts_of(files) for path in parts}:
            raise ImpactError("another process is putting the parts together", "Try again later") from error
        raise unreadable(files, error) from error


def _put_together(files: CatalogFiles, documents: Sequence[str], findings: Sequence[str], token: str) -> None:
    with open_parts(part_sets(documents, findings), None if files.local else files.store) as database:
        if findings:
            _write(files, database, _FINDING_ROWS.format(columns=_names(ARCHIVE_FINDINGS)), beside(findings[0], token))
        _write(files, database, _DOCUMENT_ROWS.format(columns=_names(ARCHIVE_DOCUMENTS)), beside(documents[0], token))


def _write(files: CatalogFiles, database: PartDatabase, query: str, path: str) -> None:
    with TemporaryDirectory(prefix="impact-") as folder:
        aside = Path(folder, "part.parquet")
        database.write(query, str(aside), GROUP)
        files.put({_below(path): aside.read_bytes()})


def _names(columns: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in columns)


def _below(path: str) -> str:
    """Return the path of a part below the archive."""
    return "/".join(path.split("/")[-3:])


def _by_meeting(parts: Iterable[str]) -> dict[str, list[str]]:
    meetings: dict[str, list[str]] = {}
    for path in parts:
        meetings.setdefault(path.split("/")[-2], []).append(path)
    return meetings
