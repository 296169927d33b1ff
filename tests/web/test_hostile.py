"""Requests that no page of ours sends: all are refused, none is a 500, nothing leaks; on each kind of database."""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest

from impact.review.store.store import open_store
from impact.web.server.settings import Settings

MARKUP = "<script>alert(1)</script><img src=x onerror=alert(1)>"
TRICKS = (
    "/static/../app.py",
    "/static/%2e%2e/app.py",
    "/static/..%2fapp.py",
    "/static/%2e%2e%2f%2e%2e%2fpyproject.toml",
    "/static//etc/passwd",
    "/static/..\\app.py",
    "/p/..%2f..%2f/report",
    "/p/%00/report",
    "/p/%ff%fe/report",
    "/p/" + "a" * 5000,
    "/p/x%0d%0aSet-Cookie:%20a=b",
    "//evil.example/",
    "/p/_%25/files/..%2f..%2freview.sqlite",
)


@pytest.fixture
def team(any_team: Any) -> Any:
    """Return a server of an officer, two reviewers and an administrator."""
    return any_team


@pytest.fixture
def alone(any_alone: Any) -> Any:
    """Return a server of one person on loopback."""
    return any_alone


def _raw(url: str, sent: bytes, wait: float = 120) -> bytes:
    """Return what a server answers to bytes."""
    host, port = url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), wait) as line:
        line.sendall(sent)
        got = b""
        with suppress(TimeoutError, ConnectionResetError):
            while piece := line.recv(65536):
                got += piece
                if b"\r\n\r\n" in got:
                    break
    return got


@pytest.fixture
def quay(team: Any, analyzed: Callable[..., Any]) -> Any:
    """Return a proposal of olga that only she and ada may see."""
    return analyzed(team, team.people["olga"], f"secret {time.monotonic_ns()}", restricted_to=("olga",))


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost@evil.example", "", "[::1", "a:b:c"]
)
def test_a_wrong_host_is_refused(alone: Any, host: str) -> None:
    with alone.client() as client:
        answer = client.get("/", headers={"Host": host})
    assert answer.status_code in {400, 421}
    assert "Proposals" not in answer.text


