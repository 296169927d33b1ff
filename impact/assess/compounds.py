"""Findings of two mechanisms that make each other worse."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from impact.assess.library import library
from impact.assess.pairing import pair
from impact.assess.severity import raised, sentence
from impact.present.lists import inside
from impact.records import ClauseIndex, Compound, Document, Level, RatedFinding
from impact.taxonomy.values import CompoundRule, Taxonomy


def compounds_of(
    findings: Sequence[RatedFinding], taxonomy: Taxonomy, index: ClauseIndex, document: Document
) -> tuple[Compound, ...]:
    """Return the compounds of one proposal: those of firm findings first, each gravest first, then as in the taxonomy.

    The compound alone is raised: its level is the gravest level of its findings, raised as the taxonomy says and never
    above high. Its findings keep their own level, so that a clause reads the same whatever its proposal joins to it;
    the level of the proposal takes the compounds in.

    A doubtful finding takes part, but findings that are all doubtful make no compound: a raised level must rest on at
    least one firm finding. Nor does what denies a remedy take part where its section is about other powers alone: it
    is of them that nobody can complain. Source: project judgment.

    Args:
        findings: In the order of the text, so that the ids of a compound are in that order.
        taxonomy: Where the pairs come from.
        index: Where the clauses stand; a denial in a text without headings is about everything.
        document: The words of the clauses.
    """
    compounds = []
    for rule in taxonomy.compounds:
        members = [rated for rated in _concerned(rule, findings, index) if rated.finding.mechanism in rule.mechanisms]
        present = {rated.finding.mechanism for rated in members}
        if present == set(rule.mechanisms) and not all(rated.finding.doubtful for rated in members):
            places = pair((rated.finding for rated in members), rule.mechanisms, index, document)
            compounds.append(_compound(rule, members, places, taxonomy))
    return tuple(sorted(compounds, key=lambda compound: (compound.firm is Level.NONE, -compound.level)))


def _concerned(rule: CompoundRule, findings: Sequence[RatedFinding], index: ClauseIndex) -> list[RatedFinding]:
    """Return the findings but for denials of a remedy in sections about other powers than those of the pair."""
    powers: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for rated in findings:
        mechanism = rated.finding.mechanism
        if mechanism != library().denial and (mechanism in rule.mechanisms or not rated.finding.doubtful):
            powers[index.clause(rated.finding.clause).headings].add(mechanism)

    def elsewhere(rated: RatedFinding) -> bool:
        headings = index.clause(rated.finding.clause).headings
        return bool(headings and powers[headings]) and powers[headings].isdisjoint(rule.mechanisms)

    return [rated for rated in findings if rated.finding.mechanism != library().denial or not elsewhere(rated)]


def _compound(
    rule: CompoundRule, members: Sequence[RatedFinding], places: tuple[str, str], taxonomy: Taxonomy
) -> Compound:
    worst = max(members, key=lambda rated: rated.severity.level)
    level = _level((rated.severity.level for rated in members), taxonomy)
    moved = _moved(worst, level, rule, taxonomy)
    reason = f"{sentence(rule.reason)} Source: {sentence(rule.source)} {moved}".rstrip()
    sure = [rated for rated in members if not rated.finding.doubtful]
    whole = {rated.finding.mechanism for rated in sure} == set(rule.mechanisms)
    firm = _level((rated.severity.firm for rated in sure), taxonomy) if whole else Level.NONE
    ids = tuple(rated.finding.id for rated in members)
    return Compound(rule.id, ids, level, reason, firm, places)


def _level(levels: Iterable[Level], taxonomy: Taxonomy) -> Level:
    return raised(max(levels), taxonomy.severity.compound_raises_levels_by)


def _moved(worst: RatedFinding, level: Level, rule: CompoundRule, taxonomy: Taxonomy) -> str:
    """Return the sentence that says what the level was and what it has become; empty where it was as high before."""
    severity, own = worst.severity, worst.finding.mechanism
    if severity.level is level:
        return ""
    other = next(name for name in rule.mechanisms if name != own)
    moved = taxonomy.severity.reasons["compound"].format(
        scale=severity.scale,
        scope=severity.scope,
        irremediability=severity.irremediability,
        mechanism=inside(taxonomy.mechanisms[other].name),
        level=level,
    )
    return f"The gravest finding of {inside(taxonomy.mechanisms[own].name)} is {severity.level}. {moved}"
