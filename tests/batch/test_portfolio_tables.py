"""CSV, workbook and Parquet: every document, finding and clause in them, and no cell that a program would run."""

import csv
import io
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from runpy import run_path
from types import SimpleNamespace

import openpyxl
import pandas as pd
import pytest
from pyarrow import parquet

from impact.batch.portfolio.files import write
from impact.tables import parquet as parquet_rows
from impact.tables.columns import columns_of, note
from impact.tables.rows import BATCH_CLAUSES, BATCH_FINDINGS, PROPOSALS

MADE = SimpleNamespace(**run_path(str(Path(__file__).with_name("made_reports.py"))))
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")', "\uff1d1+1"]


@dataclass(frozen=True)
class PageRow:
    text: str = note("words of a line")
    page: int = note("its page")


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    """Return a batch with findings, a text in Russian, formulas everywhere, a failure and a duplicate."""
    found = [("shut-off", "high"), ("logging-retention", "medium", "doubtful")]
    formulas = {
        f"{number}.txt": MADE.report(
            title=f"{text} title",
            number=text,
            source_organizations=[text],
            group=text,
            clauses=[MADE.clause(1, [MADE.finding("exclusion", "low")], text=f"{text} words of exclusion")],
        )
        for number, text in enumerate(FORMULAS)
    }
    reports = {
        "grave.txt": MADE.report(found, pairs=[("one-switch", "high")], talked=["content-blocking", "redress"]),
        "plain.txt": MADE.report(number="C-1"),
        "russian.txt": MADE.report(language="ru"),
        "scan.txt": MADE.report(
            pages=[{"page": 1, "verdict": "ok", "quality": 1}, {"page": 2, "verdict": "scan", "quality": 0}]
        ),
    }
    others = [MADE.failed("=cmd.pdf", reason="=1+1 is encrypted"), MADE.duplicate("copy.txt", "grave.txt")]
    folder = MADE.lay(tmp_path_factory.mktemp("out"), reports | formulas, others)
    write(folder, NOW)
    return folder


def rows(out):
    text = (out / "portfolio.csv").read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_csv_has_every_document_once_with_its_outcome(out):
    outcomes = {row["name"]: row["outcome"] for row in rows(out)}

    assert len(rows(out)) == len(outcomes) == 4 + len(FORMULAS) + 2
    assert outcomes["grave.txt"] == "done"
    assert outcomes["copy.txt"] == "duplicate"
    assert outcomes["'=cmd.pdf"] == "failed"


def test_csv_stands_in_reading_order_with_reasons_and_counts(out):
    first = rows(out)[0]

    assert list(first) == list(PROPOSALS)
    assert (first["place"], first["name"], first["high_firm"], first["medium_doubtful"]) == ("1", "grave.txt", "1", "1")
    assert first["reason"].startswith("1 high power: shut-off; 1 pair of powers that aggravate each other (high): ")
    assert first["mechanisms_talked_about"] == "content-blocking"


def test_csv_gives_no_place_to_what_was_not_assessed(out):
    russian = next(row for row in rows(out) if row["name"] == "russian.txt")

    assert (russian["place"], russian["level"]) == ("", "not assessed")


def test_csv_says_where_and_why_a_document_failed_and_what_to_do(out):
    failure = next(row for row in rows(out) if row["outcome"] == "failed")

    assert (failure["stage"], failure["hint"]) == ("extract", "Save it without a password")


def test_no_cell_of_the_csv_begins_as_a_formula(out):
    cells = [cell for row in rows(out) for cell in row.values()]

    assert not [cell for cell in cells if cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\uff1d"))]
    assert sum(cell.startswith("'") for cell in cells) > len(FORMULAS)


def test_the_workbook_has_its_sheets_in_order(out):
    book = openpyxl.load_workbook(out / "portfolio.xlsx")

    assert book.sheetnames == ["Reading list", "Findings", "Coverage", "Failures", "Duplicates"]


def test_every_cell_of_the_workbook_is_text_or_a_number(out):
    book = openpyxl.load_workbook(out / "portfolio.xlsx")

    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None}

    assert kinds == {"s", "n"}


