"""Examples and what others do or did provide for nothing."""

import pytest

from impact.advise.context import Context
from impact.taxonomy import load

PROVISION = "Messages are encrypted end to end."
POWER = "The registry may suspend the domain name."


def found(sheet):
    return Context(sheet.assessed(), load()).detections


@pytest.mark.parametrize(("words", "detector"), [(PROVISION, "end-to-end"), (POWER, "refusal")])
def test_clause_that_illustrates_provides_for_nothing(sheet, words, detector):
    sheet.say(words, "1", kind="example", strength="descriptive")
    sheet.say(words, "2", strength="descriptive")

    assert [detection.clause.id for detection in found(sheet)[detector]] == [sheet.clauses[1].id]


@pytest.mark.parametrize(
    ("headings", "strength", "provides"),
    [
        (("4 Use Cases", "4.2 A call from abroad"), "descriptive", False),
        (("4 Use Cases", "4.2 A call from abroad"), "must", True),
        (("5 Test Case #2",), "descriptive", False),
        (("3 Use cases and requirements",), "descriptive", True),
        (("3 Messages",), "descriptive", True),
    ],
)
def test_heading_of_examples_leaves_only_what_binds(sheet, headings, strength, provides):
    sheet.say(PROVISION, "4.2", headings, strength=strength)

    assert ("end-to-end" in found(sheet)) is provides


@pytest.mark.parametrize(
    ("words", "strength", "provides"),
    [
        ("Today messages are encrypted end to end.", "descriptive", False),
        ("Many chat applications keep messages encrypted end to end.", "descriptive", False),
        ("A growing share of messages is encrypted end to end.", "descriptive", False),
        ("Today's messages shall be encrypted end to end.", "shall", True),
        ("Messages are encrypted end to end in the many networks of the state.", "descriptive", True),
    ],
)
def test_description_of_what_is_common_provides_for_nothing(sheet, words, strength, provides):
    sheet.say(words, strength="must" if strength == "shall" else strength)

    assert ("end-to-end" in found(sheet)) is provides


def test_note_of_a_matter_counts_in_an_example_too(sheet):
    sheet.say("A firewall stands before the office.", "4", ("4 Use cases",), strength="descriptive")

    assert "path-mentioned" in found(sheet)


@pytest.mark.parametrize("heading", ["1.4 Non-normative references", "Version history", "Further reading"])
def test_titles_and_revisions_say_nothing(sheet, heading):
    sheet.say(PROVISION, "1", (heading,), strength="descriptive")

    assert "end-to-end" not in found(sheet)
