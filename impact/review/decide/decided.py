"""What is decided on a proposal: as it was signed, or as it is at present for one person."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from impact.records import ReviewComment, ReviewedItem, ReviewRecord, ReviewVerdict
from impact.records.report import Report
from impact.records.report_json import from_json
from impact.review.decide import signing
from impact.review.decide.count import DecisionCount, statuses_for
from impact.review.decide.reading import Desk
from impact.review.decide.status import DecisionStatus, undecided
from impact.review.store.store import Store
from impact.review.values import timestamps
from impact.review.values.decision import Action, SubjectKind, correction_from_row
from impact.review.values.refusals import ConflictError
from impact.review.values.subject import Subject, subjects
from impact.review.values.users import User


@dataclass(frozen=True, slots=True)
class DecidedItem:
    """A finding or safeguard with what holds for it, the names of those whose decision it is, and the comments."""

    subject: Subject
    status: DecisionStatus
    by: tuple[str, ...] = ()
    comments: tuple[ReviewComment, ...] = ()

    @property
    def reviewed(self) -> ReviewedItem:
        """The item as an assessment takes it in."""
        status, subject = self.status, self.subject
        return ReviewedItem(
            id=subject.id,
            clause=subject.clause,
            label=subject.label,
            safeguard=subject.kind is SubjectKind.SAFEGUARD,
            verdict=status.verdict,
            by=self.by,
            remark=status.text,
            notes=status.notes,
            corrected=status.correction.label or "",
            severity=status.correction.severity,
            strength=status.correction.strength,
            comments=self.comments,
        )


@dataclass(frozen=True, slots=True)
class DecidedProposal:
    """What the program found in a proposal, with what is decided on it.

    Attributes:
        items: In the order of the desk.
        version: 0 where nothing is signed, or something was decided since; `signatures`, names and times.
        digest: Of the signed version; empty for a draft.
        head: Where the chain ended before it was signed; empty for a draft, and if the version does not hold it.
    """

    report: Report
    items: tuple[DecidedItem, ...]
    version: int = 0
    signatures: tuple[tuple[str, str], ...] = ()
    digest: str = ""
    head: str = ""

    @property
    def count(self) -> DecisionCount:
        """How many of its items are decided."""
        return DecisionCount(sum(item.status.decided for item in self.items), len(self.items))

    @property
    def authors(self) -> tuple[str, ...]:
        """Names of those whose decisions and notes they are, as they first come."""
        names = (name for item in self.items for name in (*item.by, *(name for name, _ in item.status.notes)))
        return tuple(dict.fromkeys(names))

    @property
    def last(self) -> datetime | None:
        """When the last decision was made; None where that is not known, as in a signed version."""
        return max((item.status.time for item in self.items if item.status.time), default=None)

    @property
    def record(self) -> ReviewRecord | None:
        """What was decided as an assessment takes it in; None where nothing was decided, noted or signed."""
        if not self.version and not any(item.status.decided or item.status.notes for item in self.items):
            return None
        return ReviewRecord(
            items=tuple(sorted((item.reviewed for item in self.items), key=_place)),
            decided=self.count.decided,
            total=self.count.total,
            signatures=self.signatures,
            version=self.version,
            digest=self.digest,
            head=self.head,
            last=timestamps.to_text(self.last) if self.last else "",
        )


def decided(store: Store, viewer: User, desk: Desk, version: int = 0) -> DecidedProposal:
    """Return what is decided on a desk that was opened for a person, as signed under a version.

    Without a version it is the one signed last, or what holds for this person where something was decided since.

    Raises:
        UnknownError: If there is no such version.
        ConflictError: If there is no analysis.
        StoreError: If the signed file was changed since.
    """
    version = version or latest_signed(desk)
    if version:
        frozen = signing.signed_version(store, viewer, desk.proposal.id, version)
        report = from_json(frozen["report"])
        names = tuple((signature["name"], signature["time"]) for signature in frozen["signatures"])
        head = "{seq}:{hash}".format(**frozen["chain"]) if "chain" in frozen else ""
        items = signed_items(frozen, report)
        return DecidedProposal(report, items, frozen["version"], names, frozen["digest"], head)
    if desk.report is None:
        msg = f"{desk.proposal.id} has not been analyzed yet"
        raise ConflictError(msg, "Wait for the analysis; the list explains a failure")
    return DecidedProposal(desk.report, tuple(_present_items(desk, viewer)))


def latest_signed(desk: Desk) -> int:
    """Return the version that was signed last; 0 if none was, or something was decided since."""
    last = desk.signatures[-1] if desk.signatures else None
    return last.version if last and all(event.seq < last.seq for event in desk.events) else 0


def signed_items(frozen: Mapping[str, Any], report: Report) -> tuple[DecidedItem, ...]:
    """Return what the report of a signed version finds, with what reviewers added, as decided then."""
    listed = {subject.id: subject for subject in (*subjects(report), *_added(frozen, report))}
    decisions = {row["subject"]: _decision(row) for row in frozen["holds"]}
    there = (row for row in frozen.get("comments", ()) if "text" in row)
    remarks = _by_subject((row["subject"], ReviewComment(row["author"], row["time"], row["text"])) for row in there)
    return tuple(
        DecidedItem(subject, *decisions.get(subject.id, (undecided(subject), ())), remarks.get(subject.id, ()))
        for subject in listed.values()
    )


def _place(item: ReviewedItem) -> int:
    """Return 0 for what stands, 1 for what was rejected and 2 for what is undecided."""
    return 0 if item.stands else 1 if item.decided else 2


def _present_items(desk: Desk, viewer: User) -> Iterator[DecidedItem]:
    statuses = statuses_for(viewer, desk.blinding, desk.own, desk.outcomes)
    remarks = _by_subject(
        (comment.subject, ReviewComment(comment.author, timestamps.to_text(comment.time), comment.text))
        for comment in desk.comments
    )
    for subject in desk.subjects:
        status, final = statuses.get(subject.id) or undecided(subject), desk.outcomes.get(subject.id)
        alone = (status.by,) if status.by else ()
        by = final.by if final and final.status is status else alone
        yield DecidedItem(subject, status, by, remarks.get(subject.id, ()))


def _by_subject(comments: Iterable[tuple[str, ReviewComment]]) -> dict[str, tuple[ReviewComment, ...]]:
    listed: dict[str, tuple[ReviewComment, ...]] = {}
    for subject, comment in comments:
        listed[subject] = (*listed.get(subject, ()), comment)
    return listed


def _added(frozen: Mapping[str, Any], report: Report) -> Iterable[Subject]:
    """Yield what reviewers added, without what the report has by now."""
    clauses, reported = {clause.id: clause for clause in report.clauses}, {subject.id for subject in subjects(report)}
    additions = {event["subject"] for event in frozen["events"] if event["action"] == Action.ADD} - reported
    for row in frozen["holds"]:
        if row["subject"] in additions and row["clause"] in clauses:
            yield Subject(row["subject"], SubjectKind(row["kind"]), clauses[row["clause"]], row["label"])


def _decision(row: Mapping[str, Any]) -> tuple[DecisionStatus, tuple[str, ...]]:
    """Return what a row of `holds` says, and whose decision it is."""
    status = DecisionStatus(
        subject=row["subject"],
        kind=SubjectKind(row["kind"]),
        clause=row["clause"],
        label=row["label"],
        verdict=ReviewVerdict(row["verdict"]),
        text=row["text"],
        correction=correction_from_row(row["correction"]),
        notes=tuple((note["name"], note["text"]) for note in row["notes"]),
    )
    return status, tuple(row["by"])
