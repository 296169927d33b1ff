"""What programs get and may do."""

from collections.abc import Callable
from typing import Any

import jsonschema
import pytest

PATH = "/api/v1/proposals"


def test_a_program_without_a_token_or_with_a_wrong_one_is_told_what_to_do(team: Any) -> None:
    with team.client() as client:
        none = client.get(PATH)
        wrong = client.get(PATH, headers={"Authorization": "Bearer impact_wrong"})
        basic = client.get(PATH, headers={"Authorization": "Basic b2xnYTpw"})
    for answer in (none, wrong, basic):
        assert answer.status_code == 401
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.headers["www-authenticate"] == "Bearer"
        assert answer.json()["hint"]


def test_a_cookie_opens_no_door_for_programs(team: Any) -> None:
    with team.signed_in("ada") as ada:
        assert ada.get(PATH).status_code == 401


def test_a_program_submits_a_document_and_finds_it(team: Any) -> None:
    data = b"1. Requirements\n\n1.1 The pier of glass shall open at noon.\n"
    with team.program("olga") as program:
        files = [("files", ("pier.txt", data)), ("files", ("noise.bin", bytes(range(256)) * 9))]
        taken = program.post(PATH, files=files).json()["files"]
        one = program.get(f"{PATH}/{taken[0]['proposal']['id']}").json()
        original = program.get(f"{PATH}/{one['id']}/original")
    assert [bool(each["proposal"]) for each in taken] == [True, False]
    assert taken[1]["reason"]
    assert (one["state"], one["source"], one["submitted_by"]) == ("queued", "pier.txt", "olga")
    assert original.content == data


def test_a_program_reads_the_report_and_its_findings(team: Any, analyzed: Callable[..., Any]) -> None:
    one = analyzed(team, team.people["olga"], "for programs")
    with team.program("rita") as program:
        report = program.get(f"{PATH}/{one.id}/report").json()
        findings = program.get(f"{PATH}/{one.id}/findings").json()
        every = program.get(f"{PATH}/{one.id}/analyses").json()
    assert report["schema"] == "impact-report/1"
    assert "shut-off" in {finding["label"] for finding in findings}
    assert all(quote in finding["text"] for finding in findings for quote in finding["quotes"])
    assert every[0]["files"] == ["report.html", "report.json"]


def test_a_reviewer_decides_takes_back_is_done_signs_and_exports_by_program(
    team: Any, analyzed: Callable[..., Any]
) -> None:
    one = analyzed(team, team.people["olga"], "to be decided")
    base = f"{PATH}/{one.id}"
    with team.program("rita") as rita:
        finding = rita.get(f"{base}/findings").json()[0]["id"]
        wish = {"action": "reject", "subject": finding, "text": "It is a definition."}
        assert rita.post(f"{base}/decisions", json=wish).status_code == 201
        assert rita.post(f"{base}/undo", json={}).status_code == 201
        assert rita.post(f"{base}/decisions", json={"action": "accept", "subject": finding}).status_code == 201
        assert rita.post(f"{base}/done").json()["done"] == ["rita"]
        assert rita.post(f"{base}/signatures").json()["version"] == 1
        signed = rita.get(f"{base}/signed").json()
        lines = rita.get(f"{base}/export", params={"form": "jsonl"}).text.splitlines()
        sheet = rita.get(f"{base}/export", params={"form": "csv"}).text
        notes = rita.get(f"{base}/export", params={"form": "annotations"}).json()
    assert signed["holds"][0]["verdict"] == "accepted"
    assert len(lines) == 4
    assert "It is a definition." in sheet
    assert notes["type"] == "AnnotationCollection"


def test_a_program_sees_where_two_reviewers_differ_and_how_far_they_agree(
    team: Any, analyzed: Callable[..., Any]
) -> None:
    one = analyzed(team, team.people["olga"], "of conflicts", source="conflicts", readings=2)
    base = f"{PATH}/{one.id}"
    with team.program("rita") as rita, team.program("ruth") as ruth:
        finding = rita.get(f"{base}/findings").json()[0]["id"]
        blind = rita.get(f"{base}/conflicts").json()
        rita.post(f"{base}/decisions", json={"action": "accept", "subject": finding})
        rita.post(f"{base}/done")
        ruth.post(f"{base}/decisions", json={"action": "reject", "subject": finding, "text": "It warns."})
        ruth.post(f"{base}/done")
        conflict = rita.get(f"{base}/conflicts").json()[0]
        agreed = rita.get("/api/v1/agreement", params={"proposal": one.id}).json()
        changed = rita.get(f"{base}/changes").json()
    assert blind == []
    assert (conflict["subject"], conflict["difference"], conflict["open"]) == (finding, "verdict", True)
    assert {name: each["verdict"] for name, each in conflict["said"].items()} == {
        "rita": "accepted",
        "ruth": "rejected",
    }
    assert conflict["said"]["ruth"]["text"] == "It warns."
    assert [(each["first"], each["second"], each["same"]) for each in agreed[0]["pairs"]] == [("rita", "ruth", 0)]
    assert next(each["id"] for each in changed["kept"]) == finding


