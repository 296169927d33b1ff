"""What the articles themselves ask of a limitation, and where a text may answer."""

from dataclasses import replace

import pytest

from impact.advise.context import Context
from impact.advise.worksheet import library, worksheet_of
from impact.records import Span
from impact.taxonomy import load

COMMON = ["national security", "public order (ordre public)", "public health", "public morals"]
ASSEMBLY = ["national security", "public safety", *COMMON[1:], "the rights and freedoms of others"]


def asked(ref, right=""):
    found = [one for one in library().limitations if one.ref == ref and right in {"", one.right}]
    return found[0].law, found[0].need, [library().grounds[name].name for name in found[0].grounds]


def sheets(assessment):
    return {sheet.right: sheet for sheet in worksheet_of(Context(assessment, load())).sheets}


@pytest.mark.parametrize(
    ("ref", "law", "need", "grounds"),
    [
        (
            "ICCPR 12(3)",
            "provided by law",
            "necessary, and consistent with the other rights of the Covenant",
            [*COMMON, "the rights and freedoms of others"],
        ),
        (
            "ICCPR 18(3)",
            "prescribed by law",
            "necessary",
            ["public safety", "order", "health", "morals", "the fundamental rights and freedoms of others"],
        ),
        ("ICCPR 19(3)", "provided by law", "necessary", ["the rights or reputations of others", *COMMON]),
        ("ICCPR 21", "imposed in conformity with the law", "necessary in a democratic society", ASSEMBLY),
        ("ICCPR 22(2)", "prescribed by law", "necessary in a democratic society", ASSEMBLY),
        (
            "ICESCR 8(1)",
            "prescribed by law",
            "necessary in a democratic society",
            ["national security", "public order", "the rights and freedoms of others"],
        ),
        ("ICESCR 4", "determined by law", "compatible with the nature of the right", ["the general welfare"]),
        (
            "UDHR 29(2)",
            "determined by law",
            "solely for these purposes, and in a democratic society",
            ["the rights and freedoms of others", "morality", "public order", "the general welfare"],
        ),
    ],
)
def test_articles_ask_what_their_text_asks(ref, law, need, grounds):
    assert asked(ref) == (law, need, grounds)


def test_privacy_has_no_listed_grounds_and_asks_for_neither_unlawful_nor_arbitrary_interference():
    law, need, grounds = asked("ICCPR 17")

    assert law.startswith("interference must not be unlawful")
    assert need.startswith("interference must not be arbitrary")
    assert grounds == []


def test_national_security_is_no_ground_against_religion_or_belief():
    assert "national security" not in asked("ICCPR 18(3)")[2]


def test_every_limitation_belongs_to_a_right_that_has_the_article():
    taxonomy = load()

    assert all(one.article in taxonomy.articles for one in library().limitations)
    for one in library().limitations:
        right = taxonomy.rights[one.right]
        general = one.article in {"ICESCR 4", "UDHR 29"}
        assert general or one.article in {ref.split("(")[0] for ref in right.articles}
        assert right.limits != "absolute"


def test_each_economic_and_social_right_is_measured_by_article_four():
    wanted = {right.id for right in load().rights.values() if right.limits == "progressive"}

    assert wanted <= {one.right for one in library().limitations if one.ref == "ICESCR 4"}


def test_aim_that_the_text_names_is_quoted_under_the_ground_of_the_article(sheet):
    sheet.say(
        "The gateway shall block the listed sites for reasons of national security.",
        "4",
        proposes={"content-blocking": "block the listed sites"},
    )

    expression = sheets(sheet.assessed())["expression"]

    grounds = {ground.id: ground for ground in expression.limitations[0].grounds}
    quoted = [sheet.text[span.start : span.end] for span in grounds["national-security"].cites[0].evidence]
    assert quoted == ["national security"]
    assert grounds["public-health"].cites == ()


def test_aim_that_no_article_lists_is_said_to_be_so(sheet):
    sheet.say(
        "The gateway shall block the listed sites to raise revenue.",
        "4",
        proposes={"content-blocking": "block the listed sites"},
    )

    expression = sheets(sheet.assessed())["expression"]

    assert [one.name for one in expression.unlisted] == ["commercial purposes"]


