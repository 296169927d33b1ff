"""Which questions on a power a reader is given, and which first and second."""

import pytest
from subjects import subject_of

from impact.report.annex.questions import questions_of


def questions(sheet, mechanism):
    return questions_of(subject_of(sheet.assessed()))[mechanism]


def said(asking):
    return "".join(phrase.text for phrase in asking)


@pytest.fixture
def handed_over(sheet):
    sheet.say("The records shall be handed to the agency.", "4.1", proposes={"lawful-access": "handed to the agency"})
    return questions(sheet, "lawful-access")


def test_a_question_on_records_of_access_leaves_that_on_its_authorization_to_be_asked(handed_over):
    assert next(said(one) for one in handed_over.general).startswith(
        "What proof of authorization must the system itself"
    )


def test_a_question_on_records_of_access_takes_the_general_one_on_them_away(handed_over):
    assert not any("recorded" in said(one) for one in handed_over.general)


def test_the_second_question_is_the_next_and_not_the_shortest(sheet):
    sheet.say("The node shall disconnect the subscriber.", "4.1", proposes={"shut-off": "disconnect"})

    second = questions(sheet, "shut-off").second

    assert said(second) == (
        "Would emergency calls and other essential communications remain possible if the subscriber were suspended or "
        "disconnected?"
    )


def test_how_strongly_a_clause_binds_is_asked_after_all_else(sheet):
    sheet.say("The node shall block the site.", "4.1", proposes={"content-blocking": "block the site"})

    asked = questions(sheet, "content-blocking")

    assert not said(asked.first).startswith("Could this requirement be made optional")
    assert not said(asked.second).startswith("Could this requirement be made optional")


def test_denied_appeal_takes_the_general_question_on_complaints_away(sheet):
    sheet.say("The order is not subject to appeal.", "4.1", proposes={"missing-remedy": "not subject to appeal"})

    found = questions(sheet, "missing-remedy")

    assert said(found.first) == "Why is the order not subject to appeal, and which body may set it aside?"
    assert not any("complaints" in said(one) for one in (found.second, *found.general))
