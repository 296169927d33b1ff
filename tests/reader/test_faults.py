"""A server that fails in every way: clauses are unread then, with a reason of ours, and nothing is invented."""

import json
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler

import pytest
from chat import ChatServer, Request, answer, by_words, completion, status
from harbor import POWERS, document, said

from impact.reader.reasons import UnreadReason
from impact.records import SecondReading

Read = Callable[..., SecondReading]


def slow(line: BaseHTTPRequestHandler) -> None:
    time.sleep(0.4)
    status(200, completion(answer()))(line)


def dripping(line: BaseHTTPRequestHandler) -> None:
    line.send_response(200)
    line.send_header("Content-Length", "1000000")
    line.end_headers()
    for _ in range(40):
        line.wfile.write(b" ")
        line.wfile.flush()
        time.sleep(0.05)


def huge(line: BaseHTTPRequestHandler) -> None:
    line.send_response(200)
    line.send_header("Connection", "close")
    line.end_headers()
    for _ in range(10_000):
        line.wfile.write(b"x" * 65_536)


def huge_failure(line: BaseHTTPRequestHandler) -> None:
    line.send_response(500)
    line.send_header("Connection", "close")
    line.end_headers()
    for _ in range(10_000):
        line.wfile.write(b"x" * 65_536)


def hanging_up(line: BaseHTTPRequestHandler) -> None:
    line.close_connection = True


def half_an_answer(line: BaseHTTPRequestHandler) -> None:
    line.send_response(200)
    line.send_header("Content-Length", "5000")
    line.end_headers()
    line.wfile.write(completion(answer())[:40])
    line.close_connection = True


def no_http(line: BaseHTTPRequestHandler) -> None:
    line.wfile.write(b"\x00\xff ahoy\r\n\r\n")
    line.close_connection = True


def packed(line: BaseHTTPRequestHandler) -> None:
    status(200, b"\x1f\x8b", Content_Encoding="gzip")(line)


