"""Draws a page of a PDF, in a child process (`impact.sandbox`)."""

import json
import math
from collections.abc import Callable
from io import BytesIO
from typing import Any

from impact.errors import UnreadableError

MOST_PIXELS = 16_000_000
"""Of one image. Source: project judgment; an A4 page three times as large as on paper has 4.5 million."""

MOST_PAGES = 3000
"""Whose sizes are told. Source: project judgment; the longest of 279 real documents has some hundreds."""

QUALITY = 84
"""Of WebP. Source: project judgment; small print stays clean on pages looked at."""


def draw(data: bytes, name: str, letter: str, ready: Callable[[], None]) -> bytes:
    """Return what a letter asks of a PDF; a task of the sandbox.

    Args:
        data: The file.
        name: Its name, for messages.
        letter: JSON: `{}` for the sizes, which are answered as JSON, a width and a height in points for each page; or
            `{"page": from 1, "scale": pixels a point}` for an image of a page as it is displayed, as WebP; with
            `"form": "gray"` as a gray PNM, without loss, turned clockwise by the degrees of `"turn"`.
        ready: Called when the libraries are loaded, before they see the data.

    Raises:
        UnreadableError: If it is no PDF that opens, or has no such page.
    """
    import pypdfium2
    from PIL import WebPImagePlugin

    order = json.loads(letter)
    ready()
    try:
        pdf = pypdfium2.PdfDocument(data)
        if not order:
            return json.dumps([pdf.get_page_size(index) for index in range(min(len(pdf), MOST_PAGES))]).encode()
        if not 1 <= order["page"] <= len(pdf):
            raise UnreadableError(f"{name} has no page {order['page']}", "Choose another page")
        page = pdf[order["page"] - 1]
        if order.get("form") == "gray":
            return _gray(page, order["scale"], order.get("turn", 0))
        return _image(page, order["scale"], WebPImagePlugin.WebPImageFile.format)
    except pypdfium2.PdfiumError as error:
        raise UnreadableError(
            f"{name} cannot be displayed ({str(error).rstrip('.')})", "Read it in the text view"
        ) from error


def _gray(page: Any, scale: float, degrees: int) -> bytes:
    image = page.render(scale=_fitting(page, scale), rotation=degrees, grayscale=True).to_pil().convert("L")
    return b"P5 %d %d 255\n%s" % (image.width, image.height, image.tobytes())


def _fitting(page: Any, scale: float) -> float:
    """Return a scale at which a page has no more than `MOST_PIXELS`."""
    width, height = page.get_size()
    return float(min(scale, math.sqrt(MOST_PIXELS / max(width * height, 1))))


def _image(page: Any, scale: float, form: str) -> bytes:
    image = page.render(scale=_fitting(page, scale)).to_pil().convert("RGB")
    written = BytesIO()
    image.save(written, form, quality=QUALITY, method=2)
    return written.getvalue()
