"""The summary: at most five sentences, each resting on clauses of the text and, where it can be, in their own nouns."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from impact.advise.citations import joined_by_clause
from impact.advise.context import Context
from impact.advise.phrases import places
from impact.advise.relevance import shows_power, strength_of_act
from impact.advise.statements import RULE, Statements
from impact.present.lists import listed
from impact.present.places import PlaceKind, PlaceName, place_name
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
    Strength,
)
from impact.typed import loader

POWERS, SENTENCES, CLAUSES = 3, 5, 3
"""Powers named, sentences in all, clauses named for one power. Source: project judgment."""

SAFEGUARDS = 4
"""Kinds of safeguards named in one sentence. Source: project judgment."""

BESIDE, SURE = 0.85, 0.88
"""Chances from which a safeguard is named beside a power, and from which it is named in any text. Source: project
judgment after sixty reports on public documents: all 16 kinds that reach the second were right, while readers objected
to several below the first."""

TRIED = 6
"""Equally grave clauses of one power among which one that can be restated is looked for. Source: project judgment."""

Words = dict[str, str]
Ranked = Sequence[Sequence[RatedFinding]]
"""Findings by mechanism, the gravest group first, in each the finding that shows it best first."""


@dataclass(frozen=True, slots=True)
class NarrowerPower:
    """Words of a clause that show a power in a narrower way, and the sentence's words for it."""

    mechanism: str
    where: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class SummaryWording:
    """summary.toml: each table by label, strength or name; see there."""

    power: Words
    powers: Words
    other: Words
    verbs: Words
    mechanisms: Words
    variants: dict[str, Words]
    narrower: tuple[NarrowerPower, ...]
    named: Words
    named_variants: dict[str, Words]
    safeguards: Words
    denied: Words
    parts: dict[str, Words]
    sections: Words
    handing: str
    handed: Words
    removed: dict[str, Words]
    absent: Words


wording = loader(SummaryWording, "impact.advise", "summary.toml")


def summary_of(context: Context, gaps: Iterable[SafeguardGap] = ()) -> tuple[Sentence, ...]:
    """Return the gravest powers, one pair that weighs more, what the text excludes or lacks, one safeguard beside them.

    Other safeguards that are sure are named in a sentence of their own. Powers come in the order of gravity, and
    nothing is said without a clause.
    """
    groups, statements = tuple(context.ranked.values()), Statements(context)
    other = [
        *(_pair(context, compound) for compound in context.assessment.compounds[:1]),
        *_missing(context, groups, tuple(gaps)),
    ]
    protected = _protection(context)
    room = SENTENCES - len(other) - (protected is not None)
    powers = [_power(context, statements, group) for group in groups[: min(room, POWERS)]]
    last = [] if protected is None else [_protecting(context, statements, protected)]
    return (*powers, *other, *last, *_provided(context, protected))


def _plain(context: Context, mechanism: str, whole: Words, variants: dict[str, Words]) -> str:
    """Return the words for a power as its clauses have it, from the table of powers or that of their variants."""
    power = context.variant_of(mechanism)
    return variants[power.id][power.variant] if power.variant else whole[power.id]


def _named(context: Context, group: Sequence[RatedFinding]) -> str:
    return _plain(context, group[0].finding.mechanism, wording().named, wording().named_variants)


def _power(context: Context, statements: Statements, group: Sequence[RatedFinding]) -> Sentence:
    """Return what the gravest clauses of a power do: one by its own words, with the others named, or all in general."""
    showing = [rated for rated in group if shows_power(context, rated)]
    if not showing:
        return _general(context, group, group[0].finding.cited, mentioned=True)
    shown = [rated for rated in showing if rated.requires_act] or showing
    first = shown[0]
    alike = [
        rated
        for rated in shown
        if (rated.severity.level, rated.finding.strength) == (first.severity.level, first.finding.strength)
    ]
    cites = _distinctly_numbered(context, joined_by_clause(rated.finding.cited for rated in shown))[:CLAUSES]
    stated = statements.first(joined_by_clause(rated.finding.cited for rated in alike)[:TRIED], first.finding.mechanism)
    if stated is None:
        return _general(context, showing, *cites)
    cite, text = stated
    others = [other for other in _distinctly_numbered(context, (cite, *cites)) if other is not cite][: CLAUSES - 1]
    if not others:
        return Sentence("power", text, ((cite,),))
    also = wording().other["also"].replace("{statement}", text.removesuffix("."))
    return Sentence("power", also, ((cite,), tuple(sorted(others, key=lambda other: other.evidence))))


