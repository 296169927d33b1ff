"""Numbers in English words, such as "seventy-two" and "one hundred and eighty": how they look, and their value."""

import re

_DIGITS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = (
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_POWERS = {"thousand": 1_000, "million": 1_000_000}
_VALUES = {word: number for number, word in enumerate((*_DIGITS, *_TEENS), 1)} | {
    word: number for number, word in zip(range(20, 100, 10), _TENS, strict=True)
}


def _choice(words: tuple[str, ...]) -> str:
    return f"(?:{'|'.join(words)})"


_BELOW_100 = rf"(?:{_choice(_TENS)}(?:[- ]{_choice(_DIGITS)})?|{_choice(_TEENS)}|{_choice(_DIGITS)})(?![a-z])"
_BELOW_1000 = rf"(?:(?:{_BELOW_100}[- ])?hundred(?:(?: and)? {_BELOW_100})?|{_BELOW_100})"
_POWER = rf"(?:{_BELOW_1000}[- ])?{_choice(tuple(_POWERS))}"
IN_WORDS = rf"(?:{_POWER}(?: {_POWER})?(?:(?: and)? {_BELOW_1000})?|{_BELOW_1000})(?![a-z])"
"""Pattern of a number from 1 on in words, in small letters. Two numbers joined by "and" or "or" are two."""

_WORD = re.compile(r"[a-z]+")


def value(number: str) -> int:
    """Return the value of a number in words, as `IN_WORDS` finds it; 0 if there is no word for a number."""
    whole = part = 0
    for word in _WORD.findall(number):
        if word in _POWERS:
            whole, part = whole + max(part, 1) * _POWERS[word], 0
        elif word == "hundred":
            part = max(part, 1) * 100
        else:
            part += _VALUES.get(word, 0)
    return whole + part
