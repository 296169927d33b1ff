"""An index that grows on disk."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from impact.errors import ImpactError
from impact.match import database, nearest
from impact.match.nearest import NearestIndex

DIMENSION = 24


def vectors(seed: int, count: int = 6) -> NDArray[np.int8]:
    return np.random.default_rng(seed).integers(-90, 90, (count, DIMENSION)).astype(np.int8)


def changed(rows: NDArray[np.int8]) -> NDArray[np.int8]:
    noise = np.random.default_rng(0).integers(-20, 20, rows.shape)
    return np.clip(rows.astype(int) + noise, -127, 127).astype(np.int8)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with NearestIndex(tmp_path, DIMENSION) as index:
        for number in range(40):
            index.add(f"doc-{number}", vectors(number))
    return tmp_path


def test_the_source_of_changed_vectors_is_nearest_after_the_index_was_closed(folder: Path) -> None:
    assert NearestIndex(folder, DIMENSION).nearest(changed(vectors(7)), 3)[0] == "doc-7"


def test_the_order_and_number_of_vectors_do_not_matter(folder: Path) -> None:
    index = NearestIndex(folder, DIMENSION)

    assert index.nearest(vectors(7)[::-1], 1) == index.nearest(vectors(7)[2:3], 1) == ["doc-7"]
    assert index.nearest(vectors(7, 0), 1) == []


def test_a_removed_document_is_not_found_and_the_others_are(folder: Path) -> None:
    with NearestIndex(folder, DIMENSION) as index:
        index.remove("doc-7")

    again = NearestIndex(folder, DIMENSION)

    assert "doc-7" not in again.nearest(vectors(7), 40)
    assert again.nearest(vectors(8), 1) == ["doc-8"]
    assert len(again) == 39


def test_a_document_that_is_added_again_has_its_new_vectors(folder: Path) -> None:
    with NearestIndex(folder, DIMENSION) as index:
        index.add("doc-7", vectors(99))

    again = NearestIndex(folder, DIMENSION)

    assert again.nearest(vectors(99), 1) == ["doc-7"]
    assert again.nearest(vectors(7), 1) != ["doc-7"]


def test_an_error_leaves_the_index_as_it_was(folder: Path) -> None:
    def interrupted(index: NearestIndex) -> None:
        with index:
            index.add("late", vectors(99))
            index.remove("doc-7")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        interrupted(NearestIndex(folder, DIMENSION))

    again = NearestIndex(folder, DIMENSION)

    assert again.nearest(vectors(7), 1) == ["doc-7"]
    assert len(again) == 40


def test_full_segments_are_not_written_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearest, "SEGMENT", 100)
    with NearestIndex(folder, DIMENSION) as index:
        for number in range(40, 80):
            index.add(f"doc-{number}", vectors(number))
    full = {path: path.stat().st_mtime_ns for path in sorted(folder.glob("*.usearch"))[:-1]}
    with NearestIndex(folder, DIMENSION) as index:
        index.add("last", vectors(99))

    again = NearestIndex(folder, DIMENSION)

    assert len(full) >= 2
    assert {path: path.stat().st_mtime_ns for path in full} == full
    assert [again.nearest(vectors(seed), 1) for seed in (3, 55, 99)] == [["doc-3"], ["doc-55"], ["last"]]


def test_a_damaged_segment_is_refused_with_what_to_do(folder: Path) -> None:
    next(folder.glob("*.usearch")).write_bytes(b"nothing")

    with pytest.raises(ImpactError) as caught:
        NearestIndex(folder, DIMENSION).nearest(vectors(7), 1)

    assert "is made anew" in caught.value.hint


def test_a_segment_that_another_process_is_writing_is_not_swept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearest, "SEGMENT", 300)
    monkeypatch.setattr(database, "WAIT", 0)
    sweeping, writing = NearestIndex(folder, DIMENSION), NearestIndex(folder, DIMENSION)
    for number in range(40, 60):
        writing.add(f"doc-{number}", vectors(number))

    sweeping._sweep()
    writing.save()

    assert NearestIndex(folder, DIMENSION).nearest(vectors(41), 1) == ["doc-41"]
