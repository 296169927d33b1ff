"""Editions from assessments and from report.json."""

import json

import pytest

from impact.compare import Passage, Power, from_assessment, from_report
from impact.errors import ImpactError
from impact.paths import shelf
from impact.pipeline import analyze, render
from impact.records import Level, Strength

NETWORK = shelf("corpora") / "proposals" / "new-network.pdf"


@pytest.fixture(scope="module")
def assessment():
    return analyze(NETWORK, by=("cues",), jailed=False)


def test_a_report_gives_the_same_edition_as_the_assessment_that_it_renders(assessment):
    assert from_report(json.loads(render(assessment, "json"))) == from_assessment(assessment)


def test_an_edition_holds_every_finding_and_safeguard(assessment):
    edition = from_assessment(assessment)

    assert sum(len(passage.powers) for passage in edition.passages) == len(assessment.findings) > 0
    assert sum(len(passage.guards) for passage in edition.passages) == len(assessment.safeguards)


@pytest.mark.parametrize("change", [{"schema": "impact-report/9"}, {"clauses": [{"id": "1"}]}, {"level": "grim"}])
def test_another_file_than_a_report_is_refused_with_a_hint(assessment, change):
    report = json.loads(render(assessment, "json")) | change

    with pytest.raises(ImpactError) as refused:
        from_report(report)

    assert "impact analyze" in refused.value.hint


def test_two_clauses_with_one_id_are_refused(draft):
    made = draft().say("One clause.").say("Another one.")
    made.passages[1] = made.passages[0]

    with pytest.raises(ValueError, match="same id"):
        made.edition()


def test_a_clause_without_text_and_a_finding_without_level_are_refused():
    with pytest.raises(ValueError, match="text needed"):
        Passage("1", "", (), "note", 1, "")
    with pytest.raises(ValueError, match="level"):
        Power("shut-off", Level.NONE, (1, 1, 1), Strength.MUST, doubtful=False, quotes=("x",))
