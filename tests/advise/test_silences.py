"""What a review says of several things that no clause provides."""

import re
from collections import Counter
from dataclasses import replace

import pytest

from impact.advise.context import Context
from impact.advise.guideline_rules import rules
from impact.advise.guidelines.answers import answers_of
from impact.advise.guidelines.silence_callers import Callers, designs
from impact.advise.guidelines.silences import with_few_silences
from impact.taxonomy import load


def said(sheet):
    """Return by id what is said to be left open, of the silences that a review says."""
    context = Context(sheet.assessed(), load())
    answers = with_few_silences(context, answers_of(context))
    return {omission.id: omission.says for answer in answers for omission in answer.omissions}


def said_ids(sheet):
    """Return the ids of all silences that a review says."""
    context = Context(sheet.assessed(), load())
    answers = with_few_silences(context, answers_of(context))
    return {name for answer in answers for omission in answer.omissions for name in (omission.id, *omission.also)}


def test_clauses_of_one_theme_that_were_not_found_are_named_in_one_sentence(sheet):
    sheet.say("The club shall bar the member from the line.", "1", proposes={"shut-off": "bar the member"})

    remedy = next(says for name, says in said(sheet).items() if name in {"no-redress", "no-oversight", "no-notice"})

    assert remedy.startswith("No clause was found on ")
    assert remedy.count("No clause was found") == 1
    assert remedy.count(" or ") > 0


def test_section_that_was_not_found_is_said_apart_from_clauses(sheet):
    sheet.say("Visits shall be stored with the full name.", "1", proposes={"logging-retention": "stored"})

    data = next(says for says in said(sheet).values() if "retention periods" in says)

    sentences = data.split(". ")
    assert sum(sentence.startswith("No clause was found on ") for sentence in sentences) == 1
    assert any(sentence.startswith("No section on privacy") for sentence in sentences)


def test_name_of_what_is_lacking_fits_a_list_of_several():
    matters = [rule.matter for rule in rules().omissions.values() if rule.matter]

    assert len(matters) > 20
    assert not [matter for matter in matters if re.search(r"[,;.A-Z{]", matter)]


def test_few_clauses_that_call_for_a_silence_are_not_enough():
    assert Callers(Counter(), {"identify-person": frozenset("12")}, frozenset()).weight("no-pseudonym") == 0
    assert Callers(Counter(), {"identify-person": frozenset("123")}, frozenset()).weight("no-pseudonym") == 3


def test_clauses_that_refuse_something_call_for_no_remedy_without_a_firm_power():
    clauses = {"refusal": frozenset("1234")}

    assert Callers(Counter(), clauses, frozenset()).weight("no-redress") == 0
    assert Callers(Counter({"shut-off": 1}), clauses, frozenset()).weight("no-redress") == 7


def test_clause_that_two_topics_call_for_counts_once():
    clauses = {"data-about-people": frozenset("12"), "linkable": frozenset("23")}

    assert Callers(Counter(), clauses, frozenset()).weight("no-unseen-use") == 3


def test_silence_that_wants_two_topics_is_not_called_for_by_one():
    assert Callers(Counter(), {"linkable": frozenset("12345")}, frozenset()).weight("no-unseen-use") == 0


@pytest.mark.parametrize(
    ("fields", "design"),
    [
        ({"title": "Lamps of the harbor"}, True),
        ({"title": "Guidelines for keepers of lamps"}, False),
        ({"title": "Report from a workshop on lamps"}, False),
        ({"title": "Lamps of the harbor", "publication": "Informational RFC"}, False),
    ],
)
def test_text_that_specifies_no_design_misses_no_section(sheet, fields, design):
    for number in range(12):
        sheet.say("The client must answer within 32 seconds.", str(number))
    assessment = sheet.assessed()
    assessment = replace(assessment, proposal=replace(assessment.proposal, **fields))

    context = Context(assessment, load())
    answers = with_few_silences(context, answers_of(context))

    assert any(answer.omissions for answer in answers) is design


@pytest.mark.parametrize(("subject", "missed"), [("The server", True), ("The plank", False)])
def test_security_section_is_missed_where_rules_are_about_parties_that_exchange_something(sheet, subject, missed):
    for number in range(12):
        sheet.say(f"{subject} must be replaced within {number + 1} years.", str(number))

    assert ("no-security-section" in said_ids(sheet)) is missed


def test_study_with_its_usual_headings_specifies_no_design(sheet):
    for number, title in enumerate(("Methodology", "Results", "Lamps")):
        sheet.say("Boats should be counted.", str(number), (title,))

    assert not designs(Context(sheet.assessed(), load()))


def test_firm_power_calls_for_a_silence_of_a_text_that_specifies_no_design(sheet):
    sheet.say("Visits are stored with the name.", "1", strength="descriptive", proposes={"logging-retention": "stored"})

    assert "no-retention-limit" in said_ids(sheet)