def _general(context: Context, group: Sequence[RatedFinding], *found: Cited, mentioned: bool = False) -> Sentence:
    """Return a sentence that names a power that its clauses provide for, or only describe (`mentioned`)."""
    cites = tuple(sorted(found, key=lambda cite: cite.evidence))
    clauses = {cite.clause for cite in cites}
    strengths = {strength_of_act(context, rated) for rated in group if rated.finding.clause in clauses}
    alike = len(cites) == 1 or len(strengths) == 1
    wordings = wording().power if len(cites) == 1 else wording().powers
    strength = Strength.DESCRIPTIVE if mentioned else strength_of_act(context, group[0])
    text = wordings[strength.value if alike else "mixed"]
    plain = _narrowed(context, group[0]) or _plain(
        context, group[0].finding.mechanism, wording().mechanisms, wording().variants
    )
    return Sentence("power", text.replace("{plain}", plain), (cites,))


def _narrowed(context: Context, rated: RatedFinding) -> str:
    """Return the words for a power in a clause that names a narrower way of it; empty where it names none."""
    clause = context.clause_of(rated)
    ways = (way for way in wording().narrower if way.mechanism == rated.finding.mechanism)
    return next((way.text for way in ways if places(way.where, context.text, clause.span)), "")


def _distinctly_numbered(context: Context, cites: Iterable[Cited]) -> tuple[Cited, ...]:
    """Return the citations but for those that would be named as an earlier one is: by number, else page or heading."""
    first: dict[PlaceName | str, Cited] = {}
    for cite in cites:
        name = place_name(context.clause(cite.clause), context.assessment.document)
        first.setdefault(name if name.kind is not PlaceKind.WORDS else cite.clause, cite)
    return tuple(first.values())


def _pair(context: Context, compound: Compound) -> Sentence:
    rule = next(rule for rule in context.taxonomy.compounds if rule.id == compound.id)
    cites = tuple(finding.cited for finding in context.assessment.pair(compound))
    alike = len(_distinctly_numbered(context, cites)) == 1
    text = wording().other["alike" if alike else "pair"].replace("{name}", rule.name[:1].lower() + rule.name[1:])
    return Sentence("pair", text, (joined_by_clause(cites),) if alike else tuple((cite,) for cite in cites))


def _missing(context: Context, groups: Ranked, gaps: tuple[SafeguardGap, ...]) -> list[Sentence]:
    """Return what a clause excludes at a power of the highest level, or what the text lacks for the gravest power.

    What it lacks for that power stands in the same sentence as what is excluded.
    """
    for group in groups:
        if denial := _denial(context, group, gaps):
            return [denial]
    for group in groups:
        if absent := _absent(context, group):
            text = wording().other["silence"]
            text = text.replace("{power}", _named(context, group)).replace("{absent}", listed(absent, "or"))
            return [Sentence("silence", text, (joined_by_clause([group[0].finding.cited]),))]
    return []


def _denial(context: Context, group: Sequence[RatedFinding], gaps: tuple[SafeguardGap, ...]) -> Sentence | None:
    """Return what one clause excludes at a power of the highest level, two safeguards at most."""
    order, mechanism = list(wording().absent), group[0].finding.mechanism
    here = [
        gap
        for gap in sorted(gaps, key=lambda gap: order.index(gap.safeguard))
        if gap.standing is SafeguardStanding.DENIED and not gap.stated_by_power and gap.mechanism == mechanism
    ]
    if not here or group[0].severity.firm is not Level.HIGH:
        return None
    same = [gap for gap in here if gap.cites[0].clause == here[0].cites[0].clause][:2]
    absent = _absent(context, group, {gap.safeguard for gap in here})
    name = "denial_and_silence" if absent else "denial"
    text = wording().other[name].replace("{plain}", listed([_denied(context, gap) for gap in same]))
    text = text.replace("{absent}", listed(absent, "or"))
    return Sentence("denial", text, (joined_by_clause(gap.cites[0] for gap in same),))


def _denied(context: Context, gap: SafeguardGap) -> str:
    """Return what a clause denies, in few words; a part alone where it says no more."""
    text = context.clause(gap.cites[0].clause).span.of(context.text)
    part = wording().parts.get(gap.safeguard)
    return part["text"] if part and re.search(part["words"], text) else wording().denied[gap.safeguard]


def _absent(context: Context, group: Sequence[RatedFinding], denied: Iterable[str] = ()) -> list[str]:
    """Return what the text does not provide for a power, two things at most, but for what it denies.

    What would be beside the point in the clause is not missed there: nobody asks a target for consent.
    """
    first = group[0].finding
    here = (rated.finding.mechanism for rated in context.findings_in(context.clause(first.clause)))
    barred = {guard for mechanism in here for guard in context.taxonomy.mechanisms[mechanism].bars}
    silences = {silence.safeguard for silence in context.assessment.silences if silence.mechanism == first.mechanism}
    lacking = silences - barred - set(denied)
    return [words for name, words in wording().absent.items() if name in lacking][:2]


