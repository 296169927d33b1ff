"""The lists of what a reviewer would raise are well-formed, and use none of the documents' sentences."""

import re
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from impact.paths import shelf
from impact.taxonomy import load

GOLD = shelf("corpora") / "gold"
FILES = sorted(file for file in GOLD.glob("*.toml") if not file.stem.startswith("extras-"))
FIRST = ("registrant-verification", "rfc8462", "rfc8718", "rfc9000", "rfc9019")
GUIDELINES = [f"4.{number}" for number in range(1, 22)]
KINDS = ("benefit", "risk", "silence", "weak-words", "inconsistency", "question")
FIELDS = {"id", "guideline", "kind", "weight", "clauses", "hint", "labels", "rights", "point"}
SHARED = Path(__file__).resolve().parents[2] / "shared" / "documents"
TAXONOMY = load()
each_file = pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)


@cache
def read(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))


def nines(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[start : start + 9]) for start in range(len(words) - 8)}


def copied(file: Path, document: Path) -> set[tuple[str, ...]]:
    theirs = nines(document.read_text(encoding="utf-8", errors="replace"))
    return {nine for point in read(file)["points"] for key in ("point", "hint") for nine in nines(point[key]) & theirs}


def test_there_are_nine_lists() -> None:
    assert len(FILES) == 9
    assert set(FIRST) < {file.stem for file in FILES}


@each_file
def test_every_point_has_the_fields_that_the_card_names(file: Path) -> None:
    for point in read(file)["points"]:
        assert set(point) == FIELDS
        assert point["guideline"] in GUIDELINES
        assert point["kind"] in KINDS
        assert point["weight"] in ("main", "minor")
        assert point["clauses"]
        assert point["point"].endswith((".", "?"))


@each_file
def test_labels_and_rights_are_of_the_taxonomy(file: Path) -> None:
    for point in read(file)["points"]:
        assert set(point["labels"]) <= set(TAXONOMY.labels), point["id"]
        assert set(point["rights"]) <= set(TAXONOMY.rights), point["id"]


@each_file
def test_a_silence_and_nothing_else_concerns_the_whole_text(file: Path) -> None:
    for point in read(file)["points"]:
        assert (point["kind"] == "silence") == (point["clauses"] == ["whole text"]), point["id"]


def test_ids_are_unique() -> None:
    ids = [point["id"] for file in FILES for point in read(file)["points"]]

    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", FIRST)
def test_the_first_five_answer_every_guideline(name: str) -> None:
    gold = read(GOLD / f"{name}.toml")

    answered = {point["guideline"] for point in gold["points"]}

    assert answered.isdisjoint(gold["nothing"])
    assert answered | set(gold["nothing"]) == set(GUIDELINES)


@each_file
def test_the_card_counts_the_points(file: Path) -> None:
    points = read(file)["points"]
    kinds = Counter(point["kind"] for point in points)
    main = sum(point["weight"] == "main" for point in points)
    row = [f"`{file.stem}`", *(kinds[kind] for kind in KINDS), len(points), main]

    assert f"| {' | '.join(map(str, row))} |" in (GOLD / "README.md").read_text(encoding="utf-8")


def test_the_sample_shares_no_nine_words_with_its_list() -> None:
    file = GOLD / "registrant-verification.toml"

    assert copied(file, shelf("corpora") / "proposals" / read(file)["document"]) == set()


@pytest.mark.shared
@each_file
def test_a_list_shares_no_nine_words_with_its_document(file: Path) -> None:
    document = next(SHARED.rglob(read(file)["document"]), None)
    if document is None:
        pytest.skip(f"{read(file)['document']} is not in ../shared/documents")

    assert copied(file, document) == set()


@pytest.mark.parametrize("name", FIRST)
def test_each_extra_entry_of_the_first_five_is_judged_once_in_own_words(name: str) -> None:
    told = read(GOLD / f"extras-{name}.toml")
    points = {point["id"] for point in read(GOLD / f"{name}.toml")["points"]}

    entries = [one["entry"] for one in told["extras"]]
    assert len(entries) == len(set(entries))
    assert set(told["loose"]) <= points
    for one in told["extras"]:
        assert set(one) == {"entry", "verdict", "why"}
        assert one["verdict"] in ("useful", "neutral", "wrong")
        assert one["why"].endswith(".")


@pytest.mark.shared
@pytest.mark.parametrize("name", FIRST)
def test_a_judgment_shares_no_nine_words_with_its_document(name: str) -> None:
    document = next(SHARED.rglob(read(GOLD / f"{name}.toml")["document"]), None)
    if document is None:
        pytest.skip(f"the document of {name} is not in ../shared/documents")
    theirs = nines(document.read_text(encoding="utf-8", errors="replace"))

    assert [one for one in read(GOLD / f"extras-{name}.toml")["extras"] if nines(one["why"]) & theirs] == []
