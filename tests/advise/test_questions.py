"""Questions made of the words of the clause."""

import re
from dataclasses import replace

import pytest

from impact.advise.context import CHOSEN, Context
from impact.advise.question_library import wording
from impact.advise.questions.questions import questions_of, slots
from impact.records import Phrase, Question
from impact.taxonomy import load

FORBIDDEN = re.compile(
    r"\b(violat\w*|breach\w*|complian\w*|compl(y|ies|ied)|intent(ion\w*)?|motiv\w*|safe|safely)\b", re.IGNORECASE
)
TEXTS = [text for power in wording().questions.values() for text in power.texts]
STRENGTHS = [text for strength in wording().strength.values() for text in (strength.actor, strength.plain) if text]


def asked(sheet):
    return [one.text for one in questions_of(Context(sheet.assessed(), load()))]


def test_question_names_actor_and_thing_of_its_clause(sheet):
    sheet.say("The operator shall store the attachment records.", "4", proposes={"logging-retention": "shall store"})

    assert asked(sheet) == [
        (
            "What is the maximum period for which the operator may retain the attachment records, "
            "and what need justifies it?"
        ),
        "Would aggregate data be sufficient in place of the attachment records?",
        "Could this requirement be made optional for the operator, or limited to stated cases?",
    ]


@pytest.mark.parametrize(
    ("strength", "verb", "last"),
    [
        ("must", "shall", "Could this requirement be made optional for the operator"),
        ("should", "should", "Could this be left to the discretion of the operator instead of being recommended?"),
        ("may", "may", "Who decides whether the operator may do this"),
        ("descriptive", "will", "Is this a requirement, a recommendation or an option? The wording does not specify."),
    ],
)
def test_last_question_is_about_the_strength(sheet, strength, verb, last):
    words = f"The operator {verb} store logs."
    sheet.say(words, "4", strength=strength, proposes={"logging-retention": "store logs"})

    assert asked(sheet)[-1].startswith(last)


def test_question_does_not_take_a_word_before_a_noun_for_all_who_act(sheet):
    words = "All XTF accredited credentials shall provide means for revoking the credential."
    sheet.say(words, "4", proposes={"shut-off": "revoking the credential"})

    assert not any("all XTF" in question for question in asked(sheet))


def test_question_with_a_word_that_was_not_found_is_not_asked(sheet):
    sheet.say("Paint shall be kept.", "4", proposes={"logging-retention": "shall be kept"})

    assert asked(sheet) == ["Could this requirement be made optional, or limited to stated cases?"]


def test_actor_of_a_list_item_is_that_of_the_stem(sheet):
    stem = sheet.say("The registry shall:", "4")
    item = sheet.say("keep the log of visits", "4 a)", proposes={"logging-retention": "keep the log"})
    sheet.clauses[-1] = replace(item, stem=stem.span)
    context = Context(sheet.assessed(), load())

    found = slots(context, context.assessment.findings[0])

    assert {name: "".join(phrase.text for phrase in phrases) for name, phrases in found.items()} == {
        "actor": "the registry",
        "data": "the log",
        "named": "the log",
    }


def test_same_question_on_one_power_is_asked_once(sheet):
    for number in ("4", "5"):
        sheet.say("The operator shall store logs.", number, proposes={"logging-retention": "store logs"})

    assert len(asked(sheet)) == len(set(asked(sheet))) == 4


def test_no_more_findings_of_one_power_are_asked_about_than_anyone_will_put(sheet):
    for number in range(20):
        words = f"The keeper of room {number} shall store the log of room {number}."
        sheet.say(words, str(number), proposes={"logging-retention": "shall store"})
    context = Context(sheet.assessed(), load())

    assert len({one.finding for one in questions_of(context)}) <= CHOSEN


def test_thing_that_is_the_actor_is_named_once(sheet):
    sheet.say("The network shall hold.", "4", proposes={"fragmentation": "The network"})
    context = Context(sheet.assessed(), load())

    assert set(slots(context, context.assessment.findings[0])) == {"actor"}


def test_words_of_the_document_are_those_of_the_document(sheet):
    sheet.say("The Operator shall store the visit logs.", "4", proposes={"logging-retention": "store"})
    context = Context(sheet.assessed(), load())

    said = [phrase for question in questions_of(context) for phrase in question.phrases if phrase.span]

    assert said
    assert all(one.text.lower() == one.span.of(context.text).lower() for one in said)


