"""Pages that are images are read by Tesseract, in the sandbox, and shown as such; without it they are named."""

import io
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, repeat
from pathlib import Path

import pytest
from machine import lacking
from PIL import Image, ImageDraw, ImageFont

from impact.errors import ScanError
from impact.extract import Limits, read_bytes
from impact.extract.images import tesseract
from impact.extract.options import RecognizedPage
from impact.extract.pdf.document import PageReading
from impact.extract.pdf.recognized import settle
from impact.extract.pdf.words import PageWords
from impact.pipeline import analyze
from impact.records import Document, PageVerdict, Span
from impact.sandbox.trial import try_out

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a system with fork")
CLAUSES = (
    "4 Requirements",
    "4.1 The operator shall shut off any subscriber in arrears",
    "without notice and without an appeal.",
    "4.2 The quay shall be forty metres long.",
)
Scan = Callable[..., bytes]


@pytest.fixture
def installed() -> Iterator[None]:
    if shutil.which("tesseract") is None:
        pytest.skip(lacking("tesseract", "tesseract-ocr tesseract-ocr-eng"))
    tesseract.languages.cache_clear()
    yield
    tesseract.languages.cache_clear()


def page(lines: Sequence[str], turn: int = 0) -> Image.Image:
    """Return a page of A4 with lines, at 150 dpi, turned clockwise by quarter turns."""
    image = Image.new("L", (1240, 1754), 255)
    font = ImageFont.load_default(30)
    for row, line in enumerate(lines):
        ImageDraw.Draw(image).text((150, 200 + 60 * row), line, fill=0, font=font)
    return image.rotate(-90 * turn, expand=True)


def picture() -> Image.Image:
    """Return a page without a letter."""
    image = page(())
    ImageDraw.Draw(image).ellipse((200, 300, 1000, 1400), fill=90)
    return image


def scanned(*pages: Image.Image) -> bytes:
    """Return a PDF of pages that are images, as a scanner makes it."""
    out = io.BytesIO()
    pages[0].save(out, "PDF", resolution=150, save_all=True, append_images=pages[1:])
    return out.getvalue()


def words(document: Document) -> list[str]:
    return document.text.split()


@pytest.mark.usefixtures("installed")
def test_a_scan_gives_the_findings_of_its_text(tmp_path: Path) -> None:
    (tmp_path / "scan.pdf").write_bytes(scanned(page(CLAUSES)))
    (tmp_path / "text.txt").write_text("4 Requirements\n\n" + "\n".join(CLAUSES[1:]))

    scan, text = analyze(tmp_path / "scan.pdf"), analyze(tmp_path / "text.txt")

    found = [[(item.finding.mechanism, item.finding.doubtful) for item in each.findings] for each in (scan, text)]
    assert found[0] == found[1] != []
    assert words(scan.document) == words(text.document)
    assert [(page.verdict, page.quality > 0.8) for page in scan.document.pages] == [(PageVerdict.OCR, True)]


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("turn", [0, 3])
def test_words_of_a_turned_page_have_their_place_on_it(turn: int) -> None:
    document = read_bytes(scanned(page([*CLAUSES, *CLAUSES, *CLAUSES], turn)), "scan.pdf")

    assert "shut off any subscriber" in " ".join(words(document))
    start = document.text.index("Requirements")
    ((number, x0, y0, x1, y1),) = [
        (box.page, box.x0, box.y0, box.x1, box.y1) for box in document.boxes(Span(start, start + 12))
    ]
    width, height = document.pages[0].width, document.pages[0].height
    center = ((x0 + x1) / 2 / width, (y0 + y1) / 2 / height)
    upright = (0.2, 0.12)
    expected = [upright, (1 - upright[1], upright[0]), (1 - upright[0], 1 - upright[1]), (upright[1], 1 - upright[0])]
    assert number == 1
    assert center == pytest.approx(expected[turn], abs=0.06)


@pytest.mark.parametrize("turn", [0, 1, 2, 3])
def test_a_word_keeps_its_place_however_the_page_was_turned(turn: int) -> None:
    page = PageWords(1, 300, 400, turn=turn)
    width, height = round(page.upright_width * 2), round(page.upright_height * 2)
    nonsense = ["5 1 1 1 1 x 1 bad row", "5 1 1 1 1 1 nan 40 100 30 inf bad", "5 1 1 1 1 1 20 40 1e300 30 90 bad"]
    rows = [f"1 1 0 0 0 0 0 0 {width} {height} -1 ", "5 1 1 1 1 1 20 40 100 30 96.5 quay", *nonsense]
    readings = [PageReading(PageWords(1, 300, 400), [], PageVerdict.SCAN)]

    settle(readings, [RecognizedPage(1, turn, "\n".join(row.replace(" ", "\t") for row in rows))], 1000)

    words = readings[0].words
    assert (words.texts, words.upright(), readings[0].quality) == (["quay"], [(10, 20, 60, 35)], 0.96)