def test_two_hosts_or_none_are_refused(alone: Any) -> None:
    twice = _raw(alone.url, b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\n\r\n")
    never = _raw(alone.url, b"GET / HTTP/1.0\r\n\r\n")
    assert b" 400 " in twice[:20] or b" 421 " in twice[:20]
    assert b" 400 " in never[:20] or b" 421 " in never[:20]


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_form_from_another_site_is_refused_though_its_token_is_right(
    alone: Any, asked: Callable[..., Any], headers: dict[str, str]
) -> None:
    with alone.client() as client:
        answer = asked(client, "/submit", headers=headers)
    assert answer.status_code == 403


def test_a_link_from_elsewhere_leads_here_but_no_picture_or_script_does(alone: Any) -> None:
    with alone.client() as client:
        link = client.get("/", headers={"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"})
        picture = client.get("/", headers={"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"})
    assert (link.status_code, picture.status_code) == (200, 403)


def test_an_api_of_one_person_refuses_a_request_that_another_site_sends(alone: Any) -> None:
    with alone.client() as client:
        answer = client.post(
            "/api/v1/proposals", files={"files": ("a.txt", b"Hello.")}, headers={"Origin": "https://evil.example"}
        )
    assert answer.status_code == 403


@pytest.mark.parametrize("given", [None, "", "forged", "\u00e9", "a" * 10_000])
@pytest.mark.parametrize("path", ["/submit", "/sign-out", "/account/tokens", "/p/0123456789abcdef/erase"])
def test_a_form_without_the_right_token_is_refused(alone: Any, path: str, given: str | None) -> None:
    with alone.client() as client:
        client.get("/")
        answer = client.post(path, data={} if given is None else {"csrf": given})
    assert answer.status_code == 403


def test_the_token_of_another_visitor_is_refused(team: Any, token_of: Callable[..., str]) -> None:
    with team.signed_in("olga") as olga, team.signed_in("rita") as rita:
        answer = rita.post("/seen", data={"csrf": token_of(olga)})
        got = olga.post("/seen", data={"csrf": token_of(olga)})
    assert (answer.status_code, got.status_code) == (403, 303)


def test_a_token_sent_as_a_file_is_refused(alone: Any, token_of: Callable[..., str]) -> None:
    with alone.client() as client:
        answer = client.post("/submit", files={"csrf": ("csrf", token_of(client).encode())})
    assert answer.status_code == 403


@pytest.mark.parametrize("cookie", ["s.forged", "s.forged.AAAA", "v..", "", ".", "\u00e9", "s." + "a" * 4000])
def test_a_forged_cookie_is_that_of_nobody(team: Any, cookie: str) -> None:
    with team.client() as client:
        answer = client.get("/", headers={"Cookie": f"impact={cookie}".encode()})
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/sign-in")


def test_a_visit_signed_by_this_server_is_no_session(team: Any) -> None:
    with team.client() as client:
        client.get("/sign-in")
        visit = client.cookies["impact"]
        answer = client.get("/", headers={"Cookie": f"impact=s{visit[1:]}"})
    assert visit.startswith("v.")
    assert answer.status_code == 303


def test_a_session_that_was_signed_out_is_over_even_where_its_cookie_was_kept(
    team: Any, asked: Callable[..., Any]
) -> None:
    with team.signed_in("rita") as rita:
        kept = rita.cookies["impact"]
        asked(rita, "/sign-out")
        answer = rita.get("/", headers={"Cookie": f"impact={kept}"})
    assert answer.status_code == 303


@pytest.mark.parametrize(
    ("method", "tail"),
    [
        ("GET", ""),
        ("GET", "/report"),
        ("GET", "/files/original"),
        ("GET", "/files/report.json"),
        ("GET", "/erase"),
        ("POST", "/erase"),
        ("POST", "/again"),
        ("POST", "/readers"),
        ("POST", "/keep"),
    ],
)
def test_a_restricted_proposal_is_answered_as_what_is_not_there(
    team: Any, quay: Any, token_of: Callable[..., str], method: str, tail: str
) -> None:
    with team.signed_in("rita") as rita:
        form = {"data": {"csrf": token_of(rita)}} if method == "POST" else {}
        there = rita.request(method, f"/p/{quay.id}{tail}", **form)
        absent = rita.request(method, f"/p/{'0' * 16}{tail}", **form)
    assert there.status_code == absent.status_code == 404
    assert there.text.replace(quay.id, "0" * 16) == absent.text


def test_a_restricted_proposal_is_in_no_list_filter_search_or_progress(team: Any, quay: Any) -> None:
    with team.signed_in("rita") as rita, team.program("rita") as program:
        pages = [
            rita.get("/").text,
            rita.get("/", params={"q": "secret"}).text,
            rita.get("/progress", params={"proposal": quay.id}).text,
            program.get("/api/v1/proposals", params={"text": "secret", "limit": 1000}).text,
        ]
        tails = ["", "/report", "/original", "/findings", "/decisions", "/analyses", "/signed", "/export", "/decided"]
        answers = [program.get(f"/api/v1/proposals/{quay.id}{tail}").status_code for tail in tails]
    assert not any(quay.id in page for page in pages)
    assert set(answers) == {404}


def test_somebody_else_may_read_but_neither_restrict_nor_keep_nor_erase(
    team: Any, analyzed: Callable[..., Any], asked: Callable[..., Any]
) -> None:
    one = analyzed(team, team.people["olga"], "of olga")
    with team.signed_in("rita") as rita:
        page = rita.get(f"/p/{one.id}")
        answers = [
            asked(rita, f"/p/{one.id}{tail}", {"who": "named", "readers": "rita"})
            for tail in ("/readers", "/keep", "/erase")
        ]
    assert page.status_code == 200
    assert "/erase" not in page.text
    assert [answer.status_code for answer in answers] == [403, 403, 403]


def test_the_log_is_for_administrators(team: Any) -> None:
    with team.signed_in("rita") as rita, team.signed_in("ada") as ada:
        assert (rita.get("/log").status_code, ada.get("/log").status_code) == (403, 200)


def test_markup_in_names_titles_and_labels_is_shown_as_text(
    team: Any, analyzed: Callable[..., Any], asked: Callable[..., Any]
) -> None:
    title = f"{MARKUP} \u202egnp.exe\u202c {{{{ 7*7 }}}}"
    with team.signed_in("olga") as olga:
        files = [("files", (f"{title}.txt", f"{title}\n\n1.1 The quay shall open.\n".encode()))]
        pages = [asked(olga, "/submit", files=files).text]
        one = analyzed(team, team.people["olga"], MARKUP)
        pages += [
            olga.get(path).text for path in ("/", f"/p/{one.id}", f"/p/{one.id}/erase", f"/?q={MARKUP}&group={MARKUP}")
        ]
        pages += [asked(olga, "/account/tokens", {"label": title}).text]
        report = olga.get(f"/p/{one.id}/report")
    for page in (*pages, report.text):
        assert "<script>alert" not in page
        assert "<img src=x" not in page
    assert not any("\u202e" in page for page in pages)
    assert "sandbox" in report.headers["content-security-policy"]
    assert "allow" not in report.headers["content-security-policy"]


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "C:\\x\\y.txt", "a\r\nSet-Cookie: x=y.txt", '"; filename="b', "\u202e" * 9]
)
def test_a_file_name_is_never_a_path_nor_a_header(alone: Any, token_of: Callable[..., str], name: str) -> None:
    with alone.client() as client:
        data = f"1.1 The gate {name!a} shall open at noon.\n".encode()
        form = {"data": {"csrf": token_of(client)}, "headers": {"Accept": "application/json"}}
        told = client.post("/submit", files=[("files", (name, data))], **form).json()["files"][0]
        saved = client.get(f"{told['url']}/files/original")
    assert not set(told["file"]) & set("/\\\r\n\u202e")
    assert saved.content == data
    assert "set-cookie" not in saved.headers
    assert saved.headers["content-disposition"].startswith("attachment")
    assert saved.headers["content-type"] == "application/octet-stream"


