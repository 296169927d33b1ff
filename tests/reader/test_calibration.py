"""Chances after a second reader has answered, and where the numbers for its model are kept."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.errors import DataError
from impact.reader.calibration import FILE, Answer, AnswerKind, calibration_of, keep

DEFAULT = calibration_of("a model that nobody measured")
SURE, SPLIT = Answer(AnswerKind.NAMED, 8), Answer(AnswerKind.NAMED, 5)


@given(st.floats(0, 1))
def test_an_answer_moves_a_chance_its_way(first):
    silent, context, unasked = (
        DEFAULT.chance(first, Answer(kind)) for kind in (AnswerKind.SILENT, AnswerKind.CONTEXT, AnswerKind.UNASKED)
    )

    assert silent < unasked < DEFAULT.chance(first, SPLIT) < DEFAULT.chance(first, SURE)
    assert context < unasked


def test_an_answer_weighs_as_much_as_its_log_odds():
    weights = replace(DEFAULT, named=0.5, reader=0.5)

    assert weights.chance(0.5, SURE) == pytest.approx(0.8808)


def test_without_a_first_chance_it_counts_alone():
    assert DEFAULT.chance(None, SPLIT) == DEFAULT.alone
    assert DEFAULT.chance(None, SURE) > DEFAULT.alone


def test_nothing_that_an_unknown_model_adds_is_firm():
    assert not DEFAULT.is_firm(1.0)


def test_numbers_that_are_kept_for_a_model_are_those_of_it_alone(tmp_path):
    fitted, other = replace(DEFAULT, named=3.25, firm=0.875), replace(DEFAULT, silent=-0.5)

    keep(fitted, 'org/a "model":7b', tmp_path)
    keep(other, "another", tmp_path)

    assert calibration_of('org/a "model":7b', tmp_path) == fitted
    assert calibration_of("another", tmp_path) == other
    assert calibration_of("a third", tmp_path) == DEFAULT
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_a_damaged_file_is_complained_of(tmp_path):
    (tmp_path / FILE).write_text("[models.x]\nfirst = 'a'\n", encoding="utf-8")

    with pytest.raises(DataError, match="models"):
        calibration_of("x", tmp_path)
