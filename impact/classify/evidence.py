"""Which words of a clause carried a label, where no cue says it."""

import re
from collections.abc import Iterable, Mapping
from itertools import pairwise

from impact.classify.heads import Heads
from impact.classify.library import load
from impact.classify.terms import occurrences
from impact.classify.wording import wording
from impact.grammar.parser import load_spacy
from impact.records import Clause, Span, merged

MOST, SHARE = 4, 0.4
"""Pieces of evidence at the most, and the least weight of one, as a share of the heaviest. Source: project judgment;
what a reader takes in at a glance."""

_BEFORE, _AFTER = (
    re.compile(r"(?:\b(?!(?:The|An?|In|For|This|Each|All|Any) )[A-Z][a-z]+ ){1,3}\Z"),
    re.compile(r"(?: [A-Z][a-z]+\b){1,3}"),
)
"""Words in capitals before and after, of a name such as "Relying Party"."""

LONGEST = 80
"""Characters before a piece of evidence in which the rest of a name, or a "not", is looked for."""

_WORD, _APART = re.compile(r"\w+"), re.compile(r"[^\s\w'\u2019/-]|--")


def carried(text: str, clause: Clause, column: int, heads: Heads) -> tuple[Span, ...]:
    """Return the spans of the words that raise a label most, in order; the first sentence if none does.

    What a word adds is its value in the row of the clause times its weight in the label's column: what leaving it out
    would take away. Function words, numbers and words that point elsewhere are not quoted, whatever they add, nor pairs
    across a comma. Words by which cues tell the label go before others. All stand in the sentence in which they add
    most, and names of several words in capitals are quoted whole.
    """
    piece, base = clause.span.of(text), clause.span.start
    columns, values = heads.terms.row(piece)
    added = dict(zip(columns.tolist(), (values * heads.arrays["terms"][columns, column]).tolist(), strict=True))
    places: dict[int, Span] = {}
    for term, place in occurrences(piece):
        number = heads.terms.numbers.get(term)
        if number is not None and added.get(number, 0) > 0 and (telling := _telling(piece, place)):
            places.setdefault(number, telling)
    places = _in_best_sentence(clause, _own(places, piece, heads.labels[column]), added)
    heaviest = sorted(places, key=lambda number: (-added[number], places[number]))[:MOST]
    chosen = [number for number in heaviest if added[number] >= SHARE * added[heaviest[0]]]
    spans = {Span(base + places[number].start, base + places[number].end) for number in chosen}
    return _along(completed(text, merged(spans, gap=1)), text) or (
        clause.sentences[0] if clause.sentences else clause.span,
    )


def completed(text: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return spans of a text with the rest of a name with which one begins or ends, and with a "not" before it."""
    return merged(_completed(text, span) for span in spans)


def _completed(text: str, place: Span) -> Span:
    words = _WORD.findall(place.of(text)) or ["-"]
    lead = text[max(0, place.start - LONGEST) : place.start]
    before = (_BEFORE.search(lead) if words[0][:1].isupper() else None) or wording().evidence.denying.search(lead)
    after = _AFTER.match(text, place.end) if words[-1][:1].isupper() else None
    start = place.start - len(before[0]) if before else place.start
    return Span(start, after.end() if after else place.end)


def _along(spans: tuple[Span, ...], text: str) -> tuple[Span, ...]:
    """Return the spans with those joined that no more than a word or two keep apart."""
    joined, between = list[Span](), wording().evidence.between
    for span in spans:
        if joined and between.fullmatch(text[joined[-1].end : span.start]):
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return tuple(joined)


def _own(places: dict[int, Span], piece: str, label: str) -> dict[int, Span]:
    """Return the places of terms with a word by which cues tell the label; all where there is none."""
    label_words = load().words.get(label, frozenset())
    return {
        number: place
        for number, place in places.items()
        if not label_words.isdisjoint(_WORD.findall(place.of(piece).lower()))
    } or places


def _in_best_sentence(clause: Clause, places: dict[int, Span], added: Mapping[int, float]) -> dict[int, Span]:
    """Return the places of terms in the sentence in which the terms add most; the first of equal ones."""
    base = clause.span.start
    by_sentence = [
        {number: place for number, place in places.items() if sentence.start <= base + place.start < sentence.end}
        for sentence in clause.sentences
    ]
    return max(by_sentence, key=lambda terms: sum(added[number] for number in terms), default=places) or places


def _telling(piece: str, place: Span) -> Span | None:
    """Return what a reader is told something by at the place of a term; None where that is nothing."""
    words = [Span(place.start + word.start(), place.start + word.end()) for word in _WORD.finditer(place.of(piece))]
    if any(_APART.search(piece[word.end : after.start]) for word, after in pairwise(words)):
        return None
    telling = [word for word in words if not _empty(word.of(piece))]
    if all(word.of(piece).lower() in wording().evidence.generic for word in telling):
        return None
    return Span(telling[0].start, telling[-1].end)


def _empty(word: str) -> bool:
    load_spacy()
    from spacy.lang.en.stop_words import STOP_WORDS

    small, words = word.lower(), wording().evidence
    return small in STOP_WORDS or small in words.pointing or word in words.types or word.isdigit()
