"""PDFs that cannot be read, or not in full: one clear line, or a verdict and a sentence."""

import io

import pikepdf
import pytest
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from impact.errors import UnreadableError
from impact.extract import Options
from impact.extract.pdf.read import read_by_pdfium, read_by_pdfminer
from impact.records import PageVerdict

BOTH = pytest.mark.parametrize("engine", [read_by_pdfium, read_by_pdfminer], ids=["pdfium", "pdfminer"])
SENTENCE = "The operator shall keep a register of every terminal that attaches to the network."


def made(pages: list[str]) -> bytes:
    """Make a PDF: a page is its text, or "scan" for one image over the page, or empty."""
    sheet = io.BytesIO()
    canvas = Canvas(sheet, pagesize=(400, 400), invariant=True)
    for text in pages:
        if text == "scan":
            canvas.drawImage(picture(), 0, 0, 400, 400)
        elif text:
            canvas.drawString(40, 300, text)
        canvas.showPage()
    canvas.save()
    return sheet.getvalue()


def picture() -> ImageReader:
    """Return a tiny gray image (a PGM, which needs no other library than reportlab's own)."""
    from PIL import Image

    return ImageReader(Image.new("L", (8, 8), 200))


@BOTH
def test_an_encrypted_file_is_refused(engine):
    sheet = io.BytesIO()
    with pikepdf.open(io.BytesIO(made([SENTENCE]))) as pdf:
        pdf.save(sheet, encryption=pikepdf.Encryption(owner="secret", user="secret"))

    with pytest.raises(UnreadableError, match=r"secret\.pdf is encrypted"):
        engine(sheet.getvalue(), "secret.pdf", Options())


@BOTH
def test_a_file_with_an_owner_password_only_is_read(engine):
    sheet = io.BytesIO()
    with pikepdf.open(io.BytesIO(made([SENTENCE]))) as pdf:
        pdf.save(sheet, encryption=pikepdf.Encryption(owner="secret", user=""))

    assert engine(sheet.getvalue(), "open.pdf", Options()).text == SENTENCE


@BOTH
@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n", b"no PDF at all" * 99])
def test_a_damaged_file_is_refused(engine, data):
    with pytest.raises(UnreadableError, match=r"bad\.pdf (is damaged|has no pages)"):
        engine(data, "bad.pdf", Options())


@BOTH
def test_a_truncated_file_is_read_or_refused(engine):
    whole = made([SENTENCE] * 3)

    outcomes = [outcome(engine, whole[:end]) for end in range(100, len(whole), 400)]

    assert all(SENTENCE in outcome or "cut.pdf" in outcome for outcome in outcomes)


def outcome(engine, data: bytes) -> str:
    try:
        return engine(data, "cut.pdf", Options()).text
    except UnreadableError as error:
        return error.message


@BOTH
def test_a_scan_is_refused_with_what_to_do_next(engine):
    with pytest.raises(UnreadableError, match="scan without a text layer") as caught:
        engine(made(["scan", "scan"]), "scan.pdf", Options())

    assert "Tesseract" in caught.value.hint


@BOTH
@pytest.mark.parametrize(
    ("pages", "said"),
    [(["", ""], "no text on any of its 2 pages"), ([""], "no text on its only page"), (["scan"], r"\(1 page\)")],
)
def test_a_file_of_empty_pages_is_refused(engine, pages, said):
    with pytest.raises(UnreadableError, match=said):
        engine(made(pages), "void.pdf", Options())


@BOTH
def test_scanned_pages_among_others_are_named(engine):
    document = engine(made([SENTENCE, "scan", "scan", SENTENCE, "scan"]), "mixed.pdf", Options())

    assert [page.verdict for page in document.pages][:3] == [PageVerdict.OK, PageVerdict.SCAN, PageVerdict.SCAN]
    assert document.warnings == ("Pages 2 to 3, 5 could not be read: scanned without a text layer.",)


@BOTH
def test_pages_beyond_the_limit_are_said_to_be_unread(engine):
    document = engine(made([SENTENCE] * 5), "long.pdf", Options(max_pages=2))

    assert len(document.pages) == 2
    assert document.warnings == ("Only the first 2 of 5 pages were read (limit on pages).",)


@BOTH
def test_characters_beyond_the_limit_are_said_to_be_unread(engine):
    document = engine(made([SENTENCE]), "dense.pdf", Options(max_page_characters=12))

    assert document.text == "The operator"
    assert document.warnings == ("Page 1 was read in part only (limit on characters of a page).",)


MAP = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap
1 begincodespacerange <00> <FF> endcodespacerange
1 beginbfrange <00> <FF> <E000> endbfrange
endcmap end end"""


def without_map(text: str) -> bytes:
    """Make a PDF whose font says that its codes stand for private characters, as subset fonts without a map do."""
    sheet = io.BytesIO()
    with pikepdf.open(io.BytesIO(made([text]))) as pdf:
        font = next(iter(pdf.pages[0].Resources.Font.values()))
        font.ToUnicode = pdf.make_stream(MAP)
        pdf.save(sheet, deterministic_id=True)
    return sheet.getvalue()


@BOTH
def test_a_page_whose_font_has_no_map_is_not_taken_for_text(engine):
    whole = io.BytesIO()
    with pikepdf.open(io.BytesIO(made([SENTENCE]))) as pdf, pikepdf.open(io.BytesIO(without_map(SENTENCE))) as other:
        pdf.pages.append(other.pages[0])
        pdf.save(whole, deterministic_id=True)

    document = engine(whole.getvalue(), "half.pdf", Options())

    assert document.text == SENTENCE
    assert document.pages[1].verdict is PageVerdict.BROKEN_MAP
    assert "Page 2 could not be read" in document.warnings[0]


@BOTH
def test_a_file_that_has_no_map_at_all_is_refused(engine):
    with pytest.raises(UnreadableError, match="cannot be decoded"):
        engine(without_map(SENTENCE), "broken.pdf", Options())
