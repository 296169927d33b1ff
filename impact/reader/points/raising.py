"""Have a second reader raise points on a document: ask, check, and collect the points and what was not read."""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from impact.reader.cache import AnswerCache
from impact.reader.client import Body, Questioner, Reply, estimated
from impact.reader.door import BY_FILE, Door
from impact.reader.inquiry import Chances
from impact.reader.points.answer import PointClaims, as_json, points_in, points_of
from impact.reader.points.excerpt import Excerpt, excerpts
from impact.reader.points.prompt import body_of, digest, key_of
from impact.reader.points.vocabulary import vocabulary
from impact.reader.reasons import UnreadReason
from impact.reader.settings import KEY
from impact.records import Cited, Clause, PointKind, Proposal, RaisedPoint, Raising, SecondReading, merged
from impact.taxonomy.values import Taxonomy

ANSWER_TOKENS = 1_500
"""Expected tokens of an answer. Source: project judgment; ten points with two quotes each."""


@dataclass(frozen=True, slots=True)
class PointsAgenda:
    """The questions for points on a document.

    Attributes:
        excerpts: The parts in which it is read, in order, each once a theme, all of one pass before the next.
        keys: Keys of the questions, in the same order.
        known: Answers already stored, by key.
        prompt: Digest of the wording.
        assessed: Number of clauses of the document that are assessed.
    """

    excerpts: tuple[Excerpt, ...]
    keys: tuple[str, ...]
    known: Mapping[str, PointClaims]
    prompt: str
    assessed: int

    def open(self, taxonomy: Taxonomy, door: Door) -> dict[str, Body]:
        """Return by key the questions without an answer."""
        return {
            key: body_of(excerpt, taxonomy, door.model, door.answer_tokens)
            for key, excerpt in zip(self.keys, self.excerpts, strict=True)
            if key not in self.known
        }


def points_agenda_of(
    proposal: Proposal, clauses: Sequence[Clause], chances: Chances | None, taxonomy: Taxonomy, door: Door
) -> PointsAgenda:
    """Return the questions for points on a document; arguments as for `reading.read_again`."""
    prompt, cache = digest(taxonomy), AnswerCache(door.answers, taxonomy)
    single = excerpts(proposal, clauses, chances, taxonomy)
    parts = tuple(replace(part, turn=turn) for turn in range(door.passes) for part in single)
    keys = tuple(key_of(part, door.model, prompt) for part in parts)
    stored = {key: points_in(text, taxonomy) for key in keys if (text := cache.text(key)) is not None}
    known = {key: claims for key, claims in stored.items() if not isinstance(claims, UnreadReason)}
    return PointsAgenda(parts, keys, known, prompt, sum(clause.assessed for clause in clauses))


def cost(body: Body) -> int:
    """Return roughly how many tokens a question and its answer cost."""
    return estimated(body) + ANSWER_TOKENS


def with_points(  # noqa: PLR0913 (what is read, what by, what is left to ask with, and the clock)
    second: SecondReading,
    proposal: Proposal,
    clauses: Sequence[Clause],
    chances: Chances | None,
    taxonomy: Taxonomy,
    *,
    door: Door,
    seconds: float,
    clock: Callable[[], float],
    sleep: Callable[[float], None],
) -> SecondReading:
    """Return a second reading with the points that the reader raises, and their cost added.

    Args:
        second: The reading of single clauses, whose cost counts against the budget of the door.
        proposal: The document; further arguments as for `reading.read_again`.
        clauses: All of its clauses, in order.
        chances: What the first reader makes of them; None where it does not know the language of the document.
        taxonomy: Safeguards that changes of wording may add.
        door: Where to ask.
        seconds: How long questions may take.
        clock: Returns seconds that only grow.
        sleep: Waits so many seconds between attempts.
    """
    agenda = points_agenda_of(proposal, clauses, chances, taxonomy, door)
    unanswered = agenda.open(taxonomy, door)
    outcomes: dict[str, PointClaims | UnreadReason] = dict(agenda.known)
    replies: list[Reply[PointClaims]] = []
    if door.address == BY_FILE:
        outcomes |= dict.fromkeys(unanswered, UnreadReason.NO_ANSWER)
    elif unanswered:
        outcomes |= dict.fromkeys(unanswered, UnreadReason.BUDGET if seconds > 0 else UnreadReason.TIME)
        bodies = _affordable(unanswered, second, door) if seconds > 0 else {}
        if bodies:
            replies = _ask(bodies, taxonomy, replace(door, seconds=seconds), clock, sleep)
        outcomes |= {key: reply.outcome for key, reply in zip(bodies, replies, strict=True)}
    sent = [reply for reply in replies if reply.sent]
    return replace(
        second,
        requests=second.requests + len(sent),
        tokens=second.tokens + sum(reply.tokens for reply in sent),
        raising=_raising(agenda, outcomes, proposal),
    )


