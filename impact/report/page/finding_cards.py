"""The findings as the page shows them: a card a mechanism, a few quotes open, the rest folded and indexed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from impact.present.cleaning import clipped, plain
from impact.present.lists import inside
from impact.present.places import placed
from impact.present.words import graded
from impact.records import Clause, RatedFinding
from impact.report.page.finding_quotes import QuotedFinding, quote_finding
from impact.report.page.printing import QUOTE, printed_findings
from impact.report.quotes.ledger import QuoteLedger
from impact.report.view.concerns import Concern, named_places
from impact.report.view.levels import depends
from impact.report.view.places import Places
from impact.report.view.rights_matrix import RightLine, right_line
from impact.report.view.sentences import asks, enables, undecided, unstated
from impact.report.view.subject import ReportSubject
from impact.taxonomy.values import Mechanism

NEXT = 9
"""Findings after the open ones that are folded together; all others are by chapters. Source: project judgment."""

FOLDED_LIMIT = 480
MOST_PLACES, PLACES = 4, 200
"""Places named for one mechanism, and characters of them. Source: project judgment."""


@dataclass(frozen=True, slots=True)
class FindingChapter:
    """The findings of a card that stand under one outermost heading, in the order of the card."""

    title: str
    findings: tuple[QuotedFinding, ...]


@dataclass(frozen=True, slots=True)
class FurtherFindings:
    """Further findings of a card, either firm ones or doubtful ones: those that come next, and `rest` by chapters."""

    quoted: tuple[QuotedFinding, ...]
    rest: tuple[FindingChapter, ...]

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.quoted) + sum(len(chapter.findings) for chapter in self.rest)


@dataclass(frozen=True, slots=True)
class FindingLine:
    """Findings of a power with one level that paper names in a line, with their places in words."""

    power: str
    level: str
    count: int
    places: str


@dataclass(frozen=True, slots=True)
class Card:
    """One mechanism with its findings.

    Attributes:
        enables: What the clauses may enable, where one of them is quoted.
        enable: The same, where several are.
        decides: What to ask where no finding is firm.
        depends: On what a graver level depends: "high if the safeguard in clause 4 is not confirmed"; empty for most.
        numbers: The triple of the mechanism with its reason and source, and the level that it gives; findings with
            another triple say why.
        printed: Whether paper has room for it.
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
    depends: str
    numbers: str
    primary: tuple[RightLine, ...]
    secondary: tuple[RightLine, ...]
    printed: bool
    shown: tuple[QuotedFinding, ...]
    further: FurtherFindings | None
    doubted: FurtherFindings | None

    @property
    def repeats(self) -> bool:
        """Whether the brief has all that paper would show of it: the question, the quotes and what is beside them."""
        return self.concern.doubtful and all(quote.quote.part == "brief" for quote in self.shown)


@dataclass(frozen=True, slots=True)
class FindingCards:
    """The cards of firm concerns, those of concerns that need review, and the findings that no card has on paper.

    `quoted` are the findings of all cards by id.
    """

    firm: tuple[Card, ...]
    unsure: tuple[Card, ...]
    index: tuple[FindingLine, ...]
    quoted: Mapping[str, QuotedFinding]


def cards_of(subject: ReportSubject, ledger: QuoteLedger) -> FindingCards:
    """Return one card a concern, in the order of the concerns; what is printed quotes its clause before what is not."""
    printed = printed_findings(subject)
    findings = [(concern, rated) for concern in subject.concerns for rated in concern.findings]
    findings.sort(key=lambda pair: pair[1].finding.id not in printed)
    quoted: dict[str, QuotedFinding] = {}
    for concern, rated in findings:
        part, limit = _part(concern), QUOTE if rated.finding.id in printed else FOLDED_LIMIT
        quoted[rated.finding.id] = quote_finding(rated, subject, ledger, part, limit)
    firm, unsure = (
        tuple(_card(subject, concern, quoted, printed) for concern in concerns)
        for concerns in (subject.firm, subject.unsure)
    )
    return FindingCards(firm, unsure, tuple(_index(subject, printed)), quoted)


def _part(concern: Concern) -> str:
    return "decide" if concern.doubtful else "findings"


def _index(subject: ReportSubject, printed: frozenset[str]) -> Iterator[FindingLine]:
    """Yield the findings that paper does not quote by power and level, firm ones first, gravest powers first."""
    left = [
        (concern, rated)
        for concern in subject.concerns
        for rated in concern.findings
        if rated.finding.id not in printed
    ]
    groups: dict[tuple[str, str], list[str]] = {}
    for concern, rated in sorted(left, key=lambda pair: pair[1].finding.doubtful):
        groups.setdefault((inside(concern.mechanism.name), graded(rated)), []).append(rated.finding.clause)
    for (power, level), clauses in groups.items():
        places = [where.full for where in subject.at.of(dict.fromkeys(clauses))]
        yield FindingLine(power, level, len(clauses), placed(places))


def _card(subject: ReportSubject, concern: Concern, quoted: dict[str, QuotedFinding], printed: frozenset[str]) -> Card:
    assessment, taxonomy = subject.assessment, subject.taxonomy
    first, count = concern.findings[0], len(concern.surest)
    numbers = _numbers(first.severity.reason, concern.mechanism)
    usual = _usual(concern, numbers)
    findings = sorted(concern.findings, key=lambda rated: rated.finding.id not in printed)
    whole = (quoted[rated.finding.id] for rated in findings)
    quotes = _reasons_once(
        (replace(quote, reason=quote.reason.removeprefix(numbers).strip()) for quote in whole), usual
    )
    pairs = list(zip(findings, quotes, strict=True))
    on_paper = sum(rated.finding.id in printed for rated in concern.findings)
    most = max(1, on_paper)
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
        decides=asks(concern, subject.advice),
        unstated=unstated(concern, taxonomy, subject.ruled),
        undecided=undecided(concern, assessment, taxonomy),
        depends=depends(concern, subject.at),
        numbers=f"{numbers} {usual}".strip(),
        primary=rights["primary"],
        secondary=rights["secondary"],
        printed=on_paper > 0,
        shown=quotes[:most],
        further=_folded(pairs[most:count], subject.at),
        doubted=_folded(pairs[count:], subject.at),
    )


def _folded(findings: Sequence[tuple[RatedFinding, QuotedFinding]], at: Places) -> FurtherFindings | None:
    """Return findings with their quotes; None where there are none."""
    if not findings:
        return None
    return FurtherFindings(tuple(quoted for _, quoted in findings[:NEXT]), _chapters(findings[NEXT:], at))


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
    """Return each reason with the first finding that has it, but for the usual one, which the card has."""
    earlier = {usual}
    out = []
    for quote in quotes:
        out.append(replace(quote, reason="") if quote.reason in earlier else quote)
        earlier.add(quote.reason)
    return tuple(out)


def _chapters(findings: Sequence[tuple[RatedFinding, QuotedFinding]], at: Places) -> tuple[FindingChapter, ...]:
    titles = {rated.finding.clause: _title(at.clause(rated.finding.clause)) for rated, _ in findings}
    groups: dict[str, list[QuotedFinding]] = {titles[clause]: [] for clause in sorted(titles, key=at.position)}
    for rated, quoted in findings:
        groups[titles[rated.finding.clause]].append(quoted)
    return tuple(FindingChapter(title, tuple(quotes)) for title, quotes in groups.items())


def _title(clause: Clause) -> str:
    return clipped(plain(clause.headings[0]), 120) if clause.headings else "Without heading"
