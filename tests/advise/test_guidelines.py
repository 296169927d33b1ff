"""Answers to the guidelines of RFC 9620: benefits, then powers, then silences, each with its clause."""

from dataclasses import replace

import pytest

from impact.advise import advise
from impact.advise.context import Context
from impact.advise.detectors.library import detectors, sides
from impact.advise.guideline_rules import rules
from impact.advise.guidelines.answers import answers_of
from impact.advise.similarity import LINKS
from impact.records import Bearing, Strength
from impact.taxonomy import load

TITLES = (
    "Intermediaries",
    "Connectivity",
    "Reliability",
    "Content Signals",
    "Internationalization",
    "Localization",
    "Open Standards",
    "Heterogeneity Support",
    "Adaptability",
    "Integrity",
    "Authenticity",
    "Confidentiality",
    "Security",
    "Privacy",
    "Anonymity and Pseudonymity",
    "Censorship Resistance",
    "Outcome Transparency",
    "Accessibility",
    "Decentralization",
    "Remedy",
    "Miscellaneous Considerations",
)


def answered(sheet, **fields):
    assessment = sheet.assessed(**fields)
    return {one.number: one for one in answers_of(Context(assessment, load()))}


def topics(answer):
    return [point.topic for point in answer.points]


def omitted(answer):
    return [omission.id for omission in answer.omissions]


def left_open(sheet, guideline, omission):
    (says,) = [one.says for one in answered(sheet)[guideline].omissions if one.id == omission]
    return says


def test_the_guidelines_are_the_21_of_the_rfc_in_its_order():
    assert [(guideline.number, guideline.title) for guideline in rules().guidelines.values()] == [
        (f"4.{number}", title) for number, title in enumerate(TITLES, 1)
    ]


def test_each_label_of_the_taxonomy_stands_under_one_guideline():
    homes = [label for guideline in rules().guidelines.values() for label in (*guideline.powers, *guideline.benefits)]

    assert sorted(homes) == sorted(load().labels)


def test_rules_name_only_labels_rights_and_topics_that_exist():
    taxonomy = load()
    known = {
        *taxonomy.labels,
        *(detector.id for detector in detectors()),
        *(section.topic for section in rules().sections.values()),
        "always",
        "target",
    }
    known |= {f"empty-{section.topic}" for section in rules().sections.values()}

    for omission in rules().omissions.values():
        assert {*omission.when, *omission.unless} <= known, omission.id
        assert {topic for part in omission.parts for topic in (*part.unless, *part.when)} <= known | {
            side.id for side in sides()
        }, omission.id
        assert bool(omission.parts) is ("{parts}" in omission.says)
    for guideline in rules().guidelines.values():
        assert set(guideline.rights) <= set(taxonomy.rights)
        assert set(guideline.also) <= set(taxonomy.labels)
    for counter in rules().counters:
        assert {counter.safeguard, counter.power} <= known | {side.id for side in sides()}
        assert counter.link in LINKS
        guard = taxonomy.safeguards.get(counter.safeguard)
        assert guard is None or counter.power in guard.counters, counter


def test_each_guideline_has_a_detector_or_a_label():
    assert {detector.guideline for detector in detectors()} >= {f"4.{number}" for number in range(1, 22)} - {"4.20"}


@pytest.mark.parametrize("power", ["lawful-access", "location-tracking"])
def test_power_over_people_who_may_never_learn_of_it_leaves_redress_open_once(sheet, power):
    sheet.say("The bureau shall get the records.", "4", proposes={power: "get the records"})

    assert [name for name in omitted(answered(sheet)["4.20"]) if name in {"no-redress", "no-route"}] == ["no-redress"]


def test_guideline_that_nothing_bears_on_is_not_touched(sheet):
    sheet.say("The frame check sequence shall have 32 bits.", "8.3")

    answer = answered(sheet)["4.1"]

    assert (answer.touched, answer.rights) == (False, ())


def test_benefits_stand_before_powers_and_powers_before_notes(sheet):
    sheet.say("Middleboxes are named here.", "1", strength="descriptive")
    sheet.say("The gateway may inspect messages.", "2", strength="may")
    sheet.say("Messages are encrypted end-to-end and opaque to the network.", "3")

    points = answered(sheet)["4.1"].points

    assert [point.bearing for point in points] == [Bearing.BENEFIT, Bearing.POWER, Bearing.NOTE]


def test_finding_is_quoted_under_the_guideline_of_its_mechanism(sheet):
    clause = sheet.say(
        "Records shall be stored for ten years.", "7.2", proposes={"logging-retention": "shall be stored for ten years"}
    )

    answer = answered(sheet)["4.14"]

    point = next(point for point in answer.points if point.topic == "logging-retention")
    assert [cite.clause for cite in point.cites] == [clause.id]
    assert point.says.startswith("The text may enable ")
    assert "privacy" in answer.rights


