"""What a run may ask of a second reader, shared among the documents that are read side by side."""

from dataclasses import dataclass
from threading import Lock


@dataclass(frozen=True, slots=True)
class ReaderBudget:
    """Questions, and tokens of questions and answers together; granted or spent.

    Raises:
        ValueError: If one is below 0.
    """

    requests: int = 0
    tokens: int = 0

    def __post_init__(self) -> None:
        if min(self.requests, self.tokens) < 0:
            raise ValueError(f"a budget of {self.requests} requests and {self.tokens} tokens: neither is below 0")

    def __add__(self, other: "ReaderBudget") -> "ReaderBudget":
        return ReaderBudget(self.requests + other.requests, self.tokens + other.tokens)

    def without(self, other: "ReaderBudget") -> "ReaderBudget":
        """Return what is left after another budget is taken off, never below 0."""
        return ReaderBudget(max(self.requests - other.requests, 0), max(self.tokens - other.tokens, 0))

    def at_most(self, other: "ReaderBudget") -> "ReaderBudget":
        """Return the smaller number of requests and of tokens."""
        return ReaderBudget(min(self.requests, other.requests), min(self.tokens, other.tokens))


NOTHING = ReaderBudget()
SHARE = ReaderBudget(500, 4_000_000)
"""Most that one document of a run may spend, so that several can be read side by side. Source: as for a single one."""


class SharedBudget:
    """The budget of a run: a document gets its share before it is read, and returns what it did not need."""

    def __init__(self, whole: ReaderBudget, share: ReaderBudget = SHARE) -> None:
        self._free, self._share = whole, share.at_most(whole)
        self._granted: dict[str, ReaderBudget] = {}
        self._lock = Lock()

    def grant(self, document: str) -> ReaderBudget | None:
        """Return the share of a document; less than a full one, or `NOTHING`, only once no other document holds any.

        None means that it has to wait for others to return what they do not need.
        """
        with self._lock:
            share = self._share.at_most(self._free)
            if share != self._share and self._granted:
                return None
            if not (share.requests and share.tokens):
                share = NOTHING
            self._granted[document] = share
            self._free = self._free.without(share)
            return share

    def settle(self, document: str, spent: ReaderBudget | None) -> None:
        """Take back what a document did not spend; None means unknown, and its whole share counts as spent."""
        with self._lock:
            granted = self._granted.pop(document, NOTHING)
            if spent is not None:
                over = spent.without(granted)
                self._free = (self._free + granted.without(spent)).without(over)
