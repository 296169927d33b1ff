"""Let 50 readers and 10 uploaders use one server at the same time, and report errors and the time of answers.

Usage: python bench/load.py [--database sqlite|postgresql] [--seconds 600] [--readers 50] [--uploaders 10]
       [--pause 5] [--proposals 40] [--json FILE]

Fills a new store with documents made here (--proposals of 100 clauses, each with a power or a safeguard, one of 400),
starts a real server with accounts and one worker that analyzes by the cues, and has a second process read and upload.
Each person has one connection and waits --pause seconds on average between two acts (uniformly from 0 to twice as
much). Readers open the list, search, open proposals, reports and desks (of the long document too), and decide; each
uploader submits a new document of 100 clauses each time. PostgreSQL is started here as for the tests (in a folder of
its own, without fsync); it has to be installed.

First, one reader alone asks for the same (--baseline seconds): what is slow then is not due to the load. Prints, for
the baseline and for the load, by kind of act: how many, errors (any status but 200 and 303, any broken connection),
median and 95th percentile in milliseconds; then the processor time of the server in percent of one core, how many
documents came in and how many of them were analyzed, and whether any is lost, failed or analyzed twice.
"""

import argparse
import asyncio
import importlib.util
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
from desk import document
from itsdangerous import Signer
from serving import serving

from impact.pipeline import analyze, render
from impact.review.decide import reading
from impact.review.store import accounts, analyses, jobs, proposals
from impact.review.store.store import Store, open_store
from impact.review.values.proposal import ProposalQuery, State, Submission
from impact.review.values.users import Role
from impact.web.server.session import SESSION
from impact.web.server.settings import Settings
from impact.web.server.state import key_of

POSTGRES = Path(__file__).parents[1] / "tests" / "review" / "postgres.py"
ACTS = ("list", "search", "proposal", "report", "desk", "desk", "desk part", "decide")
"""What readers do, each as often as it is named."""

WORDS = ("subscriber", "payload", "encrypted end", "ICCPR 17", "appeal independent")
GOAL = 1.0
"""Seconds within which 95 of 100 answers are to come."""

PAGE = 1000
"""Proposals that the store lists at a time."""

Times = dict[str, list[float]]


@contextmanager
def database(kind: str, folder: Path) -> Iterator[str]:
    """Give the address of a new store."""
    if kind == "sqlite":
        yield str(folder)
        return
    sys.path.append(str(POSTGRES.parents[1] / "made"))
    spec = importlib.util.spec_from_file_location("postgres", POSTGRES)
    module = importlib.util.module_from_spec(spec)
    sys.modules["postgres"] = module
    spec.loader.exec_module(module)
    with module.server() as url:
        yield url.format("postgres")


def fill(store: Store, many: int, people: int) -> dict[str, Any]:
    """Keep analyzed proposals and accounts; return ids of the proposals, an item of each, and cookies."""
    now = datetime.now(UTC)
    users = [accounts.add_user(store, f"reader{at}", Role.REVIEWER, "", now) for at in range(people)]
    found = []
    with tempfile.TemporaryDirectory() as place:
        for number in range(many):
            clauses = 200 if number == 0 else 50
            path = Path(place) / f"wards{number}.txt"
            path.write_bytes(document(clauses, clauses) + f"\n\nCopy {number}.\n".encode())
            stored, _ = proposals.submit(
                store, users[0], Submission(path.name, path.read_bytes(), readings=people), now
            )
            job = jobs.claim(store, "bench", now, stored.id)
            made = analyze(path, by=("cues",))
            analyses.save(store, job, {f"report.{form}": render(made, form).encode() for form in ("json", "html")}, now)
            found.append(
                (stored.id, [subject.id for subject in reading.open_desk(store, users[0], stored.id).subjects])
            )
    key, lasting = key_of(store.files), Settings().lasting
    secrets = [accounts.start_session(store, user, now, lasting) for user in users]
    return {
        "proposals": found,
        "cookies": [Signer(key, salt="impact.cookie").sign(SESSION + secret).decode() for secret in secrets],
    }


class Person:
    """Somebody with a connection, who acts until an end."""

    def __init__(self, url: str, cookie: str, known: list[tuple[str, list[str]]], pause: float, end: float) -> None:
        headers = {"Sec-Fetch-Site": "same-origin"}
        self._client = httpx.AsyncClient(base_url=url, cookies={"impact": cookie}, headers=headers, timeout=60)
        self._known, self._pause, self._end = known, pause, end
        self._csrf, self._etags = "", dict[str, str]()
        self.times: Times = defaultdict(list)
        self.errors: dict[str, list[str]] = defaultdict(list)

    async def read(self) -> None:
        """Read and decide."""
        await self._begin()
        while time.time() < self._end:
            await self._act(random.choice(ACTS))  # noqa: S311 (no secret hangs on it)
            await self._wait()
        await self._client.aclose()

    async def upload(self, name: str) -> None:
        """Submit one new document after another."""
        await self._begin()
        number = 0
        while time.time() < self._end:
            number += 1
            data = document(50, 50) + f"\n\nBy {name}, number {number}.\n".encode()
            await self._time("upload", "POST", "/submit", data={"csrf": self._csrf}, files={"files": ("new.txt", data)})
            await self._wait()
        await self._client.aclose()

    async def _begin(self) -> None:
        await self._wait()
        page = await self._client.get("/")
        self._csrf = page.text.partition('name="csrf" value="')[2].partition('"')[0]

    async def _wait(self) -> None:
        await asyncio.sleep(random.uniform(0, 2 * self._pause))  # noqa: S311

    async def _act(self, act: str) -> None:
        name, items = random.choice(self._known)  # noqa: S311
        item = random.choice(items)  # noqa: S311
        if act == "decide":
            form = {"csrf": self._csrf, "action": "accept", "subject": item, "part": "row"}
            await self._time(act, "POST", f"/p/{name}/desk/decide", data=form)
            return
        paths = {
            "list": "/",
            "search": f"/?q={random.choice(WORDS)}",  # noqa: S311
            "proposal": f"/p/{name}",
            "report": f"/p/{name}/report",
            "desk": f"/p/{name}/desk?at={item}",
            "desk part": f"/p/{name}/desk?part=rows&at={item}",
        }
        await self._time(act, "GET", paths[act])

    async def _time(self, act: str, method: str, path: str, **given: Any) -> None:
        began = time.perf_counter()
        try:
            answer = await self._client.request(method, path, **given)
            if answer.status_code not in {200, 303}:
                self.errors[act].append(f"{answer.status_code} {answer.text[:200]}")
        except httpx.HTTPError as error:
            self.errors[act].append(repr(error))
        self.times[act].append(time.perf_counter() - began)


