"""Folders for meetings, on the page and for programs."""

import csv
import json
import re
from collections.abc import Callable
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZipFile

import jsonschema
import pytest
from sqlalchemy import event

from impact.review.decide import reading, record
from impact.review.decide.record import DecisionDraft
from impact.review.store import blobs, erasing, proposals
from impact.review.team import folders
from impact.review.values.decision import Action
from impact.review.values.folder import FolderDraft

API = "/api/v1"


def test_a_document_is_submitted_into_a_folder_and_the_list_goes_by_folders(
    alone: Any, asked: Callable[..., Any]
) -> None:
    with alone.client() as client:
        made = asked(client, "/folders", {"name": "SG17 spring", "group": "SG17", "begins": "2026-04-01"}, "/folders")
        folder = made.headers["location"].rpartition("/")[2]
        files = {"files": ("basin.txt", b"1.1 The basin of the spring shall be deep.\n")}
        asked(client, "/submit", {"folder": folder}, files=files)
        asked(client, "/submit", files={"files": ("other.txt", b"1.1 The other basin shall be deep.\n")})
        inside = client.get("/", params={"folder": folder}).text
        page = client.get(f"/folders/{folder}").text
    listed = inside.partition("<ol")[2]
    assert "basin.txt" in listed
    assert "other.txt" not in listed
    assert "SG17 spring (1)" in inside
    assert "SG17, 1\N{NO-BREAK SPACE}April" in page
    assert "basin.txt" in page


def test_a_folder_shows_counts_and_the_reading_order(alone: Any, petra: Any, analyzed: Callable[..., Any]) -> None:
    folder = folders.create(alone.state.store, petra, FolderDraft("Of orders"), alone.state.now())
    grave = analyzed(alone, petra, "of orders", folder=folder.id)
    with alone.client() as client:
        page = client.get(f"/folders/{folder.id}").text
    assert "<dt>High</dt><dd>1</dd>" in page
    assert re.search(r"<dt>Items decided</dt><dd>0 of \d+</dd>", page)
    assert '<span class="quiet">1.</span>' in page.partition(f'data-id="{grave.id}"')[2]
    assert "high" in page.partition(f'data-id="{grave.id}"')[2]


def test_a_folder_asks_as_often_for_many_proposals_as_for_a_few(
    alone: Any, petra: Any, analyzed: Callable[..., Any]
) -> None:
    folder = folders.create(alone.state.store, petra, FolderDraft("Of questions"), alone.state.now())
    queries: list[str] = []
    event.listen(alone.state.store.engine, "before_cursor_execute", lambda *given: queries.append(given[2]))
    numbers = []
    with alone.client() as client:
        for quays in (["Onyx"], ["Opal", "Jade"]):
            for quay in quays:
                analyzed(alone, petra, quay, folder=folder.id)
            client.get(f"/folders/{folder.id}")  # keeps what is kept of each report
            queries.clear()
            page = client.get(f"/folders/{folder.id}").text
            numbers.append(len(queries))
    assert page.count('data-id="') == 3
    assert numbers[0] == numbers[1] > 0


def test_the_portfolio_of_a_folder_holds_what_a_person_may_see_and_nothing_else(
    team: Any, analyzed: Callable[..., Any]
) -> None:
    store, olga = team.state.store, team.people["olga"]
    folder = folders.create(store, olga, FolderDraft("Of portfolios"), team.state.now())
    shown = analyzed(team, olga, "Agate", folder=folder.id)
    hidden = analyzed(team, olga, "Beryl", folder=folder.id, restricted_to=())
    with team.signed_in("ruth") as ruth:
        answer = ruth.get(f"/folders/{folder.id}/portfolio.zip")
    with team.program("olga") as program:
        whole = program.get(f"{API}/folders/{folder.id}/portfolio").content
    with ZipFile(BytesIO(answer.content)) as archive:
        names = set(archive.namelist())
        tables = archive.read("portfolio.csv").decode() + archive.read("index.html").decode()
    assert {"index.html", "portfolio.csv", "portfolio.xlsx", f"{shown.id}/report.html"} <= names
    assert "Agate" in tables
    assert "Beryl" not in tables
    assert not any(hidden.id in name for name in names)
    with ZipFile(BytesIO(whole)) as archive:
        assert "Beryl" in archive.read("portfolio.csv").decode()


