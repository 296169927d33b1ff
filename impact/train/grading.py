"""Ask judges and graders about a document, for evaluation."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from impact.classify import CLASSIFIERS, GRADERS, classify
from impact.reader.rule import FirstReading
from impact.records import (
    ASSESSED_LANGUAGES,
    Assessment,
    Classification,
    Clause,
    Concurrence,
    Proposal,
    RatedFinding,
    Span,
)
from impact.taxonomy.values import Taxonomy
from impact.train.second_reader import MeasuredReader

Read = Callable[[Path], tuple[Proposal, Sequence[Clause]]]
"""Extracts, describes and segments a file."""

Assess = Callable[[Proposal, tuple[Clause, ...], Classification], Assessment]
"""Assesses a classified document."""

ENOUGH = 0.5
"""Least grade at which a grader, which only grades, counts as proposing a label. Source: more likely than not."""


def files_by_name(folder: Path | None) -> dict[str, Path]:
    """Return all files below a folder by name; none without a folder."""
    return {path.name: path for path in sorted(folder.rglob("*")) if path.is_file()} if folder else {}


@dataclass(frozen=True, slots=True)
class Statement:
    """The program's statement that a clause proposes a label, with its evidence.

    Raises:
        ValueError: If there is no evidence.
    """

    clause: str
    label: str
    evidence: tuple[Span, ...]

    def __post_init__(self) -> None:
        if not self.evidence:
            raise ValueError(f"{self.label!r} of {self.clause!r} has no evidence")


@dataclass(frozen=True, slots=True)
class Judgment:
    """All that was stated of a document.

    Attributes:
        statements: What is proposed; mechanisms first, each kind in the order of the clauses.
        grades: Chance by clause id and label; absent is 0.
        grave: The statements of mechanisms that are firm, gravest first and at equal severity surer ones first, as the
            report names them. Empty where nobody assesses.
        doubtful: Those that are for a reader to decide, in the same order; empty where nobody assesses.
    """

    statements: tuple[Statement, ...]
    grades: Mapping[str, Mapping[str, float]]
    grave: tuple[Statement, ...]
    doubtful: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True)
class Asker:
    """Whom to ask, and how.

    Attributes:
        by: Names of `CLASSIFIERS` or of `GRADERS`; a grader states what it grades `ENOUGH` or more.
        assess: Judges the findings; None where their gravity does not matter.
        second: Who reads a second time; it reads alone where the program does not assess the language by itself.

    Raises:
        ValueError: If a name is neither a classifier nor a grader, there is none, or a second reader has no classifier.
    """

    taxonomy: Taxonomy
    by: tuple[str, ...]
    assess: Assess | None = None
    second: MeasuredReader | None = None

    def __post_init__(self) -> None:
        if not self.by or set(self.by) - {*CLASSIFIERS, *GRADERS}:
            raise ValueError(f"asked are {self.by}, known are {sorted({*CLASSIFIERS, *GRADERS})}")
        if self.second and not {*self.by} & {*CLASSIFIERS}:
            raise ValueError(f"a second reader reads after a classifier, and none is among {self.by}")

    @property
    def names(self) -> tuple[str, ...]:
        """Who is asked, the second reader last."""
        return (*self.by, *(("second reader",) if self.second else ()))

    def ask(self, proposal: Proposal, clauses: Sequence[Clause], only: Collection[str] | None = None) -> Judgment:
        """Return the judgment of a document; a second reader is asked only about clauses with ids in `only`."""
        grades = self._grades(proposal, clauses)
        classification = self._classification(proposal, clauses, only)
        if self.second and classification:
            _regrade(grades, classification)
        judged = (
            self.assess(proposal, tuple(clauses), classification).findings if classification and self.assess else ()
        )
        firm, doubtful = (_gravest(judged, doubtful=doubtful) for doubtful in (False, True))
        return Judgment(
            _statements(classification) if classification else _by_grades(clauses, grades), grades, firm, doubtful
        )

    def statements(self, proposal: Proposal, clauses: Sequence[Clause]) -> tuple[Statement, ...]:
        """Return the statements of `ask` alone, at less cost."""
        classification = self._classification(proposal, clauses, None)
        return _statements(classification) if classification else _by_grades(clauses, self._grades(proposal, clauses))

    def _classification(
        self, proposal: Proposal, clauses: Sequence[Clause], only: Collection[str] | None
    ) -> Classification | None:
        """Return what the classifiers among the names and the second reader find; None where there is none of them."""
        classifiers = [name for name in self.by if name in CLASSIFIERS]
        if self.second is None:
            return classify(proposal, clauses, self.taxonomy, classifiers) if classifiers else None
        if proposal.language not in ASSESSED_LANGUAGES:
            return self.second.on(FirstReading(proposal, clauses, Classification(), None), self.taxonomy, only)[0]
        classification = classify(proposal, clauses, self.taxonomy, classifiers)
        chances = GRADERS["model"](proposal, clauses, frozenset(self.taxonomy.mechanisms))
        return self.second.on(FirstReading(proposal, clauses, classification, chances), self.taxonomy, only)[0]

    def _grades(self, proposal: Proposal, clauses: Sequence[Clause]) -> dict[str, dict[str, float]]:
        """Return the best grade that any of the names gives, by clause id and label."""
        grades: dict[str, dict[str, float]] = {}
        mechanisms = frozenset(self.taxonomy.mechanisms)
        for name in self.by:
            graded = GRADERS[name](proposal, clauses, mechanisms) if name in GRADERS else {}
            for (place, label), chance in graded.items():
                here = grades.setdefault(clauses[place].id, {})
                here[label] = max(float(chance), here.get(label, 0.0))
        return grades


def _regrade(grades: dict[str, dict[str, float]], classification: Classification) -> None:
    """Put in the chances of what a second reader was asked about and somebody says."""
    for finding in classification.findings:
        if finding.second:
            grades.setdefault(finding.clause, {})[finding.mechanism] = finding.confidence
    for guard in classification.safeguards:
        if guard.second:
            grades.setdefault(guard.clause, {})[guard.safeguard] = guard.confidence


def _statements(classification: Classification) -> tuple[Statement, ...]:
    """Return what is proposed; what a second reader denies is shown in reports with that mark, and is not said here."""
    findings = (
        Statement(finding.clause, finding.mechanism, finding.evidence)
        for finding in classification.findings
        if finding.second is not Concurrence.DISAGREES
    )
    safeguards = (
        Statement(safeguard.clause, safeguard.safeguard, safeguard.evidence)
        for safeguard in classification.safeguards
        if safeguard.second is not Concurrence.DISAGREES
    )
    return (*findings, *safeguards)


def _by_grades(clauses: Sequence[Clause], grades: Mapping[str, Mapping[str, float]]) -> tuple[Statement, ...]:
    return tuple(
        Statement(clause.id, label, (clause.span,))
        for clause in clauses
        for label, chance in grades.get(clause.id, {}).items()
        if chance >= ENOUGH
    )


def _gravest(findings: Sequence[RatedFinding], *, doubtful: bool) -> tuple[Statement, ...]:
    ordered = (finding.finding for finding in sorted(findings, key=_gravity) if finding.finding.doubtful is doubtful)
    return tuple(Statement(finding.clause, finding.mechanism, finding.evidence) for finding in ordered)


def _gravity(rated: RatedFinding) -> tuple[float, ...]:
    severity, finding = rated.severity, rated.finding
    triple = (-severity.level, -severity.scale, -severity.irremediability, -severity.scope)
    return *triple, -finding.confidence
