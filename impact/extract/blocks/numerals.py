"""Write a whole number the way a list format asks for: letters, Roman, ordinal."""

from collections.abc import Callable

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщыэюя"
_MOST_LETTERS = 30
"""Word itself stops lettering at 780 = 30 x 26 and starts anew; beyond it we write digits."""


def numeral(value: int, form: str) -> str:
    """Return `value` in a number format of WordprocessingML (ST_NumberFormat); unknown formats give digits.

    Source: ECMA-376 part 1, 17.18.59.
    """
    return FORMS.get(form, str)(value)


def _letters(alphabet: str) -> Callable[[int], str]:
    def write(value: int) -> str:
        repeats, index = divmod(value - 1, len(alphabet))
        return alphabet[index] * (repeats + 1) if 0 <= repeats < _MOST_LETTERS else str(value)

    return write


def _roman(value: int) -> str:
    if not 0 < value < 4000:
        return str(value)
    written = ""
    for worth, letters in _ROMAN:
        count, value = divmod(value, worth)
        written += letters * count
    return written


def _ordinal(value: int) -> str:
    if value % 100 in (11, 12, 13):
        return f"{value}th"
    return f"{value}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(value % 10, 'th') }"


def _circled(value: int) -> str:
    return chr(0x2460 + value - 1) if 1 <= value <= 20 else str(value)


def _nothing(_: int) -> str:
    return ""


FORMS: dict[str, Callable[[int], str]] = {
    "bullet": _nothing,
    "none": _nothing,
    "decimal": str,
    "decimalZero": lambda value: f"{value:02d}",
    "lowerLetter": _letters(_LATIN),
    "upperLetter": _letters(_LATIN.upper()),
    "lowerRoman": _roman,
    "upperRoman": lambda value: _roman(value).upper(),
    "russianLower": _letters(_RUSSIAN),
    "russianUpper": _letters(_RUSSIAN.upper()),
    "ordinal": _ordinal,
    "decimalEnclosedCircle": _circled,
    "numberInDash": lambda value: f"- {value} -",
}
