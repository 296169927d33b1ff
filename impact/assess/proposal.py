"""From what classification found to the answer for one proposal."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace

from impact.assess.acts import only_where_used, requires
from impact.assess.compounds import compounds_of
from impact.assess.marks import Marks
from impact.assess.rights import rights_of, touched_by
from impact.assess.severity import judge
from impact.assess.silences import silences_of
from impact.errors import DataError
from impact.records import (
    Assessment,
    Classification,
    Clause,
    ClauseIndex,
    ClauseKind,
    Finding,
    Level,
    Proposal,
    Provenance,
    RatedFinding,
    SafeguardFinding,
)
from impact.taxonomy.values import Mechanism, Taxonomy

REMARKS = frozenset({ClauseKind.DEFINITION, ClauseKind.NOTE, ClauseKind.EXAMPLE})


def assess(
    proposal: Proposal,
    clauses: tuple[Clause, ...],
    classification: Classification,
    taxonomy: Taxonomy,
    provenance: Provenance,
) -> Assessment:
    """Judge every finding and say what the proposal as a whole comes to.

    Nothing in `proposal` but its document's revision marks has a say: number, sponsor, country and title change
    nothing.

    Raises:
        DataError: If a finding or safeguard has an id that the taxonomy does not have.
        KeyError: If a finding or safeguard names a clause that is not among `clauses`.
    """
    _known(classification, taxonomy)
    index = ClauseIndex(clauses)
    nearby = _nearby(classification.safeguards, index)
    marks = Marks(proposal.document)
    texts = {clause.id: proposal.document.quote(clause.span) for clause in clauses}
    judged = []
    for one in _in_text(classification.findings, index, taxonomy):
        clause = index.clause(one.clause)
        mechanism = taxonomy.mechanisms[one.mechanism].variant_for([texts[one.clause]])
        found = _judged(one, mechanism, nearby(clause), marks.change(clause), taxonomy)
        judged.append(_bound(found, mechanism, clause, proposal.document.text))
    compounds = compounds_of(judged, taxonomy, index, proposal.document)
    findings = tuple(sorted(judged, key=_gravity))
    return Assessment(
        proposal=proposal,
        clauses=clauses,
        findings=findings,
        safeguards=tuple(sorted(classification.safeguards, key=lambda safeguard: index.position(safeguard.clause))),
        mentions=tuple(sorted(classification.mentions, key=lambda mention: index.position(mention.clause))),
        compounds=compounds,
        silences=silences_of(classification, texts, taxonomy),
        rights=rights_of(findings, taxonomy),
        level=max(
            [*(rated.severity.level for rated in findings), *(compound.level for compound in compounds)],
            default=Level.NONE,
        ),
        provenance=provenance,
    )


def _in_text(findings: Sequence[Finding], index: ClauseIndex, taxonomy: Taxonomy) -> list[Finding]:
    order = {name: position for position, name in enumerate(taxonomy.mechanisms)}
    return sorted(
        findings,
        key=lambda finding: (
            index.position(finding.clause),
            finding.evidence[0],
            order[finding.mechanism],
            finding.id,
        ),
    )


def _bound(judged: RatedFinding, mechanism: Mechanism, clause: Clause, text: str) -> RatedFinding:
    """Return a finding with what its sentences require."""
    finding = judged.finding
    acts, used = requires(mechanism.act, finding, clause, text), only_where_used(finding, clause, text)
    return replace(judged, acts=acts, used=used, remark=clause.kind in REMARKS)


def _judged(
    finding: Finding,
    mechanism: Mechanism,
    beside: Sequence[SafeguardFinding],
    change: str | None,
    taxonomy: Taxonomy,
) -> RatedFinding:
    matching = tuple(
        one for one in beside if one.safeguard in mechanism.safeguards and one.safeguard not in mechanism.turned
    )
    firm, perhaps = (
        [taxonomy.safeguards[name].name for name in dict.fromkeys(_ids(matching, doubtful=doubtful))]
        for doubtful in (False, True)
    )
    severity = judge(mechanism, finding.strength, firm, taxonomy.severity, perhaps)
    return RatedFinding(finding, severity, touched_by(mechanism, taxonomy), matching, change)


def _ids(found: Sequence[SafeguardFinding], *, doubtful: bool) -> list[str]:
    return [one.safeguard for one in found if one.doubtful is doubtful]


def _gravity(one: RatedFinding) -> tuple[int, ...]:
    severity = one.severity
    triple = (-severity.level, -severity.scale, -severity.irremediability, -severity.scope)
    return (one.finding.doubtful, *triple)


def _nearby(
    safeguards: Sequence[SafeguardFinding], index: ClauseIndex
) -> Callable[[Clause], Sequence[SafeguardFinding]]:
    """Return a function that gives the safeguards in a clause and in its section, in the order of the text."""
    by_section: dict[tuple[str, ...], list[SafeguardFinding]] = defaultdict(list)
    for one in sorted(safeguards, key=lambda safeguard: index.position(safeguard.clause)):
        by_section[index.clause(one.clause).section].append(one)
    return lambda clause: by_section.get(clause.section, ())


def _known(classification: Classification, taxonomy: Taxonomy) -> None:
    strange = {finding.mechanism for finding in classification.findings} - set(taxonomy.mechanisms)
    strange |= {safeguard.safeguard for safeguard in classification.safeguards} - set(taxonomy.safeguards)
    if strange:
        message = f"classification speaks of {', '.join(sorted(strange))}, which the taxonomy does not have"
        raise DataError(message, "Cue files, models and taxonomy must come from the same installation")
