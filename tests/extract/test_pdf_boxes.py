"""The boxes of a quotation cover its words on the page, by PDFium's own account of what stands where."""

import io
import re

import pikepdf
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from impact.extract import Options
from impact.extract.pdf.read import read_by_pdfium, read_by_pdfminer
from impact.records import Document, Span

WIDTH, HEIGHT = 1000, 700
FONTS = ["Helvetica", "Times-Roman", "Courier", "Times-BoldItalic", "Helvetica-Bold"]
WORDS = "operator network register terminal authority subscriber identity traffic inspection shall may should".split()  # noqa: SIM905  # one line reads better

LIAR = pikepdf.Dictionary(
    Type=pikepdf.Name.FontDescriptor,
    FontName=pikepdf.Name.Courier,
    Flags=32,
    FontBBox=[-2000, -2500, 2000, 3100],
    ItalicAngle=0,
    Ascent=3100,
    Descent=-2500,
    CapHeight=700,
    StemV=80,
)
"""A font that says that it is five times as high as it is."""

word = st.sampled_from(WORDS)
line = st.lists(word, min_size=3, max_size=5)
layout = st.fixed_dictionaries(
    {
        "font": st.sampled_from(FONTS),
        "size": st.integers(7, 11),
        "columns": st.integers(1, 2),
        "rows": st.lists(line, min_size=2, max_size=6),
        "rotate": st.sampled_from([0, 90, 180, 270]),
        "crop": st.sampled_from([(0, 0, WIDTH, HEIGHT), (20, 30, WIDTH - 10, HEIGHT - 40)]),
        "origin": st.sampled_from([(0, 0), (100, -50)]),
    }
)


def make(spec: dict) -> bytes:
    """Draw rows in columns; every row ends in a hyphenated word."""
    sheet = io.BytesIO()
    canvas = Canvas(sheet, pagesize=(WIDTH, HEIGHT), invariant=True)
    for column in range(spec["columns"]):
        canvas.setFont(spec["font"], spec["size"])
        for number, row in enumerate(spec["rows"]):
            text = " ".join([*row[:-1], "regu-"] if number == 0 else ["lation", *row] if number == 1 else row)
            canvas.drawString(40 + 480 * column, 620 - 1.3 * spec["size"] * number, text)
    canvas.save()
    with pikepdf.open(io.BytesIO(sheet.getvalue())) as pdf:
        x, y = spec["origin"]
        left, bottom, right, top = spec["crop"]
        page = pdf.pages[0]
        page.contents_add(f"q 1 0 0 1 {x} {y} cm".encode(), prepend=True)
        page.contents_add(b"Q")
        page.mediabox = [x, y, x + WIDTH, y + HEIGHT]
        page.cropbox = [x + left, y + bottom, x + right, y + top]
        page.rotate(spec["rotate"], relative=False)
        moved = io.BytesIO()
        pdf.save(moved, deterministic_id=True)
    return moved.getvalue()


def inside(data: bytes, document: Document, span: Span) -> str:
    """Return the text that PDFium finds within the boxes of a span, letters only."""
    pdf = pypdfium2.PdfDocument(data)
    found = []
    for box in document.boxes(span):
        page = pdf[box.page - 1]
        text = page.get_textpage()
        corners = [unplace(page, x, y) for x, y in ((box.x0, box.y0), (box.x1, box.y1))]
        (x0, y0), (x1, y1) = (tuple(f(pair) for pair in zip(*corners, strict=True)) for f in (min, max))
        found.append(text.get_text_bounded(x0 - 0.5, y0 - 0.5, x1 + 0.5, y1 + 0.5))
        text.close()
        page.close()
    pdf.close()
    return letters("".join(found))


def unplace(page: pypdfium2.PdfPage, x: float, y: float) -> tuple[float, float]:
    """Turn a place on the page as displayed into user space, independently of the code under test."""
    left, bottom, right, top = page.get_cropbox()
    return {
        0: (left + x, top - y),
        90: (left + y, bottom + x),
        180: (right - x, bottom + y),
        270: (right - y, top - x),
    }[page.get_rotation()]


def letters(text: str) -> str:
    return re.sub(r"[^a-z]", "", text.lower())


@pytest.mark.parametrize("engine", [read_by_pdfium, read_by_pdfminer], ids=["pdfium", "pdfminer"])
@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(spec=layout, data=st.data())
def test_boxes_cover_the_words_of_any_quotation(engine, spec, data):
    made = make(spec)
    document = engine(made, "made.pdf", Options())
    words = [match.span() for match in re.finditer(r"\S+", document.text)]
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, min(first + 8, len(words) - 1)))

    span = Span(words[first][0], words[last][1])

    assert letters(document.quote(span)) in inside(made, document, span)


@settings(max_examples=12, deadline=None, derandomize=True)
@given(spec=layout)
def test_boxes_lie_on_the_page_and_are_as_high_as_a_line(spec):
    document = read_by_pdfium(make(spec), "made.pdf", Options())
    page = document.pages[0]
    turned = spec["rotate"] in {90, 270}

    for box in document.boxes(Span(0, len(document.text))):
        assert -1 <= box.x0 < box.x1 <= page.width + 1
        assert -1 <= box.y0 < box.y1 <= page.height + 1
        assert (box.x1 - box.x0 if turned else box.y1 - box.y0) <= 1.6 * spec["size"]


