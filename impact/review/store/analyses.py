"""Analyses in the store: each the reports of one reading by the program."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Integer, Select, and_, bindparam, delete, or_, select
from sqlalchemy.orm import Session

from impact.records import Level
from impact.review.store import blobs, chain_links, filing, jobs
from impact.review.store.access import find_row, may_see_as
from impact.review.store.cleaning import clean
from impact.review.store.search import index_words
from impact.review.store.store import Store
from impact.review.store.tables import AnalysisRow, FacetRow, ProposalRow
from impact.review.values.proposal import Analysis, AnalysisJob, State
from impact.review.values.refusals import StoreError, UnknownError
from impact.review.values.subject import check_schema
from impact.review.values.users import User

REPORT = "report.json"


@filing.recording
def save(store: Store, job: AnalysisJob, files: Mapping[str, bytes], now: datetime) -> Analysis:
    """Keep the reports that a job made, and end the job.

    Args:
        store: Where.
        job: As `jobs.claim` gave it.
        files: Bytes by file name; "report.json" must be among them.
        now: The time.

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
        found = session.get_one(ProposalRow, job.proposal)
        try:
            _describe(found, report, now)
            made = _new(found, report, dict(zip(names, digests, strict=True)))
            _index(store, session, found, report)
        except (KeyError, TypeError, ValueError) as error:
            msg = f"{REPORT} is damaged: {error!r}"
            raise StoreError(msg, "Analyze the document again") from error
        session.add(made)
        session.flush()
        return _value(made)


def list_all(store: Store, viewer: User, proposal: str) -> tuple[Analysis, ...]:
    """Return the analyses of a proposal, oldest first.

    Raises:
        UnknownError: If there is no such proposal, or this person may not see it.
    """
    with store.reading() as session:
        found = find_row(session, viewer, proposal)
        asked = select(AnalysisRow).where(AnalysisRow.proposal == found.id).order_by(AnalysisRow.number)
        return tuple(_value(scalar) for scalar in session.scalars(asked))


def get(store: Store, viewer: User, proposal: str, number: int = 0) -> Analysis:
    """Return an analysis by its number, or the latest (0).

    Raises:
        UnknownError: If there is none, or this person may not see the proposal.
    """
    with store.reading() as session:
        return find(session, find_row(session, viewer, proposal), number)


def read_file(store: Store, viewer: User, proposal: str, name: str, number: int = 0) -> bytes:
    """Return a report file ("report.html") of an analysis; raises as `get`."""
    found = dict(get(store, viewer, proposal, number).files)
    if name not in found:
        msg = f"the analysis has no {name!r}"
        raise UnknownError(msg, f"Choose from {', '.join(found)}")
    return blobs.get(store.files, found[name])


def fetch_file(store: Store, viewer: User, proposal: str, name: str, number: int = 0) -> tuple[str, bytes]:
    """Return the id of a proposal and a report file, by one question where the id is whole; raises as `read_file`."""
    with store.engine.connect() as connection:
        given = {"id": proposal, "viewer": viewer.name, "number": number}
        files = connection.execute(_kept(administers=viewer.administers), given).scalar() or {}
    if name in files:
        return proposal, blobs.get(store.files, files[name])
    with store.reading() as session:
        whole = find_row(session, viewer, proposal).id
    return whole, read_file(store, viewer, whole, name, number)


@cache
def _kept(*, administers: bool) -> Select[dict[str, str]]:
    """Return the question for the files of an analysis (the latest where `number` is 0) that `viewer` may see.

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


def read_report(store: Store, viewer: User, proposal: str, number: int = 0) -> dict[str, Any]:
    """Return the parsed report.json of an analysis; raises as `get`."""
    return parse_report(read_file(store, viewer, proposal, REPORT, number))


def find(session: Session, found: ProposalRow, number: int = 0) -> Analysis:
    """Return the analysis of a row of a proposal by its number, or the latest (0).

    Raises:
        UnknownError: If there is none.
    """
    wanted = number or found.analyses
    asked = select(AnalysisRow).where(AnalysisRow.proposal == found.id, AnalysisRow.number == wanted)
    one_ = session.scalars(asked).first() if 0 < wanted <= found.analyses else None
    if one_ is None:
        msg = f"{found.id} has no analysis {wanted}" if wanted else f"{found.id} is not analyzed yet"
        raise UnknownError(msg, "See its state in the list")
    return _value(one_)


def parse_report(data: bytes) -> dict[str, Any]:
    """Return what a report.json holds.

    Raises:
        StoreError: If it is none.
    """
    try:
        found = json.loads(data)
    except (ValueError, RecursionError) as error:
        msg = f"{REPORT} is no JSON: {error}"
        raise StoreError(msg, "Analyze the document again") from error
    if not isinstance(found, dict):
        msg = f"{REPORT} is no report"
        raise StoreError(msg, "Analyze the document again")
    check_schema(found)
    return found


def _describe(found: ProposalRow, report_: Mapping[str, Any], now: datetime) -> None:
    """Take over from a report what a proposal says of itself."""
    about = report_["document"]
    if about["id"] != found.digest:
        msg = "it is the report of another document"
        raise ValueError(msg)
    level = Level(report_["level"])
    for name in ("title", "number", "body", "group"):
        setattr(found, name, about[name])
    found.organizations = [clean(one_) for one_ in about["source_organizations"]]
    found.level, found.level_rank, found.state = level.value, sorted(Level).index(level), State.DONE.value
    found.firm_level = _firm_level(report_)
    found.analyses, found.updated, found.reason, found.hint = found.analyses + 1, now, "", ""


def _new(found: ProposalRow, report_: Mapping[str, Any], files: dict[str, str]) -> AnalysisRow:
    made = report_["provenance"]
    return AnalysisRow(
        proposal=found.id,
        number=found.analyses,
        level=report_["level"],
        firm_level=_firm_level(report_),
        tool=made["tool"],
        taxonomy=made["taxonomy"],
        models=dict(sorted(made["models"].items())),
        made_at=made["made_at"],
        files=files,
    )


def _firm_level(report_: Mapping[str, Any]) -> str:
    """Return the level that firm findings give; empty for a report that does not tell it."""
    return Level(report_["firm_level"]).value if "firm_level" in report_ else ""


def _index(store: Store, session: Session, found: ProposalRow, report_: Mapping[str, Any]) -> None:
    """Make the proposal found by its words, and filtered by what the latest analysis found."""
    session.execute(delete(FacetRow).where(FacetRow.proposal == found.id))
    for kind, name in sorted(_facets(report_)):
        session.add(FacetRow(proposal=found.id, kind=kind, value=name))
    texts = [found.title, found.number, *found.organizations, found.source]
    texts += [clause["text"] for clause in report_["clauses"]]
    session.flush()
    store.search.index(session.connection(), found.id, index_words(" ".join(texts)))


def _facets(report_: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    mechanisms = {one_["mechanism"] for clause in report_["clauses"] for one_ in clause["findings"]}
    rights = {one_["right"] for one_ in report_["rights"]}
    return {("mechanism", name) for name in mechanisms} | {("right", name) for name in rights}


def _value(row_: AnalysisRow) -> Analysis:
    return Analysis(
        proposal=row_.proposal,
        number=row_.number,
        level=Level(row_.level),
        firm_level=Level(row_.firm_level or row_.level),
        tool=row_.tool,
        taxonomy=row_.taxonomy,
        models=tuple(sorted(row_.models.items())),
        made_at=row_.made_at,
        files=tuple(sorted(row_.files.items())),
    )
