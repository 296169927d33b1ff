"""Pairs of clauses that do not go together, both quoted."""

from impact.advise.detectors import detected
from impact.advise.tensions import tensions_of
from impact.taxonomy import load

FORWARD = ("8 Forwarding",)


def pairs(sheet):
    assessment = sheet.assessed()
    found = tensions_of(assessment, detected(assessment), load())
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
        "An alias should be used.", "8.1", FORWARD, strength="should", proposes={"pseudonymity": "alias should be used"}
    )
    power = sheet.say("The name shall be bound.", "8.2", FORWARD, proposes={"identity-binding": "shall be bound"})

    assert pairs(sheet) == [("weaker", "4.15", guard.id, power.id)]


def test_protection_that_is_required_too_is_not_weaker(sheet):
    sheet.say("An alias shall be used.", "8.1", FORWARD, proposes={"pseudonymity": "alias shall be used"})
    sheet.say("The name shall be bound.", "8.2", FORWARD, proposes={"identity-binding": "shall be bound"})

    assert pairs(sheet) == []


def test_doubtful_finding_is_set_against_nothing(sheet):
    sheet.say("Records of attachment shall be deleted.", "1", proposes={"retention-limits": "shall be deleted"})
    sheet.say(
        "Records of attachment shall be kept.", "9", proposes={"logging-retention": "shall be kept"}, doubtful=True
    )

    assert pairs(sheet) == []


def test_protection_that_binds_in_one_clause_and_is_weak_in_another_is_uneven(sheet):
    firm = sheet.say("The venue must have unfiltered access.", "2.1")
    weak = sheet.say("Hotels should have unfiltered access.", "3.3", strength="should")

    assert pairs(sheet) == [("uneven", "4.16", firm.id, weak.id)]


def test_protections_that_share_no_word_are_not_uneven(sheet):
    sheet.say("The venue must have unfiltered access.", "2.1")
    sheet.say("Uncensored pages should be served.", "3.3", strength="should")

    assert pairs(sheet) == []


def test_clauses_of_one_number_are_read_together(sheet):
    sheet.say("The venue must have unfiltered access.", "2.1")
    sheet.say("Hotels should have unfiltered access.", "2.1", strength="should")

    assert pairs(sheet) == []
