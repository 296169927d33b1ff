"""What the text says already is not asked again."""

import re

import pytest

from impact.advise.context import Context
from impact.advise.question_library import wording
from impact.advise.questions.questions import questions_of
from impact.taxonomy import load

STATED = wording().in_clause
CUT = "The node shall disconnect the subscriber."


def asked(sheet):
    return [one.text for one in questions_of(Context(sheet.assessed(), load()))]


@pytest.mark.parametrize(
    ("mechanism", "words", "evidence", "first"),
    [
        (
            "logging-retention",
            "The operator shall store the logs for a period of two years.",
            "store the logs",
            ("What need justifies a retention period of two years, and would a shorter period be sufficient?"),
        ),
        (
            "persistent-identifiers",
            "The address of a device shall not change.",
            "shall not change",
            ("Why should the address of a device remain the same instead of differing from one service to another?"),
        ),
        (
            "shut-off",
            "The operator may suspend the subscriber.",
            "suspend the subscriber",
            (
                "On what grounds may the operator have the subscriber suspended or disconnected, "
                "after what check, and for how long?"
            ),
        ),
        (
            "traffic-discrimination",
            "The node may slow traffic that is not on the list of partners.",
            "slow traffic",
            (
                "Who decides on the content of the list of partners, by which criterion, and is it neutral as to "
                "content, source and destination?"
            ),
        ),
        (
            "content-blocking",
            "The node shall block each site on the list of the media authority.",
            "block each site",
            ("What may the media authority add to the list, on what legal basis, and who reviews the entries?"),
        ),
    ],
)
def test_what_a_clause_says_is_not_asked_but_its_reason(sheet, mechanism, words, evidence, first):
    sheet.say(words, "4", proposes={mechanism: evidence})

    assert asked(sheet)[0] == first


def test_what_a_clause_says_takes_the_open_question_away(sheet):
    sheet.say("The operator shall store the logs for two years.", "4", proposes={"logging-retention": "store the logs"})

    assert not any("maximum period" in one for one in asked(sheet))


def test_who_holds_a_power_may_stand_in_another_clause_of_it(sheet):
    head = ("8 Cut-off",)
    sheet.say(CUT, "8.1", head, proposes={"shut-off": "disconnect"})
    sheet.say("The ministry can cut off a line.", "8.2", head, proposes={"shut-off": "cut off"})

    assert not any("Which authority may require" in one for one in asked(sheet))


def test_who_holds_a_power_is_asked_where_no_clause_says_it(sheet):
    sheet.say(CUT, "8.1", proposes={"shut-off": "disconnect"})

    assert any(
        "Which authority may require the node to suspend or disconnect the subscriber" in one for one in asked(sheet)
    )


def test_how_a_person_learns_is_not_asked_where_a_clause_beside_denies_it(sheet):
    head = ("8 Cut-off",)
    denial = "The subscriber is not told of the reason, and nobody is heard."
    sheet.say(CUT, "8.1", head, proposes={"shut-off": "disconnect"})
    sheet.say("The node shall stop the line.", "8.2", head, proposes={"shut-off": "stop the line"})
    sheet.say(denial, "8.3", head, strength="descriptive", proposes={"missing-remedy": denial})

    questions = asked(sheet)

    assert "Why is the person not told of the reason (clause 8.3), and how can service be restored?" in questions
    assert not any("disconnected by" in question or "learn of the measure" in question for question in questions)


@pytest.mark.parametrize("answer", STATED, ids=lambda answer: answer.mechanism)
def test_each_entry_takes_questions_away_that_are_asked(answer):
    texts = wording().questions[answer.mechanism].texts

    assert set(answer.instead) <= set(texts)


