"""Points of a guideline from detectors: what the labels under it have not said, for a power only outside of remarks."""

from collections.abc import Iterator
from dataclasses import replace

from impact.advise.detectors import Detector, Passage, detectors
from impact.advise.guidelines.rules import Guideline, rules
from impact.records import Assessment, Bearing, Cited, ClauseKind, Point, Strength
from impact.taxonomy import Taxonomy

MUCH = 3
"""Matches in a clause beyond which more of them say nothing more. Source: project judgement."""
ENOUGH = 5
"""Clauses of a label that show a benefit without those of a pattern. Source: project judgement."""
_REMARKS = {ClauseKind.NOTE, ClauseKind.EXAMPLE}
"""Clauses that grant no power of their own; a definition may. Source: project judgement after reading reports."""
_ORDER = {strength: at for at, strength in enumerate(Strength)}


def completed(
    guideline: Guideline,
    points: list[Point],
    passages: dict[str, tuple[Passage, ...]],
    unsure: dict[str, frozenset[str]],
    turned: frozenset[str],
) -> list[Point]:
    """Return the points with those of detectors, benefits first."""
    order = list(Bearing)
    own = [detector for detector in detectors() if detector.guideline == guideline.number and detector.id in passages]
    for detector in sorted(own, key=lambda one: order.index(Bearing(one.bearing))):
        found = passages[detector.id]
        aside = turned if detector.serves == "system" else frozenset[str]()
        kept = tuple(one for one in found if one.clause.id not in aside)
        new = list(_further(detector, kept, points, unsure[detector.id]))
        points = _joined(points, new, detector) if detector.bearing == Bearing.BENEFIT else [*points, *new]
        other = tuple(one for one in found if one.clause.id in aside)
        points = [*points, *_further(_weighing(detector), other, points, unsure[detector.id])]
    return sorted(points, key=lambda point: order.index(point.bearing))


def doubted(assessment: Assessment) -> dict[str, frozenset[str]]:
    """Return by detector of a power the clauses that have doubtful findings alone of its labels."""
    found = [rated.finding for rated in assessment.findings]
    by = {detector.id: set(detector.labels) if detector.bearing == Bearing.POWER else set() for detector in detectors()}
    found_of = {key: [one for one in found if one.mechanism in labels] for key, labels in by.items()}
    return {
        key: frozenset(one.clause for one in ones if one.doubtful) - {one.clause for one in ones if not one.doubtful}
        for key, ones in found_of.items()
    }


def meant(
    assessment: Assessment, passages: dict[str, tuple[Passage, ...]], taxonomy: Taxonomy
) -> dict[str, tuple[Passage, ...]]:
    """Return the passages, of powers without those in notes, examples and the words of a safeguard against them."""
    guards = {name: frozenset(one.counters) for name, one in taxonomy.safeguards.items()}
    return {
        detector.id: kept
        for detector in detectors()
        if (
            kept := tuple(
                each for each in passages.get(detector.id, ()) if not _otherwise(detector, each, assessment, guards)
            )
        )
    }


def unyielding(assessment: Assessment, passages: dict[str, tuple[Passage, ...]]) -> dict[str, tuple[Passage, ...]]:
    """Return the passages without those of detectors that leave a clause to its firm labels."""
    firm = [(safeguard.clause, safeguard.safeguard) for safeguard in assessment.safeguards if not safeguard.doubtful]
    firm += [
        (rated.finding.clause, rated.finding.mechanism) for rated in assessment.findings if not rated.finding.doubtful
    ]
    theirs = {detector.id: {clause for clause, label in firm if label in detector.yields} for detector in detectors()}
    return {
        name: tuple(one for one in found if one.clause.id not in theirs.get(name, ()))
        for name, found in passages.items()
    }


def _joined(points: list[Point], new: list[Point], detector: Detector) -> list[Point]:
    """Return the points with the clauses of a benefit at that of a label which says the same, where there is one.

    A label that has clauses enough keeps to its own, which are named alike wherever its places are told.
    """
    same = next(
        (
            point
            for point in points
            if point.topic in detector.labels and point.bearing is Bearing.BENEFIT and not point.doubtful
        ),
        None,
    )
    if same is None:
        return [*points, *new]
    if len(same.cites) >= ENOUGH:
        return points
    cites = (*same.cites, *(cite for one in new for cite in one.cites))
    return [replace(same, cites=cites) if point is same else point for point in points]


def _weighing(detector: Detector) -> Detector:
    """Return a detector of what is good for a system that works against people: it takes note and asks for nothing."""
    return replace(detector, bearing=Bearing.NOTE, says=rules().target.says, ask="", keep="")


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
    cited = {cite.clause for point in said for cite in point.cites}
    new = sorted((passage for passage in passages if passage.clause.id not in cited), key=_telling)
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
        cites=tuple(Cited(passage.clause.id, passage.evidence) for passage in passages),
        doubtful=doubtful,
    )


def _telling(passage: Passage) -> tuple[bool, int, int]:
    """Return a key by which clauses that say more of the topic come first, then the stronger; definitions come last."""
    return passage.clause.kind is ClauseKind.DEFINITION, -min(len(passage.evidence), MUCH), _ORDER[passage.strength]


def _otherwise(detector: Detector, passage: Passage, assessment: Assessment, guards: dict[str, frozenset[str]]) -> bool:
    """Return whether a passage of a power stands in a remark, or in the very words of a safeguard against it."""
    if detector.bearing != Bearing.POWER:
        return False
    against = (
        safeguard
        for safeguard in assessment.safeguards
        if safeguard.clause == passage.clause.id and not guards[safeguard.safeguard].isdisjoint(detector.labels)
    )
    words = [span for one in against for span in one.evidence]
    return passage.clause.kind in _REMARKS or all(any(span.meets(word) for word in words) for span in passage.evidence)
