"""Doubtful safeguards are shown apart in every format, lower nothing, and are neither provided nor lacking."""

import csv
import json
import re
from importlib.resources import files
from io import BytesIO, StringIO

import openpyxl
import pytest
from jsonschema import Draft202012Validator
from lxml import html as lxml_html
from sheets import Sheet
from subjects import subject_of

from impact.advise import advise
from impact.pipeline import export, render
from impact.report import LANGUAGES
from impact.report.annotate.notes import notes_of
from impact.report.onepage.wording import wording
from impact.taxonomy import load

HIDE = load().safeguards["pseudonymity"]
NAME = "anonymous or pseudonymous use"


HIDES = {"pseudonymity": "number that changes"}


def doubted(sheet, *, firm=False):
    """Return an assessment with identity binding, and in its section a doubtful safeguard and perhaps a firm one."""
    head = ("4 Lines",)
    sheet.say("The line shall be bound to a name.", "4.1", head, proposes={"identity-binding": "bound to a name"})
    sheet.say("Some numbers change.", "4.2", head, proposes={"pseudonymity": "numbers change"}, doubtful=True)
    if firm:
        sheet.say("People shall be asked.", "4.3", head, proposes={"user-control": "asked"})
    return sheet.assessed()


@pytest.fixture
def alone():
    return doubted(Sheet())


@pytest.fixture
def mixed():
    return doubted(Sheet(), firm=True)


def tree_of(assessment):
    return lxml_html.fromstring(render(assessment, "html"))


def words_of(node):
    return " ".join(node.text_content().split())


def test_the_page_quotes_a_doubtful_safeguard_apart_from_those_provided(mixed):
    section = tree_of(mixed).get_element_by_id("safeguards")

    titles = [words_of(one) for one in section.xpath(".//h3|.//h4")]
    at = titles.index("Safeguards that need review")
    assert titles[:at] == ["Safeguards that the text provides", "User consent and control"]
    assert titles[at + 1] == HIDE.name
    assert "numbers change" in [one.text_content() for one in section.xpath(".//mark")]


def test_a_text_with_doubtful_safeguards_alone_is_not_said_to_have_none(alone):
    tree = tree_of(alone)

    assert "The tool found no clause that provides with certainty any of the" in words_of(
        tree.get_element_by_id("safeguards")
    )


def test_no_heading_of_benefits_stands_where_no_safeguard_is_firm(alone):
    tree = tree_of(alone)

    assert tree.xpath("//*[@id='benefits']|//a[@href='#benefits']") == []


def test_benefits_name_firm_safeguards_alone(mixed):
    said = words_of(tree_of(mixed).get_element_by_id("benefits"))

    assert load().safeguards["user-control"].benefit in said
    assert HIDE.benefit not in said


def test_the_table_of_silences_has_possible_safeguards_apart(mixed):
    row = tree_of(mixed).xpath("//table[.//caption[@id='silences-caption-1']]/tbody/tr")[0]

    cells = [words_of(one) for one in row]
    assert cells[3] == f"{NAME}: clause 4.2 (p. 1)"
    assert "pseudonymity" not in f"{cells[2]} {cells[4]}"


def test_a_finding_names_the_doubtful_safeguard_beside_it_apart(mixed):
    [safeguards, perhaps] = tree_of(mixed).xpath("//article[@id='m-identity-binding']//p[contains(@class, 'beside')]")

    assert words_of(safeguards) == "Safeguard in the same section user consent in clause 4.3 (p. 1)."
    assert words_of(perhaps) == f"Possible safeguard, to be confirmed {NAME} in clause 4.2 (p. 1)."


def test_a_level_that_a_doubtful_safeguard_would_lower_is_for_a_reader_to_decide(alone):
    tree = tree_of(alone)

    badge = words_of(tree.xpath("//article[@id='m-identity-binding']//*[contains(@class, 'badge')]")[0])
    assert badge == "medium"
    assert words_of(tree.xpath("//section[@aria-labelledby='short']")[0]).startswith(
        "Level medium high if the safeguard in clause 4.2 (p. 1) is not confirmed"
    )
    assert "The text provides for the identification of people." in words_of(tree)
    assert "If not confirmed, the level is high." in words_of(tree.get_element_by_id("m-identity-binding"))


def test_every_clause_says_which_safeguard_is_to_decide(mixed):
    rows = {words_of(one)[:3]: words_of(one) for one in tree_of(mixed).xpath("//table[@class='register']//tr")}

    assert f"Safeguard: {NAME} (needs review)" in rows["4.2"]
    assert rows["4.3"].endswith("Safeguard: user consent")


def test_markdown_says_where_a_reader_finds_what_may_be_stated(mixed):
    text = render(mixed, "md")

    assert f"Clause 4.2 (p. 1) may provide for {NAME}; please confirm." in text
    assert "does not state" not in text


def test_advice_rests_on_firm_safeguards(alone):
    advice = advise(alone, load())

    sheets = [cited.clause for sheet in advice.worksheet.sheets for _, cites in sheet.answers for cited in cites]
    assert "protection" not in {one.kind for one in advice.summary}
    assert not any(clause.startswith("4.2") for clause in sheets)


def test_rows_of_findings_name_doubtful_safeguards_in_a_column_of_their_own(mixed):
    [row] = csv.DictReader(StringIO(render(mixed, "csv").removeprefix("\ufeff")))

    assert (row["safeguards"], row["safeguards_doubtful"]) == ("user-control", "pseudonymity")


