"""Read clauses a second time: ask, check, and put together what was said and what was not read."""

import time
from collections.abc import Callable, Mapping, Sequence

from impact.reader.door import Door
from impact.records import Clause, Proposal, SecondReader, SecondReading
from impact.taxonomy.values import Taxonomy

Chances = Mapping[tuple[int, str], float]
"""The chance, 0 to 1, that a clause (by 0-based place) proposes a label; absent means 0."""


def read_again(  # noqa: PLR0913 (what is read, what by, and the clock)
    proposal: Proposal,
    clauses: Sequence[Clause],
    chances: Chances | None,
    taxonomy: Taxonomy,
    door: Door,
    *,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> SecondReading:
    """Return what the second reader says of the clauses of a document.

    Args:
        proposal: The document.
        clauses: All of its clauses, in order.
        chances: What the first reader makes of them; None where it could not read the language of the document: then
            every clause that is assessed is asked about, with all labels.
        taxonomy: What is asked about.
        door: Where to ask. What fails makes clauses unread and is never raised.
        clock: Returns seconds that only grow.
        sleep: Waits so many seconds between attempts.
    """
    raise NotImplementedError(proposal, clauses, chances, taxonomy, door, clock, sleep, SecondReader)
