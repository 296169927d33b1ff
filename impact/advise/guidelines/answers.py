"""Guideline answers: what a text says to each guideline of RFC 9620 section 4, and what it leaves open."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from impact.advise.context import Context
from impact.advise.detectors.library import detectors
from impact.advise.guideline_rules import Guideline, OmissionRule, rules
from impact.advise.guidelines.detector_points import doubted, unyielding, with_detections
from impact.advise.guidelines.label_points import clauses_of_whole, label_points
from impact.advise.guidelines.nondiscrimination import grounds_left_out
from impact.advise.guidelines.section_points import sections_of
from impact.advise.guidelines.silences_answered import titled_or_worded
from impact.advise.guidelines.threats import threats_of
from impact.advise.guidelines.weak_benefits import weak_among
from impact.advise.guidelines.worth import worth_saying
from impact.advise.phrases import places
from impact.records import Bearing, ClauseKind, GuidelineAnswer, Omission, Point

ALWAYS, TARGET = "always", "target"


@dataclass(frozen=True, slots=True)
class Topics:
    """What the text speaks of: labels, detectors, sections; `talk` are those that only words of remarks speak of."""

    all: AbstractSet[str]
    talk: AbstractSet[str]

    @property
    def firm(self) -> AbstractSet[str]:
        """Those that are more than talk."""
        return self.all - self.talk

    def answer(self, topics: tuple[str, ...]) -> bool:
        """Return whether one of these topics is spoken of at all."""
        return not self.all.isdisjoint(topics)

    def call_for(self, topics: tuple[str, ...]) -> bool:
        """Return whether one of these topics is more than talk."""
        return not self.firm.isdisjoint(topics)


def answers_of(context: Context) -> tuple[GuidelineAnswer, ...]:
    """Return one answer a guideline, in the order of RFC 9620; none for a language that is not assessed."""
    if context.whole.proposal.language not in rules().languages:
        return ()
    sections, topics = sections_of(context)
    topics |= {ALWAYS, *context.spoken_of, *context.ranked}
    topics |= {safeguard.safeguard for safeguard in context.whole.safeguards}
    topics |= {TARGET} if _targets(context) else set()
    detections, unsure, turned = worth_saying(context), doubted(context), _turned(context)
    talk = {
        name
        for name in context.spoken_of
        if all(detection.clause.id in unsure[name] for detection in detections.get(name, ()))
    }
    firm = unyielding(context, detections)
    homes = {rule.topic: rule.guideline for rule in rules().sections.values()}
    grounds, threats = tuple(grounds_left_out(context)), threats_of(context)
    answers = []
    for guideline in rules().guidelines.values():
        points = [*label_points(context, guideline, turned)]
        points += [point for topic, point in sections.items() if homes[topic] == guideline.number]
        points = [
            _weighed(context, guideline, point) for point in with_detections(guideline, points, firm, unsure, turned)
        ]
        points += threats.get(guideline.number, ())
        omissions = [*_omissions(context, guideline, Topics(topics, talk), points)]
        omissions += [omission for home, omission in grounds if home == guideline.number]
        answers.append(_answer(context, guideline, points, omissions))
    return tuple(answers)


def _targets(context: Context) -> bool:
    """Return whether the people concerned are for the most part targets, who use nothing of what is proposed."""
    firm = [rated.finding for rated in context.assessment.findings]
    targeting = {finding.clause for finding in firm if finding.mechanism in rules().target.powers}
    return len(targeting) > rules().target.share * len({finding.clause for finding in firm})


def _turned(context: Context) -> frozenset[str]:
    """Return the clauses in which what is good for the system is good for those who have access through it.

    Those in the sections of firm findings of such a power; all where no other power has as many firm findings.
    """
    counts = {power: len(findings) for power, findings in context.ranked.items()}
    targeting = [power for power in counts if power in rules().target.powers]
    most = max((counts[power] for power in targeting), default=0)
    if most and all(count < most for power, count in counts.items() if power not in targeting):
        return frozenset(clause.id for clause in context.whole.clauses)
    return context.whole.index.in_sections_of(
        rated.finding.clause for power in targeting for rated in context.ranked[power]
    )


def _answer(context: Context, guideline: Guideline, points: list[Point], omissions: list[Omission]) -> GuidelineAnswer:
    return GuidelineAnswer(
        number=guideline.number,
        title=guideline.title,
        question=guideline.question,
        rights=_rights(context, guideline, points) if any(not point.doubtful for point in points) else (),
        points=tuple(points),
        omissions=tuple(omissions),
        also=tuple(_also(context, guideline, points)),
    )


def _weighed(context: Context, guideline: Guideline, point: Point) -> Point:
    """Return a benefit with its weak clauses: what it asks begins with that it bind, or else that it be kept."""
    if point.bearing is not Bearing.BENEFIT:
        return point
    keep = next((detector.keep for detector in detectors() if detector.id == point.topic), "")
    weak = weak_among(context, point.cites) if guideline.number not in rules().weak.spares else ()
    first = rules().weak.ask if weak else keep
    return replace(point, weak=weak, ask=" ".join(part for part in (first, point.ask) if part))


def _also(context: Context, guideline: Guideline, points: list[Point]) -> Iterator[tuple[str, str]]:
    """Yield firm powers that bear on a guideline with a clause that no point of it cites, and where they stand."""
    cited = {cite.clause for point in points for cite in point.cites}
    for name in guideline.also:
        if name in context.taxonomy.mechanisms and clauses_of_whole(context, name) - cited:
            yield name, rules().home(name)


def _rights(context: Context, guideline: Guideline, points: list[Point]) -> tuple[str, ...]:
    touched = set(guideline.rights)
    for point in points:
        mechanism = None if point.doubtful else context.taxonomy.mechanisms.get(point.topic)
        touched |= {link.right for link in mechanism.primary} if mechanism else set()
    return tuple(name for name in context.taxonomy.rights if name in touched)


def _omissions(context: Context, guideline: Guideline, topics: Topics, points: list[Point]) -> Iterator[Omission]:
    """Yield what is left open: what calls for it is more than talk, and not even talk answers it.

    Beside it the clauses that even deny it, or that name a document on it.
    """
    for rule in rules().omissions.values():
        if rule.guideline == guideline.number and _left_out(rule, topics) and not titled_or_worded(context, rule):
            if topics.call_for(rule.denied):
                yield Omission(rule.id, rule.denies, rule.ask, rule.source, _denying(rule, points))
            elif referring := _referring(context, rule):
                yield Omission(rule.id, rule.refers, rule.check, rule.source, referring)
            else:
                parts = " or ".join(", ".join(_unanswered(rule, topics)).rsplit(", ", 1))
                says, matter = (text.replace("{parts}", parts) for text in (rule.says, rule.matter))
                yield Omission(rule.id, says, rule.ask, rule.source, matter=matter)


def _referring(context: Context, rule: OmissionRule) -> tuple[str, ...]:
    """Return the clauses that name a document whose title speaks of what a rule asks for."""
    references = (clause for clause in context.whole.clauses if rule.titles and clause.kind is ClauseKind.REFERENCE)
    return tuple(clause.id for clause in references if places(rule.titles, context.text, clause.span))


def _denying(rule: OmissionRule, points: list[Point]) -> tuple[str, ...]:
    """Return the clauses that deny what a rule asks for: those of its detectors, or of labels that say the same."""
    topics = {
        *rule.denied,
        *(label for detector in detectors() if detector.id in rule.denied for label in detector.labels),
    }
    denying = (point for point in points if point.topic in topics and not point.doubtful)
    return tuple(dict.fromkeys(cite.clause for point in denying for cite in point.cites))


def _left_out(rule: OmissionRule, topics: Topics) -> bool:
    answered = topics.answer(rule.unless) or (rule.parts and not _unanswered(rule, topics))
    return not answered and topics.call_for(rule.when)


def _unanswered(rule: OmissionRule, topics: Topics) -> list[str]:
    """Return the parts of what a rule asks for that something calls for and no topic answers."""
    called = (part for part in rule.parts if not part.when or topics.call_for(part.when))
    return [part.says for part in called if not topics.answer(part.unless)]
