"""Damage gives one plain line and a way on: on the command line, in what Python code gets, and in what can be saved."""

import errno
import json
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import event, text
from sqlalchemy.exc import OperationalError

from impact.cli import main
from impact.review.decide import reading, record, signing
from impact.review.decide.record import DecisionDraft
from impact.review.recovery.inspection import inspect
from impact.review.store import analyses, blobs, erasing, proposals
from impact.review.store.failures import refusal_of
from impact.review.store.report_cache import CACHE
from impact.review.store.store import DATABASE, Store, open_store
from impact.review.store.upkeep.erased import LIST
from impact.review.values.decision import Action
from impact.review.values.proposal import ProposalQuery, StoredProposal, Submission
from impact.review.values.refusals import DamagedError, FullError, LostError, StoreError
from impact.review.values.users import User

NOW = datetime.fromisoformat("2025-05-06T07:08:09.123456+00:00")
PAGE = 4096
Person = Callable[..., User]
Submitted = Callable[..., StoredProposal]


def run(place: Path, *arguments: object, code: int) -> Result:
    CACHE.clear()  # a command has a process, and a memory, of its own
    options = [] if arguments[0] == "salvage" else ["--as", "Ann"]
    result = CliRunner().invoke(main, ["review", *map(str, arguments), "--store", str(place), *options])
    assert result.exit_code == code, result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


@pytest.fixture
def signed(light: Store, person: Person, submitted: Submitted) -> StoredProposal:
    """Return a signed proposal beside another one in a store that is closed."""
    ann = person(light, "Ann")
    made, _ = submitted(light, ann, b"one"), submitted(light, ann, b"two")
    for subject in reading.open_desk(light, ann, made.id).subjects:
        record.decide(light, ann, made.id, DecisionDraft(Action.ACCEPT, subject.id), NOW)
    record.finish(light, ann, made.id, NOW)
    signing.sign(light, ann, made.id, NOW)
    erasing.sweep(light)
    light.close()
    return made


def _spoil(place: Path, table: str) -> None:
    """Write over the page where a table begins, as a failing disk does."""
    database = place / DATABASE
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    with database.open("r+b") as file:
        file.seek((page - 1) * PAGE)
        file.write(b"\xa5" * PAGE)


@pytest.mark.parametrize("command", ["list", "findings", "show", "agreement", "export"])
def test_a_damaged_page_of_the_database_is_one_line_with_a_way_on(
    signed: StoredProposal, tmp_path: Path, command: str
) -> None:
    _spoil(tmp_path / "light", "proposals")
    words = {"list": ("list",), "agreement": ("agreement",), "export": ("export", signed.id, "--format", "html")}

    said = run(tmp_path / "light", *words.get(command, (command, signed.id)), code=1).stderr.strip()

    assert len(said.splitlines()) == 1
    assert "the database is damaged" in said
    assert "impact review verify" in said
    assert "impact review salvage" in said


def test_a_file_that_is_no_database_is_one_line_with_a_way_on(tmp_path: Path) -> None:
    (tmp_path / DATABASE).write_bytes(b"These are no pages." * 1000)

    said = run(tmp_path, "list", code=1).stderr.strip()

    assert len(said.splitlines()) == 1
    assert "not a database" in said
    assert "Restore a backup" in said


def test_verify_names_all_that_is_damaged_and_goes_on(signed: StoredProposal, light: Store, tmp_path: Path) -> None:
    _spoil(tmp_path / "light", "facets")
    with light.writing() as session:
        session.execute(text("UPDATE links SET body = 'x' || body WHERE kind = 'signature'"))
        session.execute(text("UPDATE users SET role = 'administrator'"))
    light.close()

    said = run(tmp_path / "light", "verify", code=1).stderr

    assert "the database is damaged" in said
    assert "its content is not what was hashed" in said
    assert "account Ann was changed outside of impact (role)" in said
    assert "impact review salvage" in said
    assert signed.id


