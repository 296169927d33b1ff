"""How sentences of the summary name their clauses."""

import pytest

from impact.records import Cited, Sentence
from impact.report.view.places import Places
from impact.report.view.summary import sentence_text, summary_runs


def said(sheet, places):
    """Return a sentence on clauses with these numbers on these pages, and its assessment."""
    clauses = [sheet.say("A node shall act.", number, page=page) for number, page in places]
    cites = tuple(Cited(clause.id, (clause.span,)) for clause in clauses)
    return Sentence("power", "{0} act.", (cites,)), sheet.assessed()


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ((("6.1", 3),), "Clause 6.1 act."),
        ((("6.1", 3), ("6.1", 4)), "Clause 6.1 act."),
        ((("6.1", 3), ("7.2", 4), ("8 a)", 5)), "Clauses 6.1, 7.2 and 8 a) act."),
        ((("Annex B", 9),), "Annex B act."),
        ((("6.1", 3), ("Annex B", 9)), "Clause 6.1 and Annex B act."),
        ((("6.1", 3), ("7.2", 4), ("Annex B", 9)), "Clauses 6.1 and 7.2, and Annex B, act."),
        ((("", 4),), "A passage on page 4 act."),
        ((("", 4), ("", 4)), "Passages on page 4 act."),
        ((("", 4), ("", 5)), "Passages on pages 4 and 5 act."),
        ((("", 4), ("1", 5)), "Clause 1 and a passage on page 4 act."),
        ((("1", 5), ("Annex B", 9), ("", 4)), "Clause 1, Annex B and a passage on page 4 act."),
    ],
)
def test_clauses_are_named_by_number_and_those_without_one_by_page(sheet, places, expected):
    sentence, assessment = said(sheet, places)

    assert sentence_text(sentence, assessment.document, Places(assessment)) == expected


def test_each_name_links_to_its_clause(sheet):
    sentence, assessment = said(sheet, (("6.1", 3), ("Annex B", 9), ("", 4)))

    linked = [
        (one.text, one.anchor) for one in summary_runs(sentence, assessment.document, Places(assessment)) if one.anchor
    ]

    assert linked == [("6.1", "c1"), ("Annex B", "c2"), ("4", "c3")]


def test_clauses_without_pages_are_named_by_their_heading(sheet):
    one = sheet.say("A node shall act.", "", ("Scope",))
    two = sheet.say("A node shall wait.")
    assessment = sheet.assessed({"paged": False})
    sentence = Sentence("power", "{0} act.", ((Cited(one.id, (one.span,)), Cited(two.id, (two.span,))),))

    text = sentence_text(sentence, assessment.document, Places(assessment))

    assert text == "The section \u201cScope\u201d and the passage beginning \u201cA node shall wait.\u201d act."


def test_places_within_brackets_end_without_a_comma(sheet):
    sentence, assessment = said(sheet, (("4", 1), ("5", 1), ("", 2), ("", 3)))
    bracketed = Sentence("section", "It says so ({0}).", sentence.groups)

    assert sentence_text(sentence, assessment.document, Places(assessment)).endswith("3, act.")
    assert sentence_text(bracketed, assessment.document, Places(assessment)).endswith("3).")
