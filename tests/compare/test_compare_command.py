"""`impact compare` as a person uses it: real files through the real program."""

import json
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result

from impact.cli import main
from tests.compare.test_files import SCHEMA

OLD = """# Harbor access framework

## 1 Scope

This document describes how the harbor network admits subscribers.

## 2 Requirements

2.1 The operator shall delete the log of connections of each subscriber within 30 days.

2.2 The gateway may record the position of each subscriber.

2.3 The exchange shall print the checksum of each frame. The exchange should count frames by color.

2.4 The lighthouse keeper may wave a flag at noon on days of fair weather.
"""
NEW = """# Harbor access framework

## 1 Scope

This document describes how the harbor network admits subscribers.

## 2 Requirements

2.1 The lighthouse keeper may wave a flag at noon on days of fair weather.

2.2 The operator shall delete the log of connections of each subscriber.

2.3 The gateway shall record the position of each subscriber.

2.4 The exchange shall print the checksum of each frame.

2.5 The exchange should count frames by color.

2.6 The operator shall shut off any subscriber whose account is in arrears.
"""


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["compare", *(str(argument) for argument in arguments)])


def changes(folder: Path) -> dict[tuple[str, ...], dict]:
    """Return the changes in a folder's JSON by the numbers of their new clauses."""
    answer = json.loads((folder / "comparison.json").read_text(encoding="utf-8"))
    jsonschema.validate(answer, SCHEMA)
    return {tuple(one["number"] for one in change["new"]): change for change in answer["changes"]}


@pytest.fixture
def pair(tmp_path):
    old, new = tmp_path / "old.md", tmp_path / "new.md"
    old.write_text(OLD, encoding="utf-8")
    new.write_text(NEW, encoding="utf-8")
    return old, new


def test_every_kind_of_change_between_two_markdown_files_is_found(pair, tmp_path):
    result = run(*pair, "--out", tmp_path / "c", "--by", "cues")

    found = {numbers: change["kind"] for numbers, change in changes(tmp_path / "c").items()}
    assert result.exit_code == 0, result.output
    assert found == {
        ("2.1",): "moved",
        ("2.2",): "reworded",
        ("2.3",): "reworded",
        ("2.4", "2.5"): "split",
        ("2.6",): "added",
    }


def test_a_retention_limit_removed_and_a_power_added_are_said(pair, tmp_path):
    run(*pair, "--out", tmp_path / "c", "--by", "cues")

    found = changes(tmp_path / "c")
    assert found["2.2",]["limits"] == {"gone": ["30 days"], "new": []}
    assert "shut-off" in {one["new"]["mechanism"] for one in found["2.6",]["findings"]}


def test_the_summary_and_the_places_of_the_files_are_printed(pair, tmp_path):
    result = run(*pair, "--out", tmp_path / "c", "--by", "cues")

    assert "old.md -> new.md" in result.stdout
    assert str(tmp_path / "c" / "comparison.html") in result.stdout


def test_quiet_prints_nothing_and_one_format_writes_one_file(pair, tmp_path):
    result = run(*pair, "--out", tmp_path / "c", "--by", "cues", "--format", "html", "--quiet")

    assert result.output == ""
    assert [file.name for file in (tmp_path / "c").iterdir()] == ["comparison.html"]


def test_without_out_the_comparison_goes_to_a_folder_named_after_the_new_file(pair, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    run(*pair, "--by", "cues")

    assert (tmp_path / "new-comparison" / "comparison.html").exists()


def test_a_report_json_stands_for_its_document(pair, tmp_path):
    old, new = pair
    CliRunner().invoke(main, ["analyze", str(old), "--out", str(tmp_path / "r"), "--by", "cues"])

    run(tmp_path / "r" / "report.json", new, "--out", tmp_path / "c", "--by", "cues")
    run(old, new, "--out", tmp_path / "d", "--by", "cues")

    assert (tmp_path / "c" / "comparison.json").read_bytes() == (tmp_path / "d" / "comparison.json").read_bytes()


def test_a_damaged_report_is_named(pair, tmp_path):
    damaged = tmp_path / "report.json"
    damaged.write_text('{"schema":"impact-report/1",\n"document":', encoding="utf-8")

    result = run(damaged, pair[1], "--out", tmp_path / "c")

    assert result.exit_code == 1
    assert "report.json is a damaged report" in result.stderr


def test_the_revision_marks_of_a_word_file_are_compared(marked, tmp_path):
    result = run(marked, "--out", tmp_path / "c", "--by", "cues")

    answer = json.loads((tmp_path / "c" / "comparison.json").read_text(encoding="utf-8"))
    diffs = [change["diff"] for change in answer["changes"]]
    assert result.exit_code == 0, result.output
    assert (answer["old"]["view"], answer["new"]["view"]) == ("original", "accepted")
    assert ["insert", "shall "] in [run for diff in diffs for run in diff]
    assert {"gone": ["30 days"], "new": []} in [change["limits"] for change in answer["changes"]]
    assert [change["edits"][0]["kind"] for change in answer["changes"]] == ["modality", "period"]


def test_one_file_without_marks_is_refused_with_a_hint(pair, tmp_path):
    result = run(pair[0], "--out", tmp_path / "c")

    assert result.exit_code == 1
    assert "no tracked changes" in result.stderr
    assert "impact compare OLD NEW" in result.stderr
    assert not (tmp_path / "c").exists()


def test_a_file_that_is_not_there_is_named(pair, tmp_path):
    result = run(tmp_path / "gone.md", pair[1])

    assert result.exit_code == 1
    assert "gone.md" in result.stderr


def test_an_unknown_format_is_wrong_usage(pair):
    assert run(*pair, "--format", "odt").exit_code == 2
