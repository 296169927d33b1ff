"""How firmly a sentence lays something down, and whether it denies it."""

import pytest

from impact.compare.edits.reading import parse
from impact.compare.edits.rule import RuleReading


def read(sentence: str) -> RuleReading:
    return parse([sentence]).rule(sentence)


@pytest.mark.parametrize(
    ("strength", "sentence"),
    [
        ("must", "The keeper shall ring the bell at noon."),
        ("should", "The keeper should ring the bell at noon."),
        ("may", "The keeper may ring the bell at noon."),
        ("descriptive", "The keeper rings the bell at noon."),
    ],
)
def test_a_rule_binds_as_its_modal_verb_does(strength: str, sentence: str) -> None:
    assert read(sentence).strength == strength


def test_what_stands_before_the_act_denies_it() -> None:
    assert read("The keeper shall not ring the bell.").denied
    assert not read("The keeper shall ring the bell, not the horn.").denied


def test_a_denied_duty_excuses_and_a_ban_does_not() -> None:
    assert read("The keeper need not ring the bell.").excused
    assert not read("The keeper must not ring the bell.").excused
