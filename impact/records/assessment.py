"""What the whole pipeline says of one proposal."""

from dataclasses import dataclass, field, replace

from impact.records.clause import Clause, Finding, Mention, SafeguardFinding, Salience, Strength
from impact.records.document import Document
from impact.records.index import ClauseIndex
from impact.records.level import Headline, Level
from impact.records.proposal import ASSESSED_LANGUAGES, Proposal
from impact.records.review_record import OverruledLabel, ReviewRecord
from impact.records.second_reading import SecondReading


@dataclass(frozen=True, slots=True)
class Severity:
    """The triple of the UN Guiding Principles (14 and 24 with commentary), each 1 to 5, and the level it gives.

    Attributes:
        least: The level that it is if a doubtful safeguard holds, where that is a lower one.

    Raises:
        ValueError: If a number is outside of 1 to 5, the level is none, there is no reason or `least` is not lower.
    """

    scale: int
    scope: int
    irremediability: int
    level: Level
    reason: str
    least: Level | None = None

    @property
    def firm(self) -> Level:
        """The level that holds whatever a reader decides of doubtful safeguards."""
        return self.least or self.level

    @property
    def triple(self) -> tuple[int, int, int]:
        """Scale, scope and irremediability."""
        return self.scale, self.scope, self.irremediability

    def __post_init__(self) -> None:
        triple = self.triple
        if not all(1 <= number <= 5 for number in triple) or self.level is Level.NONE or not self.reason:
            raise ValueError(f"severity {triple} {self.level}: numbers from 1 to 5, a level and a reason needed")
        if self.least and not Level.NONE < self.least < self.level:
            raise ValueError(f"severity {triple} {self.level}: {self.least} is no lower level")


@dataclass(frozen=True, slots=True)
class RightTouched:
    """A right that a mechanism may touch, with exact articles ("ICCPR 17") and the source of the link.

    Attributes:
        link: "primary" or "secondary".
        articles: In the order UDHR, ICCPR, ICESCR.
        source: RFC section, UN document, or "project judgment".
    """

    right: str
    link: str
    articles: tuple[str, ...]
    source: str


LIKELY, SURELY = 0.5, 0.65
"""Chances from which a brief quotes a doubtful finding, and the surest of a power though nobody may want it. Source:
models/salience/README.md, "Findings in doubt"."""

FAINT, WANTED, DESIRED = 0.2, 0.28, 0.45
"""Salience from which a brief quotes passages where it has few of them, and elsewhere; and that one in a text must have
for a finding in doubt to be quoted. Source: models/salience/README.md."""

SALIENT = 0.3
"""Salience from which a brief quotes a doubtful finding or names a safeguard. Source: models/salience/README.md."""

REMARK = 0.2
"""Chance by which a definition, note or example must be surer to be quoted first. Source: project judgment."""


@dataclass(frozen=True, slots=True)
class RatedFinding:
    """A finding with what assessment adds to it.

    Attributes:
        severity: Triple, level and reason.
        rights: Primary ones first.
        safeguards: Matching safeguards in the same clause or section, doubtful ones too; shown, never netted.
        change: "added" where the clause is inserted by a revision mark, "unchanged" where the document has marks and
            the clause has none, None where the document has no marks.
        requires_act: Whether a sentence of its clause requires the act that uses the power (`act` of the taxonomy).
        where_used: Whether its sentence binds only where what it rules is used at all ("If supported, ...").
        remark: Whether its clause is a definition, a note or an example.
        salience: How likely a reader is to want to see its clause, 0 to 1; None where that is not known.
        wanted: Whether a reader is likely to want it in a brief, if it is in doubt.
    """

    finding: Finding
    severity: Severity
    rights: tuple[RightTouched, ...]
    safeguards: tuple[SafeguardFinding, ...] = ()
    change: str | None = None
    requires_act: bool = False
    where_used: bool = False
    remark: bool = False
    salience: float | None = None
    wanted: bool = True

    @property
    def likely(self) -> bool:
        """Whether the finding is firm, or likely enough to be right and to be wanted for a brief to quote it."""
        return not self.finding.doubtful or (self.finding.confidence >= LIKELY and self.wanted)

    @property
    def telling(self) -> tuple[bool, int, int, float, tuple[int, int, int], bool, bool, float]:
        """Key that sorts the findings of one mechanism, the one that shows it best first.

        Firm ones first, by firm and other level, salience, scale, irremediability, scope; then those with must, those
        that require the act, the surer ones. Of those in doubt first the `likely` ones, by their chance and salience.
        """
        finding, severity = self.finding, self.severity
        if finding.doubtful:
            doubt = self.remark * REMARK - finding.confidence * self._wanted
            return True, int(not self.likely), 0, 0.0, (0, 0, 0), False, False, doubt
        loose, idle = finding.strength is not Strength.MUST, not self.requires_act
        triple = -severity.scale, -severity.irremediability, -severity.scope
        levels = -severity.firm, -severity.level
        return False, *levels, -round(self._wanted, 1), triple, loose, idle, -round(finding.confidence, 1)

    @property
    def _wanted(self) -> float:
        return 1.0 if self.salience is None else self.salience


