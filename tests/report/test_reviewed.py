"""Every file of a proposal as reviewers decided it: rejected findings are gone, labels corrected, remarks kept."""

import csv
import json
from dataclasses import replace
from io import BytesIO, StringIO

import docx
import openpyxl
import pytest

from impact.errors import UnreadableError
from impact.extract import Options, read_bytes
from impact.pipeline import analyze, annotate, exporter, restore
from impact.present.plurals import LANGUAGES
from impact.records import ReviewedItem, ReviewRecord, ReviewVerdict
from impact.records.report_json import from_json
from impact.taxonomy import load

TEXT = """Requirements for quay one

1. Requirements

1.1 The quay master shall shut off any subscriber of the quay whose account is in arrears.

1.2 The quay master shall report the position of each subscriber of the quay every minute.

1.3 The quay master shall print the checksum of each frame of the quay in blue ink.
"""
REASON, REMARK, NOTE = "It is a drill <b>only</b>.", "The position serves a profile.", "Ask the harbor."
PAGES = [f"onepage-{code}" for code in LANGUAGES]
FORMS = ["html", "md", "docx", "xlsx", "amendments", "review-text", "contribution-text", *PAGES]


@pytest.fixture(scope="module")
def quay(tmp_path_factory):
    """Return the file, its assessment by cues, and its report."""
    path = tmp_path_factory.mktemp("quay") / "quay.txt"
    path.write_text(TEXT, encoding="utf-8")
    assessment = analyze(path, by=("cues",), jailed=False)
    return path, assessment, from_json(json.loads(exporter(assessment)("json")))


def record(assessment, **given):
    """Return decisions: shut-off rejected, location tracking corrected to profiling, a safeguard added."""
    found = {rated.finding.mechanism: rated.finding for rated in assessment.findings}
    off, track = found["shut-off"], found["location-tracking"]
    items = (
        ReviewedItem(
            id=off.id,
            clause=off.clause,
            label=off.mechanism,
            safeguard=False,
            verdict=ReviewVerdict.REJECTED,
            by=("rita",),
            remark=REASON,
        ),
        ReviewedItem(
            id=track.id,
            clause=track.clause,
            label=track.mechanism,
            safeguard=False,
            verdict=ReviewVerdict.CORRECTED,
            by=("rita", "ruth"),
            remark=REMARK,
            notes=(("ruth", NOTE),),
            corrected="profiling-decisions",
            severity=(2, 2, 2),
        ),
        ReviewedItem(
            id="redress@1.3", clause="1.3", label="redress", safeguard=True, verdict=ReviewVerdict.ADDED, by=("rita",)
        ),
    )
    return ReviewRecord(items=items, decided=3, total=3, **given)


SIGNED = {"signatures": (("rita", "2026-05-03T10:00:00+00:00"),), "version": 2, "digest": "ab" * 32}


@pytest.fixture(scope="module")
def reviewed(quay):
    path, assessment, report = quay
    return restore(read_bytes(path.read_bytes(), path.name, jailed=False), report, record(assessment, **SIGNED))


def text_of(form, data):
    """Return all words of a file."""
    if form in {"docx", "amendments"}:
        word = docx.Document(BytesIO(data))
        cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
        return "\n".join([*(paragraph.text for paragraph in word.paragraphs), *cells])
    if form == "xlsx":
        book = openpyxl.load_workbook(BytesIO(data))
        return "\n".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value)
    return " ".join(data.decode().replace("\\", "").split())


@pytest.mark.parametrize(
    "form", ["html", "md", "csv", "docx", "xlsx", "review-text", "contribution-text", "onepage-ar"]
)
def test_without_decisions_a_restored_assessment_gives_the_bytes_of_the_first(quay, form):
    path, assessment, report = quay
    again = restore(read_bytes(path.read_bytes(), path.name, Options(), jailed=False), report)
    assert exporter(again)(form) == exporter(assessment)(form)


