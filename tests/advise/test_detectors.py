"""Detectors find what their data say, and leave alone what is only talked about."""

import re

import pytest

from impact.advise.context import Context
from impact.advise.detectors.library import detectors, sides
from impact.advise.phrases import pattern_of
from impact.records import Strength
from impact.taxonomy import load

each = pytest.mark.parametrize("detector", [*detectors(), *sides()], ids=lambda one: one.id)


@each
def test_each_detector_finds_the_sentences_that_it_says_it_finds(detector, sheet):
    for words in detector.matches:
        sheet.say(words, strength="descriptive")

    passages = Context(sheet.assessed(), load()).detections.get(detector.id, ())

    assert [passage.clause.id for passage in passages] == [clause.id for clause in sheet.clauses]


@each
def test_each_detector_leaves_alone_the_sentences_that_it_says_it_misses(detector, sheet):
    for words in detector.misses:
        sheet.say(words, strength="descriptive")

    assert detector.id not in Context(sheet.assessed(), load()).detections


@each
def test_each_pattern_of_a_detector_needs_one_of_its_words_nearby(detector):
    for line in detector.patterns:
        assert pattern_of((line,)).pattern
        assert not re.search(line, ""), line


@pytest.mark.parametrize(
    ("heading", "found"), [("3.3 Abbreviations", False), ("Acronyms and symbols", False), ("3.1 Terms", True)]
)
def test_lists_of_abbreviations_say_nothing(sheet, heading, found):
    sheet.say("TLS encrypts all messages end to end.", "3", ("3 Words", heading), strength="descriptive")

    assert ("encrypted" in Context(sheet.assessed(), load()).detections) is found


@pytest.mark.parametrize("heading", ["2.1 Normative references", "References"])
def test_titles_of_other_documents_say_nothing(sheet, heading):
    sheet.say("It replaces: Messages that are encrypted end to end.", "2", (heading,), strength="descriptive")

    assert "encrypted" not in Context(sheet.assessed(), load()).detections


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("E2EE End-to-End Encrypted Messages", False),
        ("EEM Encrypted End-to-End Message and Encrypted Log", False),
        ("TLS encrypts all messages end to end", True),
    ],
)
def test_entry_of_a_list_of_abbreviations_says_nothing_whatever_its_heading(sheet, words, found):
    sheet.say("The text has terms.", "3.1", ("3.1 Terms",), strength="descriptive")
    sheet.say(words, "3.3", ("3.1 Terms",), strength="descriptive")

    assert ("encrypted" in Context(sheet.assessed(), load()).detections) is found


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Should messages be encrypted end to end?", False),
        ("A draft asked whether messages are encrypted end to end; they are.", True),
    ],
)
def test_question_provides_nothing(sheet, words, found):
    sheet.say(words, strength="should")

    assert ("encrypted" in Context(sheet.assessed(), load()).detections) is found


@pytest.mark.parametrize(
    ("words", "found"), [("It takes a non-proprietary codec.", False), ("It takes a proprietary codec.", True)]
)
def test_word_after_non_is_not_meant(sheet, words, found):
    sheet.say(words, strength="descriptive")

    assert ("closed-terms" in Context(sheet.assessed(), load()).detections) is found


def test_titles_on_a_cover_say_nothing(sheet):
    sheet.say("Messages that are encrypted end to end", strength="descriptive")
    sheet.say("All messages are encrypted end to end.", strength="descriptive")
    sheet.say("Scope", "1", kind="heading", strength="descriptive")

    found = Context(sheet.assessed(), load()).detections["encrypted"]

    assert [one.clause.id for one in found] == [sheet.clauses[1].id]


def test_not_limited_to_denies_nothing(sheet):
    sheet.say("Access is not limited to networks over encrypted tunnels.", strength="descriptive")

    assert "encrypted" in Context(sheet.assessed(), load()).detections


