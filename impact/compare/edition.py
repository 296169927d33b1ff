"""An edition of a proposal: as much of an assessment as a comparison needs, from the pipeline or from report.json."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from impact.errors import ImpactError
from impact.records import Assessment, Clause, Level, RatedFinding, SafeguardFinding, Strength

REPORT = "impact-report/1"


@dataclass(frozen=True, slots=True)
class Power:
    """A finding in a clause of an edition.

    Attributes:
        mechanism: Id in the taxonomy.
        level: "high", "medium" or "low".
        triple: Scale, scope, irremediability, each 1 to 5.
        strength: Of the sentence that carries it.
        doubtful: Whether a reader must decide.
        quotes: The words that carry it, in order.

    Raises:
        ValueError: If the level is none or a number is outside of 1 to 5.
    """

    mechanism: str
    level: Level
    triple: tuple[int, int, int]
    strength: Strength
    doubtful: bool
    quotes: tuple[str, ...]

    def __post_init__(self) -> None:
        """Refuse no level and numbers outside of 1 to 5."""
        if self.level is Level.NONE or not all(1 <= number <= 5 for number in self.triple):
            msg = f"{self.mechanism!r}: level {self.level}, {self.triple}"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class Guard:
    """A safeguard that a clause of an edition provides; fields as in `Power`."""

    safeguard: str
    strength: Strength
    quotes: tuple[str, ...]
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """A clause of an edition with what was found in it.

    Attributes:
        id: Address, unique in the edition.
        number: Official number; empty where there is none.
        headings: Outermost first.
        kind: Value of a `ClauseKind`.
        page: 1-based.
        text: Verbatim.
        strength: Strongest normative wording in it.
        assessed: Whether the clause was classified at all.
        powers: Gravest first.
        guards: In the order of the text.
        mentions: Labels that the clause only talks about.

    Raises:
        ValueError: If the page is below 1 or there is no text.
    """

    id: str
    number: str
    headings: tuple[str, ...]
    kind: str
    page: int
    text: str
    strength: Strength = Strength.DESCRIPTIVE
    assessed: bool = True
    powers: tuple[Power, ...] = ()
    guards: tuple[Guard, ...] = ()
    mentions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse page 0 and clauses without text."""
        if self.page < 1 or not self.text:
            msg = f"clause {self.id!r}: page from 1 and a text needed, not page {self.page}"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class Edition:
    """One side of a comparison.

    Attributes:
        title, number, revision, date, source, language, digest: As in `Proposal` and `Document`; `source` is the file
            name, `digest` the SHA-256 of the file.
        view: Which text of a Word file with revision marks was read: "accepted" or "original".
        versions: Digest of tool, taxonomy, models and options apart from the view: what two editions that differ in
            nothing but their text have in common.
        level: Gravest level of findings and pairs of findings.
        paged: Whether page numbers mean something to a reader.
        passages: In the order of the text.
        silences: Mechanism found and matching safeguard provided nowhere, not even doubtfully.

    Raises:
        ValueError: If two clauses have the same id.
    """

    title: str
    number: str
    revision: str
    date: str
    source: str
    language: str
    digest: str
    view: str
    versions: str
    level: Level
    paged: bool
    passages: tuple[Passage, ...]
    silences: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        """Refuse two clauses with one id."""
        if len({passage.id for passage in self.passages}) < len(self.passages):
            msg = f"{self.source!r}: two clauses with the same id"
            raise ValueError(msg)


def from_assessment(assessment: Assessment) -> Edition:
    """Return the edition that an assessment describes."""
    proposal, document, made = assessment.proposal, assessment.document, assessment.provenance
    return Edition(
        title=proposal.title,
        number=proposal.number,
        revision=proposal.revision,
        date=proposal.date,
        source=document.source,
        language=proposal.language,
        digest=document.id,
        view=dict(made.options).get("view", "accepted"),
        versions=_versions(made.tool, made.taxonomy, dict(made.models), dict(made.options)),
        level=assessment.level,
        paged=document.paged,
        passages=tuple(_passages(assessment)),
        silences=tuple((silence.mechanism, silence.safeguard) for silence in assessment.silences),
    )


