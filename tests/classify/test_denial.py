"""A safeguard that a clause denies is none."""

from pathlib import Path

import pytest

from impact.classify.denial import denied
from impact.pipeline import prepare
from impact.records import Span


@pytest.mark.parametrize(
    ("sentence", "word", "label", "is_denied"),
    [
        ("The subscriber is not informed of the reason.", "informed", "transparency", True),
        ("The subscriber is informed of the reason.", "informed", "transparency", False),
        ("Complaints cannot be made against a block.", "made", "redress", True),
        ("The reason is not stored.", "stored", "minimisation", False),
    ],
)
def test_only_what_is_done_for_people_can_be_denied(
    tmp_path: Path, sentence: str, word: str, label: str, *, is_denied: bool
) -> None:
    made = tmp_path / "made.txt"
    made.write_text(f"1 Scope\n\n{sentence}\n", encoding="utf-8")
    proposal, clauses = prepare(made, jailed=False)
    text = proposal.document.text
    start = text.index(word)
    clause = next(clause for clause in clauses if clause.span.start <= start < clause.span.end)

    assert denied(text, clause, label, [Span(start, start + len(word))]) is is_denied
