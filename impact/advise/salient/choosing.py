"""Which salient passages are quoted beside those with findings."""

from collections import Counter
from collections.abc import Iterable

from impact.advise.context import Context
from impact.advise.salient.quotable import LONGEST, is_short_item, quotable
from impact.advise.salient.topics import topics
from impact.records import Clause, Salience, SalientPassage, Span, TextSetting
from impact.records.assessment import FAINT, WANTED
from impact.salience import heads_cases

MOST, MORE, FURTHER = 4, 6, 3
"""Passages that are quoted beside findings, and in a text without a finding to quote; and how many more of a text that
has so many from `CLEARLY` on. Source: project judgment; a brief has two pages."""

FEW = 4
"""Passages of a text without a finding to quote, below which fainter ones are quoted too. Source:
models/salience/README.md."""

CLEARLY = 0.5
"""Salience from which passages are quoted beyond those. Source: models/salience/README.md."""

ALIKE = 2
"""Passages of one number that are quoted before those of others. Source: project judgment; some sections are long."""

BEYOND = 0.4
"""Salience from which more of one number are quoted where there is room. Source: models/salience/README.md."""


def salient_passages(context: Context) -> tuple[SalientPassage, ...]:
    """Return what to quote of the most salient passages, in the order of the text, and what they are about.

    Of one wording or section of examples the first is quoted, of one number two, and more where there is room for them.
    Passages with a finding that the brief may quote are left out. What a second reader chose is quoted in any case, but
    for code.
    """
    shown = {rated.finding.clause for rated in context.whole.findings if rated.likely}
    few = 0 if shown else FEW
    lines = (*(FAINT,) * few, *(WANTED,) * ((MOST if shown else MORE) - few), *(CLEARLY,) * FURTHER)
    ranked = sorted(context.whole.salience, key=lambda passage: -passage.chance)
    quotes = [
        (passage, clause, span)
        for passage in ranked
        if passage.clause not in shown and passage.chance >= lines[0]
        for clause in (context.clause(passage.clause),)
        if (span := _quote_of(context, passage, clause))
    ]
    if not (quotes or shown):
        quotes = _short_items(context, ranked)
    chosen: dict[str, SalientPassage] = {}
    taken = Counter[str]()
    for most, least in ((ALIKE, 0.0), (len(quotes), BEYOND)):
        for passage, clause, span in quotes:
            if len(chosen) == len(lines) or passage.chance < max(least, lines[len(chosen)]):
                break
            alone = {" ".join(span.of(context.text).split()), *_cases(clause)}
            is_full = clause.number and taken[clause.number] >= most and not passage.chosen
            if not is_full and not taken.keys() & alone:
                taken.update((clause.number, *alone))
                names = tuple(topics()[topic].name for topic in passage.topics)
                chosen[clause.id] = SalientPassage(clause.id, (span,), names)
    return tuple(sorted(chosen.values(), key=lambda cited: cited.evidence))


def _short_items(context: Context, ranked: Iterable[Salience]) -> list[tuple[Salience, Clause, Span]]:
    """Return what to quote of a text of which nothing can be read alone: its likeliest items, however short."""
    passages = ((passage, context.clause(passage.clause)) for passage in ranked if passage.chance >= WANTED)
    return [
        (passage, clause, clause.span)
        for passage, clause in passages
        if context.setting(clause) is TextSetting.LIST and is_short_item(clause.span.of(context.text))
    ][:FEW]


def _quote_of(context: Context, passage: Salience, clause: Clause) -> Span | None:
    """Return what to quote of a passage; None of code, and where nothing of it can be read alone."""
    setting = context.setting(clause)
    if setting is TextSetting.CODE:
        return None
    quoted = quotable(clause, context.text, passage.sentence, setting, passage.chance)
    return quoted or (_shown(passage, clause) if passage.chosen else None)


def _shown(passage: Salience, clause: Clause) -> Span:
    """Return what to quote of a clause though it does not stand alone: all of a short one, else its sentence."""
    return clause.span if len(clause.span) <= LONGEST else passage.sentence or clause.parts[0]


def _cases(clause: Clause) -> tuple[str, ...]:
    """Return the headings of a clause where the last one announces examples or cases, which resemble each other."""
    last = clause.headings[-1] if clause.headings else ""
    return (" > ".join(clause.headings),) if heads_cases(last) else ()
