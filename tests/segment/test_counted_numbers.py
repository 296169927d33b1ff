"""Paragraphs with bare or named numbers, which number them only where they count on."""

from collections.abc import Callable

import pytest

from impact.records import Document
from impact.segment import segment

Build = Callable[..., Document]


def numbers(document: Document) -> list[str]:
    return [clause.number for clause in segment(document)]


def paragraphs(build: Build, *texts: str) -> Document:
    return build(*(("paragraph", text) for text in texts))


def test_bare_numbers_that_count_on_are_cited(build: Build) -> None:
    document = paragraphs(
        build, "1 The locker opens by a code.", "2 The code lasts for a day.", "3 A door closes in a minute."
    )

    assert numbers(document) == ["1", "2", "3"]
    assert document.quote(segment(document)[1].span) == "The code lasts for a day."


def test_two_bare_numbers_are_words_of_their_paragraphs(build: Build) -> None:
    document = paragraphs(build, "1 locker in ten is low enough.", "2 lockers in ten are large ones.")

    assert numbers(document) == ["", ""]


def test_a_number_out_of_order_between_two_that_count_on_is_cited(build: Build) -> None:
    document = paragraphs(
        build,
        "4 The locker opens by a code.",
        "9 The code lasts for a day.",
        "5 A door closes in a minute.",
        "6 A fault is repaired soon.",
    )

    assert numbers(document) == ["4", "9", "5", "6"]


def test_bare_numbers_below_numbered_titles_are_words_of_their_paragraphs(build: Build) -> None:
    document = build(
        ("heading", "3 Lockers", {"level": 1}),
        ("paragraph", "1 locker is for the guests only."),
        ("paragraph", "2 lockers are for the staff only."),
        ("paragraph", "3 lockers are for anybody who comes."),
    )

    assert numbers(document) == ["3"] * 4


def test_what_a_resolution_resolves_is_cited_with_that_word(build: Build) -> None:
    document = build(
        ("heading", "resolves", {"level": 1}),
        ("paragraph", "1\tthat the locker shall open by a code;"),
        ("paragraph", "2\tthat the code shall last for a day,"),
    )

    assert numbers(document)[1:] == ["resolves 1", "resolves 2"]


def test_articles_that_count_on_are_cited_across_chapters(build: Build) -> None:
    document = build(
        ("paragraph", "Article 40. The locker opens by a code."),
        ("paragraph", "Article 40a. The code lasts for a day."),
        ("heading", "Repair", {"level": 1}),
        ("paragraph", "Article 41. A fault is repaired soon."),
    )

    assert [number for number in numbers(document) if number] == ["Article 40", "Article 40a", "Article 41"]


def test_articles_of_another_text_stay_in_their_sentences(build: Build) -> None:
    document = paragraphs(
        build,
        "Article 5 of the Code asks for a key.",
        "Article 6 of the Code asks for a lock.",
        "Article 7 of the Code asks for a door.",
    )

    assert numbers(document) == ["", "", ""]


def test_chapters_that_count_on_are_titles_though_the_first_is_missing(build: Build) -> None:
    texts = ("Chapter 6. Access", "A locker opens by a code.", "Chapter 7. Repair", "A fault is repaired soon.")
    document = build(*(("paragraph", text) for text in texts), format="text")

    assert [clause.headings for clause in segment(document) if not clause.title] == [(), ()]
    assert [clause.title for clause in segment(document) if clause.title] == ["Chapter 6 Access", "Chapter 7 Repair"]


@pytest.mark.parametrize(("number", "cited"), [("6.4/1", "6.4/1"), ("A.9", "A.9")])
def test_a_number_below_that_of_its_section_is_cited_as_it_is_written(build: Build, number: str, cited: str) -> None:
    document = build(
        ("heading", "6.4 Doors" if number[0] == "6" else "Annex A", {"level": 1}),
        ("paragraph", f"{number} The locker opens by a code."),
    )

    assert numbers(document)[-1] == cited