@pytest.mark.parametrize(
    ("words", "strength"),
    [
        ("Although authentication is out of scope, it should be used.", Strength.DESCRIPTIVE),
        ("NOTE 2: While authentication is out of scope, it should be used.", Strength.DESCRIPTIVE),
        ("Padding should be used, as authentication is out of scope.", Strength.SHOULD),
    ],
)
def test_words_before_the_main_clause_are_a_description(sheet, words, strength):
    sheet.say(words, strength="should")

    (found,) = Context(sheet.assessed(), load()).detections["parts-left-out"]

    assert found.strength is strength


@pytest.mark.parametrize(
    "words",
    [
        "Clause 9 gives further information on pseudonyms.",
        "For more information on pseudonyms see annex B.",
        "Pseudonyms for travellers, see section 4.2.",
    ],
)
def test_sentence_that_only_sends_the_reader_elsewhere_says_nothing(sheet, words):
    sheet.say(words, strength="descriptive")

    assert "unlinkable" not in Context(sheet.assessed(), load()).detections


def test_statement_with_a_reference_still_says_something(sheet):
    sheet.say("Pseudonyms are used in each exchange, see section 4.2.", strength="descriptive")

    assert "unlinkable" in Context(sheet.assessed(), load()).detections


def test_word_that_rules_a_detector_out_counts_in_the_whole_clause(sheet):
    sheet.say("Shops share a single pseudonym.", "1", strength="descriptive")
    sheet.say("Pseudonyms are used. All shops see the same pseudonym.", "2", strength="descriptive")
    clause = sheet.say("Pseudonyms are used. No shop sees the same pseudonym.", "3", strength="descriptive")

    found = Context(sheet.assessed(), load()).detections["unlinkable"]

    assert [one.clause.id for one in found] == [clause.id]


@pytest.mark.parametrize(
    ("words", "strength", "found"),
    [
        ("There are three uses of pseudonyms:", "descriptive", False),
        ("Pseudonyms must be used for:", "must", True),
        ("Pseudonyms are used.", "descriptive", True),
    ],
)
def test_lead_in_that_asks_for_nothing_is_no_benefit(sheet, words, strength, found):
    sheet.say(words, strength=strength)

    assert ("unlinkable" in Context(sheet.assessed(), load()).detections) is found


@pytest.mark.parametrize(
    "words",
    [
        "These records erode pseudonyms.",
        "Records are sent without encryption of the payload.",
        "The relay fails to support selective disclosure.",
        "The portal prevents the reader from using encrypted channels.",
        "Forward secrecy is not provided.",
        "The mast removes encrypted tunnels.",
        "The lack of encrypted channels is known.",
    ],
)
def test_what_a_sentence_denies_or_undoes_is_no_benefit(sheet, words):
    sheet.say(words, strength="descriptive")

    found = Context(sheet.assessed(), load()).detections

    assert not {"encrypted", "unlinkable", "privacy-kept"} & found.keys()


def test_two_denials_cancel_each_other_out(sheet):
    sheet.say("Records must not be sent without an encrypted channel.", strength="must")

    assert "encrypted" in Context(sheet.assessed(), load()).detections


def test_not_in_the_words_of_a_match_counts_where_no_pattern_asks_for_it(sheet):
    sheet.say("The gateway may not inspect messages.", strength="may")

    assert "acting-intermediary" not in Context(sheet.assessed(), load()).detections


def test_nothing_is_parsed_where_no_word_may_deny_or_name_an_attacker(sheet, monkeypatch):
    monkeypatch.setattr("impact.grammar.parser.load", lambda: pytest.fail("the parser was loaded"))
    sheet.say("All messages are encrypted end to end.", strength="descriptive")

    assert "encrypted" in Context(sheet.assessed(), load()).detections


@pytest.mark.parametrize("detector", detectors(), ids=lambda one: one.id)
def test_what_a_detector_says_is_a_sentence_with_a_subject_and_what_it_asks_is_another(detector):
    assert re.fullmatch(r"The [a-z].*\.", detector.says)
    assert re.fullmatch(r"[A-Z].*\.", detector.ask)
    assert not detector.keep or re.fullmatch(r"[A-Z].*\.", detector.keep)