def test_detector_adds_no_clause_that_a_finding_has_under_the_guideline_already(sheet):
    sheet.say("The gateway shall inspect traffic.", "1", proposes={"traffic-inspection": "inspect traffic"})

    assert topics(answered(sheet)["4.1"]) == ["traffic-inspection"]


def test_benefit_that_is_only_recommended_is_weak_by_that_word(sheet):
    sheet.say("Links shall be encrypted.", "1", proposes={"encryption": "encrypted"})
    clause = sheet.say("Payloads should be encrypted.", "2", strength="should", proposes={"encryption": "encrypted"})

    (weak,) = answered(sheet)["4.12"].points[0].weak

    assert (weak.clause, [span.of(sheet.text) for span in weak.evidence]) == (clause.id, ["should"])


def test_benefit_held_to_a_measure_without_a_test_is_weak(sheet):
    sheet.say("Data shall be encrypted where practicable.", "1", proposes={"encryption": "encrypted"})

    (weak,) = answered(sheet)["4.12"].points[0].weak

    assert [span.of(sheet.text) for span in weak.evidence] == ["where practicable"]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("Manifests shall be signed.", "Retain the requirement."),
        ("Manifests shall be signed where practicable.", "Make the protection a requirement that can be tested."),
    ],
)
def test_what_a_benefit_asks_begins_with_that_it_be_kept_or_where_it_is_weak_that_it_bind(sheet, words, first):
    sheet.say(words, "1")

    point = next(point for point in answered(sheet)["4.10"].points if point.topic == "protected-integrity")

    assert point.ask == f"{first} Specify who holds the keys."


def test_permission_to_do_something_else_makes_no_requirement_weak(sheet):
    sheet.say("Data shall be encrypted, which may take time.", "1", proposes={"encryption": "encrypted"})

    assert answered(sheet)["4.12"].points[0].weak == ()


def test_item_of_a_list_that_is_put_out_of_scope_is_weak_by_those_words(sheet):
    over = sheet.say("These matters are outside the scope.", "1", strength="descriptive")
    item = sheet.say("Backups are encrypted.", "1 a)", strength="descriptive", proposes={"encryption": "encrypted"})
    sheet.clauses[-1] = replace(item, stem=over.span)

    (weak,) = answered(sheet)["4.12"].points[0].weak

    assert (weak.clause, [span.of(sheet.text) for span in weak.evidence]) == (item.id, ["outside the scope"])


def test_item_of_a_list_in_scope_is_not_weak(sheet):
    over = sheet.say("These matters are part of it.", "1", strength="descriptive")
    item = sheet.say("Backups are encrypted.", "1 a)", strength="descriptive", proposes={"encryption": "encrypted"})
    sheet.clauses[-1] = replace(item, stem=over.span)

    assert answered(sheet)["4.12"].points[0].weak == ()


def test_finding_in_doubt_is_a_point_to_check_that_asks_for_nothing(sheet):
    sheet.say("Logs.", "1", proposes={"logging-retention": "Logs"}, doubtful=True)

    point = next(point for point in answered(sheet)["4.14"].points if point.topic == "logging-retention")

    assert point.doubtful
    assert point.bearing is Bearing.NOTE
    assert point.ask == ""


def test_doubtful_findings_stand_in_a_point_beside_that_of_firm_ones(sheet):
    sheet.say("Logs are kept.", "1", proposes={"logging-retention": "Logs"})
    sheet.say("Perhaps logs.", "2", proposes={"logging-retention": "logs"}, doubtful=True)

    points = [point for point in answered(sheet)["4.14"].points if point.topic == "logging-retention"]

    assert [(point.bearing, len(point.cites)) for point in points] == [(Bearing.POWER, 1), (Bearing.NOTE, 1)]


def test_clause_that_a_reader_must_decide_on_is_not_decided_by_a_detector_of_the_same_label(sheet):
    words = "Each wallet has a unique identifier."
    sheet.say(words, "4", proposes={"persistent-identifiers": words}, doubtful=True)
    sheet.say("Each phone has a permanent identifier.", "5")

    points = {point.topic: point for point in answered(sheet)["4.15"].points}

    assert points["persistent-identifiers"].doubtful
    assert [cite.clause for cite in points["linkable"].cites] == [sheet.clauses[1].id]


def test_benefit_is_quoted_where_the_tool_is_surest_when_no_clause_requires_it(sheet):
    for number, strength in (("4", "may"), ("5", "descriptive"), ("6", "must")):
        sheet.say(f"Names of part {number} are hidden.", number, strength=strength, proposes={"pseudonymity": "hidden"})
    found = [replace(one, confidence=sure) for one, sure in zip(sheet.safeguards, (0.6, 0.9, 0.7), strict=True)]
    sheet.safeguards[:] = found

    [point] = [point for point in answered(sheet)["4.15"].points if point.topic == "pseudonymity"]

    assert [cite.clause for cite in point.cites] == [sheet.clauses[at].id for at in (2, 1, 0)]
    assert point.strength is Strength.MUST