@settings(max_examples=12, deadline=None, derandomize=True)
@given(spec=layout)
def test_origins_are_characters_of_the_text_stream_of_pdfium(spec):
    made = make(spec)
    document = read_by_pdfium(made, "made.pdf", Options())
    pdf = pypdfium2.PdfDocument(made)
    page = pdf[0]
    stream = page.get_textpage()
    shown = stream.get_text_range()

    for start, end, origin in zip(document.layout.starts, document.layout.ends, document.layout.origins, strict=True):
        assert shown[origin : origin + end - start].rstrip("\ufffe-") == document.text[start:end].rstrip("-")
    stream.close()
    page.close()
    pdf.close()


@pytest.mark.parametrize("engine", [read_by_pdfium, read_by_pdfminer], ids=["pdfium", "pdfminer"])
@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_lines_are_read_whole_whichever_way_the_page_is_turned(engine, rotate):
    rows = [["operator", "shall", "traffic"], ["network", "may"]]
    spec = {
        "font": "Helvetica",
        "size": 10,
        "columns": 1,
        "rows": rows,
        "crop": (0, 0, WIDTH, HEIGHT),
        "origin": (0, 0),
    }

    document = engine(make({**spec, "rotate": rotate}), "made.pdf", Options())

    assert document.text == "operator shall regulation network may"


@pytest.mark.parametrize("engine", [read_by_pdfium, read_by_pdfminer], ids=["pdfium", "pdfminer"])
@pytest.mark.parametrize("turn", [90, 180, 270])
def test_text_that_is_drawn_turned_is_read_in_lines(engine, turn):
    sheet = io.BytesIO()
    canvas = Canvas(sheet, pagesize=(600, 600), invariant=True)
    canvas.translate(300, 300)
    canvas.rotate(turn)
    canvas.drawString(-200, 50, "The operator shall keep a register of terminals and")
    canvas.drawString(-200, 36, "of servers.")
    canvas.save()

    document = engine(sheet.getvalue(), "turned.pdf", Options())

    assert document.text == "The operator shall keep a register of terminals and of servers."


def drawn(draw) -> bytes:
    sheet = io.BytesIO()
    canvas = Canvas(sheet, pagesize=(600, 600), invariant=True)
    draw(canvas)
    canvas.save()
    return sheet.getvalue()


@pytest.mark.parametrize("engine", [read_by_pdfium, read_by_pdfminer], ids=["pdfium", "pdfminer"])
@pytest.mark.parametrize(
    ("x", "y"), [(50, 591), (50, 2), (560, 300), (-9, 300)], ids=["top", "bottom", "right", "left"]
)
def test_a_box_ends_at_the_edge_of_the_page(engine, x, y):
    def draw(canvas):
        canvas.setFont("Helvetica", 20)
        canvas.drawString(x, y, "operator")

    document = engine(drawn(draw), "edge.pdf", Options())
    (box,) = document.boxes(Span(0, len("operator")))

    assert document.text == "operator"
    assert 0 <= box.x0 < box.x1 <= 600
    assert 0 <= box.y0 < box.y1 <= 600


@pytest.mark.parametrize("engine", [read_by_pdfium, read_by_pdfminer], ids=["pdfium", "pdfminer"])
def test_words_above_and_below_the_page_are_in_no_quotation(engine):
    def draw(canvas):
        canvas.drawString(50, 640, "above")
        canvas.drawString(50, 300, "The operator shall inspect traffic.")
        canvas.drawString(50, -40, "below")

    document = engine(drawn(draw), "off.pdf", Options())

    assert document.text == "The operator shall inspect traffic."


def test_the_box_of_a_turned_word_holds_letters_drawn_out_of_order():
    def draw(canvas):
        canvas.drawString(72, 500, "The operator shall keep a register of all terminals.")
        canvas.translate(40, 300)
        canvas.rotate(90)
        for letter, along in (("i", 10), ("o", 12.5), ("t", 7)):
            canvas.drawString(along, 0, letter)

    made = drawn(draw)
    document = read_by_pdfium(made, "axis.pdf", Options())
    start = document.text.index("iot")

    (box,) = document.boxes(Span(start, start + 3))

    assert box.y1 - box.y0 > 11
    assert inside(made, document, Span(start, start + 3)) == "iot"


def test_a_last_letter_in_a_font_that_lies_about_its_height_does_not_stretch_the_box():
    def draw(canvas):
        text = canvas.beginText(50, 300)
        text.setFont("Helvetica", 10)
        text.textOut("divider")
        text.setFont("Courier", 10)
        text.textOut(",")
        canvas.drawText(text)

    with pikepdf.open(io.BytesIO(drawn(draw))) as pdf:
        for font in pdf.pages[0].Resources.Font.values():
            if font.BaseFont == "/Courier":
                font.FontDescriptor = pdf.make_indirect(LIAR)
        lying = io.BytesIO()
        pdf.save(lying, deterministic_id=True)
    document = read_by_pdfium(lying.getvalue(), "lying.pdf", Options())
    (box,) = document.boxes(Span(0, len("divider,")))

    assert document.text == "divider,"
    assert box.y1 - box.y0 < 19
