"""What speaks for showing a passage to somebody who asks what a text does to people."""

import re
from collections.abc import Iterable, Mapping, Sequence
from math import log1p

from impact.records import Clause, LabelOdds, PassageOdds
from impact.salience.library import library, lists
from impact.trait_weights import Traits

STRONGEST = 3
"""Labels whose odds are averaged beside the highest. Source: project judgment."""


def words_in(passage: str) -> dict[str, float]:
    """Return how many different words of each list a passage has, as log(1 + count)."""
    return {f"words {name}": log1p(len(_distinct(words, passage))) for name, words in lists().items()}


def _distinct(words: re.Pattern[str], passage: str) -> set[str]:
    return {match.group().lower() for match in words.finditer(passage)}


def words_of(clauses: Iterable[Clause], text: str) -> dict[str, dict[str, float]]:
    """Return `words_in` of clauses of a text, by id."""
    return {clause.id: words_in(clause.span.of(text)) for clause in clauses}


def document_traits(words: Mapping[str, Traits]) -> Traits:
    """Return the traits that all passages of a document share, by the words of each of its clauses."""
    many = max(len(words), 1)
    means = {f"text {name}": sum(counts[f"words {name}"] for counts in words.values()) / many for name in lists()}
    return {**means, "length of text": log1p(many)}


def clause_traits(clause: Clause, text: str) -> Traits:
    """Return the traits of a clause of a text by its kind, its headings, its strength and its length, but its words."""
    headings = " > ".join(clause.headings[-2:])
    shown = [f"heading {name}" for name, pattern in library().headings.items() if pattern.search(headings)]
    signs = dict.fromkeys((*shown, f"kind {clause.kind}", f"strength {clause.strength}"), 1.0)
    return {**signs, "length": log1p(len(clause.span.of(text).split()))}


def network_traits(odds: Sequence[LabelOdds]) -> list[Traits]:
    """Return the traits of passages of one document by what a network makes of them, in their order.

    They compare a passage with the others, which should be those of the document that may matter most.
    """
    best = [max(*passage.proposed.values(), *passage.mentioned.values()) for passage in odds]
    highest = max(best, default=0.0)
    return [
        {
            **{f"label {label}": max(value, passage.mentioned[label]) for label, value in passage.proposed.items()},
            **_strongest("proposes", passage.proposed),
            **_strongest("mentions", passage.mentioned),
            "highest of text": highest,
            "below the highest": top - highest,
        }
        for passage, top in zip(odds, best, strict=True)
    ]


def label_traits(odds: LabelOdds) -> Traits:
    """Return the traits of a passage by which it is told what protects people from what may be done to them."""
    proposed = {f"proposes {label}": value for label, value in odds.proposed.items()}
    return {**proposed, **{f"mentions {label}": value for label, value in odds.mentioned.items()}}


def passage_traits(odds: Sequence[PassageOdds]) -> list[Traits]:
    """Return the traits of passages of one document by what a network that was tuned on salience makes of them.

    They compare a passage with the others, as those of `network_traits` do.
    """
    highest = max((passage.shown for passage in odds), default=0.0)
    return [
        {
            "shown": passage.shown,
            "first": passage.first,
            "highest of text": highest,
            "below the highest": passage.shown - highest,
        }
        for passage in odds
    ]


def _strongest(name: str, odds: Mapping[str, float]) -> dict[str, float]:
    highest = sorted(odds.values(), reverse=True)[:STRONGEST]
    return {f"{name} any": highest[0], f"{name} several": sum(highest) / len(highest)}


def sentence_traits(sentences: Sequence[str]) -> list[Traits]:
    """Return the traits of the sentences of a passage, which compare each with the others, in their order."""
    words = [words_in(sentence) for sentence in sentences]
    totals = [sum(counts.values()) for counts in words]
    most = {name: max(counts[name] for counts in words) for name in words[0]}
    return [
        {
            **counts,
            **{f"lacks {name}": most[name] - counts[name] for name in counts},
            "lacks words": max(totals) - total,
            "first": float(place == 0),
            "later": place / len(sentences),
            "length": log1p(len(sentence)),
        }
        for place, (sentence, counts, total) in enumerate(zip(sentences, words, totals, strict=True))
    ]
