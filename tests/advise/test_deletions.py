"""Deletion of a sentence, offered beside conditions where these may not do."""

from dataclasses import replace

import pytest

from impact.advise.amendments.choosing import amendments_of
from impact.advise.context import Context
from impact.advise.openness.safeguard_gaps import gaps_of
from impact.records import Span
from impact.taxonomy import load


def offered(sheet, mechanism):
    """Return the amendments that answer a mechanism, in their order."""
    context = Context(sheet.assessed(), load())
    return [one for one in amendments_of(context, gaps_of(context)) if one.id.startswith(f"{mechanism}/")]


LINES = ("4 Lines",)


def among_rules(sheet, sentence, mechanism, words):
    """Say a sentence of a mechanism in a section that has rules."""
    sheet.say("Each line shall be wired.", "4.0", LINES)
    sheet.say(sentence, "4.1", LINES, proposes={mechanism: words})


def deletions(sheet, mechanism):
    return [one for one in offered(sheet, mechanism) if one.id.endswith("/strike")]


@pytest.mark.parametrize(
    ("mechanism", "sentence", "words"),
    [
        ("traffic-inspection", "The node shall inspect the payload of all packets.", "inspect the payload"),
        ("traffic-inspection", "The kind is found by deep packet inspection.", "deep packet inspection"),
        ("missing-remedy", "The order is not subject to appeal.", "not subject to appeal"),
        ("missing-remedy", "The member shall not be able to contest the order.", "not be able to contest"),
        ("shut-off", "On receipt of an order the node shall suspend the subscriber.", "suspend the subscriber"),
        ("shut-off", "The center can cut off a line at any time.", "cut off a line"),
        ("lawful-access", "The agency may open the messages without a court order.", "open the messages"),
    ],
)
def test_sentence_of_a_power_that_conditions_may_not_mend_can_be_deleted(sheet, mechanism, sentence, words):
    among_rules(sheet, sentence, mechanism, words)

    (deletion,) = deletions(sheet, mechanism)

    assert deletion.new.strip() == ""
    assert deletion.old.strip() == sentence
    assert deletion.edit.endswith("delete the clause")


@pytest.mark.parametrize(
    ("mechanism", "sentence", "words"),
    [
        ("traffic-inspection", "The node shall inspect the payload if a court has ordered it.", "inspect the payload"),
        ("traffic-inspection", "The node shall read the header of each packet.", "read the header"),
        ("missing-remedy", "The order is not subject to appeal until the case is closed.", "not subject to appeal"),
        ("missing-remedy", "The member is told a week later.", "told a week later"),
        ("shut-off", "The node shall suspend the subscriber if the bill is unpaid.", "suspend the subscriber"),
        ("shut-off", "The node shall cut off a stolen terminal.", "cut off a stolen terminal"),
        ("shut-off", "The issuer shall withdraw the badge.", "withdraw the badge"),
        ("lawful-access", "The agency shall not open messages without a court order.", "open messages"),
    ],
)
def test_sentence_with_a_ground_a_limit_or_a_denial_is_not_to_be_deleted(sheet, mechanism, sentence, words):
    among_rules(sheet, sentence, mechanism, words)

    assert deletions(sheet, mechanism) == []


def test_deletion_is_an_alternative_that_follows_the_conditions(sheet):
    sheet.say(
        "The center may cut off a line at any time.", "4.1", strength="may", proposes={"shut-off": "cut off a line"}
    )

    first, second, deletion, *further = offered(sheet, "shut-off")

    conditions = [first, second, *further]
    assert not any("delete" in one.edit for one in conditions)
    assert (deletion.id, deletion.edit) == ("shut-off/strike", "alternatively, delete the clause")


def test_only_the_sentence_of_the_finding_is_deleted(sheet):
    first, second, third = "Lines are wired.", "The center can cut off a line at any time.", "Paint is blue."
    among_rules(sheet, f"{first} {second} {third}", "shut-off", "cut off a line")
    clause = sheet.clauses[-1]
    start, end = clause.span.start + len(first) + 1, clause.span.start + len(first) + 1 + len(second)
    sentences = (Span(clause.span.start, start - 1), Span(start, end), Span(end + 1, clause.span.end))
    sheet.clauses[-1] = replace(clause, sentences=sentences)

    (deletion,) = deletions(sheet, "shut-off")

    assert deletion.new == "Lines are wired. Paint is blue."
    assert deletion.edit.endswith("delete the sentence")


def test_sentence_with_two_powers_is_offered_for_deletion_once(sheet):
    words = "The node shall inspect all messages and shall cut off the line."
    sheet.say(words, "4.1", proposes={"traffic-inspection": "inspect all messages", "shut-off": "cut off the line"})

    assert len(deletions(sheet, "traffic-inspection") + deletions(sheet, "shut-off")) == 1


def test_permission_that_is_deleted_already_is_not_offered_for_deletion_again(sheet):
    words = "Nodes may inspect the payload of messages."
    sheet.say(words, "4.1", strength="may", proposes={"traffic-inspection": "inspect the payload"})

    assert sum("delete" in one.edit for one in offered(sheet, "traffic-inspection")) == 1


def test_row_of_a_table_is_not_deleted(sheet):
    sheet.say("O stop The center can cut off a line", "4.1", proposes={"shut-off": "cut off a line"})

    assert deletions(sheet, "shut-off") == []


def test_sentence_that_stands_among_no_rules_is_not_deleted(sheet):
    sheet.say("The center can cut off a line at any time.", "", proposes={"shut-off": "cut off a line"})

    assert deletions(sheet, "shut-off") == []


def test_what_only_tells_of_a_need_is_not_deleted(sheet):
    among_rules(sheet, "It can be necessary to disconnect users.", "shut-off", "disconnect users")

    assert deletions(sheet, "shut-off") == []