def test_period_that_the_text_names_is_no_silence_on_how_long_data_are_kept(sheet):
    words = "Counts of the flows of each subscriber, with all times, shall be stored for a period of 24 months."
    sheet.say(words, "4", proposes={"logging-retention": "shall be stored"})

    assert "no-retention-limit" not in omitted(answered(sheet)["4.14"])


@pytest.mark.parametrize("title", ["7 Security Considerations", "7. Security considerations", "Annex B Security"])
def test_section_on_security_is_a_benefit_and_no_silence(sheet, title):
    sheet.say("Attackers are many.", "7", (title,), strength="descriptive")

    answer = answered(sheet)["4.13"]

    assert "security-section" in topics(answer)
    assert omitted(answer) == []


def test_numbered_heading_with_a_volume_is_a_section_on_security(sheet):
    sheet.say("See the other volume.", "2:3", ("2:3.4.5 Security Considerations",), strength="descriptive")

    assert "no-security-section" not in omitted(answered(sheet)["4.13"])


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("7 Security Considerations", "Lamps are bright and the harbor is wide."),
        ("7 Security Considerations", "This section is informative on attacks."),
        ("7.1 Security Handshake", "The lamp lists the threats that it knows."),
        ("7 Security Considerations", "Are there any threats to lamps?"),
    ],
)
def test_section_on_security_that_shows_nothing_is_neither_benefit_nor_silence(sheet, title, words):
    sheet.say(words, "7", (title,), strength="descriptive")

    answer = answered(sheet)["4.13"]

    assert "security-section" not in topics(answer)
    assert "no-security-section" not in omitted(answer)


def test_section_is_cited_by_the_first_clause_that_says_something_of_its_subject(sheet):
    title = ("7 Privacy Considerations",)
    sheet.say("Lamps drain the battery.", "7", title, strength="descriptive")
    telling = sheet.say("The order of the lamps reveals who rows.", "7.1", title, strength="descriptive")

    (point,) = [point for point in answered(sheet)["4.14"].points if point.topic == "privacy-section"]

    assert [cite.clause for cite in point.cites] == [telling.id]


def test_section_that_says_that_it_has_nothing_to_say_is_no_benefit(sheet):
    sheet.say("This document has no security considerations.", "7", ("7 Security Considerations",))

    answer = answered(sheet)["4.13"]

    assert [(point.topic, point.bearing) for point in answer.points] == [("empty-security-section", Bearing.POWER)]


def test_section_that_names_a_risk_beside_a_reference_is_not_empty(sheet):
    title = ("7 Security Considerations",)
    sheet.say("Lamps may leak who rows.", "7", title, strength="descriptive")
    sheet.say("Oars are discussed in [OARS].", "7", title, strength="descriptive")

    (point,) = answered(sheet)["4.13"].points

    assert point.topic == "security-section"


def test_section_whose_title_has_security_in_another_sense_is_not_empty(sheet):
    sheet.say("Not decided: no security contact; to be written.", "7", ("7 Security default values",))

    assert answered(sheet)["4.13"].points == ()


def test_section_that_only_follows_rules_on_privacy_is_no_benefit(sheet):
    sheet.say("Lamps shall abide by the privacy rules of the harbor.", "7", ("7 Security and Privacy",))

    assert "privacy-section" not in topics(answered(sheet)["4.14"])


def test_text_of_which_many_clauses_name_threats_needs_no_section_on_security(sheet):
    for number in range(1, 5):
        sheet.say("A malicious rower may forge the signal.", str(number), strength="descriptive")

    assert "no-security-section" not in omitted(answered(sheet)["4.13"])


@pytest.mark.parametrize("title", ["Harbor lamps over TLS", "2 Use of DTLS"])
def test_title_that_names_a_secure_transport_answers_the_silence_on_confidentiality(sheet, title):
    sheet.say("Visits shall be stored with the name.", "2", (title,), proposes={"logging-retention": "stored"})

    assert "no-confidentiality" not in omitted(answered(sheet)["4.12"])


def test_security_considerations_that_the_text_points_to_are_no_silence(sheet):
    sheet.say("The frame has 32 bits; see the Security Considerations on names.", "1")

    assert omitted(answered(sheet)["4.13"]) == []


def test_absent_sections_are_named(sheet):
    sheet.say("The frame has 32 bits.", "1")

    answers = answered(sheet)

    assert omitted(answers["4.13"]) == ["no-security-section"]
    assert omitted(answers["4.14"]) == ["no-privacy-section"]
    assert omitted(answers["4.21"]) == ["no-rights-section"]


