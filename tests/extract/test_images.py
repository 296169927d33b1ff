"""Image files are read by Tesseract page by page; what is too large, damaged or without a letter is refused."""

import io
import shutil
import struct
import sys
import zlib
from collections.abc import Iterator, Sequence

import pytest
from machine import lacking
from PIL import Image, ImageDraw, ImageFile, ImageFont

from impact.errors import LimitError, ScanError, UnreadableError
from impact.extract import Limits, read_bytes
from impact.extract.images import picture, tesseract
from impact.extract.images.drawing import draw
from impact.extract.images.pages import recognize
from impact.extract.images.read import read
from impact.extract.options import Options, RecognizedPage
from impact.records import PageVerdict, Span
from impact.sandbox.parent import perform

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a system with fork")
CLAUSES = (
    "4 Requirements",
    "4.1 The operator shall shut off any subscriber in arrears",
    "without notice and without an appeal.",
)


@pytest.fixture
def installed() -> Iterator[None]:
    if shutil.which("tesseract") is None:
        pytest.skip(lacking("tesseract", "tesseract-ocr tesseract-ocr-eng"))
    tesseract.languages.cache_clear()
    yield
    tesseract.languages.cache_clear()


def page(lines: Sequence[str], mode: str = "L") -> Image.Image:
    """Return a page of A4 with lines, at 150 dots per inch."""
    image = Image.new("L", (1240, 1754), 255)
    for row, line in enumerate(lines):
        ImageDraw.Draw(image).text((150, 200 + 60 * row), line, fill=0, font=ImageFont.load_default(30))
    return image.convert(mode)


def saved(form: str, *pages: Image.Image, **choices: object) -> bytes:
    out = io.BytesIO()
    more = {"save_all": True, "append_images": pages[1:]} if len(pages) > 1 else {}
    pages[0].save(out, form, **more, **choices)
    return out.getvalue()


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def bomb(side: int) -> bytes:
    """Return a PNG of a few bytes that says that it has `side` times `side` pixels."""
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    body = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize(
    ("form", "choices"),
    [("PNG", {}), ("JPEG", {"dpi": (150, 150)}), ("TIFF", {"compression": "tiff_lzw", "dpi": (150, 150)})],
)
def test_an_image_is_read_with_the_place_of_each_word(form: str, choices: dict[str, object]) -> None:
    document = read_bytes(saved(form, page(CLAUSES), **choices), "plan.img")

    assert document.format == "image"
    assert "shut off any subscriber in arrears without notice" in " ".join(document.text.split())
    assert [(each.verdict, each.quality > 0.8) for each in document.pages] == [(PageVerdict.OCR, True)]
    start = document.text.index("subscriber")
    (box,) = document.boxes(Span(start, start + 10))
    assert (box.x0 / document.pages[0].width, box.y0 / document.pages[0].height) == pytest.approx((0.5, 0.15), abs=0.06)


@pytest.mark.usefixtures("installed")
def test_every_page_of_a_tiff_is_read() -> None:
    data = saved("TIFF", page(CLAUSES, "1"), page(["5.1 The quay is forty metres long."], "1"), compression="group4")

    document = read_bytes(data, "fax.tif")

    assert [each.number for each in document.pages] == [1, 2]
    start = document.text.index("quay")
    assert document.page(Span(start, start + 4)) == 2


@pytest.mark.usefixtures("installed")
def test_a_photo_turned_by_its_camera_is_read_upright() -> None:
    turned = page(CLAUSES).rotate(90, expand=True)
    facts = Image.Exif()
    facts[0x0112] = 6

    document = read_bytes(saved("JPEG", turned, exif=facts), "photo.jpg")

    assert "shut off any subscriber" in document.text
    assert document.pages[0].height > document.pages[0].width


@pytest.mark.usefixtures("installed")
def test_an_image_without_a_letter_is_refused() -> None:
    with pytest.raises(ScanError, match="Tesseract recognized no text on it"):
        read_bytes(saved("PNG", page(())), "logo.png")


def test_without_tesseract_an_image_is_refused_in_words_for_an_officer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")

    with pytest.raises(ScanError, match=r"fax\.tif is an image of 2 pages") as caught:
        read_bytes(saved("TIFF", page(CLAUSES), page(CLAUSES)), "fax.tif")

    assert "ask your IT department to install Tesseract" in caught.value.hint


def test_an_image_of_more_pixels_than_any_sheet_has_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(LimitError, match=r"bomb\.png has more than 80,000,000 pixels"):
        read_bytes(bomb(60_000), "bomb.png")


def test_an_image_of_somewhat_more_pixels_is_refused_with_its_page() -> None:
    with pytest.raises(LimitError, match=r"page 1 of wall\.png has 100,000,000 pixels"):
        read_bytes(bomb(10_000), "wall.png")


def test_a_damaged_image_is_refused_as_such() -> None:
    with pytest.raises(UnreadableError, match="damaged"):
        read_bytes(saved("JPEG", page(CLAUSES))[:200], "torn.jpg")