@pytest.mark.parametrize("text", TEXTS)
def test_each_wording_names_a_word_and_ends_as_a_question(text):
    assert set(re.findall(r"\{(\w+)\}", text)) & {"actor", "data", "named"}
    assert text.endswith("?")
    assert not FORBIDDEN.search(text)


@pytest.mark.parametrize("text", [*TEXTS, *STRENGTHS])
def test_no_wording_has_a_verb_that_would_have_to_agree_with_its_words(text):
    assert not re.search(r"\b(is|are|was|were|does|do|has|have) (not )?\{", text)
    assert not re.search(r"(?<! of )(?<! to )(?<! use )\{\w+\} (is|are|was|has|have|does|do|[a-z]+[a-rt-z]s)\b", text)


def test_each_mechanism_has_three_wordings_with_one_for_either_word_alone():
    texts = {name: power.texts for name, power in wording().questions.items()}
    variants = {
        f"{mechanism.id}/{variant.id}" for mechanism in load().mechanisms.values() for variant in mechanism.variants
    }

    assert set(texts) == set(load().mechanisms) | variants
    for name, own in texts.items():
        alone = [set(re.findall(r"\{(\w+)\}", text)) - {"under"} for text in own]
        assert len(own) >= 3, name
        assert {"data"} in alone or {"named"} in alone, name
        assert {"actor"} in alone, name


def test_question_that_does_not_end_is_refused():
    with pytest.raises(ValueError, match="does not end"):
        Question("f", (Phrase("Who"),))


@pytest.mark.parametrize("left", ["is for further study", "is out of the scope of the present document"])
def test_sentence_that_leaves_the_matter_open_is_not_asked_for_its_strength(sheet, left):
    sheet.say(
        f"The mapping of the location {left}.", "4", strength="descriptive", proposes={"location-tracking": "location"}
    )

    assert (
        asked(sheet)[-1] == "What will be specified on this matter, in which document, and will it include safeguards?"
    )


@pytest.mark.parametrize("headings", [("1 Scope",), ("Annex A (informative): Roles", "A.1 Steps")])
def test_strength_is_not_asked_of_a_text_that_holds_no_rules(sheet, headings):
    sheet.say(
        "The operator stores the attachment records.",
        "1",
        headings,
        strength="descriptive",
        proposes={"logging-retention": "stores"},
    )

    assert asked(sheet)
    assert not [one for one in asked(sheet) if "a requirement, a recommendation or an option" in one]


def test_question_without_words_of_the_clause_is_asked_once_for_all_powers(sheet):
    for number, name in enumerate(("logging-retention", "remote-control"), 4):
        sheet.say("Paint shall be kept.", str(number), proposes={name: "shall be kept"})

    assert asked(sheet) == ["Could this requirement be made optional, or limited to stated cases?"]


def test_what_denies_something_is_not_asked_for_its_strength(sheet):
    words = "The subscriber is not informed of it."
    sheet.say(words, "4", strength="descriptive", proposes={"missing-remedy": "not informed"})

    assert asked(sheet) == []


@pytest.mark.parametrize(
    ("what", "offered"), [("the identity of the person", True), ("the data", False), ("all information", False)]
)
def test_answer_of_yes_or_no_is_asked_of_a_thing_with_a_name(sheet, what, offered):
    said = f"The operator shall forward {what} to the verifier."
    sheet.say(said, "4", proposes={"third-party-disclosure": f"forward {what}"})

    questions = asked(sheet)

    assert any("yes-or-no" in question for question in questions) is offered


def test_recipient_is_asked_for_less_data_where_nobody_verifies_an_attribute(sheet):
    words = "The operator shall forward the subscriber records to its partners."
    sheet.say(words, "4", proposes={"third-party-disclosure": "forward the subscriber records"})

    questions = asked(sheet)

    assert "Does the recipient need the subscriber records in full, or would fewer data be enough?" in questions
    assert not any("yes-or-no" in question for question in questions)


