"""Every file of a decided proposal that its page offers: rights named, decisions followed, remarks and names kept."""

import csv
import re
from io import BytesIO, StringIO

import docx
import openpyxl
import pikepdf
import pytest
from filewords import words_of

from impact.pipeline import analyze, export
from impact.report import LANGUAGES
from impact.report.page import pdf
from impact.review.store import jobs, proposals
from impact.review.store.analyses import save
from impact.review.values.proposal import Submission
from impact.taxonomy import load
from impact.web.desk import outgoing

REASON, REMARK, NOTE = "It is a drill.", "The position serves a profile.", "Ask the harbor."
COMMENT = "Shall we meet the delegation first?"
CLAUSES = (
    "Requirements for quay nine",
    "1. Requirements",
    "1.1 The quay master shall shut off any subscriber of the quay whose account is in arrears.",
    "1.2 The quay master shall report the position of each subscriber of the quay every minute.",
    "1.3 The quay master shall print the checksum of each frame of the quay in blue ink.",
)
WORD = ("brief.docx", "contribution.docx", "review.docx", "amendments.docx")
BRIEFS = tuple(f"brief.{code}.html" for code in LANGUAGES)
TEXTS = ("report.html", "report.md", "brief.ar.html", "brief.en.html")
NEW, OLD = (load().mechanisms[name] for name in ("profiling-decisions", "shut-off"))


@pytest.fixture(scope="module")
def decided(team, tmp_path_factory):
    """Return a Word document of which rita rejected one finding, relabeled another, added a safeguard, and signed."""
    path = tmp_path_factory.mktemp("outgoing") / "quay.docx"
    word = docx.Document()
    for line in CLAUSES:
        word.add_paragraph(line)
    word.save(path)
    state, olga = team.state, team.people["olga"]
    one, _ = proposals.submit(state.store, olga, Submission(path.name, path.read_bytes()), state.now())
    assessment = analyze(path, by=("cues",), jailed=False)
    files = {f"report.{form}": export(assessment, form) for form in ("html", "json")}
    job = jobs.claim(state.store, "test", state.now(), one.id)
    save(state.store, job, files | {"annotated.docx": b"as found"}, state.now())
    with team.program("rita") as rita:
        found = {each["label"]: each["id"] for each in rita.get(f"/api/v1/proposals/{one.id}/findings").json()}
        track = found["location-tracking"]
        for said in (
            {"action": "reject", "subject": found["shut-off"], "text": REASON},
            {
                "action": "correct",
                "subject": track,
                "text": REMARK,
                "correction": {"label": NEW.id, "severity": [5, 5, 5]},
            },
            {"action": "note", "subject": track, "text": NOTE},
            {"action": "add", "clause": "1.3", "mechanism": "redress", "text": "Annex B has it."},
        ):
            answer = rita.post(f"/api/v1/proposals/{one.id}/decisions", json=said)
            assert answer.status_code == 201, answer.text
        said = {"subject": track, "text": COMMENT}
        assert rita.post(f"/api/v1/proposals/{one.id}/comments", json=said).status_code == 201
    return one


@pytest.fixture(scope="module")
def kept(team, decided):
    """Return what saves a file as rita before anything is signed, and does so once."""
    files = {}

    def save(name):
        if name not in files:
            files[name] = saved(team, decided, name)
        return files[name]

    return save


def saved(team, one, name, who="rita"):
    with team.signed_in(who) as person:
        answer = person.get(f"/p/{one.id}/send/{name}")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-disposition"].startswith(f'attachment; filename="{name}"')
    return answer.content


@pytest.mark.parametrize("name", [*WORD, *TEXTS, "findings.xlsx", "annotated.docx"])
def test_each_file_keeps_remarks_notes_and_names_and_says_what_was_rejected(kept, name):
    text = words_of(name, kept(name))
    for said in ("rita", REMARK, NOTE, REASON):
        assert said in text, said


@pytest.mark.parametrize("name", [*WORD, *TEXTS, "findings.xlsx", "findings.csv", "annotated.docx"])
def test_reports_and_tables_have_comments_with_author_and_time_and_what_leaves_the_house_has_none(kept, name):
    text = words_of(name, kept(name)) if name != "findings.csv" else kept(name).decode("utf-8-sig")
    inside = name in {"brief.docx", "report.html", "report.md", "findings.xlsx", "findings.csv"}
    assert bool(re.search(rf"rita, \d[^:]*:\d\d[^?]*: {re.escape(COMMENT)}", text)) is inside
    assert (COMMENT in text) is inside


@pytest.mark.parametrize(
    "name", ["brief.docx", "contribution.docx", "review.docx", "report.html", "report.md", "brief.en.html"]
)
def test_each_report_and_draft_has_the_corrected_label_with_its_rights_and_not_what_was_rejected(kept, name):
    text = words_of(name, kept(name))
    assert NEW.name.lower() in text.lower()
    assert load().rights[NEW.primary[0].right].name.lower() in text.lower()
    assert "ICCPR" in text
    assert OLD.enables not in text


