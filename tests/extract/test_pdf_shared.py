"""A few real PDFs from the folder beside the checkout: what they say, and that boxes cover quotations."""

import re
from pathlib import Path

import pypdfium2
import pytest

from impact.errors import UnreadableError
from impact.extract import Options
from impact.extract.pdf.read import read_by_pdfium
from impact.records import BlockKind, Document, Span

SHARED = Path(__file__).parents[3] / "shared" / "documents"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SHARED.is_dir(), reason=f"{SHARED} is not beside the checkout"),
]


def read(name: str) -> Document:
    path = next(SHARED.rglob(name))
    return read_by_pdfium(path.read_bytes(), path.name, Options())


def texts(document: Document) -> list[str]:
    return [document.quote(block.span) for block in document.blocks]


def test_an_etsi_guide_has_no_running_heads_and_its_headings_apart():
    document = read("ETSI_EG_201_024*.pdf")
    blocks = texts(document)

    assert "5.2 Avoid information overload" in blocks
    assert sum("EG 201 024 V1.1.1 (1997-05)" in block for block in blocks) <= 1
    assert sum(block.kind is BlockKind.CONTENTS for block in document.blocks) > 40


def test_an_iso_draft_has_number_and_term_in_one_heading():
    blocks = texts(read("iso-17301-1-2007.pdf"))

    assert "3.4 parboiled rice" in blocks
    assert not any("All rights reserved" in block and block[0].isdigit() for block in blocks)


def test_links_of_an_rfc_stand_in_their_sentences():
    text = read("rfc8932.pdf").text

    assert "Follow the guidance in Section 6.5 of [RFC7525] with regard to" in text
    assert "Standards Track Page" not in text


def test_a_paper_in_two_columns_is_read_column_by_column():
    text = read("tor-the-second-generation-onion-router.pdf").text

    assert "could record traffic and later compromise successive nodes" in text


def test_a_scan_is_refused():
    with pytest.raises(UnreadableError, match="scan"):
        read("rfc20.pdf")


def test_a_russian_order_is_not_called_broken():
    document = read("*1328_20082013.pdf")

    assert document.warnings == ()
    assert all(page.verdict.value == "ok" for page in document.pages)


def test_boxes_of_every_tenth_block_of_a_paper_cover_its_words():
    path = next(SHARED.rglob("zookeeper*.pdf"))
    document = read_by_pdfium(path.read_bytes(), path.name, Options())
    pdf = pypdfium2.PdfDocument(path)
    missed = []
    for block in document.blocks[::10]:
        span = Span(block.span.start, min(block.span.end, block.span.start + 150))
        found = "".join(inside(pdf, box) for box in document.boxes(span))
        words = re.findall(r"[A-Za-z]{4,}", document.quote(span))[:-1]
        missed += [word for word in words if word not in found]
    pdf.close()

    assert missed == []


def inside(pdf: pypdfium2.PdfDocument, box) -> str:
    page = pdf[box.page - 1]
    text = page.get_textpage()
    height = page.get_height()
    found = text.get_text_bounded(box.x0 - 0.5, height - box.y1 - 0.5, box.x1 + 0.5, height - box.y0 + 0.5)
    text.close()
    page.close()
    return re.sub(r"[\ufffe\x02\r\n]", "", found)
