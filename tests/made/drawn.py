"""Documents of PDFs that tests draw, as an engine reads them."""

import io
from collections.abc import Callable

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from impact.extract import Options
from impact.records import Document

Draw = Callable[[Canvas], None]
Engine = Callable[[bytes, str, Options], Document]


def read(engine: Engine, draw: Draw) -> Document:
    """Return what an engine reads of one page, drawn in Times of ten points unless `draw` sets another font."""
    sheet = io.BytesIO()
    canvas = Canvas(sheet, pagesize=A4, invariant=True)
    canvas.setFont("Times-Roman", 10)
    draw(canvas)
    canvas.save()
    return engine(sheet.getvalue(), "made.pdf", Options())


def texts(document: Document) -> list[str]:
    """Return the texts of the blocks, in order."""
    return [document.quote(block.span) for block in document.blocks]
