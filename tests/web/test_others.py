"""Other people's proposals: each address that names one answers as if it were not there, and no list has it."""

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest

from impact.review.decide import reading, record
from impact.review.decide.record import DecisionDraft
from impact.review.team import comments, folders
from impact.review.values.decision import Action
from impact.review.values.folder import FolderDraft
from impact.web.app import make_app

WORD = "zanzibar"
ABSENT = "0" * 16
WISHES = {
    "readers": {"names": None},
    "keep": {"until": None},
    "analyses": {},
    "decisions": {"action": "accept", "subject": "x"},
    "undo": {},
    "folder": {"folder": None},
    "comments": {"subject": "x", "text": "x"},
}
"""What programs send, by the end of the address."""

FOLDER = {"name": "Quays of others"}
FORM = {
    "action": "accept",
    "subject": "x",
    "text": "x",
    "item": "x",
    "as": "ruth",
    "who": "named",
    "readers": "rita",
    "until": "",
    "folder": "",
    "seq": "1",
    "name": "x",
}


def _routes(routes: Iterable[Any]) -> Iterator[tuple[str, str]]:
    """Yield method and path of each address of the application, included ones as well."""
    for route in routes:
        included = getattr(route, "original_router", None)
        if included is not None:
            yield from _routes(included.routes)
        elif hasattr(route, "methods"):
            yield from ((method, route.path) for method in sorted(route.methods))


@pytest.fixture(scope="module")
def secret(any_team: Any, analyzed: Callable[..., Any]) -> Any:
    """Return a proposal that olga and ruth alone may see, decided on and commented on by ruth, in a folder of hers."""
    team = any_team
    store, now, ruth = team.state.store, team.state.now, team.people["ruth"]
    folder = folders.create(store, ruth, FolderDraft(f"Folder of {WORD}", restricted_to=("ruth", "olga")), now())
    one = analyzed(team, ruth, WORD, restricted_to=("ruth", "olga"), folder=folder.id, source=WORD)
    subject = reading.open_desk(store, ruth, one.id).subjects[0].id
    record.decide(store, ruth, one.id, DecisionDraft(Action.NOTE, subject, f"Note of {WORD}"), now())
    comments.add(store, ruth, one.id, subject, f"Comment of {WORD}", now())
    record.finish(store, ruth, one.id, now())
    return one


@pytest.fixture(scope="module")
def addresses(any_team: Any) -> list[tuple[str, str]]:
    """Return method and path of each address that names a proposal or a folder."""
    application: Any = make_app(any_team.state)
    while hasattr(application, "_app"):
        application = application._app
    found = [(method, path) for method, path in _routes(application.routes) if re.search(r"{(proposal|folder)}", path)]
    assert len(found) > 60
    return found


def _filled(path: str, proposal: str, folder: str) -> str:
    names = {"proposal": proposal, "folder": folder, "name": "report.json", "version": "1", "number": "1", "seq": "1"}
    return re.sub(r"{(\w+)(?::\w+)?}", lambda named: names[named[1]], path)


def _ask(client: Any, method: str, path: str, csrf: str) -> Any:
    if path.endswith("/decisions/file"):
        return client.post(path, files={"file": ("x.jsonl", b"{}")}, data={"form": "jsonl"})
    if path.startswith("/api/"):
        wish = FOLDER if "/folders/" in path else WISHES.get(path.rpartition("/")[2])
        return client.request(
            method, path, **({"json": wish} if wish is not None and method in {"POST", "PUT"} else {})
        )
    if path.endswith("/desk/decisions") and method == "POST":
        return client.post(path, data={"csrf": csrf}, files={"file": ("x.jsonl", b"{}")})
    return client.request(method, path, **({"data": {"csrf": csrf, **FORM}} if method == "POST" else {}))