@pytest.mark.parametrize("path", TRICKS)
def test_a_path_with_tricks_leads_nowhere(alone: Any, path: str) -> None:
    answer = _raw(alone.url, f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
    status = int(answer.split(b" ", 2)[1])
    assert 300 < status < 500
    assert b"impact-rights" not in answer
    assert b"SQLite format" not in answer
    assert b"set-cookie: a=b" not in answer.partition(b"\r\n\r\n")[0].lower()


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "PROPFIND", "X" * 50])
def test_a_method_that_is_not_taken_changes_nothing(alone: Any, method: str) -> None:
    with alone.client() as client:
        answer = client.request(method, "/p/0123456789abcdef/erase", headers={"X-HTTP-Method-Override": "POST"})
    assert answer.status_code == 405


def test_erasing_by_get_asks_and_erases_nothing(alone: Any, petra: Any, analyzed: Callable[..., Any]) -> None:
    one = analyzed(alone, petra, "that stays")
    with alone.client() as client:
        page = client.get(f"/p/{one.id}/erase", params={"_method": "POST", "csrf": "x"})
        assert "Erase this proposal?" in page.text
        assert client.get(f"/p/{one.id}").status_code == 200


def test_a_body_that_says_it_is_too_large_is_refused_before_it_is_sent(alone: Any) -> None:
    head = b"POST /submit HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 900000000\r\n\r\n"
    assert b" 413 " in _raw(alone.url, head)[:20]


def test_a_body_that_does_not_say_its_size_is_stopped_at_the_limit(alone: Any, token_of: Callable[..., str]) -> None:
    def endless() -> Iterator[bytes]:
        yield b'--x\r\nContent-Disposition: form-data; name="files"; filename="a"\r\n\r\n'
        for _ in range(200):
            yield b"word " * 2000

    with alone.client() as client:
        token_of(client)
        try:
            status = client.post(
                "/submit", content=endless(), headers={"Content-Type": "multipart/form-data; boundary=x"}
            ).status_code
        except httpx.TransportError:
            status = 413  # the line was cut while it was still being sent
        assert status == 413
        assert client.get("/").status_code == 200


def test_a_small_form_may_not_be_as_large_as_an_upload(alone: Any) -> None:
    head = b"POST /account/tokens HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 3000000\r\n\r\n"
    assert b" 413 " in _raw(alone.url, head)[:20]


