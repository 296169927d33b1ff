"""Real servers in threads, people who sign in, and proposals that were analyzed."""

import importlib.util
import re
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from socket import create_server
from typing import Any
from uuid import uuid4

import httpx
import pytest
import uvicorn
from itsdangerous import Signer

from impact.pipeline import analyze, render
from impact.review.store import accounts, analyses, jobs, proposals
from impact.review.store.store import Store, open_store
from impact.review.values.proposal import StoredProposal, Submission
from impact.review.values.users import Role, User
from impact.web.app import config_of
from impact.web.server.session import SESSION
from impact.web.server.settings import Settings
from impact.web.server.state import ServerState, key_of

PASSWORD = "a ferry leaves the quay at nine"  # noqa: S105 (of people who live in tests)
TEXT = """Requirements for quay {0}

Source: Harbor Works Ltd

1. Requirements

1.1 The quay master shall shut off any subscriber of quay {0} whose account is in arrears.

1.2 The quay master shall report the position of each subscriber of quay {0} every minute.

1.3 The quay master shall print the checksum of each frame of quay {0} in blue ink.
"""


@dataclass
class Server:
    """A running server and who may sign in."""

    state: ServerState
    url: str
    people: dict[str, User] = field(default_factory=dict)

    def client(self, **options: Any) -> httpx.Client:
        """Return a browser of sorts."""
        return httpx.Client(base_url=self.url, timeout=120, **options)

    @contextmanager
    def signed_in(self, name: str) -> Iterator[httpx.Client]:
        """Give a browser of sorts in which a person has signed in, by no password: its check is slow on purpose."""
        user = accounts.get_user(self.state.store, name)
        secret = accounts.start_session(self.state.store, user, self.state.now(), self.state.settings.lasting)
        cookie = Signer(self.state.key, salt="impact.cookie").sign(SESSION + secret).decode()
        with self.client(cookies={"impact": cookie}) as client:
            yield client

    def program(self, name: str) -> httpx.Client:
        """Return a program with a token of a person."""
        _, secret = accounts.add_token(self.state.store, self.people[name], "test", self.state.now())
        return self.client(headers={"Authorization": f"Bearer {secret}"})


def token(client: httpx.Client, at: str = "/") -> str:
    """Return the token against forgery that a page carries."""
    found = re.search(r'name="csrf" value="([^"]+)"', client.get(at).text)
    assert found is not None
    return found[1]


def post(client: httpx.Client, path: str, data: dict[str, Any] | None = None, at: str = "/", **more: Any) -> Any:
    """Send a form as a page does."""
    return client.post(path, data={"csrf": token(client, at), **(data or {})}, **more)


@contextmanager
def serving(store: Store, settings: Settings) -> Iterator[Server]:
    """Run a server in a thread."""
    with create_server(("127.0.0.1", 0)) as listening:
        here = replace(settings, port=listening.getsockname()[1])
        state = ServerState(store, here, key_of(store.files), lambda: datetime.now(UTC))
        server = uvicorn.Server(config_of(state))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        try:
            while not server.started:
                assert thread.is_alive()
                time.sleep(0.02)
            yield Server(state, here.address)
        finally:
            server.should_exit = True
            thread.join(20)


@pytest.fixture(scope="session")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return a server of one person on loopback; nothing is analyzed."""
    store = open_store(tmp_path_factory.mktemp("alone"))
    with serving(store, Settings(person="petra", workers=0, largest=200_000, together=1_000_000)) as server:
        yield server
    store.close()


@pytest.fixture(scope="session")
def team(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return a server of an officer, two reviewers and an administrator; nothing is analyzed."""
    store = open_store(tmp_path_factory.mktemp("team"))
    with staffed(store) as server:
        yield server
    store.close()


@contextmanager
def staffed(store: Store) -> Iterator[Server]:
    """Run a server of an officer, two reviewers and an administrator."""
    roles = {"olga": Role.OFFICER, "rita": Role.REVIEWER, "ruth": Role.REVIEWER, "ada": Role.ADMINISTRATOR}
    with serving(store, Settings(accounts=True, workers=0, by="cues")) as server:
        for name, role in roles.items():
            with_password = PASSWORD if name in {"rita", "ada"} else ""
            server.people[name] = accounts.add_user(store, name, role, with_password, datetime.now(UTC))
        yield server


@pytest.fixture(scope="module")
def any_team(any_store: Callable[[], Store]) -> Iterator[Server]:
    """Return `team` on each kind of database."""
    with staffed(any_store()) as server:
        yield server


@pytest.fixture(scope="module")
def any_alone(any_store: Callable[[], Store]) -> Iterator[Server]:
    """Return `alone` on each kind of database."""
    with serving(any_store(), Settings(person="petra", workers=0, largest=200_000, together=1_000_000)) as server:
        yield server


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Callable[[], str]]:
    """Return what makes a database in a PostgreSQL of the tests' own and returns its URL."""
    import psycopg

    path = Path(__file__).parents[1] / "review" / "postgres.py"
    spec = importlib.util.spec_from_file_location("web_postgres", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    with module.server() as url:

        def fresh() -> str:
            name = f"impact{uuid4().hex}"
            with psycopg.connect(url.format("postgres"), autocommit=True) as connection:
                connection.execute(f"CREATE DATABASE {name}")
            made: str = url.format(name)
            return made

        yield fresh


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.long)])
def any_store(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[], Store]]:
    """Return what opens a new store in each kind of database."""
    opened: list[Store] = []

    def make() -> Store:
        folder = tmp_path_factory.mktemp("store")
        place = folder if request.param == "sqlite" else request.getfixturevalue("postgresql")()
        opened.append(open_store(place, folder / "files"))
        return opened[-1]

    yield make
    for store in opened:
        store.close()


@pytest.fixture
def asked() -> Callable[..., Any]:
    """Return what sends a form as a page does."""
    return post


@pytest.fixture
def token_of() -> Callable[..., str]:
    """Return what reads the token of a page."""
    return token


@pytest.fixture(scope="session")
def served() -> Callable[[Store, Settings], Any]:
    """Return what runs a server in a thread."""
    return serving


@pytest.fixture(scope="session")
def analyzed(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., StoredProposal]:
    """Return what submits a proposal on a quay and keeps a real analysis of it."""
    folder = tmp_path_factory.mktemp("quays")

    def make(server: Server, by: User, quay: str, **given: Any) -> StoredProposal:
        path: Path = folder / f"{given.pop('source', 'quay')}.txt"
        path.write_text(TEXT.format(quay), encoding="utf-8")
        state = server.state
        data = path.read_bytes()
        made, new = proposals.submit(state.store, by, Submission(path.name, data, **given), state.now())
        if not new:
            return made
        job = jobs.claim(state.store, "test", state.now(), made.id)
        assert job is not None
        assessment = analyze(path, by=("cues",), jailed=False)
        files = {f"report.{form}": render(assessment, form).encode() for form in ("html", "json")}
        analyses.save(state.store, job, files, state.now())
        return proposals.get(state.store, by, made.id)

    return make


@pytest.fixture(scope="session")
def petra() -> User:
    """Return the only person of the server on loopback."""
    return User("petra", Role.ADMINISTRATOR)