@pytest.mark.parametrize(
    ("title", "referred"),
    [
        ("Lamps: security aspects of harbors", True),
        ("Guide to texts on security considerations", False),
        ("Lamps: colors", False),
    ],
)
def test_document_on_security_that_is_referred_to_is_named_where_the_section_is_absent(sheet, title, referred):
    sheet.say("The frame has 32 bits.", "1")
    one = sheet.say(f"[4] {title}.", "2", ("2 References",), kind="reference", strength="descriptive")

    (omission,) = answered(sheet)["4.13"].omissions

    assert omission.clauses == ((one.id,) if referred else ())
    assert omission.says.endswith("refers to a document on security.") is referred


@pytest.mark.parametrize(
    ("proposes", "named"),
    [({}, True), ({"pseudonymity": "pseudonyms"}, False), ({"identity-binding": "people"}, False)],
)
def test_privacy_is_not_named_as_a_concern_where_a_firm_label_says_more(sheet, proposes, named):
    sheet.say("Wallets use pseudonyms for the privacy of people.", "1", proposes=proposes)

    assert ("privacy-named" in topics(answered(sheet)["4.14"])) is named


def test_power_that_another_guideline_tells_of_a_clause_is_not_told_of_it_again(sheet):
    words = "The desk verifies the identity of each guest."
    sheet.say(words, "1", proposes={"identity-binding": words})

    assert answered(sheet)["4.11"].points == ()
    assert answered(sheet)["4.11"].also == (("identity-binding", "4.15"),)


def test_another_who_acts_for_a_person_is_for_a_reader_to_weigh(sheet):
    sheet.say("Guardians may apply for a card.", "1")

    found = {point.topic: point.bearing for point in answered(sheet)["4.18"].points}

    assert found["through-another"] is Bearing.NOTE


def test_notice_is_not_asked_where_an_appeal_is_denied(sheet):
    sheet.say("The order is not subject to appeal.", "1", proposes={"missing-remedy": "not subject to appeal"})

    (point,) = [point for point in answered(sheet)["4.20"].points if point.topic == "missing-remedy"]

    assert "appeal" in point.ask
    assert "notice" not in point.ask.lower()


def test_power_without_redress_leaves_the_remedy_open_and_redress_closes_it(sheet):
    sheet.say("The service may be cut off.", "1", proposes={"shut-off": "cut off"})
    before = omitted(answered(sheet)["4.20"])
    sheet.say("A person can ask a court.", "2", proposes={"redress": "ask a court"})

    after = omitted(answered(sheet)["4.20"])

    assert "no-redress" in before
    assert "no-redress" not in after


def test_part_of_what_is_left_open_that_a_clause_answers_is_not_named(sheet):
    sheet.say("Cards may be taken.", "1", proposes={"shut-off": "taken"})
    before = left_open(sheet, "4.20", "no-oversight")
    sheet.say("Members report shops to the supervisory authority.", "2")

    after = left_open(sheet, "4.20", "no-oversight")

    assert "authorize or review the use" in before
    assert "authorize the use" in after


def test_people_whom_a_clause_reaches_are_not_named_as_left_out(sheet):
    sheet.say("Names shall be shown.", "1", proposes={"identity-binding": "shown"})
    names = left_open(sheet, "4.18", "no-accessibility")
    sheet.say("The app requires a camera.", "2")
    before = left_open(sheet, "4.18", "no-accessibility")
    sheet.say("Cards are free of charge for all citizens.", "2", strength="descriptive")

    after = left_open(sheet, "4.18", "no-accessibility")

    assert "people with disabilities or with limited means can" in names
    assert "with disabilities, without the required device or with limited means" in before
    assert "with disabilities or without the required device can" in after


def test_nothing_is_left_open_where_each_part_is_answered(sheet):
    sheet.say("Names shall be shown.", "1", proposes={"identity-binding": "shown"})
    sheet.say("Cards are free of charge for all citizens.", "2", strength="descriptive")
    sheet.say("Guardians may apply for a card.", "3", strength="descriptive")

    assert "no-accessibility" not in omitted(answered(sheet)["4.18"])


def test_shut_off_stands_under_the_guideline_on_censorship_and_bears_on_no_other(sheet):
    clause = sheet.say("The club may withdraw the credential.", "1", proposes={"shut-off": "withdraw"})
    sheet.say("The club keeps a spare server for failover.", "2", strength="descriptive")

    answers = answered(sheet)

    assert [point.cites[0].clause for point in answers["4.16"].points if point.topic == "shut-off"] == [clause.id]
    assert answers["4.16"].also == ()
    assert "shut-off" not in topics(answers["4.2"])
    assert answers["4.3"].also == ()