@pytest.mark.long
def test_the_portfolio_of_a_folder_follows_decisions_and_says_whose_they_are_and_when(
    team: Any, analyzed: Callable[..., Any]
) -> None:
    state, rita = team.state, team.people["rita"]
    folder = folders.create(state.store, rita, FolderDraft("Of decisions"), state.now())
    decided, found = (analyzed(team, rita, quay, folder=folder.id, source=quay) for quay in ("Garnet", "Topaz"))
    shut_off = reading.open_desk(state.store, rita, decided.id).subjects[0]
    record.decide(
        state.store, rita, decided.id, DecisionDraft(Action.REJECT, shut_off.id, "It is a drill."), state.now()
    )
    with team.signed_in("rita") as client, team.signed_in("olga") as officer:
        mine, blind = (who.get(f"/folders/{folder.id}/portfolio.zip").content for who in (client, officer))
    rows = {row["folder"]: row for row in _rows(mine)}
    with ZipFile(BytesIO(mine)) as archive:
        reports = [archive.read(f"{made.id}/report.json").decode() for made in (decided, found)]
        page, own = archive.read("index.html").decode(), archive.read(f"{decided.id}/report.html").decode()
    assert [shut_off.label in json.dumps(_mechanisms(report)) for report in reports] == [False, True]
    assert "It is a drill." in own
    assert rows[found.id]["decisions"] == ""
    for said in ("Draft, not signed. It follows the decisions of rita.", f"{state.now():%B %Y}", "1 of "):
        assert said in rows[decided.id]["decisions"]
        assert said in page
    assert not any("decisions" in row for row in _rows(blind))


def _rows(portfolio: bytes) -> list[dict[str, str]]:
    with ZipFile(BytesIO(portfolio)) as archive:
        return list(csv.DictReader(StringIO(archive.read("portfolio.csv").decode("utf-8-sig"), newline="")))


def _mechanisms(report: str) -> list[str]:
    return [finding["mechanism"] for clause in json.loads(report)["clauses"] for finding in clause["findings"]]


def test_a_damaged_report_costs_its_place_and_not_the_folder(
    alone: Any, petra: Any, analyzed: Callable[..., Any]
) -> None:
    from impact.review.store import analyses

    store = alone.state.store
    folder = folders.create(store, petra, FolderDraft("Of damage"), alone.state.now())
    one = analyzed(alone, petra, "of damage", folder=folder.id)
    digest = dict(analyses.get(store, petra, one.id).files)["report.json"]
    blobs.path_of(store.files, digest).unlink()
    with alone.client() as client:
        page = client.get(f"/folders/{folder.id}")
        saved = client.get(f"/folders/{folder.id}/portfolio.zip")
    erasing.erase(store, petra, one.id, alone.state.now())
    assert (page.status_code, saved.status_code) == (200, 200)
    assert "missing or damaged" in page.text


def test_a_restricted_folder_is_not_there_for_others(
    team: Any, analyzed: Callable[..., Any], asked: Callable[..., Any]
) -> None:
    store, olga = team.state.store, team.people["olga"]
    folder = folders.create(store, olga, FolderDraft("Secret talks", restricted_to=("rita",)), team.state.now())
    one = analyzed(team, olga, "of talks", folder=folder.id)
    with team.signed_in("ruth") as ruth:
        pages = [ruth.get(path) for path in ("/", "/folders", f"/p/{one.id}", f"/?folder={folder.id}")]
        gone = [ruth.get(path).status_code for path in (f"/folders/{folder.id}", f"/folders/{folder.id}/portfolio.zip")]
        acts = [
            asked(ruth, f"/folders/{folder.id}", {"name": "Mine"}).status_code,
            asked(ruth, f"/folders/{folder.id}/delete").status_code,
        ]
    with team.program("ruth") as program:
        seen = program.get(f"{API}/proposals/{one.id}").json()["folder"]
    with team.program("rita") as program:
        own = program.get(f"{API}/proposals/{one.id}").json()["folder"]
    assert not any("Secret talks" in page.text for page in pages)
    assert "0 proposals" in pages[-1].text
    assert (gone, acts) == ([404, 404], [404, 404])
    assert (seen, own) == ("", folder.id)


def test_a_folder_is_renamed_and_deleted_when_it_is_empty(
    alone: Any, petra: Any, analyzed: Callable[..., Any], asked: Callable[..., Any]
) -> None:
    folder = folders.create(alone.state.store, petra, FolderDraft("Old name"), alone.state.now())
    one = analyzed(alone, petra, "to be moved", folder=folder.id)
    at = f"/folders/{folder.id}"
    with alone.client() as client:
        asked(client, at, {"name": "New name", "begins": "2026-07-06", "ends": "2026-07-17"}, at)
        full = client.get(at).text
        refused = asked(client, f"{at}/delete", at=at).status_code
        wrong = asked(client, at, {"name": "", "begins": "soon"}, at).status_code
        asked(client, f"/p/{one.id}/folder", {"folder": ""}, f"/p/{one.id}")
        empty = client.get(at).text
        deleted = asked(client, f"{at}/delete", at=at)
        after = client.get(at).status_code
    assert "New name" in full
    assert "Delete this folder" not in full
    assert "Delete this folder" in empty
    assert (refused, wrong, deleted.status_code, after) == (409, 422, 303, 404)


