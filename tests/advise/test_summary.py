"""Three to five plain sentences, each no more certain than its findings and gone with its clauses."""

import re
import runpy
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.advise.context import Context
from impact.advise.openness.safeguard_gaps import gaps_of
from impact.advise.statements import Statements
from impact.advise.summary import SENTENCES, summary_of
from impact.advise.summary_wording import wording
from impact.assess import assess
from impact.pipeline import analyze
from impact.records import Classification, Sentence, Span, Strength
from impact.report.view.places import Places
from impact.report.view.summary import sentence_text, summary_runs
from impact.taxonomy import load

SAMPLES = sorted((Path(__file__).parents[2] / "corpora" / "proposals").glob("*.*"))
READ = [path for path in SAMPLES if path.suffix in {".pdf", ".txt", ".docx"}]


def said(assessment):
    at = Places(assessment)
    return [sentence_text(one, assessment.document, at) for one in summary_of(Context(assessment, load()))]


def without(assessment, clauses):
    """Return the assessment of the same document without what was found in some clauses."""
    classification = Classification(
        tuple(rated.finding for rated in assessment.findings if rated.finding.clause not in clauses),
        tuple(safeguard for safeguard in assessment.safeguards if safeguard.clause not in clauses),
        tuple(mention for mention in assessment.mentions if mention.clause not in clauses),
    )
    return assess(assessment.proposal, assessment.clauses, classification, load(), assessment.provenance)


@pytest.fixture(scope="module", params=READ, ids=lambda path: path.stem)
def sample(request):
    return analyze(request.param, jailed=False).firm


def test_every_sentence_of_a_sample_rests_on_clauses_and_is_gone_without_them(sample):
    for sentence in summary_of(Context(sample, load())):
        assert sentence.clauses
        assert sentence not in summary_of(Context(without(sample, set(sentence.clauses)), load()))


def test_every_sentence_of_a_sample_links_each_clause_that_it_names(sample):
    at = Places(sample)

    for sentence in summary_of(Context(sample, load())):
        anchors = {part.anchor for part in summary_runs(sentence, sample.document, at) if part.anchor}
        assert anchors <= {at.where(name).anchor for name in sentence.clauses}
        assert anchors


LEADS = {"requires", "recommends", "permits", "forbids", "under", "according", "also", "that"}


def test_words_of_a_restated_clause_are_those_of_the_clause(sample):
    context = Context(sample, load())
    statements = Statements(context)
    stated = [statements.first([rated.finding.cited]) for group in context.ranked.values() for rated in group]

    for cite, text in filter(None, stated):
        clause = context.clause(cite.clause)
        own = clause.span.of(context.text) + (clause.stem.of(context.text) if clause.stem else "")
        said_words = {word for word in re.findall(r"[a-z]{3,}", text.lower()) if word not in LEADS}
        assert said_words <= set(re.findall(r"[a-z]{3,}", own.lower())) | {"the"}


def test_summary_of_many_powers_has_at_most_five_sentences_and_at_least_three(sheet):
    for number, name in enumerate(load().mechanisms):
        sheet.say("The node shall do it.", f"4.{number}", proposes={name: "do it"})
    sheet.say("Each person can appeal.", "5", proposes={"redress": "can appeal"})

    assert 3 <= len(summary_of(Context(sheet.assessed(), load()))) <= SENTENCES


def test_gravest_power_stands_first_with_its_strength(sheet):
    sheet.say("The node may keep a record.", "4.1", strength="may", proposes={"logging-retention": "keep a record"})
    sheet.say("The node shall cut off the line.", "4.2", proposes={"shut-off": "cut off"})

    assert said(sheet.assessed())[:2] == [
        "Clause 4.2 requires the node to cut off the line.",
        "Clause 4.1 permits the node to keep a record.",
    ]


def test_clauses_that_require_a_power_are_named_before_those_that_describe_it(sheet):
    for number in ("1", "2", "3"):
        sheet.say("Logs are kept.", number, strength="descriptive", proposes={"logging-retention": "kept"})
    for number in ("4", "5", "6"):
        sheet.say("The logs shall be kept.", number, proposes={"logging-retention": "kept"})

    assert said(sheet.assessed())[0] == "Clause 4 requires the logs to be kept (see also clauses 5 and 6)."