def test_a_report_whose_clauses_were_cut_otherwise_keeps_them_and_follows_the_decisions(quay):
    path, assessment, _ = quay
    raw = json.loads(exporter(assessment)("json"))
    moved = next(clause for clause in raw["clauses"] if clause["id"] == "1.2")
    moved["id"] = "1.2-then"
    raw["clauses"] = [clause for clause in raw["clauses"] if clause["id"] != "1.3"]
    earlier = from_json(raw)
    items = tuple(
        replace(item, clause="1.2-then") if item.clause == "1.2" else item
        for item in record(assessment).items
        if item.clause != "1.3"
    )
    document = read_bytes(path.read_bytes(), path.name, jailed=False)
    again = restore(document, earlier, ReviewRecord(items=items, decided=2, total=2, **SIGNED))
    (rated,) = again.findings
    assert (rated.finding.clause, rated.finding.mechanism) == ("1.2-then", "profiling-decisions")
    assert again.clause("1.2-then").sentences == assessment.clause("1.2").sentences
    assert again.clause("1.2-then").strengths == assessment.clause("1.2").strengths
    assert REMARK in text_of("md", exporter(again)("md"))


def test_a_document_that_is_read_with_other_words_is_refused(quay):
    path, assessment, _ = quay
    raw = json.loads(exporter(assessment)("json"))
    next(clause for clause in raw["clauses"] if clause["id"] == "1.2")["text"] += " It was otherwise."
    with pytest.raises(UnreadableError, match="another version of the program"):
        restore(read_bytes(path.read_bytes(), path.name, jailed=False), from_json(raw))


def test_rejected_is_gone_corrected_is_relabeled_rated_and_firm_and_added_is_found(reviewed):
    (rated,) = reviewed.findings
    assert (rated.finding.mechanism, rated.finding.doubtful) == ("profiling-decisions", False)
    assert rated.severity.triple == (2, 2, 2)
    assert rated.severity.reason.startswith("Rated in review by rita and ruth: ")
    assert [guard.safeguard for guard in reviewed.safeguards] == ["redress"]
    assert {silence.mechanism for silence in reviewed.silences} == {"profiling-decisions"}
    assert "redress" not in {silence.safeguard for silence in reviewed.silences}


def test_an_accepted_doubtful_finding_counts_as_found(quay):
    path, assessment, report = quay
    raw = json.loads(exporter(assessment)("json"))
    for clause in raw["clauses"]:
        for finding in clause["findings"]:
            finding["doubtful"] = True
    clause, finding = next(report.findings())
    item = ReviewedItem(
        id=finding.id,
        clause=clause.id,
        label=finding.mechanism,
        safeguard=False,
        verdict=ReviewVerdict.ACCEPTED,
        by=("rita",),
    )
    document = read_bytes(path.read_bytes(), path.name, jailed=False)
    again = restore(document, from_json(raw), ReviewRecord(items=(item,), decided=1, total=2))
    assert {rated.finding.id for rated in again.findings if not rated.finding.doubtful} == {item.id}
    assert len(again.findings) == 2


@pytest.mark.parametrize("form", FORMS)
def test_each_file_says_whose_decisions_it_follows_keeps_remarks_and_lists_what_was_rejected(reviewed, form):
    text = text_of(form, exporter(reviewed)(form))
    reason = REASON.replace("<", "&lt;").replace(">", "&gt;") if "<html" in text else REASON
    for words in ("rita", "ruth", REMARK, NOTE, reason, "2026"):
        assert words in text, words


@pytest.mark.parametrize("form", ["html", "md", "docx", "xlsx", "review-text", "contribution-text", "onepage-en"])
def test_the_rights_of_the_corrected_label_are_named_and_those_of_what_was_rejected_are_not(reviewed, form):
    text = " ".join(text_of(form, exporter(reviewed)(form)).split())
    mechanism = load().mechanisms["profiling-decisions"]
    assert mechanism.name.lower() in text.lower()
    assert load().mechanisms["shut-off"].enables not in text
    assert load().rights[mechanism.primary[0].right].name.lower() in text.lower()


