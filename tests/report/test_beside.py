"""What stands beside a power is not said to stand elsewhere, nor to protect people where it may serve the power."""

from io import BytesIO

import openpyxl
from lxml import html as lxml_html

from impact.pipeline import export, render

LINES, GUARDS, KEYS = ("4 Lines",), ("5 Guards",), ("6 Keys",)


def silences(assessment):
    """Return the rows of the sheet of silences by column."""
    names, *rows = openpyxl.load_workbook(BytesIO(export(assessment, "xlsx")))["Silences"].iter_rows(values_only=True)
    return [dict(zip(names, row, strict=True)) for row in rows]


def guards(assessment):
    """Return the text of the section on safeguards."""
    section = lxml_html.fromstring(render(assessment, "html")).get_element_by_id("safeguards")
    return " ".join(section.text_content().split())


def test_safeguard_beside_a_doubtful_finding_of_the_power_does_not_stand_elsewhere(sheet):
    sheet.say("The node shall cut the line.", "4.1", LINES, proposes={"shut-off": "cut the line"})
    sheet.say("Lines can be closed.", "5.1", GUARDS, proposes={"shut-off": "be closed"}, doubtful=True)
    sheet.say("Guests can complain of it.", "5.2", GUARDS, proposes={"redress": "can complain"})

    [row] = silences(sheet.assessed())

    assert row["stated beside it"] == "redress (5.2 (p. 1))"
    assert "Stated elsewhere" not in guards(sheet.assessed())
    assert "as a finding of shut-off and disconnection (needs review)." in guards(sheet.assessed())


def test_safeguard_beside_firm_and_doubtful_findings_of_a_power_is_told_of_the_firm_ones(sheet):
    sheet.say("The node shall cut the line.", "4.1", LINES, proposes={"shut-off": "cut the line"})
    sheet.say("Guests can object to it.", "4.2", LINES, proposes={"redress": "can object"})
    sheet.say("Lines can be closed.", "5.1", GUARDS, proposes={"shut-off": "be closed"}, doubtful=True)
    sheet.say("Guests can complain of it.", "5.2", GUARDS, proposes={"redress": "can complain"})

    [row] = silences(sheet.assessed())
    said = "In clause 4.2 (p. 1), it appears in the same clause or section as a finding of shut-off and disconnection."
    assert said in guards(sheet.assessed())
    assert row["stated beside it"] == "redress (4.2 (p. 1))"


def access(sheet):
    """Return an assessment of a text that gives access, and that guards what is handed over."""
    sheet.say("Nodes shall hand calls to the agency.", "4.1", LINES, proposes={"lawful-access": "hand calls"})
    sheet.say("The copy shall be encrypted.", "4.2", LINES, proposes={"encryption": "encrypted"})
    return sheet.assessed()


def test_safeguard_that_may_serve_the_power_beside_it_is_said_to(sheet):
    assessment = access(sheet)

    [row] = silences(assessment)
    assert row["stated beside it"] == "encryption (may serve the power) (4.2 (p. 1))"
    serves = "lawful interception and exceptional access and may serve that power."
    assert f"{serves} The reviewer has to assess whether it helps the people concerned" in guards(assessment)


def test_safeguard_that_serves_the_system_stands_nowhere_for_something_else(sheet):
    sheet.say("Copies shall be sealed.", "6.1", KEYS, proposes={"encryption": "sealed"})

    assessment = access(sheet)

    assert "Stated elsewhere:" not in guards(assessment)
    assert "for something else" not in render(assessment, "review-text")


def test_blank_stands_between_where_a_safeguard_stands_and_its_source(sheet):
    said = guards(access(sheet))

    assert ". Source: " in said
    assert ".Source: " not in said


def test_one_page_leaves_to_a_reader_a_safeguard_that_may_serve_the_power(sheet):
    page = lxml_html.fromstring(render(access(sheet), "onepage-en"))

    [guard] = page.xpath("//section[@aria-labelledby='safeguards']//li")
    assert guard.text_content().endswith(
        "p.\N{NO-BREAK SPACE}1, whether it protects the people concerned needs review)"
    )


def test_that_a_reader_weighs_whom_safeguards_help_is_said_once_of_all(sheet):
    sheet.say("The copy shall arrive unchanged.", "4.3", LINES, proposes={"integrity": "unchanged"})

    section = lxml_html.fromstring(render(access(sheet), "html")).get_element_by_id("benefits")

    said = " ".join(section.text_content().split())
    assert said.endswith("The reviewer has to assess whether they help the people concerned; see guideline 4.10.")
    assert said.count("has to assess whether") == 1
