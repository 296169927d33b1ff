"""Powers that a text defines while it is silent on what would match them."""

from impact.records import Classification, ClauseIndex, Document, Silence
from impact.taxonomy.values import Mechanism, Taxonomy


def silences_of(
    classification: Classification, index: ClauseIndex, document: Document, taxonomy: Taxonomy
) -> tuple[Silence, ...]:
    """Return each matching safeguard that a power found lacks anywhere in the text, in the order of the taxonomy.

    A safeguard that the text only mentions (puts out of scope, cites, discusses) is still a silence: nothing in the
    text provides it. A safeguard that it provides doubtfully is no silence: a reader decides whether it is there. What
    is beside the point in all clauses of a power, or in a text that is about another power for the most part, is none
    either: nobody asks a target for consent.
    """
    powers: dict[str, list[str]] = {}
    for finding in classification.findings:
        text = document.quote(index.clause(finding.clause).span)
        powers.setdefault(finding.mechanism, []).append(text)
    provided = {safeguard.safeguard for safeguard in classification.safeguards}
    return tuple(
        Silence(mechanism.id, safeguard)
        for mechanism in taxonomy.mechanisms.values()
        if mechanism.id in powers
        for safeguard in _lacking(mechanism.variant_for(powers[mechanism.id]), classification, taxonomy)
        if safeguard not in provided
    )


def _lacking(mechanism: Mechanism, classification: Classification, taxonomy: Taxonomy) -> list[str]:
    """Return the safeguards that match a power and are not beside the point, in the order of the taxonomy."""
    matching = {*mechanism.safeguards} - _barred(mechanism.id, classification, taxonomy)
    return [safeguard for safeguard in taxonomy.safeguards if safeguard in matching]


def _barred(power: str, classification: Classification, taxonomy: Taxonomy) -> set[str]:
    """Return the safeguards beside the point: another power has all clauses of this power, or most of all findings."""
    findings = [finding for finding in classification.findings if not finding.doubtful] or classification.findings
    own = {finding.clause for finding in findings if finding.mechanism == power}
    barred: set[str] = set()
    for other in taxonomy.mechanisms.values():
        clauses = [finding.clause for finding in findings if finding.mechanism == other.id]
        if other.id != power and ((own and own <= set(clauses)) or 2 * len(clauses) > len(findings)):
            barred |= {*other.bars}
    return barred
