"""The results of a document in an archive: a folder that never changes, and rows that point to it."""

import json
from collections.abc import Container
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from functools import cache
from hashlib import sha256
from urllib.parse import quote

from impact.batch.archive.files import SHARDS, ArchiveFiles, folder_of_result
from impact.batch.archive.listing import ListedSource
from impact.batch.catalog.rows import ArchivedDocument, ArchivedReading, archived, removed
from impact.batch.containers.source_file import SourceFile
from impact.batch.filed import digest_of, filing_of
from impact.batch.job import BatchJob, Done, Failed, Setup, Ticket
from impact.batch.portfolio.gather import REPORT, report_of
from impact.batch.record import FILE_NAME, Record, RecordOutcome, from_json, to_json
from impact.batch.runlog import UNCHANGED, DocumentEvent
from impact.batch.station import read_here
from impact.batch.work import ANALYZE, OPEN, failed
from impact.errors import ImpactError
from impact.extract import Limits
from impact.records.report import Report
from impact.taxonomy import load
from impact.taxonomy.values import Taxonomy

MARK = 32
"""Letters of the mark of a result. Source: 128 bits, in which no two documents ever meet."""

_DAMAGED = Failed(ANALYZE, "its report cannot be read back", "Report it with the name of the document")


@dataclass(frozen=True, slots=True)
class WorkOrder:
    """What holds for all chunks of a run.

    Attributes:
        archive: Its address; a path is absolute.
        program: Version of the program.
        fresh: Whether results that are there are made anew.
    """

    archive: str
    setup: Setup
    program: str
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class SettledDocument:
    """A document whose results are in the archive: its rows, and what is told of it."""

    row: ArchivedDocument
    event: DocumentEvent


class ResultWriter:
    """Analyzes the documents of a source, or takes the results that are there, and writes them.

    The folder of a result is named by all that its content depends on: the bytes of the source, the place of the
    document in it, what a list says of it, and the versions of program, models and options. So two runs at once write
    the same there, and the same bytes in another place are not analyzed again.
    """

    def __init__(self, source: ListedSource, order: WorkOrder, files: ArchiveFiles, now: datetime) -> None:
        self._source, self._order, self._files, self._now = source, order, files, now

    @property
    def at(self) -> str:
        """When the reading of the source began."""
        return self._now.isoformat(timespec="microseconds")

    def settle(self, document: SourceFile, digest: str) -> SettledDocument:
        """Return what came of a document of the source, whose file has this digest."""
        folder = folder_of_result(self._mark(document.name, digest))
        kept = None if self._order.fresh else self._kept(folder)
        if kept:
            record = replace(kept[0], name=document.name, part_of=document.part_of, attached_to=document.attached_to)
            return SettledDocument(self._row(record, kept[1]), DocumentEvent(document.name, UNCHANGED))
        try:
            data = document.read(Limits().file_bytes)
        except ImpactError as error:
            return self.fail(failed(OPEN, error), document)
        filing = filing_of(document, lambda name: self._report_address(name, digest))
        bonds = (document.part_of, document.attached_to, digest_of(filing))
        ticket = Ticket(document.name, folder, sha256(data).hexdigest(), *bonds)
        result, seconds, worker = read_here(BatchJob(ticket, data, filing=filing), self._order.setup)
        report = report_of(result.files[REPORT].decode()) if isinstance(result, Done) else None
        if not isinstance(result, Done) or report is None:
            result = result if isinstance(result, Failed) else _DAMAGED
            return self.fail(result, document, ticket.digest, seconds)
        record = self._record(ticket, RecordOutcome.DONE)
        self._files.put({f"{folder}/{name}": content for name, content in result.files.items()})
        self._files.put({f"{folder}/{FILE_NAME}": to_json(record).encode()})
        facts = (seconds, result.pages, result.level, result.firm_level, worker, result.unassessed)
        return SettledDocument(self._row(record, report), DocumentEvent(document.name, "done", "", "", "", *facts))

    def fail(
        self, failure: Failed, document: SourceFile | None = None, digest: str = "", seconds: float = 0.0
    ) -> SettledDocument:
        """Return that a document failed, or the source itself."""
        name, bonds = (document.name, (document.part_of, document.attached_to)) if document else (self._source.name, ())
        why = (failure.stage, failure.reason, failure.hint)
        folder = folder_of_result(self._mark(name, digest))
        record = self._record(Ticket(name, folder, digest, *bonds), RecordOutcome.FAILED, *why)
        return SettledDocument(self._row(record, None), DocumentEvent(name, "failed", *why, seconds=seconds))

    def removed(self, names: Container[str]) -> list[ArchivedDocument]:
        """Return the rows by which documents leave the lists that were in the source before and are not among these."""
        gone = (name for name in self._source.members if name not in names)
        return [removed(self._reading(self._record(Ticket(name, "", ""), RecordOutcome.DONE))) for name in gone]

    def _kept(self, folder: str) -> tuple[Record, Report] | None:
        """Return the result in a folder; None where it is not there, or not whole."""
        data = self._files.get(f"{folder}/{FILE_NAME}")
        report = self._files.get(f"{folder}/{REPORT}") if data else None
        try:
            record = from_json(data.decode()) if data else None
            content = report_of(report.decode()) if report else None
        except ValueError:
            return None
        return (record, content) if record and content and record.folder == folder else None

    def _record(self, ticket: Ticket, outcome: RecordOutcome, *failure: str) -> Record:
        stage, reason, hint = failure or ("", "", "")
        facts = (ticket.name, ticket.folder, ticket.digest, self._order.setup.versions)
        record = Record(*facts, outcome, stage, reason, hint)
        return replace(record, part_of=ticket.part_of, attached_to=ticket.attached_to, filed=ticket.filed)

    def _row(self, record: Record, report: Report | None) -> ArchivedDocument:
        return archived(self._reading(record), report, _taxonomy())

    def _reading(self, record: Record) -> ArchivedReading:
        member = record.name.removeprefix(self._source.name)
        source = f"{self._source.address}!{member}" if member else self._source.address
        meeting, program = self._source.meeting, self._order.program
        return ArchivedReading(record=record, source=source, meeting=meeting, at=self._now, program=program)

    def _mark(self, name: str, digest: str) -> str:
        listed = json.dumps(asdict(self._source.listed), sort_keys=True) if self._source.listed else ""
        parts = (digest or self._source.address, name.removeprefix(self._source.name), listed)
        return sha256("\0".join((*parts, self._order.setup.versions)).encode("utf-8", "replace")).hexdigest()[:MARK]

    def _report_address(self, name: str, digest: str) -> str:
        """Return the address of the report on another document of the source, from the folder of a result."""
        folder = folder_of_result(self._mark(name, digest)).partition("/")[2]
        return f"{'../' * (SHARDS + 1)}{quote(folder)}/report.html"


@cache
def _taxonomy() -> Taxonomy:
    return load()
