"""What tests of batches share: small documents of our own, runs of them, and a cluster."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from impact.batch.run import Plan, run
from impact.batch.runlog import DocumentEvent

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


@pytest.fixture
def text() -> Callable[[object], str]:
    """Return a way to make short documents that differ."""
    return lambda mark: (
        f"1 Scope\n\nThis contribution speaks of the exchange number {mark}.\n\n2 Requirements\n\n"
        f"The exchange {mark} shall shut off any subscriber whose account is in arrears.\n"
    )


@pytest.fixture
def long_text() -> str:
    """Return a document that takes many seconds and much memory."""
    lines = (f"The exchange shall log the address of subscriber number {number} each hour." for number in range(90_000))
    return "1 Requirements\n\n" + "\n\n".join(lines) + "\n"


@pytest.fixture
def folder(tmp_path: Path, text: Callable[[object], str]) -> Callable[..., Path]:
    """Return a way to make a folder of documents, named by their texts."""

    def make(*names: str, root: str = "meeting") -> Path:
        for name in names:
            path = tmp_path / root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text(name), encoding="utf-8")
        return tmp_path / root

    return make


@pytest.fixture
def go(tmp_path: Path) -> Callable[..., dict[str, DocumentEvent]]:
    """Return a way to run a batch by cues alone, with one worker, that returns what was said of each document."""

    def started(*sources: Path | str, out: Path | None = None, **chosen: Any) -> dict[str, DocumentEvent]:
        entries: dict[str, DocumentEvent] = {}

        def tell(entry: DocumentEvent) -> None:
            assert entry.name not in entries
            entries[entry.name] = entry

        stop = chosen.pop("stop", lambda: False)
        plan = Plan(
            [str(source) for source in sources],
            out or tmp_path / "out",
            NOW,
            **{"by": ("cues",), "workers": 1} | chosen,
        )
        run(plan, tell, stop)
        return entries

    return started


@pytest.fixture
def said() -> Callable[[dict[str, DocumentEvent]], dict[str, str]]:
    """Return a way to reduce entries to outcomes by name."""
    return lambda entries: {name: entry.outcome for name, entry in sorted(entries.items())}


@pytest.fixture
def tree() -> Callable[[Path], dict[str, bytes]]:
    """Return a way to read the folders of documents in an output."""
    return lambda out: {
        path.relative_to(out).as_posix(): path.read_bytes() for path in sorted(out.glob("*/*")) if path.is_file()
    }


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """Return a dask cluster of two workers."""
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address="127.0.0.1:0", silence_logs=50) as started:
        yield started
