"""What the network for changes says of sentences decides how a comparison reads them."""

import pytest

from impact.classify.networks.changes import KINDS, STANCES
from impact.compare.comparison import compare
from impact.compare.edits.edit import EditKind
from impact.compare.edits.meaning import RuleStance, one_rule, stance_of
from impact.compare.edits.naming import named, weighed
from impact.compare.edits.reading import parse


def kinds(old: str, new: str) -> list[str]:
    texts = parse([old, new])
    one, other = texts.row(old), texts.row(new)
    return [row[0].value for row in weighed(one, other, named(one, other))]


@pytest.mark.parametrize(
    ("stance", "sentence"),
    [
        ("protects", "The camera erases each face that it has not been asked to find."),
        ("burdens", "The camera reports each face that it sees to the police."),
        ("neutral", "The camera has a lens with a diameter of nine millimeters."),
    ],
)
def test_the_likeliest_stance_of_a_sentence_is_what_it_does(stance, sentence):
    assert stance_of(sentence)[0] == stance


def test_the_stances_of_the_network_are_those_of_a_rule():
    assert set(RuleStance) == set(STANCES)


def test_the_kinds_of_the_network_are_those_of_one_sentence():
    assert {kind.value for kind in EditKind if "_" not in kind.value} == set(KINDS)


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [
        (
            "actor",
            "Whether a crate may be opened is decided by the owner of the ship.",
            "Whether a crate may be opened is decided by the harbor police.",
        ),
        (
            "polarity",
            "Logs that were read in order to weigh a complaint are erased once the answer has been sent.",
            "Logs that were read in order to weigh a complaint are preserved once the answer has been sent.",
        ),
        (
            "object",
            "The keeper writes down the hour at which each ship leaves the pier.",
            "The keeper writes down the hour and the crew with which each ship leaves the pier.",
        ),
        (
            "condition",
            "The gate is closed at night when the lamp is lit.",
            "The gate is closed at night when the lamp is lit and no ship is expected.",
        ),
        (
            "rewording",
            "Skippers who have no number may ask for one at the office.",
            "A number may be asked for at the office by skippers without one.",
        ),
    ],
)
def test_the_likeliest_kind_comes_first(kind, old, new):
    assert kinds(old, new)[0] == kind


def test_words_that_say_something_else_are_never_called_a_matter_of_spelling():
    assert "editorial" not in kinds("The log lists the keeper.", "The log lists the keepsake.")


def test_rewording_stands_alone():
    old = "Skippers who have no number may ask for one at the office."

    assert kinds(old, "A number may be asked for at the office by skippers without one.") == ["rewording"]


def test_a_rule_in_quite_other_words_is_the_same_rule():
    old = "The keeper shall tell the owner without delay that a crate has been opened."
    recast = "Whoever a parcel belongs to is informed at once if somebody has broken its seal."
    other = "The keeper shall number the crates in the order in which they are put ashore."

    assert one_rule(old, recast) > 0.5 > one_rule(old, other)


def test_it_does_not_matter_which_of_two_rules_comes_first():
    one, other = "The keeper rings the bell at noon.", "At twelve the bell is struck by the warden."

    assert one_rule(one, other) == one_rule(other, one)


def test_a_rule_in_the_place_of_another_is_no_new_wording_of_it(edition):
    old = "The ferry sails each hour. Passengers may ask the captain to erase their names from the list."
    new = "The ferry sails each hour. The list is printed on yellow paper in three columns."

    change = compare(edition(old), edition(new)).shown[0]

    assert [edit.kind.value for edit in change.edits if edit.bears] == ["protection_removed"]
