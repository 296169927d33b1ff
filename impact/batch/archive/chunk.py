"""What a worker does with a chunk of sources: it reads them, and writes results, rows and receipts itself."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from uuid import uuid4

from impact.batch.archive.files import ArchiveFiles, open_archive
from impact.batch.archive.listing import ListedSource
from impact.batch.archive.opened import opened
from impact.batch.archive.receipt import ChunkReceipt, SourceReceipt, path_of, receipt_of, to_lines
from impact.batch.archive.results import ResultWriter, WorkOrder
from impact.batch.catalog.layout import DOCUMENTS, FINDINGS, part_path
from impact.batch.catalog.rows import ArchivedDocument, document_part, finding_part
from impact.batch.job import Failed
from impact.batch.runlog import DocumentEvent
from impact.batch.station import has_left
from impact.batch.work import OPEN, failed, lacking
from impact.errors import ImpactError, UnreadableError
from impact.records import ListedRow

MOST_ROWS = 200
"""Documents whose rows are in memory until a part is written. Source: project judgment; some 20 MB."""

_REPORT = "Report it with the name of the failure, and try the documents in it alone"
_SAME = "Install on all workers the version, taxonomy and models that are installed here, and run again"


@dataclass(frozen=True, slots=True)
class SourceChunk:
    """Sources that a worker reads one after another.

    Attributes:
        token: Name of what it writes, which no other chunk of any run has.

    Raises:
        ValueError: If there is no source.
    """

    token: str
    sources: tuple[ListedSource, ...]

    def __post_init__(self) -> None:
        if not self.sources:
            msg = f"the chunk {self.token!r} has no source"
            raise ValueError(msg)


def process(chunk: SourceChunk, order: WorkOrder) -> ChunkReceipt:
    """Read sources and return their receipts, which are in the archive then, as are results and rows.

    Receipts come last: whatever ends a worker before that, the sources are read again, and what is there of their
    results is taken as it is. When the batch leaves, the sources that are finished are settled and the rest is left.

    Raises:
        ImpactError: If this worker has another version of the program, or the archive cannot be used.
    """
    if lack := lacking(order.setup):
        raise ImpactError(f"a worker has {lack}", _SAME)
    files = open_archive(order.archive)
    rows, receipts = _Rows(files, chunk.token), []
    for source in chunk.sources:
        receipt = _receipt(source, order, files, rows)
        if receipt is None:
            break
        receipts.append(receipt)
    rows.write()
    if receipts:
        files.put({path_of(chunk.token): to_lines(receipts)})
    return ChunkReceipt(chunk.token, tuple(receipts))


def _receipt(source: ListedSource, order: WorkOrder, files: ArchiveFiles, rows: "_Rows") -> SourceReceipt | None:
    """Return the receipt of a source that was read; None where the batch left before it was."""
    writer = ResultWriter(source, order, files, datetime.now(UTC))
    events: list[DocumentEvent] = []
    digest, listed = "", list[ListedRow]()
    try:
        with opened(source) as opening:
            for document in opening.documents:
                if has_left(order.setup.batch):
                    return None
                if document.rows:
                    listed.extend(document.rows)
                    events.append(DocumentEvent(document.name, "list"))
                    continue
                settled = writer.settle(document, opening.digest)
                if has_left(order.setup.batch):
                    return None
                rows.add(source.meeting, settled.row)
                events.append(settled.event)
            digest = opening.digest
            for gone in writer.removed({event.name for event in events}):
                rows.add(source.meeting, gone)
    except ImpactError as error:
        if not isinstance(error, UnreadableError):  # the archive or the program, not the source
            raise
        settled = writer.fail(failed(OPEN, error))
        rows.add(source.meeting, settled.row)
        events.append(settled.event)
    except Exception as error:  # noqa: BLE001 (the door of a source: whatever is wrong with one stays with it)
        settled = writer.fail(Failed(OPEN, f"{source.name} could not be opened: {type(error).__name__}", _REPORT))
        rows.add(source.meeting, settled.row)
        events.append(settled.event)
    receipt = receipt_of(source, order.setup.versions, writer.at, events)
    return replace(receipt, digest=digest, rows=tuple(listed))


class _Rows:
    """Rows of documents, which are written as Parquet parts: a part a meeting, several documents each."""

    def __init__(self, files: ArchiveFiles, token: str) -> None:
        self._files, self._written = files, 0
        self._token = f"{token}-{uuid4().hex[:8]}"  # two workers may go through one chunk
        self._documents: list[tuple[str, ArchivedDocument]] = []

    def add(self, meeting: str, document: ArchivedDocument) -> None:
        """Take in the rows of a document."""
        self._documents.append((meeting, document))
        if len(self._documents) >= MOST_ROWS:
            self.write()

    def write(self) -> None:
        """Write what was taken in: findings first, which the rows of documents announce."""
        token = f"{self._token}-{self._written}"
        by_meeting: dict[str, list[ArchivedDocument]] = {}
        for meeting, document in self._documents:
            by_meeting.setdefault(meeting, []).append(document)
        findings = {part_path(FINDINGS, meeting, token): finding_part(rows) for meeting, rows in by_meeting.items()}
        self._files.put({path: data for path, data in findings.items() if data})
        self._files.put(
            {part_path(DOCUMENTS, meeting, token): document_part(rows) for meeting, rows in by_meeting.items()}
        )
        self._documents.clear()
        self._written += 1
