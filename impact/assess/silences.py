"""Powers that a text defines while it is silent on what would match them."""

from collections.abc import Callable, Iterable, Sequence
from functools import cache

from impact.assess.library import library
from impact.records import Classification, Clause, Document, Silence
from impact.taxonomy.values import Mechanism, Taxonomy

BEFORE = 40
"""Characters before words in which a negation counts. Source: project judgment."""


def silences_of(
    classification: Classification, clauses: Sequence[Clause], document: Document, taxonomy: Taxonomy
) -> tuple[Silence, ...]:
    """Return each matching safeguard that a power found lacks anywhere in the text, in the order of the taxonomy.

    A safeguard of which the text speaks is no silence, whether it provides it, may provide it, or puts it out of scope:
    what is denied or left out is a gap of the advice. What is beside the point in all clauses of a power, or in a text
    that is about another power for the most part, is none either: nobody asks a target for consent.
    """
    powers: dict[str, list[str]] = {}
    spans = {clause.id: clause.span for clause in clauses}
    for finding in classification.findings:
        text = document.quote(spans[finding.clause])
        powers.setdefault(finding.mechanism, []).append(text)
    provided = {safeguard.safeguard for safeguard in classification.safeguards}
    spoken = _spoken(clauses, document)
    return tuple(
        Silence(mechanism.id, safeguard)
        for mechanism in taxonomy.mechanisms.values()
        if mechanism.id in powers
        for safeguard in _lacking(mechanism.variant_for(powers[mechanism.id]), classification, taxonomy)
        if safeguard not in provided and not spoken(safeguard)
    )


def _spoken(clauses: Iterable[Clause], document: Document) -> Callable[[str], bool]:
    """Return whether an assessed clause has words that speak of a safeguard, other than of its absence."""
    texts = [document.quote(clause.span) for clause in clauses if clause.assessed]
    words, lacking = library().spoken, library().lacking

    @cache
    def spoken(safeguard: str) -> bool:
        return safeguard in words and any(
            lacking.search(text[max(0, match.start() - BEFORE) : match.start()]) is None
            for text in texts
            for match in words[safeguard].finditer(text)
        )

    return spoken


def _lacking(mechanism: Mechanism, classification: Classification, taxonomy: Taxonomy) -> list[str]:
    """Return the safeguards that match a power and are not beside the point, in the order of the taxonomy."""
    matching = {*mechanism.safeguards} - _barred(mechanism.id, classification, taxonomy)
    return [safeguard for safeguard in taxonomy.safeguards if safeguard in matching]


def _barred(power: str, classification: Classification, taxonomy: Taxonomy) -> set[str]:
    """Return the safeguards beside the point: another power has all clauses of this power, or most of all findings."""
    findings = [finding for finding in classification.findings if not finding.doubtful] or classification.findings
    with_power = {finding.clause for finding in findings if finding.mechanism == power}
    barred: set[str] = set()
    for other in taxonomy.mechanisms.values():
        clauses = [finding.clause for finding in findings if finding.mechanism == other.id]
        if other.id != power and ((with_power and with_power <= set(clauses)) or 2 * len(clauses) > len(findings)):
            barred |= {*other.bars}
    return barred
