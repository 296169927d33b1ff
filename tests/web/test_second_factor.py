"""A second factor on the pages of an account and at sign-in."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pyotp import TOTP

from impact.review.authentication import second_factor
from impact.review.store import accounts
from impact.review.store.store import open_store
from impact.review.values.users import Role
from impact.web.server.settings import Settings

PASSWORD = "a ferry leaves the quay at nine"  # noqa: S105 (of people who live in tests)
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105 (likewise)
AT = "/account/second-factor"


@pytest.fixture
def here(tmp_path: Path, served: Callable[..., Any]) -> Iterator[Any]:
    """Return a server of vera, an administrator without a second factor, and of olga, who has one."""
    store = open_store(tmp_path)
    with served(store, Settings(accounts=True, workers=0)) as server:
        for name, role in {"vera": Role.ADMINISTRATOR, "olga": Role.OFFICER}.items():
            server.people[name] = accounts.add_user(store, name, role, PASSWORD, server.state.now())
        before = datetime.now(UTC) - timedelta(minutes=5)
        second_factor.confirm(store, server.people["olga"], SECRET, TOTP(SECRET).at(before), before)
        yield server
    store.close()


def _field(page: Any, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page.text)
    assert found is not None
    return found[1]


def _codes(page: Any) -> list[str]:
    return re.findall(r"(?:[A-Z2-9]{4}-){3}[A-Z2-9]{4}", page.text)


def _password(asked: Callable[..., Any], client: Any, name: str = "olga", after: str = "/account") -> Any:
    return asked(client, "/sign-in", {"name": name, "password": PASSWORD, "next": after}, at="/sign-in")


def _send(client: Any, page: Any, code: str, path: str = "/sign-in/code") -> Any:
    data = {name: _field(page, name) for name in ("csrf", "ticket")}
    if path == "/sign-in/code":
        data["next"] = _field(page, "next")
    return client.post(path, data={**data, "code": code})


def test_who_has_one_signs_in_by_password_and_code(here: Any, asked: Callable[..., Any]) -> None:
    with here.client() as client:
        page = _password(asked, client)
        between = client.get("/account")
        wrong = _send(client, page, "000000")
        answer = _send(client, wrong, TOTP(SECRET).now())
        account = client.get("/account")
    assert page.status_code == 200
    assert between.status_code == 303
    assert wrong.status_code == 401
    assert (answer.status_code, answer.headers["location"]) == (303, "/account")
    assert "unused recovery code" in account.text


def test_a_password_given_in_one_browser_opens_no_other(here: Any, asked: Callable[..., Any]) -> None:
    with here.client() as client, here.client() as other:
        page = _password(asked, client)
        data = {"csrf": _field(other.get("/sign-in"), "csrf"), "ticket": _field(page, "ticket")}
        stolen = other.post("/sign-in/code", data={**data, "code": TOTP(SECRET).now()})
        forged = client.post(
            "/sign-in/code", data={"csrf": _field(page, "csrf"), "ticket": "forged", "code": TOTP(SECRET).now()}
        )
    assert (stolen.status_code, forged.status_code) == (401, 401)
    assert "this took too long" in stolen.text.lower()


def test_a_password_given_before_it_was_changed_opens_nothing(here: Any, asked: Callable[..., Any]) -> None:
    with here.client() as client:
        page = _password(asked, client)
        accounts.change_user(here.state.store, "olga", password="another ferry leaves at ten")  # noqa: S106 (of a test)
        answer = _send(client, page, TOTP(SECRET).now())
    assert answer.status_code == 401


def test_it_is_set_up_by_password_picture_and_code_and_then_asked_for(here: Any, asked: Callable[..., Any]) -> None:
    with here.signed_in("vera") as vera, here.client() as client:
        refused = asked(vera, AT, {"password": "wrong"}, at=AT)
        page = asked(vera, AT, {"password": PASSWORD}, at=AT)
        secret = re.search(r'class="code secret">([A-Z2-7]{32})<', page.text)
        assert secret is not None
        wrong = _send(vera, page, "000000", f"{AT}/confirm")
        done = _send(vera, wrong, TOTP(secret[1]).now(), f"{AT}/confirm")
        asks = _password(asked, client, "vera")
        codes = _codes(done)
        answer = _send(client, asks, codes[0])
    assert (refused.status_code, page.status_code, wrong.status_code, done.status_code) == (422, 200, 422, 200)
    assert "<svg " in page.text
    assert "<svg " not in refused.text
    assert len(set(codes)) == 10
    assert "Enter your code" in asks.text
    assert answer.status_code == 303


def test_a_form_of_one_account_sets_up_no_other(here: Any, asked: Callable[..., Any]) -> None:
    with here.client() as client:
        ticket = _field(_password(asked, client), "ticket")
    with here.signed_in("vera") as vera:
        answer = asked(vera, f"{AT}/confirm", {"ticket": ticket, "code": TOTP(SECRET).now()}, at=AT)
    assert answer.status_code == 422
    assert not accounts.get_user(here.state.store, "vera").second_factor


def test_new_codes_and_removal_need_password_and_code(here: Any, asked: Callable[..., Any]) -> None:
    with here.signed_in("olga") as olga:
        alone = [asked(olga, f"{AT}/{act}", {"password": PASSWORD}, at=AT) for act in ("codes", "remove")]
        new = asked(olga, f"{AT}/codes", {"password": PASSWORD, "code": TOTP(SECRET).now()}, at=AT)
        codes = _codes(new)
        removed = asked(olga, f"{AT}/remove", {"password": PASSWORD, "code": codes[0]}, at=AT)
    assert [one.status_code for one in alone] == [422, 422]
    assert (len(codes), removed.status_code) == (10, 303)
    assert not accounts.get_user(here.state.store, "olga").second_factor


def test_a_token_or_a_new_password_needs_the_code_too(here: Any, asked: Callable[..., Any]) -> None:
    with here.signed_in("olga") as olga:
        alone = [
            asked(olga, "/account/tokens", {"label": "x", "password": PASSWORD}),
            asked(olga, "/account/password", {"old": PASSWORD, "new": "another ferry leaves at ten"}),
        ]
        made = asked(olga, "/account/tokens", {"label": "x", "password": PASSWORD, "code": TOTP(SECRET).now()})
    assert [one.status_code for one in alone] == [422, 422]
    assert "impact_" in made.text


def test_where_it_is_required_nothing_else_opens_until_it_is_set_up(here: Any, asked: Callable[..., Any]) -> None:
    second_factor.require(here.state.store, required=True)
    with here.signed_in("vera") as vera, here.program("vera") as program, here.program("olga") as other:
        closed = [vera.get(path) for path in ("/", "/account", "/log", "/folders", "/api/v1/openapi.json")]
        refused = program.get("/api/v1/proposals")
        fine = other.get("/api/v1/proposals")
        page = asked(vera, AT, {"password": PASSWORD}, at=AT)
        secret = re.search(r'class="code secret">([A-Z2-7]{32})<', page.text)
        assert secret is not None
        _send(vera, page, TOTP(secret[1]).now(), f"{AT}/confirm")
        opened = vera.get("/")
    assert [one.status_code for one in closed] == [303, 303, 303, 303, 403]
    assert {one.headers["location"] for one in closed[:4]} == {AT}
    assert (refused.status_code, fine.status_code, opened.status_code) == (403, 200, 200)


def test_where_it_is_required_nobody_removes_their_own(here: Any, asked: Callable[..., Any]) -> None:
    second_factor.require(here.state.store, required=True)
    with here.signed_in("olga") as olga:
        page = olga.get(AT)
        answer = asked(olga, f"{AT}/remove", {"password": PASSWORD, "code": TOTP(SECRET).now()}, at=AT)
    assert answer.status_code == 409
    assert "/remove" not in page.text
    assert accounts.get_user(here.state.store, "olga").second_factor


def test_who_has_to_set_it_up_may_sign_out(here: Any, asked: Callable[..., Any]) -> None:
    second_factor.require(here.state.store, required=True)
    with here.signed_in("vera") as vera:
        answer = asked(vera, "/sign-out", at=AT)
        after = vera.get(AT)
    assert answer.headers["location"] == "/sign-in"
    assert after.headers["location"].startswith("/sign-in")
