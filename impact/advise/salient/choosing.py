"""Which salient passages are quoted beside those with findings."""

from impact.advise.context import Context
from impact.advise.salient.quotable import quotable
from impact.records import Cited, TextSetting

LEAST = 0.45
"""Salience from which a passage is quoted. Source: models/salience/README.md."""

MOST = 4
"""Passages that are quoted. Source: project judgment."""

RAW = (TextSetting.TABLE, TextSetting.CODE)
"""What cannot be quoted here."""


def salient_passages(context: Context) -> tuple[Cited, ...]:
    """Return what to quote of salient passages, the most salient first, of clauses with different numbers.

    Passages with a finding that the brief may quote are left out.
    """
    shown = {rated.finding.clause for rated in context.whole.findings if rated.likely}
    chosen: dict[str, Cited] = {}
    for own in sorted(context.whole.salience, key=lambda own: -own.chance):
        if own.chance < LEAST or len(chosen) == MOST:
            break
        clause = context.clause(own.clause)
        if clause.id not in shown and context.setting(clause) not in RAW and (span := quotable(clause, context.text)):
            chosen.setdefault(clause.number or clause.id, Cited(clause.id, (span,)))
    return tuple(chosen.values())
