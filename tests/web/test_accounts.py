"""Signing in and out, limits on guessing, tokens, and the log."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from impact.review.authentication import limits
from impact.review.authentication.limits import SignInOrigin
from impact.review.store import accounts, jobs
from impact.review.store.store import open_store
from impact.review.values.proposal import State
from impact.review.values.users import Role
from impact.web.server.settings import Settings

PASSWORD = "a ferry leaves the quay at nine"  # noqa: S105 (of people who live in tests)


def _sign_in(asked: Callable[..., Any], client: Any, name: str, password: str, after: str = "/") -> Any:
    return asked(client, "/sign-in", {"name": name, "password": password, "next": after}, at="/sign-in")


def test_who_is_not_signed_in_is_asked_to_and_led_on(team: Any, asked: Callable[..., Any]) -> None:
    with team.client() as client:
        first = client.get("/account")
        then = _sign_in(asked, client, "rita", PASSWORD, "/account")
        page = client.get(then.headers["location"])
    assert first.headers["location"] == "/sign-in?next=%2Faccount"
    assert "rita" in page.text


@pytest.mark.parametrize(
    "after",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "\t//evil.example", ""],
)
def test_signing_in_never_leads_elsewhere(team: Any, asked: Callable[..., Any], after: str) -> None:
    with team.client() as client:
        assert _sign_in(asked, client, "rita", PASSWORD, after).headers["location"] == "/"


def test_the_cookie_is_for_http_alone_and_for_this_site(team: Any, asked: Callable[..., Any]) -> None:
    with team.client() as client:
        cookie = _sign_in(asked, client, "rita", PASSWORD).headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "max-age=43200" in cookie


def test_behind_tls_the_cookie_asks_for_it(tmp_path: Path, served: Callable[..., Any]) -> None:
    store = open_store(tmp_path)
    settings = Settings(accounts=True, workers=0, url="https://impact.example.org")
    with served(store, settings) as server, server.client() as client:
        client.base_url = f"http://127.0.0.1:{server.state.settings.port}"
        answer = client.get("/sign-in", headers={"Host": "impact.example.org"})
    store.close()
    assert answer.headers["set-cookie"].startswith("__Host-impact=")
    assert "Secure" in answer.headers["set-cookie"]
    assert answer.headers["strict-transport-security"] == "max-age=31536000"


def test_a_wrong_name_and_a_wrong_password_are_answered_alike(team: Any, asked: Callable[..., Any]) -> None:
    with team.client() as client:
        wrong = [_sign_in(asked, client, "ruth", "wrong"), _sign_in(asked, client, "nobody", "wrong")]
    texts = [re.sub(r'value="[^"]*"', "", one.text) for one in wrong]
    assert [one.status_code for one in wrong] == [401, 401]
    assert texts[0] == texts[1]


def test_after_some_wrong_passwords_the_right_one_has_to_wait(
    tmp_path: Path, served: Callable[..., Any], asked: Callable[..., Any]
) -> None:
    store = open_store(tmp_path)
    with served(store, Settings(accounts=True, workers=0)) as server, server.client() as client:
        accounts.add_user(store, "vera", Role.OFFICER, PASSWORD, server.state.now())
        with store.writing() as session:
            for _ in range(20):
                limits.record_failure(session, "vera", SignInOrigin("127.0.0.1"), server.state.now())
        answer = _sign_in(asked, client, "vera", PASSWORD)
    store.close()
    assert answer.status_code == 401
    assert re.search("Wait 1[45] minutes and try again", answer.text)


def test_the_owner_signs_in_in_their_own_browser_though_others_at_the_address_tried_their_name(
    tmp_path: Path, served: Callable[..., Any], asked: Callable[..., Any]
) -> None:
    store = open_store(tmp_path)
    with served(store, Settings(accounts=True, workers=0)) as server, server.client() as own, server.client() as other:
        for name in ("vera", "victor"):
            accounts.add_user(store, name, Role.OFFICER, PASSWORD, server.state.now())
        _sign_in(asked, own, "vera", PASSWORD)
        _sign_in(asked, other, "victor", PASSWORD)
        for browser in (own, other):
            asked(browser, "/sign-out")
        with store.writing() as session:
            for _ in range(50):
                limits.record_failure(session, "vera", SignInOrigin("127.0.0.1"), server.state.now())
                session.flush()
        other.cookies.set("impact-device", own.cookies["impact-device"][:-1])
        answers = [_sign_in(asked, browser, "vera", PASSWORD) for browser in (other, own)]
    store.close()
    assert [answer.status_code for answer in answers] == [401, 303]
    assert "Too many failed sign-ins" in answers[0].text


def test_a_session_ends_by_itself(tmp_path: Path, served: Callable[..., Any], asked: Callable[..., Any]) -> None:
    store = open_store(tmp_path)
    settings = Settings(accounts=True, workers=0, lasting=timedelta(microseconds=1))
    with served(store, settings) as server, server.client() as client:
        accounts.add_user(store, "vera", Role.OFFICER, PASSWORD, server.state.now())
        _sign_in(asked, client, "vera", PASSWORD)
        answer = client.get("/")
    store.close()
    assert answer.status_code == 303


def test_a_token_is_shown_once_works_and_can_be_revoked(team: Any, asked: Callable[..., Any]) -> None:
    with team.signed_in("rita") as rita, team.client() as program:
        page = asked(rita, "/account/tokens", {"label": "my script", "password": PASSWORD})
        secret = re.search(r"impact_[\w-]+", page.text)
        assert secret is not None
        headers = {"Authorization": f"Bearer {secret[0]}"}
        unused = rita.get("/account").text
        before = program.get("/api/v1/proposals", headers=headers).status_code
        again = rita.get("/account").text
        number = re.search(r"my script.*?/account/tokens/(\d+)/revoke", again)
        assert number is not None
        asked(rita, f"/account/tokens/{number[1]}/revoke")
        after = program.get("/api/v1/proposals", headers=headers).status_code
    assert secret[0] not in again
    assert (before, after) == (200, 401)
    assert "<td>never</td>" in unused
    assert "<td>never</td>" not in again


def test_a_token_needs_the_password_and_ends_after_three_months_or_as_chosen(
    team: Any, asked: Callable[..., Any]
) -> None:
    vera = accounts.add_user(team.state.store, "vera of tokens", Role.OFFICER, PASSWORD, team.state.now())
    with team.signed_in(vera.name) as client:
        wrong = [asked(client, "/account/tokens", {"label": "x", **more}) for more in ({}, {"password": "wrong"})]
        none = accounts.tokens(team.state.store, vera)
        for days in ({}, {"days": "7"}, {"days": "99999"}, {"days": "-1"}):
            asked(client, "/account/tokens", {"label": "x", "password": PASSWORD, **days})
    made = accounts.tokens(team.state.store, vera)
    assert [one.status_code for one in wrong] == [422, 422]
    assert none == ()
    assert [(token.expires - token.created).days for token in made] == [90, 7, 90, 90]


def test_a_new_password_ends_the_tokens(team: Any, asked: Callable[..., Any]) -> None:
    team.people["victor"] = accounts.add_user(team.state.store, "victor", Role.OFFICER, PASSWORD, team.state.now())
    with team.signed_in("victor") as victor, team.program("victor") as program:
        before = program.get("/api/v1/proposals").status_code
        asked(victor, "/account/password", {"old": PASSWORD, "new": "another ferry leaves at ten"})
        after = program.get("/api/v1/proposals").status_code
    assert (before, after) == (200, 401)


def test_wrong_passwords_on_the_page_of_an_account_delay_as_those_at_sign_in(
    team: Any, asked: Callable[..., Any]
) -> None:
    vick = accounts.add_user(team.state.store, "vick", Role.OFFICER, PASSWORD, team.state.now())
    with team.signed_in("vick") as client:
        asked(client, "/account/password", {"old": "wrong", "new": "another ferry leaves at ten"})
        with team.state.store.writing() as session:
            for _ in range(20):
                limits.record_failure(session, vick.name, SignInOrigin("127.0.0.1"), team.state.now())
                session.flush()
        forms = {
            "tokens": {"label": "x", "password": PASSWORD},
            "password": {"old": PASSWORD, "new": "ten ferries left"},
        }
        answers = [asked(client, f"/account/{path}", form) for path, form in forms.items()]
    assert [answer.status_code for answer in answers] == [422, 422]
    assert all("too many failed sign-ins" in answer.text for answer in answers)
    assert "vick password refused" in {f"{entry.who} {entry.action}" for entry in accounts.audit_log(team.state.store)}


def test_attempts_that_the_delay_refuses_do_not_grow_the_log(team: Any, asked: Callable[..., Any]) -> None:
    def notes() -> list[str]:
        return [entry.action for entry in accounts.audit_log(team.state.store) if entry.who == "nobody here"]

    with team.client() as client:
        wrong = _sign_in(asked, client, "nobody here", "wrong")
        counted = notes()
        with team.state.store.writing() as session:
            for _ in range(12):
                limits.record_failure(session, "nobody here", SignInOrigin("127.0.0.1"), team.state.now())
                session.flush()
        delayed = [_sign_in(asked, client, "nobody here", "wrong") for _ in range(3)]
    assert counted == ["sign-in refused"]
    assert notes() == counted
    assert [answer.status_code for answer in (wrong, *delayed)] == [401] * 4
    assert all("Too many failed sign-ins" in answer.text for answer in delayed)


def test_a_server_without_accounts_makes_no_tokens(alone: Any, asked: Callable[..., Any]) -> None:
    with alone.client() as client:
        answer = asked(client, "/account/tokens", {"label": "x", "password": PASSWORD})
    assert answer.status_code == 409


def test_the_description_of_the_door_for_programs_is_for_who_is_signed_in_or_has_a_token(team: Any, alone: Any) -> None:
    path = "/api/v1/openapi.json"
    with team.client() as stranger, team.signed_in("olga") as olga, team.program("olga") as program:
        refused = stranger.get(path)
        wrong = stranger.get(path, headers={"Authorization": "Bearer impact_wrong"})
        open_to = [olga.get(path), program.get(path)]
    with alone.client() as client:
        open_to.append(client.get(path))
    assert (refused.status_code, wrong.status_code) == (401, 401)
    assert "paths" not in refused.json()
    assert all(answer.json()["paths"] for answer in open_to)


def test_who_only_reads_a_proposal_queues_no_analysis_of_it(
    team: Any, analyzed: Callable[..., Any], asked: Callable[..., Any]
) -> None:
    store = team.state.store
    one = analyzed(team, team.people["ada"], "of readers", source="readers")
    with team.signed_in("olga") as olga, team.program("olga") as program:
        page = olga.get(f"/p/{one.id}").text
        answers = [asked(olga, f"/p/{one.id}/again"), program.post(f"/api/v1/proposals/{one.id}/analyses")]
    assert [answer.status_code for answer in answers] == [403, 403]
    assert "Analyze again" not in page
    assert jobs.latest_of(store, one.id).state is State.DONE
    with team.signed_in("rita") as rita:
        assert asked(rita, f"/p/{one.id}/again").status_code == 303
    assert jobs.latest_of(store, one.id).state is State.QUEUED
    jobs.fail(store, jobs.claim(store, "test", team.state.now(), one.id), "of a test", "", team.state.now())


def test_a_new_password_needs_the_old_one_and_signs_out_everywhere(team: Any, asked: Callable[..., Any]) -> None:
    accounts.add_user(team.state.store, "vera", Role.OFFICER, PASSWORD, team.state.now())
    new = "another ferry leaves at ten"
    with team.signed_in("vera") as vera, team.signed_in("vera") as elsewhere:
        wrong = asked(vera, "/account/password", {"old": "wrong", "new": new})
        short = asked(vera, "/account/password", {"old": PASSWORD, "new": "short"})
        right = asked(vera, "/account/password", {"old": PASSWORD, "new": new})
        assert elsewhere.get("/").status_code == 303
        assert _sign_in(asked, elsewhere, "vera", new).status_code == 303
    assert [wrong.status_code, short.status_code, right.status_code] == [422, 422, 303]
    assert right.headers["clear-site-data"] == '"cache"'


def test_the_log_tells_who_did_what_and_no_text(
    team: Any, analyzed: Callable[..., Any], asked: Callable[..., Any]
) -> None:
    one = analyzed(team, team.people["olga"], "of the log")
    with team.signed_in("olga") as olga, team.signed_in("ada") as ada:
        olga.get(f"/p/{one.id}/report")
        olga.get(f"/p/{one.id}/files/original")
        asked(olga, f"/p/{one.id}/erase")
        entries = accounts.audit_log(team.state.store)
        page = ada.get("/log").text
    told = [(entry.who, entry.action) for entry in entries if entry.about == one.id]
    assert told == [("olga", "erase"), ("olga", "download original"), ("olga", "read report")]
    assert one.id in page
    assert "quay" not in page
