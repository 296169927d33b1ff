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
    gravest: dict[str, int] = {}
    for rated in assessment.findings:
        rank = rated.severity.level.rank
        gravest[rated.finding.mechanism] = max(rank, gravest.get(rated.finding.mechanism, 0))
    key = [-assessment.level.rank]
    for level in LEVELS:
        key.append(-sum(rank == level.rank for rank in gravest.values()))
        key.append(-sum(compound.level is level for compound in assessment.compounds))
    return tuple(key)
