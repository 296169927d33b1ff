"""Why a clause has no second reading, in words of ours."""

from enum import StrEnum


class UnreadReason(StrEnum):
    """All reasons there are; they never repeat what a server says."""

    NO_ANSWER = "no answer to it has come in by file"
    UNREACHABLE = "the second reader could not be reached"
    LATE = "the second reader took too long"
    FAILED = "the server of the second reader failed"
    REFUSED = "the server of the second reader refused the request"
    DECLINED = "the second reader declined to answer"
    CUT = "the answer was cut off"
    TOO_LONG = "the answer was too long"
    FORM = "the answer was not in the form asked for"
    LABEL = "the answer named what the taxonomy does not have"
    BUDGET = "the budget of requests or tokens was used up"
    TIME = "the time for this document was used up"
    LONG = "the clause is too long for one question"


PASSING = frozenset(
    {
        UnreadReason.NO_ANSWER,
        UnreadReason.UNREACHABLE,
        UnreadReason.LATE,
        UnreadReason.FAILED,
        UnreadReason.REFUSED,
        UnreadReason.BUDGET,
        UnreadReason.TIME,
    }
)
"""Reasons that may not hold another time, so that it is worth asking again."""
