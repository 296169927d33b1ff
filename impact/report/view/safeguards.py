"""Safeguards that the text provides or may provide, what they do for people, and what it is silent on."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from impact.present.lists import inside
from impact.present.places import unbracketed
from impact.present.words import needing_review, second_words, words
from impact.records import Bearing, ClauseKind, SafeguardFinding
from impact.report.quotes.quote import Piece
from impact.report.view.concerns import Concern
from impact.report.view.places import Location, Places
from impact.report.view.subject import ReportSubject
from impact.taxonomy.values import Safeguard, Taxonomy

QUOTES = 3
LIMIT = 360
SERVING = "may serve the power"


@dataclass(frozen=True, slots=True)
class Nearby:
    """The clauses of a safeguard that stand beside a power, and whether beside a firm finding of it."""

    clauses: set[str]
    sure: bool


@dataclass(frozen=True, slots=True)
class ProvidedSafeguard:
    """One safeguard: a few of its clauses quoted, the places of the others, what it answers, whom it serves.

    Attributes:
        quotes: Place, what the clause does with it ("requires") and a second reader makes of it, its words, those that
            introduce its list.
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
    subject: ReportSubject, concerns: tuple[Concern, ...], *, doubtful: bool = False
) -> tuple[ProvidedSafeguard, ...]:
    """Return the safeguards found, or those that are `doubtful`, in the order of the taxonomy.

    Doubtful ones are quoted by their surest clauses, definitions last.
    """
    at, taxonomy = subject.at, subject.taxonomy
    chosen = [safeguard for safeguard in subject.assessment.safeguards if safeguard.doubtful is doubtful]
    if doubtful:
        chosen.sort(key=lambda guard: (at.clause(guard.clause).kind is ClauseKind.DEFINITION, -guard.confidence))
    nearby = {concern.mechanism.id: _nearby(concern, chosen, at) for concern in concerns}
    groups = {name: [guard for guard in chosen if guard.safeguard == name] for name in taxonomy.safeguards}
    return tuple(_provided(subject, name, group, nearby) for name, group in groups.items() if group)


def _provided(
    subject: ReportSubject, name: str, findings: list[SafeguardFinding], nearby: Mapping[str, Mapping[str, Nearby]]
) -> ProvidedSafeguard:
    """Return one safeguard; `nearby` has, by power, the safeguards that stand beside it."""
    at, taxonomy = subject.at, subject.taxonomy
    powers = {power: near[name] for power, near in nearby.items() if name in near}
    serving = {power for power in powers if name in taxonomy.mechanisms[power].turned}
    beside = {power: near for power, near in powers.items() if power not in serving}
    here = {clause for near in beside.values() for clause in near.clauses}
    doubtful = {power for power, near in beside.items() if not near.sure}
    strongest = _strongest(findings, at)
    return ProvidedSafeguard(
        safeguard=taxonomy.safeguards[name],
        quotes=tuple(_quote(finding, at) for finding in strongest),
        others=_others(findings, strongest, at),
        places=at.of(finding.clause for finding in findings),
        beside=_matched(name, beside, taxonomy, doubtful),
        near=at.of(here) if {finding.clause for finding in findings} - here else (),
        serving=_matched(name, serving, taxonomy),
        apart=_matched(name, nearby.keys() - powers.keys(), taxonomy),
        serves=_serves(taxonomy.safeguards[name], taxonomy),
    )


def weighed(subject: ReportSubject) -> dict[str, str]:
    """Return the safeguards of which no guideline answer says that they serve people, each with the one that says why.

    They serve a system that gives others access to what people say or store.
    """
    answers = subject.advice.guidelines
    points = [(answer.number, point) for answer in answers for point in answer.points if not point.doubtful]
    helping = {point.topic for _, point in points if point.bearing is Bearing.BENEFIT}
    notes = [(number, point) for number, point in points if point.bearing is Bearing.NOTE]
    first = {point.says: number for number, point in reversed(notes)}
    left = {point.topic: first[point.says] for _, point in notes if point.topic in subject.taxonomy.safeguards}
    return {topic: number for topic, number in left.items() if topic not in helping}


