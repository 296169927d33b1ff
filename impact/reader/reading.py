"""Read clauses a second time: ask, check, and collect what was answered and what was not read."""

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import groupby

from impact.reader.answer import Claims, answer_of, averaged, claims_in
from impact.reader.cache import AnswerCache
from impact.reader.client import Body, Questioner, Reply, estimated
from impact.reader.door import BY_FILE, Door
from impact.reader.inquiry import LONGEST, Chances, Inquiry, inquiries
from impact.reader.prompt import body_of, digest, key_of
from impact.reader.reasons import UnreadReason
from impact.reader.settings import KEY
from impact.records import Clause, Proposal, SecondReader, SecondReading, UnreadClause
from impact.taxonomy.values import Taxonomy

ANSWER_TOKENS = 200
"""Expected tokens of an answer. Source: project judgment; three labels with two quotes each."""


@dataclass(frozen=True, slots=True)
class Agenda:
    """The questions on a document.

    Attributes:
        inquiries: In the order of the clauses, all passes of a clause together.
        keys: Keys of the inquiries, in the same order; inquiries with the same words share a key.
        known: Answers already stored, by key.
        prompt: Digest of the wording.
    """

    inquiries: tuple[Inquiry, ...]
    keys: tuple[str, ...]
    known: Mapping[str, Claims]
    prompt: str

    def open(self) -> dict[str, Inquiry]:
        """Return by key the inquiries without an answer: the first pass first, and the likeliest to matter in each."""
        pairs = zip(self.keys, self.inquiries, strict=True)
        ranked = sorted(pairs, key=lambda pair: (pair[1].turn, -pair[1].chance))
        return {key: asked for key, asked in ranked if key not in self.known and len(asked.text) <= LONGEST}


@dataclass(slots=True)
class _Outcomes:
    """What came of the questions, by key, and what they cost."""

    outcomes: dict[str, Claims | UnreadReason] = field(default_factory=dict)
    requests: int = 0
    tokens: int = 0


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
        chances: What the first reader makes of them; None where it does not know the language of the document, so that
            every assessed clause is asked about, with all labels.
        taxonomy: Labels to ask about.
        door: Where to ask. Failures leave clauses unread and are never raised.
        clock: Returns seconds that only grow.
        sleep: Waits so many seconds between attempts.
    """
    agenda = agenda_of(proposal, clauses, chances, taxonomy, door)
    results = _Outcomes(dict(agenda.known))
    unanswered = agenda.open()
    if door.address == BY_FILE:
        results.outcomes |= dict.fromkeys(unanswered, UnreadReason.NO_ANSWER)
    elif unanswered:
        bodies = dict(_affordable(unanswered, taxonomy, door))
        results.outcomes |= dict.fromkeys(unanswered, UnreadReason.BUDGET)
        if bodies:
            _ask(bodies, results, taxonomy, door, clock, sleep)
    return _second_reading(agenda, results, proposal, taxonomy, door)


def agenda_of(
    proposal: Proposal, clauses: Sequence[Clause], chances: Chances | None, taxonomy: Taxonomy, door: Door
) -> Agenda:
    """Return the questions on a document; arguments as for `read_again`."""
    prompt, cache = digest(taxonomy), AnswerCache(door.answers, taxonomy)
    turns = range(door.passes)
    single = inquiries(proposal, clauses, chances, taxonomy)
    asked = tuple(replace(inquiry, turn=turn) for inquiry in single for turn in turns)
    keys = tuple(key_of(inquiry, door.model, prompt) for inquiry in asked)
    stored = ((key, cache.find(key)) for key in dict.fromkeys(keys))
    return Agenda(asked, keys, {key: claims for key, claims in stored if claims is not None}, prompt)


def cost(body: Body) -> int:
    """Return roughly how many tokens a question and its answer cost."""
    return estimated(body) + ANSWER_TOKENS


def _affordable(unanswered: Mapping[str, Inquiry], taxonomy: Taxonomy, door: Door) -> Iterator[tuple[str, Body]]:
    """Yield questions in their order, as far as the budget goes; it does not depend on how long answers take."""
    spent = 0
    for key, inquiry in list(unanswered.items())[: door.requests]:
        body = body_of(inquiry, taxonomy, door.model, door.answer_tokens)
        spent += cost(body)
        if spent > door.tokens:
            return
        yield key, body


def _ask(  # noqa: PLR0913, PLR0917 (what is asked, where, and the clock)
    bodies: Mapping[str, Body],
    results: _Outcomes,
    taxonomy: Taxonomy,
    door: Door,
    clock: Callable[[], float],
    sleep: Callable[[float], None],
) -> None:
    """Ask the server, and keep each answer as soon as it is there; a folder that cannot be written to keeps none."""
    keys, cache = list(bodies), AnswerCache(door.answers, taxonomy)

    def keep(place: int, claims: Claims) -> None:
        with suppress(OSError):
            cache.keep(keys[place], claims)

    questioner = Questioner(door, os.environ.get(KEY, ""), lambda content: claims_in(content, taxonomy), clock, sleep)
    replies = questioner.ask(list(bodies.values()), keep)
    for key, reply in zip(keys, replies, strict=True):
        results.outcomes[key] = reply.outcome
    results.requests, results.tokens = _costs(replies)


def _costs(replies: Iterable[Reply[Claims]]) -> tuple[int, int]:
    sent = [reply for reply in replies if reply.sent]
    return len(sent), sum(reply.tokens for reply in sent)


def _second_reading(
    agenda: Agenda, results: _Outcomes, proposal: Proposal, taxonomy: Taxonomy, door: Door
) -> SecondReading:
    """Return what all answers say, each checked against its own clause; a clause is unread if all passes failed."""
    answers, unread, dropped = [], [], 0
    pairs = zip(agenda.inquiries, agenda.keys, strict=True)
    for clause, passes in groupby(pairs, key=lambda pair: pair[0].clause):
        read = []
        reasons = []
        for inquiry, key in passes:
            outcome = results.outcomes.get(key, UnreadReason.LONG)
            if isinstance(outcome, UnreadReason):
                reasons.append(outcome)
                continue
            answer, missing = answer_of(inquiry, outcome, proposal.document.text, taxonomy)
            read.append(answer)
            dropped += missing
        if read:
            answers.append(averaged(read, taxonomy))
        else:
            unread.append(UnreadClause(clause, reasons[0].value))
    reader = SecondReader(door.model, door.host, agenda.prompt, door.passes)
    return SecondReading(reader, tuple(answers), tuple(unread), dropped, results.requests, results.tokens)
