"""A safeguard that a clause denies is none."""

from pathlib import Path

import pytest

from impact.classify.denial import denied, meets_nobody, unanswered, undone
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


@pytest.mark.parametrize(
    ("sentence", "label", "is_undone"),
    [
        ("One pseudonym is shown to all shops, which introduces a linkability across shops.", "pseudonymity", True),
        ("A pseudonym for each shop prevents linkability.", "pseudonymity", False),
        ("Any encryption of the feeder, e.g. by the mill, shall be removed at the mast.", "encryption", True),
        ("The encryption of the feeder shall be kept up to the mast.", "encryption", False),
        ("The encryption of the feeder is removed at the mast.", "redress", False),
    ],
)
def test_a_clause_that_takes_a_protection_away_does_not_provide_it(
    tmp_path: Path, sentence: str, label: str, *, is_undone: bool
) -> None:
    made = tmp_path / "made.txt"
    made.write_text(f"1 Scope\n\n{sentence}\n", encoding="utf-8")
    proposal, clauses = prepare(made, jailed=False)

    assert undone(proposal.document.text, clauses[-1], label) is is_undone


@pytest.mark.parametrize(
    ("sentence", "label", "is_nobodys"),
    [
        ("The requestHash field is computed by the mill and verified at the mast.", "integrity", True),
        ("The requestHash field is signed, so that no forged request passes.", "integrity", False),
        ("The hash of a patient record is stored with the record.", "integrity", False),
        ("The integrity of each packet is checked by the router.", "integrity", True),
        ("The name of the field is encoded as UTF-8.", "accessibility", True),
        ("People may write their names in any language, encoded as UTF-8.", "accessibility", False),
        ("The Turing test is run in the language of the caller.", "accessibility", True),
        ("Blind callers have an alternative to the CAPTCHA.", "accessibility", False),
        ("A guest may cancel the visit at any hour.", "shut-off", True),
        ("The token is revoked when the user logs out.", "shut-off", True),
        ("Names may be revoked only by their owner.", "shut-off", True),
        ("Names may be revoked only by the registry.", "shut-off", False),
        ("The operator may suspend the line when a guest leaves the house.", "shut-off", False),
    ],
)
def test_what_meets_nobody_is_neither_safeguard_nor_power(
    tmp_path: Path, sentence: str, label: str, *, is_nobodys: bool
) -> None:
    made = tmp_path / "made.txt"
    made.write_text(f"1 Scope\n\n{sentence}\n", encoding="utf-8")
    proposal, clauses = prepare(made, jailed=False)

    assert meets_nobody(proposal.document.text, clauses[-1], label) is is_nobodys


@pytest.mark.parametrize(
    ("stem", "is_nobodys"),
    [
        ("While the line is suspended, the mill should still allow the guest user to:", True),
        ("Using the dashboard, subscribers are able to:", True),
        ("The mill may do one of the following to the user:", False),
        ("The portal allows the operator to:", False),
    ],
)
def test_power_over_people_is_not_in_a_list_of_what_they_may_do_themselves(
    tmp_path: Path, stem: str, *, is_nobodys: bool
) -> None:
    made = tmp_path / "made.md"
    made.write_text(f"# Scope\n\n{stem}\n\n* Disconnect any handset;\n* Delete the account.\n", encoding="utf-8")
    proposal, clauses = prepare(made, jailed=False)

    assert meets_nobody(proposal.document.text, clauses[-1], "shut-off") is is_nobodys


@pytest.mark.parametrize(
    ("heading", "sentence", "is_open"),
    [
        ("4 Open questions", "The mill keeps as little as it can.", True),
        ("4 Storage", "Could the mill keep as little as it can?", True),
        ("4 Storage", "The mill keeps as little as it can.", False),
    ],
)
def test_open_question_provides_no_safeguard(tmp_path: Path, heading: str, sentence: str, *, is_open: bool) -> None:
    made = tmp_path / "made.txt"
    made.write_text(f"1 Scope\n\nIt is old.\n\n{heading}\n\n{sentence}\n", encoding="utf-8")
    proposal, clauses = prepare(made, jailed=False)
    start = proposal.document.text.index("as little")

    assert unanswered(proposal.document.text, clauses[-1], [Span(start, start + 9)]) is is_open
