"""What a source leaves to other files is told."""

import pytest

from impact.extract.blocks.elsewhere import left_elsewhere

SOURCES = {
    "= Lamps\n\ninclude::clauses/wicks.adoc[leveloffset=1]\n": "clauses/wicks.adoc",
    "Lamps\n=====\n\n.. include:: wicks.rst\n": "wicks.rst",
    "Lamps\n=====\n\n.. literalinclude:: wicks.json\n": "wicks.json",
    "# Lamps\n\n{::include-fold wicks.md}\n": "wicks.md",
    '# Lamps\n\n--8<-- "wicks.md"\n': "wicks.md",
    "<figure>\nINSERT_TEXT_FROM_FILE(wicks.yang)\n</figure>\n": "wicks.yang",
}


@pytest.mark.parametrize(("source", "name"), SOURCES.items())
def test_a_part_in_another_file_is_named(source: str, name: str) -> None:
    assert list(left_elsewhere(source.encode())) == [
        f"One part of the document is in another file and was not read: {name}."
    ]


def test_several_parts_are_counted_and_the_first_is_named() -> None:
    source = b"include::wicks.adoc[]\ninclude::oil.adoc[]\n"

    assert list(left_elsewhere(source)) == [
        "2 parts of the document are in other files and were not read; the first is wicks.adoc."
    ]


@pytest.mark.parametrize("source", ["Lamps include::wicks.adoc[] and oil.", "include:: nothing", "The .. include:: it"])
def test_words_about_including_are_no_directive(source: str) -> None:
    assert list(left_elsewhere(source.encode())) == []