def test_reference_to_law_far_from_any_finding_answers_nothing(sheet):
    sheet.say("Testing follows national law.", "2", ("2 Testing",))
    sheet.say(
        "The gateway shall block the listed sites.",
        "4",
        ("4 Blocking",),
        proposes={"content-blocking": "block the listed sites"},
    )

    expression = sheets(sheet.assessed())["expression"]

    assert dict(expression.answers)["legality"] == ()


def test_reference_to_law_in_the_section_of_a_finding_is_cited(sheet):
    sheet.say(
        "The gateway shall block the listed sites.",
        "4.1",
        ("4 Blocking",),
        proposes={"content-blocking": "block the listed sites"},
    )
    clause = sheet.say("A court order is needed for each entry of the list.", "4.2", ("4 Blocking",))

    expression = sheets(sheet.assessed())["expression"]

    assert [one.clause for one in dict(expression.answers)["legality"]] == [clause.id]


def test_absolute_and_firm_rights_stand_apart_from_the_tests(sheet):
    sheet.say(
        "The handover interface shall deliver content to the agency.",
        "4",
        proposes={"lawful-access": "deliver content to the agency"},
    )

    worksheet = worksheet_of(Context(sheet.assessed(), load()))

    assert "torture" in worksheet.absolute
    assert {"life", "torture"} <= set(worksheet.firm)
    assert not {sheet.right for sheet in worksheet.sheets} & {"torture"}


def test_nothing_found_leaves_an_empty_worksheet(sheet):
    sheet.say("The frame shall have 32 bits.", "4")

    worksheet = worksheet_of(Context(sheet.assessed(), load()))

    assert (worksheet.sheets, worksheet.absolute, worksheet.firm, worksheet.further) == ((), (), (), ())


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("Content may be used for law enforcement.", True),
        ("Content shall be delivered to the Law Enforcement Monitoring Facility.", False),
        ("Content shall be delivered to a law enforcement agency.", False),
    ],
)
def test_name_of_an_authority_is_not_taken_for_an_aim(sheet, words, named):
    sheet.say(words, "4", proposes={"lawful-access": "Content"})

    expression = sheets(sheet.assessed())["expression"]

    cited = [ground.id for limitation in expression.limitations for ground in limitation.grounds if ground.cites]
    assert cited == (["public-order"] if named else [])


def test_clause_that_names_the_law_is_cited_beside_those_that_provide_a_safeguard(sheet):
    mark, guard = {"lawful-access": "hand over"}, {"independent-oversight": "review each order"}
    law = sheet.say("Bureaus hand over files under various European treaties.", "1", ("1 Aim",), proposes=mark)
    for number in ("2", "3"):
        sheet.say("Judges review each order.", number, ("2 Review",), proposes=guard)

    legality = dict(sheets(sheet.assessed())["privacy"].answers)["legality"]

    assert law.id in [one.clause for one in legality]


@pytest.mark.parametrize(
    "words",
    [
        "under Directive 2002/58/EC",
        "under Regulation (EU) 2016/679",
        "as international treaties ask",
        "under the EPO Directive",
        "on a production order",
    ],
)
def test_instrument_that_is_named_answers_for_the_law(sheet, words):
    clause = sheet.say(f"Bureaus hand over files {words}.", "1", proposes={"lawful-access": "hand over"})

    legality = dict(sheets(sheet.assessed())["privacy"].answers)["legality"]

    assert [one.clause for one in legality] == [clause.id]


@pytest.mark.parametrize("words", ["with the number within the warrant", "by the ITU Convention"])
def test_field_of_a_warrant_and_rules_of_a_standards_body_answer_not_for_the_law(sheet, words):
    sheet.say(f"Bureaus hand over files {words}.", "1", proposes={"lawful-access": "hand over"})

    assert dict(sheets(sheet.assessed())["privacy"].answers)["legality"] == ()


def test_criminal_matters_name_the_aim_of_public_order(sheet):
    clause = sheet.say("Bureaus hand over files in criminal matters.", "1", proposes={"lawful-access": "hand over"})

    expression = sheets(sheet.assessed())["expression"]
    grounds = {ground.id: ground.cites for limit in expression.limitations for ground in limit.grounds}

    assert [ground.clause for ground in grounds["public-order"]] == [clause.id]


