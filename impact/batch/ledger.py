"""What of a batch is done, what is the same, and what is to be done."""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import chain
from pathlib import Path

from impact.batch.containers.source_file import SourceFile
from impact.batch.filed import digest_of, filing_of
from impact.batch.job import BatchJob, Failed, Ticket
from impact.batch.naming import folder_of
from impact.batch.record import Record, RecordOutcome, record_in, scan_records
from impact.batch.work import OPEN, failed
from impact.errors import ImpactError


@dataclass(frozen=True, slots=True)
class Passed:
    """A document with which nothing is to be done: its result is there, unless it cannot be opened or was skipped.

    It is skipped where it had not failed before, and only what failed is to be done.
    """

    name: str
    failed: Failed | None = None
    skipped: bool = False


class Ledger:
    """Knows by digest what is done. It keeps about 500 bytes a document."""

    def __init__(self, out: Path, versions: str, *, fresh: bool, only_failed: bool) -> None:
        self._out, self._versions, self._only_failed = out, versions, only_failed
        self._owners: dict[bytes, str] = {}
        if not fresh:
            self._owners = {
                bytes.fromhex(record.digest): record.name
                for record in scan_records(out)
                if record.outcome is RecordOutcome.DONE and record.versions == versions and not record.pending
                if _whole(out, record)
            }
        # Duplicates of results of earlier runs; they wait, since their originals may turn out to have changed.
        self._waiting: dict[bytes, list[SourceFile]] = {digest: [] for digest in self._owners}
        self._again: deque[SourceFile] = deque()

    def go_through(self, documents: Iterable[SourceFile], most: int) -> Iterator[BatchJob | Record | Passed]:
        """Yield for each document a job to be done, the record of a duplicate to be kept, or that it is passed over.

        A document has `most` bytes at the most.
        """
        for document in chain(documents, self._returning()):
            decided = self._list(document, most) if document.rows else self._decide(document, most)
            if decided is not None:
                yield decided

    def _returning(self) -> Iterator[SourceFile]:
        """Yield what waited: first those whose originals came, then those whose originals did not."""
        while self._again or self._waiting:
            if not self._again:
                self._again.extend(chain.from_iterable(self._waiting.values()))
                self._waiting.clear()
            if self._again:
                yield self._again.popleft()

    def _decide(self, document: SourceFile, most: int) -> BatchJob | Record | Passed | None:
        """Return what is to be done with a document; None if it waits."""
        folder = folder_of(document.name)
        prior = record_in(self._out, folder)
        if self._only_failed and (prior is None or prior.outcome is not RecordOutcome.FAILED):
            return Passed(document.name, skipped=True)
        try:
            data = document.read(most)
        except ImpactError as error:
            return Passed(document.name, failed(OPEN, error))
        digest = sha256(data).digest()
        owner = self._owners.get(digest)
        filing = filing_of(document)
        if owner == document.name and prior is not None and prior.filed != digest_of(filing):
            self._forget(prior)  # its report would say otherwise how it came
            owner = None
        if owner == document.name:
            self._again.extend(self._waiting.pop(digest, ()))
            return Passed(document.name)
        if prior is not None and prior.digest and prior.digest != digest.hex():
            self._forget(prior)
        if owner is None:
            self._owners[digest] = document.name
            bonds = (document.part_of, document.attached_to, digest_of(filing))
            return BatchJob(Ticket(document.name, folder, digest.hex(), *bonds), data, filing=filing)
        if digest in self._waiting:
            self._waiting[digest].append(document)
            return None
        facts = (document.name, folder, digest.hex(), self._versions)
        record = Record(*facts, RecordOutcome.DUPLICATE, same_as=owner)
        record = replace(record, part_of=document.part_of, attached_to=document.attached_to)
        return Passed(document.name) if record == prior else record

    def _list(self, document: SourceFile, most: int) -> Record | Passed:
        """Return the record of a list of documents, which is kept anew each time."""
        try:
            digest = sha256(document.read(most)).hexdigest()
        except ImpactError as error:
            return Passed(document.name, failed(OPEN, error))
        facts = (document.name, folder_of(document.name), digest, self._versions)
        return Record(*facts, RecordOutcome.LIST, rows=document.rows)

    def _forget(self, prior: Record) -> None:
        """Take back what a document with new content stood for."""
        digest = bytes.fromhex(prior.digest)
        if self._owners.get(digest) == prior.name:
            del self._owners[digest]
            self._again.extend(self._waiting.pop(digest, ()))


def _whole(out: Path, record: Record) -> bool:
    return all((out / record.folder / name).is_file() for name in ("report.json", "report.html"))
