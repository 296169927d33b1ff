"""The decided report in each form, opened; and decisions that leave as a file and come in again."""

import csv
import json
from io import BytesIO, StringIO

import docx
import openpyxl
import pytest

from impact.review.decide import reading
from impact.taxonomy import load
from impact.web.desk import producing

OFFICE = "application/vnd.openxmlformats-officedocument"
KINDS = {
    "html": "text/html; charset=utf-8",
    "docx": f"{OFFICE}.wordprocessingml.document",
    "xlsx": f"{OFFICE}.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "pdf": "application/pdf",
}
REASON = "=1+1 It is a <b>definition</b>."


@pytest.fixture(scope="module")
def quay(team, analyzed):
    """Return a proposal on which rita accepted, rejected and added something."""
    one = analyzed(team, team.people["olga"], "of decided files", source="decided")
    with team.program("rita") as rita:
        found = {each["label"]: each["id"] for each in rita.get(f"/api/v1/proposals/{one.id}/findings").json()}
        for said in (
            {"action": "reject", "subject": found["shut-off"], "text": REASON},
            {"action": "add", "clause": "1.3", "mechanism": "redress", "text": "Annex B has it."},
        ):
            assert rita.post(f"/api/v1/proposals/{one.id}/decisions", json=said).status_code == 201
    return one


def _saved(team, one, form):
    with team.signed_in("rita") as rita:
        answer = rita.get(f"/p/{one.id}/desk/report", params={"save": 1, "form": form})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == KINDS[form]
    assert f"decided-draft.{form}" in answer.headers["content-disposition"]
    return answer.content


def test_the_word_file_names_what_was_added_what_was_rejected_and_what_is_undecided_apart(team, quay):
    paragraphs = docx.Document(BytesIO(_saved(team, quay, "docx"))).paragraphs
    texts = [paragraph.text for paragraph in paragraphs]
    parts = [texts.index(title) for title in ("Corrections, additions and remarks", "Rejected", "Undecided")]
    names = [load().safeguards["redress"].name, load().mechanisms["shut-off"].name]
    names.append(load().mechanisms["location-tracking"].name)

    assert parts == sorted(parts)
    for at, name in zip(parts, names, strict=True):
        assert name in texts[at + 1]
    assert f"Rejected by rita: {REASON}" in texts[parts[1] + 1]


def test_the_workbook_has_a_row_for_each_item_and_no_formula(team, quay):
    book = openpyxl.load_workbook(BytesIO(_saved(team, quay, "xlsx")))
    rows = [[cell.value for cell in row] for row in book["Decisions"].iter_rows()]

    assert [row[0] for row in rows[1:]] == ["added", "rejected", "undecided"]
    assert REASON in rows[2]
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def test_the_table_says_what_was_decided_on_each_finding_that_stands(team, quay):
    table = csv.DictReader(StringIO(_saved(team, quay, "csv").decode("utf-8-sig"), newline=""))
    assert [(row["mechanism"], row["decision"]) for row in table] == [("location-tracking", "undecided")]


@pytest.fixture(scope="module")
def relabeled(team, analyzed):
    """Return a proposal on which rita corrected the label of one finding and rejected another."""
    one = analyzed(team, team.people["olga"], "of labels", source="labels")
    with team.program("rita") as rita:
        found = {each["label"]: each["id"] for each in rita.get(f"/api/v1/proposals/{one.id}/findings").json()}
        for said in (
            {
                "action": "correct",
                "subject": found["location-tracking"],
                "correction": {"label": "profiling-decisions"},
            },
            {"action": "reject", "subject": found["shut-off"], "text": REASON},
        ):
            answer = rita.post(f"/api/v1/proposals/{one.id}/decisions", json=said)
            assert answer.status_code == 201, answer.text
    return one


