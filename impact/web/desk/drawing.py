"""Draws a page of a PDF; its bytes are hostile, so this runs in a child within limits (`impact.extract.perform`)."""

import json
import math
from io import BytesIO

import pypdfium2
from PIL import Image, WebPImagePlugin

from impact.errors import UnreadableError

MOST_PIXELS = 16_000_000
"""Of one image. Source: project judgement; an A4 page three times as large as on paper has 4.5 million."""

MOST_PAGES = 3000
"""Whose sizes are told. Source: project judgement; the longest of 279 real documents has some hundreds."""

QUALITY = 84
"""Of WebP. Source: project judgement; small print stays clean on pages looked at."""

FORMAT = WebPImagePlugin.WebPImageFile.format


def annotate(data: bytes, name: str, letter: str) -> bytes:
    """Return what a letter asks of a PDF.

    Args:
        data: The file.
        name: Its name, for messages.
        letter: JSON: `{}` for the sizes, which are answered as JSON, a width and a height in points for each page; or
            `{"page": from 1, "scale": pixels a point}` for an image of a page as it is displayed, as WebP.

    Raises:
        UnreadableError: If it is no PDF that opens, or has no such page.
    """
    asked = json.loads(letter)
    try:
        pdf = pypdfium2.PdfDocument(data)
        if not asked:
            return json.dumps([pdf.get_page_size(index) for index in range(min(len(pdf), MOST_PAGES))]).encode()
        if not 1 <= asked["page"] <= len(pdf):
            message = f"{name} has no page {asked['page']}"
            raise UnreadableError(message, "Choose another page")
        return _image(pdf[asked["page"] - 1], asked["scale"])
    except pypdfium2.PdfiumError as error:
        message = f"{name} cannot be drawn ({error})"
        raise UnreadableError(message, "Read it in the text view") from error


def _image(page: pypdfium2.PdfPage, scale: float) -> bytes:
    width, height = page.get_size()
    fits = math.sqrt(MOST_PIXELS / max(width * height, 1))
    image: Image.Image = page.render(scale=min(scale, fits)).to_pil().convert("RGB")
    written = BytesIO()
    image.save(written, FORMAT, quality=QUALITY, method=2)
    return written.getvalue()
