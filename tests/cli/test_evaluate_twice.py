"""`impact evaluate --reader` and `impact reader calibrate`, over a server on this machine."""

import json
from pathlib import Path

import pytest
from chat import TOKENS, answer, by_words, serving
from click.testing import CliRunner, Result
from harbor import POWERS

from impact.cli import main
from impact.reader.calibration import FILE

LABELS = ("shut-off", "location-tracking", "encryption", "", "logging-retention")


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))


def labeled(folder: Path, documents: int = 1) -> Path:
    """Write clauses of so many documents, each with a word of its own in them."""
    rows = [
        {
            "id": f"{name}-{at}", "doc": f"d{name}.txt", "text": text.replace("gateway", f"gateway {name}"),
            "proposes": [label] if label else [], "context": [],
        }
        for name in range(documents)
        for at, (text, label) in enumerate(zip(POWERS, LABELS, strict=True))
    ]  # fmt: skip
    path = folder / "clauses.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [*map(str, arguments)])


def test_figures_with_a_second_reader_stand_beside_those_without(tmp_path):
    figures = tmp_path / "figures.json"
    with serving(by_words) as server:
        door = ("--reader", server.address, "--reader-model", "small")
        result = run("evaluate", labeled(tmp_path), *door, "--json", figures)
        asked = len(server.requests)

    told = json.loads(figures.read_text(encoding="utf-8"))
    assert result.exit_code == 0, result.output
    assert told["by"] == ["model", "second reader"]
    assert "model" in told["baselines"]
    assert told["second_reader"]["requests"] == told["second_reader"]["read"] == asked > 0
    assert told["second_reader"]["tokens"] == asked * TOKENS
    assert f"second reader: {asked} clauses read" in result.output


def test_what_the_reader_denies_is_less_likely_then(tmp_path):
    path, silent = tmp_path / "figures.json", lambda _request: answer()
    with serving(silent) as server:
        run("evaluate", labeled(tmp_path), "--reader", server.address, "--reader-model", "small", "--json", path)
    told = json.loads(path.read_text(encoding="utf-8"))

    assert told["by_document"]["firm"] == 0
    assert told["by_document"]["doubtful"] > 0


def test_a_reader_is_calibrated_and_the_numbers_are_kept_for_its_model(tmp_path):
    with serving(by_words) as server:
        door = ("--reader", server.address, "--reader-model", "small")
        result = run("reader", "calibrate", labeled(tmp_path, documents=12), *door)

    assert result.exit_code == 0, result.output
    kept = (tmp_path / "XDG_CONFIG_HOME" / "impact" / FILE).read_text(encoding="utf-8")
    assert '[models."small"]' in kept
    assert str(FILE) in result.output


def test_answers_on_labeled_clauses_can_come_in_by_file(tmp_path):
    clauses, folder, questions = labeled(tmp_path), tmp_path / "documents", tmp_path / "questions.jsonl"
    folder.mkdir()
    asked = run("reader", "ask", clauses, "--documents", folder, "--out", questions, "--reader-model", "small")
    lines = [json.loads(line) for line in questions.read_text(encoding="utf-8").splitlines()]
    answers = tmp_path / "answers.jsonl"
    silence = json.dumps({"labels": []})
    answers.write_text(
        "\n".join(json.dumps({"custom_id": line["custom_id"], "content": silence}) for line in lines), encoding="utf-8"
    )
    taken = run("reader", "answer", answers)
    figures = tmp_path / "figures.json"
    told = run("evaluate", clauses, "--reader", "file", "--reader-model", "small", "--json", figures)

    assert (asked.exit_code, taken.exit_code, told.exit_code) == (0, 0, 0), (asked.output, taken.output, told.output)
    second = json.loads(figures.read_text(encoding="utf-8"))["second_reader"]
    assert second["read"] == len(lines) > 0
    assert second["unread"] == second["requests"] == 0