def matching_safeguards(subject: ReportSubject, concerns: tuple[Concern, ...]) -> tuple[MatchingSafeguards, ...]:
    """Return what the text states and does not state for each concern with a firm finding, in their order.

    A concern that is doubtful itself is left out where the text provides each matching safeguard.
    """
    at, ruled, left = subject.at, subject.ruled, weighed(subject)
    names = {name: safeguard.phrase for name, safeguard in subject.taxonomy.safeguards.items()}
    firm: dict[str, set[str]] = {}
    unsure: dict[str, set[str]] = {}
    for safeguard in subject.assessment.safeguards:
        (unsure if safeguard.doubtful else firm).setdefault(safeguard.safeguard, set()).add(safeguard.clause)

    def matching(concern: Concern) -> MatchingSafeguards:
        power = concern.mechanism
        nearby = _nearby(concern, subject.assessment.firm.safeguards, at)
        beside = {name: nearby[name].clauses if name in nearby else set() for name in power.safeguards if name in firm}
        turned = {name: f"{names[name]} ({SERVING})" if name in power.turned else names[name] for name in beside}
        far = {name: at.of(firm[name] - clauses) for name, clauses in beside.items()}
        denials = {
            name: f" (excluded in {unbracketed(ruled[power.id, name])})"
            for name in concern.lacking
            if (power.id, name) in ruled
        }
        return MatchingSafeguards(
            concern=concern,
            anchor=f"m-{power.id}",
            beside=tuple((turned[name], at.of(clauses)) for name, clauses in beside.items() if clauses),
            elsewhere=tuple(
                (turned[name] if name in left else names[name], where) for name, where in far.items() if where
            ),
            lacking=tuple(f"{names[name]}{denials.get(name, '')}" for name in concern.lacking),
            perhaps=tuple((names[name], at.of(unsure[name])) for name in concern.perhaps),
        )

    return tuple(
        matching(concern) for concern in concerns if concern.lacking or concern.perhaps or not concern.doubtful
    )


def _nearby(concern: Concern, safeguards: Iterable[SafeguardFinding], at: Places) -> dict[str, Nearby]:
    """Return the matching safeguards in the clauses and sections of a concern, each with its clauses there.

    What stands beside a firm finding is hardly meant for something else; what stands beside doubtful ones alone may be.
    """
    homes = {
        sure: [rated.finding.clause for rated in concern.findings if not (sure and rated.finding.doubtful)]
        for sure in (False, True)
    }
    matching = [safeguard for safeguard in safeguards if safeguard.safeguard in concern.mechanism.safeguards]
    nearby: dict[str, Nearby] = {}
    for sure, clauses in homes.items():
        beside: dict[str, set[str]] = {}
        reach = at.in_sections_of(clauses)
        for safeguard in matching:
            if safeguard.clause in reach:
                beside.setdefault(safeguard.safeguard, set()).add(safeguard.clause)
        nearby |= {name: Nearby(here, sure=sure) for name, here in beside.items()}
    return nearby


def _matched(
    safeguard: str, powers: Collection[str], taxonomy: Taxonomy, doubtful: Collection[str] = ()
) -> tuple[str, ...]:
    matched = [name for name in taxonomy.safeguards[safeguard].counters if name in powers]
    return tuple(
        f"{inside(taxonomy.mechanisms[name].name)}{f' ({needing_review()})' * (name in doubtful)}" for name in matched
    )


def _serves(safeguard: Safeguard, taxonomy: Taxonomy) -> tuple[str, ...]:
    links = (link for name in safeguard.counters for link in taxonomy.mechanisms[name].primary)
    return tuple(dict.fromkeys(taxonomy.rights[link.right].name for link in links))


def _strongest(findings: list[SafeguardFinding], at: Places) -> list[SafeguardFinding]:
    """Return those to quote: what binds before what does not, in the order of the text; doubtful ones as they come.

    What a quote of another one tells too is left out.
    """
    ranked = findings if findings[0].doubtful else sorted(findings, key=lambda guard: guard.strength.rank)
    strongest = at.telling(ranked, QUOTES)
    return [finding for finding in findings if finding in strongest]


def _others(findings: list[SafeguardFinding], quoted: list[SafeguardFinding], at: Places) -> tuple[Location, ...]:
    """Return the places of the clauses that are not quoted, each official number once."""
    shown = {at.where(finding.clause).full for finding in quoted}
    places: dict[str, Location] = {}
    for where in (at.where(finding.clause) for finding in findings):
        places.setdefault(where.full, where)
    return tuple(where for name, where in places.items() if name not in shown)


def _quote(finding: SafeguardFinding, at: Places) -> tuple[Location, str, tuple[Piece, ...], str]:
    where, runs = at.passage(finding.clause, finding.evidence, LIMIT)
    verb = "; ".join(filter(None, (words().strength[finding.strength.value], second_words(finding.second))))
    return where, verb, runs, at.stem(finding.clause)