def test_sentence_without_an_act_of_its_power_is_not_restated(sheet):
    sheet.say("The node may add more types of tables.", "4.1", strength="may", proposes={"shut-off": "types of tables"})

    assert said(sheet.assessed())[0].startswith("Clause 4.1 permits the suspension of a service or connection")


def test_sentence_that_denies_the_act_of_its_power_is_not_restated(sheet):
    words = "The node shall not be a tracker of the person."
    sheet.say(words, "4.1", strength="descriptive", proposes={"location-tracking": "tracker of the person"})

    assert said(sheet.assessed())[0].startswith("Clause 4.1 describes the tracking of location")


def test_power_in_a_statement_that_is_only_joined_to_a_rule_is_not_said_to_be_required(sheet):
    words = "The key must be kept secret, but each user has a permanent identifier that we know."
    sheet.say(words, "4.1", proposes={"persistent-identifiers": "permanent identifier"})

    assert said(sheet.assessed())[0].startswith("Clause 4.1 describes persistent identifiers")


def test_clauses_that_cannot_be_restated_are_named_together_with_their_power(sheet):
    sheet.say("Cut off the line.", "4.1", proposes={"shut-off": "Cut off"})
    sheet.say("Cut off all lines.", "4.2", proposes={"shut-off": "Cut off"})

    assert said(sheet.assessed())[0] == (
        "Clauses 4.1 and 4.2 require the suspension of a service or connection, "
        "which can leave people without communication."
    )


def test_clauses_of_unequal_strength_are_not_said_to_require_a_power(sheet):
    sheet.say("Cut off the line.", "4.1", proposes={"shut-off": "Cut off"})
    sheet.say("Or cut off all lines.", "4.2", strength="may", proposes={"shut-off": "cut off"})

    assert said(sheet.assessed())[0].startswith("Clauses 4.1 and 4.2 provide for the suspension")


def test_clause_that_can_be_restated_is_told_before_an_equally_grave_one_that_cannot(sheet):
    sheet.say("Cut off the line.", "4.1", proposes={"shut-off": "Cut off"}, confidence=0.95)
    sheet.say("The node shall cut off all lines.", "4.2", proposes={"shut-off": "cut off"}, confidence=0.8)

    assert said(sheet.assessed())[0] == "Clause 4.2 requires the node to cut off all lines (see also clause 4.1)."


def test_clause_is_not_restated_in_place_of_one_that_binds_more(sheet):
    sheet.say("Cut off the line.", "4.1", proposes={"shut-off": "Cut off"})
    sheet.say("The node may cut off all lines.", "4.2", strength="may", proposes={"shut-off": "cut off"})

    assert said(sheet.assessed())[0].startswith("Clauses 4.1 and 4.2 provide for the suspension")


def test_one_sentence_is_not_restated_for_two_powers(sheet):
    sheet.say(
        "The node shall compare the passport and disconnect the line.",
        "4.1",
        proposes={"identity-binding": "compare the passport", "shut-off": "disconnect"},
    )

    told = said(sheet.assessed())

    assert sum("the node to compare" in sentence for sentence in told) == 1
    assert any(sentence.startswith("Clause 4.1 requires") for sentence in told)


def test_item_of_a_list_of_alternatives_is_not_said_to_be_required(sheet):
    stem = sheet.say("The node shall:", "4").span
    for number, words in (("4 a)", "cut off the line; or"), ("4 b)", "call the owner.")):
        item = sheet.say(words, number, proposes={"shut-off": "cut off"} if "cut" in words else None)
        sheet.clauses[-1] = replace(item, stem=stem)

    assert said(sheet.assessed())[0].startswith("Clause 4 a) requires the suspension")


def test_item_of_a_list_is_restated_with_its_stem(sheet):
    stem = sheet.say("The node shall:", "4").span
    for number, words in (("4 a)", "cut off the line;"), ("4 b)", "call the owner.")):
        item = sheet.say(words, number, proposes={"shut-off": "cut off"} if "cut" in words else None)
        sheet.clauses[-1] = replace(item, stem=stem)

    assert said(sheet.assessed())[0] == "Clause 4 a) requires the node to cut off the line."


