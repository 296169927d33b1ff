"""Answers that are compressed where that gives nothing away, and that a browser need not fetch again."""

import asyncio
import gzip
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from starlette.responses import PlainTextResponse

from impact.web.server.compression import CompressionMiddleware
from impact.web.server.settings import Settings

SAME = {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "navigate"}
OTHER = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}


@pytest.fixture
def rita(team: Any) -> Iterator[httpx.Client]:
    """Return the browser of a reviewer."""
    with team.signed_in("rita") as client:
        yield client


@pytest.fixture
def quay(team: Any, analyzed: Callable[..., Any]) -> Any:
    """Return a proposal."""
    return analyzed(team, team.people["olga"], "of compression")


def test_a_page_that_a_page_of_ours_leads_to_is_compressed(rita: httpx.Client, quay: Any) -> None:
    plain = rita.get(f"/p/{quay.id}/desk", headers={"Accept-Encoding": "identity"})
    with rita.stream("GET", f"/p/{quay.id}/desk", headers=SAME) as answer:
        raw = b"".join(answer.iter_raw())
    assert answer.headers["content-encoding"] == "gzip"
    assert "accept-encoding" in answer.headers["vary"].lower()
    assert gzip.decompress(raw) == plain.content
    assert len(raw) < len(plain.content) / 2


@pytest.mark.parametrize("headers", [OTHER, {}])
def test_an_answer_that_another_site_may_have_asked_for_with_words_of_its_own_is_not_compressed(
    rita: httpx.Client, quay: Any, headers: dict[str, str]
) -> None:
    answer = rita.get("/", params={"q": quay.title}, headers=headers)
    assert answer.status_code == 200
    assert "content-encoding" not in answer.headers


def test_a_program_gets_compressed_answers(team: Any, quay: Any) -> None:
    with team.program("rita") as program:
        answer = program.get(f"/api/v1/proposals/{quay.id}/report")
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.json()


@pytest.mark.parametrize("tail", ["", "/report", "/desk/together", "/files/report.json", "/desk?part=1"])
def test_what_a_browser_has_is_not_sent_again(rita: httpx.Client, quay: Any, tail: str) -> None:
    first = rita.get(f"/p/{quay.id}{tail}", headers=SAME)
    again = rita.get(f"/p/{quay.id}{tail}", headers={**SAME, "If-None-Match": f'"x", {first.headers["etag"]}'})
    assert first.headers["cache-control"] == "private, no-cache"
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert "content-security-policy" in again.headers


def test_what_has_changed_is_sent_again(rita: httpx.Client, quay: Any, asked: Callable[..., Any]) -> None:
    path = f"/p/{quay.id}/desk"
    etag = rita.get(path).headers["etag"]
    asked(rita, f"{path}/decide", {"action": "note", "subject": _first(rita, path), "text": "A mooring."}, at=path)
    again = rita.get(path, headers={"If-None-Match": etag})
    assert again.status_code == 200
    assert "A mooring." in again.text


def _first(client: httpx.Client, path: str) -> str:
    return client.get(path).text.partition('data-id="')[2].partition('"')[0]


def test_another_person_who_has_the_etag_of_a_restricted_page_is_refused_as_before(
    team: Any, rita: httpx.Client, analyzed: Callable[..., Any]
) -> None:
    one = analyzed(team, team.people["olga"], "of compressed secrets", restricted_to=("olga",))
    with team.signed_in("olga") as olga:
        etag = olga.get(f"/p/{one.id}/report").headers["etag"]
    assert rita.get(f"/p/{one.id}/report", headers={"If-None-Match": etag}).status_code == 404


@pytest.mark.parametrize("path", ["/account", "/p/{}/files/original", "/nothing"])
def test_no_browser_keeps_what_is_secret_or_an_error(rita: httpx.Client, quay: Any, path: str) -> None:
    answer = rita.get(path.format(quay.id), headers=SAME)
    assert answer.headers["cache-control"] == "no-store"
    assert "etag" not in answer.headers


def test_files_of_the_program_are_kept_under_their_digest_alone(rita: httpx.Client) -> None:
    address = rita.get("/").text.partition('href="/static/app.css')[2].partition('"')[0]
    named, bare = rita.get(f"/static/app.css{address}", headers=SAME), rita.get("/static/app.css", headers=SAME)
    assert address.startswith("?v=")
    assert named.headers["cache-control"] == "private, max-age=31536000, immutable"
    assert bare.headers["cache-control"] == "private, no-cache"
    assert named.headers["content-encoding"] == "gzip"


def test_a_server_without_tls_that_others_reach_lets_browsers_keep_no_page() -> None:
    async def ask(settings: Settings, path: str) -> str:
        app = CompressionMiddleware(PlainTextResponse("A mooring."), settings)
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://quay") as client:
            return str((await client.get(path)).headers.get("cache-control"))

    plain, tls = (Settings(url=f"{scheme}://quay", accounts=True) for scheme in ("http", "https"))
    kept = "private, no-cache"
    answers = [asyncio.run(ask(settings, "/")) for settings in (plain, tls, Settings())]
    assert answers == ["None", kept, kept]
    assert asyncio.run(ask(plain, "/static/app.css")) == kept


def test_who_signs_out_or_erases_has_the_browser_forget_pages(team: Any, quay: Any, asked: Callable[..., Any]) -> None:
    with team.signed_in("olga") as olga:
        erased = asked(olga, f"/p/{quay.id}/erase")
        left = asked(olga, "/sign-out")
    assert erased.headers["clear-site-data"] == left.headers["clear-site-data"] == '"cache"'
