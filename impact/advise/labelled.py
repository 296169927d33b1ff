"""Points of a guideline from labels of the taxonomy: safeguards that protect people, and powers."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from impact.advise.rules import Guideline, rules
from impact.advise.weakness import Weakness
from impact.records import Assessment, Bearing, Cited, Judged, Point, SafeguardFound, Strength
from impact.taxonomy import Mechanism, Taxonomy

_ORDER = {strength: at for at, strength in enumerate(Strength)}
_BINDING = (Strength.MUST, Strength.SHOULD)
"""Wordings that make a clause a better place for a benefit; a permission is no better than a statement of fact.

Source: project judgement.
"""


def labelled(
    guideline: Guideline, assessment: Assessment, taxonomy: Taxonomy, weakness: Weakness, turned: frozenset[str]
) -> Iterator[Point]:
    """Yield the points of a guideline's own labels, firm ones before those in doubt.

    Args:
        guideline: Whose labels.
        assessment: Where they were found.
        taxonomy: Names and sources of labels.
        weakness: How far the clauses of the assessment bind.
        turned: Clauses in which what is good for the system is for a reader to weigh.
    """
    for name in guideline.benefits:
        given = [one for one in assessment.safeguards if one.safeguard == name]
        firm = [one for one in given if not one.doubtful]
        aside = [one for one in firm if one.clause in turned and name in rules().target.safeguards]
        if kept := [one for one in firm if one not in aside]:
            yield _benefit(name, kept, taxonomy, weakness, doubtful=False)
        if aside:
            point = _benefit(name, aside, taxonomy, weakness, doubtful=False)
            yield replace(point, bearing=Bearing.NOTE, says=rules().target.says)
        if unsure := [one for one in given if one.doubtful]:
            yield _benefit(name, unsure, taxonomy, weakness, doubtful=True)
    for name in guideline.powers:
        for doubtful in (False, True):
            yield from _powers(name, assessment, taxonomy, doubtful=doubtful)


def _powers(name: str, assessment: Assessment, taxonomy: Taxonomy, *, doubtful: bool) -> Iterator[Point]:
    found = [one for one in assessment.findings if one.finding.mechanism == name and one.finding.doubtful is doubtful]
    if found:
        clauses = {one.finding.clause for one in found}
        texts = [assessment.document.quote(one.span) for one in assessment.clauses if one.id in clauses]
        yield _power(taxonomy.mechanisms[name].told(texts), found, doubtful=doubtful)


def _benefit(
    name: str, given: list[SafeguardFound], taxonomy: Taxonomy, weakness: Weakness, *, doubtful: bool
) -> Point:
    """Return the point of firm safeguards, or of doubtful ones, which a reader has to check; what binds comes first."""
    safeguard = taxonomy.safeguards[name]
    said = {id(one): weakness.strength(Cited(one.clause, one.evidence)) for one in given}
    given.sort(key=lambda one: (min(_ORDER[said[id(one)]], len(_BINDING)), -one.confidence))
    says = f"{safeguard.benefit[:1].upper()}{safeguard.benefit[1:]}."
    if doubtful:
        says = f"A reader decides whether it {safeguard.benefit}."
    cites = _each_once(Cited(one.clause, one.evidence) for one in given)
    strength = said[id(given[0])]
    bearing = Bearing.NOTE if doubtful else Bearing.BENEFIT
    return Point(name, safeguard.name, bearing, strength, says, "", safeguard.source, cites, doubtful)


def _power(mechanism: Mechanism, found: list[Judged], *, doubtful: bool) -> Point:
    """Return the point of firm findings, or of doubtful ones, which a reader has to check and which ask for nothing.

    The clause that shows the power best comes first, as wherever its findings are listed.
    """
    found.sort(key=lambda one: one.telling)
    return Point(
        topic=mechanism.id,
        name=mechanism.name,
        bearing=Bearing.NOTE if doubtful else Bearing.POWER,
        strength=found[0].finding.strength,
        says=f"{'A reader decides whether it may' if doubtful else 'May'} enable {mechanism.enables}.",
        ask="" if doubtful else mechanism.mitigations[0],
        source=mechanism.source,
        cites=_each_once(Cited(one.finding.clause, one.finding.evidence) for one in found),
        doubtful=doubtful,
    )


def _each_once(cites: Iterable[Cited]) -> tuple[Cited, ...]:
    found: dict[str, Cited] = {}
    for one in cites:
        found.setdefault(one.clause, one)
    return tuple(found.values())
