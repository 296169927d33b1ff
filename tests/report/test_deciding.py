"""What a reader must decide is shown apart in every format, and nothing is said to follow from it."""

import csv
import re
from dataclasses import replace
from io import BytesIO, StringIO

import docx
import openpyxl
import pytest
from lxml import html as lxml_html
from sheets import Sheet

from impact.advise import advise
from impact.pipeline import export, render
from impact.records import SafeguardFinding, Strength
from impact.report import LANGUAGES, summary
from impact.report.onepage.wording import wording
from impact.report.view.concerns import concerns_of
from impact.taxonomy import load

CUT = load().mechanisms["shut-off"]
QUESTION = "When could the operator cut a person off, who decides, and how is service restored?"


def doubted(sheet, *, firm=True):
    """Return an assessment with a doubtful shut-off, of high level, and a firm delay of some, of a lower one."""
    sheet.say(
        "The operator may perhaps suspend the line.", "4.1", ("4 Lines",), proposes={"shut-off": "suspend the line"},
        doubtful=True, confidence=0.55,
    )  # fmt: skip
    if firm:
        sheet.say("Records shall be kept.", "4.2", ("4 Lines",), proposes={"logging-retention": "kept"})
    return sheet.assessed()


@pytest.fixture
def mixed():
    return doubted(Sheet())


@pytest.fixture
def unsure():
    return doubted(Sheet(), firm=False)


def tree_of(assessment):
    return lxml_html.fromstring(render(assessment, "html"))


def words_of(node):
    return " ".join(node.text_content().split())


def test_the_page_names_firm_concerns_first_and_asks_about_the_doubtful_graver_one(mixed):
    tree = tree_of(mixed)

    titles = [words_of(one) for one in tree.xpath("//section[@id='findings']//h3")]
    decide = words_of(tree.get_element_by_id("decide"))
    assert titles == ["Record-keeping and retention"]
    assert "high severity if confirmed" in decide
    assert QUESTION in decide
    assert CUT.definition in decide
    assert "4.1" in decide
    assert "suspend the line" in [one.text_content() for one in tree.get_element_by_id("brief").iter("mark")]


def test_the_page_says_no_consequence_right_question_or_change_of_what_is_doubtful(mixed):
    tree = tree_of(mixed)

    text = words_of(tree)
    assert f"it may enable {CUT.enables}." not in text
    assert not any(question in text for question in CUT.questions)
    assert not tree.xpath("//section[@id='decide']//*[contains(@class, 'consequence')]")
    for section in ("rights", "questions", "amendments", "worksheet"):
        assert CUT.name.lower() not in words_of(tree.get_element_by_id(section)).lower()


def test_the_first_page_quotes_what_a_reader_must_decide_apart_from_the_gravest(mixed):
    brief = tree_of(mixed).get_element_by_id("brief")

    gravest = words_of(brief.xpath(".//section[@aria-labelledby='short-findings']")[0])
    apart = words_of(brief.xpath(".//section[@aria-labelledby='brief-decide']")[0])
    assert CUT.name not in gravest
    assert "suspend the line" in apart
    assert QUESTION in apart


def test_the_level_is_marked_where_nothing_firm_reaches_it(mixed):
    said = words_of(tree_of(mixed).xpath("//section[@aria-labelledby='short']")[0])

    assert said.startswith(
        "Level medium high if the finding on shut-off and disconnection in clause 4.1 (p. 1) is confirmed"
    )
    assert (
        render(mixed, "md").count(
            "**Severity: medium; high if the finding on shut-off and disconnection in clause 4.1 (p. 1) is confirmed.**"
        )
        == 1
    )
    assert "MEDIUM; may be higher after review. " in summary(mixed, load())


def test_the_level_is_not_marked_where_something_firm_reaches_it(assessment):
    assert "Level high Points to note" in words_of(tree_of(assessment))
    assert "**Severity: high.**" in render(assessment, "md")
    assert "HIGH. " in summary(assessment, load())


def test_the_page_is_headed_for_a_reader_to_decide_where_nothing_is_firm(unsure):
    short = tree_of(unsure).xpath("//section[@aria-labelledby='short']")[0]

    assert words_of(short).startswith("Needs review 1 finding Points to note")
    assert [badge.get("class") for badge in short.find_class("badge")] == ["badge open"]
    assert "high" not in words_of(short)


def test_terminal_and_markdown_begin_for_a_reader_to_decide_where_nothing_is_firm(unsure):
    counted = "The proposal may allow users to be disconnected or suspended."

    assert f"  Needs review. {counted}" in summary(unsure, load())
    assert f"**Needs review.** {counted}" in render(unsure, "md")


