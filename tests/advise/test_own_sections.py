"""Which sections a text itself has on privacy, human rights and security."""

import pytest

from impact.advise import advise
from impact.taxonomy import load

PRIVACY, SECURITY = ("7 Privacy Considerations",), ("8 Security Considerations",)
LONG = "Identifiers are sent to each server of the network, and so are the names of those who use it. " * 3


def sentences(sheet):
    advice = advise(sheet.assessed(), load())
    return [sentence for sentence in advice.summary if sentence.kind == "section"]


def test_a_section_on_privacy_is_named_before_that_on_security(sheet):
    sheet.say("An attacker may forge a frame. " * 8, "8", SECURITY)
    sheet.say(LONG, "7", PRIVACY)

    (named,) = sentences(sheet)

    assert named.text == "The text itself discusses privacy ({0}) and security ({1})."
    assert [sheet.assessed().clause(cite.clause).number for group in named.groups for cite in group] == ["7", "8"]


def test_a_section_on_privacy_that_has_nothing_to_consider_is_told_so(sheet):
    sheet.say("This document raises no privacy considerations.", "7", PRIVACY)

    assert [sentence.text for sentence in sentences(sheet)] == [
        "The document's own section on privacy ({0}) names no privacy concern."
    ]


@pytest.mark.parametrize("words", ["TBD", "T.B.D.", "None to date.", "To be written."])
def test_sections_that_are_still_to_be_written_are_named_together(sheet, words):
    sheet.say(words, "7", PRIVACY)
    sheet.say(words, "8", SECURITY)

    assert [sentence.text for sentence in sentences(sheet)] == [
        "The text states that its discussion of privacy ({0}) and security ({1}) is still to be written or completed."
    ]


def test_a_section_on_security_alone_is_not_named(sheet):
    sheet.say("An attacker may forge a frame. " * 8, "8", SECURITY)

    assert sentences(sheet) == []


def test_a_section_of_one_sentence_is_not_named(sheet):
    sheet.say("The privacy considerations of the code of harbors apply to identifiers.", "7", PRIVACY)

    assert sentences(sheet) == []


def test_each_section_of_a_kind_is_named_by_its_first_clause(sheet):
    sheet.say(LONG, "3.1", ("3 Keys", "3.1 Privacy of keys"))
    sheet.say("Names are sent, too.", "3.1", ("3 Keys", "3.1 Privacy of keys"))
    sheet.say("Personal data are sent.", "7", PRIVACY)

    (named,) = sentences(sheet)[:1]

    assert [cite.clause for cite in named.groups[0]] == ["3.1/0", "7/2"]


def test_sections_are_not_named_where_passages_are_quoted(sheet):
    sheet.say(LONG, "7", PRIVACY, salience=0.9)

    assert sentences(sheet) == []


def test_a_section_is_not_named_whose_heading_alone_is_on_its_topic(sheet):
    sheet.say("The treasury is paid in coins after three days. " * 8, "7", PRIVACY)

    assert sentences(sheet) == []
