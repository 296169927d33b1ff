"""The formats of `impact analyze` that are no text: written beside the others, or refused in one line."""

from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner

from impact.cli import main
from impact.paths import shelf

PROPOSALS = shelf("corpora") / "proposals"


def run(*arguments):
    return CliRunner().invoke(main, ["analyze", "--by", "cues", *map(str, arguments)])


@pytest.mark.parametrize("name", ["new-network.pdf", "new-network.docx"])
def test_all_formats_are_written_beside_each_other(tmp_path, name):
    result = run(PROPOSALS / name, "--out", tmp_path / "r", "--format", "html,json,md,csv,docx,xlsx,annotated")

    assert result.exit_code == 0, result.output
    suffix = Path(name).suffix
    assert {file.name for file in (tmp_path / "r").iterdir()} == {
        *("report.html", "report.json", "report.md", "findings.csv", "brief.docx", "findings.xlsx"),
        f"annotated{suffix}",
    }
    assert f"annotated{suffix}" in result.output


def test_format_that_the_document_does_not_allow_is_said_in_one_line_and_the_others_are_written(tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("The node shall inspect the payload of each packet.\n", encoding="utf-8")

    result = run(file, "--out", tmp_path / "r", "--format", "annotated,docx")

    assert result.exit_code == 0
    assert [one.name for one in (tmp_path / "r").iterdir()] == ["brief.docx"]
    (line,) = result.stderr.splitlines()
    assert line.startswith("impact: a.txt is text, but only PDF and DOCX can be annotated. Save it in one of these")


def test_the_only_format_that_cannot_be_made_is_a_failure(tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("The node shall inspect the payload of each packet.\n", encoding="utf-8")

    result = run(file, "--out", tmp_path / "r", "--format", "annotated")

    assert result.exit_code == 1
    assert not (tmp_path / "r").exists()


def test_signed_pdf_gets_its_report_and_a_line(tmp_path):
    with pikepdf.open(PROPOSALS / "new-network.pdf") as pdf:
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[], SigFlags=3)
        pdf.save(tmp_path / "signed.pdf")

    result = run(tmp_path / "signed.pdf", "--out", tmp_path / "r", "--format", "json,annotated")

    assert result.exit_code == 0
    assert [one.name for one in (tmp_path / "r").iterdir()] == ["report.json"]
    assert "signed.pdf is signed" in result.stderr


def test_help_names_the_formats():
    result = run("--help")

    assert "docx, xlsx, onepage, amendments, review, contribution, pdf, annotated" in " ".join(result.output.split())
