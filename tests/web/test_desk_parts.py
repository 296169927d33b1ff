"""What the desk is made of: quotes, boxes, images of pages, groups."""

import json
from io import BytesIO
from itertools import count

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.errors import UnreadableError
from impact.extract import Limits, read
from impact.extract.images.drawing import draw
from impact.records import Box, ClauseKind, Span, Strength
from impact.records.report import ReportClause
from impact.sandbox.parent import perform
from impact.web.desk import page_images
from impact.web.desk.paper import sheets
from impact.web.desk.wording import runs


def _pdf(*pages: tuple[float, float], turned: int = 0) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    written = BytesIO()
    canvas = Canvas(written)
    for size in pages:
        canvas.setPageSize(size)
        canvas.drawString(72, 72, "A quay is a place for boats.")
        canvas.showPage()
    canvas.save()
    with pikepdf.open(written) as pdf:
        for page in pdf.pages:
            page.rotate(turned, relative=False)
        made = BytesIO()
        pdf.save(made)
    return made.getvalue()


def test_a_quote_marks_the_words_of_each_finding_even_where_they_overlap():
    made = runs("shut off any subscriber", [(0, 8, "a"), (5, 12, "b")])

    assert [(one.text, one.ids) for one in made] == [
        ("shut ", ("a",)),
        ("off", ("a", "b")),
        (" any", ("b",)),
        (" subscriber", ()),
    ]


def test_a_long_quote_is_cut_between_words_around_its_evidence():
    text = "before " * 200 + "the evidence " + "after " * 200

    made = runs(text, [(1400, 1412, "a")], 300)

    assert made[0].gap
    assert made[-1].gap
    assert ("the evidence", ("a",)) in [(one.text, one.ids) for one in made]
    assert sum(len(one.text) for one in made) < 400


@given(
    st.text(st.characters(codec="ascii", categories=["L", "Zs"]), max_size=200),
    st.lists(st.tuples(st.integers(-5, 210), st.integers(-5, 210), st.sampled_from("ab")), max_size=5),
)
def test_an_uncut_quote_keeps_every_character_whatever_the_marks(text, marks):
    assert "".join(run.text for run in runs(text, marks)) == text


def test_a_quote_holds_nothing_that_turns_the_direction_of_writing():
    (one,) = runs("shut\u202e off", [])

    assert one.text == "shut off"


def test_boxes_lie_over_the_page_in_percent_and_those_of_no_page_are_left_out():
    clause = ReportClause(
        id="1",
        number="",
        headings=(),
        kind=ClauseKind.REQUIREMENT,
        page=1,
        boxes=(Box(1, 101.5, 201.5, 198.5, 218.5), Box(9, 0, 0, 1, 1)),
        span=Span(0, 1),
        text="a",
        strength=Strength.MUST,
        assessed=True,
        findings=(),
        safeguards=(),
        context=(),
    )

    (sheet,) = sheets((clause,), (), [(500.0, 1000.0)], range(1, 2))

    (box,) = sheet.clauses
    assert (box.x, box.y, box.width, box.height) == ("20.00%", "20.00%", "20.00%", "2.00%")


def test_a_page_is_drawn_as_displayed_in_the_jail():
    data = _pdf((300, 200), turned=90)

    sizes = json.loads(perform(draw, data, "a.pdf", "{}", Limits()))
    drawn = perform(draw, data, "a.pdf", json.dumps({"page": 1, "scale": 2.0}), Limits())

    from PIL import Image

    assert sizes == [[200, 300]]
    assert Image.open(BytesIO(drawn)).size == (400, 600)


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_boxes_lie_over_ink_however_a_page_is_turned_and_cropped(turned, tmp_path):
    from PIL import Image

    with pikepdf.open(BytesIO(_pdf((400, 300)))) as pdf:
        pdf.pages[0].CropBox = [20, 10, 380, 290]
        pdf.pages[0].rotate(turned, relative=False)
        pdf.save(tmp_path / "turned.pdf")
    data = (tmp_path / "turned.pdf").read_bytes()

    document = read(tmp_path / "turned.pdf", jailed=False)
    boxes = [box for block in document.blocks for box in document.boxes(block.span)]
    answer = draw(data, "a.pdf", json.dumps({"page": 1, "scale": 2.0}), lambda: None)
    drawn = Image.open(BytesIO(answer)).convert("L")

    outside = drawn.copy()
    for box in boxes:
        left, top, right, bottom = (round(2 * each) for each in (box.x0, box.y0, box.x1, box.y1))
        assert drawn.crop((left, top, right, bottom)).getextrema()[0] < 100
        outside.paste(255, (left - 3, top - 3, right + 3, bottom + 3))
    assert outside.getextrema()[0] > 200


def test_a_huge_page_is_drawn_smaller_and_not_refused():
    from PIL import Image

    drawn = draw(_pdf((14_000, 14_000)), "a.pdf", json.dumps({"page": 1, "scale": 2.0}), lambda: None)

    width, height = Image.open(BytesIO(drawn)).size
    assert width * height < 17_000_000


@pytest.mark.parametrize("page", [0, 2, 10**9])
def test_a_page_that_is_not_there_is_refused(page):
    with pytest.raises(UnreadableError, match="no page"):
        draw(_pdf((300, 200)), "a.pdf", json.dumps({"page": page, "scale": 1.0}), lambda: None)


def test_what_is_no_pdf_is_refused():
    with pytest.raises(UnreadableError, match="cannot be displayed"):
        draw(b"no PDF", "a.pdf", "{}", lambda: None)


def test_a_page_is_drawn_once_and_then_kept(monkeypatch):
    monkeypatch.setattr(page_images, "CACHE", page_images.ImageCache())
    asked = count()
    data = _pdf((300, 200))

    def original():
        next(asked)
        return data

    first = page_images.image("d" * 64, "a.pdf", 1, "100", original)
    again = page_images.image("d" * 64, "a.pdf", 1, "100", original)

    assert first == again
    assert next(asked) == 1


def test_the_shelf_forgets_what_was_not_used_for_long():
    now = [0.0]
    shelf = page_images.ImageCache(lambda: now[0])
    shelf.put(("a", "{}"), b"drawn")

    now[0] = page_images.CACHE_SECONDS + 1

    assert shelf.get(("a", "{}")) is None


def test_the_shelf_holds_no_more_than_its_size(monkeypatch):
    monkeypatch.setattr(page_images, "CACHE_BYTES", 10)
    shelf = page_images.ImageCache(lambda: 0.0)

    for name in "abc":
        shelf.put((name, "{}"), b"12345")

    assert [shelf.get((name, "{}")) for name in "abc"] == [None, b"12345", b"12345"]