def test_an_entry_of_the_chain_that_cannot_be_read_is_damage_and_sweeps_no_file(
    light: Store, signed: StoredProposal
) -> None:
    with light.writing() as session:
        session.execute(text("UPDATE links SET body = 'x' WHERE kind IN ('signature', 'decision')"))
    before = {path for path in light.files.rglob("*") if path.is_file()}

    for act in (lambda: erasing.expire(light, NOW), lambda: reading.open_desk(light, _ann(light), signed.id)):
        with pytest.raises(DamagedError, match="chain"):
            act()

    assert {path for path in light.files.rglob("*") if path.is_file()} == before


def test_an_erasure_in_a_damaged_store_says_that_files_remain(
    light: Store, signed: StoredProposal, caplog: pytest.LogCaptureFixture
) -> None:
    other = next(one for one in proposals.find(light, _ann(light), ProposalQuery()).proposals if one.id != signed.id)
    with light.writing() as session:
        session.execute(text("UPDATE links SET body = 'x' WHERE kind = 'signature'"))

    receipt = erasing.erase(light, _ann(light), other.id, NOW)

    assert any("could not clear the store" in left.what for left in receipt.remains)
    assert "not as it was written" in caplog.text


def test_the_receipt_of_an_erasure_leaves_the_folders_of_the_server_to_its_log(
    light: Store, signed: StoredProposal, caplog: pytest.LogCaptureFixture
) -> None:
    (light.files / LIST).mkdir()

    receipt = erasing.erase(light, _ann(light), signed.id, NOW)

    assert any("could not clear the store" in left.what for left in receipt.remains)
    assert not any(str(light.files) in f"{left.what} {left.until}" for left in receipt.remains)
    assert str(light.files / LIST) in caplog.text


def _ann(store: Store) -> User:
    from impact.review.store import accounts

    return accounts.get_user(store, "Ann")


def test_a_missing_file_is_one_line_with_a_way_on(signed: StoredProposal, light: Store, tmp_path: Path) -> None:
    blobs.drop(light.files, dict(analyses.list_all(light, _ann(light), signed.id)[-1].files)["report.json"])
    light.close()

    said = run(tmp_path / "light", "findings", signed.id, code=1).stderr.strip()

    assert len(said.splitlines()) == 1
    assert "cannot be read" in said
    assert "from a backup" in said
    assert "missing or changed" in run(tmp_path / "light", "verify", code=1).stderr


def test_a_full_disk_of_the_database_stores_nothing_and_says_so(light: Store, person: Person) -> None:
    ann = person(light, "Ann")
    light.engine.dispose()

    @event.listens_for(light.engine, "connect")
    def _limit(connection: sqlite3.Connection, _record: object) -> None:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages}")

    with pytest.raises(FullError, match="disk of the database is full") as caught:
        _fill(light, ann)
    assert "Free disk space" in caught.value.hint

    event.remove(light.engine, "connect", _limit)
    light.engine.dispose()
    assert proposals.submit(light, ann, Submission("a.txt", b"after"), NOW)[1]
    assert inspect(light).faults == ()


def _fill(store: Store, by: User) -> None:
    for number in range(500):
        proposals.submit(store, by, Submission(f"{number}.txt", b"%d" % number * 200), NOW)


