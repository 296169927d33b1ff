"""What hostile files may not do to the reading, beyond what every one of them is held to."""

import time
from contextlib import suppress
from pathlib import Path

import pytest

from impact.errors import LimitError, UnreadableError
from impact.extract import Limits, Options, read
from tests.hostile.make import MAKERS, make
from tests.hostile.pdfs import good_pdf

LIMITS = Limits()
PATIENCE = 60
"""Seconds on a busy machine for what is stopped after 4."""

HEAVY = (
    "branching-forms.pdf",
    "cyclic-forms.pdf",
    "endless-word.txt",
    "flate-bomb.pdf",
    "headings.txt",
    "many-pages.pdf",
    "many-paragraphs.docx",
    "million-objects.pdf",
)


def text_of(path: Path, *, jailed: bool, limits: Limits = LIMITS) -> str:
    """Return the text, or the refusal."""
    try:
        return read(path, limits=limits, jailed=jailed).text
    except UnreadableError as error:
        return str(error)


@pytest.mark.long
@pytest.mark.parametrize("name", HEAVY)
def test_it_ends_within_limits_that_are_too_narrow_for_it(name: str, tmp_path: Path) -> None:
    path = make(name, tmp_path)
    start = time.monotonic()

    with suppress(UnreadableError):
        read(path, limits=Limits(cpu_seconds=1, wall_seconds=4, memory_bytes=400 * 2**20))

    assert time.monotonic() - start < PATIENCE


@pytest.mark.parametrize("jailed", [True, False], ids=["in the jail", "without it"])
@pytest.mark.parametrize("name", ["xxe.docx", "xxe.xml", "including.xml"])
def test_no_file_of_the_machine_comes_into_the_text(name: str, jailed: bool, tmp_path: Path) -> None:  # noqa: FBT001
    secret = tmp_path / "secret"
    secret.write_text("root:x:0:0 is the secret")
    path = tmp_path / name
    path.write_bytes(MAKERS[name]().replace(b"/etc/passwd", str(secret).encode()))

    assert "is the secret" not in text_of(path, jailed=jailed)


@pytest.mark.long
def test_a_good_document_reads_the_same_after_a_crash_of_the_child(tmp_path: Path) -> None:
    good = tmp_path / "good.pdf"
    good.write_bytes(good_pdf())
    before = read(good)
    with pytest.raises(LimitError):
        read(make("cyclic-forms.pdf", tmp_path), limits=Limits(memory_bytes=400 * 2**20))

    assert read(good) == before


@pytest.mark.long
def test_a_million_paragraphs_that_may_be_unpacked_are_stopped_by_their_number_or_the_clock(tmp_path: Path) -> None:
    path = make("million-paragraphs.docx", tmp_path)

    with pytest.raises(LimitError):
        read(path, Options(max_archive_ratio=10_000), Limits(cpu_seconds=2, wall_seconds=6))


def test_text_over_its_own_limit_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("The operator shall log. " * 100)

    with pytest.raises(LimitError, match=r"of text; the limit is 0\.0 MB"):
        read(path, Options(max_text_bytes=1000))


@pytest.mark.parametrize("options", [Options(max_blocks=2), Options(max_characters=20)], ids=["blocks", "characters"])
def test_a_document_too_long_for_the_stages_after_the_reading_is_refused(options: Options, tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("The operator shall log.\n\n" * 3)

    with pytest.raises(LimitError, match="3 paragraphs and 73 characters"):
        read(path, options)


@pytest.mark.parametrize("name", ["lying-zip.docx", "zip-bomb.docx", "hollow.txt", "billion-laughs.xml", "xxe.docx"])
def test_what_would_grow_is_refused_for_what_it_is_before_it_has_grown(name: str, tmp_path: Path) -> None:
    path = make(name, tmp_path)

    told = text_of(path, jailed=True, limits=Limits(memory_bytes=700 * 2**20))

    assert "crashed" not in told
    assert "memory" not in told
    assert len(told) < 1000
