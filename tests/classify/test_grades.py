"""Grades are the judge's confidences without its cut."""

from impact.classify import GRADERS
from impact.classify.cues import ENOUGH, scores_of
from impact.paths import shelf
from impact.pipeline import prepare
from impact.taxonomy import load

MECHANISMS = frozenset(load().mechanisms)
SAMPLE = shelf("corpora") / "proposals" / "new-network.pdf"


def test_what_cues_propose_has_the_same_confidence_as_grade() -> None:
    proposal, clauses = prepare(SAMPLE, jailed=False)

    grades = GRADERS["cues"](proposal, clauses, MECHANISMS)

    said = {
        (score.clause, score.label): score.confidence
        for score in scores_of(proposal, clauses, MECHANISMS)
        if score.proposes
    }
    assert said
    assert {pair: grade for pair, grade in grades.items() if grade >= ENOUGH} == said


def test_grades_tell_of_what_cues_leave_out_for_want_of_confidence() -> None:
    proposal, clauses = prepare(SAMPLE, jailed=False)

    assert any(0 < grade < ENOUGH for grade in GRADERS["cues"](proposal, clauses, MECHANISMS).values())