def test_proposals_selected_in_the_list_go_into_a_folder_all_or_none(
    team: Any, analyzed: Callable[..., Any], asked: Callable[..., Any]
) -> None:
    store, olga, ruth = team.state.store, team.people["olga"], team.people["ruth"]
    folder = folders.create(store, ruth, FolderDraft("Of selections"), team.state.now())
    taken = folders.create(store, olga, FolderDraft("Of others"), team.state.now())
    one, two = (analyzed(team, olga, quay, source=quay) for quay in ("Lapis", "Pearl"))
    kept = analyzed(team, olga, "Amber", source="Amber", folder=taken.id)
    with team.signed_in("ruth") as client:
        page = client.get("/").text
        given = {"folder": folder.id, "proposal": [one.id, two.id]}
        moved = asked(client, "/fill", given)
        refused = asked(client, "/fill", {**given, "folder": taken.id, "proposal": [one.id, kept.id]})
        again = asked(client, "/fill", {"folder": folder.id, "proposal": [two.id, kept.id]})
        none = asked(client, "/fill", {"folder": folder.id})
        nowhere = asked(client, "/fill", {"folder": "0", "proposal": [one.id]})
    assert f'form="fill" name="proposal" value="{one.id}"' in page
    assert (moved.status_code, moved.headers["location"]) == (303, f"/folders/{folder.id}")
    assert (refused.status_code, again.status_code) == (403, 403)
    assert (none.status_code, nowhere.status_code) == (422, 404)
    assert [proposals.get(store, olga, made.id).folder for made in (one, two, kept)] == [folder.id] * 2 + [taken.id]


def test_the_page_of_a_proposal_says_its_folder_and_moves_it(
    alone: Any, petra: Any, analyzed: Callable[..., Any], asked: Callable[..., Any]
) -> None:
    folder = folders.create(alone.state.store, petra, FolderDraft("Of <moves>"), alone.state.now())
    one = analyzed(alone, petra, "of moves")
    with alone.client() as client:
        answer = asked(client, f"/p/{one.id}/folder", {"folder": folder.id}, f"/p/{one.id}")
        page = client.get(f"/p/{one.id}").text
        unknown = asked(client, f"/p/{one.id}/folder", {"folder": "nowhere"}, f"/p/{one.id}").status_code
    assert answer.status_code == 303
    assert f'<a href="/folders/{folder.id}"><bdi>Of &lt;moves&gt;</bdi></a>' in page
    assert unknown == 404


def test_a_program_creates_fills_lists_changes_and_deletes_a_folder(team: Any, analyzed: Callable[..., Any]) -> None:
    one = analyzed(team, team.people["olga"], "of programs")
    with team.program("olga") as olga:
        schema = olga.get(f"{API}/openapi.json").json()
        wish = {"name": "By program", "group": "SG2", "begins": "2026-07-06", "ends": "2026-07-17"}
        made = olga.post(f"{API}/folders", json=wish)
        at = f"{API}/folders/{made.json()['id']}"
        moved = olga.put(f"{API}/proposals/{one.id}/folder", json={"folder": made.json()["id"]}).json()
        listed = olga.get(f"{API}/proposals", params={"folder": made.json()["id"]}).json()
        full = olga.delete(at).status_code
        changed = olga.put(at, json={"name": "By a program", "restricted_to": []}).json()
        wrong = olga.put(at, json={"name": "x", "begins": "2026-07-06", "ends": "2026-07-01"})
        olga.put(f"{API}/proposals/{one.id}/folder", json={"folder": None})
        deleted = olga.delete(at).status_code
    jsonschema.validate(made.json(), {"$ref": "#/components/schemas/FolderValue", **schema})
    assert (made.status_code, moved["folder"]) == (201, made.json()["id"])
    assert [found["id"] for found in listed["proposals"]] == [one.id]
    assert (full, deleted) == (409, 204)
    assert (changed["name"], changed["restricted_to"], changed["total"]) == ("By a program", ["olga"], 1)
    assert (wrong.status_code, wrong.json()["detail"][:7]) == (422, "the mee")


def test_a_program_submits_into_a_folder(team: Any) -> None:
    olga = team.people["olga"]
    folder = folders.create(team.state.store, olga, FolderDraft("For uploads"), team.state.now())
    files = [("files", ("raft.txt", b"1.1 The raft of uploads shall float.\n"))]
    with team.program("olga") as program:
        taken = program.post(f"{API}/proposals", files=files, data={"folder": folder.id}).json()["files"][0]
    assert taken["proposal"]["folder"] == folder.id
    assert proposals.get(team.state.store, olga, taken["proposal"]["id"]).folder == folder.id
