"""Words that introduce a list are quoted with its items, and a gap stands for those that are too much."""

from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html

from impact.pipeline import render
from impact.report.view.document_name import title_of
from impact.report.view.places import Places
from impact.report.view.purpose import introduction_of, purpose_of
from impact.segment.sentences import sentences

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


def test_what_a_document_says_of_itself_has_the_items_of_its_list(sheet):
    head = sheet.say("This document applies to boats in case of:", "1", ("1 Scope",))
    for at, words in enumerate(("fog;", "ice.")):
        item = sheet.say(words, f"1 {at}", ("1 Scope",))
        sheet.clauses[-1] = replace(item, stem=head.span)

    told = purpose_of(sheet.assessed(), 320)

    assert told[0] == "This document applies to boats in case of: fog; ice."


@pytest.mark.parametrize(
    ("text", "heading", "purpose"),
    [
        (
            "Boats vary. This document describes the berths of boats in harbors. It sets their length. Boats vary.",
            "Abstract",
            "This document describes the berths of boats in harbors.",
        ),
        (
            "Boats vary. This document is one of the harbor texts. It defines the berths of boats in all harbors.",
            "Introduction",
            "[This document] defines the berths of boats in all harbors.",
        ),
        ("The harbor defines the length of each berth and its depth.", "Introduction", None),
        ("This guide will not address the depth of berths for boats in harbors.", "1 Scope", None),
        ("The depth of a berth is outside the scope and defined by Code H alone.", "1 Scope", None),
        ("The berth of a boat is intended to be longer than the boat by a third.", "1 Scope", None),
        (
            "This specification is designed to be both berth and harbor agnostic, as long as boats float.",
            "Abstract",
            None,
        ),
        (
            "This specification is designed to be used by the harbors that assign berths.",
            "Abstract",
            "This specification is designed to be used by the harbors that assign berths.",
        ),
        ("A key goal of the workshop is to bring together those who build berths.", "Abstract", None),
        ("Code H defines the length of each berth.", "1 Scope", "Code H defines the length of each berth."),
        ("Berths vary. This memo also specifies how long the berths of boats are.", "Abstract", None),
        ("Boats moor twice. This memo extends this existing practice to the harbors of lakes.", "Abstract", None),
        ("This memo extends that code by telling how long each berth of a boat has to be.", "Abstract", None),
        (
            "This memo describes berths for boats and how long the piers of these berths are.",
            "Abstract",
            "This memo describes berths for boats and how long the piers of these berths are.",
        ),
        ("This memo describes berths for boats, as in [H-1] It is meant to use the same terms.", "Abstract", None),
        ("This memo describes berths for boats in harbors that lie along", "Abstract", None),
        ("The remainder of this memo describes the berths for boats in harbors.", "Abstract", None),
        ("However, this memo describes the berths for boats in harbors.", "Abstract", None),
        ("This memo relies on harbors that are able to identify all of the boats in their berths.", "Proposal", None),
        ("Defines the length of each berth that a boat may take in a harbor.", "berthPurpose", None),
    ],
)
def test_purpose_begins_where_a_sentence_states_it_and_is_left_out_where_none_does(sheet, text, heading, purpose):
    clause = sheet.say(text, "1", (heading,))
    split = sentences(sheet.assessed().document.text, clause.span)
    sheet.clauses[-1] = replace(clause, sentences=split, strengths=(clause.strength,) * len(split))

    stated = purpose_of(sheet.assessed(), 320)

    assert (stated[0] if stated else None) == purpose


def test_purpose_ends_at_a_sentence(sheet):
    clause = sheet.say(f"This document describes berths for boats. {'Boats ' * 60}are moored.", "1", ("Abstract",))
    split = sentences(sheet.assessed().document.text, clause.span)
    sheet.clauses[-1] = replace(clause, sentences=split, strengths=(clause.strength,) * len(split))

    assert purpose_of(sheet.assessed(), 120)[0] == "This document describes berths for boats."


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


def test_general_part_of_a_scope_states_a_purpose(sheet):
    sheet.say("This specification defines berths for boats in harbors.", "1.1", ("1 Scope", "1.1 General"))

    assert purpose_of(sheet.assessed(), 320)[0] == "This specification defines berths for boats in harbors."


def test_sentence_that_begins_with_what_the_document_does_is_taken_before_others(sheet):
    sheet.say("With this memo, harbors and their names are presented.", "1", ("Abstract",))
    sheet.say("This memo specifies berths for boats in rivers.", "2", ("Introduction",))

    purpose = purpose_of(sheet.assessed(title="Names of harbors in records"), 320)

    assert purpose[0] == "This memo specifies berths for boats in rivers."


