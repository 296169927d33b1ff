"""Writing a portfolio: all files or none, equal bytes for equal results, and nothing lost when a report is."""

import json
from datetime import UTC, datetime, timedelta, timezone
from importlib.resources import files
from pathlib import Path
from runpy import run_path
from types import SimpleNamespace

import jsonschema
import pandas as pd
import pytest

from impact.batch.portfolio.files import FILE_NAMES, write
from impact.batch.portfolio.gather import gather
from impact.errors import ImpactError
from impact.pipeline import analyze, render

MADE = SimpleNamespace(**run_path(str(Path(__file__).with_name("made_reports.py"))))
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def reports():
    return {
        "b.txt": MADE.report(
            [("shut-off", "high"), ("central-control", "low", "doubtful")], pairs=[("one-switch", "high")]
        ),
        "a.txt": MADE.report(talked=["shut-off"], title="Ein Titel mit \ud800 und \x07"),
    }


def files_of(out):
    return {name: (out / name).read_bytes() for name in FILE_NAMES}


def test_made_up_reports_are_reports_of_the_schema():
    schema = json.loads(files("impact.report").joinpath("schema/impact-report-1.json").read_text("utf-8"))

    for report in reports().values():
        jsonschema.validate(report, schema)


def test_all_files_are_written_and_no_part_is_left(tmp_path):
    write(MADE.lay(tmp_path, reports()), NOW)

    assert {path.name for path in tmp_path.iterdir() if path.is_file()} == set(FILE_NAMES)


def test_equal_results_give_equal_bytes_wherever_they_lie(tmp_path):
    one, other = tmp_path / "one", tmp_path / "other"
    MADE.lay(one, reports())
    MADE.lay(other, dict(reversed(reports().items())))

    write(one, NOW)
    write(other, NOW.astimezone(timezone(timedelta(hours=5))))

    assert files_of(one) == files_of(other)


def test_it_can_be_made_again_from_results_alone(tmp_path):
    write(MADE.lay(tmp_path, reports()), NOW)
    before = files_of(tmp_path)
    for name in FILE_NAMES:
        (tmp_path / name).unlink()

    write(tmp_path, NOW)

    assert files_of(tmp_path) == before


def test_an_empty_batch_gives_all_files_with_their_columns(tmp_path):
    write(tmp_path, NOW)

    assert set(FILE_NAMES) <= {path.name for path in tmp_path.iterdir()}
    assert len(pd.read_parquet(tmp_path / "findings.parquet")) == 0
    assert "mechanism" in pd.read_parquet(tmp_path / "findings.parquet").columns


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.unlink(),
        lambda path: path.write_text("{", encoding="utf-8"),
        lambda path: path.write_text("[]", encoding="utf-8"),
        lambda path: path.write_bytes(b"\xff\xfe"),
        lambda path: path.write_text('{"schema": "impact-report/1"}', encoding="utf-8"),
        lambda path: path.write_text('{"schema": "impact-report/2"}', encoding="utf-8"),
    ],
    ids=["missing", "truncated", "a list", "no text", "empty", "another schema"],
)
def test_a_lost_report_is_named_as_a_failure_and_the_others_stay(tmp_path, damage):
    MADE.lay(tmp_path, reports())
    damage(tmp_path / "b.txt" / "report.json")

    portfolio = gather(tmp_path, NOW, MADE.TAXONOMY)

    assert [document.summary.record.name for document in portfolio.documents] == ["a.txt"]
    assert [(failure.name, failure.stage) for failure in portfolio.failures] == [("b.txt", "portfolio")]
    write(tmp_path, NOW)


def test_a_folder_that_leads_elsewhere_is_not_followed(tmp_path):
    MADE.lay(tmp_path / "out", {"a.txt": MADE.report()})
    MADE.lay(tmp_path, {"elsewhere": MADE.report()})
    stray = MADE.to_json(MADE.record("x.txt", folder="../elsewhere"))
    (tmp_path / "out" / "a.txt" / "record.json").write_text(stray, encoding="utf-8")

    portfolio = gather(tmp_path / "out", NOW, MADE.TAXONOMY)

    assert (portfolio.documents, portfolio.failures) == ((), ())


def test_where_one_file_cannot_be_made_the_old_ones_stay(tmp_path):
    write(MADE.lay(tmp_path, reports()), NOW)
    before = files_of(tmp_path)
    (tmp_path / ".clauses.parquet.part").mkdir()

    with pytest.raises(ImpactError, match="cannot be written"):
        write(tmp_path, NOW + timedelta(days=1))

    assert files_of(tmp_path) == before
    assert not [path for path in tmp_path.glob("*.part") if path.is_file()]


def test_reports_of_the_pipeline_are_read(tmp_path):
    text = "1. Scope\n\n   The gateway shall disconnect any subscriber on request of the authority.\n"
    (tmp_path / "made.txt").write_text(text, encoding="utf-8")
    assessment = analyze(tmp_path / "made.txt", by=("cues",), now=NOW, jailed=False)
    folder = MADE.lay(tmp_path / "out", {"made.txt": {}}) / "made.txt"
    (folder / "report.json").write_text(render(assessment, "json"), encoding="utf-8")

    write(tmp_path / "out", NOW)

    frame = pd.read_parquet(tmp_path / "out" / "findings.parquet")
    assert len(frame) == len(assessment.findings) > 0
