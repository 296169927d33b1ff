"""Powers that a text defines while it is silent on what would match them."""

from collections.abc import Mapping

from impact.records import Classification, Silence
from impact.taxonomy.values import Taxonomy


def silences_of(classification: Classification, texts: Mapping[str, str], taxonomy: Taxonomy) -> tuple[Silence, ...]:
    """Return each matching safeguard that a power found lacks anywhere in the text, in the order of the taxonomy.

    A safeguard that the text only mentions (puts out of scope, cites, discusses) is still a silence: nothing in the
    text provides it. One that it provides doubtfully is no silence: a reader decides whether it is there. One that is
    beside the point in all clauses of a power, or in a text that is about another power for the most part, is none
    either: nobody asks a target for consent.

    Args:
        classification: What was found.
        texts: Texts of the clauses, by id.
        taxonomy: Which safeguards match which power.
    """
    powers: dict[str, list[str]] = {}
    for finding in classification.findings:
        powers.setdefault(finding.mechanism, []).append(texts[finding.clause])
    given = {found.safeguard for found in classification.safeguards}
    found: list[Silence] = []
    for mechanism in taxonomy.mechanisms.values():
        if mechanism.id in powers:
            matching = {*mechanism.variant_for(powers[mechanism.id]).safeguards}
            open_to = matching - given - _barred(mechanism.id, classification, taxonomy)
            found += [Silence(mechanism.id, safeguard) for safeguard in taxonomy.safeguards if safeguard in open_to]
    return tuple(found)


def _barred(power: str, classification: Classification, taxonomy: Taxonomy) -> set[str]:
    """Return the safeguards beside the point: another power has all clauses of this one, or most of all findings."""
    found = [finding for finding in classification.findings if not finding.doubtful] or list(classification.findings)
    own = {one.clause for one in found if one.mechanism == power}
    barred: set[str] = set()
    for other in (mechanism for mechanism in taxonomy.mechanisms.values() if mechanism.bars and mechanism.id != power):
        clauses = [one.clause for one in found if one.mechanism == other.id]
        if (own and own <= set(clauses)) or 2 * len(clauses) > len(found):
            barred |= {*other.bars}
    return barred
