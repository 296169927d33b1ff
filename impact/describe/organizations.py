"""Names of the organizations that a cover gives as its source."""

import re
from collections.abc import Iterator
from functools import cache

from impact.describe.dates import find_date
from impact.describe.front import FieldValue, Front
from impact.records import Span
from impact.typed import load

LONGEST_LINE = 2000
"""Characters of a line of organizations that are read. Source: project judgment."""

ADDRESS = re.compile(
    r"[a-z][a-z\d+.-]*://\S+|www\.\S+|\S+@\S+|(?-i:(?:[a-z\d][a-z\d-]*\.)+[a-z]{2,24})(?:/\S*)?", re.IGNORECASE
)
"""An address on the web, of mail or of a host. A host in small letters only: "Amazon.com" is the name of a company."""


def is_organization(name: str) -> bool:
    """Return whether a name may be that of an organization, since it is neither a date nor an address."""
    dated = find_date(name)
    is_date = dated is not None and not name[: dated.start].strip(" ,;") and not name[dated.end :].strip(" ,;.")
    return not (is_date or ADDRESS.fullmatch(name.strip("<>()[] ")))


def split_organizations(front: Front, spans: list[Span]) -> tuple[FieldValue, ...]:
    """Return the organizations named on the lines `spans`, each as written, once, with its place.

    Names are parted by semicolons, lines, or else commas. A comma inside of brackets parts nothing, nor does one
    before the form of a company ("Ltd.") or before a State after a name that is no State.
    """
    if not spans:
        return ()
    whole = Span(spans[0].start, spans[-1].end)
    text = front.document.quote(whole)
    parts = _joined(text, list(_pieces(text, "[;]" if ";" in text else r"[;\n]|,(?!\d)")))
    names: dict[str, FieldValue] = {}
    for start, end in parts:
        organization = front.words(Span(whole.start + start, whole.start + end))
        names.setdefault(organization.value, organization)
    return tuple(names.values())


def names_in(line: str) -> tuple[str, ...]:
    """Return the organizations that a line outside of the document names, each once, in order."""
    text = line[:LONGEST_LINE]
    parts = _joined(text, list(_pieces(text, "[;]" if ";" in text else r",(?!\d)")))
    names = (" ".join(text[start:end].split()) for start, end in parts)
    return tuple(dict.fromkeys(name for name in names if is_organization(name)))


def _pieces(text: str, separator: str) -> Iterator[tuple[int, int]]:
    """Yield the pieces of `text` between separators that stand outside of brackets, without white space."""
    start = 0
    ends = [
        match.start()
        for match in re.finditer(separator, text)
        if text.count("(", 0, match.start()) <= text.count(")", 0, match.start())
    ]
    for end in (*ends, len(text)):
        piece = text[start:end]
        first = start + len(piece) - len(piece.lstrip())
        last = first + len(piece.strip())
        if first < last:
            yield first, last
        start = end + 1


def _joined(text: str, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join what belongs to one name: "Ltd." with the name before it, a State with the organization before it."""
    forms, states = _lists()
    joined: list[tuple[int, int]] = []
    for start, end in pieces:
        piece = text[start:end].rstrip(".").lower()
        before = text[slice(*joined[-1])].lower() if joined else ""
        if (
            joined
            and (piece in forms or (piece in states and before not in states))
            and "," in text[joined[-1][1] : start]
        ):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


@cache
def _lists() -> tuple[frozenset[str], frozenset[str]]:
    lists = load(dict[str, frozenset[str]], "impact.describe", "organizations.toml")
    return lists["forms"], frozenset(name.lower() for name in lists["states"])