@pytest.mark.parametrize("answer", STATED, ids=lambda answer: answer.mechanism)
def test_each_question_of_an_entry_names_words_that_can_be_found(answer):
    groups = {name for where in answer.where for name in re.findall(r"\?P<(\w+)>", where)}

    assert all(
        set(re.findall(r"\{(\w+)\}", text)) <= groups | {"actor", "data", "named", "place", "under"}
        for text in answer.texts
    )
    assert all(text.endswith("?") for text in answer.texts)


def test_denied_appeal_is_asked_for_its_reason(sheet):
    words = "The order of the operator is not subject to appeal."
    sheet.say(words, "4", proposes={"missing-remedy": "not subject to appeal"})

    assert asked(sheet)[0].startswith(
        "Why is the order of the operator not subject to appeal, and which body may set it aside?"
    )


def test_precision_that_a_clause_keeps_is_asked_for_its_reason(sheet):
    words = "The gateway shall deliver the location of the subscriber without changing it."
    sheet.say(words, "4", proposes={"location-tracking": "the location"})

    questions = asked(sheet)

    assert (
        "Why must the precision of the location of the subscriber be maintained, and "
        "would a lower precision be sufficient for the purpose?"
    ) in questions
    assert not any(question.startswith("How precise") for question in questions)


@pytest.mark.parametrize("answer", STATED, ids=lambda answer: answer.mechanism)
def test_each_general_question_that_an_entry_settles_is_one_of_its_mechanism(answer):
    assert set(answer.settles) <= set(load().mechanisms[answer.mechanism].questions)


def test_what_another_power_answers_is_not_asked_at_a_further_clause(sheet):
    denial = "The subscriber is not told of the reason."
    sheet.say(CUT, "8.1", ("8 Cut-off",), proposes={"shut-off": "disconnect"})
    sheet.say(denial, "8.2", ("8 Cut-off",), strength="descriptive", proposes={"missing-remedy": denial})
    for number in ("9.1", "9.2", "9.3"):
        words = "The center shall cut off the line."
        sheet.say(words, number, ("9 Trust",), proposes={"shut-off": "cut off the line"})

    questions = asked(sheet)

    assert any("not told of the reason" in question for question in questions)
    assert not any("disconnected by" in question or "learn of the measure" in question for question in questions)


@pytest.mark.parametrize(
    ("words", "mechanism", "evidence", "start"),
    [
        (
            "The node shall store what it read.",
            "logging-retention",
            "store",
            "Why should the results of inspecting the payload be",
        ),
        (
            "The node may slow a flow.",
            "traffic-discrimination",
            "slow a flow",
            "Why should the results of inspecting the payload det",
        ),
    ],
)
def test_use_of_what_is_inspected_is_asked_for_its_reason_where_a_clause_beside_says_it(
    sheet, words, mechanism, evidence, start
):
    head = ("7 Flows",)
    sheet.say(
        "The node shall inspect the payload.", "7.1", head, proposes={"traffic-inspection": "inspect the payload"}
    )
    sheet.say(words, "7.2", head, proposes={mechanism: evidence})

    questions = asked(sheet)

    assert any(question.startswith(start) for question in questions)
    assert not any(question.startswith("Are the results of inspecting") for question in questions)


def test_what_stands_beside_a_position_is_asked_for_its_reason(sheet):
    words = "The node should report the position with any additional information."
    sheet.say(words, "4", strength="should", proposes={"location-tracking": "report the position"})

    assert "Why should information in addition to the position be reported, and who needs it?" in asked(sheet)


@pytest.mark.parametrize(
    ("words", "open_ones"),
    [
        ("The clerk shall store the passport number.", True),
        ("The clerk shall check the travel credential.", False),
        ("The guardian shall show the credential.", False),
    ],
)
def test_no_credential_without_a_name_is_asked_for_where_the_name_is_the_point(sheet, words, open_ones):
    sheet.say(words, "4", proposes={"identity-binding": words.split("shall ")[1].rstrip(".")})

    assert any("pseudonymous" in one for one in asked(sheet)) is open_ones


