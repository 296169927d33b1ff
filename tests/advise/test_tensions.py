"""Pairs of clauses that do not go together, both quoted."""

import pytest

from impact.advise import advise
from impact.advise.context import Context
from impact.advise.tensions.pairs import tensions_of
from impact.taxonomy import load

FORWARD = ("8 Forwarding",)


def pairs(sheet):
    assessment = sheet.assessed()
    found = tensions_of(Context(assessment, load()))
    return [(one.kind, one.guideline, one.first.clause, one.second.clause) for one in found]


def test_clause_that_bans_what_another_requires_is_set_against_it(sheet):
    ban = sheet.say("The gateway must not inspect the payload of subscribers.", "1", context=("traffic-inspection",))
    done = sheet.say(
        "The gateway shall inspect the payload of each packet.",
        "2",
        proposes={"traffic-inspection": "inspect the payload"},
    )

    assert pairs(sheet) == [("ban", "4.1", ban.id, done.id)]


def test_mention_that_is_no_ban_is_not_set_against_a_finding(sheet):
    sheet.say("The gateway might inspect the payload of subscribers.", "1", context=("traffic-inspection",))
    sheet.say(
        "The gateway shall inspect the payload of each packet.",
        "2",
        proposes={"traffic-inspection": "inspect the payload"},
    )

    assert pairs(sheet) == []


def test_safeguard_and_power_for_the_same_thing_are_set_against_each_other(sheet):
    guard = sheet.say("Records of attachment shall be deleted.", "1", proposes={"retention-limits": "shall be deleted"})
    power = sheet.say("Records of attachment shall be kept.", "9", proposes={"logging-retention": "shall be kept"})

    assert pairs(sheet) == [("counter", "4.14", guard.id, power.id)]


def test_safeguard_and_power_for_different_things_are_not(sheet):
    sheet.say("Cookies shall be deleted.", "1", proposes={"retention-limits": "shall be deleted"})
    sheet.say("Invoices shall be kept.", "9", proposes={"logging-retention": "shall be kept"})

    assert pairs(sheet) == []


def test_statement_that_there_are_no_personal_data_is_set_against_a_clause_that_has_them(sheet):
    said = sheet.say("No personal data are processed.", "5", strength="descriptive")
    power = sheet.say("Names shall be collected.", "6", proposes={"sensitive-collection": "shall be collected"})

    assert pairs(sheet) == [("claim", "4.14", said.id, power.id)]


def test_statement_alone_is_no_tension(sheet):
    sheet.say("No personal data are processed.", "5", strength="descriptive")

    assert pairs(sheet) == []


def test_protection_only_recommended_beside_a_power_that_is_required_is_weaker(sheet):
    guard = sheet.say(
        "An alias of the sender should be shown.",
        "8.1",
        FORWARD,
        strength="should",
        proposes={"pseudonymity": "alias of the sender should be shown"},
    )
    power = sheet.say(
        "The name of the sender shall be shown.", "8.2", FORWARD, proposes={"identity-binding": "shall be shown"}
    )

    assert pairs(sheet) == [("weaker", "4.15", guard.id, power.id)]


def test_protection_of_another_thing_in_the_section_is_not_weaker(sheet):
    sheet.say(
        "An alias should be used.", "8.1", FORWARD, strength="should", proposes={"pseudonymity": "alias should be used"}
    )
    sheet.say("The name shall be bound.", "8.2", FORWARD, proposes={"identity-binding": "shall be bound"})

    assert pairs(sheet) == []


def test_protection_that_is_required_too_is_not_weaker(sheet):
    sheet.say("An alias shall be used.", "8.1", FORWARD, proposes={"pseudonymity": "alias shall be used"})
    sheet.say("The name shall be bound.", "8.2", FORWARD, proposes={"identity-binding": "shall be bound"})

    assert pairs(sheet) == []


def test_doubtful_finding_is_set_against_nothing(sheet):
    sheet.say("Records of attachment shall be deleted.", "1", proposes={"retention-limits": "shall be deleted"})
    sheet.say(
        "Records of attachment shall be kept.", "9", proposes={"logging-retention": "shall be kept"}, doubtful=True
    )

    assert advise(sheet.assessed(), load()).tensions == ()


def test_protection_that_binds_in_one_clause_and_is_weak_in_another_is_uneven(sheet):
    firm = sheet.say("The venue must have unfiltered access.", "2.1")
    weak = sheet.say("Hotels should have unfiltered access.", "3.3", strength="should")

    assert pairs(sheet) == [("uneven", "4.16", firm.id, weak.id)]


def test_example_of_a_protection_is_not_uneven(sheet):
    sheet.say("The venue must have unfiltered access.", "2.1")
    sheet.say("For example, hotels should have unfiltered access.", "3.3", strength="should")

    assert pairs(sheet) == []


def test_protections_that_share_no_word_are_not_uneven(sheet):
    sheet.say("The venue must have unfiltered access.", "2.1")
    sheet.say("Uncensored pages should be served.", "3.3", strength="should")

    assert pairs(sheet) == []


def test_clauses_of_one_number_are_read_together(sheet):
    sheet.say("The venue must have unfiltered access.", "2.1")
    sheet.say("Hotels should have unfiltered access.", "2.1", strength="should")

    assert pairs(sheet) == []


