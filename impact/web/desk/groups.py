"""Findings under headings: by severity, by clause, by right."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from impact.present.cleaning import clipped, plain
from impact.present.words import words
from impact.records.report import ReportClause
from impact.taxonomy import load
from impact.web.desk.finding import DeskFinding

LEVELS = {"high": "High", "medium": "Medium", "low": "Low"}
OTHERS, SAFEGUARDS = "Added by reviewers", "Safeguards"
DECIDE = words().decide.title

Findings = tuple[DeskFinding, ...]
Clauses = tuple[ReportClause, ...]


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """Findings and safeguards under a heading; those that stand in an earlier group too are only named."""

    title: str
    findings: Findings
    named: Findings = ()

    @property
    def undecided(self) -> int:
        """How many are undecided."""
        return sum(not finding.status.decided for finding in self.findings)


def grouped(findings: Findings, order: str, clauses: Clauses) -> tuple[FindingGroup, ...]:
    """Return findings under headings; `order` is a key of the words `orders`."""
    return ORDERS[order](findings, clauses)


def _by_severity(findings: Findings, _: Clauses) -> tuple[FindingGroup, ...]:
    """Return firm findings by level, then all doubtful ones, which keep their place when they are decided."""
    groups: dict[str, list[DeskFinding]] = {title: [] for title in (*LEVELS.values(), DECIDE, OTHERS, SAFEGUARDS)}
    for finding in findings:
        title = DECIDE if finding.subject.doubtful else LEVELS.get(finding.level, OTHERS)
        groups[title if finding.is_finding else SAFEGUARDS].append(finding)
    return tuple(FindingGroup(title, tuple(members)) for title, members in groups.items() if members)


def _by_clause(findings: Findings, clauses: Clauses) -> tuple[FindingGroup, ...]:
    order = {clause.id: index for index, clause in enumerate(clauses)}
    chapters = {clause.id: (*clause.headings, "")[0] for clause in clauses}
    groups: dict[str, list[DeskFinding]] = {}
    for finding in sorted(findings, key=lambda finding: (order[finding.subject.clause], not finding.is_finding)):
        groups.setdefault(chapters[finding.subject.clause], []).append(finding)
    return tuple(
        FindingGroup(clipped(plain(title), 90) or "No heading", tuple(members)) for title, members in groups.items()
    )


def _by_right(findings: Findings, _: Clauses) -> tuple[FindingGroup, ...]:
    names = {name: right.name for name, right in load().rights.items()}
    by_right: dict[str, list[DeskFinding]] = {name: [] for name in names}
    for finding in findings:
        for right in finding.primary_rights:
            by_right.setdefault(right, []).append(finding)
    listed: set[str] = set()
    groups = []
    for right, members in by_right.items():
        new, again = _parted(members, listed)
        listed |= {finding.dom for finding in members}
        if members:
            groups.append(FindingGroup(names.get(right, plain(right)), new, again))
    rest, _again = _parted(findings, listed)
    return (*groups, *([FindingGroup("Safeguards and added findings", rest)] if rest else []))


def _parted(findings: Iterable[DeskFinding], listed: set[str]) -> tuple[Findings, Findings]:
    """Return the findings that are not listed yet, and those that are."""
    parts: tuple[list[DeskFinding], list[DeskFinding]] = ([], [])
    for finding in findings:
        parts[finding.dom in listed].append(finding)
    return tuple(parts[0]), tuple(parts[1])


ORDERS: dict[str, Callable[[Findings, Clauses], tuple[FindingGroup, ...]]] = {
    "severity": _by_severity,
    "clause": _by_clause,
    "right": _by_right,
}