QUOTED = answer(("shut-off", "proposes", ["shut off"]))
FAULTS = {
    "slow": (slow, UnreadReason.LATE),
    "dripping": (dripping, UnreadReason.LATE),
    "huge body": (huge, UnreadReason.TOO_LONG),
    "huge failure": (huge_failure, UnreadReason.FAILED),
    "huge content": (completion("x" * 200_000), UnreadReason.TOO_LONG),
    "hanging up": (hanging_up, UnreadReason.UNREACHABLE),
    "half an answer": (half_an_answer, UnreadReason.UNREACHABLE),
    "no HTTP": (no_http, UnreadReason.UNREACHABLE),
    "packed": (packed, UnreadReason.FAILED),
    "500": (status(500), UnreadReason.FAILED),
    "503 of words": (status(503, b"<html>busy</html>"), UnreadReason.FAILED),
    "429": (status(429), UnreadReason.FAILED),
    "400": (status(400), UnreadReason.REFUSED),
    "401": (status(401), UnreadReason.REFUSED),
    "404": (status(404, b'{"error": "model not found"}'), UnreadReason.REFUSED),
    "elsewhere": (status(307, Location="http://192.0.2.1/v1/chat/completions"), UnreadReason.REFUSED),
    "no JSON": (b"<html>hello</html>", UnreadReason.FORM),
    "no bytes": (b"", UnreadReason.FORM),
    "other JSON": (b"[1, 2]", UnreadReason.FORM),
    "null": (b"null", UnreadReason.FORM),
    "deep JSON": (b"[" * 100_000, UnreadReason.FORM),
    "an error with 200": (b'{"error": {"message": "out of memory"}}', UnreadReason.FORM),
    "no choices": (b'{"choices": []}', UnreadReason.FORM),
    "choices of text": (b'{"choices": "none"}', UnreadReason.FORM),
    "content of parts": (completion([{"type": "text", "text": QUOTED}]), UnreadReason.FORM),
    "no content": (completion(None), UnreadReason.FORM),
    "not UTF-8": (completion(QUOTED).replace(b"shut", b"sh\xfft"), UnreadReason.FORM),
    "truncated": (completion(QUOTED[:30], finish_reason="length"), UnreadReason.CUT),
    "cut without saying so": (QUOTED[:-5], UnreadReason.FORM),
    "refusal": (
        completion(None, message={"role": "assistant", "content": None, "refusal": "I cannot"}),
        UnreadReason.DECLINED,
    ),
    "filtered": (completion("", finish_reason="content_filter"), UnreadReason.DECLINED),
    "chatter": ("The clause has no power over anybody, I would say.", UnreadReason.FORM),
    "ignored schema": ('{"powers": ["shut-off"], "explanation": "it shuts off"}', UnreadReason.FORM),
    "labels as text": ('{"labels": "shut-off"}', UnreadReason.FORM),
    "labels as names": ('{"labels": ["shut-off"]}', UnreadReason.FORM),
    "quote as text": (
        '{"labels": [{"label": "shut-off", "stance": "proposes", "quotes": "shut off"}]}',
        UnreadReason.FORM,
    ),
    "numbers as quotes": (
        '{"labels": [{"label": "shut-off", "stance": "proposes", "quotes": [7]}]}',
        UnreadReason.FORM,
    ),
    "another stance": (answer(("shut-off", "perhaps", ["shut off"])), UnreadReason.FORM),
    "stance in capitals": (answer(("shut-off", "PROPOSES!", ["shut off"])), UnreadReason.FORM),
    "wrong label": (answer(("mind-reading", "proposes", ["shut off"])), UnreadReason.LABEL),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_leaves_all_clauses_unread_with_a_reason(fault: str, server: ChatServer, read: Read) -> None:
    script, reason = FAULTS[fault]
    server.script = lambda _: script

    reading = read(timeout=0.2 if reason is UnreadReason.LATE else 20.0, retries=0)

    assert reading.clauses == ()
    assert {clause.reason for clause in reading.unread} == {reason}
    assert len(reading.unread) == len(POWERS)


def test_one_question_that_fails_takes_no_other_with_it(server: ChatServer, read: Read) -> None:
    whole = read()
    server.script = lambda request: status(500) if "position" in request.clause else by_words(request)

    reading = read(model="other", retries=0)

    assert [clause.reason for clause in reading.unread] == [UnreadReason.FAILED]
    assert reading.clauses == tuple(answer for answer in whole.clauses if answer.clause != reading.unread[0].clause)


def test_what_fails_at_first_is_asked_again_after_a_while(server: ChatServer, read: Read, naps: list[float]) -> None:
    tried: list[str] = []

    def script(request: Request) -> object:
        tried.append(request.clause)
        return status(503) if tried.count(request.clause) < 3 else by_words(request)

    server.script = script  # type: ignore[assignment]

    reading = read(document(POWERS[0]))

    assert said(reading) == [("shut-off",)]
    assert naps == [0.5, 1.0]
    assert reading.requests == 1


def test_a_server_may_say_how_long_to_wait(server: ChatServer, read: Read, naps: list[float]) -> None:
    server.script = lambda _: status(429, Retry_After="7")

    read(document(POWERS[0]), retries=1)

    assert naps == [7.0]


def test_no_server_at_all_is_given_up_soon(read: Read, naps: list[float]) -> None:
    reading = read(address="http://127.0.0.1:9/v1", together=1, retries=1)

    assert {clause.reason for clause in reading.unread} == {UnreadReason.UNREACHABLE}
    assert reading.requests == 3
    assert len(naps) == 3


def test_a_refused_key_stops_all_questions(server: ChatServer, read: Read) -> None:
    server.script = lambda _: status(401)

    read(together=1)

    assert len(server.requests) == 1


def test_a_server_that_knows_no_schemas_is_asked_without(server: ChatServer, read: Read) -> None:
    server.script = lambda request: status(400) if "response_format" in request.body else by_words(request)

    reading = read(together=1)

    assert said(reading)[0] == ("shut-off",)
    assert len(server.requests) == len(POWERS) + 1


def test_answers_stand_in_the_order_of_the_text_whichever_comes_first(server: ChatServer, read: Read) -> None:
    def script(request: Request) -> str:
        time.sleep(0.05 * (len(POWERS) - POWERS.index(request.clause)))
        return by_words(request)

    server.script = script

    reading = read(together=5)

    assert said(reading) == [("shut-off",), ("location-tracking",), ("encryption",), (), ("logging-retention",)]


def test_no_more_questions_are_under_way_than_allowed(server: ChatServer, read: Read) -> None:
    def script(request: Request) -> str:
        time.sleep(0.03)
        return by_words(request)

    server.script = script

    read(together=2)

    assert server.most_together == 2


def test_unknown_tokens_are_estimated_and_absurd_ones_not_believed(server: ChatServer, read: Read) -> None:
    body = json.loads(completion(answer()))
    server.script = lambda _: json.dumps(body | {"usage": {"total_tokens": -5}}).encode()

    reading = read(document(POWERS[0]))

    assert 5_000 < reading.tokens < 10_000
