"""The place of a proposal in a reading list."""

from impact.records import Assessment, Level

LEVELS = (Level.HIGH, Level.MEDIUM, Level.LOW)


def reading_key(assessment: Assessment) -> tuple[int, ...]:
    """Return a key that sorts proposals gravest first, number by number and never by a sum.

    The numbers: the proposal's level, then for high, medium and low in turn the number of distinct mechanisms whose
    gravest finding is at that level and the number of compounds at that level. All are negated, so that an ascending
    sort puts the gravest first; equal keys leave the order of the input.

    Source: design of the project (lexicographic reading order); project judgement.
    """
    gravest: dict[str, Level] = {}
    for rated in assessment.findings:
        level = rated.severity.level
        gravest[rated.finding.mechanism] = max(level, gravest.get(rated.finding.mechanism, Level.NONE))
    key = [-assessment.level]
    for level in LEVELS:
        key.append(-sum(gravest_level is level for gravest_level in gravest.values()))
        key.append(-sum(compound.level is level for compound in assessment.compounds))
    return tuple(key)
