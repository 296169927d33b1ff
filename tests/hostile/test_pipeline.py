"""Each hostile file through the whole analysis: one clear refusal or a harmless report, within limits."""

import re
from pathlib import Path
from shutil import which
from typing import Any

import pytest

from tests.hostile.conftest import Analyst
from tests.hostile.make import NAMES, make

pytestmark = pytest.mark.long

MEMORY = 768 * 2**20
"""Bytes that the analyzing process may use, models included; these take some 500 MB once several files were read, and
the page of `huge-page-box.pdf` 200 MB more. The jail has its own limit."""

SECONDS = 30
"""Processor time that it may take for one file, the loading of the models included. The jail has its own limit."""

STOPPED = r"crashed the reader|processor time|longer than|memory"
REFUSED = {
    "archive.zip": "ZIP archive",
    "billion-laughs.docx": "declares a document type",
    "billion-laughs.yaml": "YAML file without",
    "branching-forms.pdf": STOPPED,
    "broken-xml.docx": "not well-formed XML",
    "climbing-path.docx": "no text",
    "cyclic-forms.pdf": STOPPED,
    "cyclic-pages.pdf": "no text",
    "dangling.pdf": "does not exist",
    "deep-tables.docx": "not well-formed XML",
    "deep.html": "more than 2,000 deep, with no text above",
    "deep.xml": "without text",
    "empty.pdf": "empty",
    "encrypted-office.docx": "protected by a password",
    "encrypted.pdf": "encrypted",
    "flate-bomb.pdf": STOPPED,
    "folder.pdf": "is a folder",
    "header-only.pdf": "damaged",
    "headings.txt": f"100,001 paragraphs|{STOPPED}",
    "hollow.txt": r"200\.0 MB of text",
    "image-bomb.pdf": "scan",
    "locked.txt": "permission denied",
    "long-line.html": r"50\.0 MB of text",
    "long-line.txt": "characters; at most",
    "lying-zip.docx": "cannot be unpacked",
    "many-entries.docx": "entries",
    "many-pages.pdf": "no text",
    "many-paragraphs.docx": f"120,000 paragraphs|{STOPPED}",
    "million-paragraphs.docx": "times its size",
    "missing-part.docx": r"word/document\.xml",
    "nested-zip.docx": "not well-formed XML",
    "nul-bytes.txt": "unknown format",
    "old-excel.xls": "Excel",
    "old-word.doc": "old Word",
    "pageless.pdf": "no pages",
    "picture.docx": "image of one page",
    "picture.pdf": "image of one page",
    "pipe.pdf": "device or pipe",
    "program.docx": "Windows program",
    "program.txt": "program",
    "rubbish.txt": "unknown format",
    "scan.pdf": "scan",
    "slideless.pptx": "not a presentation",
    "text.odt": "OpenDocument",
    "too-large.txt": "is too large",
    "truncated.docx": "damaged or incomplete",
    "truncated.pdf": "damaged",
    "truncated.pptx": "damaged or incomplete",
    "unknown-handler.pdf": "unknown kind of encryption",
    "white-space.txt": "white space",
    "workbook.xlsx": "contains no readable words",
    "xxe.docx": "declares a document type",
    "zip-bomb.docx": "unpack to",
}
READ = {
    "active.pdf": "pdf",
    "bait.txt": "text",
    "billion-laughs.xml": "rfcxml",
    "boastful-pages.pdf": "pdf",
    "broken-xref.pdf": "pdf",
    "control-characters.txt": "text",
    "deep.md": "markdown",
    "docx-called.pdf": "docx",
    "endless-word.txt": "text",
    "half-utf16.txt": "text",
    "headings.md": "markdown",
    "huge-page-box.pdf": "pdf",
    "including.xml": "rfcxml",
    "long-runs.txt": "text",
    "million-objects.pdf": "pdf",
    "mixed-encodings.txt": "text",
    "nan-page-box.pdf": "pdf",
    "negative-page-box.pdf": "pdf",
    "nested-arrays.pdf": "pdf",
    "nested-operands.pdf": "pdf",
    "nested-tables.docx": "docx",
    "nested.md": "markdown",
    "note.rtf": "rtf",
    "pdf-called.docx": "pdf",
    "pdf-called.txt": "pdf",
    "scattered-glyphs.pdf": "pdf",
    "stored-html.docx": "docx",
    "stored-html.html": "html",
    "unmarked-utf16.txt": "text",
    "xxe.xml": "rfcxml",
}
if which("tesseract"):  # which reads what the fonts do not say
    READ["broken-map.pdf"] = "pdf"
else:
    REFUSED["broken-map.pdf"] = "cannot be decoded"
PROSE = frozenset(READ) - {
    "bait.txt",
    "billion-laughs.xml",
    "endless-word.txt",
    "half-utf16.txt",
    "headings.md",
    "including.xml",
    "long-runs.txt",
    "note.rtf",
    "scattered-glyphs.pdf",
    "xxe.xml",
}
"""Those whose text begins with what an honest reader finds in them."""

TRICKS = re.compile("<script>alert|<img src=x|[\x07\x1b]|<title>[^<]*[\u202e\u2066]")
"""What must not come into a page: the tricks of these files, unescaped; characters that steer a terminal, or the
writing direction where nothing isolates them."""


def check_refusal(answer: dict[str, Any], name: str) -> None:
    assert re.search(REFUSED[name], answer.get("message", "it was read"))
    assert name in answer["message"]
    assert answer["message"].isprintable()
    assert answer["hint"].isprintable()
    assert len(answer["hint"]) > 10


def check_report(answer: dict[str, Any], name: str) -> None:
    assert answer.get("format", answer.get("message")) == READ[name]
    assert name not in PROSE or "The operator shall keep a record" in answer["text"]
    assert "root:x:0:" not in answer["text"] + answer["json"]
    assert not TRICKS.search(answer["html"])
    assert not re.search(r"^\s*\"?[=+@\t]", answer["csv"], re.MULTILINE)


def test_there_are_at_least_thirty_five_hostile_files_and_each_has_its_expectation() -> None:
    assert set(NAMES) <= {*REFUSED, *READ}
    assert not set(REFUSED) & set(READ)
    assert len(NAMES) >= 35


@pytest.mark.parametrize("name", NAMES)
def test_it_ends_within_limits_in_one_clear_refusal_or_a_harmless_report(
    name: str, analyst: Analyst, tmp_path: Path
) -> None:
    path = make(name, tmp_path)

    answer = analyst.analyze(path)

    check = check_refusal if name in REFUSED else check_report
    check(answer, name)
    assert answer["memory"] < MEMORY
    assert answer["seconds"] < SECONDS
    assert list(tmp_path.iterdir()) == [path]
    assert list(analyst.folder.iterdir()) == []


def test_a_file_that_the_encoder_looks_at_leaves_no_trace_at_home(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    analyst = Analyst(home)
    path = make("pdf-called.txt", tmp_path)

    analyst.analyze(path)
    analyst.close()

    assert list(home.iterdir()) == []
