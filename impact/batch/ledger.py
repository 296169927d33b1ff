"""What of a batch is done, what is the same, and what is to be done."""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain
from pathlib import Path

from impact.batch.job import Failed, Job, Ticket
from impact.batch.naming import folder_of
from impact.batch.record import Outcome, Record, each_record
from impact.batch.sources import Found
from impact.batch.store import record_in
from impact.batch.work import OPEN, failed
from impact.errors import ImpactError


@dataclass(frozen=True, slots=True)
class Passed:
    """A document with which nothing is to be done: its result is there, unless one of the other fields says why else.

    Attributes:
        name: As in `Record`.
        failed: Why it cannot be opened.
        skipped: Whether it was not looked at, since it had not failed before.
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
                bytes.fromhex(each.digest): each.name
                for each in each_record(out)
                if each.outcome is Outcome.DONE and each.versions == versions and _whole(out, each)
            }
        # Duplicates of results of earlier runs; they wait, since their originals may turn out to have changed.
        self._waiting: dict[bytes, list[Found]] = {digest: [] for digest in self._owners}
        self._again: deque[Found] = deque()

    def go_through(self, found: Iterable[Found], most: int) -> Iterator[Job | Record | Passed]:
        """Yield what is to be done with each document.

        Args:
            found: The documents.
            most: Bytes of a document at the most.

        Yields:
            A job to be done, the record of a duplicate to be kept, or a document to be passed over.
        """
        for each in chain(found, self._returning()):
            decided = self._decide(each, most)
            if decided is not None:
                yield decided

    def _returning(self) -> Iterator[Found]:
        """Yield what waited: first those whose originals came, then those whose originals did not."""
        while self._again or self._waiting:
            if not self._again:
                self._again.extend(chain.from_iterable(self._waiting.values()))
                self._waiting.clear()
            if self._again:
                yield self._again.popleft()

    def _decide(self, found: Found, most: int) -> Job | Record | Passed | None:
        """Return what is to be done with a document; None if it waits."""
        prior = record_in(self._out, folder_of(found.name))
        if self._only_failed and (prior is None or prior.outcome is not Outcome.FAILED):
            return Passed(found.name, skipped=True)
        try:
            data = found.read(most)
        except ImpactError as error:
            return Passed(found.name, failed(OPEN, error))
        digest = sha256(data).digest()
        owner = self._owners.get(digest)
        if owner == found.name:
            self._again.extend(self._waiting.pop(digest, ()))
            return Passed(found.name)
        if prior is not None and prior.digest and prior.digest != digest.hex():
            self._forget(prior)
        if owner is None:
            self._owners[digest] = found.name
            return Job(Ticket(found.name, folder_of(found.name), digest.hex()), data)
        if digest in self._waiting:
            self._waiting[digest].append(found)
            return None
        record = Record(
            found.name, folder_of(found.name), digest.hex(), self._versions, Outcome.DUPLICATE, same_as=owner
        )
        return Passed(found.name) if record == prior else record

    def _forget(self, prior: Record) -> None:
        """Take back what a document with new content stood for."""
        digest = bytes.fromhex(prior.digest)
        if self._owners.get(digest) == prior.name:
            del self._owners[digest]
            self._again.extend(self._waiting.pop(digest, ()))


def _whole(out: Path, record: Record) -> bool:
    return all((out / record.folder / name).is_file() for name in ("report.json", "report.html"))
