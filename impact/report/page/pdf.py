"""`report.pdf`: the page on paper, by WeasyPrint where it is installed; nothing is fetched for it."""

import os
import re
import subprocess
import sys
from collections.abc import Sequence
from ctypes import CDLL
from functools import cache
from importlib.util import find_spec
from shutil import which
from typing import Any

from lxml import html

from impact.errors import MissingError
from impact.report.page.html import render
from impact.report.page.paper import printed
from impact.report.view.subject import ReportSubject
from impact.sandbox.own_folders import FONTS

VARIANT = "pdf/ua-1"
"""Tagged, so that screen readers follow it. Source: ISO 14289-1."""

STYLE = """
html, body, main { background: none !important; }
main { max-width: none !important; padding: 0 !important; margin: 0; }
h1 { font-size: 18pt !important; }
h2 { font-size: 13pt !important; break-after: avoid; }
h3 { break-after: avoid; }
.badge, .pips { display: inline !important; }
.turned { transform: none !important; height: 12rem; }
.turned > span { display: block; position: relative; width: 2.2rem; height: 12rem; margin: 0 auto; }
.turned > span > * { position: absolute; left: 50%; bottom: .3rem; width: 11.5rem; font-weight: inherit; }
.turned > span > * { transform-origin: 0 100%; transform: rotate(-90deg) translateY(50%); }
.pips { margin-right: .35em; }
.pips i { display: inline-block; margin-right: 1.2pt; }
.annex { display: block !important; }
.scroll { overflow: visible; }
@page { size: A4; margin: 16mm 16mm 18mm; }
@page { @bottom-right { content: counter(page) " / " counter(pages); font-size: 8pt; } }
"""
"""What WeasyPrint needs beside the styles of a page: it has no inline boxes that bend, no upright lines, no clamp()."""


SHEET = """
html, body, main { background: none !important; }
.badge { display: inline !important; }
.pips { display: none !important; }
.line > * { flex: none; }
"""
"""The same for the one-page brief, which has its own margins."""

SIZE = re.compile(r"--size: ([\d.]+)pt")
LEAST, STEP = 5.6, 0.4
"""The smallest type of a brief on one sheet, and by how much it shrinks at a time, in points.

Source: project judgment; WeasyPrint sets a page some tenth longer than Chromium, for which the brief is fitted.
"""

LIBRARIES = ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll")
"""The library that WeasyPrint writes with, by system."""

FONT_TAGS = {"ar": "ar", "zh": "zh-cn", "ru": "ru"}
"""Languages of the one-page brief that a server may have no font for, by their tags in fontconfig."""


@cache
def is_there() -> bool:
    """Return whether WeasyPrint is installed, and the library of the system that it needs."""
    return find_spec("weasyprint") is not None and any(map(_loads, LIBRARIES))


@cache
def languages_without_font() -> frozenset[str]:
    """Return the languages for which fontconfig knows no font that may be read here; none where it cannot be asked."""
    return frozenset(code for code, tag in FONT_TAGS.items() if lacks_fonts(f":lang={tag}"))


def lacks_fonts(pattern: str = ":") -> bool:
    """Return whether fontconfig says that no font of a pattern, by default of any, may be read by what makes a PDF.

    That process cannot read the home of a person, where fonts may be too.
    """
    command = which("fc-list")
    if command is None:
        return False
    try:
        done = subprocess.run([command, pattern, "file"], capture_output=True, timeout=10, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    names = os.fsdecode(done.stdout).splitlines()
    readable = names if sys.platform != "linux" else [name for name in names if name.startswith(FONTS)]
    return done.returncode == 0 and not readable


def _loads(library: str) -> bool:
    try:
        CDLL(library)
    except OSError:
        return False
    return True


def make(subject: ReportSubject) -> bytes:
    """Return the report as it is printed; equal assessments give equal bytes.

    Raises:
        MissingError: If WeasyPrint or a library of it is not installed.
    """
    page = printed(render(subject), annex=subject.annexed)
    return from_page(html.tostring(page, encoding="unicode", doctype="<!DOCTYPE html>"))


def from_page(page: str, styles: Sequence[str] = ()) -> bytes:
    """Return a page of ours as PDF; `styles` stand in place of the style sheets that it links to.

    Raises:
        MissingError: As `make`.
    """
    data: bytes = _laid_out(page, (*styles, STYLE)).write_pdf(pdf_variant=VARIANT)
    return data


def print_brief(page: str) -> bytes:
    """Return a one-page brief as PDF, in the largest type in which it fits one sheet, else in the smallest.

    Raises:
        MissingError: As `make`.
    """
    size = SIZE.search(page)
    points = float(size[1]) if size else 0
    laid_out = _laid_out(page, [SHEET])
    while len(laid_out.pages) > 1 and points > LEAST:
        points = round(points - STEP, 1)
        laid_out = _laid_out(SIZE.sub(f"--size: {points}pt", page, count=1), [SHEET])
    data: bytes = laid_out.write_pdf(pdf_variant=VARIANT)
    return data


def load() -> None:
    """Load WeasyPrint with the libraries that it draws with.

    Raises:
        MissingError: If one of them is not installed.
    """
    try:
        import weasyprint  # noqa: F401
    except ImportError as error:
        raise MissingError(
            "PDF reports need WeasyPrint, which is not installed", "pip install 'impact-rights[pdf]'"
        ) from error
    except OSError as error:
        msg = "WeasyPrint cannot find a system library"
        raise MissingError(msg, "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0") from error


def _laid_out(page: str, styles: Sequence[str]) -> Any:
    load()
    from weasyprint import CSS, HTML
    from weasyprint.urls import URLFetcher

    none = URLFetcher(allowed_protocols=())
    sheets = [CSS(string=style, url_fetcher=none) for style in styles]
    return HTML(string=page, url_fetcher=none).render(stylesheets=sheets, pdf_variant=VARIANT)
