"""Safeguards that would match a power and that no clause makes binding: absent, left out in words, or weakly worded."""

from collections.abc import Iterable

from impact.advise.context import Context
from impact.advise.openness.library import hedges, weak_words
from impact.advise.phrases import places
from impact.records import Cited, Clause, Mention, SafeguardFinding, SafeguardGap, SafeguardStanding, Span, Strength

Quoted = dict[str, tuple[Cited, tuple[str, ...]]]
"""By clause: its words that are weak, and what makes them so, as printed."""


def gaps_of(context: Context) -> tuple[SafeguardGap, ...]:
    """Return the gaps of each power found: powers gravest first, safeguards in the order of the taxonomy.

    A safeguard is weak if each sentence that provides it recommends, permits or hedges; one binding sentence anywhere
    in the text closes the gap, and so does a doubtful one, since a reader may find that it binds.
    """
    weak, left = {}, {}
    for name in context.taxonomy.safeguards:
        providing = [safeguard for safeguard in context.whole.safeguards if safeguard.safeguard == name]
        weak[name], left[name] = _weak(context, providing), _left(context, name)
    gaps = []
    for mechanism in context.ranked:
        for safeguard in context.variant_of(mechanism).safeguards:
            provided = weak[safeguard]
            if provided is not None:
                gaps.append(_gap(context, mechanism, safeguard, provided, left[safeguard]))
    return tuple(gaps)


def _gap(context: Context, mechanism: str, safeguard: str, weak: Quoted, left: Quoted) -> SafeguardGap:
    denied = {} if weak else _denied(context, mechanism, safeguard)
    quoted = weak or denied or left
    standing = (
        SafeguardStanding.WEAK
        if weak
        else SafeguardStanding.DENIED
        if denied
        else SafeguardStanding.LEFT
        if left
        else SafeguardStanding.ABSENT
    )
    return SafeguardGap(
        mechanism=mechanism,
        safeguard=safeguard,
        standing=standing,
        power=context.ranked[mechanism][0].finding.cited,
        cites=tuple(quoted[clause][0] for clause in _nearest(context, mechanism, quoted)),
        weak=tuple(sorted({name for _, names in quoted.values() for name in names})),
    )


def _denied(context: Context, mechanism: str, safeguard: str) -> Quoted:
    """Return the clauses of a power, and those beside them, that deny a safeguard."""
    denial = weak_words().denials.get(safeguard)
    if denial is None:
        return {}
    clauses: dict[str, Clause] = {}
    for rated in context.ranked[mechanism]:
        clause_of_power = context.clause_of(rated)
        clauses |= {clause.id: clause for clause in (clause_of_power, *context.neighbors(clause_of_power))}
    words = {
        clause.id: denial.within(context.text, clause.span)
        for clause in clauses.values()
        if clause.id not in context.overrulings.clauses
    }
    return {clause: (Cited(clause, spans), (denial.name,)) for clause, spans in words.items() if spans}


def _nearest(context: Context, mechanism: str, quoted: Quoted) -> list[str]:
    """Return the clauses, those that have a finding of the mechanism first, then those of a section that has such."""
    of_power = {rated.finding.clause for rated in context.ranked[mechanism]}
    near = context.assessment.index.under_headings_of(of_power)
    return sorted(quoted, key=lambda clause: (clause not in of_power, clause not in near))


def _weak(context: Context, providing: Iterable[SafeguardFinding]) -> Quoted | None:
    """Return the clauses that provide a safeguard weakly, in the order of the text; None where there is no gap.

    Doubtful ones are not cited.
    """
    firm: Quoted = {}
    unsure = False
    for safeguard in providing:
        names, spans = _weakness(context, safeguard)
        if not names:
            return None
        if safeguard.doubtful:
            unsure = True
        else:
            firm.setdefault(safeguard.clause, (Cited(safeguard.clause, spans), names))
    return None if unsure and not firm else firm


def _weakness(context: Context, safeguard: SafeguardFinding) -> tuple[tuple[str, ...], tuple[Span, ...]]:
    """Return what makes a sentence weak, and the words; nothing where it binds, or "may" speaks of something else."""
    clause = context.clause(safeguard.clause)
    strengths = dict(clause.provisions())
    meets = [sentence for sentence in clause.sentences if any(sentence.meets(span) for span in safeguard.evidence)]
    if any(strengths.get(sentence) is Strength.MUST and not _hedged(context, sentence) for sentence in meets):
        return (), ()
    softening = weak_words().soft.get(safeguard.strength.value)
    softened = [sentence for sentence in meets if softening and softening.within(context.text, sentence)]
    sentence = (softened or meets or [clause.span])[0]
    wanted = [*([softening] if softening else []), *hedges()]
    words = {hedge.name: hedge.within(context.text, sentence) for hedge in wanted}
    other = {hedge.name for hedge in weak_words().soft.values() if places(hedge.unless, context.text, sentence)}
    names = tuple(
        hedge.name
        for hedge in wanted
        if words[hedge.name] or (hedge.id == safeguard.strength.value and hedge.name not in other)
    )
    return names, tuple(sorted({span for spans in words.values() for span in spans})) or safeguard.evidence


def _hedged(context: Context, sentence: Span) -> bool:
    return any(hedge.within(context.text, sentence) for hedge in hedges())


def _left(context: Context, safeguard: str) -> Quoted:
    """Return the clauses that speak of a safeguard in a sentence that leaves it out."""
    left: Quoted = {}
    for mention in context.assessment.mentions:
        if mention.label == safeguard and mention.clause not in left:
            words = _leaving(context, mention)
            if words:
                spans = tuple(sorted({span for places in words.values() for span in places}))
                left[mention.clause] = (Cited(mention.clause, spans), tuple(words))
    return left


def _leaving(context: Context, mention: Mention) -> dict[str, tuple[Span, ...]]:
    """Return where the sentence of a mention leaves its safeguard out, by the name of the hedge."""
    sentence = context.clause(mention.clause).sentence_at(mention.evidence[0])
    words = {hedge.name: hedge.within(context.text, sentence) for hedge in hedges(weak_words().leaving)}
    return {name: spans for name, spans in words.items() if spans}
