"""Unpaged documents have sections unless they say otherwise; places without a number of their own are told apart."""

import pytest

from impact.pipeline import prepare
from impact.present.places import place, with_article


def places_in(path, source: str) -> dict[str, str]:
    """Return where each clause of a Markdown file stands, by its first word."""
    file = path / "quays.md"
    file.write_text(source)
    proposal, clauses = prepare(file, jailed=False)
    text = proposal.document.text
    return {clause.span.of(text).split()[0]: place(clause, proposal.document) for clause in clauses}


def test_numbered_parts_are_sections_where_there_are_no_pages(tmp_path):
    found = places_in(tmp_path, "# Quays\n\n## 4 Use\n\nBoats moor here.\n")

    assert found["Boats"] == "section 4"


def test_numbered_parts_are_clauses_where_the_text_says_so(tmp_path):
    found = places_in(tmp_path, "# Quays\n\n## 4 Use\n\nBoats moor here, see clause 4.\n")

    assert found["Boats"] == "4"


def test_an_item_below_an_unnumbered_section_is_cited_with_it(tmp_path):
    steps = "1. Mooring is asked for.\n2. Then follow:\n\n\ti. Boats moor.\n\tii. Ships wait.\n"
    found = places_in(tmp_path, f"# Quays\n\n## Flow\n\nSteps:\n\n{steps}\n## End\n\nNo.\n")

    assert found["Boats"] == "section \u201cFlow\u201d item 2(i)"


def test_a_number_of_the_title_alone_is_not_cited(tmp_path):
    found = places_in(tmp_path, "# 20. Quays\n\n## Mooring\n\nBoats moor here.\n\n## Leaving\n\nThey leave.\n")

    assert found["Boats"] == "section \u201cMooring\u201d"


def test_a_number_of_the_title_is_not_cited_where_a_date_heads_the_passage(tmp_path):
    found = places_in(tmp_path, "# 20. Quays\n\nOpen to all.\n\n## Mooring\n\n### 2024-11-27\n\nBoats moor here.\n")

    assert found["Boats"] == "section \u201c2024-11-27\u201d"
    assert found["Open"] == "opening paragraphs"


def test_a_number_of_a_title_below_which_others_are_numbered_is_cited(tmp_path):
    found = places_in(tmp_path, "# 4 Quays\n\nOpen to all.\n\n## 4.1 Mooring\n\nBoats moor here.\n")

    assert found["Open"] == "section 4"


def test_a_title_below_the_first_level_is_no_part_of_the_name_of_a_section(tmp_path):
    found = places_in(tmp_path, "## Quays\n\n### Description\n\nBoats moor.\n\n### Scope\n\nShips wait.\n")

    assert found["Boats"] == "section \u201cDescription\u201d"


def test_a_number_that_an_earlier_part_has_too_is_cited_with_its_part(tmp_path):
    found = places_in(tmp_path, "# Uses\n\n## 1.2 Quays\n\nBoats moor.\n\n# Rules\n\n## 1.2 Quays\n\nShips wait.\n")

    assert (found["Boats"], found["Ships"]) == ("section 1.2", "section 1.2 of \u201cRules\u201d")


def test_an_item_below_a_section_is_not_cited_by_the_number_of_the_title(tmp_path):
    found = places_in(
        tmp_path, "# 20. Quays\n\n## Mooring\n\n1. Boats moor here.\n2. Ships wait.\n\n## Leaving\n\nThey leave.\n"
    )

    assert found["Ships"] == "section \u201cMooring\u201d item 2"


def test_a_numbered_step_below_a_section_without_a_number_is_cited_by_its_heading(tmp_path):
    found = places_in(
        tmp_path, "# Quays\n\n## North\n\n### 1. Mooring\n\nBoats moor.\n\n## South\n\n### 1. Leaving\n\nShips leave.\n"
    )

    assert found["Ships"] == "section \u201c1 Leaving\u201d"


def test_a_heading_numbered_anew_below_a_numbered_one_is_no_item_of_it(tmp_path):
    found = places_in(
        tmp_path,
        "# Quays\n\n# 2. Rules\n\n## 1. Mooring\n\nBoats moor.\n\n## 2. Leaving\n\nShips leave.\n\n# 3. End\n\nNo.\n",
    )

    assert found["Ships"].startswith("section \u201c2")
    assert "item" not in found["Ships"]


def test_an_item_below_a_heading_numbered_anew_is_cited_with_it(tmp_path):
    found = places_in(
        tmp_path,
        "# Quays\n\n# 2. Rules\n\n## 1. Mooring\n\nSteps:\n\n1. Boats moor.\n2. Ships wait.\n\n## 2. Leaving\n\nNo.\n",
    )

    assert found["Ships"] == "section \u201c1. Mooring\u201d item 2"


def test_an_item_of_a_section_whose_number_begins_alike_is_cited_by_number(tmp_path):
    found = places_in(
        tmp_path, "# Quays\n\n## 1.2 Use\n\nSteps:\n\n1. Boats moor.\n2. Ships wait.\n\n## 1.3 End\n\nNo.\n"
    )

    assert found["Boats"] == "section 1.2, item 1"


def test_the_mark_of_a_requirement_is_no_part_of_its_text(tmp_path):
    found = places_in(tmp_path, "\u00a7ep-2^server^exchange:Harbors answer all boats that ask them.\n")

    assert found["Harbors"].startswith("the passage beginning \u201cHarbors answer")


def test_a_heading_that_asks_is_cited_whole(tmp_path):
    asked = "Why may a boat that has no number and no lamp moor at the northern quay of the old harbor at night?"
    found = places_in(tmp_path, f"# Quays\n\n## {asked}\n\nBoats moor here.\n\n## End\n\nNo.\n")

    assert found["Boats"] == f"section \u201c{asked}\u201d"


def test_a_heading_that_others_have_is_cited_with_the_one_above_it(tmp_path):
    found = places_in(
        tmp_path, "# Quays\n\n## North\n\n### Concerns\n\nBoats sink.\n\n## South\n\n### Concerns\n\nShips sink.\n"
    )

    assert (found["Boats"], found["Ships"]) == (
        "section \u201cNorth: Concerns\u201d",
        "section \u201cSouth: Concerns\u201d",
    )


@pytest.mark.parametrize(
    ("heading", "named"), [('"Open" quays', "\u2018Open\u2019 quays"), ('"Open quays"', "Open quays")]
)
def test_quotation_marks_of_a_heading_are_not_doubled(tmp_path, heading, named):
    found = places_in(tmp_path, f"# Quays\n\n## {heading}\n\nBoats moor here.\n\n## End\n\nNo.\n")

    assert found["Boats"] == f"section \u201c{named}\u201d"


def test_places_in_a_sentence_have_an_article():
    assert with_article("sections \u201cA\u201d and \u201cB\u201d") == "the sections \u201cA\u201d and \u201cB\u201d"
    assert with_article("section 4") == "section 4"


def test_a_row_of_a_table_without_a_section_is_cited_by_its_first_cell(tmp_path):
    table = "| Field | Words |\n|---|---|\n| Berths of the quay | Boats moor at the berths, and ships wait outside. |\n"
    found = places_in(tmp_path, f"Quays have berths.\n\n{table}")

    assert found["Berths"] == "the table row \u201cBerths of the quay\u201d"
