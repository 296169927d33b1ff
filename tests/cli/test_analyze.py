"""The command line as a person uses it: real files, real child processes."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from impact.cli import main
from impact.paths import shelf

SAMPLES = shelf("corpora") / "proposals"
CAREFUL, NETWORK = SAMPLES / "careful-wallet.pdf", SAMPLES / "new-network.pdf"
QUIET = SAMPLES / "audio-payload.pdf"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_reports_are_written_where_asked(tmp_path: Path) -> None:
    result = run("analyze", NETWORK, "--out", tmp_path / "r", "--format", "html,json,md,csv")

    assert result.exit_code == 0
    assert sorted(file.name for file in (tmp_path / "r").iterdir()) == [
        "findings.csv",
        "report.html",
        "report.json",
        "report.md",
    ]


def test_without_out_the_report_goes_beside_into_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    run("analyze", NETWORK)

    assert (tmp_path / "new-network-report" / "report.html").exists()


def test_several_files_get_a_folder_each(tmp_path: Path) -> None:
    twin = tmp_path / "elsewhere" / NETWORK.name
    twin.parent.mkdir()
    twin.write_bytes(NETWORK.read_bytes())

    run("analyze", NETWORK, twin, "--out", tmp_path / "r", "--format", "json")

    assert sorted(folder.name for folder in (tmp_path / "r").iterdir()) == ["new-network.pdf", "new-network.pdf-2"]


def test_a_file_that_cannot_be_read_is_named_in_one_line_and_leaves_nothing(tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 and then nothing")

    result = run("analyze", broken, "--out", tmp_path / "r")

    assert result.exit_code == 1
    assert result.stdout == ""
    assert len(result.stderr.strip().splitlines()) == 1
    assert "broken.pdf" in result.stderr
    assert not (tmp_path / "r").exists()


def test_one_broken_file_does_not_lose_the_others(tmp_path: Path) -> None:
    broken = tmp_path / "empty.docx"
    broken.touch()

    result = run("analyze", broken, NETWORK, "--out", tmp_path / "r", "--format", "json")

    assert result.exit_code == 4
    assert (tmp_path / "r" / "new-network.pdf" / "report.json").exists()


def test_fail_on_tells_findings_by_the_exit_code(tmp_path: Path) -> None:
    grave = run("analyze", NETWORK, "--out", tmp_path / "a", "--fail-on", "high")
    quiet = run("analyze", QUIET, "--out", tmp_path / "b", "--fail-on", "high")

    assert (grave.exit_code, quiet.exit_code) == (3, 0)


def test_fail_on_does_not_count_what_is_for_a_reader_to_decide(tmp_path: Path) -> None:
    note = "NOTE The operator delivers the intercepted communications of the subscriber to the law enforcement agency."
    (tmp_path / "note.txt").write_text(f"1 Interception\n\n{note}\n", encoding="utf-8")
    doubted = run("analyze", tmp_path / "note.txt", "--out", tmp_path / "a", "--format", "json", "--fail-on", "low")

    report = json.loads((tmp_path / "a" / "report.json").read_text(encoding="utf-8"))
    assert (report["level"], report["firm_level"], doubted.exit_code) == ("high", "none", 0)


def test_an_unknown_format_is_wrong_usage(tmp_path: Path) -> None:
    assert run("analyze", NETWORK, "--out", tmp_path, "--format", "odt").exit_code == 2


def test_quiet_prints_nothing(tmp_path: Path) -> None:
    assert run("analyze", NETWORK, "--out", tmp_path / "r", "--quiet").output == ""


def test_both_pdf_engines_find_the_same_grave_clauses(tmp_path: Path) -> None:
    found = {}
    for engine in ("pdfium", "pdfminer"):
        run("analyze", NETWORK, "--out", tmp_path / engine, "--format", "json", "--pdf-engine", engine)
        report = json.loads((tmp_path / engine / "report.json").read_text(encoding="utf-8"))
        found[engine] = {
            (clause["number"], finding["mechanism"]) for clause in report["clauses"] for finding in clause["findings"]
        }

    assert found["pdfium"] == found["pdfminer"]


def test_the_taxonomy_shows_one_entry() -> None:
    result = run("taxonomy", "shut-off")

    assert "Severity" in result.stdout
    assert "Questions:" in result.stdout


def test_an_unknown_label_says_what_next() -> None:
    result = run("taxonomy", "nonsense")

    assert result.exit_code == 1
    assert "`impact taxonomy` lists all ids" in result.stderr


def test_evaluate_prints_every_label_and_writes_figures(tmp_path: Path) -> None:
    clauses = tmp_path / "clauses.jsonl"
    rows = [
        {
            "id": "1",
            "doc": "a",
            "text": "The network shall shut off the subscriber from all services.",
            "proposes": ["shut-off"],
            "context": [],
        },
        {"id": "2", "doc": "b", "text": "The lamp is green.", "proposes": [], "context": []},
    ]
    clauses.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")

    result = run("evaluate", clauses, "--benign", SAMPLES / "audio-payload.pdf", "--json", tmp_path / "figures.json")

    assert result.exit_code == 0
    figures = json.loads((tmp_path / "figures.json").read_text(encoding="utf-8"))
    assert figures["results"]["shut-off"]["recall"] == 1.0
    assert figures["benign"]["documents"] == 1


def test_evaluate_names_file_and_line_of_a_bad_record(tmp_path: Path) -> None:
    clauses = tmp_path / "clauses.jsonl"
    clauses.write_text('{"id": "1"}\n', encoding="utf-8")

    result = run("evaluate", clauses)

    assert result.exit_code == 1
    assert "clauses.jsonl, line 1" in result.stderr


def test_formats_and_levels_are_read_in_any_case_and_with_spaces(tmp_path: Path) -> None:
    result = run("analyze", NETWORK, "--out", tmp_path / "r", "--format", "JSON , md", "--fail-on", "HIGH")

    assert result.exit_code == 3
    assert sorted(file.name for file in (tmp_path / "r").iterdir()) == ["report.json", "report.md"]


def test_out_below_a_file_is_an_error_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    result = run("analyze", NETWORK, "--out", tmp_path / "file" / "r")

    assert result.exit_code == 1
    assert "Choose another folder with --out" in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_reports_never_take_the_place_of_a_file_read(tmp_path: Path) -> None:
    here = tmp_path / NETWORK.name
    here.write_bytes(NETWORK.read_bytes())

    result = run("analyze", here, CAREFUL, "--out", tmp_path, "--format", "json")

    assert result.exit_code == 4
    assert here.read_bytes() == NETWORK.read_bytes()
    assert (tmp_path / CAREFUL.name / "report.json").exists()


def test_a_file_name_cannot_break_or_color_a_line(tmp_path: Path) -> None:
    odd = tmp_path / "a\nb\x1b[31m.txt"
    odd.write_text("The network shall log every call.\n", encoding="utf-8")

    good = run("analyze", odd, "--out", tmp_path / "r\nr", "--format", "json")
    bad = run("analyze", tmp_path / "no\n\x1b[31mfile.txt")

    assert good.stdout.splitlines()[-1].endswith("r\ufffdr/report.json")
    assert len(bad.stderr.strip().splitlines()) == 1
    assert "\x1b" not in good.output + bad.output


def test_evaluate_refuses_a_file_without_clauses(tmp_path: Path) -> None:
    (tmp_path / "none.jsonl").touch()

    result = run("evaluate", tmp_path / "none.jsonl")

    assert result.exit_code == 1
    assert "none.jsonl: no labeled clause was found" in result.stderr


def test_evaluate_refuses_an_unknown_judge(tmp_path: Path) -> None:
    (tmp_path / "clauses.jsonl").touch()

    result = run("evaluate", tmp_path / "clauses.jsonl", "--by", "coin")

    assert result.exit_code == 2
    assert "choose from cues" in result.stderr