def test_whoever_is_shown_a_licence_to_drive_is_asked_what_else_they_learn(sheet):
    sheet.say("The officer verifies it.", "3")
    words = "The visitor shows the Driving Licence"
    sheet.say(f"{words}.", "4", strength="descriptive", proposes={"identity-binding": words})

    shown = (
        "What else could the verifying party learn from the Driving Licence, and could a single attribute be "
        "disclosed instead?"
    )
    assert asked(sheet)[0] == shown


def test_whoever_acts_for_another_is_asked_for_the_word_of_that_person(sheet):
    words = "The office may issue a pass of a person to a chosen guardian"
    sheet.say(f"{words}.", "4", strength="may", proposes={"identity-binding": words})

    heard = "How is the person for whom a chosen guardian may act"
    assert asked(sheet)[0] == f"{heard} heard, and how can they review and end what is done in their name?"


def test_a_list_is_asked_how_its_entries_are_contested(sheet):
    words = "The node shall block each site on a list of names"
    sheet.say(f"{words}.", "4", proposes={"content-blocking": "block each site"})

    assert "How can entries in a list be contested, reviewed and removed?" in asked(sheet)


def test_whose_packets_are_read_is_not_asked_where_the_clause_says_it(sheet):
    sheet.say(
        "The node shall read the user's packets.", "4", proposes={"traffic-inspection": "read the user's packets"}
    )

    (settled,) = {settle for question in questions_of(Context(sheet.assessed(), load())) for settle in question.settles}

    assert settled in load().mechanisms["traffic-inspection"].questions
    assert "end points that the operator itself owns" in settled


def shown_licence(sheet, *firm):
    for name in firm:
        sheet.say("Only what is needed is shown, as the person agrees.", "2", proposes={name: "Only what is needed"})
    words = "The officer shall check the driving licence of the person."
    sheet.say(words, "4", proposes={"identity-binding": "check the driving licence"})
    return asked(sheet)


def test_what_safeguards_of_the_text_answer_is_asked_only_whether_they_hold_here(sheet):
    questions = shown_licence(sheet, "minimisation", "user-control")

    assert questions[0].startswith("Do the provisions on data minimization and on user consent and control also cover")
    assert not any("could a single attribute" in question or "see and refuse" in question for question in questions)


def test_what_one_safeguard_leaves_open_is_still_asked(sheet):
    questions = shown_licence(sheet, "minimisation")

    assert any("see and refuse" in question for question in questions)
    assert not any("could a single attribute" in question for question in questions)


def test_general_question_that_a_safeguard_of_the_text_answers_is_settled_at_each_clause(sheet):
    sheet.say("People may use a pseudonym.", "2", proposes={"pseudonymity": "use a pseudonym"})
    sheet.say("The node shall bind the name.", "4", proposes={"identity-binding": "bind the name"})

    questions = questions_of(Context(sheet.assessed(), load()))

    assert questions
    assert all("Can the function work with an anonymous" in " ".join(question.settles) for question in questions)


def test_clause_beside_by_which_a_question_is_asked_is_named_in_it(sheet):
    head = ("7 Reading",)
    sheet.say(
        "The node shall inspect the payload.", "7.1", head, proposes={"traffic-inspection": "inspect the payload"}
    )
    sheet.say("Flows shall be stored.", "7.4", head, proposes={"logging-retention": "shall be stored"})

    assert any("be retained (clause 7.4), and" in one for one in asked(sheet))


def test_emergency_calls_are_asked_for_as_left_out_where_all_is_cut_off(sheet):
    words = "The node shall cut off the subscriber from all services."
    sheet.say(words, "8", proposes={"shut-off": "cut off the subscriber"})
    sheet.say("The node shall suspend the account.", "9", proposes={"shut-off": "suspend the account"})

    questions = asked(sheet)

    assert any(
        question.startswith("Why are emergency calls and other essential communications not exempt")
        for question in questions
    )
    assert not any(question.startswith("Would emergency calls") for question in questions)


