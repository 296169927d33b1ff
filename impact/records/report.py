"""The report as typed values: what `report.json` of schema `impact-report/1` says, field by field in its order.

`impact.records.report_json` reads and writes it; docs/report-json.md says what each field means.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from impact.records.assessment import RightTouched, Severity, Silence
from impact.records.clause import ClauseKind, Strength
from impact.records.document import UNREAD, Page
from impact.records.layout import Box
from impact.records.level import Headline, Level
from impact.records.proposal import ASSESSED_LANGUAGES, Filing
from impact.records.report_quotes import Quotation, ReportConcealment, ReportSecondReading
from impact.records.second_reading import Concurrence
from impact.records.span import Span

SCHEMA = "impact-report/1"

NamedValues = tuple[tuple[str, str], ...]
"""Pairs of a name and a value; an object in JSON."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportDocument:
    """The file and what it says of itself; fields as in `Document` and `Proposal`, pages and words as numbers.

    Attributes:
        filing, from_list, uncertain: None where there is nothing to say; older reports do not say.
    """

    id: str
    source: str
    format: str
    title: str
    number: str
    body: str
    group: str
    question: str
    source_organizations: tuple[str, ...]
    date: str
    revision: str
    language: str
    pages: int
    paged: bool
    words: int
    filing: Filing | None = None
    from_list: tuple[str, ...] | None = None
    uncertain: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """How the file was read; warnings say what was not, one sentence each.

    Attributes:
        remarks: What was hidden in the text and where, one sentence each; None where nothing was.
        concealments: The first places where something was.
    """

    engine: str
    pages: tuple[Page, ...]
    warnings: tuple[str, ...]
    remarks: tuple[str, ...] | None = None
    concealments: tuple[ReportConcealment, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjacentSafeguard:
    """A matching safeguard in the clause or section of a finding.

    Attributes:
        clause: Id of the clause that provides it.
        doubtful: Whether a reader must decide; older reports do not say, and mean firm ones.
    """

    clause: str
    safeguard: str
    doubtful: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFinding:
    """A mechanism that a clause proposes; fields as in `Finding` and `RatedFinding`, evidence with its words.

    Raises:
        ValueError: If there is no evidence or the confidence is outside of 0 to 1.
    """

    id: str
    mechanism: str
    confidence: float
    doubtful: bool
    by: tuple[str, ...]
    strength: Strength
    evidence: tuple[Quotation, ...]
    rights: tuple[RightTouched, ...]
    severity: Severity
    safeguards: tuple[AdjacentSafeguard, ...]
    change: str | None
    second: Concurrence | None = None

    def __post_init__(self) -> None:
        _check_evidence(self.evidence, self.confidence)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSafeguard:
    """A safeguard that a clause provides; fields as in `ReportFinding`.

    Attributes:
        doubtful: Whether a reader must decide; older reports do not say, and mean firm ones.

    Raises:
        ValueError: If there is no evidence or the confidence is outside of 0 to 1.
    """

    safeguard: str
    confidence: float
    doubtful: bool = False
    strength: Strength
    evidence: tuple[Quotation, ...]
    second: Concurrence | None = None

    def __post_init__(self) -> None:
        _check_evidence(self.evidence, self.confidence)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportClause:
    """A clause, with what was found in it; fields as in `Clause`, with its words.

    Attributes:
        findings: Firm ones first, each gravest first.
        safeguards: In the order of the text.
        context: Labels that the clause only talks about, each once.
        salience, salient: How likely a reader wants to see it, 0 to 1, and its most telling sentence; None if unknown.
        protection, topics: How likely it protects people, 0 to 1, and ids of what it is about, the likeliest first.
        chosen: Whether a second reader chose it for the brief; None for no.

    Raises:
        ValueError: If the page is below 1 or there is no text.
    """

    id: str
    number: str
    headings: tuple[str, ...]
    kind: ClauseKind
    page: int
    boxes: tuple[Box, ...]
    span: Span
    text: str
    strength: Strength
    assessed: bool
    findings: tuple[ReportFinding, ...]
    safeguards: tuple[ReportSafeguard, ...]
    context: tuple[str, ...]
    salience: float | None = None
    salient: Span | None = None
    protection: float | None = None
    topics: tuple[str, ...] | None = None
    chosen: bool | None = None

    def __post_init__(self) -> None:
        if self.page < 1 or not self.text:
            raise ValueError(f"clause {self.id!r}: page from 1 and a text needed, not page {self.page}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportCompound:
    """Findings of two mechanisms that make each other worse; fields as in `Compound`.

    Attributes:
        mechanisms: Ids of the two.
        firm_level: The level that its firm findings alone give; None where an older report does not say.
    """

    id: str
    mechanisms: tuple[str, ...]
    findings: tuple[str, ...]
    level: Level
    firm_level: Level | None = None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRight:
    """A right touched, with the ids of the findings that may touch it."""

    right: str
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportProvenance:
    """What made the report; fields as in `Provenance`, and the digest of the links from mechanisms to rights."""

    tool: str
    taxonomy: str
    matrix: str
    models: NamedValues
    options: NamedValues
    made_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All that `report.json` says of one document.

    Attributes:
        clauses: Also those not assessed, in the order of the text.
        compounds: Those of firm findings first, each gravest first.
        silences: In the order of the taxonomy, as `rights`.
        level: The gravest level of findings, doubtful ones too; `headline` is what to show.
        firm_level: The level that firm findings alone give; None where an older report does not say.
        unassessed: Code of the language of the document where its clauses were not assessed for it; None where they
            were. An older report does not say: there the language tells.
        second_reading: None where no second reader was asked.

    Raises:
        ValueError: If two clauses have the same id.
    """

    document: ReportDocument
    extraction: Extraction
    clauses: tuple[ReportClause, ...]
    compounds: tuple[ReportCompound, ...]
    silences: tuple[Silence, ...]
    rights: tuple[ReportRight, ...]
    level: Level
    firm_level: Level | None = None
    unassessed: str | None = None
    second_reading: ReportSecondReading | None = None
    provenance: ReportProvenance

    def __post_init__(self) -> None:
        read_twice = self.second_reading is not None and self.second_reading.clauses > 0
        if self.unassessed is None and self.document.language not in ASSESSED_LANGUAGES and not read_twice:
            object.__setattr__(self, "unassessed", self.document.language)
        if len({clause.id for clause in self.clauses}) < len(self.clauses):
            raise ValueError(f"{self.document.source!r}: two clauses with the same id")

    @property
    def headline(self) -> Headline:
        """Its level as it is shown; where an older report does not say the firm level, by its findings."""
        if self.firm_level is not None:
            return Headline(self.level, self.firm_level, self.unassessed or "")
        levels = [finding.severity.firm for _, finding in self.findings() if not finding.doubtful]
        firm = max((*levels, *map(self.firm_of, self.compounds)), default=Level.NONE)
        return Headline(self.level, firm, self.unassessed or "")

    @property
    def unread(self) -> int:
        """How many of its pages could not be read."""
        return sum(page.verdict in UNREAD for page in self.extraction.pages)

    def firm_of(self, compound: ReportCompound) -> Level:
        """Return the firm level of a compound; where an older report does not say, its own if no part is in doubt."""
        if compound.firm_level is not None:
            return compound.firm_level
        doubtful = {finding.id for _, finding in self.findings() if finding.doubtful}
        return compound.level if doubtful.isdisjoint(compound.findings) else Level.NONE

    def findings(self) -> Iterator[tuple[ReportClause, ReportFinding]]:
        """Yield each finding behind its clause, in the order of the text."""
        for clause in self.clauses:
            for finding in clause.findings:
                yield clause, finding

    def safeguards(self) -> Iterator[tuple[ReportClause, ReportSafeguard]]:
        """Yield each safeguard behind its clause, in the order of the text."""
        for clause in self.clauses:
            for safeguard in clause.safeguards:
                yield clause, safeguard


def _check_evidence(evidence: tuple[Quotation, ...], confidence: float) -> None:
    if not evidence or not 0 <= confidence <= 1:
        raise ValueError(f"evidence and a confidence from 0 to 1 needed, not {confidence}")
