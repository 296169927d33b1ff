"""Points of a guideline from labels of the taxonomy: safeguards that protect people, and powers."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from impact.advise.citations import first_of_clauses
from impact.advise.context import Context
from impact.advise.guideline_rules import Guideline, rules
from impact.advise.phrases import places
from impact.records import Bearing, Point, RatedFinding, SafeguardFinding, Span, Strength
from impact.taxonomy.values import Mechanism

LIKELY = 0.7
"""Confidence from which a review asks a reader to decide. Source: of such points drawn from reviews of 104 documents
that nobody had used, two readers agreed with .70 of 43 between .6 and .7, and with .83 and .81 of 47 from .7 on."""

CONFIRM = "To be confirmed: the"
"""How a point in doubt begins."""

FIRST = 2
"""Clauses of a power that what is asked of it has to fit; about as many as are quoted. Source: project judgment."""
_BINDING = (Strength.MUST, Strength.SHOULD)
"""Wordings that make a clause a better place for a benefit; a permission is no better than a statement of fact.

Source: project judgment.
"""


def label_points(context: Context, guideline: Guideline, turned: frozenset[str]) -> Iterator[Point]:
    """Yield the points of a guideline's own labels, firm ones before those in doubt.

    Clauses of `turned` are those in which what is good for the system is for a reader to weigh.
    """
    for name in guideline.benefits:
        providing = [safeguard for safeguard in context.whole.safeguards if safeguard.safeguard == name]
        firm = [safeguard for safeguard in providing if not safeguard.doubtful]
        weighed = turned if name in rules().target.safeguards else frozenset[str]()
        if plain := [safeguard for safeguard in firm if safeguard.clause not in weighed]:
            yield _benefit(context, plain, doubtful=False)
        if aside := [safeguard for safeguard in firm if safeguard.clause in weighed]:
            yield replace(_benefit(context, aside, doubtful=False), bearing=Bearing.NOTE, says=rules().target.says)
        if unsure := [safeguard for safeguard in providing if safeguard.doubtful and safeguard.confidence >= LIKELY]:
            yield _benefit(context, unsure, doubtful=True)
    for name in guideline.powers:
        yield from _powers(context, name, context.ranked.get(name, ()))
        yield from _powers(
            context,
            name,
            [
                rated
                for rated in context.whole.findings
                if rated.finding.mechanism == name and rated.finding.doubtful and rated.finding.confidence >= LIKELY
            ],
        )


def _powers(context: Context, name: str, findings: Sequence[RatedFinding]) -> Iterator[Point]:
    """Yield a point for the mechanism itself and one for each variant of it that findings are in their own clauses."""
    texts = _texts(context, findings)
    variants = {clause: context.taxonomy.mechanisms[name].variant_for([text]) for clause, text in texts.items()}
    provided = {safeguard.safeguard for safeguard in context.assessment.safeguards}
    for variant in dict.fromkeys(mechanism.variant for mechanism in variants.values()):
        alike = [rated for rated in findings if variants[rated.finding.clause].variant == variant]
        yield _power(variants[alike[0].finding.clause], alike, texts, provided)


def clauses_of_whole(context: Context, name: str) -> set[str]:
    """Return the clauses with firm findings of a mechanism that none of its variants fits."""
    mechanism = context.taxonomy.mechanisms[name]
    texts = _texts(context, context.ranked.get(name, ()))
    return {clause for clause, text in texts.items() if not mechanism.variant_for([text]).variant}


def _texts(context: Context, findings: Sequence[RatedFinding]) -> dict[str, str]:
    """Return the texts of the clauses of some findings, in the order of the document."""
    clauses = {rated.finding.clause for rated in findings}
    ordered = sorted(clauses, key=context.whole.index.position)
    return {clause: context.clause(clause).span.of(context.text) for clause in ordered}


def _benefit(context: Context, findings: list[SafeguardFinding], *, doubtful: bool) -> Point:
    """Return the point of firm findings of a safeguard, or of doubtful ones, which a reader has to check.

    What binds comes first.
    """
    safeguard = context.taxonomy.safeguards[findings[0].safeguard]
    findings.sort(key=lambda finding: (min(finding.strength.rank, len(_BINDING)), -finding.confidence))
    return Point(
        topic=safeguard.id,
        name=safeguard.name,
        bearing=Bearing.NOTE if doubtful else Bearing.BENEFIT,
        strength=findings[0].strength,
        says=f"{CONFIRM if doubtful else 'The'} text {safeguard.benefit}.",
        ask="",
        source=safeguard.source,
        cites=tuple(first_of_clauses(finding.cited for finding in findings)),
        doubtful=doubtful,
    )


def _power(
    mechanism: Mechanism, findings: list[RatedFinding], texts: Mapping[str, str], provided: AbstractSet[str]
) -> Point:
    """Return the point of firm findings, or of doubtful ones, which a reader has to check and which ask for nothing.

    The clause that shows the power best comes first, as wherever its findings are listed.
    """
    findings.sort(key=lambda rated: rated.telling)
    doubtful = findings[0].finding.doubtful
    cites = tuple(first_of_clauses(rated.finding.cited for rated in findings))
    return Point(
        topic=mechanism.id,
        name=mechanism.name,
        bearing=Bearing.NOTE if doubtful else Bearing.POWER,
        strength=findings[0].finding.strength,
        says=f"{CONFIRM if doubtful else 'The'} text may enable {mechanism.enables}.",
        ask="" if doubtful else _mitigation(mechanism, [texts[cite.clause] for cite in cites[:FIRST]], provided),
        source=mechanism.source,
        cites=cites,
        doubtful=doubtful,
    )


def _mitigation(mechanism: Mechanism, clauses: list[str], provided: AbstractSet[str]) -> str:
    """Return the first mitigation that no clause makes senseless and no safeguard gives; the first if there is none."""
    barred = tuple(
        rule.begins
        for rule in rules().unfit
        if rule.power == mechanism.id
        and (rule.safeguard in provided or any(places(rule.clauses, text, Span(0, len(text))) for text in clauses))
    )
    return next(
        (mitigation for mitigation in mechanism.mitigations if not mitigation.startswith(barred)),
        mechanism.mitigations[0],
    )
