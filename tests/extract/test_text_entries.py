"""Lists in plain text whose entries have neither marks nor blank lines between them."""

from impact.extract.options import Options
from impact.extract.text import text

HEAD = """1.  Terms

   The clerk of the harbor keeps the terms that the pilots use in all of
   the papers that they hand in at the end of a night.

"""


def blocks(source: str) -> list[tuple[str, str]]:
    document = text.read((HEAD + source).encode(), "a.txt", Options())
    return [(block.kind.value, " ".join(document.quote(block.span).split())) for block in document.blocks][2:]


def test_terms_beside_their_definitions_are_an_entry_each():
    source = """   BCP   Best Current Practice
   Exp   Experimental work that the harbor
         may drop
   PS    Proposed Standard
"""

    assert [entry for _, entry in blocks(source)] == [
        "BCP Best Current Practice",
        "Exp Experimental work that the harbor may drop",
        "PS Proposed Standard",
    ]


def test_fields_with_their_values_in_one_column_are_no_drawing():
    source = "   First draft:     by the pilot of the night\n\n   Last call:       by the clerk\n"

    assert blocks(source) == [
        ("paragraph", "First draft: by the pilot of the night"),
        ("paragraph", "Last call: by the clerk"),
    ]


def test_names_that_end_in_semicolons_are_an_entry_each():
    source = "      the name of the ship;\n      the berth of the ship; and\n      the pilot.\n"

    assert blocks(source) == [
        ("paragraph", "the name of the ship;"),
        ("paragraph", "the berth of the ship; and"),
        ("paragraph", "the pilot."),
    ]


def test_statements_of_a_program_that_end_in_semicolons_stay_code():
    source = "      int berth;\n      int ship_no;\n      char name[20];\n"

    assert [kind for kind, _ in blocks(source)] == ["code"]


def test_a_rule_in_words_that_ends_in_a_semicolon_is_no_code():
    source = "   The pilot shall hand in the name of the ship and the number of its\n   berth;\n"

    assert blocks(source) == [
        ("paragraph", "The pilot shall hand in the name of the ship and the number of its berth;")
    ]


def test_code_below_a_term_is_a_block_of_its_own():
    source = "   Purpose:  To name the ship.\n\n   Example(s):\n      SHIP;BERTH=7:Gull\n      SHIP;BERTH=9:Tern\n"

    assert blocks(source)[1:] == [("paragraph", "Example(s):"), ("code", "SHIP;BERTH=7:Gull SHIP;BERTH=9:Tern")]


def test_roman_numbers_with_full_stops_begin_items():
    source = "   1.  The clerk reads the list, and\n\n       i.   signs it, or\n\n       ii.  hands it back.\n"

    assert [kind for kind, _ in blocks(source)] == ["item", "item", "item"]


def test_a_table_with_a_cell_over_two_rows_is_read_row_by_row():
    source = """   +======+===========+=======+
   | Ship | Berth     | Night |
   +======+===========+=======+
   | Gull | seven     | first |
   |      +-----------+-------+
   |      | nine      | last  |
   +------+-----------+-------+
   | Tern | eleven    | first |
   +------+-----------+-------+
"""

    assert [kind for kind, _ in blocks(source)] == ["row"] * 3


def test_a_drawing_of_boxes_with_arrows_stays_a_drawing():
    source = """   +------+     +-------+
   | Ship |     | Berth |
   |      +---->+       |
   +---+--+     +---+---+
       |            |
       +-----+------+
"""

    assert {kind for kind, _ in blocks(source)} == {"code"}


def test_lines_wider_than_any_page_that_end_sentences_are_a_paragraph_each():
    wide = f"The pilot boards the ship at the {'next ' * 20}buoy."
    source = f"{wide}\nThe clerk signs the book.\nThe watch is kept by two.\n"

    assert [entry for _, entry in blocks(source)] == [wide, "The clerk signs the book.", "The watch is kept by two."]


def test_lines_of_the_width_of_a_page_are_one_paragraph_though_each_ends_a_sentence():
    source = "The pilot boards the ship.\nThe clerk signs the book.\nThe watch is kept by two.\n"

    assert len(blocks(source)) == 1


WIDE = (
    "The clerk keeps the list of the ships that lie in the harbor at night, with the name of each and the berth it has."
)


def test_lines_wider_than_a_page_are_a_paragraph_each_beside_items_and_titles():
    source = f"Part A\n{WIDE}\nPart B\n§ 1 {WIDE}\n§ 2 The list names:\n(a) the ship;\n(b) the berth.\n§ 3 {WIDE}\n"

    assert blocks(source) == [
        ("paragraph", "Part A"),
        ("paragraph", WIDE),
        ("paragraph", "Part B"),
        ("paragraph", f"§ 1 {WIDE}"),
        ("paragraph", "§ 2 The list names:"),
        ("item", "(a) the ship;"),
        ("item", "(b) the berth."),
        ("paragraph", f"§ 3 {WIDE}"),
    ]


def test_a_number_in_a_line_of_its_own_belongs_to_the_wide_line_below_it():
    source = f"Article 1\n{WIDE}\nArticle 2\n{WIDE}\n"

    assert blocks(source) == [("paragraph", f"Article 1 {WIDE}"), ("paragraph", f"Article 2 {WIDE}")]


def test_lines_with_bars_between_cells_are_rows():
    source = (
        "Group 1: Gate\nRQ-01 | Gate | The gate shall be closed at night, with a lamp lit beside it. | M\n"
        "RQ-02 | Lamp | It is lit for nine hours. | M\nRQ-03 | List | The clerk keeps a list. | O\n"
    )
    document = text.read(source.encode(), "a.txt", Options())

    kinds = [(block.kind.value, document.quote(block.span)) for block in document.blocks]

    assert kinds[0] == ("paragraph", "Group 1: Gate")
    assert kinds[2] == ("row", "RQ-02\tLamp\tIt is lit for nine hours.\tM")
