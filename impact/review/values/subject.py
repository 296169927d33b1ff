"""What there is to decide on in a report: findings and safeguards, each with its quote and place."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from impact.records import Level, Span, Strength
from impact.records.report import Report, ReportClause, ReportFinding, ReportSafeguard
from impact.review.values.decision import SubjectKind, safeguard_id


@dataclass(frozen=True, slots=True)
class Subject:
    """A finding or safeguard of a report, or one that a reviewer added.

    Attributes:
        id: By which decisions hang on it.
        clause: Id of its clause; `number`, as a person cites it; `page`, from 1.
        label: Id of the mechanism or safeguard.
        evidence: Verbatim words with their place in the text of the document; empty for what was added.
        text: The clause, verbatim, and `span`, its place.
        level: None for a safeguard and for an added finding without severity; `triple` likewise.
    """

    id: str
    kind: SubjectKind
    clause: str
    number: str
    page: int
    label: str
    strength: Strength
    evidence: tuple[tuple[str, Span], ...]
    text: str
    span: Span
    level: Level | None = None
    triple: tuple[int, int, int] | None = None
    doubtful: bool = False


def subjects(report: Report) -> tuple[Subject, ...]:
    """Return what a report asks a reviewer: findings, firm and grave ones first, then safeguards.

    All else being equal they stand as the text runs.
    """
    return tuple(sorted((subject for clause in report.clauses for subject in _of_clause(clause)), key=_order))


def added(clause: ReportClause, subject: str, label: str, kind: SubjectKind = SubjectKind.FINDING) -> Subject:
    """Return the subject that a reviewer adds in a clause."""
    return Subject(
        id=subject,
        kind=kind,
        clause=clause.id,
        number=clause.number,
        page=clause.page,
        label=label,
        strength=clause.strength,
        evidence=(),
        text=clause.text,
        span=clause.span,
    )


def _order(subject: Subject) -> tuple[bool, bool, int]:
    return subject.kind is SubjectKind.SAFEGUARD, subject.doubtful, -subject.level if subject.level else 0


def _of_clause(clause: ReportClause) -> Iterator[Subject]:
    for finding in clause.findings:
        subject = added(clause, finding.id, finding.mechanism)
        severity = finding.severity
        yield replace(_stated(subject, finding), level=severity.level, triple=severity.triple)
    first: dict[str, ReportSafeguard] = {}
    for safeguard in clause.safeguards:
        first.setdefault(safeguard.safeguard, safeguard)
    for label, safeguard in first.items():
        yield _stated(added(clause, safeguard_id(clause.id, label), label, SubjectKind.SAFEGUARD), safeguard)


def _stated(subject: Subject, source: ReportFinding | ReportSafeguard) -> Subject:
    """Return a subject with what the report says of it."""
    evidence = tuple((quotation.quote, quotation.span) for quotation in source.evidence)
    return replace(subject, strength=source.strength, evidence=evidence, doubtful=source.doubtful)
