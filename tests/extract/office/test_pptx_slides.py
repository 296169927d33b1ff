import io

import pytest
from pptx import Presentation
from pptx.util import Inches, Pt

from impact.extract import Options
from impact.extract.office import pptx as reader
from impact.records import BlockKind, PageVerdict

TITLE_ONLY, TITLE_AND_CONTENT, BLANK = 5, 1, 6


def read(presentation, **options):
    packed = io.BytesIO()
    presentation.save(packed)
    return reader.read(packed.getvalue(), "made.pptx", Options(**options))


def quotes(document):
    return [document.quote(block.span) for block in document.blocks]


def box(shapes, words, left, top):
    shape = shapes.add_textbox(Inches(left), Inches(top), Inches(2), Inches(1))
    shape.text_frame.text = words
    return shape


@pytest.fixture
def deck():
    return Presentation()


def slide(deck, layout=BLANK):
    return deck.slides.add_slide(deck.slide_layouts[layout])


def test_each_slide_is_a_page_with_its_title_as_heading(deck):
    for words in ("First", "Second"):
        slide(deck, TITLE_ONLY).shapes.title.text = words
    document = read(deck)
    assert [(document.page(block.span), block.kind, block.level) for block in document.blocks] == [
        (1, BlockKind.HEADING, 1),
        (2, BlockKind.HEADING, 1),
    ]
    assert (document.paged, [page.number for page in document.pages]) == (True, [1, 2])
    assert (document.pages[0].width, document.pages[0].height) == (720.0, 540.0)


def test_a_title_of_several_lines_is_one_heading(deck):
    slide(deck, TITLE_ONLY).shapes.title.text = "Tracing\nfor all"
    assert quotes(read(deck)) == ["Tracing for all"]


def test_shapes_are_read_from_top_to_bottom_and_left_to_right(deck):
    shapes = slide(deck).shapes
    box(shapes, "below", 1, 5)
    box(shapes, "right", 5, 1.05)
    box(shapes, "left", 1, 1)
    assert quotes(read(deck)) == ["left", "right", "below"]


def test_the_members_of_a_group_are_read_by_position_and_placed_on_the_slide(deck):
    group = slide(deck).shapes.add_group_shape()
    box(group.shapes, "low", 1, 3)
    box(group.shapes, "high", 1, 2)
    group.left, group.top = Inches(4), Inches(1)
    document = read(deck)
    assert quotes(document) == ["high", "low"]
    (place,) = document.boxes(document.blocks[0].span)
    assert (place.page, place.x0, place.y0) == (1, 288.0, 72.0)


def test_body_placeholders_hold_items_with_levels(deck):
    frame = slide(deck, TITLE_AND_CONTENT).placeholders[1].text_frame
    frame.text = "outer"
    inner = frame.add_paragraph()
    inner.text, inner.level = "inner", 1
    document = read(deck)
    assert [(block.kind, block.level) for block in document.blocks] == [(BlockKind.ITEM, 1), (BlockKind.ITEM, 2)]


def test_automatic_numbers_are_computed(deck):
    frame = box(slide(deck).shapes, "one", 1, 1).text_frame
    for words in ("two", "three"):
        frame.add_paragraph().text = words
    for paragraph in frame.paragraphs:
        properties = paragraph._p.get_or_add_pPr()
        number = properties.makeelement("{http://schemas.openxmlformats.org/drawingml/2006/main}buAutoNum")
        number.set("type", "alphaLcParenR")
        properties.append(number)
    document = read(deck)
    assert [(block.number, block.kind) for block in document.blocks] == [
        ("a)", BlockKind.ITEM),
        ("b)", BlockKind.ITEM),
        ("c)", BlockKind.ITEM),
    ]


def test_a_table_gives_rows_with_cells_and_merged_cells_once(deck):
    table = slide(deck).shapes.add_table(2, 2, Inches(1), Inches(1), Inches(4), Inches(2)).table
    table.cell(0, 0).merge(table.cell(0, 1))
    for place, words in {(0, 0): "wide", (1, 0): "a", (1, 1): "b"}.items():
        table.cell(*place).text = words
    document = read(deck)
    assert quotes(document) == ["wide", "a | b"]
    assert [document.quote(cell) for cell in document.blocks[1].cells] == ["a", "b"]
    assert [(block.kind, block.table) for block in document.blocks] == [(BlockKind.ROW, 0)] * 2
    assert [(place.x0, place.y0) for place in document.boxes(document.blocks[1].cells[1])] == [(216.0, 144.0)]


def test_notes_follow_their_slide(deck):
    for words in ("one", "two"):
        page = slide(deck)
        box(page.shapes, words, 1, 1)
        page.notes_slide.notes_text_frame.text = f"say {words}"
    document = read(deck)
    assert [(document.quote(block.span), block.kind, document.page(block.span)) for block in document.blocks] == [
        ("one", BlockKind.PARAGRAPH, 1),
        ("say one", BlockKind.NOTE, 1),
        ("two", BlockKind.PARAGRAPH, 2),
        ("say two", BlockKind.NOTE, 2),
    ]


def test_every_fragment_has_a_box_on_its_slide(deck):
    page = slide(deck, TITLE_AND_CONTENT)
    page.shapes.title.text = "Title"
    page.placeholders[1].text_frame.text = "Body"
    page.notes_slide.notes_text_frame.text = "Note"
    document = read(deck)
    assert len(document.layout.boxes) == 4 * len(document.layout)
    for block in document.blocks:
        for place in document.boxes(block.span):
            assert 0 <= place.x0 < place.x1 <= 720
            assert 0 <= place.y0 < place.y1 <= 540


def test_slide_numbers_and_dates_are_left_out(deck):
    page = slide(deck)
    for placeholder in deck.slide_layouts[BLANK].placeholders:
        page.shapes._spTree.append(placeholder.element)
    box(page.shapes, "body", 1, 1)
    assert quotes(read(deck)) == ["body"]


def test_size_and_weight_are_those_of_the_runs(deck):
    run = box(slide(deck).shapes, "", 1, 1).text_frame.paragraphs[0].add_run()
    run.text, run.font.size, run.font.bold = "loud", Pt(40), True
    block = read(deck).blocks[0]
    assert (block.size, block.bold) == (40.0, True)


def test_a_hidden_slide_is_read_and_said(deck):
    page = slide(deck)
    page._element.set("show", "0")
    box(page.shapes, "quiet", 1, 1)
    document = read(deck)
    assert document.text == "quiet"
    assert document.warnings == ("Slide 1 is hidden in a show; it was read all the same.",)


def test_slides_beyond_the_limit_are_counted(deck):
    for _ in range(3):
        box(slide(deck).shapes, "x", 1, 1)
    document = read(deck, max_pages=2)
    assert len(document.pages) == 2
    assert document.warnings == ("1 slide beyond the first 2 was not read.",)


def test_characters_beyond_the_limit_of_a_slide_are_left_and_said(deck):
    for words in ("abcdef", "next"):
        box(slide(deck).shapes, words, 1, 1)
    document = read(deck, max_page_characters=4)
    assert quotes(document) == ["abcd", "next"]
    assert document.warnings[0] == "Slide 1 was read up to 4 characters only."


def test_a_slide_without_words_is_an_empty_page(deck):
    slide(deck)
    document = read(deck)
    assert [page.verdict for page in document.pages] == [PageVerdict.EMPTY]
