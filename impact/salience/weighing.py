"""The salience of the passages of a text."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from impact.records import Clause, Outlook, Salience, Span
from impact.records.assessment import FAINT
from impact.salience.library import PROTECTION, weights
from impact.salience.traits import (
    clause_traits,
    document_traits,
    label_traits,
    network_traits,
    passage_traits,
    words_of,
)
from impact.trait_weights import Traits, chance_of

ASKED = {"cues": 30, "fast": 120, "model": 25}
"""Passages of a text, the likeliest by what is known before, that are weighed in a way of judging. Source:
models/salience/README.md."""

NAMED, ABOUT = 2, 0.85
"""Topics of a passage that are named, and the chance from which one is. Source: models/salience/README.md."""

REACH = {"model": 60}
"""Likeliest passages among which those with something classified are weighed too, where the way takes long; the others
keep the chance of the lighter way. Source: project judgment; a passage takes some 60 ms."""


def salience_of(
    text: str, clauses: Sequence[Clause], outlooks: Sequence[Outlook], classified: Collection[str]
) -> tuple[Salience, ...]:
    """Return how salient passages are, in the order of the clauses: the likeliest, and those with ids in `classified`.

    Args:
        text: That of the document.
        clauses: All clauses of the document.
        outlooks: How they are judged, the surest way last; a lighter one decides of which clauses the next is asked.
        classified: Ids of clauses of which the salience is wanted in any case.
    """
    traits = light_traits(clauses, text)
    assessed = [clause for clause in clauses if clause.assessed]
    chances = {clause.id: weights("cues").chance(traits[clause.id]) for clause in assessed}
    sentences: dict[str, Span] = {}
    asked: list[Clause] = []
    for outlook in outlooks:
        asked = list(_asked(assessed, chances, classified, outlook.way))
        rows = with_network([traits[clause.id] for clause in asked], asked, outlook)
        model = weights(outlook.way)
        weighed = {clause.id: model.chance(row) for clause, row in zip(asked, rows, strict=True)}
        wanted = {clause.id for clause in asked} | set(classified)
        chances = {clause: weighed.get(clause, chance) for clause, chance in chances.items() if clause in wanted}
        sentences = dict(_sentences(asked, outlook))
    regarded = dict(_regarded(asked, chances, outlooks[-1]))
    return tuple(
        Salience(clause, round(chance, 4), sentences.get(clause), *regarded.get(clause, ()))
        for clause, chance in chances.items()
    )


def _asked(
    clauses: Iterable[Clause], chances: Mapping[str, float], classified: Collection[str], way: str
) -> Iterator[Clause]:
    """Yield the clauses that are weighed in a way of judging, by the chances that a lighter one gave."""
    ranks = {clause: rank for rank, clause in enumerate(sorted(chances, key=lambda clause: -chances[clause]))}
    reach = REACH.get(way, len(ranks))
    for clause in clauses:
        if clause.id in ranks and ranks[clause.id] < (reach if clause.id in classified else ASKED[way]):
            yield clause


def _sentences(clauses: Iterable[Clause], outlook: Outlook) -> Iterator[tuple[str, Span]]:
    """Yield the clauses of which an outlook tells which sentence says most, with that sentence."""
    for clause in clauses:
        if (odds := outlook.passage(clause)) is not None:
            marks = dict(zip(clause.parts, odds.sentences, strict=True))
            yield clause.id, max(marks, key=lambda part: marks[part])


def _regarded(
    clauses: Iterable[Clause], chances: Mapping[str, float], outlook: Outlook
) -> Iterator[tuple[str, tuple[float, tuple[str, ...]]]]:
    """Yield the clauses that a brief may quote, with the chance that they protect, and what they are about."""
    name = PROTECTION.get(outlook.way)
    for clause in clauses:
        if name and chances[clause.id] >= FAINT and (odds := outlook.odds(clause)) is not None:
            protects, about = weights(name).odds(label_traits(odds)), outlook.about(clause)
            if about is not None:
                protects = (protects + about.protects) / 2
            yield clause.id, (round(chance_of(protects), 4), likeliest_topics(about.topics) if about else ())


def with_topics(salience: Iterable[Salience], clauses: Iterable[Clause], outlook: Outlook) -> tuple[Salience, ...]:
    """Return the salience of passages with what those are about that a brief may quote and that have no topic yet."""
    clauses_by_id = {clause.id: clause for clause in clauses}
    return tuple(
        replace(passage, topics=likeliest_topics(about.topics))
        if passage.chance >= FAINT
        and not passage.topics
        and (about := outlook.about(clauses_by_id[passage.clause])) is not None
        else passage
        for passage in salience
    )


def likeliest_topics(about: Mapping[str, float]) -> tuple[str, ...]:
    """Return what a passage is about by log odds of topics: at most `NAMED` that are likely, the likeliest first."""
    likely = [name for name, odds in about.items() if chance_of(odds) >= ABOUT]
    return tuple(sorted(likely, key=lambda name: -about[name])[:NAMED])


def light_traits(clauses: Sequence[Clause], text: str) -> dict[str, Traits]:
    """Return the traits of the assessed clauses of a text that need no network, by id."""
    assessed = [clause for clause in clauses if clause.assessed]
    words = words_of(assessed, text)
    shared = document_traits(words)
    return {clause.id: {**words[clause.id], **clause_traits(clause, text), **shared} for clause in assessed}


def with_network(rows: Sequence[Traits], clauses: Sequence[Clause], outlook: Outlook) -> list[Traits]:
    """Return traits of clauses with what the network of an outlook tells of them, where it has one.

    What a network says that was tuned on salience takes the place of all others.
    """
    if passages := [judged for clause in clauses if (judged := outlook.passage(clause)) is not None]:
        return passage_traits(passages)
    labels = network_traits([odds for clause in clauses if (odds := outlook.odds(clause)) is not None])
    return [{**row, **judged} for row, judged in zip(rows, labels, strict=True)] if labels else list(rows)
