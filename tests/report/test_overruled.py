"""No file quotes or builds on what reviewers rejected, and all follow a correction."""

import json
import re
from io import BytesIO

import docx
import openpyxl
import pytest
from lxml import html

from impact.advise import advise
from impact.advise.context import Context
from impact.assess import unruled
from impact.extract import read_bytes
from impact.pipeline import analyze, annotate, exporter, restore
from impact.present.plurals import LANGUAGES
from impact.records import (
    Cited,
    OverruledLabel,
    PointKind,
    RaisedPoint,
    Raising,
    ReviewedItem,
    ReviewRecord,
    ReviewVerdict,
    SecondReader,
    SecondReading,
    Span,
)
from impact.records.report_json import from_json
from impact.taxonomy import load

CLAUSES = (
    "Requirements for quay one",
    "1. Requirements",
    "1.1 The gateway shall block access to the websites of the fish market for 24 months, as required by national law.",
    "1.2 The quay master shall report the position of each subscriber of the quay every minute.",
    "1.3 The quay master shall print the checksum of each frame of the quay in silver ink.",
    "1.4 The blue buoy shall encrypt all messages between subscribers from end to end.",
)
POWER, GUARD = "fish market", "blue buoy"
PAGES = [f"onepage-{code}" for code in LANGUAGES]
FORMS = ["html", "md", "csv", "docx", "xlsx", "amendments", "review-text", "contribution-text", *PAGES]


@pytest.fixture(scope="module")
def quay(tmp_path_factory):
    """Return a Word document and its assessment by cues: blocking, location tracking and encryption."""
    path = tmp_path_factory.mktemp("quay") / "quay.docx"
    word = docx.Document()
    for line in CLAUSES:
        word.add_paragraph(line)
    word.save(path)
    return path, analyze(path, by=("cues",), jailed=False)


def reviewed(quay, *gone, corrected=()):
    """Return the assessment with some labels rejected, and others corrected to profiling."""
    path, assessment = quay
    labeled = [(rated.finding.id, rated.finding.clause, rated.finding.mechanism) for rated in assessment.findings]
    labeled += [(f"{guard.safeguard}@{guard.clause}", guard.clause, guard.safeguard) for guard in assessment.safeguards]
    items = tuple(
        ReviewedItem(
            id=name,
            clause=clause,
            label=label,
            safeguard=label in load().safeguards,
            verdict=ReviewVerdict.REJECTED if label in gone else ReviewVerdict.CORRECTED,
            by=("rita",),
            remark="It is a drill.",
            corrected="" if label in gone else "profiling-decisions",
        )
        for name, clause, label in labeled
        if label in {*gone, *corrected}
    )
    report = from_json(json.loads(exporter(assessment)("json")))
    record = ReviewRecord(items=items, decided=len(items), total=len(labeled))
    return restore(read_bytes(path.read_bytes(), path.name, jailed=False), report, record)


@pytest.fixture(scope="module")
def rejected(quay):
    return reviewed(quay, "content-blocking", "encryption", corrected=["location-tracking"])


def said(form, data):
    """Return what a file says of the document; not the list of all its clauses, which has each as it is."""
    if form in {"docx", "amendments"}:
        word = docx.Document(BytesIO(data))
        cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
        return "\n".join([*(paragraph.text for paragraph in word.paragraphs), *cells])
    if form == "xlsx":
        book = openpyxl.load_workbook(BytesIO(data))
        rows = (row for sheet in book if sheet.title != "Clauses" for row in sheet.iter_rows())
        return "\n".join(str(cell.value) for row in rows for cell in row if cell.value)
    if form == "html":
        page = html.document_fromstring(data.decode())
        page.get_element_by_id("clauses").drop_tree()
        return page.text_content()
    return re.sub(r"<[^>]+>", "", data.decode("utf-8-sig"))


