"""Try a second reader on a clause of our own, and estimate what a document would cost."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from impact.errors import ImpactError
from impact.reader.answer import Claims, claims_in
from impact.reader.client import Body, Questioner
from impact.reader.door import Door
from impact.reader.inquiry import LABELS, Inquiry
from impact.reader.parts.questions import PartsAgenda
from impact.reader.prompt import body_of
from impact.reader.reading import Agenda, cost
from impact.reader.reasons import UnreadReason
from impact.records import Span
from impact.taxonomy.values import Taxonomy

SENTENCE = "The gateway shall shut off the service of any subscriber whose identity has not been confirmed."

PART_FACTOR = 5.0
"""How many times as long a part of a document takes as a clause. Source: project judgment, from the tokens of both."""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """The outcome of one question about `SENTENCE`."""

    seconds: float
    tokens: int
    claims: Claims


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a document would cost.

    Attributes:
        asked: Clauses that are asked about.
        answered: How many of them have a stored answer.
        characters: Characters of all messages that would be sent.
        tokens: Estimated tokens of these messages and their answers.
        seconds: Estimated time; 0 where no speed is known.
    """

    asked: int
    answered: int
    characters: int
    tokens: int
    seconds: float


def rehearse(door: Door, key: str, taxonomy: Taxonomy, clock: Callable[[], float]) -> Rehearsal:
    """Ask one question about `SENTENCE`, once.

    Raises:
        ImpactError: If no usable answer comes.
    """
    asked = taxonomy.labels[:LABELS]
    inquiry = Inquiry("1", Span(0, len(SENTENCE)), SENTENCE, "", (), "", "", asked)
    questioner = Questioner(door, key, lambda content: claims_in(content, taxonomy), clock, lambda _: None)
    body = body_of(inquiry, taxonomy, door.model, door.answer_tokens)
    begun = clock()
    (reply,) = questioner.ask([body], lambda _place, _claims: None)
    if isinstance(reply.outcome, UnreadReason):
        message = f"{door.model} at {door.host} gave no usable answer: {reply.outcome.value}"
        raise ImpactError(message, "Check that the server is running and that the address, model and key are correct")
    return Rehearsal(clock() - begun, reply.tokens, reply.outcome)


def estimate(agenda: Agenda, taxonomy: Taxonomy, door: Door, seconds: float = 0.0) -> Estimate:
    """Return what the open questions would cost; `seconds` is how long one of them takes."""
    bodies = [body_of(inquiry, taxonomy, door.model, door.answer_tokens) for inquiry in agenda.open().values()]
    answered = sum(key in agenda.known for key in agenda.keys)
    return _estimated(bodies, len(agenda.inquiries), answered, cost, seconds / door.together)


def estimate_of_parts(agenda: PartsAgenda[Any], taxonomy: Taxonomy, door: Door, seconds: float = 0.0) -> Estimate:
    """Return what asking about parts of a document would cost; `asked` and `answered` count questions.

    A part is taken to need `PART_FACTOR` times as long as a question about a clause.
    """
    bodies = list(agenda.open(taxonomy, door).values())
    asked = len(agenda.excerpts)
    return _estimated(bodies, asked, asked - len(bodies), agenda.questions.cost, PART_FACTOR * seconds / door.together)


def _estimated(
    bodies: Sequence[Body], asked: int, answered: int, cost_of: Callable[[Body], int], seconds: float
) -> Estimate:
    return Estimate(
        asked=asked,
        answered=answered,
        characters=sum(len(message["content"]) for body in bodies for message in body["messages"]),
        tokens=sum(map(cost_of, bodies)),
        seconds=seconds * len(bodies),
    )
