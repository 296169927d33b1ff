"""Pairs of clauses: a protection weaker than the power beside it, and two clauses that do not go together."""

import re
from collections.abc import Iterable, Iterator

from impact.advise.detectors import Passage, detectors, sentences_of
from impact.advise.guidelines.rules import rules
from impact.advise.guidelines.weakness import WEAK
from impact.advise.phrases import places
from impact.advise.tensions.headings import nongoals, unfilled
from impact.advise.tensions.similarity import (
    LINKS,
    Alike,
    Spot,
    closest,
    phrases_shared,
    provisions,
    spot,
    spots,
    words_shared,
)
from impact.records import Assessment, Cited, Mention, RatedFinding, SafeguardFinding, Strength, Tension
from impact.taxonomy import Taxonomy

_BAN = re.compile(r"\b(?:must|shall|should|may) (?:not|never) (?:be )?(?:\w+ly )?(?P<verb>\w{3,})", re.IGNORECASE)
_MODAL = r"\b(?:must|shall|should|may|can|will)\s+(?:(?:be|also|\w+ly)\s+)*"
_STEM = 5
"""First letters by which two forms of a verb are the same. Source: project judgement."""

LABELS = 3
"""Words that the clauses of two labels must share. Source: project judgement after reading pairs of 62 documents."""

_Said = Mention | SafeguardFinding | RatedFinding


def tensions_of(
    assessment: Assessment, passages: dict[str, tuple[Passage, ...]], taxonomy: Taxonomy
) -> tuple[Tension, ...]:
    """Return the pairs by rule: bans, counters, statements that a power belies, weaker and uneven protections.

    Args:
        assessment: That of firm findings.
        passages: What `detected` found in it.
        taxonomy: Which safeguard answers which mechanism.
    """
    text = Alike(assessment)
    found = [
        *_bans(text),
        *_countered(text, passages),
        *_claims(text),
        *_weaker(text, taxonomy),
        *_uneven(text, passages),
        *nongoals(text),
        *unfilled(text),
    ]
    pairs = {frozenset((one.first.clause, one.second.clause)): one for one in reversed(found)}
    return tuple(reversed(pairs.values()))


def _bans(text: Alike) -> Iterator[Tension]:
    """Yield a finding beside a clause that rules out the same act on the same thing."""
    rule = rules().tensions["ban"]
    for mechanism in dict.fromkeys(rated.finding.mechanism for rated in text.assessment.findings):
        banning = [mention for mention in text.assessment.mentions if mention.label == mechanism]
        found = [rated for rated in text.assessment.findings if rated.finding.mechanism == mechanism]
        if pair := closest(text, _said(text, banning), _said(text, found), link=_same_act):
            yield Tension("ban", rules().home(mechanism), rule.says, rule.ask, *pair, rule.source)


def _same_act(text: Alike, ban: Spot, power: Spot) -> int:
    """Return how many words a ban shares with a sentence that has the same verb and is no ban."""
    document = text.assessment.document.text
    act = _BAN.search(document, ban.sentence.start, ban.sentence.end)
    if act is None or _BAN.search(document, power.sentence.start, power.sentence.end):
        return 0
    same = rf"{_MODAL}{re.escape(act['verb'][:_STEM])}"
    done = re.search(same, power.sentence.of(document), re.IGNORECASE)
    return words_shared(text, ban, power) if done else 0


def _countered(text: Alike, passages: dict[str, tuple[Passage, ...]]) -> Iterator[Tension]:
    """Yield for each counter the two clauses that are most about the same thing: of labels, or else of detectors."""
    rule = rules().tensions["counter"]
    for counter in rules().counters:
        given = [found for found in text.assessment.safeguards if found.safeguard == counter.safeguard]
        taken = [found for found in text.assessment.findings if found.finding.mechanism == counter.power]
        labels = closest(text, _said(text, given), _said(text, taken), LABELS)
        first, second = (spots(text, passages.get(name, ())) for name in (counter.safeguard, counter.power))
        if pair := labels or closest(text, first, second, counter.least, LINKS[counter.link]):
            yield Tension(
                "counter",
                counter.guideline,
                counter.says,
                counter.ask or rule.ask,
                *pair,
                counter.source or rule.source,
            )


def _uneven(text: Alike, passages: dict[str, tuple[Passage, ...]]) -> Iterator[Tension]:
    """Yield a benefit of which one sentence binds without a condition, and another, about the same thing, is weak."""
    rule = rules().tensions["uneven"]
    for detector in detectors():
        said = list(spots(text, passages.get(detector.id, ()) if detector.id in rule.topics else ()))
        weak = [one for one in said if _weak(text, one)]
        firm = [one for one in said if one not in weak and text.binding(one)]
        if pair := closest(text, firm, weak, 1, phrases_shared):
            yield Tension("uneven", detector.guideline, rule.says, rule.ask, *pair, rule.source)


def _weak(text: Alike, spot: Spot) -> bool:
    """Return whether a sentence recommends, or holds to a measure without a test, and is no example."""
    rule, document = rules().tensions["uneven"], text.assessment.document.text
    if places(rule.others, document, spot.sentence):
        return False
    return text.strength(spot) is Strength.SHOULD or bool(places(rule.patterns, document, spot.sentence))


def _claims(text: Alike) -> Iterator[Tension]:
    """Yield a statement that there are no data about people, beside the first clause that demands them."""
    rule = rules().tensions["claim"]
    made = [rated for rated in text.assessment.findings if rated.finding.mechanism in rule.powers]
    power = next((one for one in made if one.finding.strength is Strength.MUST), None)
    if power is None:
        return
    for sentence in sentences_of(text.assessment):
        document = text.assessment.document.text
        said = places(rule.patterns, document, sentence.span)
        bare = not places(rules().conditions, document, sentence.span)
        if said and bare and sentence.clause.id != power.finding.clause:
            second = Cited(power.finding.clause, power.finding.evidence)
            yield Tension("claim", "4.14", rule.says, rule.ask, Cited(sentence.clause.id, said), second, rule.source)
            return


def _weaker(text: Alike, taxonomy: Taxonomy) -> Iterator[Tension]:
    """Yield each safeguard that is only recommended in a section where a power over the same thing is required."""
    rule = rules().tensions["weaker"]
    required = [rated for rated in text.assessment.findings if rated.finding.strength is Strength.MUST]
    for name, safeguard in taxonomy.safeguards.items():
        given = [safeguard for safeguard in text.assessment.safeguards if safeguard.safeguard == name]
        strong = {text.clause(one.clause).chapter for one in given if one.strength is Strength.MUST}
        weak = [one for one in given if one.strength in WEAK and text.clause(one.clause).chapter not in strong]
        powers = [one for one in required if one.finding.mechanism in safeguard.counters]
        if pair := closest(text, _said(text, weak), _said(text, powers), link=_in_one_section):
            yield Tension("weaker", rules().home(name), rule.says, rule.ask, *pair, rule.source)


def _in_one_section(text: Alike, first: Spot, second: Spot) -> int:
    here, there = (text.clause(one.cited.clause).chapter for one in (first, second))
    return words_shared(text, first, second) if here == there else 0


def _said(text: Alike, found: Iterable[_Said]) -> list[Spot]:
    return list(provisions(text, (spot(text, _cited(one)) for one in found)))


def _cited(one: _Said) -> Cited:
    said = one.finding if isinstance(one, RatedFinding) else one
    return Cited(said.clause, said.evidence)
