"""`impact archive` as a person uses it."""

import csv
import json
from io import StringIO
from pathlib import Path
from runpy import run_path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner, Result

from impact.cli import main

ARCHIVES = SimpleNamespace(**run_path(str(Path(__file__).parents[1] / "batch" / "made_archives.py")))


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["archive", *map(str, arguments)])


@pytest.fixture
def address(tmp_path: Path) -> Path:
    ARCHIVES.lay(
        tmp_path / "archive",
        [ARCHIVES.document("a.txt", [("shut-off", "high")], number="C-1"), ARCHIVES.failure("torn.pdf")],
        [ARCHIVES.document("b.txt", [("lawful-access", "medium")], minutes=1, number="C-2")],
    )
    return tmp_path / "archive"


def test_the_list_says_what_to_read_first_and_why(address: Path) -> None:
    lines = run("list", address).stdout.splitlines()

    assert lines[0].split() == ["1", "high", "C-1:", "A", "made", "text"]
    assert "1 high power: shut-off" in lines[2]
    assert any("torn.pdf is encrypted" in line for line in lines)


def test_the_list_as_csv_has_a_header_and_a_row_a_document(address: Path) -> None:
    text = run("list", address, "--format", "csv", "--power", "shut-off").stdout

    (row,) = csv.DictReader(StringIO(text.lstrip("\ufeff")))

    assert (row["place"], row["level"], row["source"]) == ("1", "high", "s3://in/SG13/a.txt")


def test_the_list_as_json_is_cut_to_the_first(address: Path) -> None:
    rows = json.loads(run("list", address, "--format", "json", "--first", 1).stdout)

    assert [row["number"] for row in rows] == ["C-1"]


@pytest.mark.parametrize("form", ["csv", "json"])
def test_data_is_utf_8_whatever_the_terminal_has(tmp_path: Path, form: str) -> None:
    ARCHIVES.lay(tmp_path / "archive", [ARCHIVES.document("a.txt", title="Сети")])

    result = CliRunner(charset="cp1252").invoke(main, ["archive", "list", str(tmp_path / "archive"), "--format", form])

    assert "Сети" in result.stdout_bytes.decode("utf-8")


@pytest.mark.parametrize("arguments", [["list"], ["search", "Сети"], ["pages"]])
def test_letters_that_a_terminal_lacks_are_replaced(tmp_path: Path, arguments: list[str]) -> None:
    command, *words = arguments
    ARCHIVES.lay(tmp_path / "сети", [ARCHIVES.document("a.txt", title="Сети")])

    result = CliRunner(charset="cp1252").invoke(main, ["archive", command, str(tmp_path / "сети"), *words])

    assert result.exit_code == 0
    assert "????" in result.stdout


def test_a_search_for_an_article_quotes_the_findings(address: Path) -> None:
    lines = run("search", address, "ICCPR", "17").stdout.splitlines()

    assert lines[0] == "C-2: A made text"
    assert lines[2].startswith("  - lawful interception (medium), 1.1, p. 1: Clause 1 says words of lawful-access")


def test_a_search_without_a_hit_says_what_it_covers(address: Path) -> None:
    result = run("search", address, "zeppelin")

    assert result.exit_code == 0
    assert "quotes of findings, titles, numbers and file names" in result.stderr


def test_pages_are_written_and_counted(address: Path) -> None:
    result = run("pages", address)

    assert f"They begin at {address}/index.html" in result.stdout
    assert (address / "index.html").is_file()


def test_parts_are_put_together(address: Path) -> None:
    assert run("compact", address).stdout == "4 parts were put together\n"
    assert run("compact", address).stdout == "There is nothing to put together\n"


def test_an_unknown_power_is_refused_with_those_that_are_known(address: Path) -> None:
    result = run("list", address, "--power", "x")

    assert result.exit_code == 2
    assert "there is no power 'x'; choose from identity-binding" in result.stderr


@pytest.mark.parametrize("command", ["list", "pages", "compact"])
def test_where_there_is_no_archive_it_says_how_to_write_one(tmp_path: Path, command: str) -> None:
    result = run(command, tmp_path)

    assert result.exit_code == 1
    assert "there is no archive at" in result.stderr
