"""The parser ships with the program and is loaded only where sentences are read."""

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from impact.errors import MissingError
from impact.grammar.parser import digest, digest_of, load, load_from, parse
from impact.paths import shelf

FOLDER = shelf("models") / "parser"
CARD = json.loads((FOLDER / "parser.json").read_text(encoding="utf-8"))


def test_the_files_are_those_of_the_card() -> None:
    digests = {name: hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() for name in CARD["files"]}
    there = {path.relative_to(FOLDER).as_posix() for path in (FOLDER / "pipeline").rglob("*") if path.is_file()}

    assert digests == CARD["files"]
    assert there == {name for name in CARD["files"] if name.startswith("pipeline/")}


def test_a_parser_of_other_files_than_its_card_records_is_refused_by_the_name_of_the_file(tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path, dirs_exist_ok=True)
    assert digest_of(tmp_path) == digest()

    with (tmp_path / "pipeline" / "parser" / "cfg").open("ab") as file:
        file.write(b"\n")

    with pytest.raises(MissingError, match="pipeline/parser/cfg has another digest"):
        digest_of(tmp_path)


def test_the_digest_of_a_parser_is_that_of_the_bytes_there_even_if_its_card_was_edited_too(tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path, dirs_exist_ok=True)
    edited = tmp_path / "pipeline" / "parser" / "cfg"
    edited.write_bytes(edited.read_bytes() + b"\n")
    files = {**CARD["files"], "pipeline/parser/cfg": hashlib.sha256(edited.read_bytes()).hexdigest()}
    (tmp_path / "parser.json").write_text(json.dumps({**CARD, "files": files}), encoding="utf-8")

    assert digest_of(tmp_path) != digest()


def test_only_what_reading_needs_is_in_the_pipeline() -> None:
    assert load().pipe_names == ["tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer"]


def test_a_text_is_taken_as_one_sentence() -> None:
    document = parse(["The hub sends a token. The node keeps it."])[0]

    assert len(list(document.sents)) == 1


def test_importing_the_room_loads_neither_spacy_nor_the_parser() -> None:
    program = "import sys, impact.grammar; print('spacy' in sys.modules, 'numpy' in sys.modules)"

    told = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)

    assert told.stdout.split() == ["False", "False"]


def test_a_missing_parser_is_said_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(MissingError, match=r"config\.cfg") as caught:
        load_from(tmp_path)

    assert "rebuild.py" in caught.value.hint


def test_a_damaged_parser_is_said(tmp_path: Path) -> None:
    shutil.copytree(FOLDER / "pipeline", tmp_path / "pipeline")
    (tmp_path / "pipeline" / "parser" / "model").write_bytes(b"damaged")

    with pytest.raises(MissingError, match="is damaged"):
        load_from(tmp_path / "pipeline")
