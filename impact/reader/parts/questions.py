"""Questions on parts of a document as wholes: which are open, what they cost, and what came of them."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from impact.reader.cache import AnswerCache
from impact.reader.client import Body, Questioner, Reply, estimated
from impact.reader.door import BY_FILE, Door
from impact.reader.inquiry import Chances
from impact.reader.parts.excerpt import Excerpt, excerpts
from impact.reader.reasons import UnreadReason
from impact.reader.settings import KEY
from impact.records import Clause, Proposal, SecondReading
from impact.taxonomy.values import Taxonomy

Claimed = TypeVar("Claimed")


@dataclass(frozen=True, slots=True)
class PartQuestions(Generic[Claimed]):
    """How one kind of question on a part is asked, and how its answers are checked.

    Attributes:
        themes: Returns what each part is asked about, one question each.
        digest: Returns the digest of all of a question but the document and the model.
        key_of: Returns the key of the answer to an excerpt, for a model and the digest.
        body_of: Returns the body of a request, for a model and the most tokens of an answer.
        claims_in: Returns what an answer claims, or why nothing is to be taken from it.
        as_json: Returns claims as they are kept.
        adopted: Returns a second reading with what answers to an agenda say of a document with some clauses.
        answer_tokens: Expected tokens of an answer.
    """

    themes: Callable[[], Iterable[str]]
    digest: Callable[[Taxonomy], str]
    key_of: Callable[[Excerpt, str, str], str]
    body_of: Callable[[Excerpt, Taxonomy, str, int], Body]
    claims_in: Callable[[str, Taxonomy], Claimed | UnreadReason]
    as_json: Callable[[Claimed], str]
    adopted: Callable[
        [SecondReading, "PartsAgenda[Claimed]", "PartAnswers[Claimed]", Proposal, Sequence[Clause]], SecondReading
    ]
    answer_tokens: int

    def read(  # noqa: PLR0913, PLR0917 (what is read, what by, and the clock)
        self,
        second: SecondReading,
        proposal: Proposal,
        clauses: Sequence[Clause],
        chances: Chances | None,
        taxonomy: Taxonomy,
        door: Door,
        clock: "Clock",
    ) -> SecondReading:
        """Return a second reading with what the reader answers on the parts of a document, and the cost added.

        Args:
            second: The reading so far, whose cost counts against the budget of the door.
            proposal: The document; further arguments as for `reading.read_again`.
            clauses: All of its clauses, in order.
            chances: What the first reader makes of them; None where it does not know the language of the document.
            taxonomy: Labels whose likely clauses are shown where not all have room.
            door: Where to ask.
            clock: How long questions may take.
        """
        agenda = self.agenda(proposal, clauses, chances, taxonomy, door)
        answers = answers_to(agenda, second, taxonomy, door, clock)
        requests, tokens = second.requests + answers.requests, second.tokens + answers.tokens
        return self.adopted(replace(second, requests=requests, tokens=tokens), agenda, answers, proposal, clauses)

    def agenda(
        self, proposal: Proposal, clauses: Sequence[Clause], chances: Chances | None, taxonomy: Taxonomy, door: Door
    ) -> "PartsAgenda[Claimed]":
        """Return the questions on a document; arguments as for `reading.read_again`."""
        prompt, cache = self.digest(taxonomy), AnswerCache(door.answers, taxonomy)
        single = excerpts(proposal, clauses, chances, taxonomy, self.themes())
        parts = tuple(replace(part, turn=turn) for turn in range(door.passes) for part in single)
        keys = tuple(self.key_of(part, door.model, prompt) for part in parts)
        stored = {key: self.claims_in(text, taxonomy) for key in keys if (text := cache.text(key)) is not None}
        answered = {key: claims for key, claims in stored.items() if not isinstance(claims, UnreadReason)}
        return PartsAgenda(self, parts, keys, answered, prompt, sum(clause.assessed for clause in clauses))

    def checked(self, content: str, taxonomy: Taxonomy) -> str | UnreadReason:
        """Return an answer as it is kept, or why it is not used."""
        claims = self.claims_in(content, taxonomy)
        return claims if isinstance(claims, UnreadReason) else self.as_json(claims)

    def cost(self, body: Body) -> int:
        """Return roughly how many tokens a question and its answer cost."""
        return estimated(body) + self.answer_tokens


@dataclass(frozen=True, slots=True)
class PartsAgenda(Generic[Claimed]):
    """The questions of one kind on a document.

    Attributes:
        excerpts: The parts in which it is read, in order, each once a theme, all of one pass before the next.
        keys: Keys of the questions, in the same order.
        known: Answers already stored, by key.
        prompt: Digest of the wording.
        assessed: Number of clauses of the document that are assessed.
    """

    questions: PartQuestions[Claimed]
    excerpts: tuple[Excerpt, ...]
    keys: tuple[str, ...]
    known: Mapping[str, Claimed]
    prompt: str
    assessed: int

    def open(self, taxonomy: Taxonomy, door: Door) -> dict[str, Body]:
        """Return by key the questions without an answer."""
        return {
            key: self.questions.body_of(excerpt, taxonomy, door.model, door.answer_tokens)
            for key, excerpt in zip(self.keys, self.excerpts, strict=True)
            if key not in self.known
        }


@dataclass(frozen=True, slots=True)
class PartAnswers(Generic[Claimed]):
    """What came of the questions on the parts of a document.

    Attributes:
        answers: What was answered, with the part that it is about, in the order of the agenda.
        clauses: Number of clauses in parts with any answer.
        unread: Why questions have no answer, each reason once; what failed in one pass and not in another is answered.
        requests: Questions sent.
        tokens: Tokens that the server counted for them.
    """

    answers: tuple[tuple[Excerpt, Claimed], ...]
    clauses: int
    unread: tuple[str, ...]
    requests: int
    tokens: int


@dataclass(frozen=True, slots=True)
class Clock:
    """What time it is and how much of it is left for questions, in seconds.

    Attributes:
        seconds: How long questions may take.
        clock: Returns seconds that only grow.
        sleep: Waits so many seconds between attempts.
    """

    seconds: float
    clock: Callable[[], float]
    sleep: Callable[[float], None]


def answers_to(
    agenda: PartsAgenda[Claimed], second: SecondReading, taxonomy: Taxonomy, door: Door, clock: Clock
) -> PartAnswers[Claimed]:
    """Return what a second reader answers; `second` is what it was asked before, which counts against the budget."""
    unanswered = agenda.open(taxonomy, door)
    outcomes: dict[str, Claimed | UnreadReason] = dict(agenda.known)
    replies: list[Reply[Claimed]] = []
    if door.address == BY_FILE:
        outcomes |= dict.fromkeys(unanswered, UnreadReason.NO_ANSWER)
    elif unanswered:
        outcomes |= dict.fromkeys(unanswered, UnreadReason.BUDGET if clock.seconds > 0 else UnreadReason.TIME)
        bodies = dict(_affordable(agenda.questions, unanswered, second, door)) if clock.seconds > 0 else {}
        if bodies:
            replies = _ask(agenda.questions, bodies, taxonomy, replace(door, seconds=clock.seconds), clock)
        outcomes |= {key: reply.outcome for key, reply in zip(bodies, replies, strict=True)}
    return _collected(agenda, outcomes, [reply for reply in replies if reply.sent])


def _affordable(
    questions: PartQuestions[Claimed], unanswered: Mapping[str, Body], second: SecondReading, door: Door
) -> Iterator[tuple[str, Body]]:
    """Yield questions in their order, as far as the budget goes."""
    tokens = door.tokens - second.tokens
    for key, body in list(unanswered.items())[: max(0, door.requests - second.requests)]:
        tokens -= questions.cost(body)
        if tokens < 0:
            return
        yield key, body


def _ask(
    questions: PartQuestions[Claimed], bodies: Mapping[str, Body], taxonomy: Taxonomy, door: Door, clock: Clock
) -> list[Reply[Claimed]]:
    """Ask the server, and keep each answer as soon as it is there; a folder that cannot be written to keeps none."""
    keys, cache = list(bodies), AnswerCache(door.answers, taxonomy)

    def keep(place: int, claims: Claimed) -> None:
        with suppress(OSError):
            cache.keep_text(keys[place], questions.as_json(claims))

    def check(content: str) -> Claimed | UnreadReason:
        return questions.claims_in(content, taxonomy)

    return Questioner(door, os.environ.get(KEY, ""), check, clock.clock, clock.sleep).ask(list(bodies.values()), keep)


def _collected(
    agenda: PartsAgenda[Claimed], outcomes: Mapping[str, Claimed | UnreadReason], sent: Sequence[Reply[Claimed]]
) -> PartAnswers[Claimed]:
    unread: dict[tuple[int, str], UnreadReason] = {}
    answers: list[tuple[Excerpt, Claimed]] = []
    for excerpt, key in zip(agenda.excerpts, agenda.keys, strict=True):
        outcome = outcomes[key]
        if isinstance(outcome, UnreadReason):
            unread.setdefault((excerpt.number, excerpt.theme), outcome)
        else:
            answers.append((excerpt, outcome))
    answered = {(excerpt.number, excerpt.theme) for excerpt, _ in answers}
    clauses = {excerpt.number: len(excerpt.clauses) for excerpt, _ in answers}
    reasons = dict.fromkeys(reason.value for question, reason in unread.items() if question not in answered)
    tokens = sum(reply.tokens for reply in sent)
    return PartAnswers(tuple(answers), sum(clauses.values()), tuple(reasons), len(sent), tokens)
