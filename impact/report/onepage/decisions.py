"""What reviewers decided, on the one-page brief: whose decisions, their remarks, and what they rejected."""

from collections.abc import Iterator
from dataclasses import dataclass

from impact.present.cleaning import clipped, plain
from impact.records import ReviewedItem, ReviewRecord, ReviewVerdict
from impact.report.onepage.body import ClausePlace, place_of
from impact.report.onepage.wording import BriefWording
from impact.report.view.subject import ReportSubject

MOST, REMARK, NAMES = 4, 90, 120
"""Remarks that are quoted, and about how many characters to show of each and of all names, so that the page stays one.
"""


@dataclass(frozen=True, slots=True)
class BriefRemark:
    """A remark of reviewers on a finding or safeguard, or that they rejected it; `text` may be empty."""

    name: str
    at: ClausePlace
    text: str
    rejected: bool


@dataclass(frozen=True, slots=True)
class BriefReview:
    """What reviewers decided: sentences on who and when, remarks, and name and day of each signature."""

    says: tuple[str, ...]
    remarks: tuple[BriefRemark, ...]
    signatures: tuple[tuple[str, str], ...]


def decided(subject: ReportSubject, say: BriefWording) -> BriefReview | None:
    """Return what reviewers decided; None where nobody did. Remarks stay in the language of the reviewers."""
    record = subject.assessment.review
    if record is None:
        return None
    items = [item for item in (*record.remarked, *record.rejected) if item.clause in subject.assessment.index]
    remarks = tuple(_remark(item, subject, say) for item in items[:MOST])
    signatures = tuple((clipped(plain(name), 40), say.date(time)) for name, time in record.signatures)
    return BriefReview(tuple(_says(record, signatures, len(items) - len(remarks), say)), remarks, signatures)


def _says(record: ReviewRecord, signatures: tuple[tuple[str, str], ...], left: int, say: BriefWording) -> Iterator[str]:
    item, comma = str(say.get("marks.item")), say.get("marks.comma")
    yield say.say("review.by", names=clipped(item.join(map(plain, record.names)), NAMES))
    signed = item.join(f"{name}{comma}{day}" for name, day in signatures)
    yield say.say("review.signed", signatures=signed) if signatures else say.say("review.draft")
    yield say.say("review.count", decided=say.number(record.decided), total=say.number(record.total))
    if left:
        yield say.say("review.more", count=say.number(left))


def _remark(item: ReviewedItem, subject: ReportSubject, say: BriefWording) -> BriefRemark:
    assessment = subject.assessment
    key = f"safeguards.{item.decided_label}" if item.safeguard else f"mechanisms.{item.decided_label}.name"
    try:
        name = str(say.get(key))
    except KeyError:
        name = plain(item.decided_label)
    words = " ".join(filter(None, (item.remark, *(f"{name}: {note}" for name, note in item.notes))))
    place = place_of(assessment.clause(item.clause), assessment.document, say)
    return BriefRemark(name, place, clipped(plain(words), REMARK), item.verdict is ReviewVerdict.REJECTED)
