"""A store in each kind of database, people, and proposals with reports of our own."""

import importlib.util
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text as sql

from impact.review.store import accounts, analyses, jobs, proposals
from impact.review.store.store import Store, default_place, open_store
from impact.review.values.proposal import StoredProposal, Submission
from impact.review.values.users import Role, User

NOW = datetime(2025, 5, 6, 7, 8, 9, 123456, tzinfo=UTC)
POWERS = {
    "1.1": ("shut-off", "The quay master shall shut off a subscriber who is late with a fee."),
    "1.2": ("location-tracking", "The quay master shall report the position of each boat to the harbor."),
    "2.1": ("identity-binding", "A subscriber shall show a passport before a line is opened."),
}
GUARDS = {"1.1": "redress"}
ADDED = {
    "0007": [f"DROP TABLE {table}" for table in ("clause_words", "touches", "clauses")],
    "0008": [
        "DROP INDEX ix_proposals_folder",
        "ALTER TABLE proposals DROP COLUMN folder",
        "DROP TABLE folder_readers",
        "DROP TABLE folders",
    ],
    "0009": ["DROP TABLE visits", "DROP TABLE arrivals"],
    "0010": ["DROP TABLE extracts", "DROP INDEX links_by_kind", "DROP INDEX IF EXISTS clauses_by_id"],
    "0011": [
        "DROP TABLE usual_networks",
        "DROP TABLE recovery_codes",
        "ALTER TABLE users DROP COLUMN totp_step",
        "ALTER TABLE users DROP COLUMN totp",
        "ALTER TABLE store DROP COLUMN second_factor",
    ],
    "0012": ["ALTER TABLE head DROP COLUMN purged"],
    "0013": ["ALTER TABLE store DROP COLUMN files"],
    "0015": [
        "DROP INDEX ix_proposals_came_with",
        "ALTER TABLE proposals DROP COLUMN came_with",
        "ALTER TABLE proposals DROP COLUMN listed",
    ],
}
"""What takes away what a step of the tables added, by step; what earlier steps added, tests take away themselves."""
QUOTES = {"1.1": "shut off a subscriber", "1.2": "position of each boat", "2.1": "show a passport"}


def _load(name: str) -> Any:
    """Load a module beside this file: tests are no package."""
    spec = importlib.util.spec_from_file_location(f"review_{name}", Path(__file__).with_name(f"{name}.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], str]]:
    """Return what gives the URL of a database of a PostgreSQL; "made" is one that `open_store` made."""
    with _load("postgres").server() as url:
        _ask(url.format("postgres"), "CREATE DATABASE made")
        open_store(url.format("made"), tmp_path_factory.mktemp("made")).close()
        yield url.format


@pytest.fixture
def postgres(server: Callable[[str], str]) -> Iterator[Callable[..., str]]:
    """Return what gives the URL of a new database each time, a copy of one that `open_store` made."""
    names: list[str] = []

    def fresh(template: str = "made") -> str:
        names.append(f"impact{uuid4().hex}")
        _ask(server("postgres"), f"CREATE DATABASE {names[-1]} TEMPLATE {template}")
        return server(names[-1])

    yield fresh
    _ask(server("postgres"), *(f"DROP DATABASE {name} WITH (FORCE)" for name in names))


def _ask(url: str, *statements: str) -> None:
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.long)])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return where a new store goes: a folder, then a PostgreSQL."""
    return str(tmp_path / "store") if request.param == "sqlite" else request.getfixturevalue("postgres")()


@pytest.fixture
def store(place: str, tmp_path: Path) -> Iterator[Store]:
    """Return an empty store, in each kind of database."""
    opened = open_store(place, tmp_path / "files")
    yield opened
    opened.close()


@pytest.fixture
def light(tmp_path: Path) -> Iterator[Store]:
    """Return an empty store in SQLite, for what no database changes."""
    opened = open_store(tmp_path / "light")
    yield opened
    opened.close()


@pytest.fixture
def opener(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Callable[[], Store]]]:
    """Return what makes a store in a kind of database and returns what opens it, all with the same folder of files."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.delenv("IMPACT_STORE", raising=False)
    with ExitStack() as stack:

        def make(engine: str, name: str = "") -> Callable[[], Store]:
            if engine == "sqlite":
                place = str(tmp_path / name) if name else default_place()
                files: tuple[Path, ...] = (tmp_path / "impact" / "files",) if name else ()
            else:
                place, files = request.getfixturevalue("postgres")("template0"), ()

            def opening() -> Store:
                if files and not Path(place).exists():
                    with closing(open_store(place)) as new:  # shares a folder in which it already has one of its own
                        (files[0] / new.files.name).mkdir(parents=True)
                store = open_store(place, *files)
                stack.callback(store.close)
                return store

            return opening

        yield make


