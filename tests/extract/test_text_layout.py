"""Plain text laid out by indentation."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from impact.errors import UnreadableError
from impact.extract.options import Options
from impact.extract.text import text
from impact.records import BlockKind


def read(source: str):
    return text.read(source.encode(), "a.txt", Options())


def told(source: str) -> list[tuple[str, str]]:
    document = read(source)
    return [(block.kind.value, document.quote(block.span)) for block in document.blocks]


def squeezed(part: str) -> str:
    return re.sub(r"\s+", "", part)


PAGED = """1.  First

   The clerk counts the parcels of the night and
   goes home when all of them are




Writer                                                          [Page 1]
\f
RFC 99999                    Parcels                        January 2031


   counted and the list is signed.  Then the lamp is put out.




Writer                                                          [Page 2]
\f
RFC 99999                    Parcels                        January 2031


   A new paragraph begins on the third page of this memo.
"""


def test_running_heads_and_feet_are_in_no_block():
    whole = read(PAGED).text

    assert "[Page" not in whole
    assert "RFC 99999" not in whole


def test_a_paragraph_goes_on_over_a_page_break_and_one_that_ended_does_not():
    paragraphs = [quote for kind, quote in told(PAGED) if kind == "paragraph"]

    assert len(paragraphs) == 2
    assert "all of them are counted and the list" in paragraphs[0]


def test_each_fragment_knows_its_page():
    document = read(PAGED)
    page = {word: document.layout.page(document.text.index(word)) for word in ("clerk", "counted", "third")}

    assert document.paged
    assert len(document.pages) == 3
    assert page == {"clerk": 1, "counted": 2, "third": 3}


def test_pages_are_told_by_their_feet_where_form_feeds_are_lost():
    document = read(PAGED.replace("\f\n", "\n"))

    assert document.paged
    assert document.layout.page(document.text.index("third")) == 3
    assert "[Page" not in document.text


def test_pages_that_all_say_the_same_keep_their_text():
    document = read("   The same sentence on each page.\n\f" * 5)

    assert "The same sentence" in document.text


def test_text_without_pages_is_not_paged():
    document = read("One paragraph.\n\nTwo paragraphs.\n")

    assert not document.paged
    assert len(document.pages) == 1


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("a well-", "known list", "a well-known list"),
        ("the inter-", "national list; international it is", "the international list; international it is"),
        ("both pre-", "and postwar", "both pre- and postwar"),
        ("since mid-", "1970 it is", "since mid-1970 it is"),
        ("at https://example.org/a/", "b.html here", "at https://example.org/a/b.html here"),
    ],
)
def test_a_hyphen_at_a_line_end_goes_only_where_the_file_has_the_word_without_it(first, second, joined):
    assert read(f"   The clerk said {first}\n   {second}.\n").text == f"The clerk said {joined}."


def test_lists_have_levels_by_indentation():
    document = read("   Duties are:\n\n   o  to count\n      all parcels;\n\n      -  at night;\n\n   o  to sign.\n")

    items = [(block.level, document.quote(block.span)) for block in document.blocks if block.kind is BlockKind.ITEM]

    assert items == [(1, "to count all parcels;"), (2, "at night;"), (1, "to sign.")]


@pytest.mark.parametrize("mark", ["(a)", "a)", "1.", "1)", "(iv)", "a."])
def test_counters_of_items_stay_in_the_text(mark):
    assert ("item", f"{mark} the parcel of the night") in told(
        f"   The clerk counts these:\n\n   {mark} the parcel of the night\n"
    )


def test_items_without_blank_lines_between_them_are_apart():
    assert [kind for kind, _ in told("Decisions of the day were:\n- one\n- two\n  goes on\n")] == [
        "paragraph",
        "item",
        "item",
    ]


@pytest.mark.parametrize(
    ("heading", "level"),
    [("3.  Lists", 1), ("3.2.  Lists of the Night", 2), ("Appendix B.  More", 1), ("B.1.  More", 2), ("Abstract", 1)],
)
def test_headings_have_levels_by_their_number(heading, level):
    document = read(f"{heading}\n\n   The clerk counts the parcels of the night.\n\n   The clerk goes home then.\n")

    assert (document.blocks[0].kind, document.blocks[0].level) == (BlockKind.HEADING, level)


def test_numbered_clauses_without_blank_lines_are_apart_and_their_title_is_a_heading():
    source = """5 Parcels
5.1 Each parcel is weighed.
5.2 A parcel bears:
   a) the name of its sender;
   b) its weight.
5.3 the clerk counts all the parcels of the night and of the day
before that night. See
5.2 and the list.
"""

    assert told(source) == [
        ("heading", "5 Parcels"),
        ("paragraph", "5.1 Each parcel is weighed."),
        ("paragraph", "5.2 A parcel bears:"),
        ("item", "a) the name of its sender;"),
        ("item", "b) its weight."),
        (
            "paragraph",
            "5.3 the clerk counts all the parcels of the night and of the day before that night. See 5.2 and the list.",
        ),
    ]


def test_a_title_between_numbered_clauses_without_blank_lines_is_a_heading():
    source = """5 Parcels
