"""The corpora hold what their cards say."""

import csv
import re
import sys
from collections import Counter, defaultdict
from importlib.util import module_from_spec, spec_from_file_location
from itertools import combinations
from pathlib import Path
from types import ModuleType

import pytest

from impact.errors import CorpusError
from impact.paths import shelf
from impact.taxonomy import load
from impact.train.corpus.clauses import Labeled, read_written
from impact.train.corpus.standoff import read_labels
from tests.train.overlap import near_duplicates

LABELS = load().labels
CORPORA = shelf("corpora")
STANDOFF = ("standards", "development")


def listed(name: str) -> list[dict[str, str]]:
    with (CORPORA / name / "documents.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, dialect="excel-tab"))


def rfcs(row: dict[str, str]) -> list[str]:
    return re.findall(r"rfc ?(\d{4})", f"{row['file']} {row['number']}".lower())


@pytest.fixture(scope="module")
def written() -> tuple[Labeled, ...]:
    return read_written(CORPORA / "written", LABELS)


@pytest.fixture(scope="module")
def sizes() -> ModuleType:
    spec = spec_from_file_location("sizes", CORPORA / "sizes.py")
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules.setdefault("sizes", module_from_spec(spec))
    spec.loader.exec_module(module)
    return module


def test_an_id_that_stands_in_two_files_is_an_error(tmp_path: Path) -> None:
    line = '{"id": "w1", "title": "Tides", "text": "Lanterns burn oil.", "proposes": [], "context": []}\n'
    (tmp_path / "w00.jsonl").write_text(line, encoding="utf-8")
    (tmp_path / "w01.jsonl").write_text(line, encoding="utf-8")

    with pytest.raises(CorpusError, match="more than one clause with the id w1"):
        read_written(tmp_path, LABELS)


def test_there_are_ten_thousand_written_clauses(written: tuple[Labeled, ...]) -> None:
    assert len(written) >= 10000
    assert sum(not clause.proposes and not clause.context for clause in written) >= 2000


def test_no_label_is_both_proposed_and_mentioned(written: tuple[Labeled, ...]) -> None:
    assert [clause.id for clause in written if clause.proposes & clause.context] == []


def test_each_label_is_proposed_120_times_and_mentioned_40_times(written: tuple[Labeled, ...]) -> None:
    proposes = Counter(label for clause in written for label in clause.proposes)
    context = Counter(label for clause in written for label in clause.context)

    assert {label: proposes[label] for label in LABELS if proposes[label] < 120} == {}
    assert {label: context[label] for label in LABELS if context[label] < 40} == {}


def test_no_two_written_clauses_share_much_wording_but_for_contrast(written: tuple[Labeled, ...]) -> None:
    pairs = near_duplicates([clause.text for clause in written])
    alike = [(written[one], written[other]) for one, other in pairs]

    assert [(one.id, other.id) for one, other in alike if not one.group or one.group != other.group] == []


def test_there_are_300_contrast_pairs(written: tuple[Labeled, ...]) -> None:
    groups: dict[str, list[Labeled]] = defaultdict(list)
    for clause in written:
        if clause.group:
            groups[clause.group].append(clause)

    pairs = [pair for group in groups.values() for pair in combinations(group, 2)]

    assert sum((one.proposes, one.context) != (other.proposes, other.context) for one, other in pairs) >= 300


@pytest.mark.parametrize("name", STANDOFF)
def test_every_labeled_document_has_a_public_address(name: str) -> None:
    addresses = {row["file"]: row["address"] for row in listed(name)}
    labels = read_labels(CORPORA / name / "labels.jsonl", LABELS)
    sealed = {label.document for label in labels if label.reader.startswith("fresh")}

    assert {label.document for label in labels} == set(addresses)
    assert all(address for document, address in addresses.items() if document not in sealed)


def test_no_document_is_both_trained_on_and_kept_for_thresholds() -> None:
    standards, development = map(listed, STANDOFF)

    assert {row["file"] for row in standards} & {row["file"] for row in development} == set()


def test_no_rfc_is_both_trained_on_and_kept_for_thresholds_under_another_name() -> None:
    standards, development = ({rfc for row in listed(name) for rfc in rfcs(row)} for name in STANDOFF)

    assert "9458" in standards
    assert standards & development == set()


@pytest.mark.parametrize("name", [*STANDOFF, "written", "contributions", "calibration", "reserved"])
def test_a_card_has_the_sizes_of_its_files(sizes: ModuleType, name: str) -> None:
    assert (CORPORA / name / "README.md").read_text(encoding="utf-8") == sizes.card(CORPORA / name)
