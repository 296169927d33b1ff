"""What a PDF says, in the order in which it says it."""

import pytest
from drawn import read, texts
from reportlab.pdfgen.canvas import Canvas

from impact.extract.pdf.read import read_by_pdfium, read_by_pdfminer
from impact.records import BlockKind

pytestmark = pytest.mark.parametrize("engine", [read_by_pdfium, read_by_pdfminer], ids=["pdfium", "pdfminer"])


def lines(canvas: Canvas, x: float, y: float, rows: list[str], style: tuple[str, float] = ("Helvetica", 10)) -> float:
    font, size = style
    canvas.setFont(font, size)
    for row in rows:
        canvas.drawString(x, y, row)
        y -= 1.2 * size
    return y


PROSE = [
    "The operator shall keep a register of every terminal that attaches to the network and",
    "shall hand the register to the competent authority within the term of three working days",
    "after the authority has asked for it in writing.",
]


def test_lines_of_a_paragraph_are_joined_with_spaces(engine):
    document = read(engine, lambda canvas: lines(canvas, 72, 700, PROSE))

    assert texts(document) == [" ".join(PROSE)]


def test_a_numbered_heading_is_a_block_of_its_own(engine):
    def draw(canvas):
        y = lines(canvas, 72, 700, ["7.2.1 Registration of terminals"], ("Helvetica-Bold", 12))
        lines(canvas, 72, y - 4, PROSE)

    document = read(engine, draw)

    assert texts(document) == ["7.2.1 Registration of terminals", " ".join(PROSE)]
    assert [(block.bold, block.size) for block in document.blocks] == [(True, 12.0), (False, 10.0)]


def test_a_heading_in_the_font_of_the_text_is_a_block_of_its_own(engine):
    document = read(engine, lambda canvas: lines(canvas, 72, 700, ["3. Terminals", *PROSE], ("Courier", 8)))

    assert texts(document) == ["3. Terminals", " ".join(PROSE)]


@pytest.mark.parametrize("marks", [("a)", "b)"), ("-", "-"), ("(1)", "(2)"), ("5.1", "5.2")])
def test_every_item_of_a_list_is_a_block(engine, marks):
    first, second = (f"{mark} the identity of the subscriber behind the terminal;" for mark in marks)

    document = read(engine, lambda canvas: lines(canvas, 72, 700, ["The register shall hold:", first, second]))

    assert texts(document) == ["The register shall hold:", first, second]


def test_an_item_that_hangs_is_one_block(engine):
    def draw(canvas):
        lines(canvas, 72, 700, ["a) the identity of the subscriber behind the terminal and the place at which it"])
        lines(canvas, 86, 688, ["attached to the network for the last time."])

    document = read(engine, draw)

    assert len(document.blocks) == 1
    assert document.blocks[0].kind is BlockKind.ITEM


def test_a_reference_at_a_line_start_does_not_end_the_paragraph(engine):
    rows = [
        "The operator shall keep the register of every terminal in the manner that is set out in clause",
        "7.2.1 of this Recommendation and shall delete every entry of it after the lapse of one month.",
    ]

    document = read(engine, lambda canvas: lines(canvas, 72, 700, rows))

    assert texts(document) == [" ".join(rows)]


def test_running_heads_feet_and_page_numbers_are_in_no_block(engine):
    def draw(canvas):
        for number in range(1, 7):
            lines(canvas, 72, 800, [f"Draft Recommendation Y.9999 ({number + 2}/2026)"], ("Helvetica", 8))
            lines(canvas, 72, 700, [f"Part {number} starts here and is about matter number {number}."])
            lines(canvas, 290, 40, [f"- {number} -"], ("Helvetica", 8))
            canvas.showPage()

    document = read(engine, draw)

    assert texts(document) == [f"Part {n} starts here and is about matter number {n}." for n in range(1, 7)]


def test_a_title_at_the_top_of_one_page_stays(engine):
    def draw(canvas):
        lines(canvas, 72, 790, ["Security considerations"], ("Helvetica-Bold", 16))
        lines(canvas, 72, 700, PROSE)
        canvas.showPage()
        lines(canvas, 72, 700, PROSE)

    document = read(engine, draw)

    assert texts(document)[0] == "Security considerations"


def test_a_paragraph_over_a_page_break_is_one_block(engine):
    def draw(canvas):
        for number, rows in enumerate((PROSE[:2], PROSE[2:]), 1):
            lines(canvas, 72, 800, ["Draft Recommendation"], ("Helvetica", 8))
            lines(canvas, 72, 100 if number == 1 else 700, rows)
            lines(canvas, 290, 40, [str(number)], ("Helvetica", 8))
            canvas.showPage()

    document = read(engine, draw)

    assert texts(document) == [" ".join(PROSE)]
    assert document.layout.page(document.text.index("register")) == 1
    assert document.layout.page(document.text.index("writing")) == 2