@pytest.mark.parametrize("form", FORMS)
def test_no_file_quotes_the_words_of_a_rejected_finding_or_safeguard(rejected, form):
    text = said(form, exporter(rejected)(form))
    assert POWER not in text
    assert GUARD not in text
    assert load().mechanisms["content-blocking"].enables not in text


@pytest.mark.parametrize("form", [form for form in FORMS if form not in {"csv", *PAGES}])
def test_the_same_words_are_quoted_where_nothing_was_rejected(quay, form):
    text = said(form, exporter(quay[1])(form))
    assert POWER in text


@pytest.mark.parametrize("form", [form for form in FORMS if not form.startswith("onepage")])
def test_a_corrected_label_is_told_by_its_new_name_and_never_as_found(rejected, form):
    text = said(form, exporter(rejected)(form))
    old, new = (load().mechanisms[name] for name in ("location-tracking", "profiling-decisions"))
    assert old.enables not in text
    assert new.name in text or new.name.lower() in text.lower() or new.id in text


def test_the_notes_in_the_original_say_nothing_at_rejected_words(rejected, quay):
    path, _ = quay
    notes = docx.Document(BytesIO(annotate(rejected, path.read_bytes(), jailed=False))).comments
    titles = [note.text.splitlines()[0] for note in notes]
    assert not any(title.startswith(load().mechanisms["content-blocking"].name) for title in titles)
    assert not any(title.startswith(load().safeguards["encryption"].name) for title in titles)


def test_no_advice_cites_a_clause_whose_only_power_was_rejected(quay):
    before, after = (
        advise(assessment, load()) for assessment in (quay[1], reviewed(quay, "content-blocking", "encryption"))
    )

    def cited(advice):
        cites = [cite.clause for answer in advice.guidelines for point in answer.points for cite in point.cites]
        cites += [cite.clause for term in advice.open_terms for cite in term.cites]
        cites += [cite.clause for sheet in advice.worksheet.sheets for _, found in sheet.answers for cite in found]
        return {*cites, *(cite.clause for gap in advice.gaps for cite in gap.cites)}

    assert {"1.1", "1.4"} <= cited(before)
    assert {"1.1", "1.4"}.isdisjoint(cited(after))
    assert "1.2" in cited(after)


def test_detectors_pass_over_rejected_words_but_the_text_counts_as_speaking_of_them(quay):
    before = Context(quay[1], load())
    after = Context(reviewed(quay, "content-blocking", "encryption"), load())
    at_words = {
        name
        for name, found in before.detections.items()
        if {detection.clause.id for detection in found} <= {"1.1", "1.4"}
    }

    assert at_words
    assert at_words.isdisjoint(after.detections)
    assert at_words <= after.spoken_of


def test_a_benefit_beside_a_rejected_power_stays(tmp_path):
    path = tmp_path / "quay.docx"
    word = docx.Document()
    for line in (
        *CLAUSES[:2],
        "1.1 The gateway shall block access to websites and shall notify the user of the reason.",
    ):
        word.add_paragraph(line)
    word.save(path)
    found = path, analyze(path, by=("cues",), jailed=False)
    before, after = (
        Context(assessment, load()).detections for assessment in (found[1], reviewed(found, "content-blocking"))
    )

    assert {"blocking", "notice-wording"} <= before.keys()
    assert "notice-wording" in after
    assert "blocking" not in after


def test_points_of_a_second_reader_that_rest_on_a_rejected_label_are_left_out():
    def point(clause):
        cites = (Cited(clause, (Span(0, 5),)),)
        return RaisedPoint(
            "4.16", PointKind.WEAK, "blocking", "operator", "users", ("content-blocking",), "a", "b", cites
        )

    raising = Raising("ab", (point("1.1"), point("2.1")), 2, 0, (), 0)
    reading = SecondReading(SecondReader("small", "", "ab"), (), raising=raising)

    left = unruled(reading, [OverruledLabel("1.1", "content-blocking", (Span(0, 5),))])

    assert left.raising is not None
    assert [cite.clause for each in left.raising.points for cite in each.cites] == ["2.1"]
