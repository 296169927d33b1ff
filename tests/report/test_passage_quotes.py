"""Marks of what is left out behind a passage that is quoted without a finding."""

from dataclasses import replace
from pathlib import Path

import pytest

from impact.pipeline import analyze, render
from impact.records import Salience

ITEM = "Boats that lie in the harbor for more than a night are listed by name"
LEAD = "Boats that lie in the harbor for more than a night are listed by name and by"


@pytest.mark.parametrize(
    ("source", "quote"),
    [
        (f"* {ITEM}\n* The pier is painted\n", ITEM),
        (f"* {ITEM}\n  * the name of the owner\n", f"{ITEM} [\u2026]"),
        (f"{LEAD}\n\n* the name of the owner\n", f"{LEAD} [\u2026]"),
    ],
    ids=["next item", "item below it", "list behind it"],
)
def test_a_gap_is_marked_only_before_a_list_that_goes_on_with_the_quote(tmp_path: Path, source: str, quote: str):
    path = tmp_path / "harbor.md"
    path.write_text(f"# Harbor\n\n## Lists\n\n{source}", encoding="utf-8")
    assessment = analyze(path, by=("cues",))
    clause = next(clause for clause in assessment.clauses if assessment.document.quote(clause.span).startswith("Boats"))

    text = render(replace(assessment, findings=(), salience=(Salience(clause.id, 0.9),)), "md")

    assert f"> {quote}\n" in text.replace("\\", "")
