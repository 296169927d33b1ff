"""Analyses in the store: each the reports of one reading by the program."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from functools import cache

from sqlalchemy import Integer, Select, and_, bindparam, or_, select
from sqlalchemy.orm import Session

from impact.errors import ImpactError
from impact.records import Level
from impact.records.report import Report
from impact.records.report_json import from_text
from impact.review.store import blobs, chain_links, extracts, filing, indexing, jobs
from impact.review.store.access import find_row, may_see_as
from impact.review.store.columns import clean
from impact.review.store.report_cache import CACHE
from impact.review.store.store import Store
from impact.review.store.tables import AnalysisRow, ProposalRow, value_of
from impact.review.values.proposal import Analysis, AnalysisJob, State
from impact.review.values.refusals import StoreError, UnknownError
from impact.review.values.subject import subjects
from impact.review.values.users import User

REPORT = "report.json"

ITEMS = "items, 1"
"""Kind of the extract with the ids of the findings and safeguards of the latest report."""


@filing.recording
def save(store: Store, job: AnalysisJob, files: Mapping[str, bytes], now: datetime) -> Analysis:
    """Keep the reports that a job made, by file name, with "report.json" among them, and end the job.

    Raises:
        StoreError: If report.json is none, or is one of another document.
        ConflictError: If the job is no longer this worker's.
    """
    report = parse_report(files[REPORT])
    with store.writing() as session:
        chain_links.lock(session)  # so that nobody erases a file while its row is being made
        jobs.finish(session, job)
        names = sorted(files)
        digests = filing.write(store, session, *(files[name] for name in names))
        proposal = session.get_one(ProposalRow, job.proposal)
        _describe(proposal, report, now)
        row = _new(proposal, report, dict(zip(names, digests, strict=True)))
        session.add(row)
        session.flush()
        indexing.index(session.connection(), proposal.id, proposal.source, report)
        extracts.keep(session, ITEMS, proposal.id, row.number, [subject.id for subject in subjects(report)])
        return _value(row)


def list_all(store: Store, viewer: User, proposal: str) -> tuple[Analysis, ...]:
    """Return the analyses of a proposal, oldest first.

    Raises:
        UnknownError: If there is no such proposal, or this person may not see it.
    """
    with store.reading() as session:
        return tuple(_value(row) for row in _rows(session, find_row(session, viewer, proposal)))


def get(store: Store, viewer: User, proposal: str, number: int = 0) -> Analysis:
    """Return an analysis by its number, or the latest (0).

    Raises:
        UnknownError: If there is none, or this person may not see the proposal.
    """
    with store.reading() as session:
        return find(session, find_row(session, viewer, proposal), number)


def read_file(store: Store, viewer: User, proposal: str, name: str, number: int = 0) -> bytes:
    """Return a report file ("report.html") of an analysis; raises as `get`."""
    files = dict(get(store, viewer, proposal, number).files)
    if name not in files:
        raise UnknownError(f"the analysis contains no {name!r}", f"Choose from {', '.join(files)}")
    return blobs.get(store.files, files[name])


def fetch_file(store: Store, viewer: User, proposal: str, name: str, number: int = 0) -> tuple[str, bytes]:
    """Return the id of a proposal and a report file, by one query where the id is whole; raises as `read_file`."""
    with store.engine.connect() as connection:
        parameters = {"id": proposal, "viewer": viewer.name, "number": number}
        files = connection.execute(_file_query(administers=viewer.administers), parameters).scalar() or {}
    if name in files:
        return proposal, blobs.get(store.files, files[name])
    with store.reading() as session:
        whole = find_row(session, viewer, proposal).id
    return whole, read_file(store, viewer, whole, name, number)


@cache
def _file_query(*, administers: bool) -> Select[dict[str, str]]:
    """Return the query for the files of an analysis (the latest where `number` is 0) that `viewer` may see.

    It is made once: to make it takes longer than to ask it.
    """
    wanted = or_(
        AnalysisRow.number == bindparam("number"),
        and_(bindparam("number", type_=Integer) == 0, AnalysisRow.number == ProposalRow.analyses),
    )
    return (
        select(AnalysisRow.files)
        .join(ProposalRow, ProposalRow.id == AnalysisRow.proposal)
        .where(ProposalRow.id == bindparam("id"), wanted, may_see_as(bindparam("viewer"), administers=administers))
    )


def load_report(store: Store, session: Session, proposal: ProposalRow, number: int = 0) -> Report:
    """Return the report of an analysis of a row of a proposal; raises as `find`."""
    key = store.files, dict(find(session, proposal, number).files)[REPORT]
    report = CACHE.get(key)
    if report is None:
        data = blobs.get(*key)
        report = parse_report(data)
        CACHE.put(key, report, len(data))
    return report


def load_reports(store: Store, session: Session, proposal: ProposalRow) -> Iterator[Report]:
    """Yield the report of each analysis of a row of a proposal."""
    for row in _rows(session, proposal):
        yield parse_report(blobs.get(store.files, row.files[REPORT]))


def find(session: Session, proposal: ProposalRow, number: int = 0) -> Analysis:
    """Return the analysis of a row of a proposal by its number, or the latest (0).

    Raises:
        UnknownError: If there is none.
    """
    wanted = number or proposal.analyses
    query = select(AnalysisRow).where(AnalysisRow.proposal == proposal.id, AnalysisRow.number == wanted)
    row = session.scalars(query).first() if 0 < wanted <= proposal.analyses else None
    if row is None:
        msg = f"{proposal.id} has no analysis {wanted}" if wanted else f"{proposal.id} has not been analyzed yet"
        raise UnknownError(msg, "The list shows its state")
    return _value(row)


def _rows(session: Session, proposal: ProposalRow) -> Iterable[AnalysisRow]:
    query = select(AnalysisRow).where(AnalysisRow.proposal == proposal.id).order_by(AnalysisRow.number)
    return session.scalars(query)


def parse_report(data: bytes) -> Report:
    """Return what a report.json holds.

    Raises:
        StoreError: If it is none.
    """
    try:
        return from_text(data)
    except ImpactError as error:
        raise StoreError(error.message, "Analyze the document again") from error


def _describe(proposal: ProposalRow, report: Report, now: datetime) -> None:
    """Take over from a report what a proposal says of itself."""
    document = report.document
    if document.id != proposal.digest:
        raise StoreError(f"{REPORT} belongs to another document", "Analyze the document again")
    for name in ("title", "number", "body", "group"):
        setattr(proposal, name, getattr(document, name))
    proposal.organizations = [clean(name) for name in document.source_organizations]
    headline = replace(report.headline, pages=len(report.extraction.pages), unread=report.unread)
    proposal.level, proposal.firm_level = report.level.value, headline.firm.value
    proposal.unassessed, proposal.pages, proposal.unread = headline.unassessed, headline.pages, headline.unread
    proposal.level_rank = headline.rank
    proposal.state = State.DONE.value
    proposal.analyses, proposal.updated, proposal.reason, proposal.hint = proposal.analyses + 1, now, "", ""


def _new(proposal: ProposalRow, report: Report, files: dict[str, str]) -> AnalysisRow:
    provenance = report.provenance
    return AnalysisRow(
        proposal=proposal.id,
        number=proposal.analyses,
        level=report.level.value,
        firm_level=report.headline.firm.value,
        unassessed=report.headline.unassessed,
        pages=len(report.extraction.pages),
        unread=report.unread,
        tool=provenance.tool,
        taxonomy=provenance.taxonomy,
        models=dict(sorted(provenance.models)),
        made_at=provenance.made_at,
        files=files,
    )


def _value(row: AnalysisRow) -> Analysis:
    return value_of(
        Analysis,
        row,
        level=Level(row.level),
        firm_level=Level(row.firm_level or row.level),
        models=tuple(sorted(row.models.items())),
        files=tuple(sorted(row.files.items())),
    )
