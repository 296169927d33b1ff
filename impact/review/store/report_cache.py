"""Reports that were read from the store, kept for a while in memory: to parse one of 1,000 clauses takes a second."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from time import monotonic

from impact.records.report import Report

MOST_BYTES = 32_000_000
"""Of report.json altogether, but for the last one used. Source: project judgment; as values, they take some 80 MB."""

SECONDS = 1800.0
"""For which something unused is kept. Source: as for images of pages, `impact.web.desk.page_images`."""

Key = tuple[Path, str]


@dataclass(slots=True)
class ReportCache:
    """Reports by folder and digest of their files, so that one never stands for another; the longest unused go first.

    Who asks has to make sure first that the person may see the proposal.
    """

    clock: Callable[[], float] = monotonic
    _reports: "OrderedDict[Key, tuple[float, int, Report]]" = field(default_factory=OrderedDict)
    _size: int = 0
    _lock: Lock = field(default_factory=Lock)

    def get(self, key: Key) -> Report | None:
        """Return what is kept under a key; None where nothing is."""
        with self._lock:
            self._sweep()
            entry = self._reports.pop(key, None)
            if entry:
                self._reports[key] = (self.clock(), *entry[1:])
            return entry[2] if entry else None

    def put(self, key: Key, report: Report, size: int) -> None:
        """Keep a report, whose file has a size."""
        with self._lock:
            before = self._reports.pop(key, None)
            self._reports[key] = (self.clock(), size, report)
            self._size += size - (before[1] if before else 0)
            self._sweep()

    def clear(self) -> None:
        """Forget all of them."""
        with self._lock:
            self._reports.clear()
            self._size = 0

    def _sweep(self) -> None:
        while self._reports:
            used, size, _ = next(iter(self._reports.values()))
            fits = self._size <= MOST_BYTES or len(self._reports) == 1
            if fits and self.clock() - used < SECONDS:
                return
            self._reports.popitem(last=False)
            self._size -= size


CACHE = ReportCache()
