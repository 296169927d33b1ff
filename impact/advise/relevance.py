"""Whether the sentence that carries a finding shows its power, or only a condition at its side."""

from dataclasses import dataclass

from impact.advise.context import Context
from impact.advise.grammar import grammar
from impact.advise.phrases import pattern_of, places
from impact.grammar import absent, ruled
from impact.records import Cited, RatedFinding, Span, Strength
from impact.typed import loader


@dataclass(frozen=True, slots=True)
class PowerWords:
    """acts.toml: words for the act or the object of each power."""

    acts: dict[str, tuple[str, ...]]


power_words = loader(PowerWords, "impact.advise", "acts.toml")


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


def tells_power(context: Context, mechanism: str, sentence: Span, statement: str) -> bool:
    """Return whether a statement made of a sentence has words for a power, and the sentence does not deny them all."""
    words = power_words().acts[mechanism]
    there = places(words, context.text, sentence)
    if there and all(context.readings.denies(sentence, place) for place in there):
        return False
    return bool(pattern_of(words).search(statement))


def strength_of_act(context: Context, rated: RatedFinding) -> Strength:
    """Return the strength of the words that carry a power: a joined statement that binds to nothing only describes."""
    finding, clause = rated.finding, context.clause_of(rated)
    carrying = clause.carrying(finding.evidence, context.text)
    if finding.strength not in {Strength.MUST, Strength.SHOULD} or clause.stem:
        return finding.strength
    sentence = carrying[0] if carrying else clause.span
    cited = [span for span in finding.evidence if span.meets(sentence)]
    acts = places(power_words().acts[finding.mechanism], context.text, sentence)
    words = [place for place in acts if any(place.meets(span) for span in cited)] or cited
    start = sentence.start
    local = [Span(max(word.start - start, 0), min(word.end, sentence.end) - start) for word in words]
    return finding.strength if ruled(sentence.of(context.text), local) else Strength.DESCRIPTIVE
