"""The files of a store are its own: no other store, and no crash, takes them away."""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from impact.review.store import blobs, erasing, filing, proposals
from impact.review.store.store import Store, open_store
from impact.review.store.upkeep import erased
from impact.review.values.proposal import StoredProposal, Submission
from impact.review.values.refusals import StoreError
from impact.review.values.users import User

NOW = datetime.fromisoformat("2025-05-06T07:08:09.123456+00:00")
Person = Callable[..., User]
Submitted = Callable[..., StoredProposal]
Opener = Callable[..., Store]
ENGINES = [("sqlite", "sqlite"), ("sqlite", "postgresql"), ("postgresql", "sqlite"), ("postgresql", "postgresql")]


@pytest.mark.parametrize(("first", "second"), ENGINES)
def test_a_second_store_never_sweeps_the_files_of_the_first(
    opener: Callable[..., Opener], person: Person, submitted: Submitted, first: str, second: str
) -> None:
    there = opener(first)()
    made = submitted(there, ann := person(there, "Ann"))
    here = opener(second, "second")()

    erasing.expire(here, NOW)
    own = submitted(here, bob := person(here, "Bob"))
    erasing.erase(here, bob, own.id, NOW)
    erasing.expire(there, NOW)

    assert filing.damaged(there) == ()
    assert proposals.original(there, ann, made.id) == b"one"
    assert _names(here) == set()


def test_what_the_store_did_not_record_is_never_swept(store: Store) -> None:
    digest = blobs.put(store.files, b"of nobody")
    part = blobs.path_of(store.files, digest).with_name(f".part-{digest}-x")
    part.write_bytes(b"of")

    erasing.expire(store, NOW)

    assert blobs.is_whole(store.files, digest)
    assert part.exists()


def test_files_written_after_a_backup_outlast_its_return(store: Store, person: Person) -> None:
    """A database brought back from a backup knows no newer files; a newer backup may."""
    ann = person(store, "Ann")
    proposals.submit(store, ann, Submission("a.txt", b"one"), NOW)
    with store.writing() as session:
        session.execute(text("DELETE FROM proposals"))
        session.execute(text("DELETE FROM files"))

    erasing.expire(store, NOW)

    assert blobs.get(store.files, sha256(b"one").hexdigest()) == b"one"


