"""Save what is whole of a damaged store: originals, files of analyses, signed versions and decisions, row by row."""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from impact.review.store import blobs
from impact.review.values.refusals import StoreError

COLUMNS = {
    "store": "*",
    "proposals": "id, digest, source, title, number, submitted_by, created",
    "analyses": "proposal, number, files",
    "links": "seq, kind, proposal, time, digest, body",
}
"""What is read of each table; nothing more, so that a damaged column elsewhere does no harm."""

_PLAIN = re.compile(r"[^\w.-]+")
_HIGHEST = 2**40
_MOST_FAILURES = 5000
"""Ranges of a table that cannot be read, before the rest is given up. Source: project judgment; about a second."""


@dataclass(slots=True)
class Salvage:
    """What was saved, and what could not be.

    Attributes:
        saved: Numbers of proposals, files, and entries of the chain.
        lost: Lines for people.
    """

    proposals: int = 0
    files: int = 0
    entries: int = 0
    lost: list[str] = field(default_factory=list)


def salvage(engine: Engine, files: Path, out: Path) -> Salvage:
    """Write all that is whole of a store into the folder `out`; nothing in the store is changed.

    `files` is the folder that has that of the store's own files in it.
    """
    salvaged = Salvage()
    rows = {table: list(_rows(engine, table, salvaged)) for table in COLUMNS}
    source = _own_folder(files, rows["store"], salvaged)
    named: set[str] = set()
    for row in rows["proposals"]:
        salvaged.proposals += 1
        folder = out / _name(str(row["id"]))
        _write(folder / "proposal.json", json.dumps(row, indent=1, default=str).encode())
        named.add(str(row["digest"]))
        _copy(source, str(row["digest"]), folder / f"original-{_name(str(row['source']))}", salvaged)
    for row in rows["analyses"]:
        for name, digest in _files_of(row, salvaged):
            named.add(digest)
            _copy(
                source, digest, out / _name(str(row["proposal"])) / f"analysis-{row['number']}" / _name(name), salvaged
            )
    _save_links(rows["links"], source, out, (salvaged, named))
    for path in sorted(source.glob("[0-9a-f][0-9a-f]/*")) if source.is_dir() else ():
        if path.name not in named and len(path.name) == 64:
            _copy(source, path.name, out / "other-files" / path.name, salvaged)
    _write(out / "not-saved.txt", "".join(f"{line}\n" for line in salvaged.lost).encode())
    return salvaged


def _rows(engine: Engine, table: str, salvaged: Salvage) -> Iterator[dict[str, Any]]:
    """Yield the rows of a table that can be read; of SQLite, those on both sides of a damaged page."""
    statement = f"SELECT {COLUMNS[table]} FROM {table}"  # noqa: S608 (names of our own)
    try:
        with engine.connect() as connection:
            rows = _read(connection, statement)
    except (DBAPIError, ValueError) as error:
        salvaged.lost.append(f"a part of the table {table}: {' '.join(str(getattr(error, 'orig', error)).split())}")
    else:
        yield from rows
        return
    if engine.dialect.name == "sqlite":
        with suppress(DBAPIError), engine.connect() as connection:
            yield from _around(connection, f"{statement} WHERE rowid BETWEEN :low AND :high")


def _read(connection: Connection, statement: str, **parameters: int) -> list[dict[str, Any]]:
    """Return all rows or none: what comes after a damaged page is not known."""
    return [dict(row) for row in connection.execute(text(statement), parameters).mappings()]


def _around(connection: Connection, statement: str) -> Iterator[dict[str, Any]]:
    """Yield the rows that can be read, lowest first: a range that cannot be read is halved."""
    ranges, left = [(0, _HIGHEST)], _MOST_FAILURES
    while ranges and left:
        low, high = ranges.pop()
        try:
            yield from _read(connection, statement, low=low, high=high)
        except (DBAPIError, ValueError):
            left -= 1
            middle = (low + high) // 2
            ranges += [(middle + 1, high), (low, middle)] if low < high else []


def _own_folder(files: Path, rows: list[dict[str, Any]], salvaged: Salvage) -> Path:
    if rows:
        store_id, elsewhere = str(rows[0]["id"]), str(rows[0].get("files") or "")
        place = Path(elsewhere) if elsewhere and not (files / store_id).is_dir() else files
        return place / store_id
    folders = sorted(path.parent for path in files.glob("*/[0-9a-f][0-9a-f]"))
    salvaged.lost.append("the id of the store, which names its folder of files")
    return folders[0] if len(set(folders)) == 1 else files


def _files_of(row: dict[str, Any], salvaged: Salvage) -> Iterator[tuple[str, str]]:
    try:
        content = json.loads(row["files"]) if isinstance(row["files"], str) else row["files"]
        yield from ((str(name), str(digest)) for name, digest in content.items())
    except (ValueError, AttributeError, TypeError):
        salvaged.lost.append(f"the list of files of analysis {row['number']} of proposal {row['proposal']}")


def _save_links(rows: list[dict[str, Any]], source: Path, out: Path, about: tuple[Salvage, set[str]]) -> None:
    """Save the content of the chain that is as it was hashed, one entry a line, and the signed versions."""
    salvaged, named = about
    lines: dict[str, list[str]] = {}
    for row in sorted(rows, key=lambda row: int(row["seq"])):
        body = row["body"]
        if body is None:
            continue
        if sha256(str(body).encode("utf-8", "replace")).hexdigest() != row["digest"]:
            salvaged.lost.append(
                f"the content of entry {row['seq']} of the chain (proposal {row['proposal'] or 'none'})"
            )
            continue
        entry = {name: row[name] for name in ("seq", "kind", "proposal", "time")} | {"content": json.loads(body)}
        lines.setdefault(str(row["proposal"]), []).append(json.dumps(entry))
        salvaged.entries += 1
        if row["kind"] == "signature":
            digest, version = str(entry["content"]["digest"]), entry["content"]["version"]
            named.add(digest)
            _copy(source, digest, out / _name(str(row["proposal"])) / f"signed-{version}.json", salvaged)
    for proposal, entries in lines.items():
        _write(
            out / _name(proposal or "accounts-and-log") / "entries.jsonl", "".join(f"{e}\n" for e in entries).encode()
        )


def _copy(source: Path, digest: str, target: Path, salvaged: Salvage) -> None:
    try:
        content = blobs.get(source, digest)
    except (StoreError, ValueError) as error:
        salvaged.lost.append(f"{target.parent.name}/{target.name}: {getattr(error, 'message', error)}")
        return
    _write(target, content)
    salvaged.files += 1


def _write(target: Path, content: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    target.write_bytes(content)


def _name(text_: str) -> str:
    """Return a name of a file that leads nowhere else."""
    return _PLAIN.sub("_", text_).strip("._")[-80:] or "unnamed"