def test_the_document_for_word_is_headed_for_a_reader_to_decide_where_nothing_is_firm(unsure):
    lines = [paragraph.text for paragraph in docx.Document(BytesIO(export(unsure, "docx"))).paragraphs]

    head = " ".join(lines[: lines.index("Reliability of this report")])
    assert "Needs review, 1 finding" in " ".join(head.split())
    assert "high" not in head.lower()


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_one_page_brief_is_headed_for_a_reader_to_decide_where_nothing_is_firm(unsure, code):
    lead = lxml_html.fromstring(render(unsure, f"onepage-{code}")).find_class("lead")[0]

    [badge] = lead.find_class("badge")
    say = wording(code, load())
    assert badge.get("class") == "badge"
    assert words_of(badge) == " ".join(say.counted("counts.decide", 1).split())
    assert say.get("levels.high") not in words_of(lead)


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_one_page_brief_shows_the_firm_level_and_that_a_graver_one_is_to_decide(mixed, code):
    lead = lxml_html.fromstring(render(mixed, f"onepage-{code}")).find_class("lead")[0]

    [badge] = lead.find_class("badge")
    say = wording(code, load())
    assert badge.get("class") == "badge medium"
    assert say.get("labels.graver") in words_of(lead)


def test_counts_tell_what_was_found_and_what_is_to_decide(mixed):
    powers = "The text provides for the keeping of records about people."
    sentence = f"{powers} A further finding, on the disconnection or suspension of users, needs review."

    assert sentence in words_of(tree_of(mixed))
    assert sentence in render(mixed, "md")
    assert sentence in summary(mixed, load())


def test_counts_tell_how_many_findings_concern_each_power_that_needs_review(sheet):
    sheet.say("Records shall be kept.", "4", proposes={"logging-retention": "kept"})
    for number, power in enumerate(("identity-binding", "access-gating", "access-gating"), 5):
        sheet.say("A passport is shown.", str(number), proposes={power: "passport"}, doubtful=True)

    named = "on the identification of people and conditions on access to services, need review."
    assert named in summary(sheet.assessed(), load())


def test_counts_name_four_powers_that_need_review_and_count_the_findings_of_others(sheet):
    sheet.say("Records shall be kept.", "4", proposes={"logging-retention": "kept"})
    powers = ("identity-binding", "access-gating", "shut-off", "remote-control", "exclusion", "fragmentation")
    for number, power in enumerate(powers, 5):
        sheet.say("A passport is shown.", str(number), proposes={power: "passport"}, doubtful=True)

    said = summary(sheet.assessed(), load())

    assert (
        "Further findings, on the identification of people, "
        "the suspension or revocation of accounts or credentials, " in said
    )
    assert " and two further powers, need review." in said


def test_counts_tell_in_how_many_passages_a_power_has_each_level(sheet):
    words = "The line shall be bound to a name."
    for number, head in (("4.1", "4 Lines"), ("5.1", "5 Calls"), ("5.2", "5 Calls")):
        sheet.say(words, number, (head,), proposes={"identity-binding": "bound to a name"})
    sheet.say("People shall be asked.", "5.3", ("5 Calls",), proposes={"user-control": "asked"})

    assert "of people (rated high in one passage and medium in two)." in summary(sheet.assessed(), load())


def test_a_text_with_doubtful_findings_alone_says_so_on_the_first_page(unsure):
    tree = tree_of(unsure)

    brief = words_of(tree.get_element_by_id("brief"))
    assert "The proposal may allow users to be disconnected or suspended." in brief
    assert "No clause was flagged" not in brief
    assert "What to ask first" not in brief
    assert QUESTION in brief
    assert not tree.xpath("//*[@id='findings' or @id='rights' or @id='worksheet' or @id='amendments']")
    assert "The proposal may allow users to be disconnected or suspended." in render(unsure, "md")


def test_advice_rests_on_firm_findings(mixed, unsure):
    some, none = advise(mixed, load()), advise(unsure, load())

    firm = {rated.finding.id for rated in mixed.firm.findings}
    assert {one.finding for one in (*some.questions, *some.amendments)} <= firm
    assert some.questions
    assert not any((none.questions, none.amendments, none.summary, none.worksheet.sheets, none.affected, none.gaps))


def test_markdown_asks_in_a_section_of_its_own(mixed):
    text = render(mixed, "md")

    gravest, decide = text.index("## Main findings"), text.index("## Needs review")
    part = text[decide : text.index("\n## ", decide + 3)]
    assert gravest < decide
    assert "Shut-off" not in text[gravest:decide]
    assert f"- **{CUT.name}** (high severity if confirmed): clause 4.1 (p. 1)" in part
    assert "suspend the line" in part
    assert QUESTION in part
    assert "Rights:" not in part


def test_the_terminal_lists_what_is_to_decide_last(mixed):
    lines = summary(mixed, load()).splitlines()

    at = next(place for place, line in enumerate(lines) if "Needs review" in line)
    assert any("Record-keeping and retention" in line for line in lines[:at])
    assert "Shut-off" in lines[at + 1]


def test_rows_of_findings_stand_firm_ones_first(mixed):
    rows = list(csv.DictReader(StringIO(render(mixed, "csv").removeprefix("\ufeff"))))

    assert [(row["level"], row["doubtful"]) for row in rows] == [("medium", "no"), ("high", "yes")]


