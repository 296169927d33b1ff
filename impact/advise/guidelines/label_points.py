"""Points of a guideline from labels of the taxonomy: safeguards that protect people, and powers."""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace

from impact.advise.guidelines.rules import Guideline, rules
from impact.advise.phrases import places
from impact.records import Assessment, Bearing, Cited, Finding, Point, RatedFinding, SafeguardFinding, Span, Strength
from impact.taxonomy import Mechanism, Taxonomy

FIRST = 2
"""Clauses of a power that what is asked of it has to fit; about as many as are quoted. Source: project judgement."""
_ORDER = {strength: at for at, strength in enumerate(Strength)}
_BINDING = (Strength.MUST, Strength.SHOULD)
"""Wordings that make a clause a better place for a benefit; a permission is no better than a statement of fact.

Source: project judgement.
"""


def labelled(
    guideline: Guideline, assessment: Assessment, taxonomy: Taxonomy, turned: frozenset[str]
) -> Iterator[Point]:
    """Yield the points of a guideline's own labels, firm ones before those in doubt.

    Args:
        guideline: Whose labels.
        assessment: Where they were found.
        taxonomy: Names and sources of labels.
        turned: Clauses in which what is good for the system is for a reader to weigh.
    """
    for name in guideline.benefits:
        given = [safeguard for safeguard in assessment.safeguards if safeguard.safeguard == name]
        firm = [one for one in given if not one.doubtful]
        aside = [one for one in firm if one.clause in turned and name in rules().target.safeguards]
        if kept := [one for one in firm if one not in aside]:
            yield _benefit(name, kept, taxonomy, doubtful=False)
        if aside:
            point = _benefit(name, aside, taxonomy, doubtful=False)
            yield replace(point, bearing=Bearing.NOTE, says=rules().target.says)
        if unsure := [one for one in given if one.doubtful]:
            yield _benefit(name, unsure, taxonomy, doubtful=True)
    for name in guideline.powers:
        here = [rated for rated in assessment.findings if rated.finding.mechanism == name]
        for doubtful in (False, True):
            yield from _powers(name, [one for one in here if one.finding.doubtful is doubtful], assessment, taxonomy)


def _powers(name: str, found: list[RatedFinding], assessment: Assessment, taxonomy: Taxonomy) -> Iterator[Point]:
    """Yield a point for the mechanism itself and one for each variant of it that findings are in their own clauses."""
    texts = _texts((one.finding for one in found), assessment)
    told = {clause: taxonomy.mechanisms[name].variant_for([text]) for clause, text in texts.items()}
    given = {safeguard.safeguard for safeguard in assessment.safeguards if not safeguard.doubtful}
    for variant in dict.fromkeys(one.variant for one in told.values()):
        alike = [one for one in found if told[one.finding.clause].variant == variant]
        yield _power(told[alike[0].finding.clause], alike, texts, given)


def whole(name: str, assessment: Assessment, taxonomy: Taxonomy) -> set[str]:
    """Return the clauses with firm findings of a mechanism that none of its variants fits."""
    firm = [
        rated.finding for rated in assessment.findings if rated.finding.mechanism == name and not rated.finding.doubtful
    ]
    texts = _texts(firm, assessment)
    return {one for one, text in texts.items() if not taxonomy.mechanisms[name].variant_for([text]).variant}


def _texts(findings: Iterable[Finding], assessment: Assessment) -> dict[str, str]:
    """Return the texts of the clauses of some findings, in the order of the document."""
    clauses = {finding.clause for finding in findings}
    return {
        address: assessment.document.quote(assessment.clause(address).span)
        for address in sorted(clauses, key=assessment.index.position)
    }


def _benefit(name: str, given: list[SafeguardFinding], taxonomy: Taxonomy, *, doubtful: bool) -> Point:
    """Return the point of firm safeguards, or of doubtful ones, which a reader has to check; what binds comes first."""
    safeguard = taxonomy.safeguards[name]
    given.sort(key=lambda one: (min(_ORDER[one.strength], len(_BINDING)), -one.confidence))
    says = f"{safeguard.benefit[:1].upper()}{safeguard.benefit[1:]}."
    if doubtful:
        says = f"A reader decides whether it {safeguard.benefit}."
    cites = _each_once(Cited(one.clause, one.evidence) for one in given)
    bearing = Bearing.NOTE if doubtful else Bearing.BENEFIT
    return Point(name, safeguard.name, bearing, given[0].strength, says, "", safeguard.source, cites, doubtful)


def _power(mechanism: Mechanism, found: list[RatedFinding], texts: Mapping[str, str], given: AbstractSet[str]) -> Point:
    """Return the point of firm findings, or of doubtful ones, which a reader has to check and which ask for nothing.

    The clause that shows the power best comes first, as wherever its findings are listed.
    """
    found.sort(key=lambda one: one.telling)
    doubtful = found[0].finding.doubtful
    cites = _each_once(Cited(one.finding.clause, one.finding.evidence) for one in found)
    return Point(
        topic=mechanism.id,
        name=mechanism.name,
        bearing=Bearing.NOTE if doubtful else Bearing.POWER,
        strength=found[0].finding.strength,
        says=f"{'A reader decides whether it may' if doubtful else 'May'} enable {mechanism.enables}.",
        ask="" if doubtful else _asked(mechanism, [texts[cite.clause] for cite in cites[:FIRST]], given),
        source=mechanism.source,
        cites=cites,
        doubtful=doubtful,
    )


def _asked(mechanism: Mechanism, clauses: list[str], given: AbstractSet[str]) -> str:
    """Return the first mitigation that no clause makes senseless and no safeguard gives; the first if there is none."""
    barred = tuple(
        one.begins
        for one in rules().unfit
        if one.power == mechanism.id
        and (one.given in given or any(places(one.clauses, text, Span(0, len(text))) for text in clauses))
    )
    return next(
        (mitigation for mitigation in mechanism.mitigations if not mitigation.startswith(barred)),
        mechanism.mitigations[0],
    )


def _each_once(cites: Iterable[Cited]) -> tuple[Cited, ...]:
    found: dict[str, Cited] = {}
    for cite in cites:
        found.setdefault(cite.clause, cite)
    return tuple(found.values())
