"""What a PDF draws out of the order in which it is read: links, marks, labels, figures, mastheads."""

import pytest
from drawn import read, texts
from reportlab.pdfgen.canvas import Canvas

from impact.extract.pdf.read import read_by_pdfium, read_by_pdfminer
from impact.records import BlockKind

pytestmark = pytest.mark.parametrize("engine", [read_by_pdfium, read_by_pdfminer], ids=["pdfium", "pdfminer"])
COLUMN = 6.0
"""Points of a character of Courier of ten points."""


def around_links(canvas: Canvas, rows: list[str], y: float = 700) -> None:
    """Draw lines of Courier, what stands in braces in them after all else, as programs draw links."""
    canvas.setFont("Courier", 10)
    links: list[tuple[float, float, str]] = []
    for row in rows:
        at, column = 0, 0
        while at < len(row):
            end = row.find("}" if row[at] == "{" else "{", at) % (len(row) + 1)
            piece = row[at:end]
            if piece.startswith("{"):
                links.append((72 + column * COLUMN, y, piece[1:]))
                column, at = column + len(piece) - 1, end + 1
                continue
            if piece.strip():
                canvas.drawString(72 + column * COLUMN, y, piece)
            column, at = column + len(piece), end
        y -= 12
    for x, level, link in links:
        canvas.drawString(x, level, link)


LINKS = {
    "at the ends": """
The operator keeps the register that is set out in the {[Rules]}
{[More]}, and hands it over to those who ask within {three} days.""",
    "at the start, and two beside each other": """
{Section 4} of {[Rules]} and {[More]} ask each of the operators that
they keep a register of all terminals that are in service.""",
    "all of a line but its comma": """
A terminal that is in none of the many registers is blocked by
{https://rules.example/of-registers/and-of-terminals/of-all},
which applies to all of the operators of the network.""",
    "all of a line": """
The operator follows the decision of the authority named in
{the second schedule of the rules of the network, part two}
and keeps the decision for as long as the authority wants.""",
    "over the end of a line": """
The word of the authority counts as an order, which {SHOULD}
{NOT} be given without a reason and ends with the term.""",
}


@pytest.mark.parametrize("place", LINKS)
def test_links_that_are_drawn_last_stand_in_their_sentences(engine, place):
    rows = LINKS[place].strip().split("\n")

    document = read(engine, lambda canvas: around_links(canvas, rows))

    assert texts(document) == [" ".join(rows).replace("{", "").replace("}", "")]


def test_a_raised_mark_of_a_footnote_stands_in_its_sentence(engine):
    def draw(canvas):
        canvas.drawString(72, 700, "An operator keeps the register")
        canvas.drawString(205, 700, "of all its terminals for a term of at least three years, and then the")
        canvas.drawString(72, 688, "register is deleted.")
        canvas.setFont("Times-Roman", 6)
        canvas.drawString(195.5, 704, "12")

    document = read(engine, draw)

    assert texts(document)[0].startswith("An operator keeps the register 12 of all its terminals for")
    assert texts(document)[0].endswith("register is deleted.")


def test_names_of_references_that_are_drawn_first_stand_before_their_entries(engine):
    def draw(canvas):
        canvas.setFont("Times-Bold", 10)
        for name, y in (("[RULES]", 660), ("[registers-of-terminals]", 630)):
            canvas.drawString(72, y, name)
        canvas.setFont("Times-Roman", 10)
        canvas.drawString(72, 690, "This list names all that the present document refers to in one of its clauses.")
        canvas.drawString(115, 660, "Writer, A., Rules of the network, second edition of the year 2020.")
        canvas.drawString(115, 618, "Writer, B., Registers of terminals, first edition of the year 2021.")

    assert texts(read(engine, draw))[1:] == [
        "[RULES] Writer, A., Rules of the network, second edition of the year 2020.",
        "[registers-of-terminals] Writer, B., Registers of terminals, first edition of the year 2021.",
    ]


def test_a_term_above_its_definition_is_one_block_with_it(engine):
    def draw(canvas):
        canvas.drawString(
            72, 720, "In this document, the words below have the meaning that is said after each of them, and"
        )
        canvas.drawString(72, 708, "no other one in any of the clauses.")
        canvas.drawString(72, 690, "Terminal:")
        canvas.drawString(90, 678, "A device of a subscriber that attaches to the network of an operator and")
        canvas.drawString(90, 666, "that has an identity.")
        canvas.drawString(72, 648, "Register:")
        canvas.drawString(90, 636, "A list of terminals.")

    assert texts(read(engine, draw))[1:] == [
        "Terminal: A device of a subscriber that attaches to the network of an operator and that has an identity.",
        "Register: A list of terminals.",
    ]


def test_lines_of_code_are_one_block_and_keep_their_line_ends(engine):
    code = ["Register {", "  Terminal (16),", "  Owner of it (32),", "}"]

    def draw(canvas):
        canvas.drawString(72, 720, "The register has the fields that are shown below, one for each of the terminals:")
        canvas.setFont("Courier", 9)
        for at, row in enumerate(code):
            canvas.drawString(80 + 5.4 * (len(row) - len(row.lstrip())), 700 - 11 * at, row.strip())
        canvas.setFont("Times-Roman", 10)
        canvas.drawString(72, 640, "The operator fills in all of the fields within the term of three working days.")

    document = read(engine, draw)

    assert texts(document)[1] == "\n".join(row.strip() for row in code)
    assert [block.kind for block in document.blocks] == [BlockKind.PARAGRAPH, BlockKind.CODE, BlockKind.PARAGRAPH]


def test_a_figure_that_is_drawn_after_the_text_stands_in_the_gap_that_it_fills(engine):
    def draw(canvas):
        canvas.drawString(72, 720, "The figure shows how a terminal is entered in the register.")
        canvas.drawString(72, 600, "The authority reads the register whenever it asks for it in writing.")
        canvas.drawString(72, 588, "It keeps what it has read.")
        canvas.drawString(72, 640, "Figure 1: From terminal to register")
        canvas.drawString(120, 680, "Terminal")
        canvas.drawString(220, 680, "Register")

    assert texts(read(engine, draw)) == [
        "The figure shows how a terminal is entered in the register.",
        "Terminal Register",
        "Figure 1: From terminal to register",
        "The authority reads the register whenever it asks for it in writing. It keeps what it has read.",
    ]


def test_a_masthead_that_is_drawn_in_the_middle_is_read_first(engine):
    def draw(canvas):
        canvas.drawString(72, 640, "This document lays down how terminals are entered in the register of an operator.")
        for at, row in enumerate(["Stream: Registers", "Number: 12", "Published: May 2020"]):
            canvas.drawString(72, 770 - 24 * at, row)
        canvas.drawString(72, 600, "It replaces the document that was published in the year before under this number.")

    assert texts(read(engine, draw))[:3] == ["Stream: Registers", "Number: 12", "Published: May 2020"]


def test_lines_of_two_columns_are_not_put_into_each_other(engine):
    left = ["The operator keeps a register", "of all of its terminals, and", "hands it over on request."]
    right = ["The authority reads what is", "in the register, and deletes", "it at the end of the term."]

    def draw(canvas):
        canvas.setFont("Courier", 10)
        for column, x in ((left, 72), (right, 72 + 31 * COLUMN)):
            for at, row in enumerate(column):
                canvas.drawString(x, 700 - 12 * at, row)

    assert texts(read(engine, draw)) == [" ".join(left), " ".join(right)]
