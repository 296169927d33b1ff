"""`impact review` as a person uses it."""

import csv
import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import docx
import pytest
from chat import serving
from click.testing import CliRunner, Result

from impact.cli import main
from impact.review.store import accounts
from impact.review.store.store import open_store
from impact.review.values.users import Role
from impact.taxonomy import load

TEXT = """1. Introduction

   This memo is about boats.

2. Requirements

   The quay master shall shut off any subscriber whose account is in arrears.

   The quay master shall report the position of each subscriber to the harbor every minute.
"""


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("IMPACT_STORE", str(tmp_path / "desk"))
    monkeypatch.setenv("IMPACT_USER", "Ann")
    file = tmp_path / "boats.txt"
    file.write_text(TEXT, encoding="utf-8")
    return file


def run(*arguments: object, who: str = "", code: int = 0) -> Result:
    result = CliRunner().invoke(main, ["review", *map(str, arguments), *(["--as", who] if who else [])])
    assert result.exit_code == code, result.output
    return result


def added(file: Path, *more: str) -> str:
    return run("add", file, "--by", "cues", *more).stdout.split()[0]


def test_a_proposal_is_added_with_what_a_second_reader_says(desk: Path, tmp_path: Path) -> None:
    with serving() as server:
        options = ("--reader", server.address, "--reader-model", "small")
        proposal = added(desk, *options)
        asked = len(server.requests)
        run("again", proposal, "--by", "cues", *options)

        assert asked
        assert len(server.requests) == asked
    (answers,) = (tmp_path / "desk" / "files").glob("*/answers/*")
    assert len(list(answers.glob("??/*.json"))) == asked


def test_the_day_of_two_reviewers(desk: Path, tmp_path: Path) -> None:
    proposal = added(desk, "--readings", "2")
    assert proposal in run("list", "quay", "SHUT").stdout
    first = run("findings", proposal).stdout.split()[0]

    run("decide", proposal, "next", "accept")
    run("undo", proposal)
    assert "undecided" in run("findings", proposal).stdout.splitlines()[0]
    run("decide", proposal, first[:6], "accept")
    run("done", proposal)
    run("decide", proposal, first, "reject", "-m", "No.", who="Bob")
    assert run("conflicts", proposal).stdout == ""
    run("done", proposal, who="Bob")
    assert "Bob: rejected (No.)" in run("conflicts", proposal).stdout
    assert "alike 0%" in run("agreement").stdout
    assert "disagree" in run("sign", proposal, code=1).stderr
    run("decide", proposal, first, "correct", "--severity", "3,2,2")
    run("sign", proposal)
    run("sign", proposal, who="Bob")

    shown = run("show", proposal).stdout
    assert "version 1 by Ann" in shown
    assert "version 1 by Bob" in shown
    run("export", proposal, "--format", "signed", "--out", tmp_path / "signed.json")
    held = json.loads((tmp_path / "signed.json").read_text(encoding="utf-8"))["holds"]
    assert [(one["subject"], one["verdict"]) for one in held] == [(first, "corrected")]
    end = run("verify").stdout.strip()
    run("verify", "--head", tmp_path / "signed.json")
    erased = run("erase", proposal, "--yes").stdout
    assert "remains: backups of the store" in erased
    assert run("list").stdout == ""
    (tmp_path / "erasures.jsonl").write_text(run("erasures").stdout, encoding="utf-8")
    assert [json.loads(line)["proposal"] for line in run("erasures").stdout.splitlines()] == [proposal]
    run("verify", "--head", end)