def _protection(context: Context) -> SafeguardFinding | None:
    """Return the safeguard that binds most, of those that counter a power found; none where none is, or no power.

    Of several that bind alike it is of the kind of which most do. Its strength counts for as much as its words stand in
    sentences of that strength: a rule that a clause cites in passing does not make the rest of it bind.
    """
    powers = context.ranked.keys()
    if not powers:
        return None
    kinds = Counter((safeguard.safeguard, safeguard.strength) for safeguard in context.assessment.safeguards)
    return min(
        (safeguard for safeguard in context.assessment.safeguards if safeguard.confidence >= BESIDE),
        key=lambda safeguard: (
            powers.isdisjoint(context.taxonomy.safeguards[safeguard.safeguard].counters),
            *_weight(safeguard, context.clause(safeguard.clause)),
            -kinds[safeguard.safeguard, safeguard.strength],
            -round(safeguard.confidence, 1),
        ),
        default=None,
    )


def _protecting(context: Context, statements: Statements, first: SafeguardFinding) -> Sentence:
    """Return the sentence on a safeguard, by the words of its clause or in general.

    Where a section hands over what people said, or most of what was found in the text does, it is one of the handover.
    """
    handing = [rated.finding.clause for rated in context.ranked.get(wording().handing, ())]
    near = first.clause in context.assessment.index.under_headings_of(handing)
    handed = near or 2 * len(handing) > len(context.assessment.findings)
    names = {**wording().safeguards, **(wording().handed if handed else {})}
    alike = [
        safeguard.cited
        for safeguard in context.assessment.safeguards
        if (safeguard.safeguard, safeguard.strength) == (first.safeguard, first.strength) and safeguard is not first
    ]
    stated, other = statements.first([first.cited, *alike[: TRIED - 1]]), wording().other
    lead = other["handover" if handed and first.safeguard in wording().handed else "protection"]
    text = other["general"].replace("{verb}", wording().verbs[first.strength.value])
    text, cite = lead.replace("{statement}", text.replace("{plain}", names[first.safeguard])), first.cited
    if stated and stated[1].startswith("{0}"):
        cite, text = stated[0], lead.replace("{statement}", stated[1])
    elif stated and stated[1].startswith(RULE):
        cite, text = stated[0], other["provided"] + stated[1].removeprefix(RULE)
    return Sentence("protection", f"{text.removesuffix('.')}{_removed(context, first.safeguard, cite)}.", ((cite,),))


def _provided(context: Context, protected: SafeguardFinding | None) -> list[Sentence]:
    """Return the sentence that names the safeguards that are sure, those with most clauses first.

    Left out are the one that has its own sentence, and what would protect a handover alone.
    """
    left = wording().handed.keys() if wording().handing in context.ranked else set()
    groups: dict[str, list[SafeguardFinding]] = {}
    for safeguard in context.assessment.safeguards:
        stated = protected is not None and safeguard.cited == protected.cited
        if safeguard.confidence >= BESIDE and not stated and safeguard.safeguard not in left:
            groups.setdefault(safeguard.safeguard, []).append(safeguard)
    sure = [name for name, group in groups.items() if max(guard.confidence for guard in group) >= SURE]
    ranked = sorted(sure, key=lambda name: -len(groups[name]))[:SAFEGUARDS]
    if not ranked:
        return []
    named = [f"{wording().safeguards[name]} ({{{place}}})" for place, name in enumerate(ranked)]
    cites = tuple(
        _distinctly_numbered(context, joined_by_clause(guard.cited for guard in groups[name]))[:CLAUSES]
        for name in ranked
    )
    return [Sentence("safeguards", wording().other["safeguards"].replace("{safeguards}", listed(named)), cites)]


def _removed(context: Context, safeguard: str, cite: Cited) -> str:
    """Return what a clause of the same official number takes away of a safeguard, to be said after it."""
    removal, own = wording().removed.get(safeguard), context.clause(cite.clause)
    strengths = (
        detection.strength.value
        for detection in (context.detections.get(removal["by"], ()) if removal else ())
        if detection.clause == own or (detection.clause.number and detection.clause.number == own.number)
    )
    return "".join(f", {removal[strength]}" for strength in islice(strengths, 1)) if removal else ""


def _weight(safeguard: SafeguardFinding, clause: Clause) -> tuple[int, float]:
    same = [
        strength is safeguard.strength
        for sentence, strength in clause.provisions()
        for span in safeguard.evidence
        if span.meets(sentence)
    ]
    share = sum(same) / max(1, len(same))
    return safeguard.strength.rank, -share
