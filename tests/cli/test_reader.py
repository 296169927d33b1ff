"""`impact reader` as a person uses it."""

import json
from pathlib import Path

import pytest
from chat import TOKENS, ChatServer, Request, by_words, serving, status
from click.testing import CliRunner, Result
from harbor import POWERS, document

from impact.cli import main
from impact.reader.points.vocabulary import vocabulary

THEMES = len(vocabulary().themes)


@pytest.fixture
def server() -> ChatServer:
    with serving() as running:
        yield running


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep the settings and answers of whoever runs the tests out of it."""
    for name in ("IMPACT_READER", "IMPACT_READER_MODEL", "IMPACT_READER_HOST_ALLOWED", "IMPACT_READER_KEY"):
        monkeypatch.delenv(name, raising=False)
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def harbor(tmp_path: Path) -> Path:
    path = tmp_path / "harbor.txt"
    path.write_text(document(), encoding="utf-8")
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["reader", *map(str, arguments)])


def test_check_says_what_would_be_sent_where_and_sends_nothing_of_the_file(server: ChatServer, harbor: Path) -> None:
    result = run("check", harbor, "--reader", server.address, "--reader-model", "small")

    assert result.exit_code == 0
    assert "on this machine; no text leaves it" in result.stdout
    assert f"with {TOKENS} tokens and answered as required" in result.stdout
    assert "would be sent" in result.stdout
    assert "skipper" not in str([request.body for request in server.requests])


def test_check_says_why_a_server_does_not_answer(server: ChatServer) -> None:
    server.script = lambda _: status(401)

    result = run("check", "--reader", server.address, "--reader-model", "small")

    assert result.exit_code == 1
    assert "the server of the second reader refused the request" in result.stderr


def test_check_names_a_key_without_showing_it(server: ChatServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IMPACT_READER_KEY", "sesame")

    result = run("check", "--reader", server.address, "--reader-model", "small")

    assert "Key: from the environment" in result.output
    assert "sesame" not in result.output


def test_a_host_elsewhere_is_refused_until_it_is_allowed(harbor: Path) -> None:
    result = run("check", harbor, "--reader", "https://llm.example.org/v1", "--reader-model", "small")

    assert result.exit_code == 1
    assert "give --reader-host-allowed llm.example.org" in result.stderr


def test_without_a_reader_there_is_nothing_to_check() -> None:
    result = run("check")

    assert result.exit_code == 1
    assert "no second reader is configured" in result.stderr


def test_questions_go_out_and_answers_come_in_by_file_and_nothing_is_asked_twice(harbor: Path, tmp_path: Path) -> None:
    out, answers = tmp_path / "requests.jsonl", tmp_path / "answers.jsonl"
    first = run("ask", harbor, "--out", out, "--reader-model", "small")
    lines = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    replies = [{"custom_id": line["custom_id"], "content": by_words(Request("", {}, line["body"]))} for line in lines]
    answers.write_text("".join(json.dumps(reply) + "\n" for reply in replies))

    taken = run("answer", answers)
    second = run("ask", harbor, "--out", out, "--reader-model", "small")

    assert (first.exit_code, taken.exit_code, second.exit_code) == (0, 0, 0)
    assert lines
    assert f"{len(lines)} answers saved" in taken.stdout
    assert out.read_text() == ""
    assert (
        f"{len(lines) - THEMES - 1} already answered; 1 question for passages to quote, 1 already answered; "
        f"{THEMES} questions for points, {THEMES} already answered" in second.stdout
    )


def test_answers_that_cannot_be_used_are_said(tmp_path: Path) -> None:
    answers = tmp_path / "answers.jsonl"
    answers.write_text(json.dumps({"custom_id": "a" * 64, "content": "nothing to see"}) + "\n")

    result = run("answer", answers)

    assert result.exit_code == 1
    assert "1 answer rejected: the answer was not in the form asked for" in result.stderr


def test_a_file_that_cannot_be_read_does_not_stop_the_questions_about_another(harbor: Path, tmp_path: Path) -> None:
    out = tmp_path / "requests.jsonl"

    result = run("ask", tmp_path / "none.txt", harbor, "--out", out, "--reader-model", "small")

    assert result.exit_code == 4
    assert out.read_text()


def test_questions_by_file_need_a_model(harbor: Path, tmp_path: Path) -> None:
    result = run("ask", harbor, "--out", tmp_path / "requests.jsonl")

    assert result.exit_code == 1
    assert "--reader-model NAME" in result.stderr


def test_questions_may_be_of_one_kind_alone(harbor: Path, tmp_path: Path) -> None:
    counts = {}
    for about in ("all", "clauses", "passages", "points"):
        out = tmp_path / f"{about}.jsonl"
        run("ask", harbor, "--out", out, "--reader-model", "small", "--about", about)
        counts[about] = len(out.read_text("utf-8").splitlines())

    assert counts == {
        "all": counts["clauses"] + 1 + THEMES,
        "clauses": counts["clauses"],
        "passages": 1,
        "points": THEMES,
    }
    assert 1 < counts["clauses"] <= len(POWERS)