def test_definition_comes_after_the_clauses_that_say_the_same_of_a_topic(sheet):
    sheet.say("Desk: office that authenticates the server.", "1", kind="definition", strength="descriptive")
    clause = sheet.say("Each desk authenticates the server.", "2", strength="descriptive")

    (point,) = [point for point in answered(sheet)["4.11"].points if point.topic == "far-end-known"]

    assert point.cites[0].clause == clause.id


def test_data_about_people_without_a_finding_count_as_no_power(sheet):
    sheet.say("The record contains the date of birth.", "1")

    (point,) = [point for point in answered(sheet)["4.14"].points if point.topic == "data-about-people"]

    assert point.bearing is Bearing.NOTE


def test_power_and_its_variant_stand_apart_in_one_text(sheet):
    sheet.say("The club may withdraw the credential.", "1", proposes={"shut-off": "withdraw"})
    line = sheet.say("The club may cut off the line.", "2", proposes={"shut-off": "cut off"})

    answers = answered(sheet)

    first, second = [point for point in answers["4.16"].points if point.topic == "shut-off"]
    assert "credential" in first.says
    assert "credential" not in second.says
    assert [cite.clause for cite in second.cites] == [line.id]


@pytest.mark.parametrize(
    ("words", "number"), [("Cards with names shall be shown.", 0), ("Cards for travel shall be shown.", 1)]
)
def test_mitigation_that_makes_no_sense_for_the_clause_is_not_asked(sheet, words, number):
    sheet.say(words, "1", proposes={"identity-binding": "shown"})

    (point,) = [point for point in answered(sheet)["4.15"].points if point.topic == "identity-binding"]

    assert point.ask == load().mechanisms["identity-binding"].mitigations[number]


def test_mitigation_that_safeguards_of_the_text_give_is_not_asked(sheet):
    sheet.say("Cards with names shall be shown.", "1", proposes={"identity-binding": "shown"})
    sheet.say("Guests show one attribute alone.", "2", proposes={"minimisation": "one attribute alone"})
    sheet.say("Guests use pseudonyms.", "3", proposes={"pseudonymity": "pseudonyms"})

    (point,) = [point for point in answered(sheet)["4.15"].points if point.topic == "identity-binding"]

    assert point.ask == load().mechanisms["identity-binding"].mitigations[2]


def test_each_unfit_mitigation_is_one_of_the_taxonomy_and_not_the_only_one():
    for one in rules().unfit:
        mitigations = load().mechanisms[one.power].mitigations

        assert len([text for text in mitigations if text.startswith(one.begins)]) == 1
        assert len(mitigations) > 1


def test_document_in_another_language_gets_no_answers(sheet):
    sheet.say("Le serveur chiffre tout.", "1")

    assert answered(sheet, language="fr") == {}


def test_ban_is_no_provision_of_what_it_bans(sheet):
    sheet.say("The gateway must not inspect messages.", "1")

    assert "acting-intermediary" not in topics(answered(sheet)["4.1"])


def test_threat_is_no_provision(sheet):
    sheet.say("An attacker may remotely disable the phone.", "1", strength="may")

    assert "acts-on-device" not in topics(answered(sheet)["4.13"])


def test_clauses_that_are_not_assessed_do_not_count(sheet):
    sheet.say("[1] End-to-end encryption, 2024.", "", ("Bibliography",), kind="reference")
    sheet.say("Unicode", "", (), kind="heading")

    answers = answered(sheet)

    assert not answers["4.1"].touched
    assert not answers["4.5"].touched


def test_equal_assessments_give_equal_answers(sheet):
    sheet.say("Records shall be kept and messages encrypted end-to-end.", "1", proposes={"logging-retention": "kept"})

    assert answered(sheet) == answered(sheet)


def test_grounds_that_a_list_leaves_out_are_named(sheet):
    sheet.say("Nobody is refused for race, religion or gender.", "1")

    (grounds,) = [omission for omission in answered(sheet)["4.18"].omissions if omission.id == "grounds"]

    assert "disability" in grounds.says
    assert "religion" not in grounds.says


def test_two_grounds_are_no_list(sheet):
    sheet.say("Age and health are recorded.", "1")

    assert "grounds" not in omitted(answered(sheet)["4.18"])


def test_clause_that_says_more_of_a_topic_is_cited_first(sheet):
    sheet.say("A middlebox is there.", "1", strength="must")
    clause = sheet.say("Middleboxes, firewalls and load balancers are there.", "2", strength="descriptive")

    (note,) = answered(sheet)["4.1"].points

    assert note.cites[0].clause == clause.id
    assert note.strength is Strength.DESCRIPTIVE


def test_clause_in_doubt_is_not_said_as_found_by_a_detector_of_that_label(sheet):
    mark = {"persistent-identifiers": "unique identifier"}
    sheet.say("Each phone has a unique identifier.", "1", proposes=mark, doubtful=True)

    answer = answered(sheet)["4.15"]

    assert [(point.topic, point.doubtful) for point in answer.points] == [("persistent-identifiers", True)]