def test_description_in_a_clause_without_number_is_not_said_to_hold_under_it(sheet):
    sheet.say("The node cuts off the line.", "", strength="descriptive", proposes={"shut-off": "cuts off"})

    assert said(sheet.assessed())[0] == "According to a passage on page 1, the node cuts off the line."


def test_paragraphs_of_one_number_are_named_once_and_in_the_singular(sheet):
    for _ in range(2):
        sheet.say("The node shall cut off the line.", "4.1", proposes={"shut-off": "cut off"})

    assert said(sheet.assessed())[0] == "Clause 4.1 requires the node to cut off the line."


@pytest.mark.parametrize(
    ("paged", "headings", "expected"),
    [
        (True, (), "A passage on page 1 requires the node to cut off the line."),
        (False, ("Control",), "The section \u201cControl\u201d requires the node to cut off the line."),
        (
            False,
            (),
            "The passage beginning \u201cThe node shall cut off the line.\u201d requires the node to cut off the line.",
        ),
    ],
)
def test_clause_without_number_is_named_by_page_or_heading(sheet, paged, headings, expected):
    sheet.say("The node shall cut off the line.", "", headings, proposes={"shut-off": "cut off"})

    assert said(sheet.assessed({"paged": paged}))[0] == expected


@pytest.mark.parametrize(
    ("words", "evidence"),
    [
        ("The server shall serve requests where no location is provided", "location"),
        ("The server shall work without a location", "location"),
        ("The location shall be prefixed with a country code", "location"),
    ],
)
def test_sentence_that_does_not_show_the_power_is_not_told_for_it(sheet, words, evidence):
    sheet.say(f"{words}.", "4", proposes={"location-tracking": evidence})

    assert (
        said(sheet.assessed())[0]
        == "Clause 4 describes the tracking of location, which can show where people are or have been."
    )


def test_clause_that_shows_the_power_is_told_in_place_of_one_that_does_not(sheet):
    sheet.say(
        "The server shall serve requests where no location is sent.", "4", proposes={"location-tracking": "location"}
    )
    words = "The client shall send the location of the user."
    sheet.say(words, "5", proposes={"location-tracking": "location of the user"})

    assert said(sheet.assessed())[0] == "Clause 5 requires the client to send the location of the user."


def test_list_of_those_who_are_let_through_is_not_told_as_a_block(sheet):
    sheet.say("White lists: yes, in networks.", "6", strength="should", proposes={"content-blocking": "White lists"})

    assert said(sheet.assessed())[0].startswith("Clause 6 recommends lists of who or what is let through")


def test_protection_is_told_beside_powers(sheet):
    sheet.say("The node shall cut off the line.", "4.2", proposes={"shut-off": "cut off"})
    sheet.say("Each person may appeal.", "4.3", strength="may", proposes={"redress": "may appeal"})

    assert said(sheet.assessed())[-1] == "As a safeguard, clause 4.3 permits each person to appeal."


def test_protection_that_cannot_be_restated_is_named(sheet):
    sheet.say("Appeals in writing.", "4.3", strength="may", proposes={"redress": "Appeals"})
    sheet.say("The node shall cut off the line.", "9", proposes={"shut-off": "cut off"})

    assert said(sheet.assessed())[-1].startswith(
        "As a safeguard, clause 4.3 provides for redress, by which people can object"
    )


@pytest.mark.parametrize(("number", "told"), [("4.3", True), ("4.4", False)])
def test_protection_that_its_clause_takes_away_too_is_told_with_that(sheet, number, told):
    sheet.say("Letters are encrypted on the way.", "4.3", proposes={"encryption": "encrypted on the way"})
    sheet.say("Encryption by the carrier shall be removed at the desk.", number)
    sheet.say("The node shall cut off the line.", "9", proposes={"shut-off": "cut off"})
    assessment = sheet.assessed()

    *_, last = summary_of(Context(assessment, load()))

    assert last.text.endswith(", but the same clause requires existing encryption to be removed.") is told


