"""Draws a page of a PDF or of an image file, in a child process (`impact.sandbox`)."""

import json
import math
from collections.abc import Callable
from io import BytesIO
from typing import Any

from impact.errors import UnreadableError
from impact.extract.detect.content_kind import is_image, is_pdf

MOST_PIXELS = 16_000_000
"""Of one image. Source: project judgment; an A4 page three times as large as on paper has 4.5 million."""

MOST_PAGES = 3000
"""Whose sizes are told. Source: project judgment; the longest of 279 real documents has some hundreds."""

_SMOOTH = 3
"""Of Pillow's filters, the cubic one (`PIL.Image.Resampling.BICUBIC`), which keeps edges of letters."""

QUALITY = 84
"""Of WebP. Source: project judgment; small print stays clean on pages looked at."""


def draw(data: bytes, name: str, letter: str, ready: Callable[[], None]) -> bytes:
    """Return what a letter asks of a PDF or an image file; a task of the sandbox.

    Args:
        data: The file.
        name: Its name, for messages.
        letter: JSON: `{}` for the sizes, which are answered as JSON, a width and a height in points for each page; or
            `{"page": from 1, "scale": pixels a point}` for an image of a page as it is displayed, as WebP; with
            `"form": "gray"` as a gray PNM, without loss, turned clockwise by the degrees of `"turn"`.
        ready: Called when the libraries are loaded, before they see the data.

    Raises:
        UnreadableError: If it is neither a PDF nor an image that opens, or has no such page.
        LimitError: If an image has too many pixels.
    """
    order = json.loads(letter)
    return (_draw_picture if is_image(data) and not is_pdf(data) else _draw_page)(data, name, order, ready)


def _draw_picture(data: bytes, name: str, order: dict[str, Any], ready: Callable[[], None]) -> bytes:
    from PIL import WebPImagePlugin

    from impact.extract.images import picture

    form = WebPImagePlugin.WebPImageFile.format
    ready()
    if not order:
        return json.dumps(picture.sizes(data, name, MOST_PAGES)[0]).encode()
    gray = order.get("form") == "gray"
    sheet = picture.sheet(data, name, order["page"], "L" if gray else "RGB")
    scaled = _scaled(sheet.image, sheet.size, order)
    return _pnm(scaled) if gray else _webp(scaled, form)


def _draw_page(data: bytes, name: str, order: dict[str, Any], ready: Callable[[], None]) -> bytes:
    import pypdfium2
    from PIL import WebPImagePlugin

    form = WebPImagePlugin.WebPImageFile.format
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
        return _webp(page.render(scale=_fitting(page.get_size(), order["scale"])).to_pil().convert("RGB"), form)
    except pypdfium2.PdfiumError as error:
        raise UnreadableError(
            f"{name} cannot be displayed ({str(error).rstrip('.')})", "Read it in the text view"
        ) from error


def _gray(page: Any, scale: float, degrees: int) -> bytes:
    scale = _fitting(page.get_size(), scale)
    return _pnm(page.render(scale=scale, rotation=degrees, grayscale=True).to_pil().convert("L"))


def _pnm(image: Any) -> bytes:
    return b"P5 %d %d 255\n%s" % (image.width, image.height, image.tobytes())


def _scaled(image: Any, size: tuple[float, float], order: dict[str, Any]) -> Any:
    """Return a page of an image file at the scale of an order, turned as it says."""
    scale = _fitting(size, order["scale"])
    wanted = max(1, round(size[0] * scale)), max(1, round(size[1] * scale))
    resized = image if wanted == image.size else image.resize(wanted, _SMOOTH)
    turn = order.get("turn", 0)
    return resized.rotate(-turn, expand=True) if turn else resized


def _fitting(size: tuple[float, float], scale: float) -> float:
    """Return a scale at which a page of a size in points has no more than `MOST_PIXELS`."""
    return float(min(scale, math.sqrt(MOST_PIXELS / max(size[0] * size[1], 1))))


def _webp(image: Any, form: str) -> bytes:
    written = BytesIO()
    image.save(written, form, quality=QUALITY, method=2)
    return written.getvalue()
