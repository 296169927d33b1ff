"""The summary: what the gravest clauses do and what the text lacks, where it can be in the clauses' own nouns."""

import re
from collections.abc import Iterable, Sequence

from impact.advise.citations import CLAUSES, TRIED, distinctly_numbered, joined_by_clause
from impact.advise.context import Context
from impact.advise.phrases import places
from impact.advise.relevance import shows_power, strength_of_act
from impact.advise.statements import Statements
from impact.advise.summary_safeguards import protecting, protection, provided
from impact.advise.summary_wording import Words, wording
from impact.present.lists import listed
from impact.records import Cited, Compound, Level, RatedFinding, SafeguardGap, SafeguardStanding, Sentence, Strength

POWERS, SENTENCES = 3, 5
"""Powers named, and sentences on them, pairs and what the text lacks. Source: project judgment."""

Ranked = Sequence[Sequence[RatedFinding]]
"""Findings by mechanism, the gravest group first, in each the finding that shows it best first."""


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
    protected = protection(context)
    room = SENTENCES - len(other) - (protected is not None)
    powers = [_power(context, statements, group) for group in groups[: min(room, POWERS)]]
    last = [] if protected is None else [protecting(context, statements, protected)]
    return (*powers, *other, *last, *provided(context, protected))


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
    cites = distinctly_numbered(context, joined_by_clause(rated.finding.cited for rated in shown))[:CLAUSES]
    stated = statements.first(joined_by_clause(rated.finding.cited for rated in alike)[:TRIED], first.finding.mechanism)
    if stated is None:
        return _general(context, showing, *cites)
    cite, text = stated
    others = [other for other in distinctly_numbered(context, (cite, *cites)) if other is not cite][: CLAUSES - 1]
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


def _pair(context: Context, compound: Compound) -> Sentence:
    rule = next(rule for rule in context.taxonomy.compounds if rule.id == compound.id)
    cites = tuple(finding.cited for finding in context.assessment.pair(compound))
    alike = len(distinctly_numbered(context, cites)) == 1
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
