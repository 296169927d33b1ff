"""By every door, what is erased is gone from disk and memory of the server: files, words, answers and page images."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest
from click.testing import CliRunner

from impact.cli import main
from impact.review.store import blobs, erasing, proposals
from impact.review.store.adoption import KEY
from impact.review.store.store import DATABASE, open_store
from impact.review.store.upkeep.erased import LIST
from impact.web.desk.page_images import CACHE
from impact.web.server import worker
from impact.web.server.settings import Settings

WORD = "Zanzibarese"


@pytest.fixture
def desk(tmp_path: Path, served: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Return a server with a store of its own."""
    monkeypatch.setattr(worker, "LOOK", timedelta(seconds=0.1))
    store = open_store(tmp_path / "desk")
    with served(store, Settings(person="petra", workers=0)) as server:
        yield server
    store.close()


@pytest.mark.parametrize("door", ["page", "program", "command", "retention"])
def test_nothing_of_a_document_is_left(  # noqa: PLR0913, PLR0917
    desk: Any, petra: Any, analyzed: Callable[..., Any], asked: Callable[..., Any], tmp_path: Path, door: str
) -> None:
    store, folder = desk.state.store, tmp_path / "desk"
    one = analyzed(desk, petra, WORD, source=f"{WORD}-{door}")
    answers = blobs.answers_of(store.files, one.digest)
    answers.mkdir(parents=True)
    (answers / "one.json").write_text(WORD, encoding="utf-8")
    CACHE.put((one.digest, "{}"), WORD.encode())
    with desk.client() as client:
        assert WORD in client.get(f"/?q={WORD}").text
        if door == "page":
            assert "What remains" in asked(client, f"/p/{one.id}/erase").text
        elif door == "program":
            assert client.delete(f"/api/v1/proposals/{one.id}").json()["remains"]
        elif door == "command":
            words = ["review", "erase", one.id, "--yes", "--store", str(folder), "--as", "petra"]
            done = CliRunner().invoke(main, words)
            assert "remains: " in done.output
        else:
            until = datetime.now(UTC) + timedelta(days=30)
            proposals.set_retention(store, petra, one.id, until, datetime.now(UTC))
            assert erasing.expire(store, until - timedelta(seconds=1)) == ()
            assert erasing.expire(store, until) == (one.id,)
        assert client.get(f"/p/{one.id}").status_code == 404

    left = {path.name for path in folder.rglob("*") if path.is_file()}
    assert left <= {LIST, KEY, DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm"}
    words = (WORD.encode(), WORD.lower().encode())
    assert [
        path for path in folder.rglob("*") if path.is_file() and any(word in path.read_bytes() for word in words)
    ] == []
    end = monotonic() + 20
    while CACHE.get((one.digest, "{}")) is not None:  # erased by another program, the server looks for it
        assert door in {"command", "retention"}
        assert monotonic() < end
        sleep(0.05)
