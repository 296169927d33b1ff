"""The door for Python programs, and what the order of the stages promises."""

import json
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

import impact
from impact.advise import entries_digest
from impact.classify.model import digest as model_digest
from impact.errors import UnreadableError
from impact.extract import Options
from impact.grammar import digest as grammar_digest
from impact.paths import shelf
from impact.pipeline import analyze, render
from impact.provenance import provenance
from impact.reader.calibration import calibration_of
from impact.reader.opinion import SecondOpinion
from impact.records import (
    AnswerStance,
    Assessment,
    Clause,
    ClauseAnswer,
    Concurrence,
    LabelAnswer,
    Level,
    Proposal,
    SecondReader,
    SecondReading,
    Span,
)
from impact.salience import digest as salience_digest

SAMPLE = shelf("corpora") / "proposals" / "new-network.pdf"
NOW = datetime(2026, 1, 1, tzinfo=UTC)
FRENCH = "Le réseau doit pouvoir couper l'accès de l'abonné. " * 40


def test_a_program_gets_an_assessment_and_its_report() -> None:
    assessment = impact.analyze(SAMPLE)

    assert isinstance(assessment, Assessment)
    assert json.loads(impact.render(assessment, "json"))["schema"] == "impact-report/1"


def test_only_made_at_depends_on_the_clock() -> None:
    first, second = (
        json.loads(render(analyze(SAMPLE, now=datetime(2025, 1, day, tzinfo=UTC)), "json")) for day in (1, 2)
    )

    assert first["provenance"].pop("made_at") != second["provenance"].pop("made_at")
    assert first == second


def test_another_language_is_named_and_not_assessed(tmp_path: Path) -> None:
    file = tmp_path / "texte.txt"
    file.write_text(FRENCH, encoding="utf-8")

    assessment = analyze(file)

    assert assessment.proposal.language == "fr"
    assert assessment.level is Level.NONE
    assert "not assessed" in render(assessment, "html")


def test_a_refusal_comes_as_an_error_with_a_hint(tmp_path: Path) -> None:
    file = tmp_path / "empty.pdf"
    file.touch()

    with pytest.raises(UnreadableError) as caught:
        analyze(file)

    assert caught.value.hint


def test_help_loads_nothing_heavy() -> None:
    heavy = ("spacy", "pandas", "sklearn", "lxml", "jinja2", "numpy", "scipy", "onnxruntime")
    code = f"import sys, impact.cli; print([name for name in {heavy} if name in sys.modules])"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


def opinion(label: str, words: str) -> SecondOpinion:
    """Return one that sees a label proposed wherever its words stand."""

    def ask(proposal: Proposal, clauses: Sequence[Clause], _chances: object) -> SecondReading:
        text, answers = proposal.document.text, []
        for clause in filter(lambda clause: clause.assessed, clauses):
            start = text.find(words, clause.span.start, clause.span.end)
            named = (
                () if start < 0 else (LabelAnswer(label, AnswerStance.PROPOSES, 9, (Span(start, start + len(words)),)),)
            )
            answers.append(ClauseAnswer(clause.id, (label,), named))
        return SecondReading(SecondReader("a-model", "127.0.0.1:1", "ef" * 32), tuple(answers))

    return SecondOpinion(ask, calibration_of("a-model"))


def test_a_second_reader_is_heard_and_named() -> None:
    first = analyze(SAMPLE, now=NOW)

    both = analyze(SAMPLE, second=opinion("shut-off", "no such words"), now=NOW)

    denied = [rated.finding for rated in both.findings if rated.finding.second is Concurrence.DISAGREES]
    assert {finding.mechanism for finding in denied} == {"shut-off"}
    assert {rated.finding.id for rated in both.findings} == {rated.finding.id for rated in first.findings}
    assert dict(both.provenance.models)["second reader"] == "ef" * 32
    assert dict(both.provenance.options)["second_reader"] == "a-model at 127.0.0.1:1"


def test_another_language_is_assessed_by_the_second_reader_alone(tmp_path: Path) -> None:
    file = tmp_path / "texte.txt"
    file.write_text(FRENCH, encoding="utf-8")

    assessment = analyze(file, second=opinion("shut-off", "couper l'accès"))

    assert {rated.finding.by for rated in assessment.findings} == {("reader",)}
    assert all(rated.finding.doubtful for rated in assessment.findings)
    assert "All findings in this report come from the second reader." in render(assessment, "html")


def test_a_report_names_the_digest_of_every_model_that_was_loaded() -> None:
    made = provenance(Options(), ("model",), NOW)

    assert dict(made.models) == {
        "model": model_digest(),
        "entries": entries_digest("model"),
        "grammar": grammar_digest(),
        "salience": salience_digest("model"),
    }
