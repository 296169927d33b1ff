"""Many people who sign in at the same time, from one address."""

import asyncio
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from fastapi import HTTPException

from impact.review.store import accounts
from impact.review.store.store import open_store
from impact.review.values.users import Role
from impact.web.server import password_queue
from impact.web.server.settings import Settings

PASSWORD = "a ferry leaves the quay at nine"  # noqa: S105 (of people who live in tests)


@pytest.fixture
def here(tmp_path: Path, served: Callable[..., Any]) -> Any:
    """Return a server of vera."""
    store = open_store(tmp_path)
    with served(store, Settings(accounts=True, workers=0)) as server:
        accounts.add_user(store, "vera", Role.OFFICER, PASSWORD, server.state.now())
        yield server
    store.close()


def _attempt(server: Any, asked: Callable[..., Any], name: str, password: str) -> int:
    with server.client() as client:
        answer = asked(client, "/sign-in", {"name": name, "password": password, "next": "/"}, at="/sign-in")
    status: int = answer.status_code
    return status


@pytest.mark.long
def test_sixty_sign_ins_at_once_all_succeed_and_pages_are_answered_meanwhile(
    here: Any, asked: Callable[..., Any]
) -> None:
    """A third of them mistypes; before, ten failures closed the door to all who came from their address."""
    passwords = [PASSWORD, PASSWORD, "wrong"] * 20
    names = ["vera", "vera", "nobody {}"] * 20
    busy, slowest = threading.Event(), 0.0
    with ThreadPoolExecutor(60) as pool, here.client() as client:
        answers = [
            pool.submit(_attempt, here, asked, name.format(number), password)
            for number, (name, password) in enumerate(zip(names, passwords, strict=True))
        ]
        while not all(answer.done() for answer in answers):
            started = time.monotonic()
            assert client.get("/static/app.css").status_code == 200
            slowest = max(slowest, time.monotonic() - started)
            busy.wait(0.2)
    assert [answer.result() for answer in answers] == [303, 303, 401] * 20
    assert slowest < 5
    assert _attempt(here, asked, "vera", PASSWORD) == 303


def test_who_finds_the_queue_full_is_asked_to_come_back_in_a_moment(
    here: Any, asked: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(password_queue, "MOST_OF_NETWORK", 0)
    with here.client() as client:
        answer = asked(client, "/sign-in", {"name": "vera", "password": PASSWORD}, at="/sign-in")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "10")
    assert "try again in a few seconds" in answer.text


def test_all_addresses_of_one_network_of_ipv6_wait_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(password_queue, "MOST_OF_NETWORK", 1)
    queue, go = password_queue.PasswordQueue(), threading.Event()

    async def ask() -> str:
        first = asyncio.create_task(queue.run("2001:db8::1", lambda: str(go.wait(5))))
        await asyncio.sleep(0)
        try:
            with pytest.raises(HTTPException):
                await queue.run("2001:db8::2", str)
            elsewhere = asyncio.create_task(queue.run("2001:db8:0:1::1", lambda: "elsewhere"))
        finally:
            go.set()
        return await first + await elsewhere

    assert asyncio.run(ask()) == "Trueelsewhere"