def test_article_without_grounds_is_told_the_aim_in_its_widest_wording(sheet):
    clause = sheet.say("Bureaus hand over files in criminal matters.", "1", proposes={"lawful-access": "hand over"})

    unlisted = sheets(sheet.assessed())["privacy"].unlisted

    assert [(one.name, one.cites[0].clause) for one in unlisted] == [("public order (ordre public)", clause.id)]


@pytest.mark.parametrize("instrument", ["Regulation (EU) 2021/77", "Regulation (EU) No 910", "Directive 2002/58/EC"])
def test_number_of_an_instrument_is_cited_whole(sheet, instrument):
    sheet.say(f"Bureaus hand over files under {instrument}.", "1", proposes={"lawful-access": "hand over"})

    (cited,) = dict(sheets(sheet.assessed())["privacy"].answers)["legality"]

    assert [span.of(sheet.text) for span in cited.evidence] == [instrument]


def test_law_that_is_named_at_one_power_answers_for_another_too(sheet):
    mark = {"location-tracking": "follow the phone"}
    law = sheet.say(
        "Bureaus hand over files as treaties ask and national law.", "1", proposes={"lawful-access": "files"}
    )
    sheet.say("The bureau shall follow the phone.", "2", ("2 Place",), proposes=mark)

    legality = dict(sheets(sheet.assessed())["movement"].answers)["legality"]

    assert [one.clause for one in legality] == [law.id]


def test_law_that_is_named_for_a_protection_answers_for_no_power(sheet):
    sheet.say(
        "Names shall be deleted under Regulation (EU) 2021/77.", "1.1", ("1 Names",), proposes={"redress": "deleted"}
    )
    sheet.say("Names shall be shown.", "1.2", ("1 Names",), proposes={"identity-binding": "shown"})

    assert dict(sheets(sheet.assessed())["privacy"].answers)["legality"] == ()


def test_encryption_answers_no_test(sheet):
    sheet.say("The agency shall get the calls.", "1", proposes={"lawful-access": "get the calls"})
    sheet.say("The link shall be encrypted.", "2", proposes={"encryption": "encrypted"})

    answers = dict(sheets(sheet.assessed())["privacy"].answers)

    assert all(cites == () for cites in answers.values())


@pytest.mark.parametrize("safeguard", sorted({name for test in library().tests.values() for name in test.safeguards}))
def test_each_safeguard_speaks_to_one_test(safeguard):
    assert len([test for test in library().tests.values() if safeguard in test.safeguards]) == 1


@pytest.mark.parametrize(
    ("words", "tests"),
    [
        ("in a proportionate manner to limit the fee", []),
        ("where this is proportionate to the aim", ["proportionality"]),
        ("under regular review", ["proportionality"]),
    ],
)
def test_proportionate_answers_where_it_measures_the_power(sheet, words, tests):
    sheet.say(f"Bureaus hand over files {words}.", "1", proposes={"lawful-access": "hand over"})

    answers = sheets(sheet.assessed())["privacy"].answers

    assert [name for name, cites in answers if cites] == tests


@pytest.mark.parametrize(
    ("words", "quoted"),
    [
        ("for a period of 24 months", ["for a period of 24 months"]),
        ("and the order is not subject to appeal", ["not subject to appeal"]),
        ("within 30 seconds", []),
    ],
)
def test_period_and_denied_appeal_are_quoted_under_proportionality(sheet, words, quoted):
    sheet.say(f"Bureaus hand over files {words}.", "1", proposes={"lawful-access": "hand over"})

    cites = dict(sheets(sheet.assessed())["privacy"].answers)["proportionality"]

    assert [span.of(sheet.text) for cite in cites for span in cite.evidence] == quoted


def test_right_without_a_limitation_clause_stands_with_the_absolute_ones_alone(sheet):
    sheet.say("Owners are not told of a seizure.", "4", proposes={"missing-remedy": "not told"})

    worksheet = worksheet_of(Context(sheet.assessed(), load()))

    assert "remedy" in worksheet.absolute
    assert "remedy" not in {sheet.right for sheet in worksheet.sheets} | set(worksheet.further)