def test_each_address_answers_as_if_it_were_not_there(
    any_team: Any, secret: Any, addresses: list[tuple[str, str]], token_of: Callable[..., str]
) -> None:
    different, refused = [], list[str]()
    with any_team.signed_in("rita") as browser, any_team.program("rita") as program:
        csrf = token_of(browser)
        for method, path in addresses:
            client = program if path.startswith("/api/") else browser
            there = _ask(client, method, _filled(path, secret.id, secret.folder), csrf)
            absent = _ask(client, method, _filled(path, ABSENT, ABSENT), csrf)
            same = there.text.replace(secret.id, ABSENT).replace(secret.folder, ABSENT) == absent.text
            if there.status_code != absent.status_code or not same or there.status_code not in {404, 422}:
                different.append((method, path, there.status_code, absent.status_code))
            refused += [path] if there.status_code == 422 else []  # the words of the request do not fit its address
    assert different == []
    assert not refused


def test_nothing_was_changed_by_who_tried(any_team: Any, secret: Any) -> None:
    ruth = any_team.people["ruth"]
    desk = reading.open_desk(any_team.state.store, ruth, secret.id)
    assert desk.proposal.restricted_to == secret.restricted_to
    assert {event.decision.reviewer for event in desk.events} == {"ruth"}
    assert folders.list_all(any_team.state.store, ruth)


@pytest.mark.parametrize(
    "path",
    [
        "/",
        f"/?q={WORD}",
        f"/?q={WORD}+arrears",
        "/?q=ICCPR+17",
        "/?new=1",
        "/folders",
        "/agreement",
        "/progress?proposal={0}",
        "/log",
        "/api/v1/proposals?limit=1000",
        f"/api/v1/proposals?text={WORD}",
        "/api/v1/proposals?folder={1}",
        f"/api/v1/search/clauses?text={WORD}",
        "/api/v1/search/clauses?text=arrears&proposal={0}",
        "/api/v1/search/findings?article=ICCPR+17",
        "/api/v1/folders",
        "/api/v1/news",
        "/api/v1/agreement",
    ],
)
def test_no_list_search_count_or_log_has_it(any_team: Any, secret: Any, path: str) -> None:
    client = any_team.program if path.startswith("/api/") else any_team.signed_in
    with client("rita") as rita:
        answer = rita.get(path.format(secret.id, secret.folder))
    shown = answer.text.replace(f'value="{WORD}', "")  # the question itself
    assert answer.status_code < 500
    assert secret.id not in shown
    assert secret.folder not in shown.replace(f"folder={secret.folder}", "")
    assert f"quay {WORD}" not in shown.lower()
    assert f"of {WORD}" not in shown


def test_a_portfolio_of_an_open_folder_leaves_it_out(any_team: Any, analyzed: Callable[..., Any]) -> None:
    team = any_team
    folder = folders.create(team.state.store, team.people["ruth"], FolderDraft("Open quays"), team.state.now())
    analyzed(team, team.people["ruth"], f"closed {WORD}", restricted_to=("ruth",), folder=folder.id, source="closed")
    mine = analyzed(team, team.people["rita"], "open", folder=folder.id, source="open")
    with team.signed_in("rita") as rita, team.program("rita") as program:
        page = rita.get(f"/folders/{folder.id}").text
        archives = [
            rita.get(f"/folders/{folder.id}/portfolio.zip"),
            program.get(f"/api/v1/folders/{folder.id}/portfolio"),
        ]
    assert mine.id in page
    assert WORD not in page
    for archive in archives:
        with zipfile.ZipFile(io.BytesIO(archive.content)) as opened:
            texts = [name.encode() + opened.read(name) for name in opened.namelist()]
        assert texts
        assert not any(WORD.encode() in text for text in texts)


def test_agreement_counts_no_decision_on_it(any_team: Any, secret: Any) -> None:
    with any_team.program("rita") as rita, any_team.program("ruth") as ruth:
        read, own = rita.get("/api/v1/agreement"), ruth.get("/api/v1/agreement")
    assert read.status_code == own.status_code == 200
    assert secret.id not in read.text


def test_an_administrator_and_those_named_do_see_it(any_team: Any, secret: Any) -> None:
    with any_team.signed_in("ada") as ada, any_team.program("ruth") as ruth:
        assert WORD in ada.get("/").text
        assert ruth.get(f"/api/v1/proposals/{secret.id}").status_code == 200
        assert WORD in ruth.get(f"/api/v1/search/clauses?text={WORD}").text
