"""What is decided on a proposal, as signed or as it stands: what stands, what was rejected and what is undecided."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from impact.records import Headline, Level, ReviewVerdict, Silence
from impact.records.report import Report
from impact.records.report_json import from_json
from impact.review.decide import reading, signing
from impact.review.decide.count import DecisionCount
from impact.review.decide.reading import Desk
from impact.review.decide.status import DecisionStatus
from impact.review.store import analyses, blobs
from impact.review.store.store import Store
from impact.review.values.decision import Action, SubjectKind, correction_from_row
from impact.review.values.subject import Subject, subjects
from impact.review.values.users import User
from impact.web.desk.finding import DeskFinding, beside
from impact.web.desk.wording import not_assessed

Decision = tuple[DecisionStatus, tuple[str, ...]]
"""What was decided on a finding, and the names of those whose decision it is."""


@dataclass(frozen=True, slots=True)
class DecidedReport:
    """A report as far as it is decided.

    Attributes:
        stands, rejected, undecided: Findings and safeguards, gravest first; of undecided ones the firm ones before.
        unassessed: That and why the document was not assessed, as a sentence; empty where it was.
        source: What the program found; None where there is no analysis.
        version: 0 where nothing is signed; `signatures`, names and times.
    """

    stands: tuple[DeskFinding, ...]
    rejected: tuple[DeskFinding, ...]
    undecided: tuple[DeskFinding, ...]
    silences: tuple[Silence, ...]
    unassessed: str = ""
    version: int = 0
    signatures: tuple[tuple[str, str], ...] = ()
    digest: str = ""
    source: Report | None = None

    @property
    def counts(self) -> str:
        """The numbers in words: "18 of 21 items decided: 12 confirmed, 6 rejected"."""
        confirmed, rejected = len(self.stands), len(self.rejected)
        return (
            f"{self.count.words}: {confirmed} confirmed, {rejected} rejected"
            if self.count.decided
            else self.count.words
        )

    @property
    def every(self) -> tuple[DeskFinding, ...]:
        """All findings and safeguards: those that stand, were rejected and are undecided."""
        return *self.stands, *self.rejected, *self.undecided

    @property
    def authors(self) -> tuple[str, ...]:
        """Names of those whose decisions and notes they are, as they first come."""
        by = (finding.by or tuple(filter(None, [finding.status.by])) for finding in self.every)
        noted = (tuple(name for name, _ in finding.status.notes) for finding in self.every)
        return tuple(dict.fromkeys(name for names in (*by, *noted) for name in names))

    @property
    def last(self) -> datetime | None:
        """When the last decision was made; None where that is not known, as in a signed version."""
        return max((finding.status.time for finding in self.every if finding.status.time), default=None)

    @property
    def count(self) -> DecisionCount:
        """How many of its items are decided."""
        decided = len(self.stands) + len(self.rejected)
        return DecisionCount(decided, decided + len(self.undecided))


def decided(store: Store, person: User, proposal: str, version: int) -> tuple[Desk, DecidedReport]:
    """Return the desk and what is decided: as signed under a version, or as it stands for this person (0)."""
    desk = reading.open_desk(store, person, proposal)
    if not version:
        decisions = {name: (final.status, final.by) for name, final in desk.outcomes.items()} or {
            name: (status, (status.by,)) for name, status in desk.own.items()
        }
        report = desk.report
        findings = _findings(desk.subjects, decisions, paged=bool(report and report.document.paged))
        unassessed = not_assessed(desk.proposal.headline)
        return desk, DecidedReport(*_parted(findings), report.silences if report else (), unassessed, source=report)
    signed = signing.signed_version(store, person, desk.proposal.id, min(max(version, 1), 2**31 - 1))
    names = tuple((signature["name"], signature["time"]) for signature in signed["signatures"])
    report = from_json(signed["report"])
    unassessed, version = not_assessed(_headline(report)), signed["version"]
    return desk, DecidedReport(
        *_parted(_signed(signed, report)), report.silences, unassessed, version, names, signed["digest"], report
    )


@lru_cache(maxsize=1000)
def outcome(files: Path, digest: str) -> tuple[str, DecisionCount, str]:
    """Return the gravest level of the findings that stand in a signed file, how much is decided, and what is unread.

    The level is "none" where no finding stands, and empty where none of those that does has one; the last says that and
    why the document was not assessed, if so. It is kept, since what a digest stands for never changes.
    """
    signed = json.loads(blobs.get(files, digest))
    report = analyses.parse_report(blobs.get(files, signed["report"]))
    decided = DecidedReport(*_parted(_signed(signed, report)), report.silences)
    stands = [finding for finding in decided.stands if finding.is_finding]
    levels = {Level(finding.decided_level) for finding in stands if finding.decided_level}
    gravest = max(levels).value if levels else ""
    return gravest if stands else Level.NONE.value, decided.count, not_assessed(_headline(report))


def latest_signed(desk: Desk) -> int:
    """Return the version that was signed last; 0 if none was, or something was decided since."""
    last = desk.signatures[-1] if desk.signatures else None
    return last.version if last and all(event.seq < last.seq for event in desk.events) else 0


def _headline(report: Report) -> Headline:
    return replace(report.headline, pages=len(report.extraction.pages), unread=report.unread)


def _signed(signed: Mapping[str, Any], report: Report) -> list[DeskFinding]:
    """Return what the report that was signed finds, with what reviewers added, as decided then."""
    listed = {subject.id: subject for subject in subjects(report)}
    clauses = {clause.id: clause for clause in report.clauses}
    additions = {event["subject"] for event in signed["events"] if event["action"] == Action.ADD}
    for row in signed["holds"]:
        if row["subject"] in additions and row["clause"] in clauses:
            subject = Subject(row["subject"], SubjectKind(row["kind"]), clauses[row["clause"]], row["label"])
            listed.setdefault(subject.id, subject)
    decisions = {row["subject"]: _decision(row) for row in signed["holds"]}
    return _findings(listed.values(), decisions, paged=report.document.paged)


def _decision(row: Mapping[str, Any]) -> Decision:
    """Return what a row of `holds` says."""
    status = DecisionStatus(
        subject=row["subject"],
        kind=SubjectKind(row["kind"]),
        clause=row["clause"],
        label=row["label"],
        verdict=ReviewVerdict(row["verdict"]),
        text=row["text"],
        correction=correction_from_row(row["correction"]),
        notes=tuple((note["name"], note["text"]) for note in row["notes"]),
    )
    return status, tuple(row["by"])


def _findings(listed: Iterable[Subject], decisions: Mapping[str, Decision], *, paged: bool) -> list[DeskFinding]:
    return [beside(subject, *decisions.get(subject.id, (None, ())), paged=paged) for subject in listed]


def _parted(
    findings: Iterable[DeskFinding],
) -> tuple[tuple[DeskFinding, ...], tuple[DeskFinding, ...], tuple[DeskFinding, ...]]:
    """Return the findings that stand, gravest first, those that were rejected and those that are undecided."""
    parts: dict[str, list[DeskFinding]] = {"stands": [], "rejected": [], "undecided": []}
    for finding in findings:
        verdict = finding.status.verdict.value
        parts[verdict if verdict in parts else "stands"].append(finding)
    parts["stands"].sort(key=lambda finding: (not finding.is_finding, -Level(finding.decided_level or Level.NONE)))
    return tuple(parts["stands"]), tuple(parts["rejected"]), tuple(parts["undecided"])
