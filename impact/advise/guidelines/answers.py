"""Guideline answers: what a text says to each guideline of RFC 9620 section 4, and what it leaves open."""

from collections import Counter
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import replace

from impact.advise.detectors import Passage, detectors
from impact.advise.guidelines.detector_points import completed, doubted, meant, unyielding
from impact.advise.guidelines.grounds import grounds_left_out
from impact.advise.guidelines.label_points import labelled, whole
from impact.advise.guidelines.rules import Guideline, OmissionRule, rules
from impact.advise.guidelines.sections import sections_of
from impact.advise.guidelines.weakness import Weakness
from impact.advise.phrases import places
from impact.records import Assessment, Bearing, ClauseKind, GuidelineAnswer, Omission, Point
from impact.taxonomy import Taxonomy

ALWAYS, TARGET = "always", "target"


def answers_of(
    assessment: Assessment, passages: dict[str, tuple[Passage, ...]], taxonomy: Taxonomy
) -> tuple[GuidelineAnswer, ...]:
    """Return one answer a guideline, in the order of RFC 9620; none for a language that is not assessed.

    Args:
        assessment: What is answered from.
        passages: What `detected` found in it.
        taxonomy: Names and sources of its labels.
    """
    if assessment.proposal.language not in rules().languages:
        return ()
    sections, topics = sections_of(assessment)
    topics |= {ALWAYS, *passages}
    topics |= {rated.finding.mechanism for rated in assessment.findings if not rated.finding.doubtful}
    topics |= {safeguard.safeguard for safeguard in assessment.safeguards}
    topics |= {TARGET} if _targets(assessment) else set()
    said, unsure, turned = meant(assessment, passages, taxonomy), doubted(assessment), _turned(assessment)
    talk = {passage for passage in passages if all(each.clause.id in unsure[passage] for each in said.get(passage, ()))}
    said = unyielding(assessment, said)
    where = {rule.topic: rule.guideline for rule in rules().sections.values()}
    weakness, grounds = Weakness(assessment), tuple(grounds_left_out(assessment))
    answers = []
    for guideline in rules().guidelines.values():
        points = [*labelled(guideline, assessment, taxonomy, turned)]
        points += [one for topic, one in sections.items() if where[topic] == guideline.number]
        points = [_weighed(one, weakness) for one in completed(guideline, points, said, unsure, turned)]
        also = tuple(_also(guideline, points, assessment, taxonomy))
        omissions = [*_omissions(guideline, topics, talk, points, assessment)]
        omissions += [one for home, one in grounds if home == guideline.number]
        answers.append(replace(_answer(guideline, points, tuple(omissions), taxonomy), also=also))
    return tuple(answers)


def _targets(assessment: Assessment) -> bool:
    """Return whether the people concerned are for the most part targets, who use nothing of what is proposed."""
    firm = [rated.finding for rated in assessment.findings if not rated.finding.doubtful]
    clauses = {one.clause for one in firm}
    held = {one.clause for one in firm if one.mechanism in rules().target.powers}
    return len(held) > rules().target.share * len(clauses)


def _turned(assessment: Assessment) -> frozenset[str]:
    """Return the clauses in which what is good for the system is good for those who have access through it.

    Those in the sections of firm findings of such a power; all where no other power has as many firm findings.
    """
    firm = [rated.finding for rated in assessment.findings if not rated.finding.doubtful]
    powers = Counter(one.mechanism for one in firm)
    theirs = max((powers[name] for name in rules().target.powers), default=0)
    if theirs and all(count < theirs for name, count in powers.items() if name not in rules().target.powers):
        return frozenset(clause.id for clause in assessment.clauses)
    return assessment.index.in_sections_of(one.clause for one in firm if one.mechanism in rules().target.powers)


def _answer(
    guideline: Guideline, points: list[Point], omissions: tuple[Omission, ...], taxonomy: Taxonomy
) -> GuidelineAnswer:
    return GuidelineAnswer(
        guideline.number,
        guideline.title,
        guideline.question,
        _rights(guideline, points, taxonomy) if any(not point.doubtful for point in points) else (),
        tuple(points),
        omissions,
    )


