"""Findings of two mechanisms that make each other worse."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from impact.assess.severity import gravest, raised, sentence, within
from impact.records import Compound, Level, RatedFinding
from impact.taxonomy.values import CompoundRule, Taxonomy

DENIAL = "missing-remedy"
"""Id of the mechanism that takes a remedy from those whom another one touches."""

Sections = Mapping[str, tuple[str, ...]]
"""Titles of the sections in which clauses stand, by the id of the clause."""


def compounds_of(
    judged: Sequence[RatedFinding], taxonomy: Taxonomy, sections: Sections | None = None
) -> tuple[Compound, ...]:
    """Return the compounds of one proposal: those of firm findings first, each gravest first, then as in the taxonomy.

    The compound alone is raised: its level is the gravest level of its findings, raised as the taxonomy says and never
    above high. Its findings keep their own level, so that a clause reads the same whatever its proposal joins to it;
    the level of the proposal takes the compounds in.

    A doubtful finding takes part, but findings that are all doubtful make no compound: a raised level must rest on at
    least one firm finding. Nor does what denies a remedy take part where its section is about other powers alone: it
    is of them that nobody can complain. Source: project judgement.

    Args:
        judged: Findings in the order of the text, so that the ids of a compound are in that order.
        taxonomy: Where the pairs come from.
        sections: Where the clauses stand; without it each denial is taken to be about everything.
    """
    found = [_compound(rule, _concerned(rule, judged, sections or {}), taxonomy) for rule in taxonomy.compounds]
    return tuple(sorted((one for one in found if one), key=lambda one: (one.firm is Level.NONE, -one.level.rank)))


def _concerned(rule: CompoundRule, judged: Sequence[RatedFinding], sections: Sections) -> list[RatedFinding]:
    """Return the findings but for denials of a remedy in sections about other powers than those of the pair."""
    powers: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for one in judged:
        if one.finding.mechanism != DENIAL and not (
            one.finding.doubtful and one.finding.mechanism not in rule.mechanisms
        ):
            powers[sections.get(one.finding.clause, ())].add(one.finding.mechanism)

    def elsewhere(one: RatedFinding) -> bool:
        section = sections.get(one.finding.clause, ())
        return bool(section and powers[section]) and powers[section].isdisjoint(rule.mechanisms)

    return [one for one in judged if one.finding.mechanism != DENIAL or not elsewhere(one)]


def _compound(rule: CompoundRule, judged: Sequence[RatedFinding], taxonomy: Taxonomy) -> Compound | None:
    members = [one for one in judged if one.finding.mechanism in rule.mechanisms]
    present = {member.finding.mechanism for member in members}
    if present != set(rule.mechanisms) or all(member.finding.doubtful for member in members):
        return None
    worst = max(members, key=lambda member: member.severity.level.rank)
    level = _level((member.severity.level for member in members), taxonomy)
    moved = _moved(worst, level, rule, taxonomy)
    reason = f"{sentence(rule.reason)} Source: {sentence(rule.source)} {moved}".rstrip()
    sure = [member for member in members if not member.finding.doubtful]
    whole = {one.finding.mechanism for one in sure} == present
    firm = _level((one.severity.firm for one in sure), taxonomy) if whole else Level.NONE
    return Compound(rule.id, tuple(member.finding.id for member in members), level, reason, firm)


def _level(levels: Iterable[Level], taxonomy: Taxonomy) -> Level:
    return raised(gravest(levels), taxonomy.severity.compound_raises_levels_by)


def _moved(worst: RatedFinding, level: Level, rule: CompoundRule, taxonomy: Taxonomy) -> str:
    """Return the sentence that says what the level was and what it has become; empty where it was as high before."""
    if worst.severity.level is level:
        return ""
    own = worst.finding.mechanism
    other = next(name for name in rule.mechanisms if name != own)
    severity = worst.severity
    moved = taxonomy.severity.reasons["compound"].format(
        scale=severity.scale,
        scope=severity.scope,
        irremediability=severity.irremediability,
        mechanism=within(taxonomy.mechanisms[other].name),
        level=level,
    )
    return f"The gravest finding of {within(taxonomy.mechanisms[own].name)} is {severity.level}. {moved}"