def test_files_to_send_follow_the_decisions(desk: Path, tmp_path: Path) -> None:
    proposal, out = added(desk), tmp_path / "files"
    run("decide", proposal, "next", "reject", "-m", "It is a drill.")
    rejected = load().mechanisms["shut-off"]

    printed = run("export", proposal, "--format", "md").stdout
    run("export", proposal, "--format", "findings,docx,onepage", "--language", "en,fr", "--out", out)
    table = list(csv.DictReader((out / "findings.csv").read_text("utf-8-sig").splitlines()))
    brief = "\n".join(paragraph.text for paragraph in docx.Document(str(out / "brief.docx")).paragraphs)

    assert {file.name for file in out.iterdir()} == {"findings.csv", "brief.docx", "brief.en.html", "brief.fr.html"}
    assert [row["mechanism"] for row in table] == ["location-tracking"]
    for text in (printed, brief):
        assert "It follows the decisions of Ann." in text
        assert "Rejected by Ann: It is a drill." in text
        assert rejected.enables not in text


def test_with_all_what_cannot_be_made_is_said_and_left_out(desk: Path, tmp_path: Path) -> None:
    proposal, out = added(desk), tmp_path / "files"

    said = run("export", proposal, "--format", "all", "--out", out)

    made = {file.name for file in out.iterdir()}
    assert {"report.html", "review.docx", "contribution.txt", "findings.xlsx", "brief.en.html"} <= made
    assert not any(name.startswith("annotated") for name in made)
    assert "only a PDF or DOCX can be annotated" in said.stderr


def test_files_follow_the_signed_version_asked_for(desk: Path) -> None:
    proposal = added(desk)
    run("decide", proposal, "next", "accept")
    run("done", proposal)
    run("sign", proposal)
    run("decide", proposal, "next", "reject", "-m", "It is a drill.")

    signed = run("export", proposal, "--format", "md", "--version", "1").stdout
    latest = run("export", proposal, "--format", "md").stdout

    assert json.loads(run("export", proposal, "--format", "signed", "--version", "1").stdout)["version"] == 1
    assert "has no signed version 2" in run("export", proposal, "--format", "md", "--version", "2", code=1).stderr
    assert "Version 1, signed by Ann" in signed
    assert "It is a drill." not in signed
    assert "Draft, not signed." in latest
    assert "It is a drill." in latest


