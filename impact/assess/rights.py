"""Rights that findings may touch."""

from collections.abc import Iterable

from impact.records import RatedFinding, RightTouched
from impact.taxonomy.values import Mechanism, Taxonomy


def touched_by(mechanism: Mechanism, taxonomy: Taxonomy) -> tuple[RightTouched, ...]:
    """Return the rights that a mechanism may touch, primary ones first, with all articles of each right."""
    return tuple(
        RightTouched(link.right, kind, taxonomy.rights[link.right].articles, link.source)
        for kind, links in (("primary", mechanism.primary), ("secondary", mechanism.secondary))
        for link in links
    )


def rights_of(findings: Iterable[RatedFinding], taxonomy: Taxonomy) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return each right touched, by a primary or a secondary link, with the ids of the findings that touch it.

    Rights are in the order of the taxonomy, ids in the order of `findings`.
    """
    touching: dict[str, list[str]] = {right: [] for right in taxonomy.rights}
    for rated in findings:
        for right in dict.fromkeys(touched.right for touched in rated.rights):
            touching[right].append(rated.finding.id)
    return tuple((right, tuple(ids)) for right, ids in touching.items() if ids)