def test_protection_that_applies_only_if_applicable_is_not_called_required(sheet):
    sheet.say("Appeals in writing, where applicable.", "4.3", proposes={"redress": "Appeals"})
    sheet.say("The node shall cut off the line.", "9", proposes={"shut-off": "cut off"})

    assert said(sheet.assessed())[-1].startswith("As a safeguard, clause 4.3 provides for redress")


def test_protection_is_told_by_a_clause_that_can_be_restated_and_binds_as_much(sheet):
    sheet.say("Appeals to a court.", "4.1", proposes={"redress": "Appeals"}, confidence=0.95)
    sheet.say("Each person shall be able to appeal.", "4.2", proposes={"redress": "able to appeal"}, confidence=0.87)
    sheet.say("The node shall cut off the line.", "9", proposes={"shut-off": "cut off"})

    assert said(sheet.assessed())[-1] == "As a safeguard, clause 4.2 requires each person to be able to appeal."


def test_number_of_a_clause_loses_its_full_stop_in_a_sentence(sheet):
    sheet.say("The node shall cut off the line.", "4.", proposes={"shut-off": "cut off"})

    assert said(sheet.assessed())[0] == "Clause 4 requires the node to cut off the line."


def test_protection_without_a_power_is_named_only(sheet):
    sheet.say("Each person can appeal.", "4.3", proposes={"redress": "can appeal"})
    before = said(sheet.assessed())
    sheet.say("The node shall cut off the line.", "9", proposes={"shut-off": "cut off"})

    named = "redress, by which people can object and have errors corrected (clause 4.3)."
    assert before == [f"Safeguards: the text provides for {named}"]
    assert said(sheet.assessed())[-1] == "As a safeguard under clause 4.3, each person can appeal."


@pytest.mark.parametrize(("confidence", "named"), [(0.89, True), (0.87, False)])
def test_only_sure_safeguards_are_named_without_a_power(sheet, confidence, named):
    sheet.say("Each person can appeal.", "4.3", proposes={"redress": "can appeal"}, confidence=confidence)

    assert bool(said(sheet.assessed())) is named


def test_safeguards_are_named_with_their_clauses_those_with_most_first(sheet):
    sheet.say("Each person can appeal.", "4.3", proposes={"redress": "can appeal"})
    for number in ("5", "6"):
        sheet.say("The node shall accept an alias.", number, proposes={"pseudonymity": "alias"})

    (sentence,) = said(sheet.assessed())
    first, second = "anonymous or pseudonymous use (clauses 5 and 6)", "redress, by which people can object"
    assert sentence.startswith(f"Safeguards: the text provides for {first}; and {second}")


def test_a_doubtful_protection_is_not_told_beside_a_power(sheet):
    sheet.say("The node shall cut off the line.", "4.2", proposes={"shut-off": "cut off"})
    sheet.say("Each person may appeal.", "4.3", strength="may", proposes={"redress": "may appeal"}, confidence=0.84)

    assert not any("safeguard" in sentence for sentence in said(sheet.assessed()))


def test_nothing_found_gives_no_sentence(sheet):
    sheet.say("The frame shall have 32 bits.", "4")

    assert said(sheet.assessed()) == []


def test_every_label_has_its_wording():
    taxonomy = load()

    assert wording().mechanisms.keys() == wording().named.keys() == taxonomy.mechanisms.keys()
    assert wording().safeguards.keys() == wording().absent.keys() == taxonomy.safeguards.keys()


def test_wordings_are_for_grades_nine_to_twelve():
    bench = runpy.run_path(str(Path(__file__).parents[2] / "bench" / "reading_level.py"))

    grades = [bench["grade"]([sentence]) for sentence in bench["wordings"]()]

    assert sum(grades) / len(grades) <= 12
    assert max(grades) <= 16


@given(st.text(max_size=40))
def test_sentence_without_clauses_is_refused(text):
    with pytest.raises(ValueError, match="must name each"):
        Sentence("power", text, ())


def test_summary_does_not_change_with_the_time_of_the_run(sample):
    later = replace(sample, provenance=replace(sample.provenance, made_at="2027-01-01T00:00:00+00:00"))

    assert summary_of(Context(sample, load())) == summary_of(Context(later, load()))