@dataclass(frozen=True, slots=True)
class Compound:
    """Findings of two mechanisms that make each other worse.

    Attributes:
        findings: Ids of the findings of both mechanisms, in the order of the text.
        level: The gravest level of its findings.
        reason: Why the two together are worse, with its source.
        firm: The level that its firm findings alone give, whatever a reader decides of doubtful safeguards; none where
            one of the mechanisms has no firm finding.
        pair: Ids of the two findings that stand for it, one of each mechanism, in the order of its rule; firm ones
            where there are any.
    """

    id: str
    findings: tuple[str, ...]
    level: Level
    reason: str
    firm: Level = Level.NONE
    pair: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Silence:
    """A power that the text defines while it is silent on a safeguard that would match it.

    Attributes:
        mechanism: The power found.
        safeguard: The matching safeguard found nowhere in the text, not even doubtfully.
    """

    mechanism: str
    safeguard: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """What made the assessment.

    Attributes:
        tool: Version of the program.
        taxonomy: Digest of the taxonomy files.
        models: Digest by name of the cue files and models used, sorted by name.
        options: Name and value of each option that can change the result, sorted by name.
        made_at: ISO 8601 with zone; the one field in which two equal runs differ.
    """

    tool: str
    taxonomy: str
    models: tuple[tuple[str, str], ...]
    options: tuple[tuple[str, str], ...]
    made_at: str

    @property
    def by(self) -> tuple[str, ...]:
        """Names of the classifiers asked."""
        return tuple(name for name in dict(self.options).get("by", "").split(",") if name)


@dataclass(frozen=True, slots=True)
class Assessment:
    """The answer for one proposal.

    Attributes:
        proposal: Document and metadata.
        clauses: All clauses, also those not assessed, in the order of the text.
        findings: Firm ones before doubtful ones, each gravest first: level, then scale, irremediability, scope, then
            the order of the text.
        safeguards: In the order of the text.
        mentions: In the order of the text.
        compounds: Those of firm findings first, each gravest first.
        silences: In the order of the taxonomy.
        rights: Id of each right touched, with the ids of the findings that touch it, in the order of the taxonomy.
        level: The gravest level of findings, doubtful ones too; `headline` is what to show.
        salience: How likely a reader is to want to see the clauses that matter most, in the order of the text.
        second: What a second reader said of its clauses; None where there was none.
        review: What reviewers decided, which everything else follows; None for what the program found.
        overruled: What the program found and reviewers do not see.
        index: Its clauses, to be asked by id, by section and by neighborhood.
    """

    proposal: Proposal
    clauses: tuple[Clause, ...]
    findings: tuple[RatedFinding, ...]
    safeguards: tuple[SafeguardFinding, ...]
    mentions: tuple[Mention, ...]
    compounds: tuple[Compound, ...]
    silences: tuple[Silence, ...]
    rights: tuple[tuple[str, tuple[str, ...]], ...]
    level: Level
    provenance: Provenance
    salience: tuple[Salience, ...] = ()
    second: SecondReading | None = None
    review: ReviewRecord | None = None
    overruled: tuple[OverruledLabel, ...] = ()
    index: ClauseIndex = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "index", ClauseIndex(self.clauses))

    @property
    def document(self) -> Document:
        """The document assessed."""
        return self.proposal.document

    @property
    def unassessed(self) -> str:
        """Code of the language of the document where its clauses were not assessed for it; empty where they were.

        A second reader assesses documents in any language.
        """
        language, second = self.proposal.language, self.second
        return "" if language in ASSESSED_LANGUAGES or (second and second.count) else language

    @property
    def firm_level(self) -> Level:
        """The gravest level that firm findings give; none where there is none.

        Where a doubtful safeguard would lower the level of a finding, the lower one counts: the level is firm only if
        it is so with the safeguard as well.
        """
        return max((rated.severity.firm for rated in self.findings if not rated.finding.doubtful), default=Level.NONE)

    @property
    def headline(self) -> Headline:
        """Its level as it is shown: no level that doubtful findings alone give, and none where it was not assessed."""
        return Headline(self.level, self.firm_level, self.unassessed)

    @property
    def firm(self) -> "Assessment":
        """The assessment of its firm findings and safeguards alone: what a report may say as found.

        What a finding has beside it stays as it is, doubtful safeguards too.
        """
        findings = tuple(rated for rated in self.findings if not rated.finding.doubtful)
        ids = {rated.finding.id for rated in findings}
        powers = {rated.finding.mechanism for rated in findings}
        rights = ((right, tuple(name for name in names if name in ids)) for right, names in self.rights)
        return replace(
            self,
            findings=findings,
            safeguards=tuple(safeguard for safeguard in self.safeguards if not safeguard.doubtful),
            compounds=tuple(
                replace(
                    compound, findings=tuple(name for name in compound.findings if name in ids), level=compound.firm
                )
                for compound in self.compounds
                if compound.firm is not Level.NONE
            ),
            silences=tuple(silence for silence in self.silences if silence.mechanism in powers),
            rights=tuple((right, names) for right, names in rights if names),
            level=self.firm_level,
        )

    def pair(self, compound: Compound) -> tuple[Finding, ...]:
        """Return the two findings that stand for a compound, one of each of its mechanisms."""
        findings = {rated.finding.id: rated.finding for rated in self.findings}
        return tuple(findings[name] for name in compound.pair)

    def clause(self, address: str) -> Clause:
        """Return the clause with this id.

        Raises:
            KeyError: If there is none.
        """
        return self.index.clause(address)
