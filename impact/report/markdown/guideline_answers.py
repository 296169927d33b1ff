"""Guideline answers in the Markdown brief: a line a guideline."""

from collections.abc import Iterator

from impact.present.escaping import escaped
from impact.present.lists import inside, listed
from impact.present.places import bracketed, named
from impact.present.words import words
from impact.records import Bearing
from impact.report.view.guideline_answers import Amount, AnswerView, PointView, answer_views
from impact.report.view.subject import ReportSubject

MOST_POINTS = 3


def guideline_lines(subject: ReportSubject) -> Iterator[str]:
    """Yield one line a guideline on which a clause was found or something is left open, and one for all others."""
    answers = answer_views(subject, Amount(1, 1))
    for answer in answers:
        if not answer.silent or answer.omissions:
            yield f"- {answer.answer.number} {answer.answer.title}. {' '.join(_answer(answer))}"
    rest = [
        f"{answer.answer.number} {answer.answer.title}" for answer in answers if answer.silent and not answer.omissions
    ]
    if rest:
        yield f"- The tool found nothing on {listed(rest)}."


def _answer(answer: AnswerView) -> Iterator[str]:
    """Yield what was found, benefits first, with the first places of each point, and what was not."""
    for bearing in Bearing:
        points = [point for point in answer.points if point.point.bearing is bearing]
        named = [f"{inside(point.name)} ({_first_places(point)})" for point in points[:MOST_POINTS]]
        more = [f"{len(points) - MOST_POINTS} more"] if len(points) > MOST_POINTS else []
        if named:
            yield f"{words().bearing[bearing.value].capitalize()}: {'; '.join(named + more)}."
    if answer.also:
        yield f"{answer.beside}: {answer.also}."
    for omission in answer.omissions:
        yield omission.says


def _first_places(point: PointView) -> str:
    places = [named(where.full) for where in (point.quotes[0][0], *point.others[:2])]
    left = len(point.others) + point.more - 2
    return escaped(bracketed(places)) + (f" and {left} more" if left > 0 else "")