def test_a_full_disk_of_the_files_stores_nothing_and_says_so(
    light: Store, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann = person(light, "Ann")

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(FullError, match="No space left"):
            proposals.submit(light, ann, Submission("a.txt", b"one"), NOW)

    assert proposals.find(light, ann, ProposalQuery()).total == 0
    assert not [path for path in light.files.rglob("*") if path.is_file()]


def test_a_lost_connection_is_said_and_the_next_question_is_answered(
    postgres: Callable[..., str], tmp_path: Path, person: Person
) -> None:
    store = open_store(postgres(), tmp_path)
    ann = person(store, "Ann")

    with pytest.raises(LostError, match="connection to the database was lost") as caught:
        _ask_over_a_cut_line(store)

    assert "try again" in caught.value.hint
    assert proposals.find(store, ann, ProposalQuery()).total == 0
    store.close()


def _ask_over_a_cut_line(store: Store) -> None:
    with store.writing() as session:
        number = session.scalar(text("SELECT pg_backend_pid()"))
        with store.engine.connect() as other:
            other.execute(text("SELECT pg_terminate_backend(:number)"), {"number": number})
        session.execute(text("SELECT 1"))


def test_a_database_that_cannot_be_reached_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as caught:
        open_store(f"postgresql://impact@/none?host={tmp_path}", tmp_path)

    assert "\n" not in caught.value.message
    assert isinstance(caught.value, LostError)
    assert "try again" in caught.value.hint


@pytest.mark.parametrize(
    ("state", "kind"), [("58030", DamagedError), ("53100", FullError), ("57P01", LostError), ("08006", LostError)]
)
def test_a_failing_disk_of_postgresql_is_no_lost_connection(state: str, kind: type[StoreError]) -> None:
    from psycopg.errors import lookup

    refusal = refusal_of(OperationalError("SELECT 1", {}, lookup(state)("could not read block 7")))
    assert type(refusal) is kind


def test_what_is_whole_is_saved_from_a_store_with_a_damaged_table(signed: StoredProposal, tmp_path: Path) -> None:
    _spoil(tmp_path / "light", "analyses")
    out = tmp_path / "saved"

    said = run(tmp_path / "light", "salvage", "--out", out, code=1)

    assert "saved 2 proposals" in said.stdout
    assert (out / signed.id / "original-quay.txt").read_bytes() == b"one"
    assert json.loads((out / signed.id / "signed-1.json").read_text(encoding="utf-8"))["schema"] == "impact-signed/1"
    kinds = [json.loads(line)["kind"] for line in (out / signed.id / "entries.jsonl").read_text("utf-8").splitlines()]
    assert kinds.count("signature") == 1
    assert kinds.count("decision") >= 4
    assert "analyses" in (out / "not-saved.txt").read_text(encoding="utf-8")
    assert any(b"impact-report/1" in path.read_bytes() for path in (out / "other-files").iterdir())


def test_rows_on_both_sides_of_a_damaged_page_are_saved(light: Store, person: Person, tmp_path: Path) -> None:
    ann = person(light, "Ann")
    for number in range(120):
        proposals.submit(light, ann, Submission(f"{number}.txt", b"%d" % number), NOW)
    erasing.sweep(light)
    light.close()
    database = tmp_path / "light" / DATABASE
    content = bytearray(database.read_bytes())
    middle = content.index(b"60.txt") // PAGE
    content[middle * PAGE : (middle + 1) * PAGE] = b"\xa5" * PAGE
    database.write_bytes(content)

    run(tmp_path / "light", "salvage", "--out", tmp_path / "saved", code=1)

    saved = {path.name for path in (tmp_path / "saved").glob("*/original-*")}
    assert {"original-0.txt", "original-119.txt"} <= saved
    assert 60 < len(saved) < 120
    originals = {path.read_bytes() for path in (tmp_path / "saved").glob("*/original-*")}
    rest = {path.read_bytes() for path in (tmp_path / "saved" / "other-files").iterdir()}
    assert originals | rest == {b"%d" % number for number in range(120)}


def test_all_of_a_whole_store_is_saved(signed: StoredProposal, tmp_path: Path) -> None:
    run(tmp_path / "light", "salvage", "--out", tmp_path / "saved", code=0)

    assert (tmp_path / "saved" / signed.id / "analysis-1" / "report.html").read_bytes() == b"<p>"
    assert (tmp_path / "saved" / "not-saved.txt").read_text(encoding="utf-8") == ""
