"""Corpora in, heads out: with documents and without, the same each time."""

import json
import shutil
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from impact.classify.heads import Cuts, load_from
from impact.errors import CorpusError
from impact.pipeline import prepare
from impact.train.fit.train import Corpora, Trained, train

READ = partial(prepare, jailed=False)


def trained(corpora: Corpora, target: Path) -> Trained:
    return train(corpora, READ, target, lambda _: None)


@pytest.fixture(scope="module")
def whole(with_documents: Corpora, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Trained]:
    folder = tmp_path_factory.mktemp("whole")
    return folder, trained(with_documents, folder)


def test_without_documents_the_written_clauses_are_trained_on_and_the_documents_named(
    tiny: tuple[Path, Trained],
) -> None:
    _, result = tiny

    assert (result.written, result.real, result.development) == (40, 0, 0)
    assert result.missing == ("canals.txt", "ferries.txt", "tides.txt")
    assert (result.lost, dict(result.cuts), dict(result.unseen)) == (0, {"fast": Cuts(), "model": Cuts()}, {})


def test_with_documents_their_clauses_are_trained_on_and_held_back(whole: tuple[Path, Trained]) -> None:
    _, result = whole

    assert (result.written, result.real, result.development, result.calibrated) == (40, 30, 15, True)
    assert (result.missing, result.lost) == ((), 0)


def test_a_single_document_that_is_absent_is_named(with_documents: Corpora, tmp_path: Path) -> None:
    assert with_documents.documents
    shutil.copytree(with_documents.documents, tmp_path / "documents")
    (tmp_path / "documents" / "ferries.txt").unlink()

    result = trained(replace(with_documents, documents=tmp_path / "documents"), tmp_path / "heads")

    assert (result.real, result.development, result.missing) == (15, 15, ("ferries.txt",))


def test_a_clause_whose_words_changed_is_counted_as_lost(with_documents: Corpora, tmp_path: Path) -> None:
    assert with_documents.documents
    shutil.copytree(with_documents.documents, tmp_path / "documents")
    path = tmp_path / "documents" / "canals.txt"
    text = path.read_text(encoding="utf-8").replace("The barge shall shut off", "The barge must shut off")
    path.write_text(text, encoding="utf-8")

    result = trained(replace(with_documents, documents=tmp_path / "documents"), tmp_path / "heads")

    assert (result.real, result.lost) == (29, 1)


def test_the_same_corpora_give_the_same_digest_and_bytes(
    with_documents: Corpora, whole: tuple[Path, Trained], tmp_path: Path
) -> None:
    again = trained(with_documents, tmp_path)

    assert again.digest == whole[1].digest
    for path in whole[0].iterdir():
        assert (tmp_path / path.name).read_bytes() == path.read_bytes()


def test_other_corpora_give_another_digest(tiny: tuple[Path, Trained], whole: tuple[Path, Trained]) -> None:
    assert tiny[1].digest != whole[1].digest


def test_the_heads_can_be_loaded_and_the_card_says_what_they_learned_from(whole: tuple[Path, Trained]) -> None:
    folder, result = whole

    card = json.loads((folder / "heads.json").read_text(encoding="utf-8"))

    assert load_from(folder).digest == result.digest
    assert {name: card["made_of"][name] for name in ("written", "real", "held")} == {
        "written": 40,
        "real": 30,
        "held": 15,
    }


def test_each_step_is_told(corpora: Corpora, tmp_path: Path) -> None:
    told: list[str] = []

    train(corpora, READ, tmp_path, told.append)

    assert told[0] == "read the written clauses"
    assert "encode 40 clauses" in told


def test_without_a_written_clause_nothing_is_trained(corpora: Corpora, tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="holds no clause to train on"):
        trained(replace(corpora, written=tmp_path), tmp_path / "heads")

    assert not (tmp_path / "heads").exists()


def test_development_labels_that_propose_nothing_leave_the_plain_threshold(
    with_documents: Corpora, tmp_path: Path
) -> None:
    lines = (with_documents.development / "labels.jsonl").read_text(encoding="utf-8").splitlines()
    bare = [line for line in lines if not json.loads(line)["proposes"]]
    (tmp_path / "development").mkdir()
    (tmp_path / "development" / "labels.jsonl").write_text("\n".join(bare), encoding="utf-8")

    result = trained(replace(with_documents, development=tmp_path / "development"), tmp_path / "heads")

    assert (result.development, result.calibrated, dict(result.unseen)) == (3, False, {})
    assert dict(result.cuts) == {"fast": Cuts(), "model": Cuts()}