def test_clauses_are_named_in_the_order_of_the_text(sheet):
    for number, confidence in (("4.1", 0.6), ("4.2", 0.9), ("4.3", 0.7)):
        sheet.say(f"The node may cut off line {number}.", number, proposes={"shut-off": "cut"}, confidence=confidence)

    assert said(sheet.assessed())[0].endswith("(see also clauses 4.1 and 4.3).")


def test_pair_names_the_firmest_clause_of_each_power(sheet):
    sheet.say("Identity is bound.", "1", strength="descriptive", proposes={"identity-binding": "bound"}, confidence=0.9)
    sheet.say("The node shall bind it.", "4.1", proposes={"identity-binding": "bind it"}, confidence=0.7)
    sheet.say("The node shall cut off the line.", "4.2", proposes={"shut-off": "cut off"})

    pair = next(one for one in said(sheet.assessed()) if "combine" in one)

    assert pair.startswith("Two powers could combine: ")
    assert pair.endswith(" (clause 4.1 and clause 4.2).")


def test_pair_names_clauses_of_one_section_before_surer_ones_far_apart(sheet):
    here, there = ("4 Accounts",), ("5 Names",)
    sheet.say("The node shall bind it.", "4.1", here, proposes={"identity-binding": "bind it"}, confidence=0.7)
    sheet.say("The node shall cut off the line.", "4.2", here, proposes={"shut-off": "cut off"})
    sheet.say("The node shall bind it.", "5.1", there, proposes={"identity-binding": "bind it"}, confidence=0.95)

    pair = next(one for one in said(sheet.assessed()) if "combine" in one)

    assert pair.startswith("Two powers could combine: ")
    assert pair.endswith(" (clause 4.1 and clause 4.2).")


def test_number_of_several_findings_is_told_by_its_best_one(sheet):
    for number in ("4.1", "4.2", "4.3", "4.4", "4.1"):
        sheet.say("The node shall cut off the line.", number, proposes={"shut-off": "cut off"})

    assert said(sheet.assessed())[0].endswith("to cut off the line (see also clauses 4.2 and 4.3).")


def test_protection_of_a_section_that_hands_data_over_is_that_of_the_way(sheet):
    heading = ("6 Handover",)
    sheet.say("Messages shall be handed over.", "6.1", heading, proposes={"lawful-access": "handed over"})
    sheet.say("Encryption of the link.", "6.2", heading, proposes={"encryption": "Encryption"})

    assert said(sheet.assessed())[-1] == (
        "To protect the handover, clause 6.2 requires encryption of what is handed over."
    )


def test_protection_whose_words_all_bind_is_told_before_one_that_cites_a_rule_in_passing(sheet):
    first = sheet.say(
        "Aliases help. A law cited says that aliases shall be free.", "4", proposes={"pseudonymity": "Al"}
    )
    sheet.say("The node shall accept an alias.", "5", proposes={"pseudonymity": "alias"})
    middle = first.span.start + len("Aliases help.")
    parts = (Span(first.span.start, middle), Span(middle + 1, first.span.end))
    sheet.clauses[0] = replace(first, sentences=parts, strengths=(Strength.DESCRIPTIVE, Strength.MUST))
    sheet.say("The node shall cut off the line.", "9", proposes={"shut-off": "cut off"})

    assert said(sheet.assessed())[-2] == "As a safeguard, clause 5 requires the node to accept an alias."


def test_a_pair_within_one_clause_names_that_clause_once(sheet):
    sheet.say(
        "The node shall check the passport and shall cut off the line.",
        "4.1",
        proposes={"identity-binding": "check the passport", "shut-off": "cut off"},
    )

    assert "Two powers in clause 4.1 could combine: identified people could be disconnected." in said(sheet.assessed())


def test_withdrawal_of_a_credential_is_not_told_as_a_cut(sheet):
    sheet.say("Revoke the credential.", "4", proposes={"shut-off": "Revoke the credential"})

    assert "the suspension or revocation of accounts or credentials" in said(sheet.assessed())[0]


