"""The salience of the passages of a text."""

from collections.abc import Collection, Sequence

from impact.records import Clause, LabelOdds, Outlook, Salience
from impact.salience.library import weights
from impact.salience.traits import clause_traits, document_traits, network_traits, words_of
from impact.trait_weights import Traits

ASKED = {"cues": 30, "fast": 120, "model": 25}
"""Passages of a text, the likeliest by what is known before, that are weighed in a way of judging. Source:
models/salience/README.md."""


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
    for outlook in outlooks:
        likeliest = sorted(chances, key=lambda clause: -chances[clause])[: ASKED[outlook.way]]
        asked = [clause for clause in assessed if clause.id in {*likeliest, *classified}]
        rows = with_network([traits[clause.id] for clause in asked], [outlook.odds(clause) for clause in asked])
        own = weights(outlook.way)
        chances = {clause.id: own.chance(row) for clause, row in zip(asked, rows, strict=True)}
    return tuple(Salience(clause, round(chance, 4)) for clause, chance in chances.items())


def light_traits(clauses: Sequence[Clause], text: str) -> dict[str, Traits]:
    """Return the traits of the assessed clauses of a text that need no network, by id."""
    assessed = [clause for clause in clauses if clause.assessed]
    words = words_of(assessed, text)
    shared = document_traits(words)
    return {clause.id: {**words[clause.id], **clause_traits(clause, text), **shared} for clause in assessed}


def with_network(rows: Sequence[Traits], odds: Sequence[LabelOdds | None]) -> list[Traits]:
    """Return traits with those of a network, where there is one."""
    known = [own for own in odds if own is not None]
    if len(known) < len(rows):
        return list(rows)
    return [{**row, **more} for row, more in zip(rows, network_traits(known), strict=True)]
