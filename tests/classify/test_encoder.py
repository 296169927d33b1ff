"""The sentence encoder that ships with the program."""

import hashlib
import json
import shutil
import subprocess
import sys

import numpy as np
import pytest

from impact.classify.networks.encoder import load, load_from
from impact.errors import MissingError
from impact.paths import shelf

FOLDER = shelf("models") / "encoder"
RECORD = "The gateway keeps a record of every call."
LOG = "All calls are logged by the gateway."
COLOR = "The logo is printed in blue and green."


@pytest.mark.parametrize("text", ["", "log", RECORD, "\x00", "word " * 5000, "x" * 5000])
def test_a_vector_has_length_one(text: str) -> None:
    vector = load().vector(text)
    assert vector.shape == (load().dimension,) == (384,)
    assert vector.dtype == np.float32
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)


def test_a_vector_does_not_depend_on_what_was_encoded_before() -> None:
    first = load().vector(RECORD)
    for text in ("short", COLOR * 20, "x" * 300):
        load().vector(text)
    assert np.array_equal(load().vector(RECORD), first)
    assert np.array_equal(load_from(FOLDER).vector(RECORD), first)


def test_sentences_that_say_alike_are_nearer() -> None:
    record, log, color = (load().vector(text) for text in (RECORD, LOG, COLOR))
    assert record @ log > 0.5
    assert record @ color < 0.3


def test_a_second_text_changes_the_vector_and_an_empty_one_does_not() -> None:
    assert np.array_equal(load().vector(RECORD, ""), load().vector(RECORD))
    assert not np.array_equal(load().vector(RECORD, LOG), load().vector(RECORD))


def test_words_beyond_the_limit_do_not_count() -> None:
    assert np.array_equal(load().vector("log " * 126), load().vector("log " * 127 + COLOR))


@pytest.mark.parametrize(
    ("one", "two"),
    [(5, 3), (200, 0), (200, 3), (3, 200), (200, 200), (62, 200), (63, 63), (62, 64), (100, 26), (62, 63)],
)
def test_the_longer_of_two_texts_is_cut_first_as_the_library_cuts_it(one: int, two: int) -> None:
    library = pytest.importorskip("tokenizers", reason="tokenizers is an extra for developers")
    model = library.models.WordPiece(dict(load().vocabulary), unk_token="[UNK]")  # noqa: S106
    cutter = library.Tokenizer(model)
    cutter.normalizer = library.normalizers.BertNormalizer()
    cutter.pre_tokenizer = library.pre_tokenizers.BertPreTokenizer()
    cutter.post_processor = library.processors.BertProcessing(("[SEP]", 102), ("[CLS]", 101))
    cutter.enable_truncation(load().limit, strategy="longest_first")
    texts = ["log " * one, "key " * two] if two else ["log " * one]
    expected = cutter.encode(*texts)
    assert load().inputs(*texts) == (expected.ids, expected.type_ids)


def test_the_card_gives_the_digest_of_each_file() -> None:
    card = json.loads((FOLDER / "encoder.json").read_text(encoding="utf-8"))
    found = {name: hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() for name in card["files"]}
    assert found == card["files"]
    decides = f"{found['encoder.onnx']} {found['vocab.txt']} {card['limit']}"
    assert load().digest == card["digest"] == hashlib.sha256(decides.encode()).hexdigest()


@pytest.mark.parametrize("name", ["encoder.json", "encoder.onnx", "vocab.txt"])
def test_a_missing_file_is_named_with_what_to_do(name: str, tmp_path) -> None:
    for other in {"encoder.json", "vocab.txt"} - {name}:
        shutil.copyfile(FOLDER / other, tmp_path / other)
    if name != "encoder.onnx":
        (tmp_path / "encoder.onnx").touch()
    with pytest.raises(MissingError, match=name) as caught:
        load_from(tmp_path)
    assert "rebuild.py" in caught.value.hint


@pytest.mark.parametrize("name", ["encoder.onnx", "vocab.txt"])
def test_an_encoder_of_other_bytes_than_its_card_records_is_refused(name: str, tmp_path) -> None:
    for other in ("encoder.json", "encoder.onnx", "vocab.txt"):
        shutil.copyfile(FOLDER / other, tmp_path / other)
    with (tmp_path / name).open("ab") as file:
        file.write(b"\n")

    with pytest.raises(MissingError, match="its digest is"):
        load_from(tmp_path)


def test_an_encoder_that_reads_fewer_words_than_its_card_was_made_for_is_refused(tmp_path) -> None:
    for name in ("encoder.json", "encoder.onnx", "vocab.txt"):
        shutil.copyfile(FOLDER / name, tmp_path / name)
    card = json.loads((tmp_path / "encoder.json").read_text(encoding="utf-8"))
    (tmp_path / "encoder.json").write_text(json.dumps({**card, "limit": 12}), encoding="utf-8")

    with pytest.raises(MissingError, match="its digest is"):
        load_from(tmp_path)


@pytest.mark.parametrize("name", ["encoder.json", "encoder.onnx", "vocab.txt"])
def test_a_file_that_was_cut_short_is_an_error_with_what_to_do(name: str, tmp_path) -> None:
    shutil.copytree(FOLDER, tmp_path, dirs_exist_ok=True)
    (tmp_path / name).write_bytes((FOLDER / name).read_bytes()[:80])
    with pytest.raises(MissingError, match="is damaged") as caught:
        load_from(tmp_path)
    assert "rebuild.py" in caught.value.hint


def test_the_module_loads_nothing_heavy() -> None:
    script = (
        "import sys, impact.classify.networks.encoder; sys.exit(bool({'numpy', 'onnxruntime'} & sys.modules.keys()))"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
