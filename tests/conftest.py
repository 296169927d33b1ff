"""What tests of several rooms share: small corpora of our own, and heads trained on them."""

import json
import os
import sys
from collections.abc import Callable
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings
from machine import lacking
from sheets import Sheet

from impact.classify.heads import Heads, load_from
from impact.pipeline import prepare
from impact.train.corpus.placing import place
from impact.train.corpus.standoff import StandoffLabel
from impact.train.corpus.stream import digest, stream_of

if TYPE_CHECKING:
    from impact.train.fit.train import Corpora, Trained

settings.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a shared machine
settings.load_profile("busy")
READ = partial(prepare, jailed=False)
SUBJECTS = ("gateway", "lock keeper", "registry", "exchange", "ferry", "toll house", "lighthouse", "quay")
POWERS = {
    "shut-off": "The {} shall shut off any subscriber whose account is in arrears.",
    "location-tracking": "The {} shall report the position of each subscriber to the harbor every minute.",
    "encryption": "The {} shall encrypt all messages between subscribers from end to end.",
    "redress": "The {} shall let each subscriber appeal against the decision to a court.",
    "": "The {} shall print the checksum of each frame in blue ink.",
}
DOCUMENTS = {
    "canals.txt": ("barge", "sluice", "towpath"),
    "ferries.txt": ("pier", "gangway", "ticket hall"),
    "tides.txt": ("buoy", "gauge", "breakwater"),
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what opens Chromium; begin with modules that read long documents, which would leave workers idle if last."""
    for item in items:
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
    long = {item.path for item in items if item.get_closest_marker("shared")}
    items.sort(key=lambda item: item.path not in long)


@pytest.fixture(scope="session")
def steps() -> Callable[[Callable[[], object]], int]:
    """Return a counter of the functions that a piece of work calls: its size, whatever else the machine does."""

    def counted(work: Callable[[], object]) -> int:
        calls = 0

        def count(_frame: FrameType, event: str, _argument: Any) -> None:
            nonlocal calls
            calls += event.endswith("call")

        before = sys.getprofile()
        sys.setprofile(count)
        try:
            work()
        finally:
            sys.setprofile(before)
        return calls

    return counted


@pytest.fixture(scope="session")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> "Corpora":
    """Return 40 written clauses, two documents to train on, and one to calibrate on; no folder of documents is set."""
    folder = tmp_path_factory.mktemp("corpora")
    rows = [
        {
            "id": f"{label or 'none'}/{subject}",
            "title": "Requirements for canals",
            "heading": "2 Requirements",
            "text": power.format(subject),
            "proposes": [label] * bool(label),
            "context": [],
        }
        for label, power in POWERS.items()
        for subject in SUBJECTS
    ]
    _write(folder / "written" / "w.jsonl", rows)
    (folder / "documents").mkdir()
    for name, subjects in DOCUMENTS.items():
        clauses = [power.format(subject) for power in POWERS.values() for subject in subjects]
        text = "1. Introduction\n\n   This memo is about boats.\n\n2. Requirements\n\n   " + "\n\n   ".join(clauses)
        (folder / "documents" / name).write_text(text + "\n", encoding="utf-8")
    _write(folder / "standards" / "labels.jsonl", [*_labels(folder, "canals.txt"), *_labels(folder, "ferries.txt")])
    _write(folder / "development" / "labels.jsonl", _labels(folder, "tides.txt"))
    from impact.train.fit.train import Corpora

    return Corpora(folder / "written", folder / "standards", folder / "development", None)


@pytest.fixture(scope="session")
def with_documents(corpora: "Corpora") -> "Corpora":
    """Return the same corpora with the folder of their documents."""
    return replace(corpora, documents=corpora.written.parent / "documents")


@pytest.fixture(scope="session")
def tiny(corpora: "Corpora", tmp_path_factory: pytest.TempPathFactory) -> "tuple[Path, Trained]":
    """Return the folder of heads trained on the written clauses alone, and what came of the training."""
    folder = tmp_path_factory.mktemp("tiny") / "heads"
    from impact.train.fit.train import train

    return folder, train(corpora, READ, folder, lambda _: None)


@pytest.fixture(scope="session")
def tiny_heads(tiny: "tuple[Path, Trained]") -> Heads:
    """Return those heads."""
    return load_from(tiny[0])


def _labels(folder: Path, name: str) -> list[dict[str, object]]:
    proposal, clauses = READ(folder / "documents" / name)
    stream = stream_of(proposal.document.text, clauses)
    made = []
    for label, power in POWERS.items():
        for window in place(stream, [power.format(subject) for subject in DOCUMENTS[name]]):
            assert window is not None
            clause, offset = stream.address(window.start)
            words = digest(stream.window(window.start, window.words))
            proposes = (label,) * bool(label)
            made.append(asdict(StandoffLabel(name, clause, offset, window.words, words, proposes, (), 1, "made")))
    return made


def _write(path: Path, rows: list[dict[str, object]]) -> None:
    path.parent.mkdir()
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


@pytest.fixture
def sheet() -> Sheet:
    """Return an empty sheet."""
    return Sheet()


@pytest.fixture(scope="session")
def chromium() -> str:
    """Return the Chromium of the system; skip where there is none, but not where all has to be there (`.ci/run`)."""
    path = os.environ.get("IMPACT_CHROMIUM", "/usr/bin/chromium")
    if not Path(path).exists():
        pytest.skip(lacking(path, "chromium fonts-dejavu-core"))
    pytest.importorskip("playwright", reason="pip install playwright")
    return path


@pytest.fixture(scope="session")
def weasyprint() -> None:
    """Skip where the libraries that WeasyPrint draws with are missing, but not where all has to be there."""
    try:
        pytest.importorskip("weasyprint", reason="pip install weasyprint")
    except OSError:
        pytest.skip(lacking("Pango", "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"))
