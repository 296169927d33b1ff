"""Safeguards that the text provides or may provide, what they do for people, and what it is silent on."""

from dataclasses import dataclass

from impact.records import Assessment, SafeguardFound
from impact.report.cards import Places, Where
from impact.report.concerns import Concern
from impact.report.quotes import Piece, pieces
from impact.report.words import inside, words
from impact.taxonomy.values import Safeguard, Taxonomy

QUOTES = 3
LIMIT = 360


@dataclass(frozen=True, slots=True)
class Provided:
    """One safeguard: a few of its clauses quoted, the places of the others, what it answers, whom it serves.

    Attributes:
        answers: Names of the mechanisms found that it answers.
        serves: Names of the rights to which the mechanisms that it counters have a primary link.
    """

    safeguard: Safeguard
    quotes: tuple[tuple[Where, str, tuple[Piece, ...]], ...]
    others: tuple[Where, ...]
    answers: tuple[str, ...]
    serves: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Silent:
    """One mechanism found and the matching safeguards by name: those provided and those lacking.

    Attributes:
        perhaps: Those that a reader must decide, with their places.
    """

    concern: Concern
    anchor: str
    provided: tuple[str, ...]
    lacking: tuple[str, ...]
    perhaps: tuple[tuple[str, tuple[Where, ...]], ...]


def provided_by(
    assessment: Assessment, concerns: tuple[Concern, ...], at: Places, taxonomy: Taxonomy, *, doubtful: bool = False
) -> tuple[Provided, ...]:
    """Return the safeguards found, or those that are `doubtful`, in the order of the taxonomy."""
    found: dict[str, list[SafeguardFound]] = {name: [] for name in taxonomy.safeguards}
    for one in assessment.safeguards:
        if one.doubtful is doubtful:
            found[one.safeguard].append(one)
    powers = {one.mechanism.id for one in concerns}
    return tuple(
        Provided(
            safeguard=taxonomy.safeguards[name],
            quotes=tuple(_quote(assessment, one, at) for one in ones[:QUOTES]),
            others=_others(ones, at),
            answers=_answers(taxonomy.safeguards[name], powers, taxonomy),
            serves=_serves(taxonomy.safeguards[name], taxonomy),
        )
        for name, ones in found.items()
        if ones
    )


def silent_on(
    assessment: Assessment, concerns: tuple[Concern, ...], at: Places, taxonomy: Taxonomy
) -> tuple[Silent, ...]:
    """Return the concerns of which no matching safeguard, or a doubtful one alone, was found, in their order."""
    names = {name: inside(one.name) for name, one in taxonomy.safeguards.items()}
    places = {
        name: at.each(one.clause for one in assessment.safeguards if one.safeguard == name)
        for name in dict.fromkeys(name for one in concerns for name in one.perhaps)
    }
    return tuple(
        Silent(
            one,
            f"m-{one.mechanism.id}",
            tuple(names[name] for name in one.mechanism.safeguards if name not in {*one.lacking, *one.perhaps}),
            tuple(names[name] for name in one.lacking),
            tuple((names[name], places[name]) for name in one.perhaps),
        )
        for one in concerns
        if one.lacking or one.perhaps
    )


def _answers(safeguard: Safeguard, powers: set[str], taxonomy: Taxonomy) -> tuple[str, ...]:
    return tuple(inside(taxonomy.mechanisms[name].name) for name in safeguard.counters if name in powers)


def _serves(safeguard: Safeguard, taxonomy: Taxonomy) -> tuple[str, ...]:
    links = (link for name in safeguard.counters for link in taxonomy.mechanisms[name].primary)
    return tuple(dict.fromkeys(taxonomy.rights[link.right].name for link in links))


def _others(ones: list[SafeguardFound], at: Places) -> tuple[Where, ...]:
    """Return the places of the clauses that are not quoted, each official number once."""
    found: dict[str, Where] = {}
    for one in ones:
        where = at.where(one.clause)
        found.setdefault(where.full, where)
    quoted = {at.where(one.clause).full for one in ones[:QUOTES]}
    return tuple(where for name, where in found.items() if name not in quoted)


def _quote(assessment: Assessment, found: SafeguardFound, at: Places) -> tuple[Where, str, tuple[Piece, ...]]:
    runs = pieces(assessment.document.text, at.clause(found.clause).span, found.evidence, LIMIT)
    return at.where(found.clause), str(words()["strength"][found.strength.value]), runs