async def people(  # noqa: PLR0913, PLR0917 (what a process is told)
    url: str, known: dict[str, Any], readers: int, uploaders: int, pause: float, seconds: float
) -> None:
    """Have people read and upload; print what came of it."""
    end = time.time() + seconds
    cookies = known["cookies"]
    crowd = [
        Person(url, cookies[at % len(cookies)], known["proposals"], pause, end) for at in range(readers + uploaders)
    ]
    acting = [one.read() for one in crowd[:readers]]
    acting += [one.upload(f"uploader {at} at {end}") for at, one in enumerate(crowd[readers:])]
    await asyncio.gather(*acting)
    times: Times = defaultdict(list)
    errors: dict[str, list[str]] = defaultdict(list)
    for one in crowd:
        for act, took in one.times.items():
            times[act] += took
        for act, why in one.errors.items():
            errors[act] += why
    print(json.dumps({"times": times, "errors": errors}))


def run(url: str, known: dict[str, Any], *figures: float) -> tuple[Times, dict[str, list[str]]]:
    """Return the times and errors of people in a process of their own."""
    request = json.dumps([url, known, *figures])
    words = [sys.executable, __file__, "--people"]
    made = subprocess.run(words, input=request, stdout=subprocess.PIPE, text=True, check=True)
    parsed = json.loads(made.stdout)
    return parsed["times"], parsed["errors"]


def table(title: str, times: Times, errors: dict[str, list[str]]) -> dict[str, dict[str, float]]:
    """Print and return the figures of each kind of act, and of all."""
    print(f"{title}\n{'act':<10} {'number':>7} {'errors':>7} {'median ms':>10} {'p95 ms':>8}")
    rows = {}
    every = [took for of_act in times.values() for took in of_act]
    for act, of_act in [*sorted(times.items()), ("all", every)]:
        ordered = sorted(of_act)
        wrong = len(errors.get(act, ())) if act != "all" else sum(map(len, errors.values()))
        median, high = 1000 * statistics.median(ordered), 1000 * ordered[int(0.95 * len(ordered))]
        rows[act] = {"number": len(ordered), "errors": wrong, "median_ms": round(median), "p95_ms": round(high)}
        print(f"{act:<10} {len(ordered):>7} {wrong:>7} {median:>10.0f} {high:>8.0f}")
    for act, why in errors.items():
        print(f"  {act}: {why[0]}")
    return rows


def whole(store: Store, uploads: int, before: int) -> dict[str, int]:
    """Return how many documents came in, by state, and how many were analyzed more than once."""
    ada = accounts.add_user(store, "ada", Role.ADMINISTRATOR, "", datetime.now(UTC))
    total = proposals.find(store, ada, ProposalQuery()).total
    pages = [ProposalQuery(offset=offset, limit=PAGE) for offset in range(0, total, PAGE)]
    stored = [proposal for page in pages for proposal in proposals.find(store, ada, page).proposals]
    new = len(stored) - before
    states = {state.value: sum(proposal.state is state for proposal in stored) for state in State}
    twice = sum(proposal.analyses > 1 for proposal in stored)
    return {"uploads": uploads, "stored": new, **states, "analyzed twice": twice}


def measure(given: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """Fill, run and return all figures."""
    with database(given.database, folder) as place:
        store = open_store(place, folder / "files")
        known = fill(store, given.proposals, given.readers + given.uploaders)
        with serving(place, "--files", str(folder / "files"), "--rate", "0") as (url, server):
            idle = table("one reader alone", *run(url, known, 1, 0, 0.2, given.baseline))
            before = sum(server.cpu_times()[:2])
            times, errors = run(url, known, given.readers, given.uploaders, given.pause, given.seconds)
            used = round(100 * (sum(server.cpu_times()[:2]) - before) / given.seconds)
            busy = table(f"{given.readers} readers and {given.uploaders} uploaders", times, errors)
        counts = whole(store, len(times["upload"]), given.proposals)
        store.close()
    print(f"processor time of the server: {used} % of one core")
    print(json.dumps(counts))
    reached = busy["all"]["errors"] == 0 and busy["all"]["p95_ms"] < 1000 * GOAL
    print(f"goal (no error, 95th percentile below {GOAL:g} s): {'reached' if reached else 'missed'}")
    return {"idle": idle, "busy": busy, "cpu_percent": used, "documents": counts}


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--baseline", type=float, default=20)
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--uploaders", type=int, default=10)
    parser.add_argument("--pause", type=float, default=5)
    parser.add_argument("--proposals", type=int, default=40)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--people", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.people:
        asyncio.run(people(*json.loads(sys.stdin.read())))
        return
    with tempfile.TemporaryDirectory() as made:
        figures = measure(given, Path(made))
    if given.json:
        given.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
