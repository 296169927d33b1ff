"""Files of the layout before stores had ids are taken over once, by the store whose they are."""

import os
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from impact.review.decide import reading, record, signing
from impact.review.decide.record import DecisionDraft
from impact.review.store import adoption, blobs, erasing, filing, proposals
from impact.review.store.store import Store, open_store
from impact.review.store.upkeep import erased
from impact.review.values.decision import Action
from impact.review.values.proposal import ProposalQuery, StoredProposal, Submission
from impact.review.values.refusals import StoreError
from impact.review.values.users import User

NOW = datetime.fromisoformat("2025-05-06T07:08:09.123456+00:00")
Person = Callable[..., User]
Submitted = Callable[..., StoredProposal]
Opener = Callable[..., Store]
ENGINES = [("sqlite", "sqlite"), ("sqlite", "postgresql"), ("postgresql", "sqlite"), ("postgresql", "postgresql")]


def test_older_files_are_taken_over_with_all_that_they_are(
    place: str, store: Store, person: Person, submitted: Submitted, make_older: Callable[..., None]
) -> None:
    made, folder = submitted(store, ann := person(store, "Ann")), store.files.parent
    (store.files / adoption.KEY).write_bytes(b"k")
    names = _names(store)
    make_older(store)

    again = open_store(place, folder)

    assert again.files.name != store.files.name
    assert (_names(again), filing.damaged(again)) == (names | {adoption.KEY}, ())
    assert sorted(path.name for path in folder.iterdir() if any(path.rglob("*"))) == [again.files.name]
    erasing.erase(again, ann, made.id, NOW)
    assert _names(again) == {adoption.KEY, erased.LIST}
    again.close()


