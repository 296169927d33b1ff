"""A safeguard of which a text speaks is not held absent."""

import pytest
from sheets import Sheet

from impact.assess.library import library
from impact.taxonomy import load


def silences(*sayings: str) -> set[str]:
    """Return the silences of a text that binds people to their names, and says this as well."""
    sheet = Sheet()
    sheet.say("The desk shall record the passport of each guest.", "1", proposes={"identity-binding": "passport"})
    for number, words in enumerate(sayings, 2):
        sheet.say(words, str(number))
    return {silence.safeguard for silence in sheet.assessed().silences}


def test_what_no_clause_speaks_of_is_a_silence() -> None:
    assert {"pseudonymity", "user-control"} <= silences("The desk is open at night.")


@pytest.mark.parametrize(
    ("words", "safeguard"),
    [
        ("Pseudonyms are described in another part.", "pseudonymity"),
        ("Users can refuse the record.", "user-control"),
        ("Consent is out of scope.", "user-control"),
    ],
)
def test_what_a_clause_speaks_of_is_none(words: str, safeguard: str) -> None:
    assert safeguard not in silences(words)


@pytest.mark.parametrize("words", ["The record is kept without the consent of guests.", "No pseudonym is accepted."])
def test_words_of_its_absence_leave_the_silence(words: str) -> None:
    assert {"pseudonymity", "user-control"} <= silences(words)


def test_every_safeguard_has_words() -> None:
    assert library().spoken.keys() == load().safeguards.keys()
