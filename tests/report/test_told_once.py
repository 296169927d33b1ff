"""A report says a thing once, in the words that apply."""

from dataclasses import replace

import pytest
from lxml import html
from subjects import subject_of

from impact.advise.summary_wording import wording
from impact.pipeline import render
from impact.present.lists import further, opened
from impact.records import ClauseKind, Strength
from impact.report.page.paper import printed
from impact.report.view.doubts import doubt_of, doubts
from impact.report.view.rights_matrix import right_line
from impact.taxonomy import load

FEW, MANY = 4, 5
PARTS = ("short-findings", "brief-decide")
POWER = "identity-binding"
PAIR = (POWER, "logging-retention")


def words(element) -> str:
    return " ".join(element.text_content().split())


def filled(sheet, count: int):
    for at in range(count):
        sheet.say(f"The desk {at} shall record the passport of each guest.", f"4.{at}", proposes={POWER: "passport"})
    return sheet.assessed()


def paper(assessment):
    return printed(render(assessment, "html"), annex=False)


def test_paper_has_all_of_a_few_findings_in_the_brief_with_people_and_rights_and_no_further_section(sheet):
    page = paper(filled(sheet, FEW))

    brief = words(page.get_element_by_id("brief"))
    assert len(page.findall(".//blockquote")) == FEW
    assert brief.count("People affected") == brief.count("Rights concerned") == 1
    assert not page.xpath("//*[@id='findings']")


def test_paper_has_a_section_of_findings_where_the_brief_has_no_room_for_them(sheet):
    page = paper(filled(sheet, MANY))

    assert "People affected" not in words(page.get_element_by_id("brief"))
    assert "People affected" in words(page.get_element_by_id("findings"))


def test_screen_has_the_section_of_findings_however_few_they_are(sheet):
    page = html.fromstring(render(filled(sheet, FEW), "html"))

    assert "People affected" in words(page.get_element_by_id("findings"))


def test_paper_quotes_clauses_with_the_same_words_once_in_the_section_of_findings(sheet):
    for at in range(MANY):
        sheet.say("The desk shall record the passport.", f"4.{at}", proposes={POWER: "passport"})

    card = paper(sheet.assessed()).get_element_by_id(f"m-{POWER}")

    assert len(card.find_class("finding")) == 1


@pytest.mark.parametrize("form", ["html", "md"])
def test_missing_safeguards_are_listed_once_and_completely(sheet, form):
    text = render(filled(sheet, FEW), form)
    page = words(printed(text, annex=False)) if form == "html" else text

    lacking = [load().safeguards[name].phrase for name in load().mechanisms[POWER].safeguards]
    assert lacking
    assert {name: page.count(name) for name in lacking} == dict.fromkeys(lacking, 1)


def test_the_summary_and_the_report_call_powers_and_safeguards_the_same():
    taxonomy = load()

    assert wording().absent == {name: taxonomy.safeguards[name].phrase for name in wording().absent}
    assert wording().named == {name: taxonomy.mechanisms[name].phrase for name in wording().named}


def test_a_report_without_findings_names_neither_unsure_safeguards_nor_what_the_text_only_mentions(sheet):
    sheet.say("A guest can object to the record.", "3", proposes={"redress": "object"}, confidence=0.86)
    sheet.say("Attackers may learn where a person is.", "4", context=("location-tracking",))

    brief = words(html.fromstring(render(sheet.assessed(), "html")).get_element_by_id("brief"))

    assert "found no passage that is likely to raise a human rights concern" in brief
    assert "redress" not in brief
    assert "location tracking" not in brief


def test_the_definition_of_a_power_is_not_printed_with_its_findings(sheet):
    for number in range(1, 9):
        sheet.say("The passport of each guest shall be seen at the gate.", str(number), proposes={POWER: "passport"})

    assert load().mechanisms[POWER].definition in render(sheet.assessed(), "html")
    assert load().mechanisms[POWER].definition not in words(paper(sheet.assessed()))


