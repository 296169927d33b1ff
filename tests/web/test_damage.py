"""Damage gives a page with one plain sentence and what to do, and no path, digest or traceback."""

import errno
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from impact.review.store import analyses, blobs
from impact.review.store.store import open_store
from impact.web.server.settings import Settings

PAGE = 4096


@pytest.fixture
def broken(tmp_path: Path, served: Callable[..., Any]) -> Iterator[Any]:
    """Return a server of its own, to be damaged."""
    store = open_store(tmp_path / "store")
    with served(store, Settings(person="petra", workers=0)) as server:
        yield server
    store.close()


def _database(broken: Any) -> Path:
    return Path(str(broken.state.store.engine.url.database))


def _plain(broken: Any, text: str) -> bool:
    return "Traceback" not in text and str(broken.state.store.files) not in text and "sqlite" not in text.lower()


def test_a_missing_report_is_a_plain_page_and_the_list_stays(
    broken: Any, petra: Any, analyzed: Callable[..., Any]
) -> None:
    one, store = analyzed(broken, petra, "of a gap"), broken.state.store
    for digest in dict(analyses.list_all(store, petra, one.id)[-1].files).values():
        blobs.drop(store.files, digest)

    with broken.client() as client:
        answer, api = client.get(f"/p/{one.id}/report"), client.get(f"/api/v1/proposals/{one.id}/report")
        rest = client.get("/")

    assert (answer.status_code, api.status_code, rest.status_code) == (500, 500, 200)
    assert "part of the store is missing or damaged" in answer.text
    assert "restore it from a backup" in api.json()["hint"]
    assert _plain(broken, answer.text + api.text)


def test_a_damaged_page_of_the_database_is_a_plain_page(broken: Any, petra: Any, analyzed: Callable[..., Any]) -> None:
    one = analyzed(broken, petra, "of damage")
    with closing(sqlite3.connect(_database(broken))) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'proposals'").fetchone()
    broken.state.store.engine.dispose()
    whole = _database(broken).read_bytes()
    start = (page - 1) * PAGE
    _database(broken).write_bytes(whole[:start] + b"\xa5" * PAGE + whole[start + PAGE :])

    with broken.client() as client:
        answers = [client.get(path) for path in ("/", f"/p/{one.id}", f"/p/{one.id}/desk")]
    broken.state.store.engine.dispose()
    _database(broken).write_bytes(whole)

    assert {answer.status_code for answer in answers} == {500}
    assert all("part of the store is missing or damaged" in answer.text for answer in answers)
    assert all(_plain(broken, answer.text) for answer in answers)


def test_a_database_that_is_gone_is_said_and_is_asked_again_later(
    broken: Any, petra: Any, analyzed: Callable[..., Any]
) -> None:
    analyzed(broken, petra, "of a line")
    place = _database(broken)
    with closing(sqlite3.connect(place)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    broken.state.store.engine.dispose()
    place.rename(place.with_name("aside"))
    place.mkdir()

    with broken.client() as client:
        answer = client.get("/")
        place.rmdir()
        place.with_name("aside").rename(place)
        after = client.get("/")

    assert (answer.status_code, answer.headers["retry-after"], after.status_code) == (503, "60", 200)
    assert "cannot reach its database" in answer.text
    assert _plain(broken, answer.text)


def test_a_full_disk_at_an_upload_is_said_and_nothing_is_stored(broken: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with broken.client() as client:
        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", full)
            before = client.get("/api/v1/proposals").json()["total"]
            answer = client.post("/api/v1/proposals", files={"files": ("a.txt", b"A quay. " * 50)})
        listed = client.get("/api/v1/proposals").json()

    assert answer.status_code == 507
    assert "no disk space left" in answer.json()["detail"]
    assert listed["total"] == before
