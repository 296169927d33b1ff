"""Texts as every database can keep them."""

import re

_UNKEPT = re.compile("[\0\ud800-\udfff]")


def clean(text: str) -> str:
    """Return a text with U+FFFD for NUL and for half surrogate pairs, which a broken file or hostile form may have."""
    return _UNKEPT.sub("\ufffd", text)
