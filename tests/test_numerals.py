"""Numbers in words are found whole, and have a value."""

import re

import pytest

from impact.numerals import IN_WORDS, value

NUMBER = re.compile(rf"\b{IN_WORDS}")


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("seven days", [7]),
        ("within seventy-two hours", [72]),
        ("seventeen", [17]),
        ("twenty four", [24]),
        ("a hundred pages", [100]),
        ("one hundred and eighty days", [180]),
        ("twelve hundred", [1200]),
        ("two thousand five hundred", [2500]),
        ("three million two hundred thousand and five", [3_200_005]),
        ("between two and three, or four or five", [2, 3, 4, 5]),
        ("twenty and thirty", [20, 30]),
        ("often a tensor in someone's hundredth tenth", []),
    ],
)
def test_a_number_in_words_is_found_whole(text: str, numbers: list[int]) -> None:
    assert [value(match[0]) for match in NUMBER.finditer(text)] == numbers
