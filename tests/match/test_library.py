"""A library keeps its index up to date with the sketches in it."""

import gc
import io
import json
import os
import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from impact.errors import ImpactError
from impact.match import database, neighborhood, open_library, sketch_of
from impact.match.library import INDEX, add, remove
from impact.match.sketch import Sketch, SketchProvision
from impact.match.store import FILE_NAME, to_bytes
from impact.paths import shelf
from impact.pipeline import analyze

REISSUES = shelf("corpora") / "reissues"


@pytest.fixture(scope="module")
def sketch() -> Sketch:
    return sketch_of(analyze(REISSUES / "fir-01-original.txt", by=("cues",), jailed=False))


def test_a_sketch_that_came_or_went_beside_the_index_is_noticed(sketch: Sketch, tmp_path: Path) -> None:
    name = add(tmp_path, sketch)
    before = open_library(tmp_path).near(sketch, 5)
    shutil.copytree(tmp_path / name, tmp_path / "other")
    shutil.rmtree(tmp_path / name)

    after = open_library(tmp_path)

    assert (before, after.near(sketch, 5), len(after)) == ([name], ["other"], 1)


def test_an_index_that_was_deleted_is_made_anew(sketch: Sketch, tmp_path: Path) -> None:
    name = add(tmp_path, sketch)
    open_library(tmp_path)
    shutil.rmtree(tmp_path / INDEX)

    assert open_library(tmp_path).near(sketch, 5) == [name]


def test_no_index_is_left_in_a_library_that_is_not_to_keep_one(sketch: Sketch, tmp_path: Path) -> None:
    name = add(tmp_path, sketch)

    assert open_library(tmp_path, keep=False).near(sketch, 5) == [name]
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_library_that_another_thread_drops_is_closed_whole(sketch: Sketch, tmp_path: Path) -> None:
    add(tmp_path, sketch)
    libraries = [open_library(tmp_path)]
    base = libraries[0]._catalog._base

    def drop() -> None:
        libraries.clear()
        gc.collect()

    with ThreadPoolExecutor(1) as other:
        other.submit(drop).result()

    with pytest.raises(ImpactError, match="closed database"):
        base.rows("SELECT 1")


def test_text_without_vectors_is_found_by_copied_sequences(sketch: Sketch, tmp_path: Path) -> None:
    bare = replace(sketch, provisions=(), vectors=sketch.vectors[:0], common=sketch.common[:0])
    name = add(tmp_path, bare)

    assert open_library(tmp_path).near(bare, 5) == [name]


def older(sketch: Sketch) -> bytes:
    """Return a sketch as the layout before had it, with whole clauses."""
    head = {name: getattr(sketch, name) for name in ("id", "name", "title", "number", "meaning", "runs")}
    head |= {"schema": "impact-sketch/1", "terms": list(sketch.terms), "profile": {"logging": 2}}
    head["clauses"] = [[provision.number, provision.text] for provision in sketch.provisions]
    count = len(sketch.provisions)
    arrays = {"vectors": np.ones((count, 384), np.int8), "common": np.zeros(count, np.float32)}
    out = io.BytesIO()
    np.savez(out, head=np.frombuffer(json.dumps(head).encode(), np.uint8), minhash=sketch.minhash, **arrays)
    return out.getvalue()


def test_a_sketch_of_the_layout_before_is_brought_over_from_the_text_it_keeps(sketch: Sketch, tmp_path: Path) -> None:
    path = tmp_path / "old" / FILE_NAME
    path.parent.mkdir()
    path.write_bytes(older(sketch))

    library = open_library(tmp_path)

    assert library.sketch("old").provisions == sketch.provisions
    assert path.read_bytes() == to_bytes(sketch)


def test_a_damaged_sketch_is_refused_and_the_others_are_still_searched(sketch: Sketch, tmp_path: Path) -> None:
    names = [add(tmp_path, replace(sketch, id=letter * 64)) for letter in "ab"]
    open_library(tmp_path)
    (tmp_path / names[0] / FILE_NAME).write_bytes(b"damaged")

    library = open_library(tmp_path)

    assert [match.folder for match in neighborhood(sketch, library).matches] == names[1:]
    assert (len(library), len(library.refused)) == (1, 1)


def test_a_sketch_that_went_after_the_library_was_opened_is_noted_as_refused(sketch: Sketch, tmp_path: Path) -> None:
    names = [add(tmp_path, replace(sketch, id=letter * 64)) for letter in "ab"]
    library = open_library(tmp_path)
    shutil.rmtree(tmp_path / names[0])

    assert [match.folder for match in neighborhood(sketch, library).matches] == names[1:]
    assert names[0] in library.refused[0]


