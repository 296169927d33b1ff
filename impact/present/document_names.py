"""Number and title of a document in one line."""

import re
from collections.abc import Iterator

WORD = re.compile(r"\w+")
EDGES = ".,;:()[]'\"\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}"
SHORT_NAME = re.compile(r"[a-z][\w.]*(?:[-_][\w.]+)*")
"""A number that is a name in small letters, as those of drafts: "draft-birds-parcel-03", "parcel-request"."""


def called(number: str, title: str) -> str:
    """Return number and title in one line: "RFC 9999: Parcels", "Parcels (draft-birds-parcel-03)".

    A title that has all words of the number stands alone: "Beacon".
    """
    if not (number and title):
        return number or title
    if {*_name_words(number)} <= {*_name_words(title)}:
        return title
    return f"{title} ({number})" if SHORT_NAME.fullmatch(number) else f"{number}: {title}"


def _name_words(text: str) -> Iterator[str]:
    """Yield the words of a name; what has a digit in it ("C-83", "G.8101/Y.1355") is one word."""
    for word in text.casefold().split():
        yield from [word.strip(EDGES)] if re.search(r"\d", word) else WORD.findall(word.replace("\u2019", "'"))
