"""Titles that a font or text recognition has garbled."""

import pytest

from impact.describe.language import is_legible


@pytest.mark.parametrize(
    "title",
    [
        "N~ Rf 71 L J E: D 2 7 - t' t. B- 7 6",
        "r> PAGE",
        ".Re g i s ters",
        "\uf03d\uf02b\uf0d7 Registers",
        "(cid:12)(cid:7) of terminals",
        "GRFXPHQW FRQWHQWV",
    ],
)
def test_garbled_words_are_no_title(title):
    assert not is_legible(title)


@pytest.mark.parametrize(
    "title",
    [
        "",
        "Registers of Terminals (Version 2.0)",
        "5G NR",
        "Part B: SMTP, HTTP and TLS",
        "Plan B",
        "Vitamin D",
        "Règles pour l'identité, 2ᵉ édition",
        "Ведение реестра терминалов",
        "终端登记册",
        "E2Guard V5, Revised List",
    ],
)
def test_words_of_any_language_and_short_names_are_a_title(title):
    assert is_legible(title)


def test_a_garbled_title_gives_way_to_the_name_of_the_file(drawn_document, reads):
    lines = [(72, 60, 20, "r> PAGE"), (72, 100, 10, "The clerk counts the parcels of the night and goes home.")]

    assert reads(drawn_document(lines, source="parcels_2031.pdf")).title == "Parcels 2031"