def test_the_workbook_says_which_power_is_to_decide(mixed):
    book = openpyxl.load_workbook(BytesIO(export(mixed, "xlsx")))

    silences = {row[0]: row[1] for row in book["Silences"].iter_rows(values_only=True)}
    mechanisms = " ".join(str(cell) for row in book["Rights"].iter_rows(values_only=True) for cell in row)
    assert silences[CUT.name] == "high severity if confirmed"
    assert silences["Record-keeping and retention"] == "medium"
    assert CUT.name not in mechanisms


def test_the_brief_for_word_has_the_section(mixed):
    said = "\n".join(paragraph.text for paragraph in docx.Document(BytesIO(export(mixed, "docx"))).paragraphs)

    assert "Needs review" in said
    assert QUESTION in said


def test_doubtful_findings_of_a_firm_power_stay_in_its_card_after_the_firm_ones(assessment):
    card = tree_of(assessment).get_element_by_id("m-traffic-inspection")

    rows = [words_of(one) for one in card.find_class("finding")]
    assert [row[:3] for row in rows] == ["8.1", "8.2"]
    assert "not confident" not in rows[0]
    assert "high severity if confirmed the clause permits this The tool is not confident about this finding." in rows[1]
    assert "1 finding of traffic or content inspection that needs review" in words_of(card)
    assert "1 finding; 1 more needs review" in words_of(card.find("header"))


@pytest.mark.parametrize("code", LANGUAGES)
def test_one_page_asks_about_doubtful_concerns_after_the_firm_ones(mixed, code):
    say, tree = wording(code, load()), lxml_html.fromstring(render(mixed, f"onepage-{code}"))

    concerns = words_of(tree.xpath("//section[@aria-labelledby='concerns']")[0])
    decide = words_of(tree.xpath("//section[@aria-labelledby='decide']")[0])
    asked = " ".join(say.say("sentences.decide", enables=say.get("mechanisms.shut-off.enables")).split())
    assert say.get("mechanisms.shut-off.name") not in concerns
    assert asked in decide
    assert "suspend the line" in decide
    assert " ".join(say.say("labels.holds", level=say.get("levels.high")).split()) in decide
    assert say.get("rights.assembly") not in decide


@pytest.mark.parametrize("code", LANGUAGES)
def test_one_page_says_plainly_that_nothing_is_firm(unsure, code):
    say, tree = wording(code, load()), lxml_html.fromstring(render(unsure, f"onepage-{code}"))

    lead = words_of(tree.xpath("//section[@class='lead']")[0])
    assert say.say("sentences.unsure") in lead
    assert say.counted("counts.undecided", 1) in lead
    assert say.say("labels.decide") in lead.casefold()
    assert say.say("sentences.unflagged") not in lead
    assert not tree.xpath("//section[@aria-labelledby='concerns']")


def test_one_page_names_further_doubtful_concerns_without_quotes(sheet):
    for number, name in enumerate(("logging-retention", "traffic-inspection", "identity-binding")):
        sheet.say(f"Clause {number} shall hold.", f"{number}", proposes={name: "shall hold"})

    tree = lxml_html.fromstring(render(doubted(sheet), "onepage-en"))

    section = tree.xpath("//section[@aria-labelledby='decide']")[0]
    assert section.findall(".//blockquote") == []
    assert re.search(rf"{CUT.name} \(high severity if confirmed, 4\.1, p\.\s1\)", words_of(section))


def test_a_compound_with_a_doubtful_side_is_marked(sheet):
    sheet.say("The line is suspended.", "4.1", proposes={"shut-off": "suspended"}, doubtful=True)
    sheet.say("The line is bound to a name.", "4.2", proposes={"identity-binding": "bound to a name"})

    page = words_of(tree_of(sheet.assessed()))

    assert "Identified people could be disconnected (high severity if confirmed):" in page


def test_doubtful_finding_in_a_clause_that_protects_from_the_power_comes_last(sheet):
    sheet.say("Seals shall guard what is delivered.", "4.1", proposes={"lawful-access": "delivered"}, doubtful=True)
    sheet.say(
        "Lists go to the bureau.", "4.2", strength="descriptive", proposes={"lawful-access": "bureau"}, doubtful=True
    )
    assessment = sheet.assessed()
    seal = SafeguardFinding(assessment.clauses[0].id, "encryption", 0.9, (assessment.clauses[0].span,), Strength.MUST)

    (concern,) = concerns_of(replace(assessment, safeguards=(seal,)), load())

    assert [rated.finding.clause for rated in concern.findings] == [
        clause.id for clause in reversed(assessment.clauses[:2])
    ]


def test_finding_on_what_is_absent_is_shown_after_an_equally_grave_one(sheet):
    sheet.say("The node shall work where no location is sent.", "4", proposes={"location-tracking": "location"})
    sheet.say("The node shall store the location.", "5", proposes={"location-tracking": "location"})

    (concern,) = concerns_of(sheet.assessed(), load())

    assert [rated.finding.clause.partition("/")[0] for rated in concern.findings] == ["5", "4"]
