"""Detectors find what their data say, and leave alone what is only talked about."""

import re

import pytest

from impact.advise.detectors import detected, detectors
from impact.advise.phrases import pattern_of

each = pytest.mark.parametrize("detector", detectors(), ids=lambda one: one.id)


@each
def test_each_detector_finds_the_sentences_that_it_says_it_finds(detector, sheet):
    for words in detector.matches:
        sheet.say(words, strength="descriptive")

    passages = detected(sheet.assessed()).get(detector.id, ())

    assert [one.clause.id for one in passages] == [clause.id for clause in sheet.clauses]


@each
def test_each_detector_leaves_alone_the_sentences_that_it_says_it_misses(detector, sheet):
    for words in detector.misses:
        sheet.say(words, strength="descriptive")

    assert detector.id not in detected(sheet.assessed())


@each
def test_each_pattern_of_a_detector_needs_one_of_its_words_nearby(detector):
    for line in detector.patterns:
        assert pattern_of((line,)).pattern
        assert not re.search(line, ""), line