def test_html_and_word_name_the_rights_of_the_corrected_label_with_their_articles(team, relabeled):
    word = docx.Document(BytesIO(_saved(team, relabeled, "docx")))
    texts = [_saved(team, relabeled, "html").decode(), "\n".join(paragraph.text for paragraph in word.paragraphs)]

    for text in texts:
        assert "Draft, not signed. It follows the decisions of" in text
        assert f"The last decision dates from {team.state.now().day}" in text
        assert "ICCPR 17" in text
        assert load().mechanisms["profiling-decisions"].name in text
        assert load().mechanisms["shut-off"].enables not in text


def test_workbook_and_table_name_the_rights_with_their_articles_and_the_label_as_found(team, relabeled):
    book = openpyxl.load_workbook(BytesIO(_saved(team, relabeled, "xlsx")))
    names, first, *_ = ([cell.value for cell in row] for row in book["Findings"].iter_rows())
    titles, *decisions = ([cell.value for cell in row] for row in book["Decisions"].iter_rows())
    found = next(row for row in decisions if row[0] == "corrected")
    (row,) = csv.DictReader(StringIO(_saved(team, relabeled, "csv").decode("utf-8-sig"), newline=""))

    assert dict(zip(names, first, strict=True))["mechanism"] == load().mechanisms["profiling-decisions"].name
    assert "ICCPR 17" in dict(zip(names, first, strict=True))["articles, primary"]
    assert dict(zip(titles, found, strict=True))["found as"] == load().mechanisms["location-tracking"].name
    assert (row["mechanism"], row["decision"]) == ("profiling-decisions", "corrected")
    assert "ICCPR 17" in row["articles_primary"]


@pytest.mark.usefixtures("weasyprint")
def test_the_pdf_says_the_same_and_so_does_that_of_the_brief(team, quay):
    import pypdfium2

    def text(data):
        pages = pypdfium2.PdfDocument(data)
        return " ".join(page.get_textpage().get_text_bounded() for page in pages).replace("\r\n", " ")

    with team.signed_in("rita") as rita:
        brief = rita.get(f"/p/{quay.id}/desk/brief", params={"form": "pdf"})
    whole = text(_saved(team, quay, "pdf"))

    assert whole.index("Annex B has it.") < whole.index("Rejected by rita")
    assert REASON in whole
    assert brief.headers["content-type"] == "application/pdf"
    assert "human rights brief" in text(brief.content).casefold()
    for copied in (whole.casefold(), text(brief.content).casefold()):
        assert "high" in copied
        assert not any(" ".join(word) in copied for word in ("high", "brief", "reject"))  # letters that are set apart


def test_where_many_pdfs_are_asked_for_the_next_one_is_told_to_wait(team, quay):
    for _ in range(producing.MOST_WAITING):
        assert producing._DOOR.acquire(timeout=60)
    try:
        with team.program("rita") as rita:
            answer = rita.get(f"/api/v1/proposals/{quay.id}/decided", params={"form": "pdf"})
    finally:
        for _ in range(producing.MOST_WAITING):
            producing._DOOR.release()

    assert answer.status_code == 409
    assert "Try again" in answer.json()["hint"]


def test_a_program_gets_the_decided_report_too_and_nobody_else_does(team, quay):
    path = f"/api/v1/proposals/{quay.id}/decided"
    with team.program("rita") as rita, team.program("ruth") as ruth:
        mine = rita.get(path, params={"form": "docx"})
        hers = ruth.get(path, params={"form": "html"})
        odd = rita.get(path, params={"form": "exe"})
        absent = rita.get(path, params={"version": 9})

    assert mine.content == _saved(team, quay, "docx")
    assert "Annex B" in " ".join(paragraph.text for paragraph in docx.Document(BytesIO(mine.content)).paragraphs)
    assert "Annex B" not in hers.text
    assert (odd.status_code, absent.status_code) == (422, 404)


