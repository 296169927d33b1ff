"""What there is to decide on in a report: findings and safeguards, each with its quote and place."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from impact.records import Level, Span, Strength
from impact.review.values.decision import SubjectKind, safeguard_id
from impact.review.values.refusals import StoreError

SCHEMA = "impact-report/1"


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


@dataclass(frozen=True, slots=True)
class Passage:
    """A clause of a report, as much of it as adding a missed finding needs."""

    id: str
    number: str
    page: int
    strength: Strength
    text: str
    span: Span


def subjects(report: Mapping[str, Any]) -> tuple[Subject, ...]:
    """Return what a parsed report.json asks a reviewer: findings, firm and grave ones first, then safeguards.

    All else being equal they stand as the text runs.

    Raises:
        StoreError: If it is no report of schema `impact-report/1`.
    """
    check_schema(report)
    try:
        listed = [subject for row in report["clauses"] for subject in _of_clause(row)]
    except (KeyError, TypeError, ValueError, IndexError) as error:
        msg = f"the report is damaged: {error!r}"
        raise StoreError(msg, "Analyze the document again") from error
    return tuple(sorted(listed, key=_order))


def passages(report: Mapping[str, Any]) -> dict[str, Passage]:
    """Return the clauses of a report by id, as the text runs."""
    return {row["id"]: _passage(row) for row in report["clauses"]}


def added(passage: Passage, subject: str, label: str, kind: SubjectKind = SubjectKind.FINDING) -> Subject:
    """Return the subject that a reviewer adds in a clause."""
    return Subject(
        id=subject,
        kind=kind,
        clause=passage.id,
        number=passage.number,
        page=passage.page,
        label=label,
        strength=passage.strength,
        evidence=(),
        text=passage.text,
        span=passage.span,
    )


def check_schema(report: Mapping[str, Any]) -> None:
    """Refuse another schema.

    Raises:
        StoreError: If it is no report of schema `impact-report/1`.
    """
    if report.get("schema") != SCHEMA:
        msg = f"no report of schema {SCHEMA}"
        raise StoreError(msg, "Analyze the document with this version of impact")


def _order(subject: Subject) -> tuple[bool, bool, int]:
    return subject.kind is SubjectKind.SAFEGUARD, subject.doubtful, -subject.level if subject.level else 0


def _passage(row: Mapping[str, Any]) -> Passage:
    return Passage(row["id"], row["number"], row["page"], Strength(row["strength"]), row["text"], Span(*row["span"]))


def _of_clause(clause: Mapping[str, Any]) -> Iterator[Subject]:
    passage = _passage(clause)
    for finding in clause["findings"]:
        severity = finding["severity"]
        yield replace(
            _subject(passage, finding["id"], finding["mechanism"], finding),
            level=Level(severity["level"]),
            triple=(severity["scale"], severity["scope"], severity["irremediability"]),
            doubtful=finding["doubtful"],
        )
    ids: set[str] = set()
    for safeguard in clause["safeguards"]:
        name = safeguard_id(passage.id, safeguard["safeguard"])
        if name not in ids:
            ids.add(name)
            subject = _subject(passage, name, safeguard["safeguard"], safeguard)
            yield replace(subject, kind=SubjectKind.SAFEGUARD, doubtful=safeguard.get("doubtful", False))


def _subject(passage: Passage, name: str, label: str, row: Mapping[str, Any]) -> Subject:
    evidence = tuple((part["quote"], Span(*part["span"])) for part in row["evidence"])
    return replace(added(passage, name, label), strength=Strength(row["strength"]), evidence=evidence)
