"""What a spreadsheet must not take for a formula."""

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""First characters that start a formula. Source: OWASP's page on CSV injection."""

JOIN = " | "
"""What stands between several values of one cell."""


def is_formula(text: str) -> bool:
    """Return whether a spreadsheet could take a text for a formula."""
    return text.lstrip(" ").startswith(FORMULA)