@pytest.mark.parametrize(
    ("what", "offered"),
    [
        ("the visit records", True),
        ("the logs", True),
        ("the events", False),
        ("the recording", False),
        ("the identity records", False),
        ("the logs of the subscriber", False),
    ],
)
def test_aggregate_data_are_asked_about_in_place_of_records_of_many_people(sheet, what, offered):
    sheet.say(f"The operator shall store {what}.", "4", proposes={"logging-retention": "shall store"})

    assert any("aggregate data" in question for question in asked(sheet)) is offered


def test_need_for_an_identity_alone_is_asked_as_that_for_a_verified_one(sheet):
    sheet.say("Users shall prove the identity.", "4", proposes={"identity-binding": "prove the identity"})

    assert asked(sheet)[0] == ("What is the need for a verified identity, and would a less revealing proof be enough?")


def test_person_whom_a_power_concerns_is_not_asked_about_as_if_holding_it(sheet):
    words = "Users shall sign with the credential."
    sheet.say(words, "4", proposes={"identity-binding": "sign with the credential"})

    assert asked(sheet) == [
        "What is the need for the credential, and would a less revealing proof be enough?",
        "Would a pseudonymous or rotating credential be sufficient in place of the credential?",
        "Could this requirement be made optional, or limited to stated cases?",
    ]


def test_further_clause_of_a_power_is_asked_something_else(sheet):
    for number, who in (("4", "gateway"), ("5", "node")):
        words = f"The {who} shall suspend the connection."
        sheet.say(words, number, proposes={"shut-off": "suspend the connection"})

    found = asked(sheet)

    assert found[0] == (
        "Which authority may require the gateway to suspend or disconnect the connection, "
        "on what grounds, "
        "after what check, and for how long?"
    )
    assert "How is a person disconnected by the node notified, and how is service restored?" in found
    assert not any(one.startswith("Which authority may require the node") for one in found)


def test_no_wording_is_asked_again_of_a_further_clause_with_other_words(sheet):
    for number, whose in (("4", "user"), ("5", "home"), ("6", "network")):
        words = f"The node shall suspend the {whose} connection."
        sheet.say(words, number, proposes={"shut-off": f"suspend the {whose} connection"})

    made = [re.sub("user|home|network", "", one) for one in asked(sheet)]

    assert len([one for one in made if one.startswith("Which authority may require")]) == 1
    assert len([one for one in made if one.startswith("Would emergency calls")]) == 1


LOOSE = re.compile(r"\w+(?: [\w']+){0,5} it\b")
"""A question that says "it" before it has named anything that it could be."""


@pytest.mark.parametrize("mechanism", load().mechanisms.values(), ids=lambda one: one.id)
def test_general_question_names_what_it_is_about(mechanism):
    assert [text for text in mechanism.questions if LOOSE.match(text)] == []


def test_withdrawal_of_a_credential_is_asked_other_things_than_a_cut(sheet):
    sheet.say("The issuer shall revoke the credential.", "4", proposes={"shut-off": "revoke the credential"})

    found = asked(sheet)

    assert found[0] == ("Who may require the issuer to withdraw the credential, on what grounds, and after what check?")
    assert not any("emergency" in one for one in found)


def test_sentence_that_begins_with_its_case_is_asked_about_the_case(sheet):
    words = "If a court asks, the operator shall store the log of visits."
    sheet.say(words, "4", proposes={"logging-retention": "store the log of visits"})

    assert asked(sheet)[-1] == "Is this condition defined narrowly enough, and who determines that it is met?"


@pytest.mark.parametrize(
    ("words", "beside"),
    [
        ("If used, the operator shall store the log of visits.", "It is blue."),
        ("The operator shall store the log of visits.", "The use of the function (VisF) is optional."),
    ],
)
def test_what_is_optional_is_not_asked_to_be_made_so(sheet, words, beside):
    sheet.say(beside, "4.1", ("4 Visits",))
    sheet.say(words, "4.2", ("4 Visits",), proposes={"logging-retention": "store the log of visits"})

    assert not any("be made optional" in one or "this condition" in one for one in asked(sheet))


def test_part_of_a_machine_is_not_asked_for_its_authorisation(sheet):
    words = "The mapping function shall deliver the location of the subscriber."
    sheet.say(words, "4", proposes={"lawful-access": "deliver", "location-tracking": "the location"})

    assert asked(sheet)
    assert not [one for one in asked(sheet) if "mapping function" in one and "be made optional" not in one]


