"""Guideline answers: what a text says to each guideline of RFC 9620 section 4, and what it leaves open."""

from collections import Counter
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import replace

from impact.advise.detectors import Detector, Passage, detectors
from impact.advise.grounds import grounds_left_out
from impact.advise.rules import Guideline, OmissionRule, rules
from impact.advise.sections import sections_of
from impact.advise.weakness import Weakness
from impact.records import (
    Assessment,
    Bearing,
    Cited,
    ClauseKind,
    GuidelineAnswer,
    Judged,
    Omission,
    Point,
    SafeguardFound,
    Strength,
)
from impact.taxonomy import Mechanism, Taxonomy

ALWAYS, TARGET = "always", "target"
MUCH = 3
"""Matches in a clause beyond which more of them say nothing more. Source: project judgement."""
_REMARKS = {ClauseKind.NOTE, ClauseKind.EXAMPLE}
"""Clauses that grant no power of their own; a definition may. Source: project judgement after reading reports."""
_ORDER = {strength: at for at, strength in enumerate(Strength)}
_BINDING = (Strength.MUST, Strength.SHOULD)
"""Wordings that make a clause a better place for a benefit; a permission is no better than a statement of fact.

Source: project judgement.
"""


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
    topics |= {one.finding.mechanism for one in assessment.findings if not one.finding.doubtful}
    topics |= {one.safeguard for one in assessment.safeguards}
    topics |= {TARGET} if _targets(assessment) else set()
    meant = _meant(assessment, passages, taxonomy)
    unsure, turned = _unsure(assessment), _turned(assessment)
    talk = {one for one in passages if all(each.clause.id in unsure[one] for each in meant.get(one, ()))}
    where = {rule.topic: rule.guideline for rule in rules().sections}
    weakness, grounds = Weakness(assessment), tuple(grounds_left_out(assessment))
    answers = []
    for guideline in rules().guidelines:
        points = [*_labels(guideline, assessment, taxonomy, weakness)]
        points += [one for topic, one in sections.items() if where[topic] == guideline.number]
        points = _completed(guideline, points, meant, unsure, turned)
        also = tuple(_also(guideline, points, assessment, taxonomy)) if points else ()
        points = [_weighed(one, weakness) for one in points or _elsewhere(guideline, assessment, taxonomy)]
        omissions = [*_omissions(guideline, topics, talk), *(one for home, one in grounds if home == guideline.number)]
        answers.append(replace(_answer(guideline, points, tuple(omissions), taxonomy), also=also))
    return tuple(answers)


def _unsure(assessment: Assessment) -> dict[str, frozenset[str]]:
    """Return by detector of a power the clauses that have doubtful findings alone of its labels."""
    found = [one.finding for one in assessment.findings]
    by = {one.id: set(one.labels) if one.bearing == Bearing.POWER else set() for one in detectors()}
    found_of = {key: [one for one in found if one.mechanism in labels] for key, labels in by.items()}
    return {
        key: frozenset(one.clause for one in ones if one.doubtful) - {one.clause for one in ones if not one.doubtful}
        for key, ones in found_of.items()
    }


def _targets(assessment: Assessment) -> bool:
    """Return whether the people concerned are for the most part targets, who use nothing of what is proposed."""
    firm = [one.finding for one in assessment.findings if not one.finding.doubtful]
    clauses = {one.clause for one in firm}
    held = {one.clause for one in firm if one.mechanism in rules().target.powers}
    return len(held) > rules().target.share * len(clauses)


def _turned(assessment: Assessment) -> frozenset[str]:
    """Return the clauses in which what is good for the system is good for those who have access through it.

    Those in the sections of firm findings of such a power; all where no other power has as many firm findings.
    """
    firm = [one.finding for one in assessment.findings if not one.finding.doubtful]
    powers = Counter(one.mechanism for one in firm)
    theirs = max((powers[name] for name in rules().target.powers), default=0)
    if theirs and all(count < theirs for name, count in powers.items() if name not in rules().target.powers):
        return frozenset(one.id for one in assessment.clauses)
    held = {one.clause for one in firm if one.mechanism in rules().target.powers}
    sections = {one.headings for one in assessment.clauses if one.id in held} - {()}
    return frozenset(one.id for one in assessment.clauses if one.id in held or one.headings in sections)


def _answer(
    guideline: Guideline, points: list[Point], omissions: tuple[Omission, ...], taxonomy: Taxonomy
) -> GuidelineAnswer:
    return GuidelineAnswer(
        guideline.number,
        guideline.title,
        guideline.question,
        _rights(guideline, points, taxonomy) if any(not one.doubtful for one in points) else (),
        tuple(points),
        omissions,
    )


