"""Threats that a text names and does not meet: what an attacker does, or what somebody could learn of people."""

from collections import defaultdict
from collections.abc import Iterator

from impact.advise.citations import joined_by_clause
from impact.advise.context import Context
from impact.advise.detectors.library import detectors
from impact.advise.detectors.search import AssessedSentence
from impact.advise.guideline_rules import ThreatRule, rules
from impact.advise.openness.library import hedges
from impact.advise.phrases import places
from impact.grammar import Polarity, may_attack
from impact.records import Bearing, Cited, Clause, Point, Span, Strength

HOME = "4.13"
"""The guideline of a threat that no detector matches."""


def threats_of(context: Context) -> dict[str, list[Point]]:
    """Return by guideline the threats put out of scope, then those beside which nothing was found that meets them."""
    guidelines, threats = _guidelines(context), list(_threats(context))
    points: dict[str, list[Point]] = defaultdict(list)
    for name, rule in rules().threats.rules.items():
        cites: dict[str, list[Cited]] = defaultdict(list)
        for sentence, left_out in threats:
            if left_out is (name == "outside"):
                cites[guidelines.get(sentence.clause.id, HOME)].append(Cited(sentence.clause.id, (sentence.span,)))
        for guideline, many in cites.items():
            points[guideline].append(_point(rule, joined_by_clause(many)))
    return points


def _point(rule: ThreatRule, cites: tuple[Cited, ...]) -> Point:
    return Point(
        f"threat-{rule.id}", rule.name, Bearing.NOTE, Strength.DESCRIPTIVE, rule.says, rule.ask, rule.source, cites
    )


def _guidelines(context: Context) -> dict[str, str]:
    """Return by clause the guideline of the first detector of a power that matches what an attacker does there."""
    homes: dict[str, str] = {}
    for detector in detectors():
        for detection in context.detections.get(detector.id, ()) if detector.bearing == Bearing.POWER else ():
            if detection.hostile:
                homes.setdefault(detection.clause.id, detector.guideline)
    return homes


def _threats(context: Context) -> Iterator[tuple[AssessedSentence, bool]]:
    """Yield the sentences that name a threat that is not met, with whether it is put out of scope."""
    words = rules().threats.words
    context.readings.ahead(
        sentence.span for sentence in context.sentences if may_attack(sentence.span.of(context.text))
    )
    for sentence in context.sentences:
        hostile = context.readings.hostile(sentence.span)
        if sentence.clause.id in context.overrulings.clauses and not hostile:
            continue
        if hostile or places(words, context.text, sentence.span):
            left_out = _left_out(context, sentence.clause)
            unmet = left_out or (hostile and not _met(context, sentence.clause))
            if unmet and _comes_about(context, sentence.span):
                yield sentence, left_out


def _comes_about(context: Context, sentence: Span) -> bool:
    """Return whether what a sentence tells of surely comes about."""
    polarity = context.readings.of(sentence).polarity
    return polarity.sure and polarity.value is Polarity.POSITIVE


def _left_out(context: Context, clause: Clause) -> bool:
    """Return whether a clause, or the next one of its section, puts things out of scope."""
    following = [near for near in context.neighbors(clause) if near.span.start >= clause.span.end][:1]
    leaving = hedges(rules().threats.hedges)
    return any(hedge.within(context.text, near.span) for near in (clause, *following) for hedge in leaving)


def _met(context: Context, clause: Clause) -> bool:
    """Return whether words of a measure, or a safeguard, stand in a clause or beside it."""
    near = (clause, *context.neighbors(clause))
    guarded = {safeguard.clause for safeguard in context.whole.safeguards}
    return any(other.id in guarded or places(rules().threats.measures, context.text, other.span) for other in near)
