"""What a text itself says on privacy, human rights and security."""

from impact.advise import advise
from impact.taxonomy import load

PRIVACY, SECURITY = ("7 Privacy Considerations",), ("8 Security Considerations",)
TELLING = "A server can track a person by the identifiers that the client reveals."


def sentences(sheet):
    advice = advise(sheet.assessed(), load())
    return [sentence for sentence in advice.summary if sentence.kind == "section"]


def test_a_section_on_privacy_is_named_before_that_on_security(sheet):
    sheet.say("An attacker may forge a frame.", "8", SECURITY)
    sheet.say("Identifiers are sent.", "7", PRIVACY)

    (named,) = sentences(sheet)

    assert named.text == "The text itself discusses privacy ({0}) and security ({1})."
    assert [sheet.assessed().clause(cite.clause).number for group in named.groups for cite in group] == ["7", "8"]


def test_the_sentence_with_most_words_of_its_subject_is_quoted(sheet):
    sheet.say("This section describes the privacy of persons and what is private to them.", "7", PRIVACY)
    sheet.say("Tokens of a client may reveal the time of a visit.", "7", PRIVACY)
    sheet.say(TELLING, "7.1", PRIVACY)

    _, quoted = sentences(sheet)

    assert quoted.text == f"On privacy, {{0}} states: “{TELLING}”"


def test_a_clause_that_is_a_finding_is_not_quoted_again(sheet):
    sheet.say(TELLING, "7.1", PRIVACY, proposes={"persistent-identifiers": "identifiers"}, doubtful=True)

    assert len(sentences(sheet)) == 1


def test_a_section_that_says_that_there_is_nothing_to_consider_is_not_named(sheet):
    sheet.say("This document raises no privacy considerations.", "7", PRIVACY)

    assert sentences(sheet) == []


def test_braces_of_a_quote_are_no_places(sheet):
    sheet.say("A server can track {1} a person by identifiers.", "7", PRIVACY)

    assert "track (1) a person" in sentences(sheet)[1].text