def test_every_variant_has_its_wording():
    variants = {
        mechanism.id: {variant.id for variant in mechanism.variants}
        for mechanism in load().mechanisms.values()
        if mechanism.variants
    }

    assert {name: set(table) for name, table in wording().variants.items()} == variants
    assert {name: set(table) for name, table in wording().named_variants.items()} == variants


def test_nobody_is_said_to_miss_consent_in_a_clause_about_a_target(sheet):
    sheet.say(
        "The facility shall deliver the location of the target.",
        "4.1",
        proposes={"lawful-access": "deliver", "location-tracking": "location of the target"},
    )
    sheet.say("The authority is checked by a court.", "4.2", proposes={"independent-oversight": "checked by a court"})

    silence = next(one for one in said(sheet.assessed()) if "no clause was found on" in one)

    assert "consent" not in silence


def test_silence_is_that_of_the_power_and_not_of_its_clause(sheet):
    sheet.say("The node shall cut off the line.", "4.1", proposes={"shut-off": "cut off"})

    silence = next(one for one in said(sheet.assessed()) if "no clause was found on" in one)

    assert silence == (
        "For the disconnection or suspension of users (clause 4.1), no clause was found on independent oversight or "
        "redress."
    )


@pytest.mark.parametrize(
    ("words", "denied"),
    [("is not informed", "notification"), ("is not informed of the reason", "notification of the reason")],
)
def test_protection_that_a_clause_denies_at_a_grave_power_is_told_in_place_of_a_silence(sheet, words, denied):
    heading = ("8 Cut-off",)
    sheet.say("The node shall cut off the line.", "8.1", heading, proposes={"shut-off": "cut off"})
    sheet.say(f"The subscriber {words}, and the cut is not subject to appeal.", "8.2", heading)
    assessment = sheet.assessed()
    context = Context(assessment, load())
    told = summary_of(context, gaps_of(context))

    found = [
        sentence_text(one, assessment.document, Places(assessment)) for one in told if one.kind in {"silence", "denial"}
    ]

    (one,) = found
    excluded, _, absent = one.partition(", and no clause was found on ")

    assert excluded == f"Clause 8.2 excludes an appeal and {denied}"
    assert absent == "independent oversight or continuity of service."


def test_clause_that_requires_to_hand_over_is_told_before_a_surer_one_on_a_format(sheet):
    for number in ("4.1", "4.2", "4.3"):
        words = f"The warrant number shall be sent with {number} digits."
        sheet.say(words, number, proposes={"lawful-access": "warrant number"}, confidence=0.9)
    sheet.say("The node shall deliver the calls.", "5", proposes={"lawful-access": "deliver"}, confidence=0.8)

    assert said(sheet.assessed())[0] == "Clause 5 requires the node to deliver the calls."


def test_protection_that_counters_a_power_found_is_told_before_others(sheet):
    sheet.say("The node shall cut off the line.", "4.1", proposes={"shut-off": "cut off"})
    sheet.say("Texts shall be read aloud.", "4.2", proposes={"accessibility": "read aloud"}, confidence=0.95)
    sheet.say("Each person may appeal.", "4.3", strength="may", proposes={"redress": "may appeal"}, confidence=0.87)

    assert said(sheet.assessed())[-2].startswith("As a safeguard, clause 4.3 permits ")


def test_clauses_that_require_the_act_are_named_alone(sheet):
    sheet.say("The node shall deliver the calls.", "4.1", proposes={"lawful-access": "deliver"})
    sheet.say("The warrant number shall have ten digits.", "4.2", proposes={"lawful-access": "warrant number"})

    assert said(sheet.assessed())[0] == "Clause 4.1 requires the node to deliver the calls."


def test_protection_in_a_text_that_is_about_access_is_that_of_the_way(sheet):
    sheet.say("The node shall deliver the calls.", "4", ("4 Delivery",), proposes={"lawful-access": "deliver"})
    sheet.say("The line shall be encrypted.", "9", ("9 Lines",), proposes={"encryption": "encrypted"})

    assert said(sheet.assessed())[-1] == "To protect the handover, clause 9 requires the line to be encrypted."
