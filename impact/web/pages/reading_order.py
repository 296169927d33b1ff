"""The proposals of a folder in the order in which to read them, and their portfolio as one file."""

import logging
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile

from impact.batch.portfolio import files
from impact.batch.portfolio.order import in_order
from impact.batch.portfolio.reasons import reasons_of, sentence
from impact.batch.record import FILE_NAME, to_json
from impact.errors import ImpactError
from impact.report.view.decisions import whose as whose_decisions
from impact.review.decide import reading
from impact.review.decide.decided import decided
from impact.review.store import analyses, proposals
from impact.review.values.proposal import StoredProposal
from impact.review.values.refusals import StoreError, UnknownError
from impact.review.values.users import User
from impact.taxonomy import load
from impact.web.desk.producing import OutgoingTask, produced
from impact.web.server import briefs
from impact.web.server.state import ServerState

LOG = logging.getLogger("impact.web")
REPORT_FILES = ("report.json", "report.html")
UNAPPLIED = "The decisions could not be applied ({reason}). The report shows what the tool found."
"""What the portfolio says of a proposal whose decided report cannot be made."""


@dataclass(frozen=True, slots=True)
class ReadingPlace:
    """A proposal with its place in the reading order, from 1 (0 where nothing of it was assessed), and the reason."""

    place: int
    proposal: StoredProposal
    reason: str


def in_reading_order(server: ServerState, listed: Iterable[StoredProposal]) -> tuple[ReadingPlace, ...]:
    """Return the proposals that were analyzed, by what their reports say, as the portfolio of a batch orders them."""
    by_id = {stored.id: stored for stored in listed if stored.analyses}
    summaries = briefs.summaries(server.store, by_id.values())
    places = (
        ReadingPlace(
            place if summary.has_place else 0, by_id[summary.record.folder], sentence(reasons_of(summary, load()))
        )
        for place, summary in enumerate(in_order(summaries.values()), 1)
    )
    lost = "The report is missing or damaged. Analyze the document again."
    return (*places, *(ReadingPlace(0, stored, lost) for name, stored in by_id.items() if name not in summaries))


def portfolio(server: ServerState, person: User, listed: Iterable[StoredProposal]) -> bytes:
    """Return a ZIP of the portfolio of proposals that were analyzed, with their reports (docs/portfolio.md).

    It follows the decisions that the person may read, as each file of a proposal does.
    """
    with TemporaryDirectory(prefix="impact-portfolio-") as name:
        folder = Path(name)
        for stored in listed:
            if stored.analyses:
                _lay_out(server, person, stored, folder / stored.id)
        files.write(folder, server.now())
        written = BytesIO()
        with ZipFile(written, "w", ZIP_DEFLATED) as archive:
            for path in sorted(path for path in folder.rglob("*") if path.is_file()):
                archive.write(path, path.relative_to(folder))
    return written.getvalue()


def _lay_out(server: ServerState, person: User, stored: StoredProposal, place: Path) -> None:
    """Write the reports of a proposal as a batch lays them out: as decided, where anything is, else as found."""
    place.mkdir()
    try:
        made, whose = _as_decided(server, person, stored)
    except ImpactError as error:  # what one proposal lacks costs its decisions and not the portfolio
        LOG.error("%s: %s", stored.id, error)  # noqa: TRY400 (the message says it)
        made, whose = {}, UNAPPLIED.format(reason=error.message)
    record = replace(briefs.record_of(stored), decisions=whose)
    (place / FILE_NAME).write_text(to_json(record), encoding="utf-8")
    for name in REPORT_FILES:
        with suppress(StoreError, UnknownError):  # the portfolio names a report that is missing or damaged
            data = made[name] if made else analyses.read_file(server.store, person, stored.id, name)
            (place / name).write_bytes(data)


def _as_decided(server: ServerState, person: User, stored: StoredProposal) -> tuple[dict[str, bytes], str]:
    """Return the reports that follow the decisions that a person may read, and whose these are; nothing without any.

    Raises:
        ImpactError: If the report cannot be read, or as `produced`.
    """
    desk = reading.open_desk(server.store, person, stored.id)
    follows = decided(server.store, person, desk)
    record = follows.record
    if record is None:
        return {}, ""
    data = proposals.original(server.store, person, stored.id)
    tasks = {name: OutgoingTask(data, follows.report, record, name, server.settings.seconds) for name in REPORT_FILES}
    return {name: produced(task, patient=True) for name, task in tasks.items()}, whose_decisions(record)
