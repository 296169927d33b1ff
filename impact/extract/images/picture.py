"""Image files as pages: PNG, JPEG and TIFF, by Pillow; their size on paper, and single ones upright on white."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

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
"""Of a page. Source: project judgment; A3 at 600 dots per inch has 70 million."""

STRIP_PIXELS = 1_000_000
"""Converted at a time, since a conversion may need several copies of what it converts. Source: project judgment."""

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


@dataclass(frozen=True, slots=True)
class SheetImage:
    """A page of an image file, upright and on white, with its width and height in points."""

    image: Image.Image
    size: tuple[float, float]


def sizes(data: bytes, name: str, most: int) -> tuple[list[tuple[float, float]], int]:
    """Return width and height of the first `most` pages in points, and how many pages the file has.

    Raises:
        LimitError: If a page has more than `MOST_PIXELS`, or needs more memory than is allowed.
        UnreadableError: If the file is no image that opens.
    """
    listed: list[tuple[float, float]] = []
    count = 0
    with _refusals(name):
        for count, frame in enumerate(_frames(data, name), start=1):  # counted beyond those that are kept
            if count <= most:
                listed.append(_size(frame))
            elif count >= 10 * most:
                break
    return listed, count


def sheet(data: bytes, name: str, number: int, mode: str) -> SheetImage:
    """Return a page.

    Args:
        data: The file.
        name: Its name, for messages.
        number: The page, from 1.
        mode: Its colors as Pillow names them: `L` for gray, `RGB` for colors.

    Raises:
        LimitError: If it has more than `MOST_PIXELS`, or needs more memory than is allowed.
        UnreadableError: If the file is no image that opens, or has no such page.
    """
    for count, frame in enumerate(_frames(data, name), start=1):
        if count == number:
            with _refusals(name):
                size = _size(frame)
                ImageOps.exif_transpose(frame, in_place=True)
                return SheetImage(_on_white(frame, mode), size)
    raise UnreadableError(f"{name} has no page {number}", "Choose another page")


@contextmanager
def _refusals(name: str) -> Iterator[None]:
    """Refuse a file of which Pillow says that it is damaged or needs too much memory."""
    try:
        yield
    except MemoryError as error:
        raise LimitError(f"{name} has a page that needs more memory than one file may use", _SMALLER) from error
    except _DAMAGE as error:
        raise UnreadableError(f"{name} is an image that is damaged or incomplete", "Scan or export it again") from error


def _frames(data: bytes, name: str) -> Iterator[Image.Image]:
    """Yield the opened image once for each page of the file, on that page."""
    try:
        with _refusals(name):
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


def _on_white(image: Image.Image, mode: str) -> Image.Image:
    """Return an image in gray or colors, strip by strip, so that no more than itself and the outcome is in memory."""
    image.load()
    white = Image.new(mode, image.size)
    rows = max(1, STRIP_PIXELS // max(image.width, 1))
    for top in range(0, image.height, rows):
        strip = image.crop((0, top, image.width, min(top + rows, image.height)))
        white.paste(_strip_on_white(strip, mode), (0, top))
    return white


def _strip_on_white(image: Image.Image, mode: str) -> Image.Image:
    """Return a strip in gray or colors, what is transparent white, and levels of sixteen bits as eight in gray."""
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda level: level / 256).convert("L")
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        colored = image.convert("RGBA")
        white = Image.new(mode, colored.size, "white")
        white.paste(colored.convert(mode), mask=colored.getchannel("A"))
        return white
    return image.convert(mode)


_SMALLER = "Save it with fewer pixels: 300 dots per inch are enough"


def _too_large(name: str, number: int, pixels: int) -> LimitError:
    return LimitError(f"page {number} of {name} has {pixels:,} pixels; at most {MOST_PIXELS:,} are read", _SMALLER)
