"""Have a second reader raise points on a document: ask, check, and collect the points and what was not read."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from impact.reader.parts.questions import PartAnswers, PartQuestions, PartsAgenda
from impact.reader.points.answer import PointClaims, as_json, points_in, points_of
from impact.reader.points.prompt import body_of, digest, key_of
from impact.reader.points.vocabulary import vocabulary
from impact.records import Cited, Clause, PointKind, Proposal, RaisedPoint, Raising, SecondReading, merged

ANSWER_TOKENS = 1_500
"""Expected tokens of an answer. Source: project judgment; ten points with two quotes each."""


def _adopted(
    second: SecondReading,
    agenda: PartsAgenda[PointClaims],
    answers: PartAnswers[PointClaims],
    proposal: Proposal,
    _clauses: Sequence[Clause],
) -> SecondReading:
    """Return a second reading with all points that answers make, each held against its own part."""
    points: list[RaisedPoint] = []
    dropped = 0
    for excerpt, claims in answers.answers:
        adopted, missing = points_of(excerpt, claims, proposal.document.text)
        points += adopted
        dropped += missing
    left = agenda.assessed - answers.clauses
    raising = Raising(agenda.prompt, _joined(points), answers.clauses, left, answers.unread, dropped)
    return replace(second, raising=raising)


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
        Cited(clause, merged(span for cited in cited_passages for span in cited.evidence))
        for clause, cited_passages in spans.items()
    )


POINTS = PartQuestions(
    lambda: vocabulary().themes, digest, key_of, body_of, points_in, as_json, _adopted, ANSWER_TOKENS
)
"""How points are asked for."""
