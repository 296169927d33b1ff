"""Blocks of a PDF that a text edition has as one: tables row by row, code, quotes, terms."""

import pytest
from drawn import read, texts
from reportlab.pdfgen.canvas import Canvas

from impact.extract.pdf.read import read_by_pdfium, read_by_pdfminer
from impact.records import BlockKind

pytestmark = pytest.mark.parametrize("engine", [read_by_pdfium, read_by_pdfminer], ids=["pdfium", "pdfminer"])


def sentence(canvas: Canvas, y: float) -> None:
    canvas.setFont("Times-Roman", 10)
    canvas.drawString(
        72, y, "The operator enters each of the terminals in the register within three working days of it."
    )


def test_a_row_whose_cells_have_several_lines_is_one_block(engine):
    def draw(canvas):
        sentence(canvas, 740)
        canvas.drawString(80, 700, "Terminal")
        canvas.drawString(240, 700, "Duty")
        canvas.drawString(80, 676, "Of a person")
        canvas.drawString(80, 664, "or household")
        canvas.drawString(240, 676, "The operator asks")
        canvas.drawString(240, 664, "for consent")
        canvas.drawString(240, 652, "in writing")
        canvas.drawString(80, 628, "Of a firm")
        canvas.drawString(80, 616, "or an office")
        canvas.drawString(240, 628, "None")

    assert texts(read(engine, draw))[1:] == [
        "Terminal Duty",
        "Of a person or household The operator asks for consent in writing",
        "Of a firm or an office None",
    ]


def test_two_boxes_side_by_side_stay_apart_without_a_table_around_them(engine):
    def draw(canvas):
        canvas.drawString(80, 676, "The operator pays")
        canvas.drawString(80, 664, "for the register.")
        canvas.drawString(240, 676, "The authority asks")
        canvas.drawString(240, 664, "for its contents.")

    assert texts(read(engine, draw)) == ["The operator pays for the register.", "The authority asks for its contents."]


def test_code_goes_on_over_blank_lines(engine):
    def draw(canvas):
        sentence(canvas, 740)
        canvas.setFont("Courier", 9)
        for at, row in enumerate(["open the register", "find the terminal", "", "close the register"]):
            canvas.drawString(80, 710 - 11 * at, row)

    document = read(engine, draw)

    assert texts(document)[1:] == ["open the register\nfind the terminal\nclose the register"]


def test_one_line_whose_letters_have_one_width_by_chance_is_no_code(engine):
    def draw(canvas):
        for at in range(6):
            sentence(canvas, 740 - 12 * at)
        canvas.setFont("Courier", 10)
        canvas.drawString(72, 640, "Terminals of persons")

    assert {block.kind for block in read(engine, draw).blocks} == {BlockKind.PARAGRAPH}


def test_a_quote_set_narrower_than_the_text_is_one_paragraph(engine):
    quote = [
        "The operator of a network shall tell the authority of all of the",
        "Terminals that it has entered in the register, and the authority",
        "Registers what it has been told of them without any more delay,",
        "Unless the court of the district has ordered that it does not so.",
    ]

    def draw(canvas):
        for y in (740, 728, 716):
            canvas.drawString(
                72, y, f"{'The register of all terminals is kept by the authority at its own seat':<60}, year by year."
            )
        for at, row in enumerate(quote):
            canvas.drawString(90, 690 - 12 * at, row)
        sentence(canvas, 630)

    assert " ".join(quote) in texts(read(engine, draw))


def test_terms_drawn_before_all_text_stand_before_what_they_mean(engine):
    def draw(canvas):
        for y, term in ((700, "BCP"), (688, "Exp"), (676, "PS")):
            canvas.drawString(72, y, term)
        sentence(canvas, 740)
        for y, meaning in ((700, "Best Current Practice"), (688, "Experimental"), (676, "Proposed Standard")):
            canvas.drawString(120, y, meaning)

    assert texts(read(engine, draw))[1:] == ["BCP Best Current Practice", "Exp Experimental", "PS Proposed Standard"]


def test_a_sentence_goes_on_at_the_top_of_the_next_page_with_a_capital(engine):
    first = "The operator of a network enters all of the terminals in the register and tells the"

    def draw(canvas):
        canvas.drawString(
            72, 100, "Each of them has a number of its own, which stands on a label on the back of the lid,"
        )
        canvas.drawString(72, 88, first)
        canvas.showPage()
        canvas.setFont("Times-Roman", 10)
        canvas.drawString(
            72, 740, "Authority of it within a day. It keeps the receipt that it is given for a year, so that"
        )
        canvas.drawString(72, 728, "it can show it.")

    assert any(f"{first} Authority of it" in text for text in texts(read(engine, draw)))


def test_a_definition_with_an_index_stays_with_its_term(engine):
    words = "The number of a terminal is never below N"

    def draw(canvas):
        for y in (740, 728, 716):
            sentence(canvas, y)
        canvas.drawString(72, 690, "Wraparound:")
        canvas.drawString(90, 678, words)
        end = 90 + canvas.stringWidth(words, "Times-Roman", 10)
        canvas.setFont("Times-Roman", 8)
        canvas.drawString(end, 674.5, "low")
        canvas.setFont("Times-Roman", 10)
        canvas.drawString(end + 16, 678, "of them.")

    assert any(text.startswith("Wraparound: The number") for text in texts(read(engine, draw)))
