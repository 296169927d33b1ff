"""Image files as pages: PNG, JPEG and TIFF, by Pillow; their size on paper, and one of them in gray."""

import io
from collections.abc import Iterator

from PIL import (
    Image,
    ImageOps,
    JpegImagePlugin,  # noqa: F401  # loaded before files are given up, as are the two others
    MpoImagePlugin,  # noqa: F401
    PngImagePlugin,  # noqa: F401
    TiffImagePlugin,  # noqa: F401
)

from impact.errors import LimitError, UnreadableError

MOST_PIXELS = 80_000_000
"""Of a page. Source: project judgment; A3 at 600 dots per inch has 70 million, which take 80 MB in gray."""

FORMATS = ("PNG", "JPEG", "TIFF")
"""Names that Pillow has for what is read."""

_INCH = 72.0
_DOTS = (50.0, 1300.0)
"""Least and most dots per inch that are believed. Source: project judgment; scanners have 100 to 1200."""

_LONG_SIDE = 842.0
"""Points of the longer side of a page whose dots per inch are not known, or make it larger than any sheet: A4."""

_LARGEST = 3400.0
"""Points of the longer side of a sheet at the most. Source: ISO 216: A0 has 1189 mm, which are 3370 points."""

_DAMAGE = (OSError, ValueError, SyntaxError, EOFError, TypeError, KeyError, IndexError, OverflowError, AttributeError)
"""What Pillow raises for damaged files."""

Image.preinit()


def sizes(data: bytes, name: str, most: int) -> tuple[list[tuple[float, float]], int]:
    """Return width and height of the first `most` pages in points, and how many pages the file has.

    Raises:
        LimitError: If a page has more than `MOST_PIXELS`.
        UnreadableError: If the file is no image that opens.
    """
    listed: list[tuple[float, float]] = []
    count = 0
    try:
        for count, frame in enumerate(_frames(data, name), start=1):  # counted beyond those that are kept
            if count <= most:
                listed.append(_size(frame))
            elif count >= 10 * most:
                break
    except _DAMAGE as error:
        raise _damaged(name) from error
    return listed, count


def gray(data: bytes, name: str, number: int) -> Image.Image:
    """Return a page, from 1, upright and in gray.

    Raises:
        LimitError: If it has more than `MOST_PIXELS`.
        UnreadableError: If the file is no image that opens, or has no such page.
    """
    for count, frame in enumerate(_frames(data, name), start=1):
        if count == number:
            try:
                ImageOps.exif_transpose(frame, in_place=True)
                return _on_white(frame)
            except _DAMAGE as error:
                raise _damaged(name) from error
    raise UnreadableError(f"{name} has no page {number}", "Choose another page")


def size_of(data: bytes, name: str, number: int) -> tuple[float, float]:
    """Return width and height in points of a page, from 1; raises as `gray` does."""
    listed, _ = sizes(data, name, number)
    if len(listed) < number:
        raise UnreadableError(f"{name} has no page {number}", "Choose another page")
    return listed[number - 1]


def _frames(data: bytes, name: str) -> Iterator[Image.Image]:
    """Yield the opened image once for each page of the file, on that page."""
    try:
        image = Image.open(io.BytesIO(data), formats=FORMATS)
        single = image.format != "TIFF"
        number = 0
        while True:
            if image.width * image.height > MOST_PIXELS:
                raise _too_large(name, number + 1, image.width * image.height)
            yield image
            number += 1
            if single:
                return
            try:
                image.seek(number)
            except EOFError:
                return
    except Image.DecompressionBombError as error:
        raise LimitError(f"{name} has more than {MOST_PIXELS:,} pixels on a page", _SMALLER) from error
    except _DAMAGE as error:
        raise _damaged(name) from error


def _size(frame: Image.Image) -> tuple[float, float]:
    """Return width and height in points, upright."""
    across, down = _dots(frame)
    width, height = frame.width * _INCH / across, frame.height * _INCH / down
    # Source: Exif 2.32, tag Orientation. Pillow turns the sides of a TIFF itself, and decodes a PNG to find its tags.
    turned = frame.format != "TIFF" and frame.getexif().get(0x0112, 1) in {5, 6, 7, 8}
    return (height, width) if turned else (width, height)


def _dots(frame: Image.Image) -> tuple[float, float]:
    """Return dots per inch across and down, those of A4 where the file does not say so or cannot mean it."""
    least, most = _DOTS
    longer = max(frame.width, frame.height)
    declared = frame.info.get("dpi", ())
    if isinstance(declared, tuple) and len(declared) == 2:
        across, down = (float(value) for value in declared)
        sheet = max(frame.width / across, frame.height / down) * _INCH if across > 0 and down > 0 else 0.0
        if least <= min(across, down) and max(across, down) <= most and sheet <= _LARGEST:
            return across, down
    guessed = longer * _INCH / _LONG_SIDE
    return guessed, guessed


def _on_white(image: Image.Image) -> Image.Image:
    """Return an image in gray, what is transparent white, and levels of sixteen bits as eight."""
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda level: level / 256).convert("L")
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        colored = image.convert("RGBA")
        sheet = Image.new("L", colored.size, 255)
        sheet.paste(colored.convert("L"), mask=colored.getchannel("A"))
        return sheet
    return image.convert("L")


_SMALLER = "Save it with fewer pixels: 300 dots per inch are enough"


def _too_large(name: str, number: int, pixels: int) -> LimitError:
    return LimitError(f"page {number} of {name} has {pixels:,} pixels; at most {MOST_PIXELS:,} are read", _SMALLER)


def _damaged(name: str) -> UnreadableError:
    return UnreadableError(f"{name} is an image that is damaged or incomplete", "Scan or export it again")
