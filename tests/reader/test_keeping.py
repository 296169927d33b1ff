"""Budgets, what is kept, the file door, and the key."""

import json
import logging
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from chat import TOKENS, ChatServer, Request, answer, by_words, completion
from harbor import CHANCES, POWERS, document, said

from impact.errors import UnreadableError
from impact.pipeline import prepare
from impact.reader import BY_FILE, Door, read_again
from impact.reader.answer import LabelClaim
from impact.reader.batchfile import request_lines, take_in
from impact.reader.cache import AnswerCache
from impact.reader.prompt import body_of
from impact.reader.reading import agenda_of, cost
from impact.reader.reasons import UnreadReason
from impact.records import AnswerStance, SecondReading
from impact.taxonomy import load

Read = Callable[..., SecondReading]
KEY = "a" * 64


def requests_of(door: Door, folder: Path) -> list[dict[str, object]]:
    """Return the lines that ask by file what `read` asks."""
    path = folder / "harbor.txt"
    path.write_text(document(), encoding="utf-8")
    proposal, clauses = prepare(path, jailed=False)
    likely = {(place, label): chance for place in range(len(clauses)) for label, chance in CHANCES.items()}
    agenda = agenda_of(proposal, clauses, likely, load(), door)
    bodies = {key: body_of(asked, load(), door.model, door.answer_tokens) for key, asked in agenda.open().items()}
    return [json.loads(line) for line in request_lines(bodies)]


def test_the_budget_of_requests_leaves_the_rest_unread(server: ChatServer, read: Read) -> None:
    reading = read(requests=2)

    assert reading.requests == len(server.requests) == len(reading.clauses) == 2
    assert {clause.reason for clause in reading.unread} == {UnreadReason.BUDGET}


def test_the_budget_of_tokens_leaves_the_rest_unread_whatever_the_order_of_answers(
    server: ChatServer, read: Read, door: Door, tmp_path: Path
) -> None:
    first = [cost(line["body"]) for line in requests_of(door, tmp_path)][:2]  # type: ignore[arg-type]

    reading = read(tokens=sum(first) + 1)

    assert len(server.requests) == 2
    assert reading.tokens == 2 * TOKENS
    assert len(reading.unread) == 3


def test_a_server_that_counts_more_than_expected_ends_the_budget_early(server: ChatServer, read: Read) -> None:
    server.script = lambda _: completion(answer()).replace(str(TOKENS).encode(), b"400000")

    reading = read(together=1, tokens=500_000)

    assert reading.requests == 2
    assert {clause.reason for clause in reading.unread} == {UnreadReason.BUDGET}


def test_the_time_for_a_document_ends_its_questions(door: Door, tmp_path: Path) -> None:
    path = tmp_path / "harbor.txt"
    path.write_text(document(), encoding="utf-8")
    proposal, clauses = prepare(path, jailed=False)
    ticks = iter(range(0, 10_000, 40))

    reading = read_again(
        proposal, clauses, None, load(), replace(door, together=1, seconds=300, timeout=200), clock=lambda: next(ticks)
    )

    assert reading.clauses
    assert {clause.reason for clause in reading.unread} == {UnreadReason.TIME}


def test_a_second_run_asks_nothing_twice_and_says_the_same(server: ChatServer, read: Read) -> None:
    first = read()
    asked = len(server.requests)

    second = read()

    assert len(server.requests) == asked
    assert (second.clauses, second.unread, second.dropped) == (first.clauses, first.unread, first.dropped)
    assert (second.requests, second.tokens) == (0, 0)


def test_another_model_is_asked_anew(server: ChatServer, read: Read) -> None:
    read()
    asked = len(server.requests)

    read(model="large")

    assert len(server.requests) == 2 * asked


def test_clauses_of_the_same_words_in_the_same_place_are_asked_about_once(server: ChatServer, read: Read) -> None:
    same = document(*[POWERS[0]] * 6)

    reading = read(same)

    assert len(reading.clauses) == 6
    assert len(server.requests) < 6


def test_what_failed_is_asked_again_by_the_next_run(server: ChatServer, read: Read) -> None:
    server.script = lambda _: "no answer at all"
    assert read(retries=0).clauses == ()
    server.script = by_words

    assert said(read())[0] == ("shut-off",)