def from_report(report: Mapping[str, Any]) -> Edition:
    """Return the edition that a parsed report.json describes.

    Raises:
        ImpactError: If it is no report of schema `impact-report/1`.
    """
    hint = "Make it anew with `impact analyze FILE --format json`"
    if report.get("schema") != REPORT:
        msg = f"No report of schema {REPORT}"
        raise ImpactError(msg, hint)
    try:
        about, made = report["document"], report["provenance"]
        return Edition(
            **{name: about[name] for name in ("title", "number", "revision", "date", "source", "language", "paged")},
            digest=about["id"],
            view=made["options"].get("view", "accepted"),
            versions=_versions(made["tool"], made["taxonomy"], made["models"], made["options"]),
            level=Level(report["level"]),
            passages=tuple(_passage(row) for row in report["clauses"]),
            silences=tuple((one["mechanism"], one["safeguard"]) for one in report["silences"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        msg = f"No report of schema {REPORT}: {error}"
        raise ImpactError(msg, hint) from error


def _versions(tool: str, taxonomy: str, models: Mapping[str, str], options: Mapping[str, str]) -> str:
    chosen = sorted((name, value) for name, value in options.items() if name != "view")
    return sha256(repr((tool, taxonomy, sorted(models.items()), chosen)).encode()).hexdigest()


def _passages(assessment: Assessment) -> Iterable[Passage]:
    powers: dict[str, list[RatedFinding]] = defaultdict(list)
    guards: dict[str, list[SafeguardFinding]] = defaultdict(list)
    mentions: dict[str, dict[str, None]] = defaultdict(dict)
    for judged in assessment.findings:
        powers[judged.finding.clause].append(judged)
    for found in assessment.safeguards:
        guards[found.clause].append(found)
    for mention in assessment.mentions:
        mentions[mention.clause][mention.label] = None
    for clause in assessment.clauses:
        yield _of_clause(assessment, clause, powers[clause.id], guards[clause.id], tuple(mentions[clause.id]))


def _of_clause(
    assessment: Assessment,
    clause: Clause,
    powers: Iterable[RatedFinding],
    guards: Iterable[SafeguardFinding],
    mentions: tuple[str, ...],
) -> Passage:
    quote = assessment.document.quote
    return Passage(
        id=clause.id,
        number=clause.number,
        headings=clause.headings,
        kind=clause.kind.value,
        page=clause.page,
        text=quote(clause.span),
        strength=clause.strength,
        assessed=clause.assessed,
        powers=tuple(_power(power, [quote(span) for span in power.finding.evidence]) for power in powers),
        guards=tuple(
            Guard(guard.safeguard, guard.strength, tuple(quote(span) for span in guard.evidence), guard.doubtful)
            for guard in guards
        ),
        mentions=mentions,
    )


def _power(judged: RatedFinding, quotes: Iterable[str]) -> Power:
    severity, finding = judged.severity, judged.finding
    triple = (severity.scale, severity.scope, severity.irremediability)
    return Power(finding.mechanism, severity.level, triple, finding.strength, finding.doubtful, tuple(quotes))


def _passage(row: Mapping[str, Any]) -> Passage:
    return Passage(
        id=row["id"],
        number=row["number"],
        headings=tuple(row["headings"]),
        kind=row["kind"],
        page=row["page"],
        text=row["text"],
        strength=Strength(row["strength"]),
        assessed=row["assessed"],
        powers=tuple(_power_of(one) for one in row["findings"]),
        guards=tuple(
            Guard(
                one["safeguard"],
                Strength(one["strength"]),
                tuple(part["quote"] for part in one["evidence"]),
                one.get("doubtful", False),
            )
            for one in row["safeguards"]
        ),
        mentions=tuple(row["context"]),
    )


def _power_of(row: Mapping[str, Any]) -> Power:
    severity = row["severity"]
    return Power(
        mechanism=row["mechanism"],
        level=Level(severity["level"]),
        triple=(severity["scale"], severity["scope"], severity["irremediability"]),
        strength=Strength(row["strength"]),
        doubtful=row["doubtful"],
        quotes=tuple(part["quote"] for part in row["evidence"]),
    )
