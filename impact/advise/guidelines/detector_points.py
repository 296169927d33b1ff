"""Points of a guideline from detectors: what the labels under it have not said, for a power only outside of remarks."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from impact.advise.context import Context
from impact.advise.detectors.library import Detector, detectors, stance
from impact.advise.detectors.search import Detection
from impact.advise.guideline_rules import Guideline, rules
from impact.advise.guidelines.label_points import CONFIRM
from impact.records import Bearing, Cited, ClauseKind, Point, Strength

MUCH = 3
"""Matches in a clause beyond which more of them say nothing more. Source: project judgment."""
ENOUGH = 5
"""Clauses of a label that show a benefit without those of a pattern. Source: project judgment."""
SUBJECT = "The"
"""First word of what each detector says."""
_REMARKS = {ClauseKind.NOTE, ClauseKind.EXAMPLE}
"""Clauses that grant no power of their own; a definition may. Source: project judgment after reading reports."""
_BEARINGS = list(Bearing)

Detections = Mapping[str, tuple[Detection, ...]]
"""What each detector found, by its id."""


def with_detections(
    guideline: Guideline,
    points: list[Point],
    detections: Detections,
    unsure: Mapping[str, frozenset[str]],
    turned: frozenset[str],
) -> list[Point]:
    """Return the points with those of detectors, benefits first."""
    detecting = [
        detector for detector in detectors() if detector.guideline == guideline.number and detector.id in detections
    ]
    for detector in sorted(detecting, key=lambda detector: _BEARINGS.index(Bearing(detector.bearing))):
        aside = turned if detector.serves == "system" else frozenset[str]()
        plain = [detection for detection in detections[detector.id] if detection.clause.id not in aside]
        weighed = [detection for detection in detections[detector.id] if detection.clause.id in aside]
        new = list(_further(detector, plain, points, unsure[detector.id]))
        points = _joined(points, new, detector) if detector.bearing == Bearing.BENEFIT else [*points, *new]
        points = [*points, *_further(_weighing(detector), weighed, points, unsure[detector.id])]
    return sorted(points, key=lambda point: _BEARINGS.index(point.bearing))


def doubted(context: Context) -> dict[str, frozenset[str]]:
    """Return by detector of a power the clauses that have doubtful findings alone of its labels."""
    clauses = {}
    for detector in detectors():
        labels = detector.labels if detector.bearing == Bearing.POWER else ()
        findings = [rated.finding for rated in context.whole.findings if rated.finding.mechanism in labels]
        firm = {finding.clause for finding in findings if not finding.doubtful}
        clauses[detector.id] = frozenset(finding.clause for finding in findings if finding.doubtful) - firm
    return clauses


def granting(context: Context) -> dict[str, tuple[Detection, ...]]:
    """Return the detections that grant or protect something, and all of what is only noted.

    Left out are background, and of powers what stands in notes, examples and the words of a safeguard against them.
    """
    detections = {
        detector.id: tuple(
            detection
            for detection in context.detections.get(detector.id, ())
            if detector.bearing == Bearing.NOTE or not (detection.hostile or _background(detector, detection))
            if detector.bearing != Bearing.POWER or _grants(context, detector, detection)
        )
        for detector in detectors()
    }
    return {name: clauses for name, clauses in detections.items() if clauses}


def unyielding(context: Context, detections: Detections) -> Detections:
    """Return the detections without those of detectors that leave a clause to its firm labels."""
    firm = [(safeguard.clause, safeguard.safeguard) for safeguard in context.assessment.safeguards]
    firm += [(rated.finding.clause, rated.finding.mechanism) for rated in context.assessment.findings]
    left = {detector.id: {clause for clause, label in firm if label in detector.yields} for detector in detectors()}
    return {
        name: tuple(detection for detection in clauses if detection.clause.id not in left.get(name, ()))
        for name, clauses in detections.items()
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
    cites = (*same.cites, *(cite for point in new for cite in point.cites))
    return [replace(same, cites=cites) if point is same else point for point in points]


def _weighing(detector: Detector) -> Detector:
    """Return a detector of what is good for a system that works against people: it takes note and asks for nothing."""
    return replace(detector, bearing=Bearing.NOTE, says=rules().target.says, ask="", keep="")


def _further(
    detector: Detector, detections: list[Detection], before: list[Point], unsure: frozenset[str]
) -> Iterator[Point]:
    """Yield what a detector adds: clauses that no point of its bearing has cited, and for a note no point at all.

    What a reader has yet to decide of a clause is said once: a detector near to that label does not say it as found,
    and under another guideline it leaves it to the reader too.
    """
    bearing = Bearing(detector.bearing)
    same = (
        point
        for point in before
        if bearing in {point.bearing, Bearing.NOTE} or (point.doubtful and point.topic in detector.labels)
    )
    cited = {cite.clause for point in same for cite in point.cites}
    new = sorted((detection for detection in detections if detection.clause.id not in cited), key=_telling)
    for doubtful in (False, True):
        alike = [detection for detection in new if (detection.clause.id in unsure) is doubtful]
        if alike:
            yield _point(detector, alike, doubtful=doubtful)


def _point(detector: Detector, detections: list[Detection], *, doubtful: bool) -> Point:
    """Return the point of a detector; one in doubt is for a reader to check and asks for nothing."""
    return Point(
        topic=detector.id,
        name=detector.name,
        bearing=Bearing.NOTE if doubtful else Bearing(detector.bearing),
        strength=detections[0].strength,
        says=f"{CONFIRM}{detector.says.removeprefix(SUBJECT)}" if doubtful else detector.says,
        ask="" if doubtful else detector.ask,
        source=detector.source,
        cites=tuple(Cited(detection.clause.id, detection.evidence) for detection in detections),
        doubtful=doubtful,
    )


def _telling(detection: Detection) -> tuple[bool, int, int]:
    """Return a key by which clauses that say more of the topic come first, then the stronger; definitions come last."""
    defines = detection.clause.kind is ClauseKind.DEFINITION
    return defines, -min(len(detection.evidence), MUCH), detection.strength.rank


def _background(detector: Detector, detection: Detection) -> bool:
    """Return whether a detection stands in a term of a benefit, or is a description in a part that only leads in."""
    clause = detection.clause
    if detector.bearing == Bearing.BENEFIT and clause.kind is ClauseKind.DEFINITION:
        return True
    title = clause.title.strip(" .:")
    leads_in = stance().background.fullmatch(title, 0, len(title))
    return detection.strength is Strength.DESCRIPTIVE and leads_in is not None


def _grants(context: Context, detector: Detector, detection: Detection) -> bool:
    """Return whether a detection of a power stands in no remark, nor in the very words of a safeguard against it."""
    against = (
        safeguard
        for safeguard in context.whole.safeguards
        if safeguard.clause == detection.clause.id
        and not set(context.taxonomy.safeguards[safeguard.safeguard].counters).isdisjoint(detector.labels)
    )
    words = [span for safeguard in against for span in safeguard.evidence]
    guarded = all(any(span.meets(word) for word in words) for span in detection.evidence)
    return detection.clause.kind not in _REMARKS and not guarded
