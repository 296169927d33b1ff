"""What a review says of several things that no clause provides."""

import re

from impact.advise.context import Context
from impact.advise.guideline_rules import rules
from impact.advise.guidelines.answers import answers_of
from impact.advise.guidelines.silences import with_few_silences
from impact.taxonomy import load


def said(sheet):
    """Return by id what is said to be left open, of the silences that a review says."""
    context = Context(sheet.assessed(), load())
    answers = with_few_silences(context, answers_of(context))
    return {omission.id: omission.says for answer in answers for omission in answer.omissions}


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
