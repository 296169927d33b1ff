"""Findings of two mechanisms that make each other worse."""

from collections import defaultdict
from collections.abc import Sequence

from impact.assess.library import library
from impact.assess.pairing import pair
from impact.assess.severity import sentence
from impact.records import ClauseIndex, Compound, Document, Level, RatedFinding
from impact.taxonomy.values import CompoundRule, Taxonomy


def compounds_of(
    findings: Sequence[RatedFinding], taxonomy: Taxonomy, index: ClauseIndex, document: Document
) -> tuple[Compound, ...]:
    """Return the compounds of one proposal: those of firm findings first, each gravest first, then as in the taxonomy.

    A compound has the gravest level of its findings. It is a reason to read two clauses together and moves no level:
    each level can then be shown by quoting a single clause. Source: project judgment.

    A doubtful finding takes part, but findings that are all doubtful make no compound. Nor does what denies a remedy
    take part where its section is about other powers alone: it is of them that nobody can complain. Source: project
    judgment.

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
            compounds.append(_compound(rule, members, places))
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


def _compound(rule: CompoundRule, members: Sequence[RatedFinding], places: tuple[str, str]) -> Compound:
    sure = [rated for rated in members if not rated.finding.doubtful]
    whole = {rated.finding.mechanism for rated in sure} == set(rule.mechanisms)
    return Compound(
        id=rule.id,
        findings=tuple(rated.finding.id for rated in members),
        level=max(rated.severity.level for rated in members),
        reason=f"{sentence(rule.reason)} Source: {sentence(rule.source)}",
        firm=max(rated.severity.firm for rated in sure) if whole else Level.NONE,
        pair=places,
    )
