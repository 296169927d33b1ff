"""An erasure leaves no word anywhere, or its receipt says where and until when; a backup does not undo it."""

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, text

from impact.review.decide import reading, record, signing
from impact.review.decide.record import DecisionDraft
from impact.review.store import blobs, chain_links, erasing, extracts, proposals
from impact.review.store.chain import ChainHead
from impact.review.store.store import DATABASE, Store, open_store
from impact.review.store.upkeep import erased
from impact.review.team import comments
from impact.review.values.decision import Action
from impact.review.values.erasure import receipt_ids, receipt_row
from impact.review.values.proposal import StoredProposal, Submission
from impact.review.values.users import User

NOW = datetime.fromisoformat("2025-05-06T07:08:09.123456+00:00")
WORD = "Zanzibarese"
SENTENCE = f"The {WORD} operator shall erase the marker sentence."
Person = Callable[..., User]
Submitted = Callable[..., StoredProposal]


@pytest.fixture
def made(store: Store, person: Person, submitted: Submitted) -> tuple[User, StoredProposal]:
    """Return a proposal whose words are in every place that the store has for words, and who submitted it."""
    ann = person(store, "Ann")
    proposal = submitted(store, ann, SENTENCE.encode(), title=SENTENCE)
    subject = reading.open_desk(store, ann, proposal.id).subjects[0].id
    comments.add(store, ann, proposal.id, subject, SENTENCE, NOW)
    record.decide(store, ann, proposal.id, DecisionDraft(Action.REJECT, subject, SENTENCE), NOW)
    record.finish(store, ann, proposal.id, NOW)
    signing.sign(store, ann, proposal.id, NOW)
    extracts.keep_all(store, "reading order, 1", {proposal.id: (1, {"words": SENTENCE})})
    answers = blobs.answers_of(store.files, proposal.digest)
    answers.mkdir(parents=True)
    (answers / "one.json").write_text(SENTENCE, encoding="utf-8")
    return ann, proposal


def test_no_byte_of_the_marker_sentence_is_left_in_the_files_of_the_store(
    store: Store, made: tuple[User, StoredProposal], tmp_path: Path
) -> None:
    ann, proposal = made
    assert {folder.name for folder in _folders(store, tmp_path) if list(_holding(store, folder))} >= {store.files.name}
    assert any(list(_holding(store, folder)) for folder in _folders(store, tmp_path) if folder != store.files)

    erasing.erase(store, ann, proposal.id, NOW)

    assert [path for folder in _folders(store, tmp_path) for path in _holding(store, folder)] == []


def test_postgresql_keeps_no_samples_of_words_outside_of_the_tables(
    store: Store, made: tuple[User, StoredProposal], tmp_path: Path
) -> None:
    ann, proposal = made
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")

    erasing.erase(store, ann, proposal.id, NOW)

    assert [path for folder in _folders(store, tmp_path) for path in _holding(store, folder)] == []


@pytest.mark.parametrize("place", [pytest.param("postgresql", marks=pytest.mark.long)], indirect=True)
def test_an_upgrade_takes_samples_of_words_that_postgresql_took_before_out_of_its_files(
    place: str, store: Store, made: tuple[User, StoredProposal], tmp_path: Path, returned: Callable[[Any, str], None]
) -> None:
    ann, proposal = made
    samples = text("SELECT count(*) FROM pg_stats WHERE tablename = 'clauses' AND attname = 'text'")
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ALTER TABLE clauses ALTER COLUMN text SET STATISTICS 100")
        connection.exec_driver_sql("ANALYZE clauses")
        connection.exec_driver_sql("ALTER TABLE clauses ALTER COLUMN text SET STATISTICS 0")
        assert connection.scalar(samples) == 1
    with store.writing() as session:
        returned(session, "0013")

    upgraded = open_store(place, store.files.parent)

    with upgraded.reading() as session:
        assert session.scalar(samples) == 0
    erasing.erase(upgraded, ann, proposal.id, NOW)
    upgraded.close()
    assert [path for folder in _folders(store, tmp_path) for path in _holding(store, folder)] == []


