"""What analyses that were stored by older versions lack: languages that were not assessed, pages that were not read."""

import json
from contextlib import suppress
from pathlib import Path

from sqlalchemy import Connection, select, update

from impact.records import ASSESSED_LANGUAGES, Level
from impact.records.document import UNREAD
from impact.records.level import UNRANKED, Headline
from impact.review.store import blobs
from impact.review.store.tables import AnalysisRow, ProposalRow
from impact.review.values.refusals import StoreError


def note_unassessed(connection: Connection, files: Path) -> None:
    """Note of each analysis without findings whether its language was not assessed, as its report.json says.

    What a damaged file holds is passed over; `impact review verify` tells of it.
    """
    columns = AnalysisRow.id, AnalysisRow.proposal, AnalysisRow.number, AnalysisRow.files
    rows = connection.execute(select(*columns).where(AnalysisRow.level == Level.NONE.value)).all()
    for row in rows:
        with suppress(StoreError, ValueError, LookupError, TypeError):
            code = json.loads(blobs.get(files, row.files["report.json"]))["document"]["language"]
            if code not in ASSESSED_LANGUAGES:
                connection.execute(update(AnalysisRow).where(AnalysisRow.id == row.id).values(unassessed=code))
                latest = update(ProposalRow).where(ProposalRow.id == row.proposal, ProposalRow.analyses == row.number)
                connection.execute(latest.values(unassessed=code, level_rank=UNRANKED))


def note_unread_pages(connection: Connection, files: Path) -> None:
    """Note of each analysis how many pages its document has, and how many of them could not be read.

    What a damaged file holds is passed over; `impact review verify` tells of it.
    """
    columns = AnalysisRow.id, AnalysisRow.proposal, AnalysisRow.number, AnalysisRow.files, AnalysisRow.level
    for row in connection.execute(select(*columns)).all():
        with suppress(StoreError, ValueError, LookupError, TypeError):
            pages = json.loads(blobs.get(files, row.files["report.json"]))["extraction"]["pages"]
            unread = sum(page["verdict"] in UNREAD for page in pages)
            if not unread:
                continue
            numbers = {"pages": len(pages), "unread": unread}
            connection.execute(update(AnalysisRow).where(AnalysisRow.id == row.id).values(**numbers))
            latest = update(ProposalRow).where(ProposalRow.id == row.proposal, ProposalRow.analyses == row.number)
            connection.execute(latest.values(**numbers))
            if Headline(Level(row.level), Level.NONE, pages=len(pages), unread=unread).is_unread:
                connection.execute(latest.values(level_rank=UNRANKED))
