"""What a second reader raises stands apart in every format, with its quotes; where nobody is asked, nothing does."""

import json
import re
from dataclasses import replace
from importlib.resources import files
from io import BytesIO

import docx
import jsonschema
import pytest
from sheets import Sheet

from impact.advise import advise
from impact.pipeline import export, render
from impact.reader.points.vocabulary import sentence, vocabulary
from impact.records import (
    Assessment,
    Cited,
    ClauseAnswer,
    PointKind,
    RaisedPoint,
    Raising,
    SecondReader,
    SecondReading,
    Span,
)
from impact.records.report_json import from_text, to_text
from impact.taxonomy import load

TITLE = "Points raised by the second reader, to be checked"
FORMS = ("html", "md", "docx", "review", "review-text")
SCHEMA = json.loads(files("impact.report").joinpath("schema/impact-report-1.json").read_text("utf-8"))
CUT_OFF = "The node shall cut off the line of any subscriber who has not paid."
NOTICE = "The operator should tell the subscriber before the line is cut off."
AIM = "Nobody who needs help shall be without a line."


def point(text: str, kind: str, matter: str, *quotes: tuple[str, str], change: str = "") -> RaisedPoint:
    """Return a point; quotes are clauses, by id, and words."""
    cites = tuple(Cited(clause, (Span(at := text.index(words), at + len(words)),)) for clause, words in quotes)
    ask, says = vocabulary().matters(PointKind(kind))[matter].ask, sentence(PointKind(kind), matter, "operator", "poor")
    labels = vocabulary().matters(PointKind(kind))[matter].labels
    return RaisedPoint("4.16", PointKind(kind), matter, "operator", "poor", labels, says, ask, cites, change)


def assessed(*, points: bool = True, raising: bool = True) -> Assessment:
    sheet = Sheet()
    first = sheet.say(CUT_OFF, "4.1", ("4 Lines",), proposes={"shut-off": "cut off the line"})
    second = sheet.say(NOTICE, "4.2", ("4 Lines",), strength="should")
    third = sheet.say(AIM, "5.1", ("5 Help",), page=2)
    made = (
        point(sheet.text, "scenario", "cut-off", (first.id, "cut off the line"), change="redress"),
        point(sheet.text, "weak", "notice", (second.id, "should tell the subscriber"), change="transparency"),
        point(sheet.text, "inconsistent", "undone", (first.id, "shall cut off"), (third.id, "Nobody who needs help")),
    )
    raised = Raising("ef" * 32, made if points else (), 3, 2, ("the second reader took too long",), 4)
    answers = tuple(ClauseAnswer(clause.id, (), ()) for clause in sheet.clauses)
    reader = SecondReader("small", "reader.example", "cd" * 32)
    return replace(sheet.assessed(), second=SecondReading(reader, answers, raising=raised if raising else None))


def text_of(form: str, assessment: Assessment) -> str:
    if form in {"docx", "review", "amendments"}:
        document = docx.Document(BytesIO(export(assessment, form, annex=True)))
        text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    else:
        text = export(assessment, form, annex=True).decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", text))


@pytest.mark.parametrize("form", FORMS)
def test_points_stand_apart_with_their_sentence_quotes_and_places(form: str) -> None:
    text = text_of(form, assessed()).replace(f"{TITLE} Questions for delegates", "")  # the list of contents
    after = text[text.index(f"{TITLE} ") :]
    for words in ("could cut a person, a group or a region off", "Nobody who needs help", "5.1", "4.2", "The operator"):
        assert words in after, words
    for kind in ("Possible harm", "Weak protection", "Inconsistent clauses"):
        assert kind in after, kind


@pytest.mark.parametrize("form", ["html", "md", "docx"])
def test_a_report_says_how_much_was_read_for_points_and_what_was_dropped(form: str) -> None:
    text = text_of(form, assessed())

    for words in (
        "Reading 3 clauses as a whole, the second reader raised 3 points",
        "2 clauses",
        "took too long",
        "4 points or quotes",
    ):
        assert words in text, words


@pytest.mark.parametrize("form", FORMS)
def test_where_no_point_was_raised_a_report_says_that_it_does_not_clear_the_text(form: str) -> None:
    assert "The second reader raised no point. That does not clear the text." in text_of(form, assessed(points=False))


@pytest.mark.parametrize("form", FORMS)
def test_where_nobody_was_asked_for_points_no_report_speaks_of_them(form: str) -> None:
    text = text_of(form, assessed(raising=False))

    assert TITLE not in text
    assert "raised" not in text.lower()


def test_report_json_holds_the_points_and_comes_back_as_it_was() -> None:
    text = render(assessed(), "json")
    report = json.loads(text)

    jsonschema.Draft202012Validator(SCHEMA).validate(report)
    raised = report["second_reading"]["raised"]
    assert [one["matter"] for one in raised["points"]] == ["cut-off", "notice", "undone"]
    assert [cite["page"] for cite in raised["points"][2]["cites"]] == [1, 2]
    assert raised["points"][0]["cites"][0]["evidence"][0]["quote"] == "cut off the line"
    assert to_text(from_text(text)) == text


def test_report_json_has_no_such_field_where_nobody_was_asked_for_points() -> None:
    assert "raised" not in json.loads(render(assessed(raising=False), "json"))["second_reading"]


def test_a_change_is_one_of_ours_for_the_clause_and_the_safeguard_that_the_reader_chose() -> None:
    scenario, weak, pair = advise(assessed(), load()).raised

    assert scenario
    assert weak
    assert (scenario.old, scenario.safeguard) == (CUT_OFF, "redress")
    assert "obtain a review of the measure without delay" in scenario.new
    assert (weak.old, weak.new) == (NOTICE, NOTICE.replace("should", "shall"))
    assert pair is None


def test_a_change_is_shown_with_its_reason_in_the_review_and_as_tracked_change() -> None:
    review, package = text_of("review-text", assessed()), export(assessed(), "amendments")
    body = docx.Document(BytesIO(package)).element.xml

    assert "Possible change: In clause 4.2" in review
    assert (
        "Reason: People can rely on the protection once it is binding, in line with the principle of legality."
        in review
    )
    assert TITLE in body
    assert re.search(r"<w:ins [^>]*>.{0,200}<w:t[^>]*>shall</w:t>", body, re.DOTALL)


def test_points_change_nothing_else_of_the_advice() -> None:
    with_points, without = (advise(assessed(raising=raising), load()) for raising in (True, False))

    assert replace(with_points, raised=()) == without
