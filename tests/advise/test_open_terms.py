"""Words that leave a power open."""

import pytest

from impact.advise.context import Context
from impact.advise.openness.library import hedges, weak_words
from impact.advise.openness.open_terms import open_terms_of
from impact.taxonomy import load

LOG = {"logging-retention": "shall be logged"}
SECTION = ("4 Records",)


def loose(sheet, kind):
    return [one for one in open_terms_of(Context(sheet.assessed(), load())) if one.kind == kind]


def words(sheet, one):
    return [span.of(sheet.text) for cited in one.cites for span in cited.evidence]


@pytest.mark.parametrize(
    ("sentence", "actor"),
    [
        ("Visits shall be logged for the competent authorities.", "competent authorities"),
        ("Visits shall be logged for any authorized entity.", "authorized entity"),
        ("Visits shall be logged by a trusted third party.", "trusted third party"),
        ("Visits shall be logged for relevant authorities.", "relevant authorities"),
        ("Visits shall be logged for other agencies.", "other agencies"),
        ("Visits shall be logged for a third party.", "third party"),
    ],
)
def test_actor_that_the_text_nowhere_defines_is_named_with_a_question(sheet, sentence, actor):
    sheet.say(sentence, "4.1", proposes=LOG)

    (found,) = loose(sheet, "actor")

    assert found.subject == actor
    assert f"\u201c{actor}\u201d" in found.ask
    assert found.findings == ("4.1/0:logging-retention",)


@pytest.mark.parametrize(
    ("definition", "headings", "kind"),
    [
        ("competent authority: The court of the harbor.", ("3 Terms",), "definition"),
        ("Competent authority", (), "heading"),
        ("The competent authority is a court of the harbor.", ("2 Roles",), "statement"),
        ("A competent authority (CA) means the court of the harbor.", ("7 Other",), "statement"),
        ("Competent authority: the court of the harbor.", ("7 Other",), "statement"),
        ("In this text the competent authority refers to the court.", ("7 Other",), "statement"),
    ],
)
def test_actor_that_the_text_defines_is_not_named(sheet, definition, headings, kind):
    sheet.say(definition, "3.1", headings, kind=kind, strength="descriptive")
    sheet.say("Visits shall be logged for the competent authorities.", "4.1", SECTION, proposes=LOG)

    assert loose(sheet, "actor") == []


def test_actor_in_singular_and_plural_is_one_entry(sheet):
    sheet.say("Visits shall be logged for the competent authority.", "4.1", SECTION, proposes=LOG)
    sheet.say("Competent authorities can read them.", "4.2", SECTION)

    (found,) = loose(sheet, "actor")

    assert words(sheet, found) == ["competent authority", "Competent authorities"]


@pytest.mark.parametrize("headings", [("5 Ships",), ()])
def test_actor_far_from_any_finding_is_not_named(sheet, headings):
    sheet.say("Visits shall be logged.", "4.1", SECTION, proposes=LOG)
    sheet.say("The relevant authorities paint the ships.", "5.1", headings)

    assert loose(sheet, "actor") == []


def test_third_party_counts_in_the_sentence_of_a_finding_only(sheet):
    sheet.say("Visits shall be logged.", "4.1", SECTION, proposes=LOG)
    sheet.say("A third party paints the ships.", "4.2", SECTION)

    assert loose(sheet, "actor") == []


def test_entry_of_a_list_of_abbreviations_is_no_use_of_an_actor(sheet):
    sheet.say("Visits shall be logged.", "4.1", SECTION, proposes=LOG)
    sheet.say("LEA Law Enforcement Agency", "4.2", SECTION, strength="descriptive")

    assert loose(sheet, "actor") == []


@pytest.mark.parametrize(("listed", "open_"), [("LEA Lamp Entry Agency", False), ("LDX Lamp Desk Exchange", True)])
def test_actor_whose_initials_a_list_of_terms_has_is_defined(sheet, listed, open_):
    sheet.say(
        "Law enforcement authorities shall log visits.", "4.1", SECTION, proposes={"logging-retention": "log visits"}
    )
    sheet.say(listed, "3.3", ("3 Abbreviations",), strength="descriptive")

    assert bool(loose(sheet, "actor")) is open_


@pytest.mark.parametrize(
    ("sentence", "marked"),
    [
        ("Visits shall be logged for billing and other purposes.", "and other purposes"),
        ("Visits shall be logged for any lawful purpose.", "any lawful purpose"),
        ("Visits shall be logged for future use.", "future use"),
        ("Data including but not limited to visits shall be logged.", "including but not limited to"),
        ("The name, address, etc. of visitors shall be logged.", "name, address, etc"),
        ("Visits shall be logged for another use case for the desk.", "another use case"),
    ],
)
def test_open_purpose_is_quoted(sheet, sentence, marked):
    sheet.say(sentence, "4.1", proposes=LOG)

    (found,) = loose(sheet, "purpose")

    assert words(sheet, found) == [marked]