@pytest.mark.parametrize(("others", "asked"), [(1, False), (2, True)])
def test_what_presupposes_users_is_not_missed_in_a_text_about_targets(sheet, others, asked):
    for number in ("4", "5"):
        sheet.say("The agency shall get the calls.", number, proposes={"lawful-access": "get the calls"})
    for number in range(others):
        sheet.say("The bank shall pass on the name.", f"6.{number}", proposes={"third-party-disclosure": "pass on"})

    assert ("no-consent" in omitted(answered(sheet)["4.14"])) is asked


def test_doubtful_safeguards_stand_in_a_point_to_check_beside_that_of_firm_ones(sheet):
    sheet.say("Names are hidden.", "1", proposes={"pseudonymity": "hidden"})
    sheet.say("Perhaps names are not shown.", "2", proposes={"pseudonymity": "not shown"}, doubtful=True)

    points = [point for point in answered(sheet)["4.15"].points if point.topic == "pseudonymity"]

    assert [(point.bearing, point.doubtful, len(point.cites)) for point in points] == [
        (Bearing.BENEFIT, False, 1),
        (Bearing.NOTE, True, 1),
    ]
    assert points[1].says.startswith("To be confirmed: the text allows people")
    assert points[1].ask == ""


def test_what_a_doubtful_safeguard_may_provide_is_not_said_to_be_left_out(sheet):
    sheet.say("Logs are kept.", "1", proposes={"logging-retention": "Logs"})
    sheet.say("Perhaps it is short.", "2", proposes={"retention-limits": "short"}, doubtful=True)

    assert "no-retention-limit" not in {omission.id for omission in answered(sheet)["4.14"].omissions}


def test_benefit_that_binds_is_cited_before_one_that_only_recommends(sheet):
    sheet.say("Links should be encrypted.", "1", strength="should", proposes={"encryption": "encrypted"})
    clause = sheet.say("Payloads shall be encrypted.", "2", proposes={"encryption": "encrypted"}, confidence=0.6)

    point = answered(sheet)["4.12"].points[0]

    assert (point.cites[0].clause, point.strength) == (clause.id, Strength.MUST)


@pytest.mark.parametrize("words", ["which may imply a cost", "and people may hold several", "as a user may wish"])
def test_may_of_what_can_happen_makes_no_benefit_weak(sheet, words):
    sheet.say(f"Names are hidden, {words}.", "1", strength="may", proposes={"pseudonymity": "hidden"})

    assert answered(sheet)["4.15"].points[0].weak == ()


def test_limit_to_what_is_necessary_makes_no_benefit_weak(sheet):
    sheet.say("Data shall be read only where necessary.", "1", proposes={"minimisation": "only where necessary"})

    assert answered(sheet)["4.14"].points[0].weak == ()


def test_appropriate_safeguards_are_a_measure_without_a_test(sheet):
    sheet.say("Data shall be kept with appropriate safeguards.", "1", proposes={"encryption": "safeguards"})

    (weak,) = answered(sheet)["4.12"].points[0].weak

    assert [span.of(sheet.text) for span in weak.evidence] == ["appropriate safeguards"]


def test_no_right_rests_on_clauses_in_doubt_alone(sheet):
    sheet.say("Each phone has a number.", "1", proposes={"persistent-identifiers": "number"}, doubtful=True)

    answer = answered(sheet)["4.15"]

    assert (answer.touched, answer.rights) == (True, ())


@pytest.mark.parametrize(("kind", "said"), [("note", False), ("example", False), ("requirement", True)])
def test_detector_of_a_power_does_not_speak_from_notes_and_examples(sheet, kind, said):
    sheet.say("The encryption of keys is out of scope.", "1", kind=kind, strength="descriptive")

    assert ("parts-left-out" in topics(answered(sheet)["4.7"])) is said


@pytest.mark.parametrize(
    ("heading", "strength", "said"),
    [
        ("1 Introduction", "descriptive", False),
        ("Background", "descriptive", False),
        ("1 Introduction", "must", True),
        ("3 Introduction of new profiles", "descriptive", True),
    ],
)
def test_description_in_a_part_that_leads_in_is_background(sheet, heading, strength, said):
    sheet.say("The key cannot be replaced in the deployed design.", "3", (heading,), strength=strength)

    assert ("hard-to-change" in topics(answered(sheet)["4.9"])) is said


def test_what_only_notes_say_calls_for_nothing(sheet):
    sheet.say("The encryption of keys is out of scope.", "1", kind="note", strength="descriptive")

    assert "no-terms" not in omitted(answered(sheet)["4.7"])


