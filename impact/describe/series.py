"""What a proposal of a series says in its header: its number there, its state, and a name that stands for a title."""

import re
from dataclasses import replace
from functools import partial

from impact.describe.fields import Reading, first_match, keep, labeled, part
from impact.describe.front import FieldValue, Front
from impact.describe.patterns import pattern
from impact.records import BlockKind, Span

HEADER = 40
"""Lines of the front matter in which a header stands. Source: project judgment; the longest seen has 30."""

OPENING = 12
"""Lines in which a text says that something else replaced it. Source: project judgment; behind a header and a title."""

P = partial(pattern, "series")


def complete(front: Front, reading: Reading) -> None:
    """Enter number and state where they are missing and the header or the first lines have them.

    What a document is published as says more than a state, unless something else replaced it.
    """
    keep(reading, "number", _number(front))
    keep(reading, "state", _replaced(front) or (None if "publication" in reading else _state(front)))


def feature_name(front: Front) -> FieldValue | None:
    """Return the name of a feature that stands where others have a title ("Feature Name: `trait_objects`")."""
    named = front.joined(labeled(front, "feature name", most=3, within=HEADER))
    return replace(named, value=re.sub(r"[\s`_\\]+", " ", named.value).strip()) if named else None


def is_number(title: str) -> bool:
    """Return whether a title is a mere number of a series ("ABC-12"), below which the title proper stands."""
    return P("bare").fullmatch(title) is not None


def _number(front: Front) -> FieldValue | None:
    """Return the number behind the label of its series ("PEP: 541") in text or metadata, or that is a whole heading."""
    if hit := first_match(front.lines[:OPENING], P("number")):
        return replace(front.words(part(*hit, "number")), value=_named(hit[1]))
    for name, value in front.properties.items():
        if match := P("number").match(f"{name}: {value}"):
            return FieldValue(_named(match))
    headings = (line for line in front.lines[:OPENING] if line.source.kind is BlockKind.HEADING)
    bare = next((line for line in headings if is_number(line.text)), None)
    return front.words(bare.span) if bare else None


def _named(match: re.Match[str]) -> str:
    return f"{match['series'].upper()} {match['number']}"


def _state(front: Front) -> FieldValue | None:
    """Return the state behind its label, as written ("Status: Superseded"), or that of the metadata."""
    for span in labeled(front, "status|state|document status", most=1, within=HEADER):
        if match := P("state").match(front.document.quote(span)):
            return front.words(Span(span.start, span.start + match.end("state")))
    stated = P("state").match(front.properties.get("status", ""))
    return FieldValue(stated["state"]) if stated else None


def _replaced(front: Front) -> FieldValue | None:
    """Return that a text says at its beginning that it was superseded or given up, in the word that it uses."""
    for line in front.lines[:OPENING]:
        if match := P("replaced").search(line.text):
            return front.words(part(line, match, "state"))
    return None
