"""`impact evaluate` on the command line."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from impact.cli import main

SHUT = "The network shall shut off the subscriber of Nokia from all services."
ROWS = [
    {"id": "1", "doc": "made.txt", "text": SHUT, "proposes": ["shut-off"], "context": []},
    {"id": "2", "doc": "made.txt", "text": "The lamp is green.", "proposes": [], "context": []},
]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["evaluate", *map(str, arguments)])


@pytest.fixture
def clauses(tmp_path: Path) -> Path:
    path = tmp_path / "clauses.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in ROWS), encoding="utf-8")
    return path


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "made.txt").write_text(f"{SHUT}\n\nThe lamp is green.\n", encoding="utf-8")
    return folder


def test_whole_documents_names_and_a_page_come_in_one_run(clauses: Path, documents: Path, tmp_path: Path) -> None:
    figures, page = tmp_path / "figures.json", tmp_path / "page.html"

    result = run(
        clauses,
        "--documents",
        documents,
        "--end-to-end",
        "--swap-names",
        "--json",
        figures,
        "--html",
        page,
        "--seed",
        5,
    )

    assert result.exit_code == 0
    assert "whole documents: 2 clauses found word for word" in result.stdout
    assert "0 of 1 clauses with a name changed a label" in result.stdout
    told = json.loads(figures.read_text(encoding="utf-8"))
    assert told["placement"] == {"whole": True, "literal": 2, "lost": 0, "left_out": 0}
    assert told["results"]["shut-off"]["average_precision"] == 1.0
    assert (told["seed"], told["swapped_names"]["clauses"]) == (5, 1)
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_the_same_run_gives_the_same_bytes(clauses: Path, documents: Path, tmp_path: Path) -> None:
    first, second = (tmp_path / name for name in ("first", "second"))

    for folder in (first, second):
        folder.mkdir()
        run(clauses, "--documents", documents, "--json", folder / "f.json", "--html", folder / "p.html")

    assert (first / "f.json").read_bytes() == (second / "f.json").read_bytes()
    assert (first / "p.html").read_bytes() == (second / "p.html").read_bytes()


def test_whole_documents_need_their_folder(clauses: Path) -> None:
    result = run(clauses, "--end-to-end")

    assert result.exit_code == 2
    assert "--end-to-end requires --documents" in result.stderr


def test_whole_documents_that_are_all_absent_are_an_error_in_one_line(clauses: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()

    result = run(clauses, "--end-to-end", "--documents", empty)

    assert result.exit_code == 1
    assert "none of the 2 clauses can be judged" in result.stderr


def test_a_file_given_twice_is_an_error_in_one_line(clauses: Path) -> None:
    result = run(clauses, clauses)

    assert result.exit_code == 1
    assert "two labeled clauses have the id 1" in result.stderr


def test_an_unknown_judge_is_refused_with_those_known(clauses: Path) -> None:
    result = run(clauses, "--by", "oracle")

    assert result.exit_code == 2
    assert "choose from cues" in result.stderr


@pytest.mark.parametrize("option", ["--json", "--html"])
def test_a_folder_that_is_not_there_is_refused_before_the_work(clauses: Path, tmp_path: Path, option: str) -> None:
    result = run(clauses, option, tmp_path / "absent" / "figures")

    assert result.exit_code == 2
    assert "absent is not a folder" in result.stderr.replace("\n", "")
    assert result.stdout == ""


def test_a_folder_without_labels_is_an_error_in_one_line(tmp_path: Path) -> None:
    result = run(tmp_path)

    assert result.exit_code == 1
    assert "Give a folder with labels.jsonl" in result.stderr
