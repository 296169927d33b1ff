"""Guideline answers as reports show them: benefits first, a quote or more a point, the other places named."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from impact.present.cleaning import plain
from impact.present.words import inside, words
from impact.records import (
    Advice,
    Assessment,
    Bearing,
    Cited,
    GuidelineAnswer,
    Omission,
    Point,
    Span,
    Tension,
    merged,
)
from impact.report.quotes.quote import Piece
from impact.report.view.places import Location, Places
from impact.taxonomy.values import Taxonomy

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
        return f"{self.point.name} (doubtful)" if self.point.doubtful else self.point.name


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
        return "Also" if self.points or self.tensions else "Told elsewhere"


def answer_views(
    assessment: Assessment, advice: Advice, at: Places, taxonomy: Taxonomy, amount: Amount
) -> tuple[AnswerView, ...]:
    """Return the answers, in the order of the guidelines."""
    told: dict[str, str] = {}
    return tuple(
        AnswerView(
            answer,
            tuple(_point(assessment, _once(point, answer.number, told), at, amount) for point in answer.points),
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
    name = str(words()["tensions"][tension.kind])
    first, second = (_quote(one, at, limit) for one in (tension.first, tension.second))
    return TensionView(tension, name, first, second)


def _once(point: Point, guideline: str, told: dict[str, str]) -> Point:
    """Return a note that says what an earlier one says, which `told` holds with its guideline, with that guideline."""
    if point.bearing is not Bearing.NOTE:
        return point
    if point.says not in told:
        told[point.says] = guideline
        return point
    under = told[point.says]
    return replace(point, says="As above." if under == guideline else f"As under {under}.")


def _point(assessment: Assessment, point: Point, at: Places, amount: Amount) -> PointView:
    kept: list[Cited] = []
    for cite in point.cites:
        if len(kept) < amount.quotes and not at.is_quoted(cite.clause, [each.clause for each in kept]):
            kept.append(cite)
    quotes = tuple(_quote(one, at, amount.limit) for one in kept)
    others, more = _further(point.cites, [at.where(clause) for _, clause, _ in quotes], at)
    return PointView(
        point,
        "" if point.bearing is Bearing.NOTE else _binds(assessment, point),
        str(words()["decide"]["tag"] if point.doubtful else words()["bearing"][point.bearing.value]),
        quotes,
        others,
        more,
        _weak(assessment, point, at),
        _alike(assessment, point, len(quotes)),
    )


def _binds(assessment: Assessment, point: Point) -> str:
    first = point.topic, point.cites[0].clause, point.strength
    used = any(
        rated.where_used and (rated.finding.mechanism, rated.finding.clause, rated.finding.strength) == first
        for rated in assessment.findings
    )
    return f"{words()['strength'][point.strength.value]} it{' where it is used' if used else ''}"


def _alike(assessment: Assessment, point: Point, quoted: int) -> bool:
    """Return whether the clauses quoted for a label bind alike."""
    found = [
        (rated.finding.mechanism, rated.finding.clause, rated.finding.strength, rated.where_used)
        for rated in assessment.findings
    ]
    found += [(safeguard.safeguard, safeguard.clause, safeguard.strength, False) for safeguard in assessment.safeguards]
    clauses = {cite.clause for cite in point.cites[:quoted]}
    held = {clause: rest for topic, clause, *rest in reversed(found) if topic == point.topic and clause in clauses}
    return held.keys() == clauses and all(one == held[point.cites[0].clause] for one in held.values())


def _weak(assessment: Assessment, point: Point, at: Places) -> tuple[tuple[Location, str], ...]:
    """Return where a benefit is weak, each official number once, and the first words that make it so."""
    found: dict[str, tuple[Location, str]] = {}
    for one in point.weak:
        where = at.where(one.clause)
        spans = _joined(assessment.document.text, one.evidence)
        said = list(dict.fromkeys(plain(assessment.document.quote(span)).lower() for span in spans))
        found.setdefault(where.full, (where, ", ".join(f"\u201c{words}\u201d" for words in said[:2])))
    return tuple(found.values())[:MOST_WEAK]


def _joined(text: str, spans: Iterable[Span]) -> list[Span]:
    """Return spans with those made one that nothing but blanks keep apart, so that they are quoted as they stand."""
    out: list[Span] = []
    for one in merged(spans):
        if out and text[out[-1].end : one.start].isspace():
            out[-1] = Span(out[-1].start, one.end)
        else:
            out.append(one)
    return out


def _quote(cited: Cited, at: Places, limit: int) -> Quote:
    where, runs = at.passage(cited.clause, cited.evidence, limit)
    return where, cited.clause, runs


def _further(cites: Iterable[Cited], quoted: list[Location], at: Places) -> tuple[tuple[Location, ...], int]:
    """Return the first places that are not quoted, in the order of the text, pages of one number joined.

    Beside them how many were left out.
    """
    taken = {one.full for one in quoted}
    groups: dict[str, list[str]] = {}
    for cite in cites:
        where = at.where(cite.clause)
        if where.full not in taken:
            groups.setdefault(at.clause(cite.clause).number or where.full, []).append(cite.clause)
    kept = list(groups.values())[:MOST_PLACES]
    return at.of(clause for group in kept for clause in group), len(groups) - len(kept)
