"""What the answers of a second reader weigh, fitted on labeled clauses."""

import random
from dataclasses import replace

import pytest

from impact.errors import CorpusError
from impact.reader.calibration import Answer, AnswerKind, calibration_of
from impact.train.fit.second_reader import AnsweredPair, fit_calibration

DEFAULT = calibration_of("a model that nobody measured")
SURE, SILENT = Answer(AnswerKind.NAMED, 9), Answer(AnswerKind.SILENT)
KINDS = (SURE, SILENT, Answer(AnswerKind.CONTEXT, 1), Answer(AnswerKind.NAMED, 5))


def pairs(right: float, missed: float = 0.1, count: int = 600) -> list[AnsweredPair]:
    """Return answers of a reader of whose sure labels a share is right, and of whose split ones half as many."""
    chance, made = random.Random(7), []  # noqa: S311
    shares = {9: right, 5: right / 2}
    for at in range(count):
        answer = KINDS[at % 4]
        true = chance.random() < shares.get(answer.readers, missed)
        made.append(AnsweredPair(f"d{at % 10}", 0.1 + 0.5 * chance.random(), proposed=False, answer=answer, true=true))
    return made


def test_a_reader_counts_more_for_a_better_model():
    good, poor = (fit_calibration(pairs(right), DEFAULT) for right in (0.9, 0.5))

    assert good.reader > poor.reader > 0
    assert good.named > good.silent
    assert (good.alone, poor.alone) == (pytest.approx(0.45, abs=0.1), pytest.approx(0.25, abs=0.1))


def test_a_fitted_chance_is_the_share_that_is_right():
    fitted = fit_calibration(pairs(0.8), DEFAULT)

    assert fitted.chance(0.35, SURE) == pytest.approx(0.8, abs=0.08)
    assert fitted.chance(0.35, SILENT) == pytest.approx(0.1, abs=0.06)


def test_what_it_adds_may_be_firm_only_where_nine_of_ten_are_right():
    good, poor = (fit_calibration(pairs(right), DEFAULT) for right in (0.97, 0.6))

    assert good.firm is not None
    assert good.is_firm(good.chance(0.5, SURE))
    assert poor.firm is None


def test_what_both_say_does_not_make_its_own_additions_firm():
    both = [replace(pair, proposed=True) for pair in pairs(0.97)]

    assert fit_calibration(both, DEFAULT).firm is None


@pytest.mark.parametrize("few", [pairs(0.9)[:90], [replace(pair, document="one") for pair in pairs(0.9)], pairs(0, 0)])
def test_too_few_answers_are_refused(few):
    with pytest.raises(CorpusError, match="too few"):
        fit_calibration(few, DEFAULT)
