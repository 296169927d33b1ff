"""A second opinion: who is asked about a document, and how much the answers weigh."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic, sleep

from impact.reader.budget import ReaderBudget
from impact.reader.calibration import AnswerWeights, calibration_of
from impact.reader.door import BY_FILE, Door
from impact.reader.inquiry import Chances
from impact.reader.parts.questions import Clock
from impact.reader.passages.choosing import PASSAGES
from impact.reader.points.raising import POINTS
from impact.reader.prompt import digest
from impact.reader.reading import read_again
from impact.reader.rule import FirstReading, joined
from impact.records import Classification, Clause, Proposal, SecondReader, SecondReading
from impact.taxonomy.values import Taxonomy

Ask = Callable[[Proposal, Sequence[Clause], Chances | None], SecondReading]
"""Asks a second reader about clauses, with the chances of a `FirstReading`."""

_LEAST = 0.001
"""Seconds left for questions once time is up, since a door needs more than 0."""


@dataclass(frozen=True, slots=True)
class SecondOpinion:
    """Who reads a second time, and how much that weighs."""

    ask: Ask
    calibration: AnswerWeights

    def on(self, first: FirstReading, taxonomy: Taxonomy) -> tuple[Classification, SecondReading]:
        """Return the classification by both readings, and the second reading itself."""
        second = self.ask(first.proposal, first.clauses, first.chances)
        return joined(first, second, self.calibration, taxonomy), second


@dataclass(frozen=True, slots=True)
class ReaderTerms:
    """A `SecondOpinion` in the form that is sent to the processes that ask; the key is not part of it."""

    door: Door
    calibration: AnswerWeights

    def reader(self, taxonomy: Taxonomy) -> SecondReader:
        """Return the second reader as readings name it."""
        return SecondReader(self.door.model, self.door.host, digest(taxonomy), self.door.passes)

    def keeping(self, folder: Path) -> "ReaderTerms":
        """Return the same with answers stored in a folder; those that come by file stay where they were taken in."""
        answers = self.door.answers if self.door.address == BY_FILE else folder.absolute()
        return replace(self, door=replace(self.door, answers=answers))

    def granted(self, budget: ReaderBudget) -> "ReaderTerms":
        """Return the same with a budget for one document."""
        return replace(self, door=replace(self.door, requests=budget.requests, tokens=budget.tokens))

    def opinion(self, taxonomy: Taxonomy, end: float | None = None, *, parts: bool = True) -> SecondOpinion:
        """Return an opinion on these terms, on clauses and, if wanted, on the document as a whole.

        After `end`, a time of `monotonic`, no more is asked. Passages for the brief come first: a question on many
        clauses, and the one whose answer is seen most.
        """

        def ask(proposal: Proposal, clauses: Sequence[Clause], chances: Chances | None) -> SecondReading:
            begun = monotonic()
            left = self.door.seconds if end is None else min(self.door.seconds, max(end - begun, _LEAST))
            asked = proposal, clauses, chances, taxonomy

            def clock() -> Clock:
                return Clock(left - (monotonic() - begun), monotonic, sleep)

            nothing = SecondReading(self.reader(taxonomy), ())
            before = PASSAGES.read(nothing, *asked, self.door, clock()) if parts else nothing
            opinion = _with_added(read_again(*asked, _less(self.door, before, max(clock().seconds, _LEAST))), before)
            return POINTS.read(opinion, *asked, self.door, clock()) if parts else opinion

        return SecondOpinion(ask, self.calibration)


def _less(door: Door, spent: SecondReading, seconds: float) -> Door:
    """Return a door with what is left of its budget, for questions in so many seconds."""
    requests, tokens = max(0, door.requests - spent.requests), max(0, door.tokens - spent.tokens)
    return replace(door, requests=requests, tokens=tokens, seconds=seconds)


def _with_added(second: SecondReading, before: SecondReading) -> SecondReading:
    """Return a reading of clauses with the passages that were chosen before, and the cost of both."""
    requests, tokens = second.requests + before.requests, second.tokens + before.tokens
    return replace(second, choice=before.choice, requests=requests, tokens=tokens)


def terms_by(door: Door, folder: Path) -> ReaderTerms:
    """Return the terms for the model behind a door, with the weights fitted for it if a folder has any.

    Raises:
        DataError: If the file of fitted weights cannot be read.
    """
    return ReaderTerms(door, calibration_of(door.model, folder))
