"""What there is to decide on in a report: findings and safeguards, each in its clause."""

from collections.abc import Iterator
from dataclasses import dataclass

from impact.records import Level, Span, Strength
from impact.records.report import Report, ReportClause, ReportFinding, ReportSafeguard
from impact.review.values.decision import SubjectKind, safeguard_id


@dataclass(frozen=True, slots=True)
class Subject:
    """A finding or safeguard of a report, or one that a reviewer added: a reference to both and to the clause.

    Attributes:
        id: By which decisions hang on it.
        place: Its clause, whose number, page, text and span are its own.
        source: As the report has it; None for what was added.
    """

    id: str
    kind: SubjectKind
    place: ReportClause
    label: str
    source: ReportFinding | ReportSafeguard | None = None

    @property
    def clause(self) -> str:
        """Id of its clause."""
        return self.place.id

    @property
    def strength(self) -> Strength:
        """Normative strength of the sentence that carries it; of the clause, for what was added."""
        return self.source.strength if self.source else self.place.strength

    @property
    def evidence(self) -> tuple[tuple[str, Span], ...]:
        """Verbatim words with their place in the text of the document; empty for what was added."""
        return tuple((words.quote, words.span) for words in self.source.evidence) if self.source else ()

    @property
    def doubtful(self) -> bool:
        """Whether the program leaves it to a reader."""
        return self.source is not None and self.source.doubtful

    @property
    def level(self) -> Level | None:
        """None for a safeguard and for an added finding."""
        return self.source.severity.level if isinstance(self.source, ReportFinding) else None

    @property
    def triple(self) -> tuple[int, int, int] | None:
        """Scale, scope and irremediability; None as for `level`."""
        return self.source.severity.triple if isinstance(self.source, ReportFinding) else None


def subjects(report: Report) -> tuple[Subject, ...]:
    """Return what a report asks a reviewer: findings, firm and grave ones first, then safeguards.

    All else being equal they stand as the text runs.
    """
    return tuple(sorted((subject for clause in report.clauses for subject in _of_clause(clause)), key=_order))


def _order(subject: Subject) -> tuple[bool, bool, int]:
    return subject.kind is SubjectKind.SAFEGUARD, subject.doubtful, -subject.level if subject.level else 0


def _of_clause(clause: ReportClause) -> Iterator[Subject]:
    for finding in clause.findings:
        yield Subject(finding.id, SubjectKind.FINDING, clause, finding.mechanism, finding)
    first: dict[str, ReportSafeguard] = {}
    for safeguard in clause.safeguards:
        first.setdefault(safeguard.safeguard, safeguard)
    for label, safeguard in first.items():
        yield Subject(safeguard_id(clause.id, label), SubjectKind.SAFEGUARD, clause, label, safeguard)
