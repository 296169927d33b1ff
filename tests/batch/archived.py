"""Archives that tests make and look into."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from impact.batch.archive.run import ArchivePlan, RunHearer, run
from impact.batch.runlog import DocumentEvent

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def archive(*sources: object, at: object, **chosen: Any) -> list[DocumentEvent]:
    """Run a batch into an archive by cues alone, with one worker, and return what was told of each document."""
    events: list[DocumentEvent] = []
    stop = chosen.pop("stop", lambda: False)
    chosen = {"by": ("cues",), "workers": 1} | chosen
    if "://" not in str(at):
        chosen.setdefault("state", Path(f"{at}.state"))
    plan = ArchivePlan([str(source) for source in sources], str(at), NOW, **chosen)
    run(plan, RunHearer(lambda _waiting: None, events.extend), stop)
    return events


def outcomes(events: list[DocumentEvent]) -> dict[str, str]:
    """Return the outcomes by name."""
    return {event.name: event.outcome for event in sorted(events, key=lambda event: event.name)}


def newest(at: Path) -> dict[str, dict[str, Any]]:
    """Return the newest row of each source, by the name of its document."""
    query = "SELECT * FROM parts QUALIFY row_number() OVER (PARTITION BY source ORDER BY analyzed_at DESC) = 1"
    with duckdb.connect() as database:
        database.read_parquet(f"{at}/proposals/*/*.parquet", hive_partitioning=True).create_view("parts")
        found = database.execute(query)
        names = [column[0] for column in found.description or ()]
        return {row["name"]: row for row in (dict(zip(names, values, strict=True)) for values in found.fetchall())}


def receipts(at: Path) -> Iterator[dict[str, Any]]:
    """Yield the receipts in an archive."""
    for path in sorted((at / "manifest").glob("*.jsonl")):
        yield from (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