def test_a_body_that_stops_coming_is_answered_and_let_go(served: Callable[..., Any], tmp_path: Path) -> None:
    head = (
        b"POST /submit HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n"
        b"Content-Type: multipart/form-data; boundary=x\r\n\r\n--x\r\n"
    )
    store = open_store(tmp_path)
    with served(store, Settings(person="petra", workers=0, idle=1.5)) as server:
        began = time.monotonic()
        assert b" 408 " in _raw(server.url, head)[:20]
        assert time.monotonic() - began < Settings().idle
    store.close()


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"--x\r\n"),
        ("multipart/form-data; boundary=", b"--x\r\n"),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data\r\n\r\nv\r\n--x--\r\n"),
        ("multipart/form-data; boundary=x", b"\0\xff" * 500),
        ("multipart/form-data; boundary=x", b"--x\r\n" + b"A: b\r\n" * 5000),
        ("application/x-www-form-urlencoded", b"csrf=%ff%00&" * 3000),
        ("application/x-www-form-urlencoded; charset=nonsense", b"csrf=a"),
        ("application/json", b'{"csrf": "a"}'),
        ("text/plain", b"csrf=a"),
        ("", b"a"),
    ],
)
def test_a_form_that_is_none_is_refused(alone: Any, kind: str, body: bytes) -> None:
    with alone.client() as client:
        answer = client.post("/submit", content=body, headers={"Content-Type": kind})
    assert answer.status_code in {400, 403, 413}


@pytest.mark.parametrize(
    "query",
    [
        "start=-1",
        "start=99999999999999999999",
        "start=x",
        "q=" + "a" * 400,
        "level=none'--",
        "state=%00",
        "order=;drop",
        "q=%ff",
    ],
)
def test_an_odd_question_to_the_list_is_no_error_of_the_server(alone: Any, query: str) -> None:
    with alone.client() as client:
        assert client.get(f"/?{query}").status_code in {200, 422}


@pytest.mark.parametrize(
    "words", ["'", '"', "a OR b", "NEAR(a b)", "*", "a*", "title:x", "\\", "%", "a" * 300, "\u0000"]
)
def test_search_takes_any_words(alone: Any, words: str) -> None:
    with alone.client() as client:
        assert client.get("/", params={"q": words}).status_code == 200


@pytest.mark.parametrize(
    "until", ["tomorrow", "2027-13-45", "0000-00-00", "9" * 50, "2027-05-03T00:00", "0576-02-03", "2001-01-01"]
)
def test_a_day_that_is_none_is_refused(
    alone: Any, petra: Any, analyzed: Callable[..., Any], asked: Callable[..., Any], until: str
) -> None:
    one = analyzed(alone, petra, "of days")
    with alone.client() as client:
        assert asked(client, f"/p/{one.id}/keep", {"until": until}).status_code == 422


@pytest.mark.parametrize("number", ["-1", "0", "99999999999999999999", "x"])
def test_a_number_of_a_token_or_analysis_that_is_none_is_no_error_of_the_server(
    alone: Any, petra: Any, analyzed: Callable[..., Any], asked: Callable[..., Any], number: str
) -> None:
    one = analyzed(alone, petra, "of numbers")
    with alone.client() as client:
        assert client.get(f"/p/{one.id}/report", params={"analysis": number}).status_code in {200, 404, 422}
        assert asked(client, f"/account/tokens/{number}/revoke").status_code in {404, 422}


def test_who_asks_too_often_is_told_to_wait(tmp_path: Path, served: Callable[..., Any]) -> None:
    store = open_store(tmp_path)
    with served(store, Settings(accounts=True, workers=0, rate=2)) as server, server.client() as client:
        statuses = [client.get("/sign-in").status_code for _ in range(5)]
        waits = client.get("/sign-in").headers["retry-after"]
    store.close()
    assert statuses == [200, 200, 200, 200, 429]
    assert waits == "60"


def test_every_answer_carries_the_headers(team: Any) -> None:
    with team.client() as client:
        paths = ["/sign-in", "/", "/nothing", "/static/app.css", "/api/v1/proposals", "/api/v1/openapi.json"]
        answers = [client.get(path) for path in paths]
        answers.append(client.get("/", headers={"Host": "evil.example"}))
    for answer in answers:
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert "server" not in answer.headers


def test_no_page_has_script_or_style_of_its_own_or_an_address_elsewhere(
    team: Any, analyzed: Callable[..., Any]
) -> None:
    one = analyzed(team, team.people["ada"], "of plain pages")
    with team.signed_in("ada") as ada:
        pages = [
            ada.get(path).text for path in ("/", f"/p/{one.id}", f"/p/{one.id}/erase", "/account", "/log", "/nothing")
        ]
    for page in pages:
        assert "<style" not in page
        assert " style=" not in page
        assert " onclick=" not in page
        assert "http:" not in page
        assert "https:" not in page
        assert "<script>" not in page