@pytest.mark.parametrize("denied", ["shall not be logged for", "shall be logged and never used for"])
def test_denied_purpose_is_not_open(sheet, denied):
    sheet.say(f"Visits {denied} other purposes.", "4.1", proposes={"logging-retention": "logged"})

    assert loose(sheet, "purpose") == []


def test_field_reserved_for_future_use_is_no_open_purpose(sheet):
    sheet.say("Visits shall be logged. Bit 7 is reserved for future use.", "4.1", proposes=LOG)

    assert loose(sheet, "purpose") == []


@pytest.mark.parametrize(
    "marked",
    ["as long as necessary", "indefinitely", "until further notice", "for a long period of time", "permanently logged"],
)
def test_period_without_an_end_is_quoted(sheet, marked):
    words_of = "Visits shall be permanently logged." if "permanently" in marked else f"Visits shall be logged {marked}."
    sheet.say(words_of, "4.1", proposes={"logging-retention": "logged"})

    (found,) = loose(sheet, "period")

    assert words(sheet, found)[0] in marked


def test_waiting_indefinitely_is_no_period_of_a_power(sheet):
    sheet.say("Visits shall be logged. The server shall wait indefinitely for the ship.", "4.1", proposes=LOG)

    assert loose(sheet, "period") == []


def test_power_for_which_clause_and_section_name_no_time_is_cited_by_its_words(sheet):
    sheet.say("Visits shall be logged.", "4.1", SECTION, proposes=LOG)
    sheet.say("Ships are blue.", "4.2", SECTION)

    (found,) = loose(sheet, "endless")

    assert (found.mechanism, words(sheet, found)) == ("logging-retention", ["shall be logged"])


@pytest.mark.parametrize(
    "sentence",
    [
        "Logs are deleted.",
        "Logs last 30 days.",
        "The retention period is in table 3.",
        "Logs are kept until the visit ends.",
    ],
)
def test_time_in_the_section_ends_a_power(sheet, sentence):
    sheet.say("Visits shall be logged.", "4.1", SECTION, proposes=LOG)
    sheet.say(sentence, "4.2", SECTION)

    assert loose(sheet, "endless") == []


def test_description_in_doubt_does_not_stand_beside_a_rule_without_an_end(sheet):
    mark = {"logging-retention": "logged"}
    sheet.say("Visits are logged.", "4.1", SECTION, strength="descriptive", proposes=mark, doubtful=True)
    rule = sheet.say("Visits shall be logged.", "5.1", ("5 Rules",), proposes=LOG)

    (found,) = loose(sheet, "endless")

    assert [cite.clause for cite in found.cites] == [rule.id]


def test_condition_left_open_in_the_sentence_of_a_power_is_quoted(sheet):
    sheet.say("Visits shall be logged where necessary.", "4.1", proposes=LOG)

    (found,) = loose(sheet, "condition")

    assert (found.mechanism, words(sheet, found)) == ("logging-retention", ["where necessary"])


def test_row_of_code_leaves_no_condition_of_a_power_open(sheet):
    sheet.say("-- visits logged for any reason", "4.1", SECTION, kind="code", proposes={"logging-retention": "logged"})

    assert loose(sheet, "condition") == []


def test_change_of_format_where_needed_is_no_condition_of_a_power(sheet):
    sheet.say("Visits shall be logged, processed and put into the local format if necessary.", "4.1", proposes=LOG)

    assert loose(sheet, "condition") == []


@pytest.mark.parametrize(
    ("sentence", "marked"),
    [
        ("passportNumber [2] UTF8String OPTIONAL, -- passport number", ["OPTIONAL", "passport number"]),
        ("Optionally, the date of birth is sent.", ["Optionally", "date of birth"]),
        ("The record may include the home address.", ["may include", "home address"]),
        ("Octet 4 is reserved for future use by the nationality.", ["reserved for future use", "nationality"]),
    ],
)
def test_optional_field_with_personal_data_beside_a_power_is_dormant(sheet, sentence, marked):
    sheet.say("Visits shall be logged.", "4.1", SECTION, proposes=LOG)
    sheet.say(sentence, "4.2", SECTION, strength="may")

    (found,) = loose(sheet, "dormant")

    assert words(sheet, found) == marked


@pytest.mark.parametrize(
    "sentence",
    ["color [2] UTF8String OPTIONAL", "The record may include the IP address.", "The date of birth is sent."],
)
def test_field_that_is_not_optional_or_not_personal_is_not_dormant(sheet, sentence):
    sheet.say("Visits shall be logged.", "4.1", SECTION, proposes=LOG)
    sheet.say(sentence, "4.2", SECTION)

    assert loose(sheet, "dormant") == []


