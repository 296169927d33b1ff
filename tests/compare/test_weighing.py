"""What rules say of a change is weighed with all that speaks for a kind."""

import pytest

from impact.compare.edits.edit import EditKind
from impact.compare.edits.naming import named
from impact.compare.edits.reading import parse
from impact.compare.edits.weights.weighing import WEIGHED, weighed
from impact.trait_weights import shipped_weights


def kinds(old: str, new: str) -> list[str]:
    texts = parse([old, new])
    one, other = texts.row(old), texts.row(new)
    return [row[0].value for row in weighed(one, other, named(one, other))]


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


@pytest.mark.parametrize("kind", WEIGHED)
def test_each_kind_has_weights_that_hear_what_rules_say(kind):
    assert shipped_weights("changes", kind.value).traits[f"first {kind.value}"] > 0


def test_kinds_of_whole_sentences_are_not_weighed():
    assert set(EditKind) - set(WEIGHED) == {kind for kind in EditKind if "_" in kind.value}