def test_pages_beyond_the_limit_are_named() -> None:
    pages = [page(()).resize((124, 175)) for _ in range(3)]
    rows = ["1 1 0 0 0 0 0 0 124 175 -1 ", "5 1 1 1 1 1 20 40 100 30 96.5 quay"]
    read_page = RecognizedPage(1, 0, "\n".join(row.replace(" ", "\t") for row in rows))

    document = read(saved("TIFF", *pages), "fax.tif", Options(max_pages=2, recognized=(read_page,)))

    assert len(document.pages) == 2
    assert "Only the first 2 of 3 pages were read (limit on pages)." in document.warnings


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16"])
def test_a_page_of_any_kind_of_color_is_black_on_white(mode: str) -> None:
    image = page(CLAUSES)
    if mode == "I;16":
        colored = image.convert("I").point(lambda level: level * 257).convert("I;16")
    else:
        colored = image.convert("RGB").convert(mode) if mode == "CMYK" else image.convert(mode)

    gray = picture.sheet(saved("TIFF" if mode in {"CMYK", "I;16"} else "PNG", colored), "a", 1, "L").image

    assert (gray.mode, gray.getpixel((5, 5)) > 240, gray.getextrema()[0] < 40) == ("L", True, True)


def test_what_is_transparent_is_white() -> None:
    image = Image.new("RGBA", (40, 40), (0, 0, 0, 0))

    assert picture.sheet(saved("PNG", image), "a", 1, "L").image.getextrema() == (255, 255)


@pytest.mark.parametrize("dots", [None, (1, 1), (72, 72)])
def test_a_page_whose_dots_per_inch_cannot_be_meant_is_as_large_as_a4(dots: tuple[int, int] | None) -> None:
    image = Image.new("L", (6000, 3000), 255)

    found, _ = picture.sizes(saved("PNG", image, **({"dpi": dots} if dots else {})), "a", 1)

    assert found == [pytest.approx((842, 421), abs=1)]


def test_a_page_of_an_image_is_drawn_for_the_desk() -> None:
    data = saved("TIFF", page(()), page(CLAUSES), dpi=(150, 150))

    sizes = perform(draw, data, "fax.tif", "{}", Limits())
    drawn = Image.open(io.BytesIO(perform(draw, data, "fax.tif", '{"page": 2, "scale": 2.0}', Limits())))

    assert sizes == b"[[595.2, 841.92], [595.2, 841.92]]"
    assert (drawn.format, drawn.size) == ("WEBP", (1190, 1684))
    assert drawn.convert("L").getextrema()[0] < 60


@pytest.mark.parametrize("mode", ["P", "RGB", "RGBA", "CMYK"])
def test_a_page_of_an_image_is_drawn_in_its_colors(mode: str) -> None:
    red = Image.new("RGB", (300, 100), (200, 20, 30)).convert(mode)

    drawn = draw(saved("TIFF" if mode == "CMYK" else "PNG", red), "a.png", '{"page": 1, "scale": 1.0}', lambda: None)

    assert Image.open(io.BytesIO(drawn)).getpixel((50, 50)) == pytest.approx((200, 20, 30), abs=12)


MIB = 1 << 20


def test_a_transparent_image_is_turned_gray_without_copies_of_the_whole() -> None:
    data = saved("PNG", Image.new("RGBA", (8000, 5000), (200, 20, 30, 128)), compress_level=1)  # 160 MB, 40 in gray

    drawn = perform(
        draw,
        data,
        "wall.png",
        '{"page": 1, "scale": 0.1, "form": "gray"}',
        Limits(memory_bytes=380 * MIB, wall_seconds=600.0),
    )

    assert drawn.startswith(b"P5 84 53 255\n")


@pytest.mark.usefixtures("installed")
def test_an_image_that_needs_too_much_memory_is_refused_as_such() -> None:
    data = saved("TIFF", Image.new("RGBA", (6000, 6000)), compression="tiff_lzw")

    recognized = recognize(data, "wall.tif", [1], Limits(memory_bytes=140 * MIB, wall_seconds=600.0))

    assert recognized.refusal is not None
    assert str(recognized.refusal) == (
        "wall.tif has a page that needs more memory than one file may use. "
        "Save it with fewer pixels: 300 dots per inch are enough."
    )


@pytest.mark.parametrize("form", ["TIFF", "JPEG", "PNG"])
def test_a_page_that_is_marked_as_turned_is_as_wide_as_what_is_drawn(form: str) -> None:
    image = Image.new("L", (300, 100), 255)
    exif = Image.Exif()
    exif[0x0112] = 6
    data = saved(form, image, exif=exif)

    ((width, height),), _ = picture.sizes(data, f"turned.{form}", 1)
    drawn = picture.sheet(data, f"turned.{form}", 1, "L")

    assert (drawn.image.width > drawn.image.height) == (width > height)
    assert drawn.size == (width, height)


def test_an_image_that_is_cut_off_is_called_damaged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", False)  # WeasyPrint, if loaded in this process, sets it
    whole = saved("PNG", page(CLAUSES))

    with pytest.raises(UnreadableError, match="damaged"):
        picture.sizes(whole[: len(whole) // 2], "cut.png", 10)


def test_a_pdf_that_begins_as_an_image_is_drawn_as_the_pdf_that_is_read() -> None:
    jpeg = saved("JPEG", Image.new("L", (300, 300), 255))
    both = jpeg[:2] + b"\xff\xfe\x00\x10%PDF-1.4 no page" + jpeg[2:]

    with pytest.raises(UnreadableError):
        draw(both, "both.jpg", "{}", lambda: None)
