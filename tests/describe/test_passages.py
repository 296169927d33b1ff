"""Long passages in another language are told, and nothing is said of their clauses."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from impact.describe.passages import foreign_passages
from impact.pipeline import analyze
from impact.records import Classification

ENGLISH = "The operator of the quay shall keep the ropes that are in use dry, and it should count them at the end. "
FRENCH = "L'exploitant du quai doit garder au sec les cordes qui sont utilisées, et il les compte à la fin. "
GERMAN = "Der Betreiber der Mole muss die Seile, die benutzt werden, trocken halten, und er soll sie zählen. "
POWER = "The operator shall shut off any subscriber in arrears without notice and without an appeal."


def paragraphs(sentence: str, count: int) -> str:
    return "\n\n".join([sentence * 2] * count)


def test_a_long_annex_in_another_language_is_told(text_document: Callable[..., Any]) -> None:
    text = "\n\n".join([paragraphs(ENGLISH, 8), "Annexe", paragraphs(FRENCH, 8), paragraphs(ENGLISH, 8)])
    document = text_document(text)

    (passage,) = foreign_passages(document, "en")

    words = passage.span.of(document.text)
    assert passage.language == "fr"
    assert words.count("L'exploitant") == 16
    assert words.count("The operator") == 0


def test_a_short_quotation_in_another_language_is_none(text_document: Callable[..., Any]) -> None:
    text = "\n\n".join([paragraphs(ENGLISH, 8), paragraphs(FRENCH, 2), paragraphs(ENGLISH, 8)])

    assert foreign_passages(text_document(text), "en") == ()


def test_two_languages_in_a_row_are_two_passages(text_document: Callable[..., Any]) -> None:
    text = "\n\n".join([paragraphs(ENGLISH, 8), paragraphs(FRENCH, 9), paragraphs(GERMAN, 9)])

    assert [passage.language for passage in foreign_passages(text_document(text), "en")] == ["fr", "de"]


@pytest.mark.parametrize("text", ["x1 = y2; z3", "The quay.", ""])
def test_a_text_of_no_language_has_no_passages(text_document: Callable[..., Any], text: str) -> None:
    assert foreign_passages(text_document(text or " "), "und") == ()


def test_a_passage_is_named_with_its_place_and_a_clause_between_is_assessed(tmp_path: Path) -> None:
    path = tmp_path / "quay.txt"
    french = paragraphs(FRENCH, 8)
    path.write_text(f"1 Scope\n\n{paragraphs(ENGLISH, 30)}\n\n2 Cordes\n\n{french}\n\n{POWER}\n\n{french}\n")

    assessment = analyze(path)

    clauses = {clause.id: clause for clause in assessment.clauses}
    text = assessment.document.text
    assert {clauses[item.finding.clause].span.of(text) for item in assessment.findings} == {POWER}
    assert len(assessment.document.warnings) == 2
    assert all(line.startswith("A passage in French was not assessed (") for line in assessment.document.warnings)


def test_nothing_is_said_of_clauses_that_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "quay.txt").write_text(f"1 Rules\n\n1.1 {POWER}\n")
    found = analyze(tmp_path / "quay.txt")

    said = Classification(tuple(item.finding for item in found.findings))

    assert said.findings
    assert said.without({item.clause for item in said.findings}) == Classification()
