"""Decisions as rows of files: JSON Lines and CSV, which `importing` reads again (docs/review.md)."""

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from io import StringIO
from typing import Any

from impact.review.values.decision import Event, event_row
from impact.review.values.refusals import RefusedError

COLUMNS = (
    "seq",
    "time",
    "reviewer",
    "action",
    "kind",
    "subject",
    "clause",
    "label",
    "text",
    "corrected_label",
    "corrected_severity",
    "corrected_strength",
    "undoes",
    "settles",
    "analysis",
    "proposal",
    "document",
    "origin",
    "hash",
)
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "'", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a cell cannot begin with. Source: OWASP's page on CSV injection; the apostrophe, so that it comes off again."""
MOST_BYTES = 64 * 2**20
"""Of a file to import. Source: project judgment; 100,000 decisions fill about 50 MiB."""


def json_lines(events: Iterable[Event]) -> str:
    """Return one line of JSON an event."""
    return "".join(json.dumps(event_row(event), sort_keys=True) + "\n" for event in events)


def csv_text(events: Iterable[Event]) -> str:
    """Return CSV with a byte order mark, as spreadsheets want it; what they could take for a formula is quoted."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for event in events:
        flat = _flat(event_row(event))
        writer.writerow([_cell(flat[name]) for name in COLUMNS])
    return "\ufeff" + out.getvalue().encode("utf-8", "replace").decode()


def read_json_lines(data: bytes) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Yield number (from 1) and row of each line that is not empty.

    Raises:
        RefusedError: If a line is no JSON object.
    """
    for number, line in enumerate(_text(data).splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            msg = f"line {number} is not valid JSON: {error}"
            raise RefusedError(msg, "Give a file that `impact review export` wrote") from error
        if not isinstance(row, dict):
            raise RefusedError(f"line {number} is not a decision", "Give a file that `impact review export` wrote")
        yield number, row


def read_csv(data: bytes) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Yield number (from 1, the header counts) and row of each line.

    Raises:
        RefusedError: If a column is missing or a row has another shape.
    """
    reader = csv.DictReader(StringIO(_text(data), newline=""), strict=True)
    try:
        missing = set(COLUMNS) - set(reader.fieldnames or ())
        if missing:
            msg = f"the column {min(missing)!r} is missing"
            raise RefusedError(msg, "Give a file that `impact review export --format csv` wrote")
        for flat in reader:
            if None in flat or None in flat.values():
                msg = f"line {reader.line_num} does not have as many cells as the header"
                raise RefusedError(msg, "Save the table as CSV with commas")
            yield reader.line_num, _nested(reader.line_num, {name: _bare(flat[name]) for name in COLUMNS})
    except csv.Error as error:
        raise RefusedError(
            f"line {reader.line_num} is not valid CSV: {error}", "Save the table as CSV with commas"
        ) from error


def _text(data: bytes) -> str:
    if len(data) > MOST_BYTES:
        raise RefusedError(f"the file has {len(data)} bytes", f"Split it into files of at most {MOST_BYTES} bytes")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RefusedError(f"the file is not UTF-8 text: byte {error.start}", "Save it as UTF-8") from error


def _flat(row: Mapping[str, Any]) -> dict[str, str]:
    fix = row["correction"]
    severity = "/".join(str(number) for number in fix["severity"] or ())
    fixed = {"label": fix["label"] or "", "severity": severity, "strength": fix["strength"] or ""}
    flat = {name: str(value) for name, value in row.items() if name in COLUMNS}
    flat |= {f"corrected_{name}": value for name, value in fixed.items()}
    return flat | {"settles": "yes" if row["settles"] else "no"}


def _nested(line: int, flat: Mapping[str, str]) -> dict[str, Any]:
    try:
        numbers = {name: int(flat[name] or "0") for name in ("seq", "undoes", "analysis")}
        severity = [int(part) for part in flat["corrected_severity"].split("/") if part]
        settles = {"yes": True, "no": False, "": False}[flat["settles"].lower()]
    except (ValueError, KeyError) as error:
        msg = f"line {line}: {error} is not what was expected"
        raise RefusedError(msg, "Leave all columns unchanged except those that you want to change") from error
    fix = {"label": flat["corrected_label"] or None, "severity": severity or None}
    fix["strength"] = flat["corrected_strength"] or None
    return {**flat, **numbers, "settles": settles, "correction": fix}


def _cell(text: str) -> str:
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text


def _bare(text: str) -> str:
    return text[1:] if text.startswith("'") and text[1:].lstrip(" ").startswith(FORMULA) else text


WRITERS: dict[str, Callable[[Iterable[Event]], str]] = {"jsonl": json_lines, "csv": csv_text}
READERS: dict[str, Callable[[bytes], Iterator[tuple[int, Mapping[str, Any]]]]] = {
    "jsonl": read_json_lines,
    "csv": read_csv,
}