def test_a_footnote_between_both_halves_comes_after_the_paragraph(engine):
    halves = [
        [
            *PROSE[:1],
            "shall keep a second register of every server that a terminal reaches, and shall hand",
            PROSE[1][6:],
        ],
        ["after the authority has asked for it in writing, and not before the", "term has ended."],
    ]

    def draw(canvas):
        lines(canvas, 72, 130, halves[0])
        lines(canvas, 72, 80, ["1 See also the other document."], ("Helvetica", 7))
        canvas.showPage()
        lines(canvas, 72, 700, halves[1])

    document = read(engine, draw)

    assert texts(document) == [" ".join(halves[0] + halves[1]), "1 See also the other document."]


def test_columns_are_read_one_after_the_other_and_joined(engine):
    left = [
        "The operator shall keep a register of",
        "every terminal that attaches to the",
        "network and shall hand the register",
    ]
    right = [
        "to the competent authority within the",
        "term of three working days after the",
        "authority has asked for it.",
    ]

    def draw(canvas):
        lines(canvas, 72, 300, left)
        lines(canvas, 320, 700, right)

    document = read(engine, draw)

    assert texts(document) == [" ".join(left + right)]


def test_a_hyphen_at_a_line_end_is_undone(engine):
    rows = ["This annex lays down the regu-", "lation of terminals."]

    document = read(engine, lambda canvas: lines(canvas, 72, 700, rows))

    assert texts(document) == ["This annex lays down the regulation of terminals."]


def test_a_hyphen_that_the_word_has_elsewhere_is_kept(engine):
    rows = ["Privacy-friendly terminals are exempt.", "", "A terminal is privacy-", "friendly if it keeps no log."]

    document = read(engine, lambda canvas: lines(canvas, 72, 700, rows))

    assert texts(document)[-1] == "A terminal is privacy-friendly if it keeps no log."


def test_a_hyphen_of_a_tag_that_ends_a_line_elsewhere_is_kept(engine):
    rows = ["It is set out there in [example-", "author-tag] at length.", "", "", "[example-author-tag]"]

    document = read(engine, lambda canvas: lines(canvas, 72, 700, rows))

    assert texts(document)[0] == "It is set out there in [example-author-tag] at length."


def test_a_compound_that_specifications_use_keeps_its_hyphen(engine):
    rows = ["A name holds digits and hyphen-", "minus characters, and a so-", "called label."]

    document = read(engine, lambda canvas: lines(canvas, 72, 700, rows))

    assert texts(document) == ["A name holds digits and hyphen-minus characters, and a so-called label."]


def test_both_halves_of_a_hyphenated_word_have_a_box(engine):
    rows = ["This annex lays down the regu-", "lation of terminals."]
    document = read(engine, lambda canvas: lines(canvas, 72, 700, rows))
    start = document.text.index("regulation")

    boxes = document.boxes(type(document.blocks[0].span)(start, start + 10))

    assert len(boxes) == 2
    assert boxes[0].y1 <= boxes[1].y1 - 8


def test_entries_of_a_table_of_contents_are_marked(engine):
    rows = [f"{n} Chapter about matter {n} {'.' * 60} {3 * n}" for n in range(1, 5)]

    document = read(engine, lambda canvas: lines(canvas, 72, 700, rows))

    assert {block.kind for block in document.blocks} == {BlockKind.CONTENTS}
    assert len(document.blocks) == 4


def test_page_numbers_drawn_after_all_entries_of_a_table_of_contents_are_put_back(engine):
    def draw(canvas):
        lines(canvas, 72, 700, [f"{n}. Chapter about matter {n}" for n in range(1, 6)])
        lines(canvas, 520, 700, [str(3 * n) for n in range(1, 6)])

    document = read(engine, draw)

    assert texts(document) == [f"{n}. Chapter about matter {n} {3 * n}" for n in range(1, 6)]


def test_a_link_drawn_after_its_paragraph_is_put_back(engine):
    def draw(canvas):
        canvas.setFont("Courier", 10)
        canvas.drawString(72, 700, "as set out in " + " " * 12 + ", which applies.")
        canvas.drawString(72, 660, "Another paragraph stands here.")
        canvas.drawString(72 + 14 * 6, 700, "example.test")

    document = read(engine, draw)

    assert texts(document)[0] == "as set out in example.test, which applies."


def test_a_masthead_drawn_last_is_read_first(engine):
    def draw(canvas):
        lines(canvas, 72, 600, PROSE)
        lines(canvas, 72, 780, ["Study Group 99"], ("Helvetica-Bold", 14))

    document = read(engine, draw)

    assert texts(document)[0] == "Study Group 99"


def test_the_information_dictionary_and_the_outline_are_handed_on(engine):
    def draw(canvas):
        canvas.setTitle("Terminals")
        canvas.setAuthor("A. Writer")
        canvas.bookmarkPage("one")
        canvas.addOutlineEntry("1 Scope", "one", 0)
        lines(canvas, 72, 700, PROSE)

    document = read(engine, draw)

    assert (document.property("title"), document.property("author")) == ("Terminals", "A. Writer")
    assert [(mark.level, mark.title, mark.page) for mark in document.outline] == [(1, "1 Scope", 1)]


def test_two_readings_are_equal(engine):
    def draw(canvas):
        for number in range(3):
            lines(canvas, 72, 700, [f"{number}.1 Matter", *PROSE])
            canvas.showPage()

    assert read(engine, draw) == read(engine, draw)