def test_a_title_that_begins_as_a_formula_is_verbatim_text_that_stays_text_when_edited(out):
    sheet = openpyxl.load_workbook(out / "portfolio.xlsx")["Reading list"]
    titles = [row[3] for row in sheet.iter_rows(min_row=2)]

    guarded = [cell.value for cell in titles if cell.quotePrefix]

    assert sorted(guarded) == sorted(f"{text.strip()} title" for text in FORMULAS)


def test_the_workbook_links_each_report(out):
    sheet = openpyxl.load_workbook(out / "portfolio.xlsx")["Reading list"]

    assert sheet["H2"].hyperlink.target.replace("\\", "/") == "grave.txt/report.html"


def test_the_workbook_lists_findings_gaps_and_failures(out):
    book = openpyxl.load_workbook(out / "portfolio.xlsx")

    findings, gaps, failures = (list(book[name].values)[1:] for name in ("Findings", "Coverage", "Failures"))

    assert len(findings) == 2 + len(FORMULAS)
    assert [row[-1] for row in gaps] == ["russian.txt", "scan.txt"]
    assert failures[0][:2] == ("=cmd.pdf", "extract")


def test_findings_open_in_pandas_with_the_documented_columns(out):
    frame = pd.read_parquet(out / "findings.parquet")

    assert list(frame.columns) == list(BATCH_FINDINGS)
    first = frame.iloc[0]
    assert (first["place"], first["name"], first["mechanism"], first["level"]) == (1, "grave.txt", "shut-off", "high")
    assert list(first["compounds"]) == ["one-switch"]
    assert list(first["safeguards"]) == ["redress"]
    assert list(first["safeguards_doubtful"]) == ["transparency"]
    assert not first["doubtful"]


def test_clauses_open_in_pandas_with_the_documented_columns(out):
    frame = pd.read_parquet(out / "clauses.parquet")

    assert list(frame.columns) == list(BATCH_CLAUSES)
    grave = frame[frame["name"] == "grave.txt"]
    assert [list(one) for one in grave["mechanisms"]] == [["shut-off"], [], []]
    assert [list(one) for one in grave["doubtful"]] == [[], ["logging-retention"], []]
    assert list(grave["talked_about"].iloc[2]) == ["content-blocking", "redress"]


def test_text_in_parquet_is_verbatim(out):
    frame = pd.read_parquet(out / "clauses.parquet")

    assert "=1+1 words of exclusion" in set(frame["text"])


def test_columns_of_parquet_have_the_documented_types(out):
    schema = parquet.read_schema(out / "findings.parquet")
    kinds = {str: "string", tuple[str, ...]: "list<element: string>", int: "int64", float: "double", bool: "bool"}

    assert {field.name: str(field.type) for field in schema} == {
        name: kinds[column.kind] for name, column in BATCH_FINDINGS.items()
    }


def test_rows_are_written_in_groups_so_that_few_are_held(tmp_path, monkeypatch):
    monkeypatch.setattr(parquet_rows, "GROUP", 2048)
    with parquet_rows.open_parquet(tmp_path / "x.parquet", columns_of(PageRow).values()) as add:
        add((PageRow(f"line {number}", number),) for number in range(5000))

    file = parquet.ParquetFile(tmp_path / "x.parquet")

    assert [file.metadata.row_group(group).num_rows for group in range(file.num_row_groups)] == [2048, 2048, 904]


def test_every_column_is_documented():
    text = (Path(__file__).parents[2] / "docs" / "portfolio.md").read_text("utf-8")

    undocumented = [name for name in (*PROPOSALS, *BATCH_FINDINGS, *BATCH_CLAUSES) if f"`{name}`" not in text]

    assert undocumented == []