def test_the_workbook_tells_doubtful_safeguards_from_firm_ones(mixed):
    book = openpyxl.load_workbook(BytesIO(export(mixed, "xlsx")))

    head, *rows = book["Safeguards"].iter_rows(values_only=True)
    names, silence = book["Silences"].iter_rows(values_only=True)
    assert {row[0]: row[head.index("confidence")] for row in rows} == {
        HIDE.name: "doubtful",
        "User consent and control": "high",
    }
    assert silence[names.index("for a reader to decide")] == f"{NAME} (4.2 (p. 1))"
    assert silence[names.index("stated beside it")] == "user consent (4.3 (p. 1))"


def test_a_note_asks_whether_a_doubtful_safeguard_is_there(alone):
    note = next(one for one in notes_of(subject_of(alone)) if one.id.startswith("safeguard"))

    assert note.title == f"Needs review: {NAME} (safeguard)"
    assert note.text.startswith(f"Is it true of this clause that it {HIDE.benefit}?")


@pytest.mark.parametrize("code", LANGUAGES)
def test_one_page_marks_a_doubtful_safeguard_and_claims_no_silence_on_it(mixed, code):
    say, tree = wording(code, load()), lxml_html.fromstring(render(mixed, f"onepage-{code}"))

    found = [words_of(one) for one in tree.xpath("//section[@aria-labelledby='safeguards']//li")]
    left = [words_of(one) for one in tree.xpath("//section[@aria-labelledby='decide']//p[contains(@class, 'perhaps')]")]
    assert [say.get("safeguards.user-control") in one for one in found] == [True]
    assert len(left) == 1
    assert say.get("safeguards.pseudonymity") in left[0]
    assert "4.2" in left[0]
    assert not tree.xpath("//section[@aria-labelledby='silences']")


@pytest.mark.parametrize("form", ["review-text", "contribution-text"])
def test_drafts_do_not_put_a_doubtful_safeguard_forward(alone, form):
    text = " ".join(render(alone, form).split())

    assert re.search("found with certainty to (?:protect|provide)", text)
    stated = text.partition("Concern")[2].partition("Rights")[0].partition(f"may provide for {NAME}")[0]
    assert NAME not in stated


def test_json_carries_the_flag_and_keeps_to_the_schema(mixed):
    report = json.loads(render(mixed, "json"))

    schema = json.loads(files("impact.report").joinpath("schema/impact-report-1.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(report)
    finding = report["clauses"][0]["findings"][0]
    assert [one["safeguards"][0]["doubtful"] for one in report["clauses"][1:]] == [True, False]
    assert [(one["safeguard"], one["doubtful"]) for one in finding["safeguards"]] == [
        ("pseudonymity", True),
        ("user-control", False),
    ]


def test_json_says_which_level_is_firm(alone):
    report = json.loads(render(alone, "json"))

    severity = report["clauses"][0]["findings"][0]["severity"]
    assert (severity["level"], severity["firm_level"]) == ("high", "medium")
    assert (report["level"], report["firm_level"]) == ("high", "medium")


def test_each_firm_power_has_a_row_among_the_silences_though_nothing_lacks(sheet):
    heading = ("4 Screens",)
    sheet.say("The menu shall be in one script.", "4.1", heading, proposes={"exclusion": "one script"})
    sheet.say("Captions shall be offered.", "4.2", heading, proposes={"accessibility": "Captions"})

    [row] = silences(sheet.assessed())

    assert (row["not stated anywhere, or ruled out"], row["stated beside it"]) == ("", "accessibility (4.2 (p. 1))")


def test_a_safeguard_of_another_section_is_said_to_stand_elsewhere(sheet):
    sheet.say("The node shall cut the line.", "4.1", ("4 Lines",), proposes={"shut-off": "cut the line"})
    sheet.say("Users can complain of shops.", "5.1", ("5 Shops",), proposes={"redress": "can complain"})

    [row] = silences(sheet.assessed())
    page = render(sheet.assessed(), "html")

    assert row["stated elsewhere"] == "redress (5.1 (p. 1))"
    assert "It appears elsewhere in the text; check whether it also applies to shut-off and disconnection." in page


def test_a_safeguard_beside_the_power_is_said_to_stand_elsewhere_too(sheet):
    sheet.say("The node shall cut the line.", "4.1", ("4 Lines",), proposes={"shut-off": "cut the line"})
    sheet.say("Guests can complain of lines.", "4.2", ("4 Lines",), proposes={"redress": "can complain"})
    sheet.say("Users can complain of shops.", "5.1", ("5 Shops",), proposes={"redress": "can complain"})

    [row] = silences(sheet.assessed())
    review = render(sheet.assessed(), "review-text")

    assert row["stated beside it"] == "redress (4.2 (p. 1))"
    assert row["stated elsewhere"] == "redress (5.1 (p. 1))"
    assert "Stated elsewhere" not in review.partition("Silences\n---")[2]


def silences(assessment):
    """Return the rows of the sheet of silences by column."""
    names, *rows = openpyxl.load_workbook(BytesIO(export(assessment, "xlsx")))["Silences"].iter_rows(values_only=True)
    return [dict(zip(names, row, strict=True)) for row in rows]


def test_doubtful_safeguard_is_quoted_by_its_surest_clause_and_by_a_definition_last(sheet):
    sheet.say("Alias: a number that changes.", "3.1", kind="definition", proposes=HIDES, doubtful=True, confidence=0.5)
    sheet.say("A number that changes may help.", "4.1", proposes=HIDES, doubtful=True, confidence=0.3)
    sheet.say("A number that changes is used.", "4.2", proposes=HIDES, doubtful=True, confidence=0.4)

    part = tree_of(sheet.assessed()).get_element_by_id("safeguards")

    quoted = [words_of(one) for one in part.xpath(".//*[@id='decide-safeguards']/following-sibling::article[1]//bdi")]
    assert quoted[:3] == ["4.2", "4.1", "3.1"]
