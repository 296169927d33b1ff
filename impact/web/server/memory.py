"""What this process keeps of documents in memory, to be forgotten when one is erased."""

from collections.abc import Callable

from impact.review.store.report_cache import CACHE

_FORGETTERS: list[Callable[[], None]] = [CACHE.clear]


def register(forget: Callable[[], None]) -> None:
    """Have something called whenever a document was erased."""
    _FORGETTERS.append(forget)


def forget() -> None:
    """Forget what is kept of all documents; it is made anew when somebody asks."""
    for forgetter in _FORGETTERS:
        forgetter()
