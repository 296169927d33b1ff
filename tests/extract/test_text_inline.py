"""Marks of reStructuredText are no part of the words."""

import pytest

from impact.extract.options import Options
from impact.extract.text import text


def words_of(source: str) -> str:
    return text.read(source.encode(), "a.rst", Options()).text


@pytest.mark.parametrize(
    ("source", "seen"),
    [
        ("The ``ferry`` leaves the pier at noon.", "The ferry leaves the pier at noon."),
        ("The `harbor rules <https://example.org/rules>`_ hold.", "The harbor rules hold."),
        ("The `harbor rules`__ hold on the whole pier.", "The harbor rules hold on the whole pier."),
        ("The :term:`ferry` leaves from :ref:`the pier <pier>` at noon.", "The ferry leaves from the pier at noon."),
        (
            "The rules of the\n`harbor of the\ntown <https://example.org>`_ hold.",
            "The rules of the harbor of the town hold.",
        ),
        ("The **ferry** leaves the *old pier* at noon.", "The ferry leaves the old pier at noon."),
        ("Fares are 2 * 3 and 4 * 5, for *args too.", "Fares are 2 * 3 and 4 * 5, for *args too."),
        ("She said ``no'' to the `guard' on the pier.", "She said ``no'' to the `guard' on the pier."),
    ],
)
def test_marks_are_not_seen(source, seen):
    assert words_of(source) == seen


def test_origins_point_to_the_words():
    source = "The ``ferry`` leaves the pier at noon."
    document = text.read(source.encode(), "a.rst", Options())

    layout = document.layout
    pieces = [
        (start, end, origin) for start, end, origin in zip(layout.starts, layout.ends, layout.origins, strict=True)
    ]
    assert [source[origin : origin + end - start] for start, end, origin in pieces] == [
        document.text[start:end] for start, end, _ in pieces
    ]
