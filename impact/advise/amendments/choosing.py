"""Which changes of wording are proposed for which clause."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from impact.advise.amendments.library import AmendmentTemplate, denials, library
from impact.advise.amendments.working import AmendedClause, Worked, runs, strengthened, worked
from impact.advise.context import Context
from impact.advise.grammar import grammar
from impact.advise.questions.questions import slots, telling, unsettled
from impact.records import (
    Amendment,
    Clause,
    ClauseKind,
    RatedFinding,
    SafeguardGap,
    SafeguardStanding,
    Span,
    Strength,
    TextSetting,
)

BESIDE = 2
"""Amendments of a finding before the deletion of its sentence, so that drafts show it. Source: project judgment."""
FIRST, FURTHER = 3, 1
"""Amendments for the first finding that any fits, and for each further finding. Source: project judgment."""

RANKS = {SafeguardStanding.DENIED: 0, SafeguardStanding.ABSENT: 0, SafeguardStanding.LEFT: 1, SafeguardStanding.WEAK: 2}
BINDING = 3
"""Rank of a safeguard that the text makes binding already."""

STRIKE, DELETED = "strike", "delete the "
"""Edit that deletes a sentence as an alternative to conditions, and how a deletion begins, as printed."""
BARRED = 4
"""Rank of a safeguard that would be beside the point in the clause."""


@dataclass(frozen=True, slots=True)
class Fitting:
    """A template that fits a clause, with what it does to it."""

    template: AmendmentTemplate
    work: Worked


def amendments_of(context: Context, gaps: Sequence[SafeguardGap]) -> tuple[Amendment, ...]:
    """Return the amendments for the findings that are shown, in their order.

    Safeguards that the text lacks come first, then those that it leaves out or words weakly. Several amendments of a
    clause are different in kind where they can be, and each change is offered once a power. Where rules show a power,
    what an introduction tells of it is left as it is, and nothing is put into or after code, where no rule stands.
    Where conditions may not do, deletion of the sentence is offered too, beside them.
    """
    barred = _barred(context)
    amendments: list[Amendment] = []
    strengthened_clauses: set[str] = set()
    struck: set[Span] = set()
    for mechanism in context.ranked:
        ranks = {gap.safeguard: RANKS[gap.standing] for gap in gaps if gap.mechanism == mechanism}
        offered: set[str] = set()
        prose = [
            rated
            for rated in context.chosen(mechanism)
            if context.setting(context.clause_of(rated)) is not TextSetting.CODE
        ]
        rules = [rated for rated in prose if not telling(context, rated)]
        for rated in rules or prose:
            here = ranks | dict.fromkeys(barred[""] | barred[rated.finding.clause], BARRED)
            new = tuple(_for(context, rated, here, FURTHER if offered else FIRST, offered))
            offered |= {amendment.id for amendment in new}
            deletions = _deletions(context, rated, here, new, struck)
            amendments += (*new[:BESIDE], *deletions, *new[BESIDE:])
        amendments += _stronger(context, mechanism, gaps, strengthened_clauses)
    return tuple(amendments)


def _barred(context: Context) -> Mapping[str, set[str]]:
    """Return by clause the safeguards beside the point in it, and under "" those beside the point in the whole text.

    The whole text is about the power of which it has most firm findings. Source: project judgment.
    """
    mechanisms, barred = context.taxonomy.mechanisms, defaultdict[str, set[str]](set)
    for rated in context.whole.findings:
        barred[rated.finding.clause] |= {*mechanisms[rated.finding.mechanism].bars}
    if context.main_power:
        barred[""] |= {*mechanisms[context.main_power].bars}
    return barred


def _for(
    context: Context, rated: RatedFinding, ranks: Mapping[str, int], most: int, offered: Collection[str]
) -> Iterator[Amendment]:
    """Yield the amendments for a finding that were not offered for another clause of the same power."""
    if unsettled(context, rated):
        return
    clause, amended = context.clause_of(rated), _amended(context, rated)
    words = {**context.house_words, **_things(context, rated)}
    ruled, among = is_ruled(context, clause, amended), _among_rules(context, rated)
    fitting = [
        Fitting(template, work)
        for template in library()[rated.finding.mechanism]
        if template.edit != STRIKE
        and (ruled or template.edit == "narrow" or (among and template.edit == "sentence"))
        and not (_id(rated, template) in offered or ranks.get(template.safeguard) == BARRED)
        and (work := worked(template, amended, words))
    ]
    fitting.sort(key=lambda choice: ranks.get(choice.template.safeguard, BINDING))
    for choice in _varied(fitting, most):
        yield _offered(context, rated, choice, choice.work[0])


def _deletions(
    context: Context, rated: RatedFinding, ranks: Mapping[str, int], before: Collection[Amendment], struck: set[Span]
) -> Iterator[Amendment]:
    """Yield the deletion of the sentence of a finding where a template calls for it; a sentence once in all.

    It is a rule, or stands among rules. The deletion is an alternative to the amendments `before` it. `struck` holds
    the sentences, and grows.
    """
    sentence = context.clause_of(rated).sentence_at(rated.finding.evidence[0])
    if (
        unsettled(context, rated)
        or sentence in struck
        or any(amendment.edit.startswith(DELETED) for amendment in before)
    ):
        return
    amended = _amended(context, rated)
    if not (is_ruled(context, context.clause_of(rated), amended) or _among_rules(context, rated)):
        return
    for template in library()[rated.finding.mechanism]:
        barred = ranks.get(template.safeguard) == BARRED
        if template.edit == STRIKE and not barred and (work := worked(template, amended, context.house_words)):
            struck.add(sentence)
            yield _offered(context, rated, Fitting(template, work), f"{'alternatively, ' if before else ''}{work[0]}")
            return


def _amended(context: Context, rated: RatedFinding) -> AmendedClause:
    return clause_to_amend(context, context.clause_of(rated), rated.finding.evidence[0], rated.finding.strength)


def _offered(context: Context, rated: RatedFinding, choice: Fitting, edit: str) -> Amendment:
    clause, amended, template = context.clause_of(rated), _amended(context, rated), choice.template
    return Amendment(
        id=_id(rated, template),
        finding=rated.finding.id,
        clause=clause.id,
        safeguard=template.safeguard,
        edit=edit,
        setting=amended.setting,
        runs=runs(amended.text, choice.work[1]),
        why=template.why,
        source=template.source,
        against=opposing(context, clause, template),
    )


def opposing(context: Context, clause: Clause, template: AmendmentTemplate) -> tuple[str, ...]:
    """Return the clauses that stand against a change: denials of its safeguard beside it, and words that it names.

    Those are looked for beside it, at firm findings, beside these, and in code, where a field may have to go.
    """
    near = context.neighbors(clause)
    clauses = {
        neighbor.id
        for neighbor in near
        for rated in context.findings_in(neighbor)
        if (denial := denials().get(rated.finding.mechanism, {}).get(template.safeguard))
        and _has(context, neighbor, denial)
    }
    if template.against:
        firm = [context.clause_of(rated) for group in context.ranked.values() for rated in group]
        beside = [neighbor for power in firm for neighbor in context.neighbors(power)]
        code = [other for other in context.assessment.clauses if other.kind is ClauseKind.CODE]
        others = {other.id: other for other in (*near, *firm, *beside, *code) if other is not clause}
        clauses |= {name for name, other in others.items() if _has(context, other, template.against)}
    return tuple(sorted(clauses, key=context.whole.index.position))


def _has(context: Context, clause: Clause, words: str) -> bool:
    return bool(re.search(words, clause.span.of(context.text), re.IGNORECASE))


def is_ruled(context: Context, clause: Clause, amended: AmendedClause) -> bool:
    """Return whether the sentence that carries a finding is a rule, by its own verb or by that of its stem.

    What only tells how things are has no verb to which a rule could be added; its words can be changed all the same.
    """
    stem = clause.stem.of(context.text) if clause.stem else ""
    return amended.strength is not Strength.DESCRIPTIVE and bool(grammar().normative.search(f"{stem} {amended.words}"))


def _among_rules(context: Context, rated: RatedFinding) -> bool:
    """Return whether a clause has a number of its own in a section that has rules, so that a rule could follow it."""
    clause = context.clause_of(rated)
    has_heading_number = bool(clause.number and clause.headings) and not clause.title.startswith(clause.number)
    return (
        has_heading_number
        and not telling(context, rated)
        and any(grammar().normative.search(neighbor.span.of(context.text)) for neighbor in context.neighbors(clause))
    )


def _id(rated: RatedFinding, template: AmendmentTemplate) -> str:
    return f"{rated.finding.mechanism}/{template.id}"


def _varied(fitting: Sequence[Fitting], most: int) -> list[Fitting]:
    """Return the first few, of which each brings another edit and another safeguard where that can be."""
    chosen: list[Fitting] = []
    left = list(fitting)
    while left and len(chosen) < most:
        edits, guards = {choice.work[0] for choice in chosen}, {choice.template.safeguard for choice in chosen}
        best = min(left, key=lambda choice: (choice.work[0] in edits) + (choice.template.safeguard in guards))
        chosen.append(best)
        kin = best.template.kin
        left = [choice for choice in left if choice is not best and not (kin and choice.template.kin == kin)]
    return chosen


def _things(context: Context, rated: RatedFinding) -> dict[str, str]:
    """Return the thing concerned by its names in the library, with and without a capital."""
    phrases = slots(context, rated)
    data, named = ("".join(phrase.text for phrase in phrases.get(name, ())) for name in ("data", "named"))
    things = {"data": data, "Data": data[:1].upper() + data[1:], "named": named}
    return {name: words for name, words in things.items() if words}


def _stronger(context: Context, mechanism: str, gaps: Sequence[SafeguardGap], seen: set[str]) -> Iterator[Amendment]:
    """Yield for each weak safeguard of a power the change that makes its nearest clause bind; a clause once."""
    for gap in gaps:
        cited = gap.cites[0] if gap.mechanism == mechanism and gap.standing is SafeguardStanding.WEAK else None
        if cited is None or cited.clause in seen:
            continue
        clause = context.clause(cited.clause)
        amended = clause_to_amend(context, clause, cited.evidence[0], clause.strength)
        weak = [Span(span.start - clause.span.start, span.end - clause.span.start) for span in cited.evidence]
        if work := strengthened(amended, weak, context.house_words["shall"]):
            seen.add(cited.clause)
            yield Amendment(
                id="stronger",
                finding=context.ranked[mechanism][0].finding.id,
                clause=clause.id,
                safeguard=gap.safeguard,
                edit=work[0],
                setting=amended.setting,
                runs=runs(amended.text, work[1]),
                why="The safeguard becomes as binding as the power, in line with the principle of legality.",
                source="RFC 2119; project judgment",
            )


def clause_to_amend(context: Context, clause: Clause, span: Span, strength: Strength) -> AmendedClause:
    """Return a clause as one to be changed, with the sentence in which `span` begins and the strength of that."""
    sentence, start = clause.sentence_at(span), clause.span.start
    within = Span(max(sentence.start - start, 0), min(sentence.end, clause.span.end) - start)
    return AmendedClause(clause.span.of(context.text), within, context.setting(clause), strength)
