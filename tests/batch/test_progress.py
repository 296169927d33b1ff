"""What a person sees while a batch runs."""

from dataclasses import replace

import pytest

from impact.batch.progress import PROGRESS
from impact.batch.runlog import DocumentEvent

DONE = DocumentEvent("a.txt", "done", seconds=1.25, pages=3, level="high", firm_level="high")
FAILED = DocumentEvent("b\x1b[2J.pdf", "failed", "extract", "b.pdf is empty", "Fetch it again")


def test_a_terminal_shows_documents_failures_and_speed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"FORCE_COLOR": "1", "COLUMNS": "120"}.items():
        monkeypatch.setenv(name, value)

    with PROGRESS["bar"](2, "documents") as tell:
        tell([DONE])
        tell([FAILED])

    shown = capsys.readouterr()
    assert shown.out == ""
    assert "documents, 1 failed" in shown.err
    assert "pages/s" in shown.err
    assert "left" in shown.err


def test_elsewhere_a_document_is_a_line_that_its_name_cannot_break(capsys: pytest.CaptureFixture[str]) -> None:
    with PROGRESS["lines"](3, "documents") as tell:
        for entry in (DONE, DocumentEvent("c.txt", "unchanged"), FAILED):
            tell([entry])

    assert capsys.readouterr().err.splitlines() == [
        "[1/3] done a.txt (high; 3 p., 1.2 s)",
        "[3/3] failed b\ufffd[2J.pdf",
    ]


def test_a_line_says_no_level_where_nothing_is_firm(capsys: pytest.CaptureFixture[str]) -> None:
    with PROGRESS["lines"](1, "documents") as tell:
        tell([replace(DONE, firm_level="none")])

    assert capsys.readouterr().err == "[1/1] done a.txt (needs review; 3 p., 1.2 s)\n"


def test_a_line_says_where_a_reader_must_decide_on_the_level(capsys: pytest.CaptureFixture[str]) -> None:
    with PROGRESS["lines"](1, "documents") as tell:
        tell([replace(DONE, firm_level="low")])

    level = "low; may be higher after review"
    assert capsys.readouterr().err == f"[1/1] done a.txt ({level}; 3 p., 1.2 s)\n"


def test_quiet_shows_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with PROGRESS["quiet"](1, "documents") as tell:
        tell([FAILED])

    assert capsys.readouterr() == ("", "")