def _weighed(point: Point, weakness: Weakness) -> Point:
    """Return a benefit with its weak clauses: what it asks begins with that it bind, or else that it be kept."""
    if point.bearing is not Bearing.BENEFIT:
        return point
    weak = weakness.of(point.cites)
    first = (
        rules().weak.ask
        if weak
        else next((detector.keep for detector in detectors() if detector.id == point.topic), "")
    )
    return replace(point, weak=weak, ask=" ".join(part for part in (first, point.ask) if part))


def _also(
    guideline: Guideline, points: list[Point], assessment: Assessment, taxonomy: Taxonomy
) -> Iterator[tuple[str, str]]:
    """Yield firm powers that bear on a guideline with a clause that no point of it cites, and where they stand."""
    cited = {cite.clause for point in points for cite in point.cites}
    for name in guideline.also:
        if name in taxonomy.mechanisms and whole(name, assessment, taxonomy) - cited:
            yield name, rules().home(name)


def _rights(guideline: Guideline, points: list[Point], taxonomy: Taxonomy) -> tuple[str, ...]:
    wanted = set(guideline.rights)
    for point in points:
        mechanism = None if point.doubtful else taxonomy.mechanisms.get(point.topic)
        wanted |= {link.right for link in mechanism.primary} if mechanism else set()
    return tuple(name for name in taxonomy.rights if name in wanted)


def _omissions(
    guideline: Guideline, topics: set[str], talk: AbstractSet[str], points: list[Point], assessment: Assessment
) -> Iterator[Omission]:
    """Yield what is left open: what calls for it is more than talk, and not even talk answers it.

    Beside it the clauses that even deny it, or that name a document on it.
    """
    for rule in rules().omissions.values():
        if rule.guideline == guideline.number and _left_out(rule, topics, talk):
            says = rule.says.replace("{parts}", " or ".join(", ".join(_open(rule, topics, talk)).rsplit(", ", 1)))
            if not (topics - talk).isdisjoint(rule.denied):
                yield Omission(rule.id, rule.denies, rule.ask, rule.source, _denying(rule, points))
            elif referring := _referring(rule, assessment):
                yield Omission(rule.id, rule.refers, rule.check, rule.source, referring)
            else:
                yield Omission(rule.id, says, rule.ask, rule.source)


def _referring(rule: OmissionRule, assessment: Assessment) -> tuple[str, ...]:
    """Return the clauses that name a document whose title speaks of what a rule asks for."""
    listed = (clause for clause in assessment.clauses if rule.titles and clause.kind is ClauseKind.REFERENCE)
    return tuple(one.id for one in listed if places(rule.titles, assessment.document.text, one.span))


def _denying(rule: OmissionRule, points: list[Point]) -> tuple[str, ...]:
    """Return the clauses that deny what a rule asks for: those of its detectors, or of labels that say the same."""
    topics = {
        *rule.denied,
        *(label for detector in detectors() if detector.id in rule.denied for label in detector.labels),
    }
    found = (point for point in points if point.topic in topics and not point.doubtful)
    return tuple(dict.fromkeys(cited.clause for one in found for cited in one.cites))


def _left_out(rule: OmissionRule, topics: set[str], talk: AbstractSet[str]) -> bool:
    answered = not topics.isdisjoint(rule.unless) or (rule.parts and not _open(rule, topics, talk))
    return not answered and not (topics - talk).isdisjoint(rule.when)


def _open(rule: OmissionRule, topics: set[str], talk: AbstractSet[str]) -> list[str]:
    """Return the parts of what a rule asks for that something calls for and no topic answers."""
    called = (part for part in rule.parts if not part.when or not (topics - talk).isdisjoint(part.when))
    return [one.says for one in called if topics.isdisjoint(one.unless)]
