"""From what classification found to the answer for one proposal."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from impact.assess.compounds import compounds_of
from impact.assess.library import library
from impact.assess.required_acts import only_where_used, requires
from impact.assess.reviewed import overruled, rating_of, reviewed
from impact.assess.revision_marks import RevisionMarks
from impact.assess.rights import rights_of, touched_by
from impact.assess.severity import judge
from impact.assess.silences import silences_of
from impact.errors import DataError
from impact.records import (
    Assessment,
    Classification,
    Clause,
    ClauseIndex,
    Finding,
    Level,
    Mention,
    Proposal,
    Provenance,
    RatedFinding,
    ReviewRecord,
    SafeguardFinding,
    Salience,
    Span,
)
from impact.records.assessment import DESIRED, SALIENT, SURELY
from impact.taxonomy.values import Taxonomy


def assess(  # noqa: PLR0913 - a review is what few callers have
    proposal: Proposal,
    clauses: tuple[Clause, ...],
    classification: Classification,
    taxonomy: Taxonomy,
    provenance: Provenance,
    *,
    review: ReviewRecord | None = None,
) -> Assessment:
    """Judge every finding and say what the proposal as a whole comes to.

    Nothing in `proposal` but its document's revision marks has a say: number, sponsor, country and title change
    nothing. Where there is a `review`, its decisions hold, and what nobody decided is judged as it was found.

    Raises:
        DataError: If a finding or safeguard has an id that the taxonomy does not have.
        KeyError: If a finding or safeguard names a clause that is not among `clauses`.
    """
    _refuse_unknown(classification, taxonomy)
    index = ClauseIndex(clauses)
    gone = overruled(classification, review, index, taxonomy) if review else ()
    classification = reviewed(classification, review, index, taxonomy) if review else classification
    safeguards = _in_text(classification.safeguards, index)
    ordered, marks = _in_order(classification.findings, index, taxonomy), RevisionMarks(proposal.document)
    in_text = []
    for rated in _rated_findings(ordered, safeguards, index, proposal.document.text, taxonomy):
        severity = rating_of(review.item(rated.finding.id) if review else None, taxonomy) or rated.severity
        in_text.append(replace(rated, change=marks.change(index.clause(rated.finding.clause)), severity=severity))
    compounds = compounds_of(in_text, taxonomy, index, proposal.document)
    findings = tuple(sorted(_with_salience(in_text, classification.salience), key=_gravity))
    return Assessment(
        proposal=proposal,
        clauses=clauses,
        findings=findings,
        safeguards=safeguards,
        mentions=_in_text(classification.mentions, index),
        salience=_in_text(classification.salience, index),
        compounds=compounds,
        silences=silences_of(classification, clauses, proposal.document, taxonomy),
        rights=rights_of(findings, taxonomy),
        level=max((rated.severity.level for rated in findings), default=Level.NONE),
        provenance=provenance,
        review=review,
        overruled=gone,
    )


def _with_salience(findings: Sequence[RatedFinding], salience: Iterable[Salience]) -> list[RatedFinding]:
    """Return findings with the salience of their clauses, and whether a reader is likely to want them.

    The surest of a power of which nothing is salient is wanted all the same. Where the larger network judges, which
    alone tells sentences, nothing in doubt is wanted in a text without a firm finding, or in a dull one, of which no
    passage is likely to be wanted; elsewhere everything is in a dull one.
    """
    passages = list(salience)
    chances = {passage.clause: passage.chance for passage in passages}
    rated_findings = [
        replace(rated, salience=chance, wanted=chance is None or chance >= SALIENT)
        for rated in findings
        for chance in [chances.get(rated.finding.clause)]
    ]
    is_dull = bool(chances) and max(chances.values()) < DESIRED
    by_network = any(passage.sentence for passage in passages)
    if by_network and (is_dull or all(rated.finding.doubtful for rated in rated_findings)):
        return [replace(rated, wanted=False) for rated in rated_findings]
    powers = {rated.finding.mechanism for rated in rated_findings if rated.likely}
    others = (rated for rated in rated_findings if rated.finding.mechanism not in powers)
    best: dict[str, RatedFinding] = {}
    for rated in sorted(others, key=lambda rated: -rated.finding.confidence):
        best.setdefault(rated.finding.mechanism, rated)
    alone = {rated.finding.id for rated in best.values() if rated.finding.confidence >= SURELY}
    if is_dull and not powers and not alone:
        alone = {rated.finding.id for rated in rated_findings}
    return [replace(rated, wanted=rated.wanted or rated.finding.id in alone) for rated in rated_findings]


def _rated_findings(
    findings: Iterable[Finding],
    safeguards: Iterable[SafeguardFinding],
    index: ClauseIndex,
    text: str,
    taxonomy: Taxonomy,
) -> Iterator[RatedFinding]:
    """Yield findings in their order, each rated with the safeguards of its section beside it."""
    by_section: dict[tuple[str, ...], list[SafeguardFinding]] = defaultdict(list)
    for safeguard in safeguards:
        by_section[index.clause(safeguard.clause).section].append(safeguard)
    for finding in findings:
        clause = index.clause(finding.clause)
        yield _rated(finding, clause, text, by_section.get(clause.section, ()), taxonomy)


Labeled = TypeVar("Labeled", SafeguardFinding, Mention, Salience)


def _in_text(labels: Iterable[Labeled], index: ClauseIndex) -> tuple[Labeled, ...]:
    """Return safeguards, mentions or salience in the order of the text."""
    return tuple(sorted(labels, key=lambda label: index.position(label.clause)))


def _in_order(findings: Sequence[Finding], index: ClauseIndex, taxonomy: Taxonomy) -> list[Finding]:
    """Return findings in the order of the text, in a clause by their words, then as in the taxonomy."""
    order = {name: position for position, name in enumerate(taxonomy.mechanisms)}

    def key(finding: Finding) -> tuple[int, Span, int, str]:
        return index.position(finding.clause), finding.evidence[0], order[finding.mechanism], finding.id

    return sorted(findings, key=key)


def _rated(
    finding: Finding, clause: Clause, text: str, beside: Sequence[SafeguardFinding], taxonomy: Taxonomy
) -> RatedFinding:
    """Return a finding with its severity, the matching safeguards of its section, and what its sentences require."""
    mechanism = taxonomy.mechanisms[finding.mechanism].variant_for([clause.span.of(text)])
    matching = tuple(
        safeguard
        for safeguard in beside
        if safeguard.safeguard in mechanism.safeguards and safeguard.safeguard not in mechanism.turned
    )
    firm, perhaps = (
        list(
            dict.fromkeys(
                taxonomy.safeguards[safeguard.safeguard].name
                for safeguard in matching
                if safeguard.doubtful is doubtful
            )
        )
        for doubtful in (False, True)
    )
    return RatedFinding(
        finding=finding,
        severity=judge(mechanism, finding.strength, firm, taxonomy.severity, perhaps),
        rights=touched_by(mechanism, taxonomy),
        safeguards=matching,
        requires_act=requires(mechanism.act, finding, clause, text),
        where_used=only_where_used(finding, clause, text),
        remark=clause.kind in library().remarks,
    )


def _gravity(rated: RatedFinding) -> tuple[int, ...]:
    severity = rated.severity
    triple = (-severity.scale, -severity.irremediability, -severity.scope)
    return (rated.finding.doubtful, -severity.level, *triple)


def _refuse_unknown(classification: Classification, taxonomy: Taxonomy) -> None:
    strange = {finding.mechanism for finding in classification.findings} - set(taxonomy.mechanisms)
    strange |= {safeguard.safeguard for safeguard in classification.safeguards} - set(taxonomy.safeguards)
    if strange:
        message = f"classification speaks of {', '.join(sorted(strange))}, which the taxonomy does not have"
        raise DataError(message, "Cue files, models and taxonomy must come from the same installation")
