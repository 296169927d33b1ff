"""Words that introduce a list are quoted with its items, and a gap stands for those that are too much."""

from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html

from impact.pipeline import render
from impact.report.view.document_name import title_of
from impact.report.view.places import Places

HEAD = "The harbor may ask for the name of each guest and of all who row in case of:"


def listed(sheet, items, heading=()):
    head = sheet.say(HEAD, "4", heading)
    for at, words in enumerate(items):
        item = sheet.say(words, f"4 {at}", heading)
        sheet.clauses[-1] = replace(item, stem=head.span)
    sheet.say("The harbor may close at night.", "5", heading)
    return head.id


@pytest.mark.parametrize(
    ("items", "end"),
    [
        (("fog;", "ice."), "in case of:\n\u2022 fog;\n\u2022 ice."),
        (("a) fog;", "b) ice."), "in case of:\na) fog;\nb) ice."),
        ((), "in case of: [\u2026]"),
        (("fog;",), "in case of:\n\u2022 fog; [\u2026]"),
        (("fog;", "ice " * 60 + "."), f"in case of:\n\u2022 fog;\n\u2022 {'ice ' * 60}."),
        (("fog;", "ice " * 60 + ";", "hail."), "in case of:\n\u2022 fog; [\u2026]"),
        (("fog;", "ice " * 90 + "."), "in case of:\n\u2022 fog; [\u2026]"),
    ],
)
def test_quote_that_ends_in_a_colon_goes_on_with_the_items(sheet, items, end):
    name = listed(sheet, items)

    _, runs = Places(sheet.assessed()).passage(name, (), 300)

    assert "".join(run.text for run in runs).endswith(end)


def test_review_sets_each_item_on_a_line_of_its_own(sheet):
    head = sheet.say(HEAD, "4", proposes={"identity-binding": "the name of each guest"})
    for words in ("fog;", "ice."):
        sheet.say(words, "4")
        sheet.clauses[-1] = replace(sheet.clauses[-1], stem=head.span)

    text = render(sheet.assessed(), "review-text")

    assert "case of:\n   | \u2022 fog;\n   | \u2022 ice.\n" in text


def test_gap_stands_for_items_that_follow_after_something_else(sheet):
    head = sheet.say(HEAD, "4")
    for words in ("fog;", "Figure 1: the mole", "ice."):
        sheet.say(words, "4")
        sheet.clauses[-1] = replace(sheet.clauses[-1], stem=None if "Figure" in words else head.span)

    _, runs = Places(sheet.assessed()).passage(head.id, (), 300)

    assert "".join(run.text for run in runs).endswith("in case of:\n\u2022 fog; [\u2026]")


def test_quote_that_is_cut_before_the_colon_has_no_items(sheet):
    name = listed(sheet, ("fog;", "ice."))

    _, runs = Places(sheet.assessed()).passage(name, (), 40)

    assert "fog" not in "".join(run.text for run in runs)


def test_safeguard_that_no_clause_states_is_not_listed_as_stated_elsewhere(sheet):
    words = "The desk hands over each call of a target to the police on request."
    sheet.say(words, "6.1", proposes={"lawful-access": "hands over each call", "location-tracking": "each call"})

    part = html.fromstring(render(sheet.assessed(), "html")).get_element_by_id("safeguards")

    assert "Stated elsewhere" not in [one.text_content() for one in part.iter("th")]


@pytest.mark.parametrize(
    ("number", "heading", "said"),
    [
        ("Annex B", "Annex B (normative): Boats of the harbor", "Boats of the harbor"),
        ("4.1", "4.1 Boats", "Boats"),
        ("4", "4.1 Boats", ""),
        ("4.1 a)", "4.1 Boats", "4.1 Boats"),
    ],
)
def test_heading_beside_a_finding_does_not_repeat_the_number_of_its_clause(sheet, number, heading, said):
    sheet.say(LEANS, number, (heading,), proposes={"identity-binding": "the name of the guest"})

    page = html.fromstring(render(sheet.assessed(), "html"))

    assert "".join(one.text_content() for one in page.find_class("section")) == said


CASE = "If the guest rows a boat of the harbor, the harbor shall note the boat."
LEANS = "Otherwise the harbor shall note the name of the guest."


def test_clause_that_leans_on_the_one_before_it_is_quoted_with_it(sheet):
    sheet.say(CASE, "4", ("4 Guests",))
    sheet.say(LEANS, "4", ("4 Guests",), proposes={"identity-binding": "the name of the guest"})

    page = html.fromstring(render(sheet.assessed(), "html"))

    stems = page.xpath("//p[@class='stem']")
    assert [stem.text_content() for stem in stems] == [CASE]
    assert f"   | {CASE}\n   | {LEANS}\n" in render(sheet.assessed(), "review-text")


@pytest.mark.parametrize(("words", "heading"), [("It shall be noted.", "4 Guests"), (LEANS, "5 Boats")])
def test_other_clause_and_one_of_another_section_are_quoted_alone(sheet, words, heading):
    sheet.say(CASE, "4", ("4 Guests",))
    last = sheet.say(words, "5", (heading,))

    assert Places(sheet.assessed()).stem(last.id) == ""


def test_lead_in_and_its_items_are_told_by_the_same_quote(sheet):
    head = listed(sheet, ("fog;", "ice."))
    _, first, second, _ = (clause.id for clause in sheet.clauses)

    at = Places(sheet.assessed())

    assert at.is_quoted(first, [head])
    assert at.is_quoted(head, [first])
    assert not at.is_quoted(first, [second])


def test_review_quotes_a_list_once_where_its_items_bear_on_the_same_point(sheet):
    head = sheet.say(HEAD, "4", proposes={"identity-binding": "the name of each guest"})
    for words in ("fog, with the name;", "ice."):
        sheet.say(words, "4", proposes={"identity-binding": "the name"} if "name" in words else {})
        sheet.clauses[-1] = replace(sheet.clauses[-1], stem=head.span)

    answers = render(sheet.assessed(), "review-text").partition("Guideline by guideline")[2]

    assert answers.partition("Impact: ")[0].count("fog, with the name") == 1


def test_safeguard_quoted_before_under_another_is_only_recalled(sheet):
    found = {"pseudonymity": "number that changes", "user-control": "guest agrees"}
    sheet.say(
        "A number that changes shall be used unless the guest agrees to another one for all of the winter.",
        "4",
        proposes=found,
    )

    part = html.fromstring(render(sheet.assessed(), "html")).get_element_by_id("safeguards")

    assert len(part.xpath(".//article//blockquote")) == 1
    assert "Quoted above" in " ".join(part.text_content().split())


def test_heading_that_is_also_the_name_of_the_file_is_a_title(sheet):
    sheet.say("Boats lie in berths.", "4", ("4 Contribution",))

    assert title_of(sheet.assessed(title="Contribution", uncertain=("title",))) == "Contribution"


def test_document_without_a_title_is_called_by_its_file(sheet):
    assessment = sheet.assessed(title=Path(sheet.assessed().document.source).stem, uncertain=("title",))

    assert title_of(assessment) == f"Untitled document (file {assessment.document.source})"