def test_words_of_a_safeguard_are_no_power_that_it_counters(sheet):
    words = "People shall have control over how their personal data are provided."
    sheet.say(words, "1", proposes={"minimisation": "control over how their personal data are provided"})

    assert "data-about-people" not in topics(answered(sheet)["4.14"])


def test_definition_that_gives_a_power_speaks(sheet):
    sheet.say(
        "The relay is the party whose operator can decrypt the flow.", "1", kind="definition", strength="descriptive"
    )

    assert "keys-for-others" in topics(answered(sheet)["4.12"])


def test_presence_in_person_calls_for_the_languages_of_the_place(sheet):
    sheet.say("Holders enroll in person.", "1", strength="descriptive")

    assert omitted(answered(sheet)["4.6"]) == ["no-local-language"]


def test_national_law_alone_calls_for_no_languages(sheet):
    sheet.say("Cards are given out as national law requires.", "1", strength="descriptive")

    answer = answered(sheet)["4.6"]

    assert (topics(answer), omitted(answer)) == (["place-dependent"], [])


def test_detector_leaves_to_the_reader_what_a_finding_in_doubt_says_of_the_clause_under_another_guideline(sheet):
    words = "The tenant is not notified."
    sheet.say(words, "1", proposes={"missing-remedy": "not notified"}, doubtful=True)

    (point,) = answered(sheet)["4.17"].points

    assert (point.topic, point.doubtful, point.bearing, point.ask) == ("kept-from-people", True, Bearing.NOTE, "")
    assert point.says == "To be confirmed: the text may withhold from people what measures are taken, or why."


def test_detector_says_as_found_what_a_firm_finding_says_of_the_clause(sheet):
    sheet.say("The tenant is not notified.", "1", proposes={"missing-remedy": "not notified"})

    assert [point.doubtful for point in answered(sheet)["4.17"].points] == [False]


@pytest.mark.parametrize(("doubtful", "asked"), [(True, False), (False, True)])
def test_clauses_in_doubt_alone_call_for_nothing(sheet, doubtful, asked):
    words = "Gates block access to listed stations."
    sheet.say(words, "1", proposes={"content-blocking": words}, doubtful=doubtful)

    assert ("no-block-reason" in omitted(answered(sheet)["4.16"])) is asked


def test_what_a_clause_denies_is_not_said_to_be_missing_alone(sheet):
    sheet.say(
        "Wardens may suspend the phone, and this is not subject to appeal.", "1", proposes={"shut-off": "suspend"}
    )

    says = next(omission.says for omission in answered(sheet)["4.20"].omissions if omission.id == "no-redress")

    assert says.startswith("A clause excludes a means of contesting")


def test_guideline_on_which_nothing_else_is_found_names_where_a_finding_that_bears_on_it_is_told(sheet):
    sheet.say("Islands have addresses of their own.", "1", proposes={"fragmentation": "addresses of their own"})

    answer = answered(sheet)["4.8"]

    assert (answer.points, answer.also) == ((), (("fragmentation", "4.9"),))


def test_power_is_shown_first_by_the_clause_that_its_findings_begin_with(sheet):
    proposes = {"logging-retention": "log of rowers"}
    remark = sheet.say("The log of rowers is in ink.", "1", kind="note", proposes=proposes, confidence=0.71)
    best = sheet.say("Posts keep the log of rowers.", "2", proposes=proposes)

    (point,) = [point for point in answered(sheet)["4.14"].points if point.topic == "logging-retention"]

    assert [cite.clause for cite in point.cites] == [best.id, remark.id]


def test_safeguard_of_a_system_of_access_is_a_note_in_its_section(sheet):
    sheet.say("The desk hands over calls.", "6.1", ("6 Desk",), proposes={"lawful-access": "hands over calls"})
    hidden = sheet.say("The desk shall cover the wire.", "6.2", ("6 Desk",), proposes={"encryption": "cover the wire"})
    sheet.say("Names are shown.", "7.1", ("7 Ships",), proposes={"identity-binding": "shown"})
    sheet.say("Names are kept.", "7.2", ("7 Ships",), proposes={"identity-binding": "kept"})
    whole = sheet.say("Letters shall be sealed.", "7.3", ("7 Ships",), proposes={"encryption": "sealed"})

    points = [point for point in answered(sheet)["4.12"].points if point.topic == "encryption"]

    assert [(point.bearing, point.cites[0].clause) for point in points] == [
        (Bearing.BENEFIT, whole.id),
        (Bearing.NOTE, hidden.id),
    ]
    assert points[1].says == rules().target.says


