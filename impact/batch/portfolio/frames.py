"""`findings.parquet` and `clauses.parquet`: a row a finding, a row a clause (columns: docs/portfolio.md)."""

from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from impact.batch.portfolio.entry import findings_of
from impact.batch.portfolio.gather import Placed
from impact.present.cleaning import shown
from impact.present.words import words
from impact.taxonomy.values import Taxonomy

DOCUMENT = {
    "place": "whole",
    "name": "text",
    "folder": "text",
    "document": "text",
    "number": "text",
    "title": "text",
    "body": "text",
    "group": "text",
    "organizations": "texts",
}
FINDINGS = DOCUMENT | {
    "finding": "text",
    "level": "text",
    "mechanism": "text",
    "mechanism_name": "text",
    "clause": "text",
    "clause_number": "text",
    "section": "texts",
    "page": "whole",
    "strength": "text",
    "confidence": "number",
    "confidence_words": "text",
    "doubtful": "yes or no",
    "found_by": "texts",
    "evidence": "texts",
    "text": "text",
    "rights_primary": "texts",
    "rights_secondary": "texts",
    "articles_primary": "texts",
    "scale": "whole",
    "scope": "whole",
    "irremediability": "whole",
    "reason": "text",
    "safeguards": "texts",
    "safeguards_doubtful": "texts",
    "compounds": "texts",
    "change": "text",
}
CLAUSES = DOCUMENT | {
    "clause": "text",
    "clause_number": "text",
    "section": "texts",
    "kind": "text",
    "page": "whole",
    "start": "whole",
    "end": "whole",
    "strength": "text",
    "assessed": "yes or no",
    "text": "text",
    "mechanisms": "texts",
    "doubtful": "texts",
    "safeguards": "texts",
    "safeguards_doubtful": "texts",
    "talked_about": "texts",
}
GROUP = 20_000
"""Rows of a row group, and so the most that is held. Source: some 20 MB of clauses of 1 kB."""


class Frame:
    """A Parquet file that is written a row group at a time."""

    def __init__(self, path: Path, columns: dict[str, str]) -> None:
        """Open the file.

        Args:
            path: Where to write it.
            columns: The kind of each column: "text", "texts", "whole", "number" or "yes or no".
        """
        import pyarrow as pa
        from pyarrow.parquet import ParquetWriter

        kinds = {
            "text": pa.string(),
            "texts": pa.list_(pa.string()),
            "whole": pa.int64(),
            "number": pa.float64(),
            "yes or no": pa.bool_(),
        }
        self._schema = pa.schema([pa.field(name, kinds[kind]) for name, kind in columns.items()])
        self._writer = ParquetWriter(path, self._schema, compression="zstd")
        self._rows: dict[str, list[Any]] = {name: [] for name in columns}
        self._held = 0

    def add(self, row: dict[str, Any]) -> None:
        """Add a row that has every column and no half surrogate pair."""
        for name, values in self._rows.items():
            values.append(row[name])
        self._held += 1
        if self._held >= GROUP:
            self._flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Write what is held and close the file."""
        try:
            if error is None and self._held:
                self._flush()
        finally:
            self._writer.close()

    def _flush(self) -> None:
        import pyarrow as pa

        self._writer.write_table(pa.Table.from_pydict(self._rows, schema=self._schema))
        for values in self._rows.values():
            values.clear()
        self._held = 0


def finding_rows(placed: Placed, report: dict[str, Any], taxonomy: Taxonomy) -> Iterator[dict[str, Any]]:
    """Yield a row a finding, in the order of the text."""
    head = _document(placed)
    pairs = {one["id"]: frozenset(one["findings"]) for one in report["compounds"]}
    for clause, finding in findings_of(report):
        mechanism, severity = finding["mechanism"], finding["severity"]
        known = taxonomy.mechanisms.get(mechanism)
        rights = {kind: [one for one in finding["rights"] if one["link"] == kind] for kind in ("primary", "secondary")}
        yield head | {
            "finding": finding["id"],
            "level": severity["level"],
            "mechanism": mechanism,
            "mechanism_name": known.name if known else mechanism,
            **_place(clause),
            "strength": finding["strength"],
            "confidence": float(finding["confidence"]),
            "confidence_words": _confidence(finding),
            "doubtful": finding["doubtful"],
            "found_by": finding["by"],
            "evidence": [one["quote"] for one in finding["evidence"]],
            "rights_primary": [right["right"] for right in rights["primary"]],
            "rights_secondary": [right["right"] for right in rights["secondary"]],
            "articles_primary": list(dict.fromkeys(ref for right in rights["primary"] for ref in right["articles"])),
            "scale": severity["scale"],
            "scope": severity["scope"],
            "irremediability": severity["irremediability"],
            "reason": severity["reason"],
            "safeguards": _safeguards(finding, doubtful=False),
            "safeguards_doubtful": _safeguards(finding, doubtful=True),
            "compounds": [name for name, members in pairs.items() if finding["id"] in members],
            "change": finding["change"] or "",
        }


def clause_rows(placed: Placed, report: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield a row a clause, also those not assessed, in the order of the text."""
    head = _document(placed)
    for clause in report["clauses"]:
        yield head | {
            **_place(clause),
            "kind": clause["kind"],
            "start": clause["span"][0],
            "end": clause["span"][1],
            "strength": clause["strength"],
            "assessed": clause["assessed"],
            "mechanisms": _mechanisms(clause, doubtful=False),
            "doubtful": _mechanisms(clause, doubtful=True),
            "safeguards": _safeguards(clause, doubtful=False),
            "safeguards_doubtful": _safeguards(clause, doubtful=True),
            "talked_about": clause["context"],
        }


def _document(placed: Placed) -> dict[str, Any]:
    entry = placed.entry
    return {
        "place": placed.place,
        "name": shown(entry.record.name),
        "folder": shown(entry.record.folder),
        "document": entry.record.digest,
        "number": entry.number,
        "title": entry.title,
        "body": entry.body,
        "group": entry.group,
        "organizations": entry.organizations,
    }


def _place(clause: dict[str, Any]) -> dict[str, Any]:
    return {
        "clause": clause["id"],
        "clause_number": clause["number"],
        "section": clause["headings"],
        "page": clause["page"],
        "text": clause["text"],
    }


def _mechanisms(clause: dict[str, Any], *, doubtful: bool) -> list[str]:
    found = clause["findings"]
    return list(dict.fromkeys(one["mechanism"] for one in found if one["doubtful"] is doubtful)) if found else []


def _safeguards(given: dict[str, Any], *, doubtful: bool) -> list[str]:
    """Return those in a clause or beside a finding; older reports call none doubtful."""
    found = (one["safeguard"] for one in given["safeguards"] if one.get("doubtful", False) is doubtful)
    return list(dict.fromkeys(found))


def _confidence(finding: dict[str, Any]) -> str:
    """Return the word for the confidence, as the report has it."""
    if finding["doubtful"]:
        return str(words()["doubtful"]["word"])
    return str(next(word["word"] for word in words()["confidence"] if finding["confidence"] >= word["least"]))
