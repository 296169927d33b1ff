"""Words of a document as names of places in it: in quotation marks, and cut."""

import re

FIRST_WORDS = 40
"""Characters of a clause that name it where it has neither number nor page nor heading. Source: project judgment."""

IN_QUOTES = re.compile('["\u201c]([^"\u201c\u201d]+)["\u201d]')


def first_words(text: str) -> str:
    """Return the first words of a text."""
    words = f"{text[: FIRST_WORDS + 1]} ".rsplit(" ", 2)[0] if len(text) > FIRST_WORDS else text
    return words if words == text else f"{words or text[:FIRST_WORDS]}\N{HORIZONTAL ELLIPSIS}"


def quoted(text: str) -> str:
    """Return a text in quotation marks; those around all of it go, and those around words of it become single ones."""
    whole = IN_QUOTES.fullmatch(text)
    bare = whole[1] if whole else IN_QUOTES.sub("\u2018\\1\u2019", text)
    return f"\N{LEFT DOUBLE QUOTATION MARK}{bare}\N{RIGHT DOUBLE QUOTATION MARK}"
