"""Texts as every database can keep them."""


def clean(text: str) -> str:
    """Return a text with U+FFFD for NUL and for half surrogate pairs, which a broken file or hostile form may have."""
    return "".join("\ufffd" if each == "\0" or "\ud800" <= each <= "\udfff" else each for each in text)
