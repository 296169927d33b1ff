"""Hostile files end within limits, in a document or in one clear refusal, and cost nobody else anything."""

import importlib.util
import time
from pathlib import Path
from typing import Any

import pytest

from impact.errors import UnreadableError
from impact.extract import Limits, Options, read
from impact.records import Document

# Seconds of processor time, of the clock; and what a child has to stay below on the clock with a busy machine.
LIMITS = Limits(cpu_seconds=4, wall_seconds=8, memory_bytes=600 * 2**20)
PATIENCE = 15
OPTIONS = Options()


def _hostile() -> Any:
    spec = importlib.util.spec_from_file_location("hostile", Path(__file__).with_name("hostile.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


HOSTILE = _hostile()
QUICK = [name for name in HOSTILE.MAKERS if name not in HOSTILE.HEAVY]
REFUSED = {
    "encrypted.pdf": "encrypted",
    "scan.pdf": "scan",
    "header-only.pdf": "damaged",
    "encrypted-office.docx": "protected by a password",
    "many-entries.docx": "entries",
    "workbook.xlsx": "Excel",
    "text.odt": "OpenDocument",
    "archive.zip": "ZIP archive",
    "truncated.docx": "damaged or cut short",
    "missing-part.docx": r"word/document\.xml",
    "empty.pdf": "empty",
    "white-space.txt": "white space",
    "rubbish.txt": "no known kind",
    "picture.docx": "PNG image",
    "note.rtf": "RTF",
    "program.txt": "program",
}
READ = {
    "pdf-called.docx": "pdf",
    "docx-called.pdf": "docx",
    "huge-page-box.pdf": "pdf",
    "broken-xref.pdf": "pdf",
    "nested-arrays.pdf": "pdf",
    "boastful-pages.pdf": "pdf",
}


def written(name: str, folder: Path) -> Path:
    path = folder / name
    path.write_bytes(HOSTILE.MAKERS[name]())
    return path


def attempt(path: Path, options: Options, limits: Limits) -> Document | UnreadableError:
    """Read; an exception of another class leaves, and fails the test."""
    try:
        return read(path, options, limits)
    except UnreadableError as error:
        return error


def outcome(path: Path, limits: Limits = LIMITS, options: Options = OPTIONS) -> str:
    """Return the text or the refusal, and hold the refusal to what a person needs."""
    start = time.monotonic()
    answer = attempt(path, options, limits)
    assert time.monotonic() - start < PATIENCE
    if isinstance(answer, Document):
        return answer.text
    assert path.name in answer.message
    assert "\n" not in str(answer)
    assert answer.hint
    return str(answer)


def test_there_are_at_least_thirty_five_hostile_files() -> None:
    assert len(HOSTILE.MAKERS) >= 35


@pytest.mark.parametrize("name", [name for name in QUICK if name not in REFUSED and name not in READ])
def test_it_ends_in_a_document_or_one_clear_refusal(name: str, tmp_path: Path) -> None:
    assert outcome(written(name, tmp_path))


@pytest.mark.parametrize("name", sorted(HOSTILE.HEAVY))
def test_a_heavy_one_ends_within_limits(name: str, tmp_path: Path) -> None:
    limits = Limits(cpu_seconds=1, wall_seconds=4, memory_bytes=400 * 2**20)

    assert outcome(written(name, tmp_path), limits)


@pytest.mark.parametrize(("name", "words"), REFUSED.items())
def test_it_is_refused_for_what_it_is(name: str, words: str, tmp_path: Path) -> None:
    path = written(name, tmp_path)

    with pytest.raises(UnreadableError, match=words):
        read(path, limits=LIMITS)


@pytest.mark.parametrize(("name", "kind"), READ.items())
def test_it_is_read_as_what_it_is(name: str, kind: str, tmp_path: Path) -> None:
    document = read(written(name, tmp_path), limits=LIMITS)

    assert document.format == kind
    assert "The operator shall keep a record" in document.text


@pytest.mark.parametrize("name", ["xxe.docx", "xxe.xml", "including.xml"])
def test_no_file_of_the_machine_comes_into_the_text(name: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("root:x:0:0 is the secret")
    path = tmp_path / name
    path.write_bytes(HOSTILE.MAKERS[name]().replace(b"/etc/passwd", str(secret).encode()))

    assert "is the secret" not in outcome(path)


def test_an_external_entity_is_not_followed_without_the_jail_either(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("root:x:0:0 is the secret")
    path = tmp_path / "xxe.xml"
    path.write_bytes(HOSTILE.MAKERS["xxe.xml"]().replace(b"/etc/passwd", str(secret).encode()))

    try:
        text = read(path, jailed=False).text
    except UnreadableError:
        text = ""
    assert "is the secret" not in text


def test_a_good_document_reads_the_same_after_a_crash_of_the_child(tmp_path: Path) -> None:
    good = tmp_path / "good.pdf"
    good.write_bytes(HOSTILE.good_pdf())
    before = read(good)

    outcome(written("cyclic-forms.pdf", tmp_path))

    assert read(good) == before


def test_a_million_paragraphs_within_the_ratio_end_in_a_document_or_a_refusal(tmp_path: Path) -> None:
    path = written("million-paragraphs.docx", tmp_path)

    assert outcome(path, Limits(cpu_seconds=2, wall_seconds=6), Options(max_archive_ratio=10_000))
