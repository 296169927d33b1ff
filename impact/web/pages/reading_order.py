"""The proposals of a folder in the order in which to read them, and their portfolio as one file."""

import logging
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile

from impact.batch.portfolio import files
from impact.batch.portfolio.order import in_order
from impact.batch.portfolio.reasons import reasons_of, sentence
from impact.batch.record import FILE_NAME, to_json
from impact.review.store import analyses, blobs
from impact.review.values.proposal import StoredProposal
from impact.review.values.refusals import StoreError
from impact.review.values.users import User
from impact.taxonomy import load
from impact.web.server import briefs
from impact.web.server.state import ServerState

LOG = logging.getLogger("impact.web")
REPORT_FILES = ("report.json", "report.html")


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
    """Return a ZIP of the portfolio of proposals that were analyzed, with their reports (docs/portfolio.md)."""
    with TemporaryDirectory(prefix="impact-") as name:
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
    """Write the latest reports of a proposal as a batch lays them out."""
    place.mkdir()
    (place / FILE_NAME).write_text(to_json(briefs.record_of(stored)), encoding="utf-8")
    digests = dict(analyses.get(server.store, person, stored.id).files)
    for name in REPORT_FILES:
        with suppress(StoreError):  # the portfolio names a report that is missing or damaged
            (place / name).write_bytes(blobs.get(server.store.files, digests.get(name, "")))