@pytest.mark.parametrize(("form", "name"), [("jsonl", "a.jsonl"), ("csv", "a.csv"), ("annotations", "a.jsonld")])
def test_decisions_that_left_are_known_when_they_come_in_again(team, quay, asked, form, name):
    with team.signed_in("rita") as rita:
        left = rita.get(f"/p/{quay.id}/desk/decisions", params={"form": form})
        page = asked(rita, f"/p/{quay.id}/desk/decisions", files={"file": (name, left.content)}, follow_redirects=True)

    assert "attachment" in left.headers["content-disposition"]
    assert "0 decisions imported; 2 already present." in page.text


def test_annotations_made_in_another_tool_become_decisions(team, analyzed, asked):
    one = analyzed(team, team.people["olga"], "of annotations", source="annotations")
    selector = {"type": "TextQuoteSelector", "exact": "in blue ink"}
    note = {
        "body": [{"type": "TextualBody", "purpose": "tagging", "value": "remote-control"}],
        "target": {"selector": [selector]},
    }

    with team.signed_in("rita") as rita:
        given = {"file": ("notes.json", json.dumps([note]))}
        page = asked(rita, f"/p/{one.id}/desk/decisions", files=given, follow_redirects=True)

    assert "1 decision imported" in page.text
    own = reading.open_desk(team.state.store, team.people["rita"], one.id).own
    assert [(each.clause, each.label, each.verdict) for each in own.values()] == [("1.3", "remote-control", "added")]


@pytest.mark.parametrize(
    ("who", "name", "data", "status"),
    [
        ("rita", "a.exe", b"MZ", 422),
        ("rita", "a.csv", b"seq,time\n1,2\n", 422),
        ("rita", "a.json", b"[" * 100_000, 422),
        ("rita", "a.json", b"\xff\xfe", 422),
        ("rita", "a.jsonl", b'{"decision": 1}\n', 422),
        ("rita", "a.jsonl", b"", 422),
        ("olga", "a.json", b'[{"body": {"purpose": "tagging", "value": "shut-off"}}]', 422),
    ],
)
def test_what_is_no_file_of_decisions_is_refused_in_one_line(team, quay, asked, who, name, data, status):  # noqa: PLR0913, PLR0917
    with team.signed_in(who) as client:
        page = asked(client, f"/p/{quay.id}/desk/decisions", files={"file": (name, data)})

    assert page.status_code == status
    assert 'class="lead"' in page.text


def test_an_officer_takes_nothing_in(team, quay, asked):
    note = {
        "body": [{"type": "TextualBody", "purpose": "tagging", "value": "redress"}],
        "target": {"selector": [{"type": "TextQuoteSelector", "exact": "in blue ink"}]},
    }

    with team.signed_in("olga") as olga:
        page = asked(olga, f"/p/{quay.id}/desk/decisions", files={"file": ("a.json", json.dumps([note]))})

    assert page.status_code == 403


def test_the_list_says_what_stands_in_the_version_that_was_signed(team, analyzed, asked):
    one = analyzed(team, team.people["olga"], "of sums", source="sums")
    desk = f"/p/{one.id}/desk"
    found = {
        subject.label: subject.id
        for subject in reading.open_desk(team.state.store, team.people["rita"], one.id).subjects
    }
    numbers = {"scale": "1", "scope": "1", "irremediability": "1"}

    with team.signed_in("rita") as rita, team.signed_in("olga") as olga:
        before = olga.get("/", params={"q": "sums"}).text
        asked(rita, f"{desk}/decide", {"action": "correct", "subject": found["shut-off"], **numbers}, at=desk)
        asked(rita, f"{desk}/done", at=desk)
        asked(rita, f"{desk}/sign", {"grave": "1"}, at=desk)
        pages = [olga.get("/", params={"q": "sums"}).text, olga.get(f"/p/{one.id}").text]

    assert "Reviewed" not in before
    for page in pages:
        said = page.split("Reviewed:")[1].split("</p>")[0]
        assert "low" in said
        assert "signed by rita" in said
        assert "1 of 2 items decided" in page.split("Reviewed:")[1]
