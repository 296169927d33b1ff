"""Whether the sentence that carries a finding shows its power, or only a condition at its side."""

from impact.advise.context import Context
from impact.advise.grammar import grammar
from impact.grammar import absent
from impact.records import Cited, RatedFinding


def shows_power(context: Context, rated: RatedFinding) -> bool:
    """Return whether a finding is in words that show its power, see `shows`."""
    return shows(context, rated.finding.cited)


def shows(context: Context, cite: Cited) -> bool:
    """Return whether the sentence with most of the cited words shows what is done with the thing that they name.

    It does not where the thing is absent ("where no location is provided"), or where the sentence says only
    how the thing is written ("is prefixed with a country code").
    """
    clause = context.clause(cite.clause)
    carrying = clause.carrying(cite.evidence, context.text)
    sentence = carrying[0] if carrying else clause.span
    if absent(context.text, sentence, cite.evidence):
        return False
    return context.readings.of(sentence).action.value not in grammar().shaping
