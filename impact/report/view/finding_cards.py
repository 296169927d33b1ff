"""The findings as the page shows them: a card a mechanism, a few quotes open, the rest folded."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from impact.present.cleaning import clipped, plain
from impact.records import Clause, RatedFinding
from impact.report.view.concerns import Concern, named_places
from impact.report.view.finding_quotes import QuotedFinding, quote_finding
from impact.report.view.places import Location, Places
from impact.report.view.rights_matrix import RightLine, right_line
from impact.report.view.sentences import decides, enables, undecided, unstated
from impact.report.view.subject import ReportSubject
from impact.taxonomy.values import Mechanism

OPEN = 3
NEXT = 9
"""Findings after the open ones that paper also quotes whole. Source: project judgement, what a reader of paper takes in
of one power."""

OPEN_LIMIT = 1200
FOLDED_LIMIT = 480
TERSE_LIMIT = 160
MOST_PLACES, PLACES = 4, 200
"""Places named for one mechanism, and characters of them. Source: project judgement."""


@dataclass(frozen=True, slots=True)
class FindingChapter:
    """The findings of a card that stand under one outermost heading, in the order of the card."""

    title: str
    findings: tuple[QuotedFinding, ...]


@dataclass(frozen=True, slots=True)
class FurtherFindings:
    """Further findings of a card, either firm ones or doubtful ones.

    Attributes:
        quoted: Those that come next.
        rest: All others, in the order of the text, for the screen.
        terse: What paper has in place of `rest`: each with few words, the gravest first; firm ones alone.
        elsewhere: Where `rest` stands, each place once, in the order of the text, if paper does not quote it.
    """

    quoted: tuple[QuotedFinding, ...]
    rest: tuple[FindingChapter, ...]
    terse: tuple[QuotedFinding, ...]
    elsewhere: tuple[Location, ...]

    @property
    def left(self) -> int:
        """How many are in `rest`."""
        return sum(len(chapter.findings) for chapter in self.rest)

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.quoted) + self.left


@dataclass(frozen=True, slots=True)
class Card:
    """One mechanism with its findings.

    Attributes:
        enables: What the clauses may enable, where one of them is quoted.
        enable: The same, where several are.
        decides: What a reader has to decide where no finding is firm.
        numbers: The triple of the mechanism with its reason and source, and the level that it gives; findings with
            another triple say why.
        shown: The first few findings, in full; firm ones, or doubtful ones where none is firm.
        further: Others of the same kind, if there are any.
        doubted: The doubtful ones beside firm ones, if there are any.
    """

    concern: Concern
    anchor: str
    places: str
    enables: str
    enable: str
    decides: str
    unstated: str
    undecided: str
    numbers: str
    primary: tuple[RightLine, ...]
    secondary: tuple[RightLine, ...]
    shown: tuple[QuotedFinding, ...]
    further: FurtherFindings | None
    doubted: FurtherFindings | None


def cards_of(subject: ReportSubject, concerns: tuple[Concern, ...]) -> tuple[Card, ...]:
    """Return one card a concern, in the order of the concerns."""
    return tuple(_card(subject, concern) for concern in concerns)


def _card(subject: ReportSubject, concern: Concern) -> Card:
    assessment, at, taxonomy = subject.assessment, subject.at, subject.taxonomy
    first, count = concern.findings[0], len(concern.surest)
    limits = [OPEN_LIMIT] * OPEN + [FOLDED_LIMIT] * len(concern.findings)
    numbers = _numbers(first.severity.reason, concern.mechanism)
    whole = (quote_finding(rated, at, taxonomy, limit) for rated, limit in zip(concern.findings, limits, strict=False))
    usual = _usual(concern, numbers)
    quotes = _reasons_once(
        (replace(quote, reason=quote.reason.removeprefix(numbers).strip()) for quote in whole), usual
    )
    quoted = list(zip(concern.findings, quotes, strict=True))
    short = partial(quote_finding, at=at, taxonomy=taxonomy, limit=TERSE_LIMIT)
    rights = {
        kind: tuple(right_line(right.right, right.source, taxonomy) for right in first.rights if right.link == kind)
        for kind in ("primary", "secondary")
    }
    return Card(
        concern=concern,
        anchor=f"m-{concern.mechanism.id}",
        places=clipped(named_places(concern, assessment, MOST_PLACES), PLACES),
        enables=enables(concern),
        enable=enables(concern, ""),
        decides=decides(concern),
        unstated=unstated(concern, taxonomy, subject.ruled),
        undecided=undecided(concern, assessment, taxonomy),
        numbers=f"{numbers} {usual}".strip(),
        primary=rights["primary"],
        secondary=rights["secondary"],
        shown=quotes[: min(OPEN, count)],
        further=_folded(quoted[OPEN:count], NEXT, at, short),
        doubted=_folded(quoted[count:], max(OPEN, OPEN + NEXT - count), at, short),
    )


def _folded(
    findings: Sequence[tuple[RatedFinding, QuotedFinding]],
    most: int,
    at: Places,
    short: Callable[[RatedFinding], QuotedFinding],
) -> FurtherFindings | None:
    """Return findings with their quotes, `most` of them for paper too; None where there are none."""
    if not findings:
        return None
    rest = findings[most:]
    return FurtherFindings(
        quoted=tuple(quoted for _, quoted in findings[:most]),
        rest=_chapters(rest, at),
        terse=tuple(short(rated) for rated, _ in rest if not rated.finding.doubtful),
        elsewhere=at.of(rated.finding.clause for rated, _ in rest if rated.finding.doubtful),
    )


def _numbers(reason: str, mechanism: Mechanism) -> str:
    """Return what a reason says of the triple of its mechanism, before what moved it and the level."""
    before, source, _ = reason.partition(f"{mechanism.severity_source.strip().rstrip('.')}.")
    return f"{before}{source}" if source else ""


def _usual(concern: Concern, numbers: str) -> str:
    """Return why findings with the triple of the mechanism have their level; empty where none has it."""
    whole = concern.mechanism.scale, concern.mechanism.scope, concern.mechanism.irremediability
    reasons = (
        rated.severity.reason.removeprefix(numbers).strip()
        for rated in concern.findings
        if (rated.severity.scale, rated.severity.scope, rated.severity.irremediability) == whole
        and not rated.severity.least
    )
    return next(reasons, "")


def _reasons_once(quotes: Iterable[QuotedFinding], usual: str) -> tuple[QuotedFinding, ...]:
    """Return each reason with the first finding that has it, but for the usual one; later ones point to it."""
    locations: dict[str, Location] = {}
    out = []
    for quote in quotes:
        there = locations.setdefault(quote.reason, quote.where)
        if quote.reason == usual:
            out.append(replace(quote, reason=""))
        elif there is quote.where or not quote.reason:
            out.append(quote)
        else:
            as_in = "above" if there.full == quote.where.full else f"at {there.full}"
            out.append(replace(quote, reason="", as_in=as_in))
    return tuple(out)


def _chapters(findings: Sequence[tuple[RatedFinding, QuotedFinding]], at: Places) -> tuple[FindingChapter, ...]:
    titles = {rated.finding.clause: _title(at.clause(rated.finding.clause)) for rated, _ in findings}
    groups: dict[str, list[QuotedFinding]] = {titles[clause]: [] for clause in sorted(titles, key=at.position)}
    for rated, quoted in findings:
        groups[titles[rated.finding.clause]].append(quoted)
    return tuple(FindingChapter(title, tuple(quotes)) for title, quotes in groups.items())


def _title(clause: Clause) -> str:
    return clipped(plain(clause.headings[0]), 120) if clause.headings else "Without heading"
