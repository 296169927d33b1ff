"""Every quote of a made PDF is verbatim, and its boxes cover it: words in one or two columns, from file to clauses."""

import io
import re
import unicodedata

import pypdfium2
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from impact.pipeline import prepare
from impact.records import Box

TEXT = """
the operator gateway keeps a record of each message and sends it to an office where officials read what people write
about their neighbors when they have time in between other duties of everyday life
"""
WORDS = st.sampled_from(TEXT.split())
SENTENCES = st.lists(WORDS, min_size=6, max_size=30).map(lambda words: f"{' '.join(words).capitalize()} shall.")
PARAGRAPHS = st.lists(SENTENCES, min_size=12, max_size=40)
SIZE, LEADING, TOP, BOTTOM = 10, 12, 780, 70
LEFTS = {1: (72,), 2: (60, 315)}
WIDTHS = {1: 450, 2: 220}


def squeezed(text: str) -> str:
    return re.sub(r"[\s\-\u00ad\u2010\ufffe\x02]", "", unicodedata.normalize("NFKC", text))


def drawn(paragraphs: list[str], columns: int) -> bytes:
    """Return a PDF of the paragraphs, ragged right, column by column and page by page."""
    data = io.BytesIO()
    canvas = Canvas(data, pagesize=A4)
    canvas.setFont("Times-Roman", SIZE)
    column, y = 0, TOP
    for paragraph in paragraphs:
        line = ""
        for word in [*paragraph.split(), None]:
            longer = f"{line} {word}".strip() if word else line
            if word and canvas.stringWidth(longer, "Times-Roman", SIZE) <= WIDTHS[columns]:
                line = longer
                continue
            canvas.drawString(LEFTS[columns][column], y, line)
            line, y = word or "", y - LEADING
            if y < BOTTOM:
                column, y = column + 1, TOP
                if column == columns:
                    canvas.showPage()
                    canvas.setFont("Times-Roman", SIZE)
                    column = 0
        y -= LEADING
    canvas.save()
    return data.getvalue()


class Shown:
    """The pages as pdfium itself reads them."""

    def __init__(self, data: bytes) -> None:
        self.pages = [page.get_textpage() for page in pypdfium2.PdfDocument(data)]

    def text(self) -> str:
        return squeezed("".join(page.get_text_range() for page in self.pages))

    def within(self, box: Box) -> str:
        middle = (box.y1 - box.y0) / 4
        return squeezed(
            self.pages[box.page - 1].get_text_bounded(box.x0, A4[1] - box.y1 + middle, box.x1, A4[1] - box.y0 - middle)
        )


@pytest.mark.parametrize("columns", [1, 2])
@settings(max_examples=10, deadline=None, derandomize=True, phases=[Phase.generate])
@given(paragraphs=PARAGRAPHS)
def test_clauses_of_a_made_page_are_verbatim_and_their_boxes_hold_just_their_words(
    tmp_path_factory, columns, paragraphs
):
    data = drawn(paragraphs, columns)
    file = tmp_path_factory.mktemp("made") / "made.pdf"
    file.write_bytes(data)
    shown = Shown(data)

    proposal, clauses = prepare(file, jailed=False)

    document = proposal.document
    assert squeezed("".join(document.quote(clause.span) for clause in clauses)) == squeezed("".join(paragraphs))
    for clause in clauses:
        quote, boxes = document.quote(clause.span), document.boxes(clause.span)
        assert squeezed(quote) in shown.text()
        assert "".join(shown.within(box) for box in boxes) == squeezed(quote)
        assert all(0 <= box.x0 < box.x1 <= A4[0] and 0 <= box.y0 < box.y1 <= A4[1] for box in boxes)
