"""Points that a second reader raises, as reports show them: apart, each with its quotes, and a change of wording."""

from dataclasses import dataclass

from impact.present.words import words
from impact.reader.points.vocabulary import vocabulary
from impact.records import Amendment, RaisedPoint
from impact.report.view.amendments import AmendmentView, amendment_view
from impact.report.view.guideline_answers import Quote
from impact.report.view.subject import ReportSubject


@dataclass(frozen=True, slots=True)
class RaisedView:
    """A point, ready to be shown.

    Attributes:
        under: The guideline, "4.14 Privacy".
        kind: What kind of point it is, in words.
        quotes: The clauses that it rests on, in the order of the text.
        amendment: The change of wording proposed for the first of them, and how it is shown; None where there is none.
    """

    point: RaisedPoint
    under: str
    kind: str
    quotes: tuple[Quote, ...]
    amendment: Amendment | None
    change: AmendmentView | None


def raised_views(subject: ReportSubject, limit: int) -> tuple[RaisedView, ...] | None:
    """Return the points in their order, each quote of about `limit` characters; None where nobody was asked for any."""
    second = subject.assessment.second
    if second is None or second.raising is None:
        return None
    points = second.raising.points
    return tuple(
        _shown(subject, point, amendment, limit) for point, amendment in zip(points, subject.advice.raised, strict=True)
    )


def _shown(subject: ReportSubject, point: RaisedPoint, amendment: Amendment | None, limit: int) -> RaisedView:
    passages = ((cited.clause, subject.at.passage(cited.clause, cited.evidence, limit)) for cited in point.cites)
    return RaisedView(
        point=point,
        under=f"{point.guideline} {vocabulary().guidelines[point.guideline].title}",
        kind=words().raised.kinds[point.kind.value],
        quotes=tuple((where, clause, runs) for clause, (where, runs) in passages),
        amendment=amendment,
        change=amendment_view(amendment, subject) if amendment else None,
    )