def test_loose_ends_at_graver_findings_come_first(sheet):
    sheet.say(
        "Visits may be logged for other purposes.", "4.1", strength="may", proposes={"logging-retention": "logged"}
    )
    sheet.say(
        "Templates of faces shall be kept for the competent authorities.",
        "5.1",
        proposes={"biometric-recognition": "Templates of faces shall be kept"},
    )

    kinds_found = [one.kind for one in open_terms_of(Context(sheet.assessed(), load()))]

    assert kinds_found.index("actor") < kinds_found.index("purpose")


def test_weak_words_in_clauses_that_are_not_assessed_do_not_count(sheet):
    sheet.say("Visits shall be logged.", "4.1", SECTION, proposes=LOG)
    sheet.say("Records for any lawful purpose", "", SECTION, kind="caption")

    assert loose(sheet, "purpose") == []


def test_every_word_list_names_kind_and_source():
    assert {hedge.id for hedge in hedges()} >= {"discretion", "local", "deferred", "outside", "implementation"}
    assert set(weak_words().soft) == {"should", "may"}
    assert all(
        kind.source and kind.ground.endswith(".") and kind.ask.endswith("?") for kind in weak_words().kinds.values()
    )


def test_actor_in_a_sentence_that_only_protects_is_not_named(sheet):
    sheet.say("Visits shall be logged.", "4.1", SECTION, proposes=LOG)
    guard = {"minimisation": "only to trusted parties"}
    sheet.say("Names are shown only to trusted parties.", "4.2", SECTION, proposes=guard)

    assert loose(sheet, "actor") == []


def test_any_other_actors_are_named(sheet):
    sheet.say("Visits shall be logged for banks or any other licensed actors.", "4.1", proposes=LOG)

    (found,) = loose(sheet, "actor")

    assert found.subject == "other licensed actors"


@pytest.mark.parametrize(
    ("words", "left"),
    [
        (
            "The conditions of access are a matter for the operator of the archive.",
            ["conditions of access are a matter for"],
        ),
        ("The conditions of access are printed in the annex.", []),
    ],
)
def test_clause_beside_a_power_that_leaves_its_rules_to_others_is_quoted(sheet, words, left):
    sheet.say("Visits shall be logged until noon.", "4.1", SECTION, proposes=LOG)
    sheet.say(words, "4.2", SECTION)

    assert [span.of(sheet.text) for one in loose(sheet, "condition") for c in one.cites for span in c.evidence] == left


@pytest.mark.parametrize(
    "marked", ["at any time", "for any reason", "by other suitable means", "unless otherwise bilaterally agreed"]
)
def test_power_that_may_be_used_at_any_time_or_by_any_means_has_open_conditions(sheet, marked):
    sheet.say(f"At the desk, visits shall be logged {marked}.", "4.1", proposes=LOG)

    (found,) = loose(sheet, "condition")

    assert [word in marked for word in words(sheet, found)] == [True]


def test_another_use_case_of_a_person_is_no_open_purpose(sheet):
    sheet.say("Visits shall be logged. A visit by night is another use case of a guest.", "4.1", proposes=LOG)
    sheet.say("Visits by night shall be logged (this forms another use case for the desk).", "4.2", proposes=LOG)

    assert loose(sheet, "purpose") == []


def test_firm_description_stands_beside_a_rule_without_an_end(sheet):
    rule = sheet.say("The desk shall cut off the line.", "4.1", SECTION, proposes={"shut-off": "cut off"})
    mark = {"shut-off": "revoke the line"}
    told = sheet.say("The desk can revoke the line.", "5.1", ("5 Desk",), strength="descriptive", proposes=mark)

    (found,) = loose(sheet, "endless")

    assert [cite.clause for cite in found.cites] == [rule.id, told.id]


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("The number of the warrant shall have nine signs.", "requirement"),
        ("The coordinates of the warrant shall be rounded.", "requirement"),
        ("The desk shall generate short coordinates and deliver the warrant.", "requirement"),
        ("deliver warrant [0] OCTET STRING", "code"),
    ],
)
def test_number_or_field_that_hands_nothing_over_is_not_asked_for_its_end(sheet, sentence, kind):
    sheet.say(sentence, "4.1", SECTION, kind=kind, proposes={"lawful-access": "warrant"})

    assert loose(sheet, "endless") == []


def test_rules_left_to_others_concern_the_power_beside_them_that_shares_most_words(sheet):
    sheet.say("Visits shall be logged.", "4.1", SECTION, proposes=LOG)
    gate = "The harbor gate shall block ships."
    sheet.say(gate, "4.2", SECTION, proposes={"content-blocking": "block ships"})
    sheet.say("The rules of the harbor gate are a matter for the operator.", "4.3", SECTION)

    (found,) = loose(sheet, "condition")

    assert found.mechanism == "content-blocking"


def test_power_that_is_left_for_later_study_has_no_open_conditions(sheet):
    sheet.say("How visits shall be logged is for further study.", "4.1", proposes=LOG)

    assert loose(sheet, "condition") == []