@pytest.mark.parametrize("moves", range(4))
def test_a_store_killed_while_it_takes_over_goes_on(  # noqa: PLR0913, PLR0917
    place: str,
    store: Store,
    person: Person,
    submitted: Submitted,
    monkeypatch: pytest.MonkeyPatch,
    moves: int,
    make_older: Callable[..., None],
) -> None:
    submitted(store, person(store, "Ann"))
    names, folder, left, replace = _names(store), store.files.parent, [0] * moves, Path.replace
    make_older(store)

    def killed(source: Path, target: Path) -> Path:
        if not left:
            raise KeyboardInterrupt
        left.pop()
        return replace(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", killed)
        with pytest.raises(KeyboardInterrupt):
            open_store(place, folder)
    again = open_store(place, folder)

    assert (_names(again), filing.damaged(again)) == (names, ())
    again.close()


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
@pytest.mark.parametrize(("first", "second"), ENGINES)
def test_stores_that_shared_an_older_folder_lose_nothing(  # noqa: PLR0913, PLR0917
    opener: Callable[..., Opener],
    person: Person,
    submitted: Submitted,
    first: str,
    second: str,
    order: tuple[int, int],
    make_older: Callable[..., None],
) -> None:
    openers = [opener(first), opener(second, "second")]
    people = []
    for opening in openers:
        store = opening()
        people.append(person(store, "Ann"))
        submitted(store, people[-1])
        submitted(store, people[-1], first.encode() + str(len(people)).encode())
        make_older(store)
    folder = store.files.parent
    (folder / "ab").mkdir(exist_ok=True)
    (folder / "ab" / ("ab" * 32)).write_bytes(b"of nobody")

    opened = [openers[place]() for place in order]

    assert [filing.damaged(store) for store in opened] == [(), ()]
    assert (folder / "ab" / ("ab" * 32)).read_bytes() == b"of nobody"
    erasing.erase(opened[0], people[0], proposals.find(opened[0], people[0], ProposalQuery()).proposals[0].id, NOW)
    erasing.expire(opened[0], NOW)
    assert filing.damaged(opened[1]) == ()


def test_a_store_takes_nothing_from_its_usual_folder_in_which_nothing_is_its_own(
    tmp_path: Path, person: Person
) -> None:
    files = tmp_path / "store" / "files"
    digest = blobs.put(files, b"of another")
    (files / adoption.KEY).write_bytes(b"k")

    store = open_store(tmp_path / "store")
    proposals.submit(store, ann := person(store, "Ann"), Submission("a.txt", b"one"), NOW)
    erasing.expire(store, NOW)

    assert blobs.get(files, digest) == b"of another"
    assert (files / adoption.KEY).exists()
    assert not (files / adoption.OWNER).exists()
    assert proposals.original(store, ann, proposals.find(store, ann, ProposalQuery()).proposals[0].id) == b"one"
    store.close()


@pytest.mark.parametrize("owner", ["another store", "something else"])
def test_a_folder_with_files_of_others_is_refused_with_a_hint_and_left_as_it_is(
    place: str, tmp_path: Path, person: Person, submitted: Submitted, owner: str
) -> None:
    files = tmp_path / "shared"
    if owner == "another store":
        other = open_store(tmp_path / "other", files)
        submitted(other, person(other, "Ann"))
        other.close()
    else:
        blobs.put(files, b"of another")
    before = sorted(files.rglob("*"))

    with pytest.raises(StoreError, match=f"{owner}.*none of this store") as caught:
        open_store(place, files)

    assert "--files" in caught.value.hint
    assert sorted(files.rglob("*")) == before


def test_an_empty_volume_is_free_for_the_files_of_a_store(place: str, tmp_path: Path) -> None:
    (tmp_path / "volume" / "lost+found").mkdir(parents=True)

    store = open_store(place, tmp_path / "volume")

    assert store.files.parent == tmp_path / "volume"
    store.close()


def test_a_damaged_older_file_is_named_and_not_copied(
    store: Store, place: str, person: Person, make_older: Callable[..., None]
) -> None:
    made, _ = proposals.submit(store, person(store, "Ann"), Submission("a.txt", b"one"), NOW)
    folder = store.files.parent
    make_older(store)
    (folder / adoption.OWNER).write_text("another", "ascii")
    blobs.path_of(folder, made.digest).write_bytes(b"two")

    again = open_store(place, folder)

    assert filing.damaged(again) == (made.digest,)
    again.close()


def test_a_file_system_without_links_has_older_files_copied(
    store: Store, place: str, person: Person, monkeypatch: pytest.MonkeyPatch, make_older: Callable[..., None]
) -> None:
    made, _ = proposals.submit(store, person(store, "Ann"), Submission("a.txt", b"one"), NOW)
    folder = store.files.parent
    make_older(store)

    def refused(*_: Any) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", refused)
    again = open_store(place, folder)

    assert blobs.get(folder, made.digest) == blobs.get(again.files, made.digest) == b"one"
    again.close()


def test_signatures_of_before_are_recorded_even_beside_a_damaged_one(
    store: Store, place: str, person: Person, submitted: Submitted, make_older: Callable[..., None]
) -> None:
    made = submitted(store, ann := person(store, "Ann"))
    for subject in reading.open_desk(store, ann, made.id).subjects:
        record.decide(store, ann, made.id, DecisionDraft(Action.ACCEPT, subject.id), NOW)
    record.finish(store, ann, made.id, NOW)
    signing.sign(store, ann, made.id, NOW)
    folder = store.files.parent
    with store.writing() as session:
        session.execute(text("UPDATE links SET body = 'damaged' WHERE kind = 'decision'"))
    make_older(store)

    again = open_store(place, folder)

    assert signing.signed_version(again, ann, made.id)["version"] == 1
    again.close()


def test_a_folder_that_cannot_be_made_is_told(place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(path: Path, *_: Any, **__: Any) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "rename", refused)

    with pytest.raises(StoreError, match="cannot be created"):
        open_store(place, tmp_path / "files")


def _names(store: Store) -> set[str]:
    return {path.name for path in store.files.rglob("*") if path.is_file()}


@pytest.fixture
def make_older(returned: Callable[..., None]) -> Callable[[Store], None]:
    """Return what makes a store what the version before 0003 left, and closes it."""

    def make(store: Store) -> None:
        for path in [path for path in store.files.rglob("*") if path.is_file()]:
            target = store.files.parent / path.relative_to(store.files)
            target.parent.mkdir(exist_ok=True)
            path.replace(target)
        shutil.rmtree(store.files)
        with store.writing() as session:
            returned(session, "0002")
            for table in ("store", "files"):
                session.execute(text(f"DROP TABLE {table}"))
            for table in ("proposals", "analyses"):
                for column in ("unassessed", "pages", "unread"):
                    session.execute(text(f"ALTER TABLE {table} DROP COLUMN {column}"))
        store.close()

    return make
