"""Quantities that two provisions share."""

import pytest

from impact.match.quantities import agreement, quantities


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("within ninety days", {"90"}),
        ("after seventy-two hours, twice", {"72", "2"}),
        ("at most 1,600 bytes", {"1600"}),
        ("1\u202f600 bytes and 0.5 s", {"1600", "0.5"}),
        ("one of the ports, or 1 port", set()),
        ("a lone ship", set()),
    ],
)
def test_quantities_are_read_in_words_and_digits(text: str, expected: set[str]) -> None:
    assert quantities(text) == expected


def test_provisions_with_the_same_rare_quantity_agree_and_others_do_not() -> None:
    found = agreement(
        ["Logs are kept for 417 days."], ["Records live 417 days.", "Records live 318 days.", "No limit."]
    )

    assert found[0, 0] > 0.9
    assert found[0, 1:].tolist() == [0, 0]


def test_a_common_quantity_agrees_less_than_a_rare_one() -> None:
    common = agreement(["after 2 days"], ["for 2 days"])[0, 0]
    rare = agreement(["after 417 days"], ["for 417 days"])[0, 0]

    assert common < rare