def test_a_program_takes_decisions_in_once(team: Any, analyzed: Callable[..., Any]) -> None:
    one = analyzed(team, team.people["olga"], "of files", source="files")
    base = f"{PATH}/{one.id}"
    with team.program("rita") as rita:
        finding = rita.get(f"{base}/findings").json()[0]["id"]
        rita.post(f"{base}/decisions", json={"action": "accept", "subject": finding})
        lines = rita.get(f"{base}/export", params={"form": "jsonl"}).content
        taken = rita.post(f"{base}/decisions/file", files={"file": ("a", lines)}, data={"form": "jsonl"})
        odd = rita.post(f"{base}/decisions/file", files={"file": ("a", b"{")}, data={"form": "jsonl"})
    assert taken.json() == {"new": 0, "known": 1}
    assert (odd.status_code, odd.headers["content-type"]) == (422, "application/problem+json")


@pytest.mark.parametrize(
    ("wish", "status"),
    [
        ({"action": "reject", "subject": "FINDING"}, 422),
        ({"action": "accept", "subject": "nothing"}, 404),
        ({"action": "correct", "subject": "FINDING", "correction": {"severity": [9, 9, 9]}}, 422),
        ({"action": "correct", "subject": "FINDING", "correction": {"label": "nothing"}}, 404),
        ({"action": "add", "clause": "99", "mechanism": "shut-off"}, 404),
        ({"action": "undo"}, 422),
        ({"action": "accept", "subject": "FINDING", "reviewer": "ruth"}, 422),
        ([], 422),
    ],
)
def test_a_wish_that_makes_no_sense_is_a_problem_with_words(
    team: Any, analyzed: Callable[..., Any], wish: Any, status: int
) -> None:
    one = analyzed(team, team.people["olga"], "of nonsense")
    with team.program("rita") as rita:
        finding = rita.get(f"{PATH}/{one.id}/findings").json()[0]["id"]
        if isinstance(wish, dict) and wish.get("subject") == "FINDING":
            wish = {**wish, "subject": finding}
        answer = rita.post(f"{PATH}/{one.id}/decisions", json=wish)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"]


def test_an_officer_does_not_decide(team: Any, analyzed: Callable[..., Any]) -> None:
    one = analyzed(team, team.people["olga"], "of officers")
    with team.program("olga") as olga:
        finding = olga.get(f"{PATH}/{one.id}/findings").json()[0]["id"]
        answer = olga.post(f"{PATH}/{one.id}/decisions", json={"action": "accept", "subject": finding})
    assert answer.status_code == 403


def test_nobody_reads_what_another_reviewer_said_before_both_are_done(team: Any, analyzed: Callable[..., Any]) -> None:
    one = analyzed(team, team.people["olga"], "of the blind", readings=2)
    base = f"{PATH}/{one.id}"
    with team.program("rita") as rita, team.program("ruth") as ruth, team.program("ada") as ada:
        finding = rita.get(f"{base}/findings").json()[0]["id"]
        rita.post(f"{base}/decisions", json={"action": "note", "subject": finding, "text": "whispered words"})
        tails = ("decisions", "findings", "export")
        heard = [each.get(f"{base}/{tail}").text for each in (ruth, ada) for tail in tails]
    assert not any("whispered" in text for text in heard)


def test_a_program_restricts_keeps_and_erases(team: Any, analyzed: Callable[..., Any]) -> None:
    one = analyzed(team, team.people["olga"], "of programs")
    base = f"{PATH}/{one.id}"
    with team.program("olga") as olga, team.program("rita") as rita:
        readers = olga.put(f"{base}/readers", json={"names": ["ruth"]}).json()["restricted_to"]
        hidden = rita.get(base).status_code
        kept = olga.put(f"{base}/keep", json={"until": "2090-05-03"}).json()["keep_until"]
        again = olga.post(f"{base}/analyses").status_code
        erased = olga.delete(base)
        gone = olga.get(base).status_code
    assert readers == ["olga", "ruth"]
    assert kept.startswith("2090-05-03T23:59:59")
    assert (hidden, again, erased.status_code, gone) == (404, 202, 200, 404)
    receipt = erased.json()
    assert (receipt["proposal"], receipt["by"], receipt["why"]) == (one.id, "olga", "asked")
    assert one.digest in receipt["files"]
    assert any("backups" in left["what"] for left in receipt["remains"])


def test_the_description_is_of_openapi_and_names_only_the_door_for_programs(team: Any) -> None:
    with team.program("olga") as client:
        told = client.get("/api/v1/openapi.json").json()
    assert told["openapi"].startswith("3.1")
    assert all(path.startswith("/api/v1/") for path in told["paths"])
    jsonschema.Draft202012Validator.check_schema(told["components"]["schemas"]["ProposalValue"])