def test_ban_on_another_act_is_not_set_against_a_finding(sheet):
    sheet.say("The gateway must not delay the payload of subscribers.", "1", context=("traffic-inspection",))
    sheet.say(
        "The gateway shall inspect the payload of subscribers.",
        "2",
        proposes={"traffic-inspection": "inspect the payload"},
    )

    assert pairs(sheet) == []


def test_power_on_a_condition_is_set_against_no_safeguard(sheet):
    sheet.say("Records of attachment shall be deleted.", "1", proposes={"retention-limits": "shall be deleted"})
    sheet.say(
        "Records of attachment shall be kept if a judge says so.", "9", proposes={"logging-retention": "shall be kept"}
    )

    assert pairs(sheet) == []


def test_statement_about_one_case_is_no_claim(sheet):
    sheet.say("No personal data are processed if the switch is off.", "5", strength="descriptive")
    sheet.say("Names shall be collected.", "6", proposes={"sensitive-collection": "shall be collected"})

    assert pairs(sheet) == []


def test_protection_that_binds_on_a_condition_is_not_uneven(sheet):
    sheet.say("The venue must have unfiltered access if the law allows it.", "2.1")
    sheet.say("Hotels should have unfiltered access.", "3.3", strength="should")

    assert pairs(sheet) == []


@pytest.mark.parametrize(
    ("guideline", "first", "second"),
    [
        (
            "4.17",
            "The community can comment on the site before it is chosen.",
            "The board informs the community once the site is chosen.",
        ),
        (
            "4.17",
            "The lamp asks the user to confirm an update of its program.",
            "The lamp installs an update of its program without user interaction.",
        ),
        ("4.12", "The capsule may contain medical records of the patient.", "Encryption of the capsule is optional."),
        (
            "4.1",
            "Messages must not be read by intermediaries.",
            "The network can identify traffic types by the length of messages.",
        ),
        ("4.21", "The card is issued free of charge.", "Issuers may charge a fee for a card that was lost."),
        (
            "4.14",
            "The provider returns the result of the check to the operator.",
            "On request the operator shall disclose the identity of the buyer.",
        ),
    ],
)
def test_sides_about_the_same_thing_are_set_against_each_other(sheet, guideline, first, second):
    one = sheet.say(first, "2", strength="descriptive")
    other = sheet.say(second, "7", strength="descriptive")

    assert pairs(sheet) == [("counter", guideline, one.id, other.id)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("The lamp asks the user to confirm an update of its program.", "The clock strikes without user interaction."),
        ("The capsule may contain medical records of the patient.", "Encryption of backups is optional."),
        ("The card is issued free of charge.", "Issuers may charge a fee for paper."),
        (
            "The provider returns the result of the check to the operator.",
            "The issuer shall disclose the identity of the buyer.",
        ),
    ],
)
def test_sides_about_different_things_are_not(sheet, first, second):
    sheet.say(first, "2", strength="descriptive")
    sheet.say(second, "7", strength="descriptive")

    assert pairs(sheet) == []


def test_head_of_a_section_that_lets_its_criteria_be_traded_is_set_against_a_protection_in_it(sheet):
    head = sheet.say("These criteria can be traded off against others.", "3.2", ("3.2 Criteria",))
    guard = sheet.say("The room is reachable by wheelchair.", "3.2.4", ("3.2.4 Rooms",), strength="descriptive")

    assert pairs(sheet) == [("counter", "4.9", guard.id, head.id)]


def test_criteria_of_another_section_may_be_traded(sheet):
    sheet.say("These criteria can be traded off against others.", "3.2", ("3.2 Criteria",))
    sheet.say("The room is reachable by wheelchair.", "4.2.4", ("4.2.4 Rooms",), strength="descriptive")

    assert pairs(sheet) == []


def test_aim_is_set_against_what_is_no_aim_about_the_same(sheet):
    aim = sheet.say("Avoid towns with unjust laws.", "2.1", ("2.1 Core Values",), strength="descriptive")
    none = sheet.say("Judging the laws of towns.", "2.2", ("2.2 Non-objectives",), strength="descriptive")

    assert pairs(sheet) == [("nongoal", "4.21", aim.id, none.id)]


def test_what_is_no_aim_about_something_else_is_left_alone(sheet):
    sheet.say("Avoid towns with unjust laws.", "2.1", ("2.1 Core Values",), strength="descriptive")
    sheet.say("Seeing the sights.", "2.2", ("2.2 Non-objectives",), strength="descriptive")

    assert pairs(sheet) == []


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("How to perform key recovery is left for future work.", True),
        ("This version of the protocol does not define key recovery.", True),
        ("The sender of a packet does not define key recovery.", False),
        ("How to print pages is left for future work.", False),
    ],
)
def test_title_is_set_against_a_clause_that_leaves_it_to_later_work(sheet, words, found):
    first = sheet.say("Lost devices are common.", "5", ("5 Key Recovery",), strength="descriptive")
    later = sheet.say(words, "9", ("9 Outlook",), strength="descriptive")

    assert pairs(sheet) == ([("unfilled", "4.9", first.id, later.id)] if found else [])