@pytest.mark.parametrize("size", ["x", "nan", "0", "-1"])
def test_a_table_without_the_size_of_its_page_is_left_out(size: str) -> None:
    rows = [f"1 1 0 0 0 0 0 0 {size} 800 -1 ", "5 1 1 1 1 1 20 40 100 30 96.5 quay"]
    readings = [PageReading(PageWords(1, 300, 400), [], PageVerdict.SCAN)]

    settle(readings, [RecognizedPage(1, 0, "\n".join(row.replace(" ", "\t") for row in rows))], 1000)

    assert readings[0].verdict is PageVerdict.SCAN


@pytest.mark.usefixtures("installed")
def test_pages_without_a_letter_stay_unread() -> None:
    document = read_bytes(scanned(page(CLAUSES), picture()), "scan.pdf")

    assert [page.verdict for page in document.pages] == [PageVerdict.OCR, PageVerdict.SCAN]
    assert document.warnings == ("Page 2 could not be read: scanned without a text layer.",)


@pytest.mark.usefixtures("installed")
def test_a_scan_of_nothing_is_refused_with_what_to_do() -> None:
    with pytest.raises(ScanError, match="Tesseract recognized no text on it") as caught:
        read_bytes(scanned(picture()), "scan.pdf")

    assert "sharper scan" in caught.value.hint


@pytest.mark.usefixtures("installed")
def test_pages_that_are_not_reached_in_time_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("impact.extract.images.pages.AT_ONCE", 1)
    clock = chain([0.0, 0.0], repeat(61.0))
    monkeypatch.setattr("impact.extract.images.pages.monotonic", lambda: next(clock))

    document = read_bytes(scanned(page(CLAUSES), page(CLAUSES)), "scan.pdf", limits=Limits(recognition_seconds=60))

    assert [page.verdict for page in document.pages] == [PageVerdict.OCR, PageVerdict.SCAN]
    assert document.warnings[-1] == "Page 2 not read: text recognition stopped after 60 s."


@pytest.mark.usefixtures("installed")
def test_a_scan_that_takes_too_long_is_refused_with_the_limit() -> None:
    with pytest.raises(ScanError, match="text recognition takes longer than 1e-09 s") as caught:
        read_bytes(scanned(page(CLAUSES)), "scan.pdf", limits=Limits(recognition_seconds=1e-9))

    assert "more time" in caught.value.hint


def test_without_tesseract_a_scan_is_refused_in_words_for_an_officer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")

    with pytest.raises(ScanError, match="scan without a text layer") as caught:
        read_bytes(scanned(page(CLAUSES)), "scan.pdf")

    assert "ask your IT department to install Tesseract" in caught.value.hint


TAKEN_OVER = """#!/bin/sh
test "$1" = --list-langs && printf 'List:\\neng\\n' && exit 0
say() {{ printf '5\\t1\\t1\\t1\\t1\\t1\\t1\\t1\\t9\\t9\\t99\\t%s\\n' "$1"; }}
printf '1\\t1\\t0\\t0\\t0\\t0\\t0\\t0\\t99\\t99\\t-1\\t\\n'
cat {secret} > /dev/null 2>&1 && say read
ls {folder} > /dev/null 2>&1 && say listed
( : > {folder}/outside ) 2> /dev/null && say wrote
say harmless
"""


def test_a_tesseract_that_is_taken_over_reads_no_file_and_writes_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not try_out().is_whole:
        pytest.skip("needs Landlock and seccomp")
    secret, program = tmp_path / "secret.txt", tmp_path / "bin" / "tesseract"
    secret.write_text("secret")
    program.parent.mkdir()
    program.write_text(TAKEN_OVER.format(secret=secret, folder=tmp_path))
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")

    document = read_bytes(scanned(page(CLAUSES)), "scan.pdf")

    assert words(document) == ["harmless"]
    assert not (tmp_path / "outside").exists()


@pytest.mark.parametrize(
    ("script", "installed", "languages"),
    [
        ("Latin", {"eng", "fra", "deu"}, "eng+fra"),
        ("Cyrillic", {"eng", "rus"}, "rus+eng"),
        ("Thai", {"tha"}, "tha"),
        ("", {"eng", "ara"}, "eng+ara"),
    ],
)
def test_a_script_is_read_in_the_installed_languages_that_it_has(
    script: str, installed: set[str], languages: str
) -> None:
    assert tesseract.chosen(script, frozenset(installed)) == languages
