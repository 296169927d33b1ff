"""What is asked of a power whose findings all need review."""

import re

import pytest

from impact.advise.context import Context
from impact.advise.questions.confirming import ReviewForm, confirming_questions, review_forms
from impact.advise.questions.questions import SLOT
from impact.taxonomy import load


def asked(sheet):
    return [question.text for question in confirming_questions(Context(sheet.assessed(), load()))]


def doubt(sheet, words, label, evidence, **more):
    return sheet.say(f"{words}.", "4", proposes={label: evidence}, doubtful=True, confidence=0.4, **more)


def forms_of(mechanism) -> list[ReviewForm]:
    return [form for form in review_forms().forms if form.mechanism == mechanism]


@pytest.mark.parametrize("mechanism", load().mechanisms)
def test_last_form_of_each_power_fits_every_clause(mechanism):
    *_, last = forms_of(mechanism)

    assert last == ReviewForm(mechanism, last.text)
    assert set(SLOT.findall(last.text)) <= {"under"}


def test_no_form_is_written_twice():
    texts = [form.text for form in review_forms().forms]

    assert len(texts) == len(set(texts))
    assert all(text.endswith("?") for text in texts)


@pytest.mark.parametrize("form", review_forms().forms, ids=lambda form: form.text)
def test_no_form_has_a_verb_that_would_have_to_agree_with_its_words(form):
    assert not re.search(r"\b(?:is|are|was|were|does|do|has|have) (?:not )?\{(?:actor|data)", form.text, re.IGNORECASE)
    assert not re.search(r"\{(?:actor|data)\}(?:\{under\})? (?:is|are|was|were|does|do|has|have)\b", form.text)


@pytest.mark.parametrize(
    ("words", "label", "evidence", "question"),
    [
        (
            "Each access to the chart is logged with the name of the nurse",
            "logging-retention",
            "is logged",
            "Who can search these logs, and for how long are they kept?",
        ),
        (
            "The client shall authenticate the sender by a strong identity",
            "identity-binding",
            "strong identity",
            "Must people show who they are, or would a less revealing",
        ),
        (
            "Networks should use white lists",
            "content-blocking",
            "white lists",
            "Who decides who or what is let through",
        ),
        (
            "The gateway shall report the location of the subscriber",
            "location-tracking",
            "location of the subscriber",
            "How precisely would the gateway know where a person is, and is a history kept?",
        ),
        (
            "The client should revoke the user at the endpoint",
            "shut-off",
            "revoke the user",
            "Could a person lose an account, a credential or a connection",
        ),
        (
            "Listing a key freezes every coin of its owner",
            "shut-off",
            "freezes every coin",
            "Whose money or assets could be frozen, on whose order, and how are they released?",
        ),
        (
            "The client should revoke the certificate",
            "shut-off",
            "revoke the certificate",
            "Who could withdraw the certificate, on what grounds",
        ),
        (
            "There is a map",
            "location-tracking",
            "map",
            "Could someone learn where a person is or has been and, if so, would the person know?",
        ),
    ],
)
def test_question_fits_what_the_clause_raises(sheet, words, label, evidence, question):
    doubt(sheet, words, label, evidence)

    assert asked(sheet)[0].startswith(question)


def test_text_that_tells_of_a_risk_is_asked_for_a_measure_and_of_one_power_alone(sheet):
    doubt(sheet, "Gait analysis may be used to track people", "biometric-recognition", "Gait analysis")
    doubt(sheet, "A site could infer the location of a user", "location-tracking", "location of a user")

    first, second = asked(sheet)

    assert first.startswith("The text mentions that people could be recognized")
    assert "The text mentions" not in second


def test_option_is_not_asked_why_it_is_required(sheet):
    doubt(sheet, "The header may carry an account number", "persistent-identifiers", "account number", strength="may")

    assert asked(sheet) == ["Would the service still work without the account number?"]


def test_safeguard_beside_a_power_is_asked_whether_it_covers_it(sheet):
    doubt(sheet, "The node keeps a log of visits", "logging-retention", "log of visits", headings=("4 Visits",))
    words = "Visits are deleted after a day."
    sheet.say(words, "5", ("4 Visits",), proposes={"retention-limits": "deleted after a day"})

    assert asked(sheet) == ["Does the limit on retention also cover the log?"]


def test_thing_that_the_finding_is_not_about_is_not_named(sheet):
    doubt(sheet, "The service keeps a list of what the valve blocks", "content-blocking", "valve blocks")

    assert asked(sheet) == [
        "Could people be prevented from reaching or sharing information and, if so, who would decide?"
    ]


def test_power_with_a_firm_finding_is_not_asked_for_confirmation(sheet):
    doubt(sheet, "The node keeps a log of visits", "logging-retention", "log of visits")
    sheet.say("The node shall keep a record of calls.", "5", proposes={"logging-retention": "record of calls"})

    assert asked(sheet) == []


@pytest.mark.parametrize(
    ("words", "linked"),
    [
        ("Identifier of a running instance of an application", True),
        ("Identifier of the instance that a user runs", False),
    ],
)
def test_identifier_of_an_instance_is_asked_whether_it_leads_to_a_person(sheet, words, linked):
    sheet.say(f"{words}.", "4", strength="descriptive", proposes={"persistent-identifiers": words}, doubtful=True)

    (question,) = asked(sheet)

    assert question.startswith("Can the identifier be linked to one person") is linked


def test_question_on_the_removal_of_members_is_that_of_its_variant(sheet):
    doubt(sheet, "Members who are idle for a year are removed from the club", "shut-off", "removed")

    assert asked(sheet) == ["Who may remove a member, by which rules, and how can the member object?"]


def test_question_on_a_lost_line_is_not_that_of_a_variant(sheet):
    doubt(sheet, "The operator removes the line of members who do not pay", "shut-off", "removes the line")

    assert "member object" not in asked(sheet)[0]