def test_decisions_go_from_one_store_to_another(desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    proposal = added(desk)
    run("decide", proposal, "next", "accept")
    run("export", "--format", "csv", "--out", tmp_path / "said.csv")

    monkeypatch.setenv("IMPACT_STORE", str(tmp_path / "other"))
    copy = added(desk)

    assert run("import", tmp_path / "said.csv").stdout == "1 new, 0 already in the store\n"
    assert "accepted" in run("findings", copy).stdout


def test_a_file_that_cannot_be_read_is_kept_as_failed_with_its_reason(desk: Path) -> None:
    desk.write_bytes(b"%PDF-1.7 and then nothing")

    said = run("add", desk, code=1)

    assert len(said.stderr.strip().splitlines()) == 1
    assert "failed" in run("list", "--state", "failed").stdout


def test_the_same_file_again_says_so(desk: Path) -> None:
    proposal = added(desk)

    assert "already in the store" in run("add", desk).stdout
    assert "carried over" in run("again", proposal, "--by", "cues").stdout


def test_a_new_name_is_refused_in_a_store_with_passwords(desk: Path) -> None:
    store = open_store(desk.parent / "desk")
    accounts.add_user(store, "Root", Role.ADMINISTRATOR, "four boats on the canal", datetime.now(UTC))
    store.close()

    assert "there is no account with the name 'Ann'" in run("list", code=1).stderr
    run("list", who="Root")


@pytest.mark.parametrize(
    "arguments",
    [
        ("show", "ffff"),
        ("export", "--format", "signed"),
        ("export", "--format", "md"),
        ("import", "nowhere.jsonl"),
        ("list", "--store", "mysql://host/name"),
        ("list", "--store", "postgresql://secret:word@127.0.0.1:1/none"),
        ("list", "--as", "a,b"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(desk: Path, arguments: tuple[str, ...]) -> None:
    said = run(*arguments, code=1)

    assert desk.exists()
    assert len(said.stderr.strip().splitlines()) == 1
    assert "word" not in said.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("erase",),
        ("export", "ffff", "--format", "docx"),
        ("export", "ffff", "--format", "html,md"),
        ("export", "ffff", "--language", "fr"),
        ("export", "ffff", "--version", "1"),
        ("export", "ffff", "--format", "exe"),
        ("erase", "ffff", "--expired"),
        ("verify", "--head", "x"),
        ("decide", "ffff", "ffff", "correct", "--severity", "9,9,9"),
        ("decide", "ffff", "ffff", "judge"),
    ],
)
def test_wrong_usage_has_its_exit_code(desk: Path, arguments: tuple[str, ...]) -> None:
    assert desk.exists()
    run(*arguments, code=2)


def test_an_end_of_the_chain_is_added_to_a_file_by_a_schedule_and_verified_against_later(
    desk: Path, tmp_path: Path
) -> None:
    assert desk.exists()
    file = tmp_path / "heads.txt"

    for who in ("Ann", "Ann", "Bob"):
        run("head", "--append", file, who=who)
    run("verify", "--head", file)

    assert [line.split()[2].partition(":")[0] for line in file.read_text(encoding="utf-8").splitlines()] == ["1", "2"]


def test_an_end_that_the_chain_no_longer_passes_is_said_and_nothing_is_added(desk: Path, tmp_path: Path) -> None:
    assert desk.exists()
    file = tmp_path / "heads.txt"
    run("head", "--append", file)
    before = file.read_text(encoding="utf-8")
    forged = before[:-65] + "0" * 64 + "\n"
    file.write_text(forged, encoding="utf-8")

    for command in (("head", "--append"), ("verify", "--head")):
        assert "made anew" in run(*command, file, code=1, who="Bob").stderr

    assert file.read_text(encoding="utf-8") == forged


def test_what_a_backup_brought_back_is_named_and_erased_again(desk: Path, tmp_path: Path) -> None:
    proposal, folder = added(desk), tmp_path / "desk"
    shutil.copytree(folder, tmp_path / "backup")
    run("erase", proposal, "--yes")
    receipts = tmp_path / "erasures.jsonl"
    receipts.write_text(run("erasures").stdout, encoding="utf-8")

    shutil.rmtree(folder)
    shutil.copytree(tmp_path / "backup", folder)
    assert proposal in run("list").stdout
    assert proposal in run("erase", "--again", receipts, code=1).stdout
    assert proposal in run("list").stdout
    assert f"erased {proposal}" in run("erase", "--again", receipts, "--yes").stdout

    assert run("list").stdout == ""
    run("verify")


def test_a_file_without_receipts_erases_nothing(desk: Path, tmp_path: Path) -> None:
    proposal = added(desk)
    listing = tmp_path / "list.txt"
    listing.write_text(run("list").stdout + f"{proposal}\n", encoding="utf-8")

    assert "no receipt" in run("erase", "--again", listing, "--yes", code=1).stderr

    assert proposal in run("list").stdout


def test_verify_names_a_proposal_that_was_erased_and_is_back(desk: Path, tmp_path: Path) -> None:
    proposal, folder = added(desk), tmp_path / "desk"
    shutil.copytree(folder, tmp_path / "backup")
    run("erase", proposal, "--yes")

    shutil.copytree(tmp_path / "backup", folder, dirs_exist_ok=True)

    assert proposal in run("verify", code=1).stderr
    run("erase", "--expired")
    run("verify")


def test_files_elsewhere_are_known_to_every_command(desk: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    proposal = added(desk, "--files", str(elsewhere))

    run("findings", proposal)
    run("verify")
    run("verify", "--files", elsewhere)

    assert any(path.is_file() for path in elsewhere.rglob("*"))
    assert not any(path.is_file() for path in (tmp_path / "desk" / "files").rglob("*"))
