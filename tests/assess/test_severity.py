"""The level rule and what moves a triple."""

from itertools import product

import pytest
from hypothesis import strategies as st

from impact.assess.severity import judge, level_of
from impact.records import Level, Strength

NUMBER = st.integers(1, 5)


@pytest.mark.parametrize(
    ("triple", "level", "key"),
    [
        ((5, 1, 1), Level.HIGH, "scale"),
        ((1, 1, 5), Level.HIGH, "irremediability"),
        ((4, 4, 4), Level.HIGH, "all"),
        ((4, 5, 3), Level.MEDIUM, "two"),
        ((1, 5, 3), Level.MEDIUM, "two"),
        ((2, 5, 2), Level.LOW, "low"),
        ((1, 1, 1), Level.LOW, "low"),
    ],
)
def test_level_follows_the_rule(taxonomy, triple, level, key):
    assert level_of(*triple, taxonomy.severity) == (level, key)


def test_level_never_falls_when_a_number_rises(taxonomy):
    rule = taxonomy.severity
    for triple in product(range(1, 6), repeat=3):
        for position in range(3):
            higher = tuple(min(5, number + (place == position)) for place, number in enumerate(triple))
            assert level_of(*higher, rule)[0] >= level_of(*triple, rule)[0]


def test_may_lowers_scope_by_one_and_says_so(taxonomy):
    severity = judge(taxonomy.mechanisms["naming"], Strength.MAY, (), taxonomy.severity)

    assert (severity.scale, severity.scope, severity.irremediability) == (4, 4, 4)
    assert "Permits only: scope 4, not 5." in severity.reason


def test_should_and_descriptive_leave_the_scope(taxonomy):
    for strength in (Strength.SHOULD, Strength.DESCRIPTIVE, Strength.MUST):
        assert judge(taxonomy.mechanisms["naming"], strength, (), taxonomy.severity).scope == 5


def test_a_safeguard_lowers_irremediability_by_one_however_many_there_are(taxonomy):
    one = judge(taxonomy.mechanisms["naming"], Strength.MUST, ["Review"], taxonomy.severity)
    three = judge(taxonomy.mechanisms["naming"], Strength.MUST, ["Review", "TLS", "Notice"], taxonomy.severity)

    assert one.irremediability == three.irremediability == 3
    assert one.level is Level.MEDIUM
    assert "Provides review; TLS; and notice: irremediability 3, not 4." in three.reason


def test_reason_names_the_numbers_and_their_source(taxonomy):
    reason = judge(taxonomy.mechanisms["cutting"], Strength.MUST, (), taxonomy.severity).reason

    assert reason.startswith("Default rating: scale 3, scope 4, irremediability 3. cutting reaches everyone.")
    assert "Source of this rating: project judgment." in reason
    assert reason.endswith("Medium by two of 3, 4, 3.")


@pytest.mark.parametrize(
    ("words", "level"),
    [
        ("The issuer shall revoke the credential of a member.", Level.MEDIUM),
        ("An issuer adds the card to the revocation list.", Level.MEDIUM),
        ("A moderator may ban a user from the room.", Level.MEDIUM),
        ("An authority may order that moderators ban a user from the room.", Level.HIGH),
        ("The issuer shall close the account of a member.", Level.MEDIUM),
        ("The operator shall close the account and bar all calls of the member.", Level.HIGH),
        ("The operator shall cut the member off.", Level.HIGH),
    ],
)
def test_taking_a_credential_or_a_place_in_a_room_is_less_grave_than_cutting_a_connection(sheet, words, level):
    sheet.say(words, "4", proposes={"shut-off": words})

    [judged] = sheet.assessed().findings

    assert judged.severity.level is level
    assert ("calls for help" in judged.severity.reason) is (level is Level.HIGH)


def test_nobody_misses_emergency_calls_where_only_a_credential_is_taken(sheet):
    sheet.say("The issuer shall revoke the credential.", "4", proposes={"shut-off": "revoke the credential"})

    absent = {silence.safeguard for silence in sheet.assessed().silences}

    assert "continuity" not in absent
    assert {"redress", "transparency"} <= absent


def test_emergency_calls_are_missed_where_one_clause_of_several_cuts_a_connection(sheet):
    sheet.say("The issuer shall revoke the credential.", "4", proposes={"shut-off": "revoke the credential"})
    sheet.say("The operator shall cut the line.", "5", proposes={"shut-off": "cut the line"})

    assert "continuity" in {silence.safeguard for silence in sheet.assessed().silences}


@pytest.mark.parametrize("safeguard", ["minimisation", "transparency", "redress", "retention-limits"])
def test_access_by_authorities_lacks_the_limits_that_human_rights_bodies_ask_of_it(sheet, safeguard):
    sheet.say("Messages shall be handed over to the police.", "4", proposes={"lawful-access": "handed over"})

    assert safeguard in {silence.safeguard for silence in sheet.assessed().silences}


@pytest.mark.parametrize(
    ("words", "level"),
    [
        ("The application shall tell the user where they are.", Level.LOW),
        ("The position is calculated on the user's own device and does not leave it.", Level.LOW),
        ("The list of visited places shall be shown to its holder.", Level.LOW),
        ("The position of the user shall be reported to the operator.", Level.HIGH),
        ("The application shall tell the user where they are and report it to the service.", Level.HIGH),
        ("The position shall be recorded without being shown to the user.", Level.HIGH),
        ("The door stations tell residents apart as they approach.", Level.HIGH),
    ],
)
def test_a_position_that_goes_to_the_person_alone_is_less_grave_than_one_that_others_receive(sheet, words, level):
    sheet.say(words, "4", proposes={"location-tracking": words})

    assert [rated.severity.level for rated in sheet.assessed().findings] == [level]