@pytest.fixture(scope="session")
def returned() -> Callable[[Any, str], None]:
    """Return what makes the tables of an open session those of an earlier step, and notes it."""

    def make(session: Any, revision: str) -> None:
        for step in sorted(ADDED, reverse=True):
            for statement in ADDED[step] if step > revision else ():
                session.execute(sql(statement))
        session.execute(sql("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})

    return make


@pytest.fixture
def later() -> Callable[[], datetime]:
    """Return a clock that goes on by a second each time."""
    numbers = count(1)
    return lambda: NOW + timedelta(seconds=next(numbers))


@pytest.fixture
def person() -> Callable[..., User]:
    """Return what makes an account without a password."""

    def make(store: Store, name: str, role: Role = Role.REVIEWER) -> User:
        return accounts.add_user(store, name, role, "", NOW)

    return make


@pytest.fixture
def report() -> Callable[..., dict[str, Any]]:
    """Return what makes a report: `without`, clauses that have no finding; `severity`, of every finding."""
    return make_report


@pytest.fixture
def submitted() -> Callable[..., StoredProposal]:
    """Return what submits a proposal and keeps an analysis of it."""

    def make(store: Store, by: User, data: bytes = b"one", **options: Any) -> StoredProposal:
        given = {name: options.pop(name) for name in ("restricted_to", "readings", "keep_until") if name in options}
        made, _ = proposals.submit(store, by, Submission("quay.txt", data, **given), NOW)
        analyze(store, made, make_report(data, **options))
        return proposals.get(store, by, made.id)

    return make


def analyze(store: Store, proposal: StoredProposal, report: dict[str, Any]) -> None:
    """Keep a report as the answer to the job of a proposal that waits."""
    job = jobs.claim(store, "w", NOW, proposal.id)
    assert job is not None
    analyses.save(store, job, {"report.json": json.dumps(report).encode(), "report.html": b"<p>"}, NOW)


def make_report(  # noqa: PLR0913
    data: bytes = b"one",
    *,
    without: tuple[str, ...] = (),
    severity: tuple[int, int, int] = (5, 4, 4),
    title: str = "Requirements for quays",
    group: str = "SG99",
    made_at: str = "2025-05-06T07:08:09+00:00",
) -> dict[str, Any]:
    """Return a report as `impact analyze` makes it."""
    digest = sha256(data).hexdigest()
    clauses, start = [], 0
    for number, (mechanism, text) in POWERS.items():
        found = [] if number in without else [_finding(digest, number, mechanism, text, start, severity)]
        clauses.append(_clause(number, text, start, found))
        start += len(text) + 1
    return {
        "schema": "impact-report/1",
        "document": {
            "id": digest,
            "source": "quay.txt",
            "format": "text",
            "title": title,
            "number": "C-77",
            "body": "ITU-T",
            "group": group,
            "question": "",
            "source_organizations": ["Harbor Board"],
            "date": "",
            "revision": "",
            "language": "en",
            "pages": 1,
            "paged": False,
            "words": 40,
        },
        "extraction": {"engine": "text", "pages": [], "warnings": []},
        "clauses": clauses,
        "compounds": [],
        "silences": [],
        "rights": [{"right": "privacy", "findings": []}],
        "level": "high",
        "provenance": {
            "tool": "0",
            "taxonomy": "t",
            "matrix": "m",
            "models": {"cues": "c"},
            "options": {},
            "made_at": made_at,
        },
    }


def _clause(number: str, text: str, start: int, found: list[dict[str, Any]]) -> dict[str, Any]:
    quote = text[:8]
    guard = {
        "safeguard": GUARDS.get(number),
        "confidence": 0.9,
        "strength": "must",
        "evidence": [{"quote": quote, "span": [start, start + len(quote)], "boxes": []}],
    }
    return {
        "id": number,
        "number": number,
        "headings": [],
        "kind": "requirement",
        "page": 1,
        "boxes": [],
        "span": [start, start + len(text)],
        "text": text,
        "strength": "must",
        "assessed": True,
        "findings": found,
        "safeguards": [guard] if number in GUARDS else [],
        "context": [],
    }


def _finding(  # noqa: PLR0913, PLR0917
    digest: str, number: str, mechanism: str, text: str, start: int, severity: tuple[int, int, int]
) -> dict[str, Any]:
    at = start + text.index(QUOTES[number])
    names = ("scale", "scope", "irremediability")
    return {
        "id": sha256(f"{digest}{number}{mechanism}".encode()).hexdigest()[:16],
        "mechanism": mechanism,
        "confidence": 0.9,
        "doubtful": False,
        "by": ["cues"],
        "strength": "must",
        "evidence": [{"quote": QUOTES[number], "span": [at, at + len(QUOTES[number])], "boxes": []}],
        "rights": [{"right": "privacy", "link": "primary", "articles": ["ICCPR 17"], "source": "RFC 8280"}],
        "severity": {**dict(zip(names, severity, strict=True)), "level": "high", "reason": "It is written so."},
        "safeguards": [],
        "change": None,
    }


@pytest.fixture(name="analyze")
def _analyze() -> Callable[..., None]:
    """Return what keeps a report as the answer to the job of a proposal that waits."""
    return analyze
