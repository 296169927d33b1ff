"""A second reader at work on labeled clauses: what it says there, and what that costs."""

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace

from impact.reader.opinion import SecondOpinion
from impact.reader.rule import FirstReading
from impact.records import Classification, SecondReading
from impact.taxonomy.values import Taxonomy


@dataclass(slots=True)
class MeasuredReader:
    """A second reader, and what it has read and cost so far.

    Attributes:
        read: Clauses, as `unread`.
        dropped: Quotes that were not in their clause word for word.
        seconds: From first question to last answer, over all documents; next to nothing for answers that were kept.
        clock: Returns seconds that only grow.
    """

    opinion: SecondOpinion
    read: int = 0
    unread: int = 0
    dropped: int = 0
    requests: int = 0
    tokens: int = 0
    seconds: float = 0.0
    clock: Callable[[], float] = field(default=time.monotonic, repr=False)

    def on(
        self, first: FirstReading, taxonomy: Taxonomy, only: Collection[str] | None = None
    ) -> tuple[Classification, SecondReading]:
        """Return what both readings say of a document, and the second one; asked about clauses with ids in `only`."""
        places = {place for place, clause in enumerate(first.clauses) if only is None or clause.id in only}
        asked = first
        if first.chances is not None:
            near = {key: chance for key, chance in first.chances.items() if key[0] in places}
            asked = replace(first, chances=near)
        began = self.clock()
        both, second = self.opinion.on(asked, taxonomy)
        self.seconds += self.clock() - began
        self.read += len(second.clauses)
        self.unread += len(second.unread)
        self.dropped += second.dropped
        self.requests += second.requests
        self.tokens += second.tokens
        return both, second
