"""Have a second reader raise points on a document: ask, check, and collect the points and what was not read."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from impact.reader.door import Door
from impact.reader.inquiry import Chances
from impact.reader.parts import Clock, PartAnswers, PartQuestions, PartsAgenda, answers_to
from impact.reader.points.answer import PointClaims, as_json, points_in, points_of
from impact.reader.points.prompt import body_of, digest, key_of
from impact.reader.points.vocabulary import vocabulary
from impact.records import Cited, Clause, PointKind, Proposal, RaisedPoint, Raising, SecondReading, merged
from impact.taxonomy.values import Taxonomy

ANSWER_TOKENS = 1_500
"""Expected tokens of an answer. Source: project judgment; ten points with two quotes each."""

POINTS = PartQuestions(lambda: vocabulary().themes, digest, key_of, body_of, points_in, as_json, ANSWER_TOKENS)
"""How points are asked for."""


def with_points(  # noqa: PLR0913, PLR0917 (what is read, what by, and the clock)
    second: SecondReading,
    proposal: Proposal,
    clauses: Sequence[Clause],
    chances: Chances | None,
    taxonomy: Taxonomy,
    door: Door,
    clock: Clock,
) -> SecondReading:
    """Return a second reading with the points that the reader raises, and their cost added.

    Args:
        second: The reading so far, whose cost counts against the budget of the door.
        proposal: The document; further arguments as for `reading.read_again`.
        clauses: All of its clauses, in order.
        chances: What the first reader makes of them; None where it does not know the language of the document.
        taxonomy: Safeguards that changes of wording may add.
        door: Where to ask.
        clock: How long questions may take.
    """
    agenda = POINTS.agenda(proposal, clauses, chances, taxonomy, door)
    answers = answers_to(agenda, second, taxonomy, door, clock)
    return replace(
        second,
        requests=second.requests + answers.requests,
        tokens=second.tokens + answers.tokens,
        raising=_raising(agenda, answers, proposal),
    )


def _raising(agenda: PartsAgenda[PointClaims], answers: PartAnswers[PointClaims], proposal: Proposal) -> Raising:
    """Return all points that answers make, each held against its own part."""
    points: list[RaisedPoint] = []
    dropped = 0
    for excerpt, claims in answers.answers:
        own, missing = points_of(excerpt, claims, proposal.document.text)
        points += own
        dropped += missing
    left = agenda.assessed - answers.clauses
    return Raising(agenda.prompt, _joined(points), answers.clauses, left, answers.unread, dropped)


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