def _completed(
    guideline: Guideline,
    points: list[Point],
    passages: dict[str, tuple[Passage, ...]],
    unsure: dict[str, frozenset[str]],
    turned: frozenset[str],
) -> list[Point]:
    """Return the points with those of detectors, benefits first."""
    order = list(Bearing)
    own = [one for one in detectors() if one.guideline == guideline.number and one.id in passages]
    for detector in sorted(own, key=lambda one: order.index(Bearing(one.bearing))):
        found = passages[detector.id]
        aside = turned if detector.serves == "system" else frozenset[str]()
        kept = tuple(one for one in found if one.clause.id not in aside)
        points = [*points, *_further(detector, kept, points, unsure[detector.id])]
        other = tuple(one for one in found if one.clause.id in aside)
        points = [*points, *_further(_weighing(detector), other, points, unsure[detector.id])]
    return sorted(points, key=lambda one: order.index(one.bearing))


def _weighing(detector: Detector) -> Detector:
    """Return a detector of what is good for a system that works against people: it takes note and asks for nothing."""
    return replace(detector, bearing=Bearing.NOTE.value, says=rules().target.says, ask="", keep="")


def _weighed(point: Point, weakness: Weakness) -> Point:
    """Return a benefit with its weak clauses: what it asks begins with that it bind, or else that it be kept."""
    if point.bearing is not Bearing.BENEFIT:
        return point
    weak = weakness.of(point.cites)
    first = rules().weak.ask if weak else next((one.keep for one in detectors() if one.id == point.topic), "")
    return replace(point, weak=weak, ask=" ".join(part for part in (first, point.ask) if part))


def _further(
    detector: Detector, passages: tuple[Passage, ...], before: list[Point], unsure: frozenset[str]
) -> Iterator[Point]:
    """Yield what a detector adds: clauses that no point of its bearing has cited, and for a note no point at all.

    What a reader has yet to decide of a clause is said once: a detector near to that label does not say it as found,
    and under another guideline it leaves it to the reader too.
    """
    bearing = Bearing(detector.bearing)
    said = (
        point
        for point in before
        if bearing in {point.bearing, Bearing.NOTE} or (point.doubtful and point.topic in detector.labels)
    )
    cited = {one.clause for point in said for one in point.cites}
    new = sorted((one for one in passages if one.clause.id not in cited), key=_telling)
    for doubtful in (False, True):
        alike = [one for one in new if (one.clause.id in unsure) is doubtful]
        if alike:
            yield _found(detector, alike, doubtful=doubtful)


def _found(detector: Detector, passages: list[Passage], *, doubtful: bool) -> Point:
    """Return the point of a detector; one in doubt is for a reader to check and asks for nothing."""
    says = f"{detector.says[:1].lower()}{detector.says[1:]}"
    return Point(
        topic=detector.id,
        name=detector.name,
        bearing=Bearing.NOTE if doubtful else Bearing(detector.bearing),
        strength=passages[0].strength,
        says=f"A reader decides whether it {says}" if doubtful else detector.says,
        ask="" if doubtful else detector.ask,
        source=detector.source,
        cites=tuple(Cited(one.clause.id, one.evidence) for one in passages),
        doubtful=doubtful,
    )


def _telling(passage: Passage) -> tuple[int, int]:
    """Return a key by which clauses that say more of the topic come first, among equals the stronger."""
    return -min(len(passage.evidence), MUCH), _ORDER[passage.strength]


def _meant(
    assessment: Assessment, passages: dict[str, tuple[Passage, ...]], taxonomy: Taxonomy
) -> dict[str, tuple[Passage, ...]]:
    """Return the passages, of powers without those in notes, examples and the words of a safeguard against them."""
    guards = {name: frozenset(one.counters) for name, one in taxonomy.safeguards.items()}
    return {
        one.id: kept
        for one in detectors()
        if (kept := tuple(each for each in passages.get(one.id, ()) if not _otherwise(one, each, assessment, guards)))
    }


def _otherwise(detector: Detector, passage: Passage, assessment: Assessment, guards: dict[str, frozenset[str]]) -> bool:
    """Return whether a passage of a power stands in a remark, or in the very words of a safeguard against it."""
    if detector.bearing != Bearing.POWER:
        return False
    against = (
        one
        for one in assessment.safeguards
        if one.clause == passage.clause.id and not guards[one.safeguard].isdisjoint(detector.labels)
    )
    words = [span for one in against for span in one.evidence]
    return passage.clause.kind in _REMARKS or all(any(one.meets(word) for word in words) for one in passage.evidence)


def _labels(guideline: Guideline, assessment: Assessment, taxonomy: Taxonomy, weakness: Weakness) -> Iterator[Point]:
    for name in guideline.benefits:
        given = [one for one in assessment.safeguards if one.safeguard == name]
        for doubtful in (False, True):
            guards = [one for one in given if one.doubtful is doubtful]
            if guards:
                yield _benefit(name, guards, taxonomy, weakness, doubtful=doubtful)
    for name in guideline.powers:
        for doubtful in (False, True):
            yield from _powers(name, assessment, taxonomy, doubtful=doubtful)