def test_table_and_workbook_have_the_corrected_finding_alone_with_its_articles(kept):
    table = csv.DictReader(StringIO(kept("findings.csv").decode("utf-8-sig"), newline=""))
    (row,) = table
    book = openpyxl.load_workbook(BytesIO(kept("findings.xlsx")))
    findings = [[cell.value for cell in line] for line in book["Findings"].iter_rows()]

    assert (row["mechanism"], row["level"], row["decision"], row["decided_by"]) == (NEW.id, "high", "corrected", "rita")
    assert (row["remark"], row["notes"]) == (REMARK, f"rita: {NOTE}")
    assert "ICCPR" in row["articles_primary"]
    assert len(findings) == 2
    assert NEW.name in findings[1]
    assert any("ICCPR" in str(cell) for cell in findings[1])
    assert [line[0].value for line in book["Decisions"].iter_rows()][1:] == ["corrected", "added", "rejected"]


def test_the_annotated_original_has_comments_on_what_is_confirmed_alone(kept):
    comments = [note.text for note in docx.Document(BytesIO(kept("annotated.docx"))).comments]
    titles = [text.splitlines()[0] for text in comments]
    assert sum(NEW.name in title for title in titles) == 1
    assert not any(title.startswith(OLD.name) for title in titles)


@pytest.mark.usefixtures("weasyprint")
@pytest.mark.parametrize("name", ["report.pdf", "brief.fr.pdf"])
def test_the_pdf_follows_the_decisions_too(kept, name):
    import pypdfium2

    data = kept(name)
    pages = pypdfium2.PdfDocument(data)
    text = " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in pages)
    with pikepdf.open(BytesIO(data)) as opened:
        assert len(opened.pages) == len(pages)
    for said in ("rita", REMARK, REASON):
        assert said in text, said


def test_whoever_may_not_read_the_decisions_gets_what_the_tool_found(team, decided):
    rows = csv.DictReader(StringIO(saved(team, decided, "findings.csv", "olga").decode("utf-8-sig"), newline=""))
    assert {row["mechanism"] for row in rows} == {"shut-off", "location-tracking"}


def test_a_program_gets_the_same_file_and_no_other(team, decided, kept):
    base = f"/api/v1/proposals/{decided.id}/outgoing"
    with team.program("rita") as rita:
        mine, odd = rita.get(f"{base}/report.md"), rita.get(f"{base}/annotated.pdf")
    assert mine.content == kept("report.md")
    assert odd.status_code == 404


def test_the_page_offers_each_file_and_says_that_it_follows_decisions(team, decided):
    with team.signed_in("rita") as rita, team.signed_in("olga") as olga:
        page, without = rita.get(f"/p/{decided.id}").text, olga.get(f"/p/{decided.id}").text
        shown = rita.get(f"/p/{decided.id}/send/brief.ar.html", params={"show": 1})
    for name in (*WORD, "report.html", "report.md", "findings.xlsx", "findings.csv", "annotated.docx", *BRIEFS):
        assert f"/p/{decided.id}/send/{name}" in page, name
    assert "follows the decisions of the reviewers" in page
    assert "no decisions that you may read yet" in without
    assert "attachment" not in shown.headers.get("content-disposition", "")
    assert "sandbox" in shown.headers["content-security-policy"]


def test_where_pdfs_cannot_be_made_the_page_says_whom_to_ask_and_offers_none(team, decided, monkeypatch):
    monkeypatch.setattr(pdf, "is_there", lambda: False)
    with team.signed_in("rita") as rita:
        page = rita.get(f"/p/{decided.id}").text
    assert "Ask your IT department to install WeasyPrint" in page
    assert not re.search(r"/send/[\w.]+\.pdf", page)
    assert not re.search(r"pip install|apt-get|impact analyze", page)


def test_where_a_font_is_missing_the_page_says_for_which_languages(monkeypatch):
    monkeypatch.setattr(pdf, "is_there", lambda: True)
    monkeypatch.setattr(pdf, "languages_without_font", lambda: frozenset({"zh"}))
    choice = outgoing.choice_of(())
    assert {code for code, _, paper in choice.briefs if not paper} == {"zh"}
    assert "no font for them: Chinese." in choice.hints[0]
    assert "IT department" in choice.hints[0]


def test_a_signed_version_names_who_signed_and_when(team, decided, asked):
    desk = f"/p/{decided.id}/desk"
    with team.signed_in("rita") as rita:
        asked(rita, f"{desk}/done", at=desk)
        asked(rita, f"{desk}/sign", {"grave": "1"}, at=desk)
    for name in ("contribution.docx", "brief.en.html"):
        text = words_of(name, saved(team, decided, name, "olga"))
        day = f"{team.state.now():%B %Y}"
        assert re.search(rf"[Ss]igned(?: by|:) rita,? \(?\d+ {day}", text), text[-900:]
        assert REMARK in text
