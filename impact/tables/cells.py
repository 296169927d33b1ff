"""What stands in a cell, so that no spreadsheet takes it for a formula."""

from typing import Any

from impact.present.cleaning import STEERING, shown

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""First characters that start a formula. Source: OWASP's page on CSV injection."""

JOIN = " | "
"""What stands between several values of one cell."""


def is_formula(text: str) -> bool:
    """Return whether a spreadsheet could take a text for a formula."""
    return text.lstrip(" ").startswith(FORMULA)


def text_of(value: Any) -> str:
    """Return a value of a column as the text of a cell, without control characters and marks of writing direction."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.4f}"
    return STEERING.sub("", shown(JOIN.join(value) if isinstance(value, tuple) else str(value)))


def guarded(value: Any) -> str:
    """Return the text of a cell with an apostrophe before what a spreadsheet could take for a formula."""
    text = text_of(value)
    return f"'{text}" if is_formula(text) else text
