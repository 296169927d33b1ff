"""How far a batch is, as it writes it and as a person reads it."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from impact.batch.archive.files import open_archive
from impact.batch.archive.statuses import statuses_in
from impact.batch.status.keeper import Renewal, StatusKeeper
from impact.batch.status.run_status import RunState, RunStatus, from_json, to_json
from impact.cli import main
from impact.errors import ImpactError

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def status(**values: object) -> RunStatus:
    fields = {"run": "a", "host": "here", "process": 1, "state": RunState.RUNNING, "started": NOW, "updated": NOW}
    return RunStatus(**fields | values)  # type: ignore[arg-type]


def told(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["batch", "status", *(str(argument) for argument in arguments)])


def test_the_time_left_follows_from_the_rate_so_far() -> None:
    half = status(sources=110, unchanged=10, finished=40, in_flight=10, updated=NOW + timedelta(minutes=2))

    assert half.waiting == 50
    assert half.left == timedelta(minutes=3)


def test_a_run_that_has_ended_or_has_not_finished_anything_has_no_time_left() -> None:
    assert status(sources=10).left is None
    assert status(sources=10, finished=5, state=RunState.STOPPED).left is None


def test_a_status_survives_its_file() -> None:
    written = status(sources=3, finished=1, documents={"done": 1})

    assert from_json(to_json(written)) == written


def test_a_file_of_another_kind_is_no_status() -> None:
    with pytest.raises(ValueError, match="schema"):
        from_json(b'{"schema": "other/1"}')


def test_runs_that_go_on_are_listed_and_else_the_last_alone(tmp_path: Path) -> None:
    files, later = open_archive(str(tmp_path)), NOW + timedelta(minutes=10)
    ended = status(run="ended", state=RunState.COMPLETE, updated=NOW + timedelta(seconds=9))
    silent = status(run="silent")
    files.put({f"runs/{one.run}.json": to_json(one) for one in (ended, silent, status(run="on", updated=later))})

    assert [found.run for found in statuses_in(files, later + timedelta(minutes=1))] == ["on"]
    assert [found.run for found in statuses_in(files, later + timedelta(hours=1))] == ["on"]
    assert statuses_in(files, later + timedelta(hours=1))[0].is_silent(later + timedelta(hours=1))


def test_a_folder_without_a_run_says_what_to_give(tmp_path: Path) -> None:
    with pytest.raises(ImpactError, match="has no status") as refusal:
        statuses_in(open_archive(str(tmp_path)), NOW)

    assert "--archive" in refusal.value.hint


def test_a_keeper_writes_counts_and_how_the_run_ended() -> None:
    written: list[bytes] = []
    keeper = StatusKeeper("a", written.append, lambda: NOW)

    with keeper.keeping(lambda: False):
        keeper.begin(5)
        keeper.pass_over(1)
        keeper.give(3)
        keeper.take(2)
        keeper.note("done")
        keeper.beat()

    on, ended = (from_json(data) for data in written)
    assert (on.state, on.unchanged, on.in_flight, on.finished, on.waiting) == (RunState.RUNNING, 1, 1, 2, 1)
    assert (ended.state, ended.in_flight, ended.documents) == (RunState.COMPLETE, 0, {"done": 1})


def test_a_keeper_writes_how_many_sources_were_listed_so_far() -> None:
    written: list[bytes] = []
    keeper = StatusKeeper("a", written.append, lambda: NOW)

    keeper.beat()
    listed = list(keeper.listing(iter("ab")))
    keeper.begin(2)
    keeper.beat()

    before, after = (from_json(data) for data in written)
    assert listed == ["a", "b"]
    assert (before.state, before.sources, before.waiting) == (RunState.LISTING, 0, 0)
    assert (after.state, after.sources, after.waiting) == (RunState.RUNNING, 2, 2)


def test_a_run_that_fails_says_so() -> None:
    written: list[bytes] = []
    keeper = StatusKeeper("a", written.append, lambda: NOW)
    keeper.beat()

    with pytest.raises(ImpactError), keeper.keeping(lambda: False):
        raise ImpactError("the disk is full")

    assert from_json(written[-1]).state is RunState.FAILED


def test_a_run_that_never_began_writes_nothing() -> None:
    written: list[bytes] = []

    with pytest.raises(ImpactError), StatusKeeper("a", written.append, lambda: NOW).keeping(lambda: False):
        raise ImpactError("another batch is running")

    assert written == []


def test_pages_are_renewed_when_documents_came_and_not_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    times, made = iter(range(0, 10_000, 100)), []
    monkeypatch.setattr("impact.batch.status.keeper.monotonic", lambda: next(times))
    keeper = StatusKeeper("a", lambda _data: None, lambda: NOW, Renewal(lambda: made.append(1), 50))

    keeper.beat()
    before = len(made)
    keeper.take(1)
    for _ in range(3):
        keeper.beat()

    assert (before, len(made)) == (0, 1)


def test_the_command_says_what_is_done_failed_in_flight_and_waiting(tmp_path: Path) -> None:
    now = datetime.now(UTC)
    on = status(started=now - timedelta(minutes=1), updated=now, sources=100, finished=40, in_flight=10)
    open_archive(str(tmp_path)).put({"status.json": to_json(on)})

    result = told(tmp_path)

    assert result.exit_code == 0
    assert "100 in all: 0 unchanged, 40 read, 10 in flight, 50 waiting" in result.stdout
    assert "2,400 sources an hour; 1 min 30 s left" in result.stdout


def test_the_command_says_how_many_sources_are_listed_so_far(tmp_path: Path) -> None:
    now = datetime.now(UTC)
    on = status(state=RunState.LISTING, started=now, updated=now, sources=5000)
    open_archive(str(tmp_path)).put({"runs/a.json": to_json(on)})

    (line,) = told(tmp_path).stdout.splitlines()

    assert line.startswith("listing sources, 5,000 so far: process 1 on here")


def test_a_listing_that_has_been_silent_may_have_been_killed(tmp_path: Path) -> None:
    open_archive(str(tmp_path)).put({"runs/a.json": to_json(status(state=RunState.LISTING, sources=3))})

    result = told(tmp_path)

    assert "no recent update, listing sources, 3 so far" in result.stdout
    assert "It may have been killed" in result.stdout


def test_a_run_that_was_killed_is_told(tmp_path: Path) -> None:
    open_archive(str(tmp_path)).put({"status.json": to_json(status(sources=3))})

    assert "It may have been killed" in told(tmp_path).stdout


def test_the_status_of_a_batch_in_a_folder_stays_after_it(folder: Callable[..., Path], tmp_path: Path) -> None:
    root = folder("a.txt", "b.txt")
    (root / "broken.pdf").write_bytes(b"%PDF-1.7 and then nothing")
    batch = ["batch", str(root), "--out", str(tmp_path / "out"), "--by", "cues", "--watch", "1"]
    CliRunner().invoke(main, batch)

    found = json.loads(told(tmp_path / "out", "--json").stdout)

    assert found["state"] == "complete"
    assert found["documents"] == {"done": 2, "failed": 1}
    assert (found["sources"], found["finished"], found["in_flight"]) == (3, 3, 0)


def test_a_batch_needs_no_name_of_its_command(folder: Callable[..., Path], tmp_path: Path) -> None:
    sources = (str(folder("a.txt")), "--by", "cues")

    named = CliRunner().invoke(main, ["batch", "run", *sources, "--out", str(tmp_path / "named")])
    bare = CliRunner().invoke(main, ["batch", *sources, "--out", str(tmp_path / "bare")])

    assert named.stdout.replace("named", "bare") == bare.stdout
    assert named.exit_code == bare.exit_code == 0


@pytest.mark.parametrize("error", [ImpactError("away", "Try again"), OSError("away")])
def test_a_status_that_cannot_be_written_now_is_no_reason_to_end_a_run(error: Exception) -> None:
    def write(_data: bytes) -> None:
        raise error

    keeper = StatusKeeper("a", write, lambda: NOW)

    keeper.begin(1)
    keeper.beat()


@pytest.mark.parametrize("error", [ImpactError("away", "Try again"), OSError("away")])
def test_pages_that_cannot_be_renewed_now_are_tried_again(error: Exception) -> None:
    tries: list[int] = []

    def make() -> None:
        tries.append(1)
        raise error

    keeper = StatusKeeper("a", lambda _data: None, lambda: NOW, Renewal(make, 1e-9))
    keeper.take(1)
    while len(tries) < 2:
        keeper.beat()

    assert len(tries) == 2
