"""A small taxonomy, and a maker of documents whose clauses are given as plain words."""

from collections.abc import Callable

import pytest

from impact.records import (
    Block,
    Change,
    Classification,
    Clause,
    ClauseKind,
    Document,
    Finding,
    Proposal,
    Provenance,
    SafeguardFinding,
    Span,
    Strength,
)
from impact.taxonomy.values import CompoundRule, Link, Mechanism, Right, Safeguard, SeverityRule, Taxonomy

RULE = SeverityRule(
    high_scale=5,
    high_irremediability=5,
    high_all=4,
    medium_each=3,
    medium_count=2,
    may_lowers_scope_by=1,
    safeguard_lowers_irremediability_by=1,
    reasons={
        "scale": "High by scale {scale}.",
        "irremediability": "High by irremediability {irremediability}.",
        "all": "High by all of {scale}, {scope}, {irremediability}.",
        "two": "Medium by two of {scale}, {scope}, {irremediability}.",
        "low": "Low by {scale}, {scope}, {irremediability}.",
        "may": "Permits only: scope {scope}, not {before}.",
        "safeguard": "Provides {safeguard}: irremediability {irremediability}, not {before}.",
        "perhaps": "Perhaps {safeguard}: irremediability {irremediability}, not {before}, {level}.",
    },
    source="project judgment",
)


def _mechanism(name: str, triple: tuple[int, int, int], safeguards: tuple[str, ...]) -> Mechanism:
    return Mechanism(
        id=name,
        name=name.capitalize(),
        phrase=name,
        may=name,
        definition=f"Definition of {name}.",
        does_not_count="Nothing.",
        affected="Everyone",
        enables=f"{name} of people",
        primary=(Link("privacy", "RFC 9620 4.15"),),
        secondary=(Link("expression", "project judgment"),),
        scale=triple[0],
        scope=triple[1],
        irremediability=triple[2],
        severity_reason=f"{name} reaches everyone",
        severity_source="project judgment",
        questions=(f"Why {name}?",),
        mitigations=(f"limit {name}",),
        safeguards=safeguards,
        source="project judgment",
    )


@pytest.fixture
def taxonomy() -> Taxonomy:
    """Three mechanisms (naming 4-5-4, cutting 3-4-3, delay 2-2-2), two safeguards, one pair."""
    mechanisms = (
        _mechanism("naming", (4, 5, 4), ("review", "pseudonyms")),
        _mechanism("cutting", (3, 4, 3), ("review",)),
        _mechanism("delay", (2, 2, 2), ()),
    )
    rights = (
        Right("expression", "Expression", "-", ("UDHR 19", "ICCPR 19(2)"), "derogable", "-", "qualified", "-"),
        Right("privacy", "Privacy", "-", ("UDHR 12", "ICCPR 17"), "derogable", "-", "qualified", "-"),
    )
    safeguards = (
        Safeguard("pseudonyms", "Pseudonyms", "pseudonyms", "-", "-", "hides names", ("naming",), "RFC 9620"),
        Safeguard("review", "Review", "review", "-", "-", "lets a court decide", ("naming", "cutting"), "RFC 9620"),
    )
    return Taxonomy(
        articles={},
        rights={right.id: right for right in rights},
        mechanisms={mechanism.id: mechanism for mechanism in mechanisms},
        safeguards={safeguard.id: safeguard for safeguard in safeguards},
        compounds=(CompoundRule("pair", "Pair", ("naming", "cutting"), "Worse together", "project judgment"),),
        severity=RULE,
        digest="0" * 64,
    )


class Maker:
    """Makes one document clause by clause and the classification beside it."""

    def __init__(self) -> None:
        self.text = ""
        self.clauses: list[Clause] = []
        self.findings: list[Finding] = []
        self.safeguards: list[SafeguardFinding] = []
        self.changes: list[Change] = []

    def clause(self, words: str, section: str = "7 Rules") -> Clause:
        """Add a clause and return it."""
        start = len(self.text)
        self.text += words + "\n\n"
        span = Span(start, start + len(words))
        headings = (section,) if section else ()
        number = str(len(self.clauses) + 1)
        self.clauses.append(Clause(number, number, headings, ClauseKind.REQUIREMENT, 1, span, Strength.MUST, (span,)))
        return self.clauses[-1]

    def finding(self, clause: Clause, mechanism: str, strength: str = "must", *, doubtful: bool = False) -> Finding:
        """Find `mechanism` in `clause` and return the finding."""
        name = f"{clause.id}-{mechanism}"
        how = Strength(strength)
        self.findings.append(Finding(name, clause.id, mechanism, 0.9, doubtful, ("cues",), (clause.span,), how))
        return self.findings[-1]

    def safeguard(self, clause: Clause, safeguard: str, *, doubtful: bool = False) -> SafeguardFinding:
        """Find `safeguard` in `clause` and return it."""
        self.safeguards.append(SafeguardFinding(clause.id, safeguard, 0.9, (clause.span,), Strength.MUST, doubtful))
        return self.safeguards[-1]

    def given(self, **fields: object) -> tuple[Proposal, tuple[Clause, ...], Classification]:
        """Return proposal, clauses and classification; `fields` go into the proposal."""
        blocks = tuple(Block(clause.span) for clause in self.clauses)
        document = Document("d" * 64, "a.txt", "text", "text", self.text, blocks, (), changes=tuple(self.changes))
        found = Classification(tuple(self.findings), tuple(self.safeguards))
        return Proposal(document, **fields), tuple(self.clauses), found  # type: ignore[arg-type]


@pytest.fixture
def make() -> Maker:
    """Return an empty maker."""
    return Maker()


@pytest.fixture
def provenance() -> Provenance:
    """Return some provenance."""
    return Provenance("0.1.0", "0" * 64, (("cues", "1" * 64),), (), "2026-11-24T12:00:00+00:00")


@pytest.fixture
def run(taxonomy: Taxonomy, provenance: Provenance) -> Callable[..., object]:
    """Return a function that assesses what a maker has made."""
    from impact.assess import assess

    return lambda make, **fields: assess(*make.given(**fields), taxonomy, provenance)
