"""How well the program recognizes the mechanisms that a report names, said in words and numbers."""

import pytest

from impact import typed
from impact.errors import DataError
from impact.report.annex import recognition
from impact.report.annex.recognition import Judge, Judges, judge_of, recognition_of, recognized
from impact.report.view.concerns import concerns_of

TABLE = """
[[judges]]
by = "cues"
clauses = 1412
documents = 36
data = "made clauses"
date = "2026-11-27"

[judges.labels]
shut-off = { readers = 10, program = 8, both = 7 }
logging-retention = { readers = 3, program = 9, both = 2 }
"""


def read(table: str) -> tuple[Judge, ...]:
    return typed.parse(Judges, table.encode(), typed.Place("measured-labels.toml")).judges


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> Judge:
    (judge,) = read(TABLE)
    monkeypatch.setattr(recognition, "_shipped", lambda: (judge,))
    return judge


@pytest.fixture
def three(sheet, taxonomy):
    sheet.say("The node shall cut off the line.", "4.1", proposes={"shut-off": "cut off"})
    sheet.say("The node shall keep a record.", "4.2", proposes={"logging-retention": "keep a record"})
    sheet.say("The node shall split.", "4.3", proposes={"fragmentation": "split"})
    assessment = sheet.assessed()
    return assessment, concerns_of(assessment, taxonomy)


def test_mechanism_with_enough_clauses_is_said_in_words_and_numbers(judged, three):
    said = recognized(*three)

    assert judged.by == "cues"
    assert said.startswith(
        "Compared with readers on 1,412 clauses of 36 documents, the tool found most of shut-off and disconn"
    )
    assert "(7 of 10; 1 of 8 reported wrongly)" in said


def test_mechanisms_with_too_few_clauses_or_none_are_said_to_be_unknown(judged, three):
    found = {one.name: one for one in recognition_of(*three)}

    assert judged.labels["logging-retention"].readers == found["Record-keeping and retention"].counts.readers == 3
    assert found["Fragmentation and loss of interoperability"].counts is None
    assert "Too few labeled clauses exist to measure how well it finds " in recognized(*three)
    assert "record-keeping and retention" in recognized(*three).partition("Too few")[2]


def test_judge_that_was_not_measured_gives_no_figures(three, monkeypatch):
    monkeypatch.setattr(recognition, "_shipped", tuple)

    assert recognition_of(*three) == ()
    assert recognized(*three) == ""


def test_figures_that_ship_are_of_judges_that_an_assessment_can_ask(assessment):
    assert judge_of(assessment) is None or judge_of(assessment).by in dict(assessment.provenance.models)


@pytest.mark.parametrize("broken", [TABLE.replace("both = 7", "both = 9"), TABLE.replace("documents = 36", "")])
def test_damaged_figures_are_refused(broken):
    with pytest.raises(DataError, match="measured-labels"):
        read(broken)


def test_empty_file_measures_nothing():
    assert read("# nothing yet\n") == ()
