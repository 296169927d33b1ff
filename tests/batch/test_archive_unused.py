"""Results of an archive that no list has any more, and when they are removed."""

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from runpy import run_path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner, Result

from impact.batch.archive.files import folder_of_result, open_archive
from impact.batch.archive.statuses import path_of
from impact.batch.archive.unused import remove_unused
from impact.batch.status.run_status import RunState, RunStatus, to_json
from impact.cli import main
from impact.errors import ImpactError
from tests.batch.archived import archive, newest

ARCHIVES = SimpleNamespace(**run_path(str(Path(__file__).with_name("made_archives.py"))))
LATER = datetime.now(UTC) + timedelta(days=2)
OLD, NEW = folder_of_result("ab" * 16), folder_of_result("ac" * 16)
FILES = ("record.json", "report.html", "report.json")


def lay(address: object) -> None:
    """Write an archive with a document that has changed, and both of its results."""
    first, second = (ARCHIVES.MADE.record("a.txt", folder=folder) for folder in (OLD, NEW))
    files = ARCHIVES.lay(
        address, [ARCHIVES.document("a.txt", record=first)], [ARCHIVES.document("a.txt", record=second, minutes=5)]
    )
    files.put({f"{folder}/{name}": b"{}" for folder in (OLD, NEW) for name in FILES})


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    lay(tmp_path / "archive")
    return tmp_path / "archive"


def results(at: Path) -> set[str]:
    return {path.relative_to(at).as_posix() for path in at.glob("results/*/*/*")}


def leave_status(at: Path, state: RunState, updated: datetime) -> None:
    status = RunStatus("other", "elsewhere", 7, state, updated, updated)
    open_archive(str(at)).put({path_of("other"): to_json(status)})


def compact(at: Path) -> Result:
    return CliRunner().invoke(main, ["archive", "compact", str(at), "--unused-results"])


def test_a_result_that_no_list_has_is_removed_and_the_others_stay_whole(changed: Path) -> None:
    number = remove_unused(open_archive(str(changed)), LATER)

    assert (number, results(changed)) == (1, {NEW})
    assert {path.name for path in (changed / NEW).iterdir()} == set(FILES)


def test_a_result_of_less_than_a_day_stays(changed: Path) -> None:
    assert remove_unused(open_archive(str(changed)), datetime.now(UTC) + timedelta(hours=23)) == 0
    assert results(changed) == {OLD, NEW}


def test_a_result_with_a_single_file_of_less_than_a_day_stays(changed: Path) -> None:
    os.utime(changed / OLD / "report.html", (LATER.timestamp(), LATER.timestamp()))

    assert remove_unused(open_archive(str(changed)), LATER) == 0


def test_nothing_is_removed_where_the_store_does_not_say_when_it_was_written() -> None:
    lay("memory://unused/archive")

    assert remove_unused(open_archive("memory://unused/archive"), LATER) == 0


@pytest.mark.parametrize("state", [RunState.LISTING, RunState.RUNNING])
def test_nothing_is_removed_while_a_batch_may_be_at_work(changed: Path, state: RunState) -> None:
    leave_status(changed, state, LATER - timedelta(hours=23))

    with pytest.raises(ImpactError, match=r"process 7 on elsewhere"):
        remove_unused(open_archive(str(changed)), LATER)

    assert results(changed) == {OLD, NEW}


@pytest.mark.parametrize(
    ("state", "age"), [(RunState.RUNNING, timedelta(hours=25)), (RunState.STOPPED, timedelta(minutes=1))]
)
def test_a_batch_that_has_ended_or_was_killed_long_ago_is_no_reason_to_wait(
    changed: Path, state: RunState, age: timedelta
) -> None:
    leave_status(changed, state, LATER - age)

    assert remove_unused(open_archive(str(changed)), LATER) == 1


def test_what_is_no_result_is_left_alone(changed: Path) -> None:
    (changed / "results" / "ab" / "notes.txt").write_text("ours", encoding="utf-8")

    remove_unused(open_archive(str(changed)), LATER)

    assert (changed / "results" / "ab" / "notes.txt").is_file()


def test_the_command_says_how_many_were_removed_and_renews_the_pages(changed: Path) -> None:
    for path in changed.glob("results/*/*/*/*"):
        os.utime(path, (1, 1))

    first, second = compact(changed), compact(changed)

    assert "Unused results removed: 1" in first.stdout
    assert "Unused results removed: 0" in second.stdout
    assert (changed / "index.html").is_file()


def test_what_was_removed_is_analyzed_again_when_its_source_has_that_content_again(
    folder: Callable[..., Path], tmp_path: Path, text: Callable[[object], str]
) -> None:
    root = folder("a.txt")
    before = (root / "a.txt").read_bytes()
    archive(root, at=tmp_path / "archive")
    (root / "a.txt").write_text(text("another exchange"), encoding="utf-8")
    archive(root, at=tmp_path / "archive")
    remove_unused(open_archive(str(tmp_path / "archive")), LATER)
    (root / "a.txt").write_bytes(before)

    (event,) = archive(root, at=tmp_path / "archive")

    assert event.outcome == "done"
    assert (tmp_path / "archive" / newest(tmp_path / "archive")["a.txt"]["folder"] / "report.html").is_file()
