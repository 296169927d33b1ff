"""Which salient passages are quoted beside those with findings."""

from impact.advise.context import Context
from impact.advise.salient.quotable import quotable
from impact.records import Cited, Clause, TextSetting
from impact.records.assessment import WANTED
from impact.salience import heads_cases

MOST, MORE = 4, 6
"""Passages that are quoted, and those of a text without a finding to quote. Source: project judgment."""

RAW = (TextSetting.TABLE, TextSetting.CODE)
"""What cannot be quoted here."""


def salient_passages(context: Context) -> tuple[Cited, ...]:
    """Return what to quote of the most salient passages, in the order of the text.

    Of one number, wording or section of examples the first is quoted. Passages with a finding that the brief may quote
    are left out.
    """
    shown = {rated.finding.clause for rated in context.whole.findings if rated.likely}
    chosen: list[Cited] = []
    taken: set[str] = set()
    for own in sorted(context.whole.salience, key=lambda own: -own.chance):
        if own.chance < WANTED or len(chosen) == (MOST if shown else MORE):
            break
        clause = context.clause(own.clause)
        if clause.id in shown or context.setting(clause) in RAW:
            continue
        if span := quotable(clause, context.text, own.sentence):
            names = {clause.number or clause.id, " ".join(span.of(context.text).split()), *_cases(clause)}
            if taken.isdisjoint(names):
                taken |= names
                chosen.append(Cited(clause.id, (span,)))
    return tuple(sorted(chosen, key=lambda cited: cited.evidence))


def _cases(clause: Clause) -> tuple[str, ...]:
    """Return the headings of a clause where the last one announces examples or cases, which resemble each other."""
    last = clause.headings[-1] if clause.headings else ""
    return (" > ".join(clause.headings),) if heads_cases(last) else ()
