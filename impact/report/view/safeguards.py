"""Safeguards that the text provides or may provide, what they do for people, and what it is silent on."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from impact.present.words import inside, unbracketed, words
from impact.records import Advice, Assessment, Bearing, ClauseKind, SafeguardFinding, Strength
from impact.report.quotes.quote import Piece
from impact.report.view.concerns import Concern
from impact.report.view.openness import ruled_out
from impact.report.view.places import Location, Places
from impact.taxonomy.values import Safeguard, Taxonomy

QUOTES = 3
LIMIT = 360
SERVING = "may serve the power"

Beside = dict[str, set[str]]
"""Clauses by safeguard."""


@dataclass(frozen=True, slots=True)
class ProvidedSafeguard:
    """One safeguard: a few of its clauses quoted, the places of the others, what it answers, whom it serves.

    Attributes:
        quotes: Place, what the clause does with it ("requires"), its words, those that introduce its list.
        places: Where it stands, in the order of the text, pages of one number joined.
        beside: Names of the mechanisms that it matches and that were found in a clause or section of its own; those of
            which only doubtful findings stand there are said to be doubtful.
        near: The places for which `beside` holds; empty where it holds for all.
        serving: Names of those that were found there too and whose use it may serve.
        apart: Names of those that were found elsewhere, so that it may be meant for something else.
        serves: Names of the rights to which the mechanisms that it counters have a primary link.
    """

    safeguard: Safeguard
    quotes: tuple[tuple[Location, str, tuple[Piece, ...], str], ...]
    others: tuple[Location, ...]
    places: tuple[Location, ...]
    beside: tuple[str, ...]
    near: tuple[Location, ...]
    serving: tuple[str, ...]
    apart: tuple[str, ...]
    serves: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MatchingSafeguards:
    """One mechanism found and the matching safeguards by name.

    Attributes:
        beside: Those that a clause or section with a finding of it provides, with these places.
        elsewhere: Those that the text provides elsewhere, perhaps for something else, with their places there; some
            stand beside a finding too.
        lacking: Those that it provides nowhere, with the place where it even rules one out.
        perhaps: Those that a reader must decide, with their places.
    """

    concern: Concern
    anchor: str
    beside: tuple[tuple[str, tuple[Location, ...]], ...]
    elsewhere: tuple[tuple[str, tuple[Location, ...]], ...]
    lacking: tuple[str, ...]
    perhaps: tuple[tuple[str, tuple[Location, ...]], ...]


def provided_safeguards(
    assessment: Assessment, concerns: tuple[Concern, ...], at: Places, taxonomy: Taxonomy, *, doubtful: bool = False
) -> tuple[ProvidedSafeguard, ...]:
    """Return the safeguards found, or those that are `doubtful`, in the order of the taxonomy.

    Doubtful ones are quoted by their surest clauses, definitions last.
    """
    found: dict[str, list[SafeguardFinding]] = {name: [] for name in taxonomy.safeguards}
    for safeguard in assessment.safeguards:
        if safeguard.doubtful is doubtful:
            found[safeguard.safeguard].append(safeguard)
    if doubtful:
        for ones in found.values():
            ones.sort(key=lambda one: (at.clause(one.clause).kind is ClauseKind.DEFINITION, -one.confidence))
    kept = [one for ones in found.values() for one in ones]
    powers = {
        concern.mechanism.id: (_beside(concern, kept, at, sure=True), _beside(concern, kept, at))
        for concern in concerns
    }
    return tuple(
        _provided(taxonomy.safeguards[name], ones, powers, at, taxonomy) for name, ones in found.items() if ones
    )


def _provided(
    safeguard: Safeguard,
    ones: list[SafeguardFinding],
    powers: dict[str, tuple[Beside, Beside]],
    at: Places,
    taxonomy: Taxonomy,
) -> ProvidedSafeguard:
    """Return one safeguard; `powers` has, by power, what stands beside its firm findings, and beside any."""
    name = safeguard.id
    by = {power: sure.get(name) or any_.get(name, set()) for power, (sure, any_) in powers.items()}
    doubtful = {power for power, (sure, _) in powers.items() if name not in sure}
    serving = {power for power, clauses in by.items() if clauses and name in taxonomy.mechanisms[power].turned}
    beside = {power: clauses for power, clauses in by.items() if clauses and power not in serving}
    near = {clause for clauses in beside.values() for clause in clauses}
    return ProvidedSafeguard(
        safeguard=safeguard,
        quotes=tuple(_quote(one, at) for one in _strongest(ones, at)),
        others=_others(ones, at),
        places=at.of(one.clause for one in ones),
        beside=_matched(name, beside, taxonomy, doubtful),
        near=at.of(near) if {one.clause for one in ones} - near else (),
        serving=_matched(name, serving, taxonomy),
        apart=_matched(name, [power for power, clauses in by.items() if not clauses], taxonomy),
        serves=_serves(safeguard, taxonomy),
    )


def weighed(advice: Advice, taxonomy: Taxonomy) -> dict[str, str]:
    """Return the safeguards of which no guideline answer says that they serve people, each with the one that says why.

    They serve a system that gives others access to what people say or store.
    """
    points = [(answer.number, point) for answer in advice.guidelines for point in answer.points if not point.doubtful]
    helping = {one.topic for _, one in points if one.bearing is Bearing.BENEFIT}
    notes = [(number, one) for number, one in points if one.bearing is Bearing.NOTE]
    first = {one.says: number for number, one in reversed(notes)}
    left = {one.topic: first[one.says] for _, one in notes if one.topic in taxonomy.safeguards}
    return {topic: number for topic, number in left.items() if topic not in helping}


def matching_safeguards(
    assessment: Assessment, advice: Advice, concerns: tuple[Concern, ...], at: Places, taxonomy: Taxonomy
) -> tuple[MatchingSafeguards, ...]:
    """Return what the text states and does not state for each concern with a firm finding, in their order.

    A concern that is doubtful itself is left out where the text provides each matching safeguard.
    """
    names = {name: inside(one.name) for name, one in taxonomy.safeguards.items()}
    ruled, left = ruled_out(advice, at), weighed(advice, taxonomy)
    clauses: dict[str, list[SafeguardFinding]] = {name: [] for name in taxonomy.safeguards}
    for found in assessment.safeguards:
        clauses[found.safeguard].append(found)

    def placed(name: str, near: Collection[str] = (), *, doubtful: bool) -> tuple[Location, ...]:
        found = {clause.clause for clause in clauses[name] if clause.doubtful is doubtful}
        return at.of(found.difference(near))

    def denied(concern: Concern, name: str) -> str:
        place = ruled.get((concern.mechanism.id, name))
        return f"{names[name]} (ruled out in {unbracketed(place)})" if place else names[name]

    def told(concern: Concern, name: str) -> str:
        return f"{names[name]} ({SERVING})" if name in concern.mechanism.turned else names[name]

    made = []
    for one in concerns:
        if one.lacking or one.perhaps or not one.doubtful:
            given_here = assessment.firm.safeguards
            beside = _beside(one, given_here, at) | _beside(one, given_here, at, sure=True)
            given = [name for name in one.mechanism.safeguards if any(not clause.doubtful for clause in clauses[name])]
            far = [
                (told(one, name) if name in left else names[name], placed(name, beside.get(name, ()), doubtful=False))
                for name in given
            ]
            silent = MatchingSafeguards(
                concern=one,
                anchor=f"m-{one.mechanism.id}",
                beside=tuple((told(one, name), at.of(beside[name])) for name in given if name in beside),
                elsewhere=tuple(each for each in far if each[1]),
                lacking=tuple(denied(one, name) for name in one.lacking),
                perhaps=tuple((names[name], placed(name, doubtful=True)) for name in one.perhaps),
            )
            made.append(silent)
    return tuple(made)


def _beside(concern: Concern, found: Iterable[SafeguardFinding], at: Places, *, sure: bool = False) -> Beside:
    """Return the matching safeguards in the clauses and sections of a concern, each with its clauses there.

    A doubtful finding counts too, unless it has to be `sure`: what stands beside it is hardly meant for something else.
    """
    homes = [at.clause(rated.finding.clause) for rated in concern.findings if not (sure and rated.finding.doubtful)]
    own, sections = {home.id for home in homes}, {home.headings for home in homes} - {()}
    beside: Beside = {}
    for one in found:
        near = one.clause in own or at.clause(one.clause).headings in sections
        if near and one.safeguard in concern.mechanism.safeguards:
            beside.setdefault(one.safeguard, set()).add(one.clause)
    return beside


def _matched(
    safeguard: str, powers: Collection[str], taxonomy: Taxonomy, doubtful: Collection[str] = ()
) -> tuple[str, ...]:
    found = [name for name in taxonomy.safeguards[safeguard].counters if name in powers]
    return tuple(f"{inside(taxonomy.mechanisms[name].name)}{' (doubtful)' * (name in doubtful)}" for name in found)


def _serves(safeguard: Safeguard, taxonomy: Taxonomy) -> tuple[str, ...]:
    links = (link for name in safeguard.counters for link in taxonomy.mechanisms[name].primary)
    return tuple(dict.fromkeys(taxonomy.rights[link.right].name for link in links))


def _strongest(ones: list[SafeguardFinding], at: Places) -> list[SafeguardFinding]:
    """Return those to quote: what binds before what does not, in the order of the text; doubtful ones as they come.

    What a quote of another one tells too is left out.
    """
    order = list(Strength)
    kept: list[SafeguardFinding] = []
    for one in ones if ones[0].doubtful else sorted(ones, key=lambda one: order.index(one.strength)):
        if len(kept) < QUOTES and not at.is_quoted(one.clause, [each.clause for each in kept]):
            kept.append(one)
    return [one for one in ones if one in kept]


def _others(ones: list[SafeguardFinding], at: Places) -> tuple[Location, ...]:
    """Return the places of the clauses that are not quoted, each official number once."""
    found: dict[str, Location] = {}
    for one in ones:
        where = at.where(one.clause)
        found.setdefault(where.full, where)
    quoted = {at.where(one.clause).full for one in _strongest(ones, at)}
    return tuple(where for name, where in found.items() if name not in quoted)


def _quote(found: SafeguardFinding, at: Places) -> tuple[Location, str, tuple[Piece, ...], str]:
    where, runs = at.passage(found.clause, found.evidence, LIMIT)
    return where, str(words()["strength"][found.strength.value]), runs, at.stem(found.clause)