def _elsewhere(guideline: Guideline, assessment: Assessment, taxonomy: Taxonomy) -> Iterator[Point]:
    """Yield firm findings that stand under another guideline and bear on this one, which has nothing else."""
    for name in guideline.also:
        if name in taxonomy.mechanisms:
            for point in _powers(name, assessment, taxonomy, doubtful=False):
                yield replace(point, says=f"{point.says} More under {rules().home(name)}.", ask="")


def _also(
    guideline: Guideline, points: list[Point], assessment: Assessment, taxonomy: Taxonomy
) -> Iterator[tuple[str, str]]:
    """Yield firm powers that bear on a guideline with a clause that no point of it cites, and where they stand."""
    cited = {one.clause for point in points for one in point.cites}
    firm = {(one.finding.mechanism, one.finding.clause) for one in assessment.findings if not one.finding.doubtful}
    for name in guideline.also:
        if name in taxonomy.mechanisms and {clause for power, clause in firm if power == name} - cited:
            yield name, rules().home(name)


def _powers(name: str, assessment: Assessment, taxonomy: Taxonomy, *, doubtful: bool) -> Iterator[Point]:
    found = [one for one in assessment.findings if one.finding.mechanism == name and one.finding.doubtful is doubtful]
    if found:
        clauses = {one.finding.clause for one in found}
        texts = [assessment.document.quote(one.span) for one in assessment.clauses if one.id in clauses]
        yield _power(taxonomy.mechanisms[name].told(texts), found, doubtful=doubtful)


def _benefit(
    name: str, given: list[SafeguardFound], taxonomy: Taxonomy, weakness: Weakness, *, doubtful: bool
) -> Point:
    """Return the point of firm safeguards, or of doubtful ones, which a reader has to check; what binds comes first."""
    safeguard = taxonomy.safeguards[name]
    said = {id(one): weakness.strength(Cited(one.clause, one.evidence)) for one in given}
    given.sort(key=lambda one: (min(_ORDER[said[id(one)]], len(_BINDING)), -one.confidence))
    says = f"{safeguard.benefit[:1].upper()}{safeguard.benefit[1:]}."
    if doubtful:
        says = f"A reader decides whether it {safeguard.benefit}."
    cites = _each_once(Cited(one.clause, one.evidence) for one in given)
    strength = said[id(given[0])]
    bearing = Bearing.NOTE if doubtful else Bearing.BENEFIT
    return Point(name, safeguard.name, bearing, strength, says, "", safeguard.source, cites, doubtful)


def _power(mechanism: Mechanism, found: list[Judged], *, doubtful: bool) -> Point:
    """Return the point of firm findings, or of doubtful ones, which a reader has to check and which ask for nothing."""
    found.sort(key=lambda one: (*one.telling[1:3], _ORDER[one.finding.strength]))
    return Point(
        topic=mechanism.id,
        name=mechanism.name,
        bearing=Bearing.NOTE if doubtful else Bearing.POWER,
        strength=found[0].finding.strength,
        says=f"{'A reader decides whether it may' if doubtful else 'May'} enable {mechanism.enables}.",
        ask="" if doubtful else mechanism.mitigations[0],
        source=mechanism.source,
        cites=_each_once(Cited(one.finding.clause, one.finding.evidence) for one in found),
        doubtful=doubtful,
    )


def _each_once(cites: Iterable[Cited]) -> tuple[Cited, ...]:
    found: dict[str, Cited] = {}
    for one in cites:
        found.setdefault(one.clause, one)
    return tuple(found.values())


def _rights(guideline: Guideline, points: list[Point], taxonomy: Taxonomy) -> tuple[str, ...]:
    wanted = set(guideline.rights)
    for point in points:
        mechanism = None if point.doubtful else taxonomy.mechanisms.get(point.topic)
        wanted |= {link.right for link in mechanism.primary} if mechanism else set()
    return tuple(name for name in taxonomy.rights if name in wanted)


def _omissions(guideline: Guideline, topics: set[str], talk: AbstractSet[str]) -> Iterator[Omission]:
    """Yield what is left open: what calls for it is more than talk, and not even talk answers it."""
    for rule in rules().omissions:
        if rule.guideline == guideline.number and _left_out(rule, topics, talk):
            denied = not (topics - talk).isdisjoint(rule.denied)
            yield Omission(rule.id, rule.denies if denied else rule.says, rule.ask, rule.source)


def _left_out(rule: OmissionRule, topics: set[str], talk: AbstractSet[str]) -> bool:
    return not (topics - talk).isdisjoint(rule.when) and topics.isdisjoint(rule.unless)