def _affordable(unanswered: Mapping[str, Body], second: SecondReading, door: Door) -> dict[str, Body]:
    """Return questions in their order, as far as the budget goes."""
    bodies: dict[str, Body] = {}
    tokens = door.tokens - second.tokens
    for key, body in list(unanswered.items())[: max(0, door.requests - second.requests)]:
        tokens -= cost(body)
        if tokens < 0:
            break
        bodies[key] = body
    return bodies


def _ask(
    bodies: Mapping[str, Body],
    taxonomy: Taxonomy,
    door: Door,
    clock: Callable[[], float],
    sleep: Callable[[float], None],
) -> list[Reply[PointClaims]]:
    """Ask the server, and keep each answer as soon as it is there; a folder that cannot be written to keeps none."""
    keys, cache = list(bodies), AnswerCache(door.answers, taxonomy)

    def keep(place: int, claims: PointClaims) -> None:
        with suppress(OSError):
            cache.keep_text(keys[place], as_json(claims))

    questioner = Questioner(door, os.environ.get(KEY, ""), lambda content: points_in(content, taxonomy), clock, sleep)
    return questioner.ask(list(bodies.values()), keep)


def _raising(agenda: PointsAgenda, outcomes: Mapping[str, PointClaims | UnreadReason], proposal: Proposal) -> Raising:
    """Return all points that answers make, each held against its own part; read is a part with any answer.

    What failed in one pass and was answered in another is not unread.
    """
    points: list[RaisedPoint] = []
    unread: dict[tuple[int, str], UnreadReason] = {}
    answered: set[tuple[int, str]] = set()
    read: dict[int, int] = {}
    dropped = 0
    for excerpt, key in zip(agenda.excerpts, agenda.keys, strict=True):
        outcome, question = outcomes[key], (excerpt.number, excerpt.theme)
        if isinstance(outcome, UnreadReason):
            unread.setdefault(question, outcome)
            continue
        answered.add(question)
        read[excerpt.number] = len(excerpt.clauses)
        own, missing = points_of(excerpt, outcome, proposal.document.text)
        points += own
        dropped += missing
    clauses = sum(read.values())
    reasons = dict.fromkeys(reason.value for question, reason in unread.items() if question not in answered)
    return Raising(agenda.prompt, _joined(points), clauses, agenda.assessed - clauses, tuple(reasons), dropped)


def _joined(points: Iterable[RaisedPoint]) -> tuple[RaisedPoint, ...]:
    """Return points by guideline, then in the order of the text; those that say the same become one."""
    alike: dict[tuple[object, ...], RaisedPoint] = {}
    for point in points:
        pair = point.cites if point.kind is PointKind.INCONSISTENT else ()  # another pair of clauses is another point
        key = (point.guideline, point.says, pair)
        same = alike.get(key)
        alike[key] = replace(same, cites=_united(same.cites + point.cites)) if same else point
    order = {number: place for place, number in enumerate(vocabulary().guidelines)}
    return tuple(sorted(alike.values(), key=lambda point: (order[point.guideline], point.cites[0].evidence[0])))


def _united(cites: Iterable[Cited]) -> tuple[Cited, ...]:
    """Return citations with those of one clause made one."""
    spans: dict[str, tuple[Cited, ...]] = {}
    for cited in cites:
        spans[cited.clause] = (*spans.get(cited.clause, ()), cited)
    return tuple(
        Cited(clause, merged(span for cited in own for span in cited.evidence)) for clause, own in spans.items()
    )
