"""Languages of analyses that were stored before the store kept which of them were not assessed."""

import json
from contextlib import suppress
from pathlib import Path

from sqlalchemy import Connection, select, update

from impact.records import ASSESSED_LANGUAGES, Level
from impact.records.level import UNRANKED
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
