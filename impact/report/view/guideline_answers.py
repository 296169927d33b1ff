"""Guideline answers as reports show them: benefits first, a quote or more a point, the other places named.

Points that a second reader raises stand apart, each with its quotes and a change of wording.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from impact.present.cleaning import plain
from impact.present.lists import inside
from impact.present.words import needing_review, words
from impact.reader.points.vocabulary import vocabulary
from impact.records import (
    Amendment,
    Assessment,
    Bearing,
    Cited,
    GuidelineAnswer,
    Omission,
    Point,
    RaisedPoint,
    Span,
    Tension,
    merged,
)
from impact.report.binding import bindings_of, bound
from impact.report.quotes.quote import Piece
from impact.report.view.amendments import AmendmentView, amendment_view
from impact.report.view.places import Location, Places
from impact.report.view.subject import ReportSubject

MOST_PLACES, MOST_WEAK = 24, 8

Quote = tuple[Location, str, tuple[Piece, ...]]
"""A place, the id of its clause, and its words."""


@dataclass(frozen=True, slots=True)
class Amount:
    """How much is quoted: at most so many quotes a point, each of about `limit` characters."""

    quotes: int
    limit: int


@dataclass(frozen=True, slots=True)
class PointView:
    """A point with quotes.

    Attributes:
        binds: What the clause quoted first does: "requires it", "permits it" ..., or only "where it is used"; others
            may be stronger; empty for a note, which a clause neither requires nor permits.
        others: Further places in the order of the text, pages of one number joined.
        more: How many of them were left out.
        alike: Whether all clauses quoted bind as the first does.
        weak: Places where the words are weak, with these words in quotation marks.
    """

    point: Point
    binds: str
    kind: str
    quotes: tuple[Quote, ...]
    others: tuple[Location, ...]
    more: int
    weak: tuple[tuple[Location, str], ...] = ()
    alike: bool = False

    @property
    def name(self) -> str:
        """Its name, and that it is doubtful where it is."""
        return f"{self.point.name} ({needing_review()})" if self.point.doubtful else self.point.name


@dataclass(frozen=True, slots=True)
class TensionView:
    """Two clauses, both quoted; `name` says of what kind the pair is."""

    tension: Tension
    name: str
    first: Quote
    second: Quote


@dataclass(frozen=True, slots=True)
class AnswerView:
    """One guideline; `silent` says that no clause was found on it, `also` names powers told under other guidelines."""

    answer: GuidelineAnswer
    points: tuple[PointView, ...]
    omissions: tuple[Omission, ...]
    tensions: tuple[TensionView, ...]
    rights: tuple[str, ...]
    also: str = ""

    @property
    def silent(self) -> bool:
        """Whether no clause was found that bears on it."""
        return not self.points and not self.tensions and not self.also

    @property
    def beside(self) -> str:
        """What stands before `also`."""
        return "Also" if self.points or self.tensions else "Covered elsewhere"


def answer_views(subject: ReportSubject, amount: Amount) -> tuple[AnswerView, ...]:
    """Return the answers, in the order of the guidelines."""
    notes: dict[str, str] = {}
    advice, at, taxonomy = subject.advice, subject.at, subject.taxonomy
    return tuple(
        AnswerView(
            answer,
            tuple(_point(subject, _once(point, answer.number, notes), amount) for point in answer.points),
            answer.omissions,
            tuple(
                tension_view(tension, at, amount.limit)
                for tension in advice.tensions
                if tension.guideline == answer.number
            ),
            tuple(taxonomy.rights[name].name for name in answer.rights),
            "; ".join(f"{inside(taxonomy.mechanisms[name].name)}, under {number}" for name, number in answer.also),
        )
        for answer in advice.guidelines
    )


def tension_view(tension: Tension, at: Places, limit: int) -> TensionView:
    """Return a pair of clauses with their words."""
    name = words().tensions[tension.kind]
    first, second = (_quote(cited, at, limit) for cited in (tension.first, tension.second))
    return TensionView(tension, name, first, second)


def _once(point: Point, guideline: str, notes: dict[str, str]) -> Point:
    """Return a note that says what an earlier one says, which `notes` holds with its guideline, with that guideline."""
    if point.bearing is not Bearing.NOTE:
        return point
    if point.says not in notes:
        notes[point.says] = guideline
        return point
    under = notes[point.says]
    return replace(point, says="As above." if under == guideline else f"As under {under}.")


def _point(subject: ReportSubject, point: Point, amount: Amount) -> PointView:
    at = subject.at
    cites = at.telling(point.cites, amount.quotes)
    quotes = tuple(_quote(cited, at, amount.limit) for cited in cites)
    others, more = _further(point.cites, [at.where(clause) for _, clause, _ in quotes], at)
    bindings = bindings_of(subject.assessment, point.topic)
    first = [bindings.get(cited.clause) for cited in point.cites[: len(quotes)]]
    used = first[0] == (point.strength, True)
    return PointView(
        point=point,
        binds="" if point.bearing is Bearing.NOTE else bound(point.strength, where_used=used),
        kind=str(needing_review() if point.doubtful else words().bearing[point.bearing.value]),
        quotes=quotes,
        others=others,
        more=more,
        weak=_weak(subject.assessment, point, at),
        alike=first[0] is not None and len({*first}) == 1,
    )


def _weak(assessment: Assessment, point: Point, at: Places) -> tuple[tuple[Location, str], ...]:
    """Return where a benefit is weak, each official number once, and the first words that make it so."""
    weak: dict[str, tuple[Location, str]] = {}
    for cited in point.weak:
        where = at.where(cited.clause)
        spans = _joined(assessment.document.text, cited.evidence)
        phrases = list(dict.fromkeys(plain(assessment.document.quote(span)).lower() for span in spans))
        weak.setdefault(where.full, (where, ", ".join(f"\u201c{words}\u201d" for words in phrases[:2])))
    return tuple(weak.values())[:MOST_WEAK]


def _joined(text: str, spans: Iterable[Span]) -> list[Span]:
    """Return spans with those made one that nothing but blanks keep apart, so that they are quoted as they stand."""
    out: list[Span] = []
    for span in merged(spans):
        if out and text[out[-1].end : span.start].isspace():
            out[-1] = Span(out[-1].start, span.end)
        else:
            out.append(span)
    return out


def _quote(cited: Cited, at: Places, limit: int) -> Quote:
    where, runs = at.passage(cited.clause, cited.evidence, limit)
    return where, cited.clause, runs


def _further(cites: Iterable[Cited], quoted: list[Location], at: Places) -> tuple[tuple[Location, ...], int]:
    """Return the first places that are not quoted, in the order of the text, pages of one number joined.

    Beside them how many were left out.
    """
    names = {location.full for location in quoted}
    groups: dict[str, list[str]] = {}
    for cite in cites:
        where = at.where(cite.clause)
        if where.full not in names:
            groups.setdefault(at.clause(cite.clause).number or where.full, []).append(cite.clause)
    shown = list(groups.values())[:MOST_PLACES]
    return at.of(clause for group in shown for clause in group), len(groups) - len(shown)


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
        _raised(subject, point, amendment, limit)
        for point, amendment in zip(points, subject.advice.raised, strict=True)
    )


def _raised(subject: ReportSubject, point: RaisedPoint, amendment: Amendment | None, limit: int) -> RaisedView:
    passages = ((cited.clause, subject.at.passage(cited.clause, cited.evidence, limit)) for cited in point.cites)
    return RaisedView(
        point=point,
        under=f"{point.guideline} {vocabulary().guidelines[point.guideline].title}",
        kind=words().raised.kinds[point.kind.value],
        quotes=tuple((where, clause, runs) for clause, (where, runs) in passages),
        amendment=amendment,
        change=amendment_view(amendment, subject) if amendment else None,
    )