def _folders(store: Store, tmp_path: Path) -> Iterator[Path]:
    """Yield the folders where a store has its words; of PostgreSQL without its log, of which the receipt speaks."""
    yield store.files
    if store.engine.dialect.name == "sqlite":
        yield tmp_path / "store"
    else:
        with store.reading() as session:
            number = session.execute(
                text("SELECT oid FROM pg_database WHERE datname = current_database()")
            ).scalar_one()
        yield Path(str(store.engine.url.query["host"])) / "data" / "base" / str(number)


def _holding(store: Store, folder: Path) -> Iterator[Path]:
    if store.engine.dialect.name == "postgresql":
        with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("CHECKPOINT")
    words = (WORD.encode(), WORD.lower().encode())
    for path in folder.rglob("*"):
        if path.is_file() and any(word in path.read_bytes() for word in words):
            yield path


def test_the_receipt_says_what_was_erased_by_whom_and_where_the_chain_records_it(
    store: Store, made: tuple[User, StoredProposal]
) -> None:
    ann, proposal = made

    receipt = erasing.erase(store, ann, proposal.id, NOW)

    assert (receipt.proposal, receipt.by, receipt.why, receipt.time) == (proposal.id, "Ann", "asked", NOW)
    assert len(receipt.files) == 4
    assert proposal.digest in receipt.files
    assert chain_links.verify(store)[0] == ChainHead(receipt.seq, receipt.hash)
    assert [(old.proposal, old.by, old.files) for old in erasing.receipts(store)] == [
        (proposal.id, "Ann", receipt.files)
    ]
    remains = " ".join(left.what for left in receipt.remains)
    assert "backups" in remains
    assert ("pg_wal" in remains) == (store.engine.dialect.name == "postgresql")


def test_the_receipt_names_a_file_that_another_proposal_has_too(
    light: Store, person: Person, submitted: Submitted
) -> None:
    ann, bob = person(light, "Ann"), person(light, "Bob")
    hidden = submitted(light, ann, restricted_to=())
    proposals.submit(light, bob, Submission("a.txt", b"one"), NOW)

    receipt = erasing.erase(light, ann, hidden.id, NOW)

    assert any(hidden.digest[:12] in left.what and "another proposal" in left.what for left in receipt.remains)


def test_the_receipt_names_a_file_that_could_not_be_deleted_or_was_not_there(
    light: Store, person: Person, submitted: Submitted
) -> None:
    ann = person(light, "Ann")
    one, two = submitted(light, ann, b"one"), submitted(light, ann, b"two")
    blobs.drop(light.files, one.digest)
    blobs.path_of(light.files, one.digest).mkdir()
    blobs.drop(light.files, two.digest)

    first, second = (erasing.erase(light, ann, proposal.id, NOW) for proposal in (one, two))

    assert any(one.digest[:12] in left.what and "could not be deleted" in left.what for left in first.remains)
    assert any(two.digest[:12] in left.what and "another server" in left.what for left in second.remains)


def test_the_receipt_names_the_log_of_the_database_while_somebody_reads_and_the_next_hour_empties_it(
    light: Store, person: Person, submitted: Submitted
) -> None:
    ann = person(light, "Ann")
    proposal = submitted(light, ann, SENTENCE.encode(), title=SENTENCE)
    log = Path(str(light.engine.url.database)).with_name(f"{DATABASE}-wal")

    with light.reading() as session:
        session.execute(text("SELECT * FROM proposals")).all()
        receipt = erasing.erase(light, ann, proposal.id, NOW)

    assert any("review.sqlite-wal" in left.what for left in receipt.remains)
    assert WORD.encode() in log.read_bytes()
    erasing.expire(light, NOW)
    assert WORD.encode() not in log.read_bytes()


def test_a_clean_up_that_fails_is_on_the_receipt_and_the_proposal_is_erased(
    light: Store, person: Person, submitted: Submitted, caplog: pytest.LogCaptureFixture
) -> None:
    ann = person(light, "Ann")
    proposal = submitted(light, ann)

    def forbid(connection: Any, *_: Any) -> None:
        connection.set_authorizer(
            lambda _act, name, *_: sqlite3.SQLITE_DENY if name == "wal_checkpoint" else sqlite3.SQLITE_OK
        )

    event.listen(light.engine, "checkout", forbid)
    receipt = erasing.erase(light, ann, proposal.id, NOW)

    assert any("old rows" in left.what and "next sweep" in left.until for left in receipt.remains)
    assert "could not be purged of erased rows: not authorized" in caplog.text
    assert erasing.stored(light, [proposal.id]) == ()