def test_strength_is_not_asked_of_a_use_case(sheet):
    words = "In this use case the operator stores the log of visits."
    sheet.say(words, "4", strength="descriptive", proposes={"logging-retention": "stores the log of visits"})

    assert asked(sheet)
    assert not [one for one in asked(sheet) if "a requirement, a recommendation or an option" in one]


def test_strength_is_not_asked_of_an_item_where_the_words_before_the_list_say_that_it_can_be_done(sheet):
    stem = sheet.say("The keepers are able to:", "4.1", ("4 Logs",))
    words = "Store the log of visits for the operator"
    item = sheet.say(
        words, "4.1", ("4 Logs",), strength="descriptive", proposes={"logging-retention": "Store the log of visits"}
    )
    sheet.clauses[-1] = replace(item, stem=stem.span)

    assert asked(sheet)
    assert not [one for one in asked(sheet) if "a requirement, a recommendation or an option" in one]


def test_what_should_be_possible_is_not_asked_to_be_left_out(sheet):
    words = "It should be possible to store the log of visits."
    sheet.say(words, "4", strength="should", proposes={"logging-retention": "store the log of visits"})

    assert asked(sheet)
    assert not any("left to those" in one or "left to the discretion" in one for one in asked(sheet))


def test_whether_a_shut_off_is_required_is_not_asked(sheet):
    words = "The subscriber is cut off"
    sheet.say(f"{words}.", "4", strength="descriptive", proposes={"shut-off": words})

    assert not any("a requirement, a recommendation or an option" in one for one in asked(sheet))


@pytest.mark.parametrize(("receiver", "fits"), [("the agency", True), ("the packing function", False)])
def test_access_is_not_asked_of_what_goes_from_one_part_of_a_machine_to_another(sheet, receiver, fits):
    words = f"The node shall deliver the records to {receiver}."
    sheet.say(words, "4", proposes={"lawful-access": "deliver the records"})

    assert any("recorded in a log that neither" in one for one in asked(sheet)) is fits


@pytest.mark.parametrize(("words", "fits"), [("an own address format", True), ("gateways of two networks", False)])
def test_what_a_protocol_lacks_is_asked_where_a_protocol_is_at_stake(sheet, words, fits):
    sheet.say(f"The island shall have {words}.", "4", proposes={"fragmentation": words})

    assert any("existing protocols" in one for one in asked(sheet)) is fits


def test_the_main_question_does_not_name_its_clause_which_reports_name_beside_it(sheet):
    words = "The gateway shall suspend the connection."
    sheet.say(words, "4.2", proposes={"shut-off": "suspend the connection"})

    assert asked(sheet)[0] == (
        "Which authority may require the gateway to suspend or disconnect the connection, on what grounds, "
        "after what check, and for how long?"
    )


def test_thing_that_is_surely_not_what_the_act_is_done_to_is_not_named(sheet):
    words = "A device supporting the recording service shall keep these messages."
    sheet.say(words, "4", proposes={"logging-retention": "keep"})

    assert asked(sheet)
    assert not any("recording" in one for one in asked(sheet))


@pytest.mark.parametrize(
    ("words", "label", "evidence", "wrong"),
    [
        ("The carrier shall publish the address space", "third-party-disclosure", "publish the address", "the address"),
        (
            "The node shall block a link within the domain",
            "content-blocking",
            "block a link within the domain",
            "domain",
        ),
        (
            "A 'trip-info' element consists of location information",
            "location-tracking",
            "location information",
            "trip-info' element",
        ),
        ("The Customer Data Platform shall keep a file", "logging-retention", "keep a file", "the Customer Data "),
        ("The node is used for communication with the agency", "lawful-access", "communication", "communication"),
    ],
)
def test_words_that_are_not_what_the_power_acts_on_are_not_named(sheet, words, label, evidence, wrong):
    sheet.say(f"{words}.", "4", proposes={label: evidence})

    named = [
        phrase.text for one in questions_of(Context(sheet.assessed(), load())) for phrase in one.phrases if phrase.span
    ]
    assert wrong.removeprefix("the ").strip() not in named


def test_who_only_asks_for_data_is_not_asked_on_what_basis_it_discloses_them(sheet):
    sheet.say(
        "The partner server requests the identity records of the subscriber from the operator.",
        "4",
        proposes={"third-party-disclosure": "identity records"},
    )

    assert not any("partner server" in question for question in asked(sheet))