def test_the_table_has_no_row_of_what_was_rejected_and_says_who_decided_the_others(reviewed):
    data = exporter(reviewed)("csv").decode("utf-8-sig")
    (row,) = csv.DictReader(StringIO(data, newline=""))
    assert (row["mechanism"], row["decision"], row["decided_by"]) == ("profiling-decisions", "corrected", "rita | ruth")
    assert (row["remark"], row["notes"]) == (REMARK, f"ruth: {NOTE}")
    assert row["signed"] == "rita, 2026-05-03T10:00:00+00:00"
    assert "ICCPR" in row["articles_primary"]
    assert (row["confidence_words"], row["doubtful"]) == ("confirmed", "no")


def test_a_draft_says_that_it_is_not_signed(quay):
    path, assessment, report = quay
    draft = record(assessment, last="2026-05-04T10:00:00+00:00")
    again = restore(read_bytes(path.read_bytes(), path.name, jailed=False), report, draft)
    text = " ".join(exporter(again)("md").decode().split())
    assert (
        "Draft, not signed. It follows the decisions of rita and ruth. The last decision dates from 4 May 2026." in text
    )


def test_the_annotated_original_has_no_comment_of_what_was_rejected_and_keeps_remarks(tmp_path):
    word = docx.Document()
    for line in TEXT.split("\n\n"):
        word.add_paragraph(line)
    path = tmp_path / "quay.docx"
    word.save(path)
    first = analyze(path, by=("cues",), jailed=False)
    report = from_json(json.loads(exporter(first)("json")))
    data = path.read_bytes()
    again = restore(read_bytes(data, path.name, jailed=False), report, record(first, **SIGNED))
    comments = [comment.text for comment in docx.Document(BytesIO(annotate(again, data, jailed=False))).comments]
    whole = "\n".join(comments)
    assert len([text for text in comments if load().mechanisms["shut-off"].name in text.splitlines()[0]]) == 0
    assert f"{REMARK}" in whole
    assert f"Rejected by rita: {REASON}" in whole
    assert "signed by rita (3 May 2026)" in whole


@pytest.mark.parametrize("form", ["html", "md", "docx", "review-text", "contribution-text", "onepage-en"])
def test_where_everything_was_rejected_a_file_does_not_say_that_nothing_was_flagged(quay, form):
    path, assessment, report = quay
    items = tuple(
        ReviewedItem(
            id=rated.finding.id,
            clause=rated.finding.clause,
            label=rated.finding.mechanism,
            safeguard=False,
            verdict=ReviewVerdict.REJECTED,
            by=("rita",),
            remark=REASON,
        )
        for rated in assessment.findings
    )
    document = read_bytes(path.read_bytes(), path.name, jailed=False)
    again = restore(document, report, ReviewRecord(items=items, decided=2, total=2))
    text = " ".join(text_of(form, exporter(again)(form)).split())
    assert "No finding remains after the review" in text
    assert "reports no finding" not in text


@pytest.mark.usefixtures("weasyprint")
@pytest.mark.parametrize("code", LANGUAGES)
def test_the_brief_with_long_remarks_is_one_sheet_as_pdf(quay, code):
    import pypdfium2

    from impact.report.page.pdf import print_brief

    path, assessment, report = quay
    decided = record(assessment, **SIGNED)
    items = tuple(replace(item, remark="This remark goes on and on. " * 20) for item in decided.items)
    document = read_bytes(path.read_bytes(), path.name, jailed=False)
    page = exporter(restore(document, report, replace(decided, items=items * 4)))(f"onepage-{code}").decode()
    assert len(pypdfium2.PdfDocument(print_brief(page))) == 1