def test_a_file_is_recorded_before_it_is_written(store: Store, person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    ann, put = person(store, "Ann"), blobs.put

    def killed(folder: Path, data: bytes) -> str:
        put(folder, data)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(blobs, "put", killed)
        with pytest.raises(KeyboardInterrupt):
            proposals.submit(store, ann, Submission("a.txt", b"one"), NOW)
    assert _names(store) == {sha256(b"one").hexdigest()}

    erasing.expire(store, datetime.now(UTC) + filing.GRACE)

    assert _names(store) == set()


def test_an_hourly_sweep_spares_what_was_written_within_the_hour(store: Store) -> None:
    digest, half = sha256(b"one").hexdigest(), sha256(b"two").hexdigest()
    filing.record(store, [digest, half])
    written = blobs.path_of(store.files, blobs.put(store.files, b"one"))
    part = written.with_name(f".part-{half}-x")
    part.write_bytes(b"t")
    now = datetime.now(UTC)

    erasing.expire(store, now + filing.GRACE / 2)
    assert _names(store) == {written.name, part.name}
    os.utime(written, (0, 0))
    blobs.put(store.files, b"one")
    erasing.expire(store, now + filing.GRACE / 2)
    assert written.name in _names(store)

    erasing.expire(store, now + 2 * filing.GRACE)
    assert _names(store) == set()


def test_an_erasure_waits_for_no_hour(store: Store, person: Person) -> None:
    ann = person(store, "Ann")
    made, _ = proposals.submit(store, ann, Submission("a.txt", b"one"), NOW)
    filing.record(store, [sha256(b"of a stopped analysis").hexdigest()])
    blobs.put(store.files, b"of a stopped analysis")

    erasing.erase(store, ann, made.id, NOW)

    assert _names(store) == set()


def test_what_comes_back_from_a_backup_after_an_erasure_waits_for_no_hour(store: Store, person: Person) -> None:
    ann = person(store, "Ann")
    made, _ = proposals.submit(store, ann, Submission("a.txt", b"one"), NOW)
    erasing.erase(store, ann, made.id, NOW)
    blobs.put(store.files, b"one")

    erasing.expire(store, datetime.now(UTC))

    assert _names(store) == set()


def test_a_sweep_between_record_and_file_does_no_harm(
    store: Store, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann, note, sweeps = person(store, "Ann"), filing.record, [filing.sweep]

    def swept(there: Store, digests: Any) -> None:
        note(there, digests)
        if sweeps:
            blobs.put(there.files, b"one")
            sweeps.pop()(there)

    monkeypatch.setattr(filing, "record", swept)
    made, _ = proposals.submit(store, ann, Submission("a.txt", b"one"), NOW)
    erasing.erase(store, ann, made.id, NOW)

    assert not sweeps
    assert _names(store) == set()


def test_a_record_outlasts_a_sweep_where_its_file_is_not(
    place: str, store: Store, tmp_path: Path, person: Person
) -> None:
    ann = person(store, "Ann")
    made, _ = proposals.submit(store, ann, Submission("a.txt", b"one"), NOW)
    (tmp_path / "elsewhere" / store.files.name).mkdir(parents=True)
    elsewhere = open_store(place, tmp_path / "elsewhere")

    erasing.erase(elsewhere, ann, made.id, NOW)
    elsewhere.close()
    assert _names(store) == {made.digest}
    erasing.expire(store, NOW)

    assert _names(store) == set()


def _names(store: Store) -> set[str]:
    return {path.name for path in store.files.rglob("*") if path.is_file() and path.name != erased.LIST}


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_a_store_remembers_where_its_files_are(
    opener: Callable[..., Opener], tmp_path: Path, person: Person, submitted: Submitted, engine: str
) -> None:
    first = opener(engine)()
    place, elsewhere = _address(first), tmp_path / "elsewhere"
    first.close()
    there = open_store(place, elsewhere)
    made = submitted(there, ann := person(there, "Ann"))
    there.close()

    again = open_store(place)

    assert again.files.parent == elsewhere
    assert proposals.original(again, ann, made.id) == b"one"
    assert filing.damaged(again) == ()
    again.close()


def test_files_that_were_moved_away_are_asked_for_with_the_place_where_they_were(tmp_path: Path) -> None:
    store = open_store(tmp_path / "store", tmp_path / "files")
    store.close()
    (tmp_path / "files").rename(tmp_path / "moved")

    with pytest.raises(StoreError, match="which is not there") as caught:
        open_store(tmp_path / "store")

    assert str(tmp_path / "files") in caught.value.message
    assert "--files" in caught.value.hint
    open_store(tmp_path / "store", tmp_path / "moved").close()
    again = open_store(tmp_path / "store")
    assert again.files == tmp_path / "moved" / store.files.name
    again.close()


@pytest.mark.parametrize("remembered", ["", "files"])
def test_a_mistyped_folder_of_files_is_refused_and_neither_made_nor_remembered(
    tmp_path: Path, person: Person, submitted: Submitted, remembered: str
) -> None:
    place = tmp_path / "store"
    store = open_store(place, tmp_path / remembered if remembered else None)
    made = submitted(store, ann := person(store, "Ann"))
    store.close()

    with pytest.raises(StoreError, match="the files of this store are in") as caught:
        open_store(place, tmp_path / "typo")

    assert str(store.files.parent) in caught.value.message
    assert not (tmp_path / "typo").exists()
    again = open_store(place)
    assert again.files == store.files
    assert proposals.original(again, ann, made.id) == b"one"
    again.close()


def _address(store: Store) -> str:
    url = store.engine.url
    if url.drivername.startswith("postgresql"):
        return url.render_as_string(hide_password=False)
    return str(Path(str(url.database)).parent)
