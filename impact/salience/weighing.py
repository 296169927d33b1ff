"""The salience of the passages of a text."""

from collections.abc import Collection, Sequence

from impact.records import Clause, LabelOdds, Outlook, Salience
from impact.salience.library import weights
from impact.salience.traits import clause_traits, document_traits, network_traits, words_of
from impact.trait_weights import Traits

ASKED = 30
"""Passages of a text, the likeliest by their words, of which a network is asked. Source: models/salience/README.md."""


def salience_of(
    text: str, clauses: Sequence[Clause], outlook: Outlook, classified: Collection[str]
) -> tuple[Salience, ...]:
    """Return how salient passages are, in the order of the clauses: the likeliest, and those with ids in `classified`.

    Args:
        text: That of the document.
        clauses: All clauses of the document.
        outlook: How they are judged.
        classified: Ids of clauses of which the salience is wanted in any case.
    """
    traits = light_traits(clauses, text)
    assessed = [clause for clause in clauses if clause.assessed]
    by_words = weights("cues")
    ranked = sorted(assessed, key=lambda clause: -by_words.chance(traits[clause.id]))
    likeliest = {clause.id for clause in ranked[:ASKED]} | set(classified)
    asked = [clause for clause in assessed if clause.id in likeliest]
    rows = with_network([traits[clause.id] for clause in asked], [outlook.odds(clause) for clause in asked])
    own = weights(outlook.way)
    return tuple(Salience(clause.id, round(own.chance(row), 4)) for clause, row in zip(asked, rows, strict=True))


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
