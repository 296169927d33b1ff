"""A known proposal under another name: found as a copy and as a paraphrase, while neighbors stay quiet."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from impact.match import candidates, matches, neighborhood, open_library, sketch_of
from impact.match.candidates import Neighborhood
from impact.match.library import SketchLibrary, add, remove
from impact.match.sketch import Sketch
from impact.match.store import FILE_NAME, from_bytes, read, to_bytes
from impact.paths import shelf
from impact.pipeline import analyze

REISSUES = shelf("corpora") / "reissues"
WRITTEN = ("s1-p1", "s1-p2", "s1-p5", "s2-p3", "s5-p1")
RENAMES = {
    "Apex coordination function": "Crown steering body",
    "Regional control function": "Shire relay body",
    "enrolled address": "bonded locator",
    "Enrolled address": "Bonded locator",
    "ACF": "CSB",
    "RCF": "SRB",
    "SPN": "MHN",
}


def sketched(path: Path) -> Sketch:
    return sketch_of(analyze(path, by=("cues",), jailed=False))


@pytest.fixture(scope="module")
def known() -> Mapping[str, Sketch]:
    return {name: sketched(REISSUES / f"{name}-original.md") for name in WRITTEN}


@pytest.fixture(scope="module")
def library(known: Mapping[str, Sketch], tmp_path_factory: pytest.TempPathFactory) -> SketchLibrary:
    folder = tmp_path_factory.mktemp("library")
    for sketch in known.values():
        add(folder, sketch)
    return open_library(folder)


def test_a_renamed_and_shuffled_copy_is_found_first(library: SketchLibrary, tmp_path: Path) -> None:
    text = (REISSUES / "s1-p1-original.md").read_text(encoding="utf-8")
    for old, new in RENAMES.items():
        text = text.replace(old, new)
    sections = text.split("\n## ")[1:]
    copy = tmp_path / "copy.md"
    copy.write_text("\n## ".join(["# A plan for Marrow House\n", *sections[::-1]]), encoding="utf-8")

    found = candidates(sketched(copy), library)

    assert found[0].name == "s1-p1-original.md"
    assert found[0].strength in {"same text", "very likely a re-issue"}


def test_a_paraphrase_is_found_with_its_clauses_side_by_side(library: SketchLibrary) -> None:
    found = candidates(sketched(REISSUES / "s2-p3-reissue.md"), library)

    assert found[0].name == "s2-p3-original.md"
    assert 5 <= len(found[0].pairs) <= 10
    assert found[0].paired >= len(found[0].pairs)


def test_neighbors_on_the_same_subject_are_not_shown(library: SketchLibrary) -> None:
    found = candidates(sketched(REISSUES / "s1-p4-original.md"), library)

    assert found == ()


def test_the_nearest_documents_are_named_below_the_line_of_a_match(library: SketchLibrary) -> None:
    near = neighborhood(sketched(REISSUES / "s1-p4-original.md"), library)

    assert near.matches == ()
    assert len(near.nearest) == 3
    assert {one.strength for one in near.nearest} <= {"similar in part", "slightly similar", "hardly similar"}
    assert [one.chance for one in near.nearest] == sorted((one.chance for one in near.nearest), reverse=True)


def test_matches_and_nearest_documents_are_three_together(library: SketchLibrary) -> None:
    near = neighborhood(sketched(REISSUES / "s2-p3-reissue.md"), library)

    assert [one.name for one in near.matches] == ["s2-p3-original.md"]
    assert len(near.nearest) == 2
    assert "s2-p3-original.md" not in {one.name for one in near.nearest}


@pytest.mark.parametrize(("asked", "matched"), [("reissue", True), ("neighbor", False)])
def test_one_page_in_other_words_is_a_match_and_a_neighbor_is_only_among_the_nearest(
    asked: str, tmp_path: Path, *, matched: bool
) -> None:
    pair = "fir-01" if asked == "reissue" else "fir-22"
    source = sketched(REISSUES / f"{pair}-original.txt")
    add(tmp_path, source)

    near = neighborhood(sketched(REISSUES / f"{pair}-{asked}.txt"), open_library(tmp_path))

    assert len(source.provisions) < 25
    assert [one.name for one in near.matches] == ([source.name] if matched else [])
    assert [one.name for one in near.nearest] == ([] if matched else [source.name])


@pytest.mark.parametrize(
    ("asked", "sources"),
    [
        ("fir-14-reissue.txt", {"fir-14-original.txt"}),
        ("fir-14-reissue-2.txt", {"fir-14-original.txt"}),
        ("fir-16-reissue.txt", {"fir-16-original.txt", "fir-16-original-2.txt"}),
    ],
    ids=["first half", "second half", "merged from two"],
)
def test_a_source_that_was_split_and_sources_that_were_merged_are_named(
    asked: str, sources: set[str], tmp_path: Path
) -> None:
    for pair in ("fir-14-original.txt", "fir-16-original.txt", "fir-16-original-2.txt"):
        add(tmp_path, sketched(REISSUES / pair))

    found = candidates(sketched(REISSUES / asked), open_library(tmp_path))

    assert {candidate.name for candidate in found} == sources


def test_a_document_is_no_candidate_for_itself(library: SketchLibrary, known: Mapping[str, Sketch]) -> None:
    found = candidates(known["s1-p2"], library)

    assert "s1-p2-original.md" not in {one.name for one in found}


def test_an_empty_library_has_no_candidates(known: Mapping[str, Sketch], tmp_path: Path) -> None:
    assert candidates(known["s1-p1"], open_library(tmp_path / "absent")) == ()


def test_a_text_without_clauses_is_compared_without_error(library: SketchLibrary, tmp_path: Path) -> None:
    short = tmp_path / "short.txt"
    short.write_text("Hello.\n", encoding="utf-8")

    assert neighborhood(sketched(short), library) == Neighborhood((), ())


def test_text_that_the_encoder_does_not_read_is_compared_by_its_words_alone(tmp_path: Path) -> None:
    french = tmp_path / "fr.txt"
    lines = [f"Le service numéro {n} doit conserver les données de chaque abonné pendant {n} mois." for n in range(30)]
    french.write_text("\n\n".join(lines), encoding="utf-8")
    twin = tmp_path / "twin.txt"
    twin.write_text("\n\n".join(reversed(lines)), encoding="utf-8")
    add(tmp_path / "lib", sketched(french))

    found = candidates(sketched(twin), open_library(tmp_path / "lib"))

    assert [(one.strength, one.pairs) for one in found] == [("same text", ())]


def test_the_matches_of_a_batch_name_both_ends(known: Mapping[str, Sketch], tmp_path: Path) -> None:
    for name, sketch in {"old": known["s2-p3"], "new": sketched(REISSUES / "s2-p3-reissue.md")}.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / FILE_NAME).write_bytes(to_bytes(sketch))

    found = matches(tmp_path)

    assert [(name, [one.folder for one in ones]) for name, ones in found] == [("new", ["old"]), ("old", ["new"])]


def test_a_sketch_has_the_same_bytes_twice_and_survives_its_file(known: Mapping[str, Sketch]) -> None:
    again = sketched(REISSUES / "s1-p1-original.md")

    assert to_bytes(again) == to_bytes(known["s1-p1"])
    assert to_bytes(from_bytes(to_bytes(again))) == to_bytes(again)


def test_taking_a_document_out_leaves_the_others(known: Mapping[str, Sketch], tmp_path: Path) -> None:
    name = add(tmp_path, known["s1-p1"])
    add(tmp_path, known["s1-p2"])

    remove(tmp_path, name)

    assert [entry.name for entry in open_library(tmp_path).entries()] == ["s1-p2-original.md"]


def test_vectors_of_an_older_encoder_are_made_anew_from_the_kept_text(
    known: Mapping[str, Sketch], tmp_path: Path
) -> None:
    from dataclasses import replace

    old = replace(known["s1-p1"], meaning="0" * 64, vectors=known["s1-p1"].vectors * 0)
    name = add(tmp_path, old)

    open_library(tmp_path)

    assert to_bytes(read(tmp_path / name / FILE_NAME)) == to_bytes(known["s1-p1"])
