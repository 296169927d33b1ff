"""What a text itself says on privacy, human rights and security."""

from dataclasses import replace

import pytest

from impact.advise import advise
from impact.records import Span
from impact.taxonomy import load

PRIVACY, SECURITY = ("7 Privacy Considerations",), ("8 Security Considerations",)
TELLING = "A server can track a person by what the client reveals of its identity."


def sentences(sheet):
    advice = advise(sheet.assessed(), load())
    return [sentence for sentence in advice.summary if sentence.kind == "section"]


def test_a_section_on_privacy_is_named_before_that_on_security(sheet):
    sheet.say("An attacker may forge a frame.", "8", SECURITY)
    sheet.say("Identifiers are sent.", "7", PRIVACY)

    (named,) = sentences(sheet)

    assert named.text == "The text itself discusses privacy ({0}) and security ({1})."
    assert [sheet.assessed().clause(cite.clause).number for group in named.groups for cite in group] == ["7", "8"]


def test_the_sentence_that_says_most_of_what_may_happen_is_quoted(sheet):
    sheet.say("This section describes the privacy of persons and what is private to them.", "7", PRIVACY)
    sheet.say("Tokens must not reveal a person, nor allow anybody to track them.", "7", PRIVACY)
    sheet.say(TELLING, "7.1", PRIVACY)

    *_, quoted = sentences(sheet)

    assert quoted.text == f"On privacy, {{0}} states: “{TELLING}”"


def test_what_only_reassures_is_not_quoted(sheet):
    sheet.say("Tokens must not reveal the identity of a person, nor allow anybody to track them.", "7", PRIVACY)

    assert not any("states" in sentence.text for sentence in sentences(sheet))


def test_passages_of_two_clauses_are_quoted_in_the_order_of_the_text(sheet):
    second = "Lists of names may disclose to others who holds a line."
    for words, number in ((TELLING, "7.1"), (second, "7.2"), ("Names may be exposed.", "7.3")):
        sheet.say(words, number, PRIVACY)

    assert [sentence.text for sentence in sentences(sheet)[1:]] == [
        f"On privacy, {{0}} states: “{TELLING}”",
        f"{{0}} adds: “{second}”",
    ]


def test_a_clause_that_is_a_finding_is_not_quoted_again(sheet):
    sheet.say(TELLING, "7.1", PRIVACY, proposes={"persistent-identifiers": "identity"}, doubtful=True)

    assert not any("states" in sentence.text for sentence in sentences(sheet))


def test_a_section_on_privacy_that_has_nothing_to_consider_is_told_so(sheet):
    sheet.say("This document raises no privacy considerations.", "7", PRIVACY)

    assert [sentence.text for sentence in sentences(sheet)] == [
        "The section on privacy ({0}) states that there is nothing to consider."
    ]


@pytest.mark.parametrize("words", ["TBD", "T.B.D.", "None to date.", "To be written."])
def test_sections_that_are_still_to_be_written_are_named_together(sheet, words):
    sheet.say(words, "7", PRIVACY)
    sheet.say(words, "8", SECURITY)

    assert [sentence.text for sentence in sentences(sheet)] == [
        "The sections on privacy ({0}) and security ({1}) are still to be written."
    ]


def test_a_section_on_security_alone_is_not_named(sheet):
    sheet.say("An attacker may forge a frame.", "8", SECURITY)

    assert sentences(sheet) == []


def test_privacy_is_quoted_from_any_clause_where_no_section_is_on_it(sheet):
    sheet.say("An attacker may forge a frame.", "8", SECURITY)
    sheet.say("Searches by name raise the privacy risk of disclosing who holds a line.", "4.2")

    (quoted,) = sentences(sheet)

    assert quoted.text.startswith("On privacy, {0} states: \u201cSearches by name")


@pytest.mark.parametrize(
    "words",
    [
        "This increases the privacy risk of disclosing who holds a line.",
        "identifiers that may reveal the identity of who holds a line.",
        "The privacy of a person may depend on the identity that a line reveals:",
        "The privacy risk of lines that disclose identities is treated in [1], [2] and [3].",
        "The leak may disclose the identity, since A1/A is larger than 0.13 (= 1/(5*1.5)).",
    ],
    ids=["leans", "no beginning", "no end", "references", "formula"],
)
def test_a_passage_that_does_not_stand_alone_is_not_quoted(sheet, words):
    sheet.say(words, "7", PRIVACY)

    assert not any("states" in sentence.text for sentence in sentences(sheet))


def test_a_sentence_that_leans_on_the_one_before_it_is_quoted_with_it(sheet):
    words = "Lines are listed. This may disclose the identity of who holds a line."
    clause = sheet.say(words, "7", PRIVACY)
    middle = clause.span.start + len("Lines are listed.")
    parts = (Span(clause.span.start, middle), Span(middle + 1, clause.span.end))
    sheet.clauses[0] = replace(clause, sentences=parts, strengths=())

    assert sentences(sheet)[-1].text == f"On privacy, {{0}} states: “{words}”"


def test_each_section_of_a_kind_is_named_by_its_first_clause(sheet):
    sheet.say("Identifiers are sent.", "3.1", ("3 Keys", "3.1 Privacy of keys"))
    sheet.say("Names are sent, too.", "3.1", ("3 Keys", "3.1 Privacy of keys"))
    sheet.say("Personal data are sent.", "7", PRIVACY)

    (named,) = sentences(sheet)[:1]

    assert [cite.clause for cite in named.groups[0]] == ["3.1/0", "7/2"]


def test_braces_of_a_quote_are_no_places(sheet):
    sheet.say("A server can track {1} a person by what is revealed.", "7", PRIVACY)

    assert "track (1) a person" in sentences(sheet)[-1].text


def test_of_several_clauses_elsewhere_the_most_telling_is_quoted(sheet):
    sheet.say("Names may reveal the identity of who calls.", "2")
    best = "Searches by name may raise privacy risks, since they reveal the identity of a person and track users."
    sheet.say(best, "4")

    (quoted,) = sentences(sheet)

    assert best in quoted.text
