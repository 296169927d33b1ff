"""What is masked, and that no text takes long."""

import time
from pathlib import Path

import pytest

from impact.match.masking import masked, terms_of
from impact.pipeline import prepare

TEXT = """
1. Introduction

   This memo is about Harbor Watch, of which the Tide Gauge Office (TGO) is the keeper.

2. Definitions

   quay ledger: the list of all boats.

3. Requirements

   The TGO shall send the quay ledger over HTTP to the Tide Gauge Office. It SHALL NOT name a skipper.
"""


def test_names_acronyms_and_defined_terms_are_masked_and_what_the_field_knows_stays(tmp_path: Path) -> None:
    file = tmp_path / "t.txt"
    file.write_text(TEXT, encoding="utf-8")
    proposal, clauses = prepare(file, jailed=False)
    terms = terms_of(proposal, clauses)

    said = masked(
        "The TGO shall send the quay ledger over HTTP to Tide Gauge Offices. It SHALL NOT name a skipper.", terms
    )

    assert said == ("the element shall send the element over HTTP to the element. It SHALL NOT name a skipper.")


@pytest.mark.parametrize("text", ["Aa-" * 20_000, "A/a" * 20_000, "Ab " * 20_000, "(A" * 20_000, "A of " * 20_000])
def test_hostile_text_is_masked_in_linear_time(tmp_path: Path, text: str) -> None:
    file = tmp_path / "t.txt"
    file.write_text(f"1. Scope\n\n   {text}\n", encoding="utf-8")
    proposal, clauses = prepare(file, jailed=False)
    began = time.process_time()

    masked(text, terms_of(proposal, clauses))

    assert time.process_time() - began < 60  # a hostile pattern takes hours
