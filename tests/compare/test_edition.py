"""Editions are the reports of documents, made by the pipeline or read from report.json."""

import pytest

from impact.compare.comparison import Comparison, compare
from impact.errors import ImpactError
from impact.paths import shelf
from impact.pipeline import analyze, render
from impact.records import Level, Severity
from impact.records.report_json import from_json, from_text, to_json
from impact.report.jsonfile import report_of
from impact.taxonomy import load
from tests.compare.conftest import clause

NETWORK = shelf("corpora") / "proposals" / "new-network.pdf"


@pytest.fixture(scope="module")
def assessment():
    return analyze(NETWORK, by=("cues",), jailed=False)


@pytest.fixture(scope="module")
def report(assessment):
    return report_of(assessment, load())


def test_a_report_gives_the_same_edition_as_the_assessment_that_it_renders(assessment, report):
    assert from_text(render(assessment, "json")) == report


def test_an_edition_holds_every_finding_and_safeguard(assessment, report):
    assert len(list(report.findings())) == len(assessment.findings) > 0
    assert len(list(report.safeguards())) == len(assessment.safeguards)


def test_an_edition_from_a_file_and_from_the_pipeline_are_the_same(assessment, report):
    assert compare(from_text(render(assessment, "json")), report) == Comparison(
        report, report, compare(report, report).changes
    )


@pytest.mark.parametrize("change", [{"schema": "impact-report/9"}, {"clauses": [{"id": "1"}]}, {"level": "grim"}])
def test_another_file_than_a_report_is_refused_with_a_hint(report, change):
    with pytest.raises(ImpactError) as refused:
        from_json(to_json(report) | change)

    assert "impact analyze" in refused.value.hint


def test_two_clauses_with_one_id_are_refused(draft):
    made = draft().say("One clause.").say("Another one.")
    made.clauses[1] = made.clauses[0]

    with pytest.raises(ValueError, match="same id"):
        made.edition()


def test_a_clause_without_text_and_a_finding_without_level_are_refused():
    with pytest.raises(ValueError, match="text needed"):
        clause("")
    with pytest.raises(ValueError, match="level"):
        Severity(1, 1, 1, Level.NONE, "because")
