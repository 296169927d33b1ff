"""Every format says who read clauses a second time, what came of it and what was not read; without one, none does."""

import csv
import json
import re
from dataclasses import replace
from importlib.resources import files
from io import BytesIO, StringIO

import docx
import jsonschema
import openpyxl
import pytest
from sheets import Sheet

from impact.pipeline import export, render
from impact.records import ClauseAnswer, Concurrence, SecondReader, SecondReading, UnreadClause
from impact.records.report_json import from_text, to_text
from impact.report import LANGUAGES, summary
from impact.taxonomy import load

READER = SecondReader("some_model:7b", "reader.example:8443", "cd" * 32)
SCHEMA = json.loads(files("impact.report").joinpath("schema/impact-report-1.json").read_text("utf-8"))
SAYS = ("some_model:7b", "reader.example:8443", "2 clauses", "took too long", "5.1", "3 quotes")


def sheet_read_twice() -> Sheet:
    sheet = Sheet()
    sheet.say("The node shall cut off the line.", "4.1", ("4 Lines",), proposes={"shut-off": "cut off"})
    sheet.say("The node shall track the place of each person.", "4.2", ("4 Lines",), doubtful=True,
              proposes={"location-tracking": "track the place"})  # fmt: skip
    sheet.say("Records shall be kept.", "4.3", ("4 Lines",), doubtful=True, proposes={"logging-retention": "kept"})
    sheet.say("An appeal shall be heard.", "4.4", ("4 Lines",), proposes={"redress": "appeal"})
    sheet.say("The node shall delay some traffic.", "5.1", ("5 Traffic",))
    said = (Concurrence.AGREES, Concurrence.DISAGREES, Concurrence.ADDED)
    sheet.findings = [replace(finding, second=of) for finding, of in zip(sheet.findings, said, strict=True)]
    sheet.safeguards = [replace(guard, second=Concurrence.AGREES) for guard in sheet.safeguards]
    return sheet


def reading_of(sheet: Sheet) -> SecondReading:
    answers = tuple(ClauseAnswer(clause.id, (), ()) for clause in sheet.clauses[:2])
    return SecondReading(
        READER, answers, (UnreadClause(sheet.clauses[4].id, "the second reader took too long"),), 3, 9, 9
    )


@pytest.fixture
def assessment():
    sheet = sheet_read_twice()
    return replace(sheet.assessed(), second=reading_of(sheet))


def text_of(form: str, assessment) -> str:
    if form == "docx":
        document = docx.Document(BytesIO(export(assessment, form)))
        return "\n".join(paragraph.text for paragraph in document.paragraphs)
    if form == "xlsx":
        book = openpyxl.load_workbook(BytesIO(export(assessment, form)))
        return "\n".join(str(cell) for sheet in book for row in sheet.values for cell in row)
    if form == "terminal":
        return summary(assessment, load())
    return render(assessment, form).replace("\\_", "_")


@pytest.mark.parametrize("form", ["html", "md", "docx", "xlsx", "terminal"])
def test_a_report_says_who_read_what_and_what_not(assessment, form):
    text = text_of(form, assessment)

    assert [words for words in SAYS if words not in text] == []


@pytest.mark.parametrize("form", ["review-text", "contribution-text", *(f"onepage-{code}" for code in LANGUAGES)])
def test_briefs_and_drafts_name_who_read_a_second_time(assessment, form):
    text = text_of(form, assessment)

    assert "some_model:7b" in text
    assert "reader.example:8443" in text


@pytest.mark.parametrize("form", ["html", "md", "docx", "xlsx"])
def test_a_report_says_of_a_finding_what_the_second_reader_makes_of_it(assessment, form):
    text = text_of(form, assessment)

    for words in ("second reader agrees", "second reader disagrees", "found by the second reader"):
        assert words in text, words


@pytest.mark.parametrize("form", ["html", "md", "csv", "docx", "xlsx", "json", "terminal"])
def test_without_a_second_reader_no_report_speaks_of_one(form):
    plain = sheet_read_twice()
    plain.findings = [replace(finding, second=None) for finding in plain.findings]
    plain.safeguards = [replace(guard, second=None) for guard in plain.safeguards]

    text = text_of(form, plain.assessed())

    assert re.findall(r"second[ _]read|\bsecond\b\W*:", text.lower()) == []


def test_report_json_names_the_reader_and_comes_back_as_it_was(assessment):
    text = render(assessment, "json")
    report = json.loads(text)

    jsonschema.Draft202012Validator(SCHEMA).validate(report)
    assert report["second_reading"] == {
        "model": "some_model:7b",
        "host": "reader.example:8443",
        "prompt": "cd" * 32,
        "clauses": 2,
        "unread": [{"clause": "5.1/4", "reason": "the second reader took too long"}],
        "dropped": 3,
    }
    assert [finding.second for _, finding in from_text(text).findings()] == list(Concurrence)
    assert to_text(from_text(text)) == text


def test_a_run_answered_from_the_cache_gives_the_same_bytes(assessment):
    again = replace(assessment, second=replace(assessment.second, requests=0, tokens=0))

    for form in ("html", "json", "md", "csv"):
        assert render(again, form) == render(assessment, form)


def test_the_table_has_a_column_of_the_second_reader(assessment):
    rows = list(csv.DictReader(StringIO(render(assessment, "csv").removeprefix("\ufeff"))))

    assert [row["second_reader"] for row in rows] == ["agrees", "disagrees", "added"]


def test_a_document_in_another_language_is_said_to_be_assessed_by_the_second_reader_alone():
    sheet = sheet_read_twice()
    assessment = replace(sheet.assessed(language="fr"), second=reading_of(sheet))

    text = text_of("html", assessment)

    assert "The document is in French" in text
    assert "come from the second reader" in text
    assert "Not assessed" not in text
    assert "The tool read the whole text (2 passages)" in text


def test_where_no_clause_in_another_language_could_be_read_it_stays_not_assessed():
    sheet = Sheet()
    clause = sheet.say("Le nœud doit couper la ligne.", "1")
    nothing = SecondReading(READER, (), (UnreadClause(clause.id, "the second reader could not be reached"),))

    text = text_of("html", replace(sheet.assessed(language="fr"), second=nothing))

    assert "Not assessed" in text
    assert "could not be reached (clause 1 (p. 1))" in text
