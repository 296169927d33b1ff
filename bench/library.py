"""Fill a store with decided proposals and measure how fast the list, the searches and a folder answer.

Usage: python bench/library.py STORE [--proposals 1000] [--powers 25] [--guards 25] [--json FILE]

Where STORE is empty, it is filled first (some minutes): copies of one generated document, assessed by the cues, on
which two reviewers decide everything; every second proposal is signed, every fourth is in a folder. Each page is then
asked for twice by a reviewer and by an officer, in this process, the first time with nothing kept in memory. Prints
seconds and queries of the database.
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from desk import document
from itsdangerous import Signer
from sqlalchemy import event
from starlette.testclient import TestClient

from impact.pipeline import analyze, render
from impact.review.decide import reading, record, signing
from impact.review.decide.record import DecisionDraft
from impact.review.store import accounts, analyses, jobs, proposals
from impact.review.store.store import Store, open_store
from impact.review.team import folders, news
from impact.review.values.decision import Action, Correction, SubjectKind
from impact.review.values.folder import FolderDraft
from impact.review.values.proposal import Submission
from impact.review.values.subject import Subject
from impact.review.values.users import Role, User
from impact.web.app import make_app
from impact.web.server.session import SESSION
from impact.web.server.settings import Settings
from impact.web.server.state import ServerState, key_of
from impact.web.server.worker import keep_missing

BEGIN = datetime(2026, 3, 2, 9, tzinfo=UTC)
FOLDER = "Wards"
REVIEWERS, OFFICER = ("ada", "ben"), "olga"
PEOPLE = (REVIEWERS[0], OFFICER)
PAGES = {
    "list": "/",
    "search by article": "/?q=ICCPR+17",
    "search by words": "/?q=payload+of+the+packets",
    "what is new": "/?new=1",
    "folder": "/folders/{folder}",
}


def fill(store: Store, many: int, powers: int, guards: int) -> None:
    """Submit, analyze, decide and sign proposals, and have an officer come who has seen none of it."""
    people = [
        accounts.add_user(store, name, role, "", BEGIN)
        for name, role in [*((name, Role.REVIEWER) for name in REVIEWERS), (OFFICER, Role.OFFICER)]
    ]
    for person in people:
        news.arrive(store, person, BEGIN)
    folder = folders.create(store, people[0], FolderDraft(FOLDER), BEGIN).id
    base = document(powers, guards)
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "wards.txt"
        path.write_bytes(base)
        written = {f"report.{form}": render(analyze(path, by=("cues",)), form) for form in ("json", "html")}
    base_digest = sha256(base).hexdigest()
    for number in range(many):
        data = base + f"\n\nCopy {number}.\n".encode()
        files = {name: text.replace(base_digest, sha256(data).hexdigest()).encode() for name, text in written.items()}
        _review(store, people[:2], data, files, BEGIN + timedelta(minutes=number), folder if number % 4 == 0 else "")
        print(f"\r{number + 1} of {many}", end="", file=sys.stderr)


def _review(  # noqa: PLR0913, PLR0917 (all of a proposal)
    store: Store, reviewers: list[User], data: bytes, files: dict[str, bytes], now: datetime, folder: str
) -> None:
    name = f"wards-{now:%d%H%M}.txt"
    stored, _ = proposals.submit(store, reviewers[0], Submission(name, data, readings=2), now)
    job = jobs.claim(store, "bench", now, stored.id)
    analyses.save(store, job, files, now)
    if folder:
        proposals.move(store, reviewers[0], stored.id, folder, now)
    subjects = reading.open_desk(store, reviewers[0], stored.id).subjects
    for reviewer in reviewers:
        record.decide_all(store, reviewer, stored.id, list(_drafts(subjects)), now)
        record.finish(store, reviewer, stored.id, now)
    if now.minute % 2:
        signing.sign(store, reviewers[0], stored.id, now)


def _drafts(subjects: Iterable[Subject]) -> Iterator[DecisionDraft]:
    for number, subject in enumerate(subjects):
        if number % 5 == 3:
            yield DecisionDraft(Action.REJECT, subject.id, "It is a definition.")
        elif number % 11 == 7 and subject.kind is SubjectKind.FINDING:
            yield DecisionDraft(Action.CORRECT, subject.id, correction=Correction(label="location-tracking"))
        else:
            yield DecisionDraft(Action.ACCEPT, subject.id)


def measure(place: Path) -> list[dict[str, object]]:
    """Return seconds and queries of each page for each person, the first time and again."""
    figures: list[dict[str, object]] = []
    began = time.perf_counter()
    store = open_store(place)
    keep_missing(store)
    store.close()
    print(f"opened and brought up to date in {time.perf_counter() - began:.1f} s")
    for name in PEOPLE:
        store, queries = open_store(place), list[str]()
        event.listen(store.engine, "before_cursor_execute", _counting(queries))
        person = accounts.get_user(store, name)
        folder = folders.list_all(store, person)[0].id
        settings = Settings(accounts=True, workers=0)
        state = ServerState(store, settings, key_of(store.files), lambda: datetime.now(UTC))
        secret = accounts.start_session(store, person, state.now(), settings.lasting)
        cookie = Signer(state.key, salt="impact.cookie").sign(SESSION + secret).decode()
        client = TestClient(make_app(state), base_url=settings.address, cookies={"impact": cookie})
        client.get("/account")  # loads the templates
        for page, address in PAGES.items():
            for when in ("first", "again"):
                queries.clear()
                began = time.perf_counter()
                status = client.get(address.format(folder=folder)).status_code
                took = round(time.perf_counter() - began, 2)
                made = {"person": name, "page": page, "when": when, "seconds": took, "queries": len(queries)}
                print(json.dumps(made | {"status": status}))
                figures.append(made)
        store.close()
    return figures


def _counting(queries: list[str]) -> Callable[..., None]:
    def count(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        queries.append(statement)

    return count


def main() -> None:
    """Fill and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("store", type=Path)
    parser.add_argument("--proposals", type=int, default=1000)
    parser.add_argument("--powers", type=int, default=25)
    parser.add_argument("--guards", type=int, default=25)
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args()
    if not (chosen.store / "review.sqlite").exists():
        store = open_store(chosen.store)
        fill(store, chosen.proposals, chosen.powers, chosen.guards)
        store.close()
    figures = measure(chosen.store)
    if chosen.json:
        chosen.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