5.1 Each parcel is weighed.
5.2 Each parcel is counted.
6 Clerks
6.1 Each clerk signs the list.
"""

    assert told(source) == [
        ("heading", "5 Parcels"),
        ("paragraph", "5.1 Each parcel is weighed."),
        ("paragraph", "5.2 Each parcel is counted."),
        ("heading", "6 Clerks"),
        ("paragraph", "6.1 Each clerk signs the list."),
    ]


def test_a_numbered_sentence_is_no_heading():
    source = (
        "Agenda of the meeting.\n\n1. The clerk counts all the parcels, and then the captain signs the list of them.\n"
    )

    assert [kind for kind, _ in told(source)] == ["paragraph", "item"]


@pytest.mark.parametrize(
    "drawn",
    [
        "   +-----+     +-----+\n   | one |---->| two |\n   +-----+     +-----+",
        "   parcel = weight SP sender\n   weight = 1*DIGIT",
        "   Parcel ::= SEQUENCE {\n      weight INTEGER }",
        "   parcel = light /\n            heavy\n            ; Kinds of parcel, taken from the list of kinds",
        "   ; light parcels weigh less than a stone\n   ; heavy ones weigh more than that",
        "   parcel = light | heavy ;\n   (* what the clerk of the harbor weighs *)",
        "   <CODE BEGINS>\n   This is the text of the program\n   <CODE ENDS>",
        "   @startuml\n   Clerk -> Harbor : the parcel that the clerk weighs\n\n   note over Clerk : rest\n   @enduml",
    ],
)
def test_drawings_and_code_are_code(drawn):
    source = f"1.  A\n\n   The clerk draws the following for you:\n\n{drawn}\n\n   It shows the parcels here.\n"

    assert [kind for kind, _ in told(source)] == ["heading", "paragraph", "code", "paragraph"]


def test_a_module_is_code_to_its_end():
    source = (
        "   X DEFINITIONS ::= BEGIN\n\n   The words of a description.\n\n   END\n\n   And the clerk goes home then.\n"
    )

    assert [kind for kind, _ in told(source)] == ["code", "paragraph"]


def test_a_contents_list_ends_with_the_first_section():
    source = "Table of Contents\n\n   1.  Scope\n     1.1.  More\n   Index\n\n1.  Scope\n\n   The clerk counts.\n"

    assert [kind for kind, _ in told(source)] == ["heading", "contents", "contents", "contents", "heading", "paragraph"]


def test_block_indents_are_columns():
    assert [block.indent for block in read("1.  A\n\n   The clerk counts the parcels of the night.\n").blocks] == [0, 3]


def test_pages_beyond_the_limit_are_named():
    document = text.read(PAGED.encode(), "a.txt", Options(max_pages=2))

    assert "third page" not in document.text
    assert "page 2" in document.warnings[0]


def test_a_file_of_rules_alone_is_refused():
    with pytest.raises(UnreadableError):
        read("RFC 99999     x\n\f" * 0 + "\n \n")


WORDS = st.text(alphabet="abcdefghij -.:()*#123456äßЖ中", min_size=1, max_size=60)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 12), WORDS, st.sampled_from(["\n", "\n\n", "\r\n", "\n\f\n"])), min_size=1, max_size=40
    )
)
def test_every_fragment_is_what_the_source_has_at_its_origin(lines):
    source = "".join(" " * indent + words + end for indent, words, end in lines)
    try:
        document = read(source)
    except UnreadableError:
        return

    layout = document.layout
    for index in range(len(layout)):
        fragment = document.text[layout.starts[index] : layout.ends[index]]
        origin = layout.origins[index]
        assert squeezed(source[origin : origin + len(fragment)]) == squeezed(fragment)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(st.from_regex(r"[a-z]{1,9}", fullmatch=True), min_size=3, max_size=30), min_size=1, max_size=8)
)
def test_no_word_of_plain_paragraphs_is_lost(paragraphs):
    source = "\n\n".join("\n".join(" ".join(words[i : i + 8]) for i in range(0, len(words), 8)) for words in paragraphs)

    assert read(source).text.split() == [word for words in paragraphs for word in words]


def test_each_field_of_a_list_without_blank_lines_is_a_paragraph():
    source = """1.  Registration

   Type name:  register
   Purpose:  Holds the terminals that are in service, with the names of
      their owners.
   Contact:
      The clerk of the register.
   Usage:  common
"""

    assert told(source)[1:] == [
        ("paragraph", "Type name:  register"),
        ("paragraph", "Purpose:  Holds the terminals that are in service, with the names of their owners."),
        ("paragraph", "Contact: The clerk of the register."),
        ("paragraph", "Usage:  common"),
    ]


def test_lines_with_a_bar_before_them_are_a_quote_without_bars():
    source = (
        "1.  A\n\n   The clerk weighs all parcels of the day.\n\n"
        "   |  *Note:* The clerk of the harbor may open\n   |  parcels that smell of fish.\n   |\n"
        "   |  9.  The other parcels of the day\n   |  stay as they are.\n\n   The end of the day comes then.\n"
    )

    assert told(source)[2:4] == [
        ("note", "Note: The clerk of the harbor may open parcels that smell of fish."),
        ("paragraph", "9.  The other parcels of the day stay as they are."),
    ]


@pytest.mark.parametrize(
    "drawn",
    [
        "   |  +--rw parcel the clerk of the harbor\n   |  +--rw weight of the parcel he has",
        "   |  the weight of a parcel here   |\n   |  the clerk of the harbor does   |",
    ],
)
def test_trees_and_cells_with_bars_are_no_quote(drawn):
    source = f"1.  A\n\n   The clerk draws the following for you:\n\n{drawn}\n\n   It shows the parcels here.\n"

    assert "|" in told(source)[2][1]
