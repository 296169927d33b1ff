"""Images of the pages of a PDF and their sizes: drawn in a child process, kept for a while in memory."""

import json
import math
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import BoundedSemaphore, Lock
from time import monotonic

from impact.errors import LimitError
from impact.extract import Limits
from impact.extract.images.drawing import draw
from impact.sandbox.parent import perform
from impact.web.server import memory

LIMITS = Limits(cpu_seconds=20, wall_seconds=40.0, answer_bytes=32 * 1024 * 1024)
"""Of one image. Source: project judgment; a page of a real document takes well under a second."""

AT_ONCE = 2
"""Children that draw at the same time. Source: project judgment; the other processors answer requests."""

PATIENCE = 30.0
"""Seconds that a request waits for its turn."""

CACHE_BYTES = 128 * 1024 * 1024
"""Bytes of images in memory. Source: project judgment; some hundreds of pages."""

CACHE_SECONDS = 1800.0
"""Seconds for which something unused is kept. Source: project judgment."""

SCALES = {"100": 2.0, "200": 3.0}
"""Pixels a point: for screens with two pixels a point, and for a page shown twice as large."""

Key = tuple[str, str]
Size = tuple[float, float]


@dataclass(slots=True)
class ImageCache:
    """What was drawn, by digest of the document and letter; what was not used for long goes first."""

    clock: Callable[[], float] = monotonic
    _images: "OrderedDict[Key, tuple[float, bytes]]" = field(default_factory=OrderedDict)
    _size: int = 0
    _lock: Lock = field(default_factory=Lock)

    def get(self, key: Key) -> bytes | None:
        """Return what is kept under a key; None where nothing is."""
        with self._lock:
            self._sweep()
            entry = self._images.pop(key, None)
            if entry:
                self._images[key] = (self.clock(), entry[1])
            return entry[1] if entry else None

    def put(self, key: Key, data: bytes) -> None:
        """Keep something."""
        with self._lock:
            before = self._images.pop(key, None)
            self._images[key] = (self.clock(), data)
            self._size += len(data) - (len(before[1]) if before else 0)
            self._sweep()

    def clear(self) -> None:
        """Keep nothing."""
        with self._lock:
            self._images.clear()
            self._size = 0

    def _sweep(self) -> None:
        while self._images:
            used, data = next(iter(self._images.values()))
            if self._size <= CACHE_BYTES and self.clock() - used < CACHE_SECONDS:
                return
            self._images.popitem(last=False)
            self._size -= len(data)


CACHE = ImageCache()
memory.register(CACHE.clear)
_TURNS = BoundedSemaphore(AT_ONCE)


def sizes(digest: str, name: str, original: Callable[[], bytes]) -> tuple[Size, ...]:
    """Return width and height of each page of a PDF in points, as displayed; its name is for messages.

    Raises:
        UnreadableError, LimitError: If it cannot be drawn.
    """
    lengths = json.loads(_drawn(digest, name, "{}", original))
    return tuple((_length(width), _length(height)) for width, height in lengths)


def image(digest: str, name: str, page: int, zoom: str, original: Callable[[], bytes]) -> bytes:
    """Return a page as WebP; `zoom` is a key of `SCALES`, the rest as for `sizes`."""
    return _drawn(digest, name, json.dumps({"page": page, "scale": SCALES[zoom]}), original)


def _drawn(digest: str, name: str, letter: str, original: Callable[[], bytes]) -> bytes:
    image = CACHE.get((digest, letter))
    if image is None:
        if not _TURNS.acquire(timeout=PATIENCE):
            hint = "Wait, and load the page again"
            raise LimitError(f"{name} cannot be drawn now because too many pages are being requested", hint)
        try:
            image = CACHE.get((digest, letter)) or perform(draw, original(), name, letter, LIMITS)
        finally:
            _TURNS.release()
        CACHE.put((digest, letter), image)
    return image


def _length(number: float) -> float:
    """Return a length that a child told as one to divide by."""
    return float(number) if math.isfinite(number) and number >= 1 else 1.0
