"""Rows of a catalog as text for people, as CSV and as JSON."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from impact.batch.portfolio.reasons import short
from impact.present.cleaning import plain
from impact.present.document_names import called
from impact.present.words import grade_words
from impact.tables.csvtext import csv_text
from impact.tables.engine import Rows
from impact.tables.rows import PROPOSALS
from impact.taxonomy import load

EXPORTED = (
    *(name for name in PROPOSALS if name not in {"place", "outcome"}),
    "state",
    "source",
    "meeting_name",
    "part_of",
    "attached_to",
    "agenda_item",
    "analyzed_at",
    "program",
    "versions",
)
"""Columns of an exported list, behind the place."""

LISTED = ("number", "title", "name", "group", "meeting_name", "grade", "state", "brief", "failure", "same_as", "report")
"""Columns of a list on the terminal."""


def csv_of(rows: Rows) -> str:
    """Return rows as CSV with a header row; nothing where there are no rows."""
    return csv_text(rows[0], (row.values() for row in rows)) if rows else ""


def json_of(rows: Rows) -> str:
    """Return rows as a JSON array of objects."""
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def list_text(rows: Rows) -> str:
    """Return documents with the columns `LISTED` as lines for the terminal."""
    return "".join(f"{line}\n" for row in rows for line in _document(row))


def search_text(rows: Rows) -> str:
    """Return findings of a search as lines for the terminal, below their documents."""
    return "".join(f"{line}\n" for line in _hits(rows))


LISTS: Mapping[str, Callable[[Rows], str]] = {"text": list_text, "csv": csv_of, "json": json_of}
SEARCHES: Mapping[str, Callable[[Rows], str]] = {"text": search_text, "csv": csv_of, "json": json_of}
"""How rows of a list, and of a search, are written, by format."""


def _document(row: Mapping[str, Any]) -> Iterator[str]:
    grade = grade_words(row["grade"]) if row["state"] == "assessed" else row["state"]
    yield f"{row['place'] or '-':>6}  {grade:12}  {_name(row)}"
    why = {"failed": row["failure"], "duplicate": f"same file as {row['same_as']}"}.get(row["state"], row["brief"])
    parts = filter(None, (row["meeting_name"], row["group"], row["name"]))
    yield f"{'':8}{plain(' · '.join(parts))}"
    yield f"{'':8}{plain(why)}"
    if row["report"]:
        yield f"{'':8}{plain(row['report'])}"


def _hits(rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    before = None
    for row in rows:
        if row["source"] != before:
            before = row["source"]
            yield _name(row)
            parts = filter(None, (row["meeting_name"], row["group"], row["report"] or row["name"]))
            yield f"    {plain(' · '.join(parts))}"
        if row["mechanism"]:
            level = "needs review" if row["doubtful"] else row["level"]
            where = f"{plain(row['clause_number'])}, p. {row['page']}" if row["clause_number"] else f"p. {row['page']}"
            yield f"  - {short(row['mechanism'], load())} ({level}), {where}: {row['quote']}"


def _name(row: Mapping[str, Any]) -> str:
    return called(plain(row["number"] or ""), plain(row["title"] or "")) or plain(row["name"])