def test_first_of_several_purposes_in_an_abstract_is_taken(sheet):
    sheet.say("This memo specifies berths for boats in harbors.", "1", ("Abstract",))
    sheet.say("This memo updates the names of harbors in records.", "2", ("Abstract",))

    purpose = purpose_of(sheet.assessed(title="Names of harbors in records"), 320)

    assert purpose[0] == "This memo specifies berths for boats in harbors."


def test_items_of_a_purpose_are_told_apart(sheet):
    head = sheet.say("This document applies to boats in case of:", "1", ("1 Scope",))
    for at, words in enumerate(("fog", "ice and", "hail")):
        item = sheet.say(words, f"1 {at}", ("1 Scope",))
        sheet.clauses[-1] = replace(item, stem=head.span)

    assert purpose_of(sheet.assessed(), 320)[0] == "This document applies to boats in case of: fog; ice and hail"


def test_of_several_purposes_the_one_nearest_to_the_title_is_taken(sheet):
    sheet.say("This document defines a new type of record for experiments.", "1", ("Introduction",))
    sheet.say("This document describes how a record gives the location of hosts.", "2", ("Overview",))

    purpose = purpose_of(sheet.assessed(title="The location of hosts in records"), 320)

    assert purpose[0] == "This document describes how a record gives the location of hosts."


def test_document_without_a_purpose_is_introduced_by_its_first_whole_sentence(sheet):
    sheet.say("Then it goes on with the berths of all boats:", "1")
    sheet.say("Boats of a club lie in one part of the harbor.", "2")

    own = introduction_of(sheet.assessed(), 320)

    assert (own.lead, own.text) == ("From the beginning of the text", "Boats of a club lie in one part of the harbor.")


def test_short_abstract_is_quoted_whole(sheet):
    sheet.say("Boats vary. This memo extends that code to the boats of lakes.", "1", ("Abstract",))
    sheet.say("It needs no lamps.", "2", ("Abstract",))
    sheet.say("A lamp is lit.", "3", ("1 Lamps",))

    own = introduction_of(sheet.assessed(), 320)

    assert (own.lead, own.text) == (
        "In the document's own words",
        "Boats vary. This memo extends that code to the boats of lakes. It needs no lamps.",
    )


def test_summary_without_a_full_stop_is_quoted(sheet):
    sheet.say("Let boats of all clubs into the berths of the harbor", "1", ("Summary",))

    assert introduction_of(sheet.assessed(), 320).text == "Let boats of all clubs into the berths of the harbor"


def test_long_abstract_is_cut_to_the_sentence_that_states_the_purpose(sheet):
    sheet.say("Boats vary a lot, " * 30 + "as is well known.", "1", ("Abstract",))
    sheet.say("This memo describes the berths of boats.", "2", ("Abstract",))

    assert introduction_of(sheet.assessed(), 320).text == "This memo describes the berths of boats."


def test_document_is_introduced_by_its_summary_before_a_list_of_tasks(sheet):
    for task in ("The berths are painted as agreed.", "The lamps are tested as agreed.", "The rails are mended."):
        sheet.say(f"{task[:-1]} by the harbor of the lake.", "1", ("1 Tasks",))
    sheet.say("Boats of a club lie in one part of the harbor.", "2", ("Summary",))

    assert introduction_of(sheet.assessed(), 320).text == "Boats of a club lie in one part of the harbor."


@pytest.mark.parametrize(
    "text",
    [
        "Roles of people: pilots, clerks and guests of the harbor.",
        "The harbor is known for such a berth as that.",
        "In a broader context, the harbor lets all boats into its berths.",
        "These berths have been painted by the guests of the harbor.",
        "The code borrows much from that of the harbors of lakes.",
    ],
)
def test_fields_and_sentences_that_point_elsewhere_introduce_no_document(sheet, text):
    sheet.say(text, "1")

    assert introduction_of(sheet.assessed(), 320) is None


def test_sentence_of_a_finding_introduces_no_document(sheet):
    sheet.say("The harbor reads all letters of the boats in it.", "1", proposes={"traffic-inspection": "reads all"})

    assert introduction_of(sheet.assessed(), 320) is None


def test_heading_that_is_also_the_name_of_the_file_is_a_title(sheet):
    sheet.say("Boats lie in berths.", "4", ("4 Contribution",))

    assert title_of(sheet.assessed(title="Contribution", uncertain=("title",))) == "Contribution"


def test_document_without_a_title_is_called_by_its_file(sheet):
    assessment = sheet.assessed(title=Path(sheet.assessed().document.source).stem, uncertain=("title",))

    assert title_of(assessment) == f"Untitled document (file {assessment.document.source})"