def test_a_folder_that_cannot_be_written_to_costs_the_memory_and_not_the_reading(read: Read, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    reading = read(answers=tmp_path / "file" / "answers")

    assert len(reading.clauses) == 5


@pytest.mark.parametrize("content", ["", "{", "[]", '{"labels": [{"label": "none"}]}', "\x00" * 99, "x" * 300_000])
def test_a_damaged_answer_is_as_if_it_were_not_there(content: str, tmp_path: Path) -> None:
    cache = AnswerCache(tmp_path, load())
    cache.keep(KEY, ())
    (file,) = (path for path in tmp_path.rglob("*.json"))
    file.write_text(content)

    assert cache.find(KEY) is None


def test_an_answer_that_somebody_changed_is_held_against_the_clause_again(read: Read, door: Door) -> None:
    read()
    for file in door.answers.rglob("*.json"):
        file.write_text(answer(("redress", "proposes", ["words that stand in no clause"])))

    reading = read()

    assert {reply.labels for reply in reading.clauses} == {()}
    assert reading.dropped == 5


def test_answers_are_for_their_owner_alone(read: Read, door: Door) -> None:
    read()

    files = list(door.answers.rglob("*.json"))

    assert len(files) == 5
    assert {file.stat().st_mode & 0o077 for file in files} == {0}


@pytest.mark.parametrize("key", ["", "../" * 20, "A" * 64, "a" * 63, "/etc/passwd", "a" * 64 + "\n"])
def test_no_other_text_becomes_the_name_of_a_file(key: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no key"):
        AnswerCache(tmp_path, load()).keep(key, ())


def test_many_processes_keep_and_find_answers_at_the_same_time(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from impact.reader.cache import AnswerCache\n"
        "from impact.reader.answer import LabelClaim; from impact.records import AnswerStance\n"
        "from impact.taxonomy import load\n"
        "cache = AnswerCache(Path(sys.argv[1]), load())\n"
        "claims = (LabelClaim('shut-off', AnswerStance.PROPOSES, ('shut off',) * 400),)\n"
        "for turn in range(60):\n"
        "    key = f'{turn % 6:064x}'; cache.keep(key, claims)\n"
        "    assert cache.find(key) == claims, key\n"
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    with ThreadPoolExecutor(4) as threads:
        codes = list(threads.map(lambda _: subprocess.run(command, check=False).returncode, range(4)))

    assert codes == [0] * 4
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == sorted(
        f"{turn:064x}.json"[2:] for turn in range(6)
    )


def as_batch(line: dict[str, object]) -> dict[str, object]:
    """Return a line of a batch's output, answered as the server does."""
    request = Request("", {}, line["body"])  # type: ignore[arg-type]
    body = json.loads(completion(by_words(request)))
    return {"id": "b", "custom_id": line["custom_id"], "response": {"status_code": 200, "body": body}, "error": None}


def as_content(line: dict[str, object]) -> dict[str, object]:
    request = Request("", {}, line["body"])  # type: ignore[arg-type]
    return {"custom_id": line["custom_id"], "content": by_words(request)}


def as_object(line: dict[str, object]) -> dict[str, object]:
    return as_content(line) | {"content": json.loads(str(as_content(line)["content"]))}


@pytest.mark.parametrize("form", [as_batch, as_content, as_object])
def test_answers_by_file_give_the_reading_that_the_server_gives(
    form: Callable[..., dict[str, object]], read: Read, door: Door, tmp_path: Path
) -> None:
    by_server = read()
    elsewhere = tmp_path / "elsewhere"
    file = tmp_path / "answers.jsonl"
    lines = [form(line) for line in requests_of(replace(door, answers=elsewhere), tmp_path)]
    file.write_text("\n".join(json.dumps(line) for line in reversed(lines)))

    counts = take_in(file, AnswerCache(elsewhere, load()), load())
    by_file = read(address=BY_FILE, answers=elsewhere)

    assert counts == {None: 5}
    there = replace(by_server.reader, host="")
    assert by_file == replace(by_server, reader=there, requests=0, tokens=0)


def test_the_questions_by_file_are_those_that_the_server_gets(
    server: ChatServer, read: Read, door: Door, tmp_path: Path
) -> None:
    lines = requests_of(door, tmp_path)

    read()

    assert sorted(json.dumps(line["body"], sort_keys=True) for line in lines) == sorted(
        json.dumps(request.body, sort_keys=True) for request in server.requests
    )
    assert {(line["method"], line["url"]) for line in lines} == {("POST", "/v1/chat/completions")}


def test_what_no_file_has_answered_is_unread(server: ChatServer, read: Read) -> None:
    reading = read(address=BY_FILE)

    assert {clause.reason for clause in reading.unread} == {UnreadReason.NO_ANSWER}
    assert server.requests == []


def test_an_answer_by_file_that_is_not_as_asked_for_is_counted_and_not_kept(tmp_path: Path) -> None:
    broken = [
        {"content": "no JSON"}, {"content": 7}, {"response": None, "error": {"code": "expired"}},
        {"response": {"status_code": 200, "body": json.loads(completion("{}", finish_reason="length"))}},
        {"content": answer(("mind-reading", "proposes", ["shut off"]))},
    ]  # fmt: skip
    file = tmp_path / "answers.jsonl"
    file.write_text("".join(json.dumps({"custom_id": KEY} | line) + "\n" for line in broken))

    counts = take_in(file, AnswerCache(tmp_path / "answers", load()), load())

    assert counts == {UnreadReason.FORM: 2, UnreadReason.FAILED: 1, UnreadReason.CUT: 1, UnreadReason.LABEL: 1}
    assert not (tmp_path / "answers").exists()


@pytest.mark.parametrize(
    "line",
    [
        b"nonsense",
        b"[]",
        b"{}",
        b'{"custom_id": "../../x"}',
        b'{"custom_id": 5}',
        b"\xff\xfe",
        b"[" * 99_999,
        b"x" * 900_000,
    ],
)
def test_a_line_that_is_no_answer_is_refused_with_its_number(line: bytes, tmp_path: Path) -> None:
    file = tmp_path / "answers.jsonl"
    file.write_bytes(json.dumps({"custom_id": KEY, "content": answer()}).encode() + b"\n\n" + line)

    with pytest.raises(UnreadableError, match="line"):
        take_in(file, AnswerCache(tmp_path / "answers", load()), load())


@pytest.fixture
def key(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> str:
    caplog.set_level(logging.DEBUG)
    monkeypatch.setenv("IMPACT_READER_KEY", "sesame-4711")
    return "sesame-4711"


def test_the_key_is_sent_to_the_server(server: ChatServer, read: Read, key: str) -> None:
    read()

    headers = {name.lower(): value for name, value in server.requests[0].headers.items()}
    assert headers["authorization"] == f"Bearer {key}"


def test_the_key_is_written_nowhere(
    read: Read, key: str, tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    reading = read()

    written = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()).decode()
    for text in (written, caplog.text, *capfd.readouterr(), repr(reading)):
        assert key not in text


def test_nothing_of_the_machine_or_its_environment_is_sent(
    server: ChatServer, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID", "OPENAI_BASE_URL", "OPENAI_ADMIN_KEY"):
        monkeypatch.setenv(name, "private")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")

    read()

    headers = {name.lower() for name in server.requests[0].headers}
    assert "private" not in str(server.requests[0].headers)
    assert headers <= {"host", "connection", "content-length", "content-type", "accept", "accept-encoding",
                       "authorization", "user-agent", "x-stainless-raw-response"}  # fmt: skip


def test_a_clause_longer_than_a_question_is_unread_with_that_reason(read: Read) -> None:
    reading = read(document(POWERS[0], " ".join(["The gateway tallies gulls and"] * 400) + " shall shut off."))

    assert UnreadReason.LONG in {clause.reason for clause in reading.unread}


def test_claims_are_kept_as_they_were(tmp_path: Path) -> None:
    claims = (
        LabelClaim("shut-off", AnswerStance.PROPOSES, quotes=("切断", "a \ud800 b"), readers=5),
        LabelClaim("redress", AnswerStance.CONTEXT, quotes=()),
    )
    cache = AnswerCache(tmp_path, load())

    cache.keep(KEY, claims)

    assert cache.find(KEY) == claims


def test_a_second_pass_asks_each_question_again_and_reads_each_clause_once(server: ChatServer, read: Read) -> None:
    single = read(document())
    asked = len(server.requests)

    twice = read(document(), passes=2)

    assert len(server.requests) == 2 * asked
    assert [answer.clause for answer in twice.clauses] == [answer.clause for answer in single.clauses]
    assert twice.reader.passes == 2


def test_a_failed_second_pass_leaves_the_first(server: ChatServer, read: Read) -> None:
    single = read(document())
    server.script = lambda _: "no answer at all"

    twice = read(document(), passes=2)

    assert twice.clauses == single.clauses
    assert not twice.unread


def test_a_short_budget_asks_everything_once_first(read: Read) -> None:
    twice = read(document(), passes=2, requests=5)

    assert len(twice.clauses) == 5
