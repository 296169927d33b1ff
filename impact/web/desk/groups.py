"""Findings under headings: gravest first by power, by clause, by right; safeguards stand apart."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from impact.present.cleaning import clipped, plain
from impact.present.words import words as report_words
from impact.records import Level
from impact.records.report import ReportClause
from impact.taxonomy import load
from impact.web.desk.finding import DeskFinding
from impact.web.desk.wording import words

Findings = tuple[DeskFinding, ...]
Clauses = tuple[ReportClause, ...]


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """Findings and safeguards under a heading; those that stand in an earlier group too are only named.

    Attributes:
        section: Heading over this group and others; empty for none.
        level: The level of a power for its badge; empty for none.
        guards: Whether it holds the safeguards of one name, which can be accepted at once.
        alike: Whether all have the name of the group, so that a row shows the words of its clause instead.
    """

    title: str
    findings: Findings
    named: Findings = ()
    section: str = ""
    level: str = ""
    guards: bool = False
    alike: bool = False

    @property
    def undecided(self) -> Findings:
        """Those that are undecided."""
        return tuple(finding for finding in self.findings if not finding.status.decided)


@dataclass(slots=True)
class _Sections:
    """The findings of a desk parted into what is shown apart."""

    powers: dict[str, list[DeskFinding]] = field(default_factory=dict)
    doubtful: list[DeskFinding] = field(default_factory=list)
    added: list[DeskFinding] = field(default_factory=list)
    guards: dict[str, list[DeskFinding]] = field(default_factory=dict)
    doubtful_guards: dict[str, list[DeskFinding]] = field(default_factory=dict)


def grouped(findings: Findings, order: str, clauses: Clauses) -> tuple[FindingGroup, ...]:
    """Return findings under headings; `order` is a key of the words `orders`."""
    return ORDERS[order](findings, clauses)


def _by_severity(findings: Findings, _: Clauses) -> tuple[FindingGroup, ...]:
    """Return firm findings by power, gravest first, doubtful ones likeliest first, then safeguards.

    The order goes by what the program found, so that nothing moves while it is decided.
    """
    parts, titles = _parts(findings), words().sections
    powers = sorted(parts.powers.values(), key=_gravest)
    guards = sorted(parts.guards.values(), key=lambda members: (-len(members), members[0].name))
    likely = sorted(parts.doubtful_guards.values(), key=lambda members: (-members[0].chance, members[0].name))
    doubtful, added = tuple(parts.doubtful), tuple(parts.added)
    decide = report_words().decide.title
    return (
        *(_group(members, titles["powers"], level=_level(members)) for members in powers),
        *([FindingGroup(decide, doubtful)] if doubtful else []),
        *([FindingGroup(titles["added"], added)] if added else []),
        *(_group(members, titles["safeguards"], guards=True) for members in guards),
        *(_group(members, titles["doubtful"], guards=True) for members in likely),
    )


def _parts(findings: Findings) -> _Sections:
    """Return findings parted; within each part the gravest stand first, or the likeliest of doubtful ones."""
    parts = _Sections()
    for finding in sorted(findings, key=lambda finding: finding.rank):
        label = finding.subject.label
        if finding.is_finding and finding.subject.source is None:
            parts.added.append(finding)
        elif finding.is_finding and finding.subject.doubtful:
            parts.doubtful.append(finding)
        elif finding.is_finding:
            parts.powers.setdefault(label, []).append(finding)
        else:
            guards = parts.doubtful_guards if finding.subject.doubtful else parts.guards
            guards.setdefault(label, []).append(finding)
    return parts


def _group(members: list[DeskFinding], section: str, *, level: str = "", guards: bool = False) -> FindingGroup:
    return FindingGroup(members[0].name, tuple(members), (), section, level, guards, alike=True)


def _gravest(members: list[DeskFinding]) -> tuple[int, tuple[int, ...], int, str]:
    first = members[0]
    return first.rank[0], first.rank[1], -len(members), first.name


def _level(members: Iterable[DeskFinding]) -> str:
    return max((Level(finding.level) for finding in members if finding.level), default=Level.NONE).value


def _by_clause(findings: Findings, clauses: Clauses) -> tuple[FindingGroup, ...]:
    order = {clause.id: index for index, clause in enumerate(clauses)}
    chapters = {clause.id: (*clause.headings, "")[0] for clause in clauses}
    groups: dict[str, list[DeskFinding]] = {}
    for finding in sorted(findings, key=lambda finding: (order[finding.subject.clause], not finding.is_finding)):
        groups.setdefault(chapters[finding.subject.clause], []).append(finding)
    untitled = words().sections["untitled"]
    return tuple(FindingGroup(clipped(plain(title), 90) or untitled, tuple(group)) for title, group in groups.items())


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
    return (*groups, *([FindingGroup(words().sections["rest"], rest)] if rest else []))


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