def test_liberty_reached_by_secondary_links_alone_is_named_among_the_further_rights(sheet):
    sheet.say("The desk hands over calls.", "4", proposes={"lawful-access": "hands over calls"})

    worksheet = worksheet_of(Context(sheet.assessed(), load()))

    assert "liberty" in worksheet.further


@pytest.mark.parametrize(
    ("words", "quoted"), [("be logged for 24 months", []), ("be logged and no appeal is heard", ["no appeal"])]
)
def test_period_of_another_power_in_the_section_is_not_quoted_but_a_denial_is(sheet, words, quoted):
    sheet.say("Calls shall be slowed.", "7.1", ("7 Lanes",), proposes={"traffic-discrimination": "slowed"})
    sheet.say(f"Visits shall {words}.", "7.2", ("7 Lanes",), proposes={"logging-retention": "logged"})

    cites = dict(sheets(sheet.assessed())["equality"].answers)["proportionality"]

    assert [span.of(sheet.text) for cite in cites for span in cite.evidence] == quoted


def test_period_beside_a_power_that_is_that_of_no_other_is_quoted(sheet):
    sheet.say("Calls shall be slowed.", "7.1", ("7 Lanes",), proposes={"traffic-discrimination": "slowed"})
    sheet.say("This ends after 24 months.", "7.2", ("7 Lanes",))

    cites = dict(sheets(sheet.assessed())["equality"].answers)["proportionality"]

    assert [span.of(sheet.text) for cite in cites for span in cite.evidence] == ["after 24 months"]


def test_equality_is_measured_by_reasonable_and_objective_criteria():
    _, need, grounds = asked("ICCPR 26")

    assert "reasonable and objective criteria" in need
    assert grounds == []


def test_each_right_that_may_have_a_sheet_is_asked_what_its_article_asks():
    taxonomy = load()
    primary = {link.right for mechanism in taxonomy.mechanisms.values() for link in mechanism.primary}
    limited = {name for name in primary if taxonomy.rights[name].limits not in {"absolute", "partly"}}

    assert limited <= {one.right for one in library().limitations}


def test_redress_speaks_to_the_proportionality_of_each_power(sheet):
    sheet.say("Names shall be shown.", "1", ("1 Names",), proposes={"identity-binding": "shown"})
    clause = sheet.say("Members complain to the board.", "2", ("2 Board",), proposes={"redress": "complain"})

    cites = dict(sheets(sheet.assessed())["privacy"].answers)["proportionality"]

    assert [cite.clause for cite in cites] == [clause.id]


@pytest.mark.parametrize(
    ("words", "quoted"),
    [
        ("which restricts the scope of the measure", ["restricts the scope of the measure"]),
        ("which restricts the scope of their authority", []),
        ("and permits (like all others) are short-lived", []),
        ("and permissions (like all others) are short-lived", ["permissions (like all others) are short-lived"]),
        ("over short-lived connections", []),
    ],
)
def test_narrow_or_short_authority_speaks_to_proportionality(sheet, words, quoted):
    sheet.say(f"Names are shown, {words}.", "1", proposes={"identity-binding": "shown"})

    cites = dict(sheets(sheet.assessed())["privacy"].answers)["proportionality"]

    assert [span.of(sheet.text) for cite in cites for span in cite.evidence] == quoted


def test_law_of_another_power_is_not_cited_where_the_power_has_its_own(sheet):
    sheet.say("Names are shown under national law.", "1", ("1 Names",), proposes={"identity-binding": "shown"})
    own = sheet.say("Cards are taken as applicable law says.", "2", ("2 Cards",), proposes={"shut-off": "taken"})

    legality = dict(sheets(sheet.assessed())["assembly"].answers)["legality"]

    assert [one.clause for one in legality] == [own.id]


def test_law_of_the_sentence_that_carries_the_power_comes_first(sheet):
    sheet.say("Cards are taken. The price follows national law.", "1", ("1 Price",), proposes={"shut-off": "taken"})
    start = len("Cards are taken. ")
    parts = (Span(0, start - 1), Span(start, sheet.clauses[0].span.end))
    sheet.clauses[0] = replace(sheet.clauses[0], sentences=parts)
    own = sheet.say("Cards are taken under [Card Act].", "2", ("2 Cards",), proposes={"shut-off": "taken"})

    legality = dict(sheets(sheet.assessed())["assembly"].answers)["legality"]

    assert legality[0].clause == own.id


