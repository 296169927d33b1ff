"""A second opinion: who is asked about a document, and what the answers weigh."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from impact.reader.calibration import Calibration, calibration_of
from impact.reader.door import Door
from impact.reader.inquiry import Chances
from impact.reader.reading import read_again
from impact.reader.rule import FirstReading, joined
from impact.records import Classification, Clause, Proposal, SecondReading
from impact.taxonomy.values import Taxonomy

Ask = Callable[[Proposal, Sequence[Clause], Chances | None], SecondReading]
"""Has a second reader read clauses, with the chances of a `FirstReading`."""


@dataclass(frozen=True, slots=True)
class SecondOpinion:
    """Who reads a second time and what that weighs."""

    ask: Ask
    calibration: Calibration

    def on(self, first: FirstReading, taxonomy: Taxonomy) -> tuple[Classification, SecondReading]:
        """Return what both readings say of a document, and the second one."""
        second = self.ask(first.proposal, first.clauses, first.chances)
        return joined(first, second, self.calibration, taxonomy), second


def opinion_by(door: Door, taxonomy: Taxonomy, folder: Path) -> SecondOpinion:
    """Return the opinion of who answers behind a door; what was fitted for its model is looked for in a folder.

    Raises:
        DataError: If the file with what was fitted cannot be read.
    """
    return SecondOpinion(partial(read_again, taxonomy=taxonomy, door=door), calibration_of(door.model, folder))