def test_the_receipt_names_a_half_written_file_that_could_not_be_deleted(
    light: Store, person: Person, submitted: Submitted
) -> None:
    ann = person(light, "Ann")
    proposal = submitted(light, ann)
    whole = blobs.path_of(light.files, proposal.digest)
    (whole.parent / f".part-{proposal.digest}-x").mkdir()

    receipt = erasing.erase(light, ann, proposal.id, NOW)

    assert any("stopped program" in left.what for left in receipt.remains)
    assert not whole.exists()


def test_any_number_of_earlier_erasures_is_compared_with_the_store(
    light: Store, person: Person, submitted: Submitted
) -> None:
    proposal = submitted(light, person(light, "Ann"))
    erased.add(light.files, [f"{number:016x}" for number in range(40_000)] + [proposal.id])

    assert erasing.restored(light) == (proposal.id,)
    assert erasing.expire(light, NOW) == (proposal.id,)


@pytest.mark.parametrize("indent", [None, 1])
def test_only_receipts_are_taken_from_a_text(
    light: Store, person: Person, submitted: Submitted, indent: int | None
) -> None:
    ann = person(light, "Ann")
    made = [submitted(light, ann, data) for data in (b"one", b"two")]
    rows = [receipt_row(erasing.erase(light, ann, proposal.id, NOW)) for proposal in made]
    stray = ['{"proposal": "aaaaaaaaaaaaaaaa", "seq": 1}', "bbbbbbbbbbbbbbbb", "{broken"]

    text_of_all = "\n".join([*stray, *(json.dumps(row, indent=indent) for row in rows)])

    assert receipt_ids(text_of_all) == {proposal.id for proposal in made}


def test_a_table_that_postgresql_could_not_write_anew_is_named_and_written_the_next_hour(
    store: Store, made: tuple[User, StoredProposal], tmp_path: Path
) -> None:
    if store.engine.dialect.name == "sqlite":
        return
    ann, proposal = made

    with store.reading() as session:
        session.execute(text("SELECT * FROM links")).all()
        receipt = erasing.erase(store, ann, proposal.id, NOW)

    assert any("links" in left.what and "VACUUM FULL" in left.until for left in receipt.remains)
    erasing.expire(store, NOW)
    assert [path for folder in _folders(store, tmp_path) for path in _holding(store, folder)] == []


def test_a_database_from_a_backup_does_not_bring_back_what_was_erased(
    light: Store, person: Person, submitted: Submitted, tmp_path: Path
) -> None:
    ann = person(light, "Ann")
    gone, kept = submitted(light, ann, b"one"), submitted(light, ann, b"two")
    place = tmp_path / "light" / DATABASE
    with closing(sqlite3.connect(place)) as live, closing(sqlite3.connect(tmp_path / "backup")) as backup:
        live.backup(backup)
    shutil.copytree(light.files, tmp_path / "copies")
    erasing.erase(light, ann, gone.id, NOW)
    light.close()

    for leftover in place.parent.glob(f"{DATABASE}*"):
        leftover.unlink()
    shutil.copyfile(tmp_path / "backup", place)
    shutil.copytree(tmp_path / "copies", light.files, dirs_exist_ok=True)
    back = open_store(place.parent)
    assert erasing.restored(back) == (gone.id,)
    assert erasing.expire(back, NOW + timedelta(days=1)) == (gone.id,)

    assert erasing.restored(back) == ()
    assert [receipt.why for receipt in erasing.receipts(back)] == ["restored"]
    assert not blobs.path_of(back.files, gone.digest).exists()
    assert proposals.original(back, ann, kept.id) == b"two"
    assert chain_links.verify(back)[1] == ()
    back.close()


def test_files_from_a_backup_do_not_bring_back_what_was_erased(
    light: Store, person: Person, submitted: Submitted, tmp_path: Path
) -> None:
    ann = person(light, "Ann")
    gone = submitted(light, ann, SENTENCE.encode())
    shutil.copytree(light.files, tmp_path / "copies")
    erasing.erase(light, ann, gone.id, NOW)

    shutil.copytree(tmp_path / "copies", light.files, dirs_exist_ok=True)
    erasing.expire(light, NOW)

    assert not blobs.path_of(light.files, gone.digest).exists()