def test_order_does_not_answer_for_the_law_where_a_law_is_named(sheet):
    sheet.say("Bureaus hand over files on a production order.", "1", ("1 Aim",), proposes={"lawful-access": "files"})
    law = sheet.say("The EPO Directive says who may ask.", "2", ("1 Aim",))

    legality = dict(sheets(sheet.assessed())["privacy"].answers)["legality"]

    assert [one.clause for one in legality] == [law.id]


@pytest.mark.parametrize(
    ("words", "named"),
    [("to prevent card fraud", True), ("since guests imply a risk of fraud", True), ("at a risk of fraud", False)],
)
def test_fraud_is_an_aim_where_it_is_to_be_prevented(sheet, words, named):
    sheet.say(f"Names are shown {words}.", "1", proposes={"identity-binding": "shown"})

    (expression,) = sheets(sheet.assessed())["expression"].limitations

    assert bool(next(ground for ground in expression.grounds if ground.id == "rights-or-reputations").cites) is named


def test_law_in_a_clause_with_a_doubtful_finding_of_the_power_is_cited(sheet):
    sheet.say("Names are shown under national law.", "1", ("1 Names",), proposes={"identity-binding": "shown"})
    sheet.say("Cards are taken.", "2", ("2 Cards",), proposes={"shut-off": "taken"})
    clause = sheet.say(
        "Cards end as applicable law says.", "3", ("3 End",), proposes={"shut-off": "end"}, doubtful=True
    )
    assessment = sheet.assessed()

    (assembly,) = [sheet for sheet in worksheet_of(Context(assessment, load())).sheets if sheet.right == "assembly"]

    assert [one.clause for one in dict(assembly.answers)["legality"]] == [clause.id]


def test_law_named_beside_a_power_for_a_safeguard_that_speaks_to_no_test_is_cited(sheet):
    sheet.say("Cards are taken.", "1.1", ("1 Cards",), proposes={"shut-off": "taken"})
    clause = sheet.say(
        "Regulation (EU) 2021/77 asks for signed cards.", "1.2", ("1 Cards",), proposes={"integrity": "signed cards"}
    )

    legality = dict(sheets(sheet.assessed())["assembly"].answers)["legality"]

    assert [one.clause for one in legality] == [clause.id]


def test_aim_that_no_article_lists_is_not_looked_for_far_from_the_power(sheet):
    sheet.say("Counters keep off spam.", "1", ("1 Counters",))
    sheet.say("Cards are taken.", "2", ("2 Cards",), proposes={"shut-off": "taken"})

    assert sheets(sheet.assessed())["assembly"].unlisted == ()


def test_safeguard_that_binds_is_cited_before_those_that_are_described_earlier(sheet):
    sheet.say("Each citizen shall be identified.", "4", proposes={"identity-binding": "identified"})
    words = "no name is asked"
    for number in ("1", "2"):
        sheet.say("In general no name is asked.", number, strength="descriptive", proposes={"pseudonymity": words})
    binding = sheet.say("Each desk shall see to it that no name is asked.", "5", proposes={"pseudonymity": words})

    cited = [dict(one.answers)["necessity"] for one in worksheet_of(Context(sheet.assessed(), load())).sheets]

    assert cited
    assert {one[0].clause for one in cited} == {binding.id}


def test_article_that_defines_a_word_is_no_law_that_a_finding_rests_on(sheet):
    first = "Article 3(9) of the [Pass Act] defines the pass as the way by which a citizen is identified."
    sheet.say(first, "4.1", proposes={"identity-binding": "identified"})
    second = "Article 5(2) of the Act requires that each citizen is identified."
    law = sheet.say(second, "4.2", proposes={"identity-binding": "identified"})

    cited = [dict(one.answers)["legality"] for one in worksheet_of(Context(sheet.assessed(), load())).sheets]

    assert cited
    assert all([one.clause for one in found] == [law.id] for found in cited)