def test_what_is_good_for_a_system_of_access_is_a_note_in_its_section(sheet):
    access = {"lawful-access": "hands over calls"}
    sheet.say("The desk hands over calls.", "6.1", ("6 Desk",), proposes=access)
    sheet.say("The desk shall implement buffering.", "6.2", ("6 Desk",))
    sheet.say("Names are shown.", "7.1", ("7 Ships",), proposes={"identity-binding": "shown"})
    sheet.say("Names are kept.", "7.2", ("7 Ships",), proposes={"identity-binding": "kept"})
    sheet.say("The ship shall implement buffering.", "7.3", ("7 Ships",))

    points = answered(sheet)["4.3"].points

    assert [(point.bearing, [sheet_of.clause[:3] for sheet_of in point.cites]) for point in points] == [
        (Bearing.BENEFIT, ["7.3"]),
        (Bearing.NOTE, ["6.2"]),
    ]
    assert points[1].says == rules().target.says
    assert points[1].ask == ""


def test_what_is_good_for_a_system_whose_foremost_power_is_access_is_a_note_everywhere(sheet):
    sheet.say("The desk hands over calls.", "6.1", ("6 Desk",), proposes={"lawful-access": "hands over calls"})
    sheet.say("The protocol is extensible.", "8.1", ("8 Format",))

    assert [point.bearing for point in answered(sheet)["4.9"].points] == [Bearing.NOTE]


def test_firm_power_told_under_another_guideline_is_named_beside_what_stands_there(sheet):
    sheet.say("The node shall inspect calls.", "7.1", proposes={"traffic-inspection": "inspect calls"})
    sheet.say("The desk shall see files.", "7.2", proposes={"third-party-disclosure": "see files"}, doubtful=True)
    sheet.say("The desk hands over letters.", "7.3", proposes={"lawful-access": "hands over letters"})

    answers = answered(sheet)

    assert answers["4.12"].also == (("traffic-inspection", "4.1"),)


def test_power_whose_clauses_the_guideline_cites_already_is_not_named_again(sheet):
    sheet.say(
        "The node shall inspect calls.", "7.1", proposes={"traffic-inspection": "inspect", "lawful-access": "calls"}
    )

    assert answered(sheet)["4.12"].also == ()


def test_a_mode_without_a_name_is_not_asked_of_a_text_that_gives_one(sheet):
    sheet.say("Each line shall be bound to a verified name.", "4.1", proposes={"identity-binding": "verified name"})
    sheet.say("Services must not refuse a pseudonym.", "4.2", proposes={"pseudonymity": "not refuse a pseudonym"})

    asks = [
        point.ask for answer in answered(sheet).values() for point in answer.points if point.topic == "identity-binding"
    ]

    assert asks
    assert not any("mode without it" in ask for ask in asks)


def test_benefit_that_a_detector_and_a_label_both_say_is_told_once(sheet):
    sheet.say("A guest may use a pseudonym.", "4.1", proposes={"pseudonymity": "use a pseudonym"})
    sheet.say("Aliases shall rotate every hour so that visits cannot be linked.", "4.2")

    found = [point for point in answered(sheet)["4.15"].points if point.bearing is Bearing.BENEFIT]

    assert [one.topic for one in found] == ["pseudonymity"]
    assert len(found[0].cites) == 2


def test_label_with_clauses_enough_is_given_none_of_a_detector(sheet):
    for number in range(1, 6):
        sheet.say("A guest may use a pseudonym.", f"4.{number}", proposes={"pseudonymity": "use a pseudonym"})
    sheet.say("Aliases shall rotate every hour so that visits cannot be linked.", "5")

    found = [point for point in answered(sheet)["4.15"].points if point.bearing is Bearing.BENEFIT]

    assert [len(one.cites) for one in found] == [5]


def told_silences(sheet):
    answers = advise(sheet.assessed(), load()).guidelines
    return [omission for answer in answers for omission in answer.omissions]


def test_review_says_at_most_five_silences_one_a_theme(sheet):
    powers = {
        "shut-off": "cut off",
        "identity-binding": "names",
        "central-control": "bureau",
        "sensitive-collection": "age",
    }
    sheet.say("The bureau may cut off names by age.", "1", proposes=powers)

    said = told_silences(sheet)

    themes = {name: theme for theme, names in rules().silences.themes.items() for name in names}
    assert len(said) <= 5
    assert len({themes[omission.id] for omission in said}) == len(said)
    assert all(themes[name] == themes[omission.id] for omission in said for name in omission.also)


def test_silence_that_hardly_any_clause_calls_for_is_not_said(sheet):
    for number in (1, 2):
        sheet.say("Holders must enroll in person.", str(number))
    before = told_silences(sheet)
    for number in range(3, 350):
        sheet.say("The frame has 32 bits.", str(number), strength="descriptive")

    assert [omission.id for omission in before if "no-local-language" in (omission.id, *omission.also)]
    assert told_silences(sheet) == []


def test_each_silence_has_a_theme():
    themed = [name for names in rules().silences.themes.values() for name in names]

    assert sorted(themed) == sorted({*rules().omissions, "grounds"})
    assert rules().silences.calls.keys() <= rules().omissions.keys()
