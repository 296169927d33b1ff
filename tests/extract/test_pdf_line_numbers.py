"""Numbers of lines in the margin of a page, which are left out."""

import io

import pytest
from reportlab.pdfgen.canvas import Canvas

from impact.extract.options import Options
from impact.extract.pdf import read
from impact.records import Span

ENGINES = {"pdfium": read.read_by_pdfium, "pdfminer": read.read_by_pdfminer}
RULE = "The operator of the building answers for the doors of the lockers"


def page(numbers: list[str], *, from_left: float = 90, margin: float = 50) -> bytes:
    """Return a PDF with a line of text for each of the numbers, which stand in the margin."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    for place, number in enumerate(numbers):
        canvas.drawRightString(margin, 760 - 14 * place, number)
        canvas.drawString(from_left, 760 - 14 * place, f"{RULE} on floor {place}.")
    canvas.save()
    return buffer.getvalue()


@pytest.fixture(params=ENGINES)
def read_page(request):
    return lambda data: ENGINES[request.param](data, "lockers.pdf", Options())


def numbers_at_the_start(text: str) -> int:
    return sum(line.strip()[:1].isdigit() for line in text.splitlines())


def test_numbers_that_count_the_lines_of_a_page_are_left_out(read_page):
    text = read_page(page([str(number) for number in range(1, 21)])).text

    assert "lockers on floor 0." in text
    assert not numbers_at_the_start(text)


def test_numbers_that_do_not_count_on_stay(read_page):
    text = read_page(page(["7", "9", "3", "12", "5", "8", "2", "6"])).text

    assert "12" in text.split()


def test_numbers_of_items_that_go_on_over_several_lines_stay(read_page):
    numbers = [text for number in range(1, 9) for text in (str(number), "", "")]

    assert numbers_at_the_start(read_page(page(numbers)).text) == 8


def test_words_behind_line_numbers_keep_their_boxes(read_page):
    document = read_page(page([str(number) for number in range(1, 21)]))
    start = document.text.index("The operator")

    assert [box.x0 for box in document.boxes(Span(start, start + 3))] == [pytest.approx(90, abs=2)]