def test_a_library_whose_index_cannot_be_written_is_searched_by_a_passing_one(sketch: Sketch, tmp_path: Path) -> None:
    name = add(tmp_path, sketch)
    (tmp_path / INDEX).write_text("no folder")

    assert open_library(tmp_path).near(sketch, 5) == [name]
    assert (tmp_path / INDEX).is_file()


@pytest.mark.parametrize("file", ["catalog.sqlite", "documents.sqlite"])
def test_an_index_in_use_is_refused_with_what_to_do(
    sketch: Sketch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str
) -> None:
    monkeypatch.setattr(database, "WAIT", 0)
    open_library(tmp_path)
    add(tmp_path, sketch)
    with closing(sqlite3.connect(tmp_path / INDEX / file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")

        with pytest.raises(ImpactError) as caught:
            open_library(tmp_path)

    assert "other command has ended" in caught.value.hint


def segments(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / INDEX).glob("*.usearch")}


def test_a_sketch_that_was_written_again_and_says_the_same_adds_no_vectors(sketch: Sketch, tmp_path: Path) -> None:
    name = add(tmp_path, sketch)
    open_library(tmp_path)
    before = segments(tmp_path)
    os.utime(tmp_path / name / FILE_NAME, (1, 1))

    assert open_library(tmp_path).near(sketch, 5) == [name]
    assert segments(tmp_path) == before


def pointing(sketch: Sketch, letter: str, *axes: int) -> Sketch:
    """Return a sketch with one provision, whose vector points along some axes, and no copied text."""
    vectors = np.zeros((1, sketch.vectors.shape[1]), np.int8)
    vectors[0, list(axes)] = 100
    return replace(
        sketch, id=letter * 64, runs=0, provisions=sketch.provisions[:1], vectors=vectors, common=sketch.common[:1]
    )


def test_a_sketch_made_anew_of_the_same_document_is_searched_by_its_new_vectors(sketch: Sketch, tmp_path: Path) -> None:
    changed = add(tmp_path, pointing(sketch, "a", 0))
    other = add(tmp_path, pointing(sketch, "b", 1, 2))
    query = pointing(sketch, "c", 2)
    before = open_library(tmp_path).near(query, 1)
    add(tmp_path, pointing(sketch, "a", 2))

    assert (before, open_library(tmp_path).near(query, 1)) == ([other], [changed])


def test_a_document_that_an_earlier_version_listed_is_listed_anew(sketch: Sketch, tmp_path: Path) -> None:
    changed = add(tmp_path, pointing(sketch, "a", 0))
    add(tmp_path, pointing(sketch, "b", 1, 2))
    open_library(tmp_path)
    file = tmp_path / changed / FILE_NAME
    listed = file.stat()
    add(tmp_path, pointing(sketch, "a", 2))
    os.utime(file, ns=(listed.st_atime_ns, listed.st_mtime_ns))
    with closing(sqlite3.connect(tmp_path / INDEX / "catalog.sqlite", isolation_level=None)) as base:
        base.execute("DROP TABLE contents")

    assert open_library(tmp_path).near(pointing(sketch, "c", 2), 1) == [changed]


def test_an_index_with_more_dead_documents_than_live_ones_is_made_anew(sketch: Sketch, tmp_path: Path) -> None:
    names = [add(tmp_path, replace(sketch, id=letter * 64)) for letter in "abcd"]
    open_library(tmp_path)
    before = sum(map(len, segments(tmp_path).values()))
    for name in names[1:]:
        remove(tmp_path, name)
    open_library(tmp_path)

    assert open_library(tmp_path).near(sketch, 5) == names[:1]
    assert sum(map(len, segments(tmp_path).values())) < before / 2


def test_of_an_older_sketch_with_too_much_text_some_of_each_clause_is_kept(sketch: Sketch, tmp_path: Path) -> None:
    long = " ".join(f"The warden shall sweep quay number {number} each day." for number in range(100))
    clauses = (SketchProvision("1", long), SketchProvision("2", "Too short."), SketchProvision("3", long))
    path = tmp_path / "old" / FILE_NAME
    path.parent.mkdir()
    path.write_bytes(older(replace(sketch, provisions=clauses, vectors=sketch.vectors[:3], common=sketch.common[:3])))

    kept = open_library(tmp_path).sketch("old").provisions

    assert [provision.number for provision in kept] == ["1"] * 64 + ["3"] * 64