def test_doubtful_findings_of_a_firm_power_are_quoted_with_what_needs_review_gravest_first(sheet):
    sheet.say("The passport is seen.", "4", proposes={"persistent-identifiers": "passport"})
    sheet.say(
        "A passport may be seen.", "5", strength="may", proposes={"persistent-identifiers": "passport"}, doubtful=True
    )
    sheet.say("The line may be cut.", "6", strength="may", proposes={"shut-off": "cut"}, doubtful=True)

    brief = html.fromstring(render(sheet.assessed(), "html")).get_element_by_id("brief")
    found, review = (words(brief.xpath(f".//section[@aria-labelledby='{name}']")[0]) for name in PARTS)

    assert "The passport is seen." in found
    assert "People affected" in found
    assert "A passport may be seen." not in found
    assert review.index("The line may be cut.") < review.index("A passport may be seen.")


def test_the_question_on_a_doubtful_finding_stands_with_the_finding_that_it_is_about(sheet):
    sheet.say("The line may be cut.", "6", ("6 Lines",), strength="may", proposes={"shut-off": "cut"}, doubtful=True)
    sheet.say("A guest can object to the cut.", "6", ("6 Lines",), proposes={"redress": "object"})
    sheet.say("The cut lines are shut.", "7", strength="may", proposes={"shut-off": "shut"}, doubtful=True)
    (question,) = subject_of(sheet.assessed()).advice.confirming

    brief = html.fromstring(render(sheet.assessed(), "html")).get_element_by_id("brief")
    (asked,) = [one for one in map(words, brief.iter("article")) if question.text in one]

    finding = next(one for one in sheet.findings if one.id == question.finding)
    assert sheet.text[finding.evidence[0].start : finding.evidence[0].end] in asked.partition(question.text)[0]


@pytest.mark.parametrize("kind", [ClauseKind.DEFINITION, ClauseKind.NOTE, ClauseKind.EXAMPLE, ClauseKind.INFORMATIVE])
def test_a_finding_needs_review_for_the_part_that_its_clause_plays(sheet, kind):
    clause = sheet.say("A passport may be seen.", "4", strength="may", proposes={POWER: "passport"}, doubtful=True)
    (finding,) = sheet.findings

    assert doubt_of(finding, replace(clause, kind=kind)) == kind.value
    assert doubt_of(replace(finding, strength=Strength.MUST), replace(clause, kind=kind)) == "unsure"
    assert doubt_of(finding, replace(clause, kind=ClauseKind.STATEMENT)) == "unsure"


def test_the_reason_is_singular_for_one_finding_plural_for_several_and_left_to_each_where_they_differ():
    assert doubts(["note"]).startswith("This finding is in a note")
    assert doubts(["note", "note"]).startswith("These findings are in notes")
    assert doubts(["note", "unsure"]) == "Read each passage, then confirm or dismiss the corresponding finding."


@pytest.mark.parametrize("right", load().rights)
def test_only_articles_of_the_iccpr_are_called_derogable(right):
    for group in right_line(right, "", load()).cited.split("; I"):
        instrument = group.removeprefix("I").split(" ")[0]
        assert "derogable" not in group or instrument == "CCPR"


def test_no_sentence_begins_with_a_figure():
    assert [further(count, "finding") for count in (1, 10, 14)] == [
        "One more finding",
        "Ten more findings",
        "A further 14 findings",
    ]
    assert opened("8 pictures were not read") == "Eight pictures were not read"
    assert opened("12 pictures were not read") == "Altogether, 12 pictures were not read"
    assert opened("Pictures were not read") == "Pictures were not read"


def test_a_pair_is_named_once_in_the_brief_and_by_its_other_power_under_the_findings(sheet):
    for number, power in enumerate(PAIR, 4):
        sheet.say("The passport of each guest shall be seen.", str(number), proposes={power: "passport"})
    rule = next(rule for rule in load().compounds if set(rule.mechanisms) == set(PAIR))

    page = paper(sheet.assessed())
    said = words(page)

    assert said.lower().count(rule.name.lower()) == 1
    assert "could aggravate each other" not in said


def test_a_card_names_the_power_that_aggravates_its_own(sheet):
    for number, power in enumerate(PAIR, 4):
        sheet.say(f"The passport {'of each guest ' * 60}shall be seen.", str(number), proposes={power: "passport"})

    card = html.fromstring(render(sheet.assessed(), "html")).get_element_by_id(f"m-{POWER}")
    [pair] = card.xpath(".//dt[.='Aggravated by']/following-sibling::dd")

    assert words(pair).startswith("Record-keeping and retention (together rated high).")
