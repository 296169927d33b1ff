"""Made-up archives: Parquet parts as workers write them, from made-up reports."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from runpy import run_path
from types import SimpleNamespace

from impact.batch.archive.files import open_archive
from impact.batch.catalog.catalog import ask
from impact.batch.catalog.layout import DOCUMENTS, FINDINGS, part_path
from impact.batch.catalog.rows import ArchivedReading, archived, document_part, finding_part, removed
from impact.records.report_json import from_json

MADE = SimpleNamespace(**run_path(str(Path(__file__).with_name("made_reports.py"))))
AT = datetime(2026, 11, 30, 6, tzinfo=UTC)


def reading(record, *, minutes=0, meeting="SG13"):
    at = AT + timedelta(minutes=minutes)
    return ArchivedReading(
        record=record, source=f"s3://in/{meeting}/{record.name}", meeting=meeting, at=at, program="0.1.0"
    )


def document(name, found=(), *, minutes=0, meeting="SG13", record=None, **fields):
    """Return the rows of a document that was analyzed so many minutes after `AT`."""
    record = record or MADE.record(name, folder=f"results/{meeting}-{name}")
    return archived(
        reading(record, minutes=minutes, meeting=meeting), from_json(MADE.report(found, **fields)), MADE.TAXONOMY
    )


def failure(name, *, meeting="SG13", **fields):
    return archived(
        reading(MADE.failed(name, folder=f"results/{name}", **fields), meeting=meeting), None, MADE.TAXONOMY
    )


def gone(name, *, minutes=0, meeting="SG13"):
    return removed(reading(MADE.record(name), minutes=minutes, meeting=meeting))


def lay(address, *parts):
    """Write parts, each a list of documents of one meeting, and return the files of the archive."""
    files = open_archive(str(address))
    for number, rows in enumerate(parts):
        put(files, rows, f"p{number}")
    return files


def put(files, rows, token):
    meeting = rows[0].document[0].meeting_name
    if data := finding_part(rows):
        files.put({part_path(FINDINGS, meeting, token): data})
    files.put({part_path(DOCUMENTS, meeting, token): document_part(rows)})


def names(files, selection=None, **page):
    """Return the names of the documents in an archive, in reading order."""
    return [row["name"] for row in rows(files, selection, **page)]


def rows(files, selection=None, **page):
    columns = ("name", "state", "same_as", "title", "grade")
    more = {"selection": selection} if selection else {}
    return ask(files, lambda catalog: catalog.listed(columns, **more, **page))
