"""The summary: at most five plain sentences, each resting on clauses of the text."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from impact.advise.citations import joined_by_clause
from impact.advise.context import Context
from impact.records import (
    Cited,
    Clause,
    Compound,
    Level,
    RatedFinding,
    SafeguardFinding,
    SafeguardGap,
    SafeguardStanding,
    Sentence,
)
from impact.typed import loader

POWERS, SENTENCES, CLAUSES = 3, 5, 3
"""Powers told, sentences in all, clauses named for one power. Source: project judgement."""

Words = dict[str, str]
Ranked = Sequence[Sequence[RatedFinding]]
"""Findings by mechanism, the gravest group first, in each the finding that shows it best first."""


@dataclass(frozen=True, slots=True)
class SummaryWording:
    """summary.toml: each table by label, strength or name; see there."""

    power: Words
    powers: Words
    other: Words
    verbs: Words
    mechanisms: Words
    variants: dict[str, Words]
    named: Words
    named_variants: dict[str, Words]
    safeguards: Words
    denied: Words
    parts: dict[str, Words]
    handing: str
    handed: Words
    removed: dict[str, Words]
    absent: Words


wording = loader(SummaryWording, "impact.advise", "summary.toml")


def summary_of(context: Context, gaps: Iterable[SafeguardGap] = ()) -> tuple[Sentence, ...]:
    """Return the gravest powers, one pair that weighs more, one silence, one protection: what there is of them.

    Powers stand in the order of gravity, and nothing is said without a clause. A protection that the text denies at a
    grave power stands in place of a mere silence.
    """
    groups = tuple(context.ranked.values())
    powers = [_power(context, group) for group in groups[:POWERS]]
    other = [
        *(_pair(context, compound) for compound in context.assessment.compounds[:1]),
        *islice(chain(_denials(context, groups, gaps), _silences(context, groups)), 1),
    ]
    protections = _protections(context)
    return (*[*powers, *other][: SENTENCES - len(protections)], *protections)


def _plain(context: Context, mechanism: str, whole: Words, variants: dict[str, Words]) -> str:
    """Return a power in plain words, as its clauses have it, from the table of powers or that of their variants."""
    power = context.variant_of(mechanism)
    return variants[power.id][power.variant] if power.variant else whole[power.id]


def _named(context: Context, group: Sequence[RatedFinding]) -> str:
    return _plain(context, group[0].finding.mechanism, wording().named, wording().named_variants)


def _power(context: Context, group: Sequence[RatedFinding]) -> Sentence:
    shown = [rated for rated in group if rated.requires_act] or group
    distinct = _distinctly_numbered(context, joined_by_clause(rated.finding.cited for rated in shown))[:CLAUSES]
    cites = tuple(sorted(distinct, key=lambda cite: cite.evidence))
    clauses = {cite.clause for cite in cites}
    strengths = {rated.finding.strength.value for rated in group if rated.finding.clause in clauses}
    alike = len(cites) == 1 or len(strengths) == 1
    wordings = wording().power if len(cites) == 1 else wording().powers
    text = wordings[group[0].finding.strength.value if alike else "mixed"]
    plain = _plain(context, group[0].finding.mechanism, wording().mechanisms, wording().variants)
    return Sentence("power", text.replace("{plain}", plain), (cites,))


def _distinctly_numbered(context: Context, cites: Iterable[Cited]) -> tuple[Cited, ...]:
    """Return the citations but for those whose official number an earlier one has: they would be named alike."""
    first: dict[str, Cited] = {}
    for cite in cites:
        first.setdefault(context.clause(cite.clause).number or cite.clause, cite)
    return tuple(first.values())


def _pair(context: Context, compound: Compound) -> Sentence:
    rule = next(rule for rule in context.taxonomy.compounds if rule.id == compound.id)
    cites = tuple(finding.cited for finding in context.assessment.pair(compound))
    alike = len(_distinctly_numbered(context, cites)) == 1
    text = wording().other["alike" if alike else "pair"].replace("{name}", rule.name[:1].lower() + rule.name[1:])
    return Sentence("pair", text, (joined_by_clause(cites),) if alike else tuple((cite,) for cite in cites))


def _denials(context: Context, groups: Ranked, gaps: Iterable[SafeguardGap]) -> Iterator[Sentence]:
    """Yield the protections that clauses deny at a power of the highest level, in the order of what is absent.

    What one clause denies of a power is told in one sentence, two things at most.
    """
    order = list(wording().absent)
    denied = sorted(
        (gap for gap in gaps if gap.standing is SafeguardStanding.DENIED and not gap.stated_by_power),
        key=lambda gap: order.index(gap.safeguard),
    )
    for group in groups:
        here = [gap for gap in denied if gap.mechanism == group[0].finding.mechanism]
        for first in here if group[0].severity.firm is Level.HIGH else ():
            same = [gap for gap in here if gap.cites[0].clause == first.cites[0].clause][:2]
            plain = ", and ".join(_denied(context, gap) for gap in same)
            text = wording().other["denial"].replace("{power}", _named(context, group))
            cites = joined_by_clause(gap.cites[0] for gap in same)
            yield Sentence("silence", text.replace("{plain}", plain), (cites,))


def _denied(context: Context, gap: SafeguardGap) -> str:
    """Return what a clause denies, in few words; a part alone where it says no more."""
    text = context.clause(gap.cites[0].clause).span.of(context.text)
    part = wording().parts.get(gap.safeguard)
    return part["text"] if part and re.search(part["words"], text) else wording().denied[gap.safeguard]


def _silences(context: Context, groups: Ranked) -> Iterator[Sentence]:
    """Yield what the text does not state for a power, two things at most.

    What would be beside the point in the clause is not missed there: nobody asks a target for consent.
    """
    for group in groups:
        first = group[0].finding
        here = (rated.finding.mechanism for rated in context.findings_in(context.clause(first.clause)))
        barred = {guard for mechanism in here for guard in context.taxonomy.mechanisms[mechanism].bars}
        silences = (
            silence.safeguard for silence in context.assessment.silences if silence.mechanism == first.mechanism
        )
        lacking = set(silences) - barred
        absent = [words for name, words in wording().absent.items() if name in lacking][:2]
        if absent:
            text = wording().other["silence"].replace("{power}", _named(context, group))
            yield Sentence("silence", text.replace("{absent}", " or ".join(absent)), (joined_by_clause([first.cited]),))


def _protections(context: Context) -> list[Sentence]:
    """Return the sentence on the safeguard that binds most, of those that counter a power found; none where none is.

    Its strength counts for as much as its words stand in sentences of that strength: a rule that a clause cites in
    passing does not make the rest of it bind. Where a section hands over what people said, or most of what was found
    in the text does, its protection is that of the way there.
    """
    assessment, powers = context.assessment, context.ranked.keys()
    first = min(
        assessment.safeguards,
        key=lambda safeguard: (
            powers.isdisjoint(context.taxonomy.safeguards[safeguard.safeguard].counters),
            _weight(safeguard, context.clause(safeguard.clause)),
        ),
        default=None,
    )
    if first is None:
        return []
    text = wording().other["protection"].replace("{verb}", wording().verbs[first.strength.value])
    handing = [rated.finding.clause for rated in context.ranked.get(wording().handing, ())]
    near = first.clause in assessment.index.under_headings_of(handing)
    handed = wording().handed if near or 2 * len(handing) > len(assessment.findings) else {}
    plain = handed.get(first.safeguard, wording().safeguards[first.safeguard]) + _removed(context, first)
    return [Sentence("protection", text.replace("{plain}", plain), ((first.cited,),))]


def _removed(context: Context, safeguard: SafeguardFinding) -> str:
    """Return what a clause of the same official number takes away of a safeguard, to be said after it."""
    removal, own = wording().removed.get(safeguard.safeguard), context.clause(safeguard.clause)
    strengths = (
        detection.strength.value
        for detection in (context.detections.get(removal["by"], ()) if removal else ())
        if detection.clause == own or (detection.clause.number and detection.clause.number == own.number)
    )
    return "".join(f"; {removal[strength]}" for strength in islice(strengths, 1)) if removal else ""


def _weight(safeguard: SafeguardFinding, clause: Clause) -> tuple[int, float, float]:
    same = [
        strength is safeguard.strength
        for sentence, strength in clause.provisions()
        for span in safeguard.evidence
        if span.meets(sentence)
    ]
    share = sum(same) / max(1, len(same))
    return safeguard.strength.rank, -share, -round(safeguard.confidence, 1)