def test_who_runs_the_gateway_is_not_asked_where_a_clause_says_it(sheet):
    sheet.say("Hosts are reached by a gateway only.", "4", proposes={"fragmentation": "by a gateway only"})
    words = "Traffic shall pass the gateway, which is run by the ministry."
    sheet.say(words, "9", proposes={"central-control": "shall pass the gateway"})

    questions = questions_of(Context(sheet.assessed(), load()))

    assert all("Who operates the gateway, and on what terms?" in question.settles for question in questions)


@pytest.mark.parametrize("answer", wording().anywhere, ids=str)
def test_each_entry_of_what_the_text_answers_names_questions_that_are_asked(answer):
    texts = {text for group in (*wording().questions.values(), *STATED) for text in group.texts}
    general = {text for mechanism in load().mechanisms.values() for text in mechanism.questions}

    assert set(answer.instead) <= texts
    assert set(answer.settles) <= general
    assert set(answer.safeguards) <= load().safeguards.keys()


@pytest.mark.parametrize(("more", "asks"), [(0, True), (2, False)])
def test_whoever_is_intercepted_is_not_asked_for_as_one_who_sees_it(sheet, more, asks):
    words = "The gateway shall report the location of the subscriber."
    sheet.say(words, "4", proposes={"location-tracking": "report the location"})
    for number in range(more):
        sheet.say("The node shall deliver the calls.", f"5.{number}", proposes={"lawful-access": "deliver the calls"})

    questions = [one for one in questions_of(Context(sheet.assessed(), load())) if "location" in one.text]

    settled = "Is the person informed when, and to whom, their position is reported?"
    assert all((settled not in question.settles) is asks for question in questions)
    assert questions


def test_how_people_are_reached_is_not_asked_of_a_clause_that_says_it(sheet):
    words = "Hosts of one network are not reachable from the Internet unless the gateway permits it."
    sheet.say(words, "4", proposes={"fragmentation": "not reachable from the Internet"})

    questions = asked(sheet)

    assert "Why must communication with the Internet pass through a gateway?" in questions
    assert not any("how can they be reached from it" in question for question in questions)


def test_what_an_answer_leaves_to_ask_is_asked_of_the_clause_that_has_its_words(sheet):
    words = "The address format is not compatible with IPv6."
    sheet.say(words, "3", proposes={"fragmentation": "not compatible with IPv6"})
    words = "Hosts of one network are not reachable from the Internet unless the gateway permits it."
    barred = sheet.say(words, "4", proposes={"fragmentation": "not reachable from the Internet"})

    found = questions_of(Context(sheet.assessed(), load()))

    assert [one.finding for one in found if "pass through a gateway" in one.text] == [f"{barred.id}:fragmentation"]


ROOM = "The holder may remove a participant from the room"
LINE = "The operator may remove a participant from the network"


@pytest.mark.parametrize(("words", "called"), [(ROOM, False), (LINE, True)])
def test_authorities_and_emergency_calls_are_asked_about_only_where_the_text_has_networks_or_authorities(
    sheet, words, called
):
    sheet.say(f"{words}.", "4", strength="may", proposes={"shut-off": words})

    questions = questions_of(Context(sheet.assessed(), load()))
    settled = {settle for question in questions for settle in question.settles}

    assert ("Are emergency calls and other essential services exempt?" in settled) is not called
    assert any(question.text.startswith("Who may exclude or remove a person") for question in questions) is not called


def test_verifying_party_is_asked_about_only_where_the_text_has_a_verification(sheet):
    words = "The visitor shows the Driving Licence"
    sheet.say(f"{words}.", "4", strength="descriptive", proposes={"identity-binding": words})

    assert any(question.startswith("Which details of the Driving Licence are recorded") for question in asked(sheet))
    assert not any("verifying party" in question for question in asked(sheet))
