"""The sentences of the summary on safeguards: one beside the powers, and those that are sure."""

import re
from collections import Counter
from itertools import islice

from impact.advise.citations import CLAUSES, TRIED, distinctly_numbered, joined_by_clause
from impact.advise.context import Context
from impact.advise.statements import RULE, Statements
from impact.advise.summary_wording import wording
from impact.present.lists import listed
from impact.present.places import place_name
from impact.records import Cited, Clause, SafeguardFinding, Sentence, Strength

SAFEGUARDS = 4
"""Kinds of safeguards named in one sentence. Source: project judgment."""

BESIDE, SURE = 0.85, 0.88
"""Chances from which a safeguard is named beside a power, and from which it is named in any text. Source: project
judgment after sixty reports on public documents: all 16 kinds that reach the second were right, while readers objected
to several below the first."""


def protection(context: Context) -> SafeguardFinding | None:
    """Return the safeguard that binds most, of those that counter a power found; none where none is, or no power.

    Of several that bind alike it is of the kind of which most do. Its strength counts for as much as its words stand in
    sentences of that strength: a rule that a clause cites in passing does not make the rest of it bind.
    """
    powers = context.ranked.keys()
    if not powers:
        return None
    kinds = Counter((safeguard.safeguard, safeguard.strength) for safeguard in context.assessment.safeguards)
    return min(
        (safeguard for safeguard in context.assessment.safeguards if _worth_naming(context, safeguard)),
        key=lambda safeguard: (
            powers.isdisjoint(context.taxonomy.safeguards[safeguard.safeguard].counters),
            *_weight(safeguard, context.clause(safeguard.clause)),
            -kinds[safeguard.safeguard, safeguard.strength],
            -round(safeguard.confidence, 1),
        ),
        default=None,
    )


def protecting(context: Context, statements: Statements, first: SafeguardFinding) -> Sentence:
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
    text = other["general"].replace("{verb}", wording().verbs[_bindingness(context, first).value])
    text, cite = lead.replace("{statement}", text.replace("{plain}", names[first.safeguard])), first.cited
    if stated and stated[1].startswith("{0}"):
        cite, text = stated[0], lead.replace("{statement}", stated[1])
    elif stated and stated[1].startswith(RULE):
        cite, text = stated[0], other["provided"] + stated[1].removeprefix(RULE)
    return Sentence("protection", f"{text.removesuffix('.')}{_removed(context, first.safeguard, cite)}.", ((cite,),))


def provided(context: Context, protected: SafeguardFinding | None) -> list[Sentence]:
    """Return the sentence that names the safeguards that are sure, those with most clauses first.

    Left out are that of the clause or section that has its own sentence, and what would protect a handover alone.
    """
    left = wording().handed.keys() if wording().handing in context.ranked else set()
    groups: dict[str, list[SafeguardFinding]] = {}
    for safeguard in context.assessment.safeguards:
        stated = protected is not None and _is_stated(context, safeguard, protected)
        if _worth_naming(context, safeguard) and safeguard.safeguard not in left and not stated:
            groups.setdefault(safeguard.safeguard, []).append(safeguard)
    sure = [name for name, group in groups.items() if max(guard.confidence for guard in group) >= SURE]
    ranked = sorted(sure, key=lambda name: -len(groups[name]))[:SAFEGUARDS]
    if not ranked:
        return []
    named = [f"{wording().safeguards[name]} ({{{place}}})" for place, name in enumerate(ranked)]
    cites = tuple(
        distinctly_numbered(context, joined_by_clause(guard.cited for guard in groups[name]))[:CLAUSES]
        for name in ranked
    )
    lead = wording().other["safeguards" if protected is None else "further_safeguards"]
    return [Sentence("safeguards", lead.replace("{safeguards}", listed(named)), cites)]


def _bindingness(context: Context, safeguard: SafeguardFinding) -> Strength:
    """Return the strength of a safeguard; that of a permission where its sentence leaves open whether it applies."""
    clause, text = context.clause(safeguard.clause), context.assessment.document.text
    carrying = clause.carrying(safeguard.evidence, text)
    words = (carrying[0] if carrying else clause.span).of(text)
    left_open = any(re.search(rf"(?i)\b{condition}\b", words) for condition in wording().conditions["applies"])
    return Strength.MAY if left_open else safeguard.strength


def _worth_naming(context: Context, safeguard: SafeguardFinding) -> bool:
    return safeguard.confidence >= BESIDE and context.wanted(safeguard.clause)


def _is_stated(context: Context, safeguard: SafeguardFinding, protected: SafeguardFinding) -> bool:
    """Return whether a safeguard is of the kind and the place of the one that has its own sentence."""
    document = context.assessment.document
    names = {place_name(context.clause(guard.clause), document) for guard in (safeguard, protected)}
    return safeguard.safeguard == protected.safeguard and len(names) == 1


def _removed(context: Context, safeguard: str, cite: Cited) -> str:
    """Return what a clause of the same official number takes away of a safeguard, to be said after it."""
    removal, cited = wording().removed.get(safeguard), context.clause(cite.clause)
    strengths = (
        detection.strength.value
        for detection in (context.detections.get(removal["by"], ()) if removal else ())
        if detection.clause == cited or (detection.clause.number and detection.clause.number == cited.number)
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
