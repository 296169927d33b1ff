"""Files for office programs and the annotated original, downloaded and opened."""

import json
import time
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pikepdf
import pytest

from impact.review.store import accounts, analyses, proposals
from impact.review.values.proposal import State, StoredProposal, Submission
from impact.web.server.child import AnalysisFiles, Task, _outcome
from impact.web.server.worker import Worker

PROPOSALS = Path(__file__).parents[2] / "corpora" / "proposals"
NAMES = {"pdf": "careful-wallet.pdf", "docx": "new-network.docx"}
OFFICE = "application/vnd.openxmlformats-officedocument"
TABLES, DRAFTS = ("findings.csv", "findings.xlsx"), ("review.docx", "contribution.docx", "amendments.docx")
ALWAYS = ("report.html", "report.json", "brief.docx", *TABLES, *DRAFTS)
BY_CUES = (("by", "cues"),)


@pytest.fixture(scope="module")
def done(team: Any) -> dict[str, StoredProposal]:
    """Return a PDF and a DOCX that a worker of the server analyzed, restricted to those who submitted them."""
    worker = Worker(team.state, 9)
    worker.start()
    made = {kind: _submit(team, (PROPOSALS / name).read_bytes(), name) for kind, name in NAMES.items()}
    end = time.monotonic() + 180
    while any(_state(team, one) is not State.DONE for one in made.values()):
        assert time.monotonic() < end
        time.sleep(0.1)
    worker.stop()
    return made


def _submit(team: Any, data: bytes, name: str) -> StoredProposal:
    state, olga = team.state, team.people["olga"]
    one = proposals.submit(state.store, olga, Submission(name, data, BY_CUES), state.now())[0]
    return proposals.restrict(state.store, olga, one.id, (), state.now())


def _state(team: Any, one: StoredProposal) -> State:
    return proposals.get(team.state.store, team.people["olga"], one.id).state


def _saved(team: Any, one: StoredProposal, name: str) -> Any:
    with team.signed_in("olga") as olga:
        answer = olga.get(f"/p/{one.id}/files/{name}")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"] == f"attachment; filename=\"{name}\"; filename*=UTF-8''{name}"
    return answer


def _report(team: Any, one: StoredProposal) -> dict[str, Any]:
    return json.loads(analyses.read_file(team.state.store, team.people["olga"], one.id, analyses.REPORT))


def _findings(report: dict[str, Any]) -> int:
    return sum(len(clause["findings"]) for clause in report["clauses"])


def test_the_brief_is_a_word_document_that_names_the_proposal(team: Any, done: dict[str, StoredProposal]) -> None:
    saved = _saved(team, done["pdf"], "brief.docx")
    text = "\n".join(paragraph.text for paragraph in docx.Document(BytesIO(saved.content)).paragraphs)
    assert saved.headers["content-type"] == f"{OFFICE}.wordprocessingml.document"
    assert _report(team, done["pdf"])["document"]["title"] in text


def test_the_workbook_has_a_row_for_each_finding(team: Any, done: dict[str, StoredProposal]) -> None:
    saved = _saved(team, done["docx"], "findings.xlsx")
    book = openpyxl.load_workbook(BytesIO(saved.content))
    assert saved.headers["content-type"] == f"{OFFICE}.spreadsheetml.sheet"
    ids = {row[0].value for row in book["Findings"].iter_rows()} | {
        row[-1].value for row in book["Findings"].iter_rows()
    }
    wanted = {one["id"] for clause in _report(team, done["docx"])["clauses"] for one in clause["findings"]}
    assert wanted
    assert wanted <= ids


def test_the_table_has_a_line_for_each_finding(team: Any, done: dict[str, StoredProposal]) -> None:
    saved = _saved(team, done["pdf"], "findings.csv")
    assert saved.headers["content-type"] == "text/csv; charset=utf-8"
    assert len(saved.text.splitlines()) > _findings(_report(team, done["pdf"]))


def test_the_annotated_pdf_has_a_highlight_for_each_finding(team: Any, done: dict[str, StoredProposal]) -> None:
    saved = _saved(team, done["pdf"], "annotated.pdf")
    with pikepdf.open(BytesIO(saved.content)) as opened:
        kinds = [str(note.Subtype) for page in opened.pages for note in page.get("/Annots", [])]
    assert saved.headers["content-type"] == "application/pdf"
    assert kinds.count("/Highlight") >= _findings(_report(team, done["pdf"])) > 0


def test_the_annotated_word_document_has_a_comment_for_each_finding(team: Any, done: dict[str, StoredProposal]) -> None:
    saved = _saved(team, done["docx"], "annotated.docx")
    comments = [comment.author.split()[0] for comment in docx.Document(BytesIO(saved.content)).comments]
    assert saved.headers["content-type"] == f"{OFFICE}.wordprocessingml.document"
    assert comments.count("impact") > _findings(_report(team, done["docx"])) > 0


def test_a_program_gets_the_same_files(team: Any, done: dict[str, StoredProposal]) -> None:
    base = f"/api/v1/proposals/{done['pdf'].id}"
    with team.program("olga") as program:
        names = program.get(f"{base}/analyses").json()[0]["files"]
        saved = {name: program.get(f"{base}/files/{name}") for name in names}
        unknown = program.get(f"{base}/files/annotated.docx")
    assert sorted(names) == sorted(["annotated.pdf", *ALWAYS])
    assert all(each.headers["content-disposition"].startswith("attachment") for each in saved.values())
    assert saved["annotated.pdf"].content == _saved(team, done["pdf"], "annotated.pdf").content
    assert unknown.status_code == 404


def test_who_may_not_see_a_proposal_gets_none_of_its_files(team: Any, done: dict[str, StoredProposal]) -> None:
    one = done["pdf"].id
    with team.signed_in("rita") as rita, team.program("rita") as program, team.client() as nobody:
        page = rita.get(f"/p/{one}/files/annotated.pdf")
        api = program.get(f"/api/v1/proposals/{one}/files/annotated.pdf")
        outside = nobody.get(f"/p/{one}/files/annotated.pdf", headers={"Accept": "application/json"})
    assert (page.status_code, api.status_code) == (404, 404)
    assert outside.status_code in {303, 401}


def test_the_log_says_which_file_was_downloaded(team: Any, done: dict[str, StoredProposal]) -> None:
    _saved(team, done["pdf"], "findings.xlsx")
    entries = accounts.audit_log(team.state.store)
    told = [(entry.who, entry.action) for entry in entries if entry.about == done["pdf"].id]
    assert told[0] == ("olga", "download findings.xlsx")


def test_the_desk_offers_the_files_that_there_are(team: Any, done: dict[str, StoredProposal]) -> None:
    one = done["docx"].id
    with team.signed_in("olga") as olga:
        text = olga.get(f"/p/{one}/desk/together").text
    offered = [name for name in ("annotated.docx", "brief.docx", "findings.xlsx") if f"/p/{one}/send/{name}" in text]
    assert offered == ["annotated.docx", "brief.docx", "findings.xlsx"]
    assert "annotated.pdf" not in text


def test_a_text_has_no_annotated_copy() -> None:
    data = b"1. Requirements\n\n1.1 The quay master shall shut off any subscriber in arrears.\n"
    made = _outcome(Task(data, "quay.txt", BY_CUES, 60), lambda _: None)
    assert isinstance(made, AnalysisFiles)
    assert sorted(made.files) == sorted(ALWAYS)
