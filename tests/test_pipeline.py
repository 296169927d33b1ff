"""The door for Python programs, and what the order of the stages promises."""

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

import impact
from impact.errors import UnreadableError
from impact.paths import shelf
from impact.pipeline import analyze, render
from impact.records import Assessment, Level

SAMPLE = shelf("corpora") / "proposals" / "new-network.pdf"
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
