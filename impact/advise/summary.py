"""The summary: at most five plain sentences, each resting on clauses of the text."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from itertools import chain, islice
from types import MappingProxyType
from typing import Any

from impact.advise.detectors import Passage
from impact.records import (
    Assessment,
    Cited,
    Clause,
    Compound,
    Gap,
    Level,
    RatedFinding,
    SafeguardFinding,
    Sentence,
    Span,
    Standing,
)
from impact.taxonomy import Taxonomy

POWERS, SENTENCES, CLAUSES = 3, 5, 3
"""Powers told, sentences in all, clauses named for one power. Source: project judgement."""

ACCESS = "lawful-access"
Passages = Mapping[str, tuple[Passage, ...]]
_NONE: Passages = MappingProxyType({})

NAMED = ("named", "named-variants")
"""Tables of the powers in few words."""


@cache
def wording() -> dict[str, Any]:
    """Return summary.toml, read once; not to be changed."""
    return tomllib.loads(files("impact.advise").joinpath("summary.toml").read_text("utf-8"))


def summary_of(
    assessment: Assessment, taxonomy: Taxonomy, gaps: Iterable[Gap] = (), passages: Passages = _NONE
) -> tuple[Sentence, ...]:
    """Return the gravest powers, one pair that weighs more, one silence, one protection: what there is of them.

    A protection that the text denies at a grave power stands in place of a mere silence.

    Args:
        assessment: That of firm findings. Powers stand in the order of gravity, and nothing is said without a clause.
        taxonomy: Names of its pairs, and which safeguard counters which power.
        gaps: What the text denies.
        passages: What `detected` found: what a clause takes away is told with the protection that it gives.
    """
    groups = _grouped(assessment)
    powers = [_power(group, assessment, _plain(group, assessment, taxonomy)) for group in groups[:POWERS]]
    other = [
        *(_pair(compound, assessment, taxonomy) for compound in assessment.compounds[:1]),
        *islice(chain(_denials(groups, gaps, assessment, taxonomy), _silences(groups, assessment, taxonomy)), 1),
    ]
    protections = _protections(assessment, taxonomy, passages)
    kept = SENTENCES - len(protections)
    return (*[*powers, *other][:kept], *protections)


def _grouped(assessment: Assessment) -> list[list[RatedFinding]]:
    """Return the findings by mechanism, the gravest group first, in each the finding that shows it best first."""
    groups: dict[str, list[RatedFinding]] = {}
    for rated in assessment.findings:
        groups.setdefault(rated.finding.mechanism, []).append(rated)
    for group in groups.values():
        group.sort(key=lambda one: one.telling)
    return sorted(groups.values(), key=lambda group: -group[0].severity.level)


def _plain(
    group: list[RatedFinding],
    assessment: Assessment,
    taxonomy: Taxonomy,
    table: tuple[str, str] = ("mechanisms", "variants"),
) -> str:
    """Return in plain words what the clauses of a power may do to people, by the tables of a power and its variants."""
    held = {one.finding.clause for one in group}
    texts = (assessment.document.quote(clause.span) for clause in assessment.clauses if clause.id in held)
    told = taxonomy.mechanisms[group[0].finding.mechanism].variant_for(texts)
    whole, variants = (wording()[name] for name in table)
    return str(variants[told.id][told.variant] if told.variant else whole[told.id])


def _power(group: list[RatedFinding], assessment: Assessment, plain: str) -> Sentence:
    shown = [one for one in group if one.acts] or group
    named = _apart(_cites((one.finding.clause, one.finding.evidence) for one in shown), assessment)[:CLAUSES]
    cites = tuple(sorted(named, key=lambda one: one.evidence))
    held = {cite.clause for cite in cites}
    strengths = {one.finding.strength.value for one in group if one.finding.clause in held}
    alike = len(cites) == 1 or len(strengths) == 1
    key = group[0].finding.strength.value if alike else "mixed"
    text = wording()["power" if len(cites) == 1 else "powers"][key]
    return Sentence("power", text.replace("{plain}", plain), (cites,))


def _apart(cites: Iterable[Cited], assessment: Assessment) -> tuple[Cited, ...]:
    """Return the citations but for those whose official number an earlier one has: they would be named alike."""
    found: dict[str, Cited] = {}
    for cite in cites:
        found.setdefault(assessment.clause(cite.clause).number or cite.clause, cite)
    return tuple(found.values())


def _pair(compound: Compound, assessment: Assessment, taxonomy: Taxonomy) -> Sentence:
    rule = next(one for one in taxonomy.compounds if one.id == compound.id)
    cites = tuple(Cited(one.clause, one.evidence) for one in assessment.pair(compound))
    alike = len(_apart(cites, assessment)) == 1
    text = wording()["other"]["alike" if alike else "pair"].replace("{name}", rule.name[:1].lower() + rule.name[1:])
    once = _cites((cite.clause, cite.evidence) for cite in cites)
    return Sentence("pair", text, (once,) if alike else tuple((cite,) for cite in cites))


def _denials(
    groups: list[list[RatedFinding]], gaps: Iterable[Gap], assessment: Assessment, taxonomy: Taxonomy
) -> Iterator[Sentence]:
    """Yield the protections that clauses deny at a power of the highest level, in the order of what is absent.

    What one clause denies of a power is told in one sentence, two things at most.
    """
    order = list(wording()["absent"])
    denied = sorted(
        (gap for gap in gaps if gap.standing is Standing.DENIED and not gap.told),
        key=lambda gap: order.index(gap.safeguard),
    )
    for group in groups:
        here = [gap for gap in denied if gap.mechanism == group[0].finding.mechanism]
        for first in here if group[0].severity.firm is Level.HIGH else ():
            same = [gap for gap in here if gap.cites[0].clause == first.cites[0].clause][:2]
            plain = ", and ".join(_denied(gap, assessment) for gap in same)
            text = wording()["other"]["denial"].replace("{power}", _plain(group, assessment, taxonomy, NAMED))
            cites = _cites((gap.cites[0].clause, gap.cites[0].evidence) for gap in same)
            yield Sentence("silence", text.replace("{plain}", plain), (cites,))


def _denied(gap: Gap, assessment: Assessment) -> str:
    """Return what a clause denies, in few words; a part alone where it says no more."""
    said = assessment.document.quote(assessment.clause(gap.cites[0].clause).span)
    part = wording()["parts"].get(gap.safeguard)
    return str(part["text"] if part and re.search(part["words"], said) else wording()["denied"][gap.safeguard])


def _silences(groups: list[list[RatedFinding]], assessment: Assessment, taxonomy: Taxonomy) -> Iterator[Sentence]:
    """Yield what the text does not state for a power, two things at most.

    What would be beside the point in the clause is not missed there: nobody asks a target for consent.
    """
    for group in groups:
        first = group[0].finding
        here = (rated.finding.mechanism for rated in assessment.findings if rated.finding.clause == first.clause)
        beside = {guard for mechanism in here for guard in taxonomy.mechanisms[mechanism].bars}
        lacking = {
            silence.safeguard for silence in assessment.silences if silence.mechanism == first.mechanism
        } - beside
        absent = [words for name, words in wording()["absent"].items() if name in lacking][:2]
        if absent:
            text = wording()["other"]["silence"].replace("{power}", _plain(group, assessment, taxonomy, NAMED))
            cites = (_cites([(first.clause, first.evidence)]),)
            yield Sentence("silence", text.replace("{absent}", " or ".join(absent)), cites)


def _protections(assessment: Assessment, taxonomy: Taxonomy, passages: Passages) -> list[Sentence]:
    """Return the sentence on the safeguard that binds most, of those that counter a power found; none where none is.

    Its strength counts for as much as its words stand in sentences of that strength: a rule that a clause cites in
    passing does not make the rest of it bind. Where a section hands over what people said, or most of what was found
    in the text does, its protection is that of the way there.
    """
    powers = {rated.finding.mechanism for rated in assessment.findings}
    first = min(
        assessment.safeguards,
        key=lambda safeguard: (
            powers.isdisjoint(taxonomy.safeguards[safeguard.safeguard].counters),
            _weight(safeguard, assessment.clause(safeguard.clause)),
        ),
        default=None,
    )
    if first is None:
        return []
    text = wording()["other"]["protection"].replace("{verb}", wording()["verbs"][first.strength.value])
    access = [rated.finding.clause for rated in assessment.findings if rated.finding.mechanism == ACCESS]
    near = first.clause in assessment.index.under_headings_of(access)
    handed = wording()["handed"] if near or 2 * len(access) > len(assessment.findings) else {}
    plain = handed.get(first.safeguard, wording()["safeguards"][first.safeguard])
    plain += _taken(first, assessment, passages)
    return [Sentence("protection", text.replace("{plain}", plain), ((Cited(first.clause, first.evidence),),))]


def _taken(found: SafeguardFinding, assessment: Assessment, passages: Passages) -> str:
    """Return what a clause of the same official number takes away of a safeguard, to be said after it."""
    taken, own = wording()["taken"].get(found.safeguard), assessment.clause(found.clause)
    here = (
        one.strength.value
        for one in (passages.get(taken["by"], ()) if taken else ())
        if one.clause == own or (one.clause.number and one.clause.number == own.number)
    )
    return "".join(f"; {taken[strength]}" for strength in islice(here, 1))


def _weight(found: SafeguardFinding, clause: Clause) -> tuple[int, float, float]:
    order = ("must", "should", "may", "descriptive")
    said = [
        strength is found.strength
        for sentence, strength in clause.provisions()
        for span in found.evidence
        if span.meets(sentence)
    ]
    return order.index(found.strength.value), -sum(said) / max(1, len(said)), -round(found.confidence, 1)


def _cites(pairs: Iterable[tuple[str, tuple[Span, ...]]]) -> tuple[Cited, ...]:
    """Return one citation a clause, in the order in which the clauses come."""
    spans: dict[str, set[Span]] = {}
    for clause, evidence in pairs:
        spans.setdefault(clause, set()).update(evidence)
    return tuple(Cited(clause, tuple(sorted(found))) for clause, found in spans.items())
