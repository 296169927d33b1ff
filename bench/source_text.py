"""What a file says, read again by other means than the program's own: the other side of bench/quotes.py.

Standard library, pdfium's bare calls and lxml's XML parser only; nothing of `impact` is imported.
"""

import io
import re
import unicodedata
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pypdfium2
from lxml import etree

HYPHENS = "-\u00ad\u2010\u2011\u2012\ufffe\x02"
UNREAD = {"script", "style", "template", "noscript", "svg", "head"}
PARSER = etree.XMLParser(recover=True, resolve_entities=True, no_network=True, huge_tree=True, remove_comments=True)
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
SPOKEN = {f"{W}noBreakHyphen": "-", f"{W}softHyphen": "\u00ad"}


def squeezed(text: str) -> str:
    """Return the text without white space, invisible characters, and the bar that stands between cells."""
    return re.sub(r"[\s|\u200b-\u200f\u2060\ufeff\u00ad\x00-\x1f]+", "", text.replace("\u2011", "-"))


def plain(text: str) -> str:
    """Return the text of a page without what typesetting does to it: white space, hyphens, ligatures."""
    return squeezed(unicodedata.normalize("NFKC", text).translate(dict.fromkeys(map(ord, HYPHENS))))


def decoded(data: bytes) -> str:
    """Return the text of a plain file: by its mark, else as UTF-8, else as Windows-1252 with holes as Latin-1."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "".join(bytes([byte]).decode("cp1252", "replace") for byte in data)


def office(data: bytes) -> str:
    """Return all paragraphs of a DOCX or PPTX, part by part; a text box comes after the paragraph it hangs on."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [name for name in archive.namelist() if re.match(r"(word|ppt)/.*\.xml$", name)]
        return "\n".join(_paragraphs(etree.fromstring(archive.read(name), PARSER)) for name in sorted(names))


def _paragraphs(root: Any) -> str:
    texts: list[list[str]] = []

    def walk(node: Any, paragraph: list[str]) -> None:
        if node.tag in (f"{W}moveFrom", FALLBACK):
            return
        if node.tag in (f"{W}p", f"{A}p"):
            paragraph = []
            texts.append(paragraph)
        if node.tag in (f"{W}t", f"{A}t", f"{M}t"):
            paragraph.append(node.text or "")
        paragraph.append(SPOKEN.get(node.tag, ""))
        for child in node:
            walk(child, paragraph)

    walk(root, [])
    return "\n".join("".join(paragraph) for paragraph in texts)


class _Texts(HTMLParser):
    """Collects the text nodes of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self.unread = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Count the elements open whose text nobody sees; the body ends a head left open."""
        del attrs
        self.unread = 0 if tag == "body" else self.unread + (tag in UNREAD)

    def handle_endtag(self, tag: str) -> None:
        """Count them down."""
        self.unread = max(0, self.unread - (tag in UNREAD))

    def handle_data(self, data: str) -> None:
        """Keep what is seen."""
        if not self.unread:
            self.texts.append(data)


def html(data: bytes) -> str:
    """Return the text nodes of an HTML page."""
    parser = _Texts()
    parser.feed(decoded(data))
    parser.close()
    return "".join(parser.texts)


def xml(data: bytes) -> str:
    """Return the text nodes of an XML file, entities spelt out, and the values of its attributes after them."""
    root = etree.fromstring(data, PARSER)
    nodes = [node for node in root.iter() if isinstance(node.tag, str)]
    return "".join(root.itertext()) + "\n" + "\n".join(value for node in nodes for value in node.attrib.values())


def opendocument(data: bytes) -> str:
    """Return the text nodes of an OpenDocument file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "".join(etree.fromstring(archive.read("content.xml"), PARSER).itertext())


READERS = {"docx": office, "pptx": office, "html": html, "rfcxml": xml, "xml": xml, "odt": opendocument}
READERS["odp"] = opendocument
OTHERS = frozenset({"doc", "rtf"})
"""Formats of which nothing else here reads the source; `bench/formats.py` compares them with LibreOffice."""


class Pages:
    """The pages of a PDF as pdfium itself reads them."""

    def __init__(self, path: Path) -> None:
        self._file = pypdfium2.PdfDocument(path)
        self._texts: dict[int, pypdfium2.PdfTextPage] = {}
        self._plain: dict[int, str] = {}

    def text(self, number: int) -> str:
        """Return the text of a page (1-based), made plain."""
        if number not in self._plain:
            self._plain[number] = plain(self._open(number).get_text_range())
        return self._plain[number]

    def size(self, number: int) -> tuple[float, float]:
        """Return width and height of a page as shown."""
        self._open(number)
        width, height = self._texts[number].page.get_size()
        return float(width), float(height)

    def within(self, box: list[float]) -> str:
        """Return pdfium's text inside a box of a report: page, x0, y0, x1, y1, from the top left corner as shown."""
        number, x0, y0, x1, y1 = box
        text = self._open(int(number))
        left, bottom, right, top = text.page.get_bbox()
        turn = {
            0: (left + x0, top - y1, left + x1, top - y0),
            90: (left + y0, bottom + x0, left + y1, bottom + x1),
            180: (right - x1, bottom + y0, right - x0, bottom + y1),
            270: (right - y1, top - x1, right - y0, top - x0),
        }
        return text.get_text_bounded(*turn[text.page.get_rotation()])

    def _open(self, number: int) -> pypdfium2.PdfTextPage:
        if number not in self._texts:
            self._texts[number] = self._file[number - 1].get_textpage()
        return self._texts[number]

    def close(self) -> None:
        """Let go of the file."""
        for text in self._texts.values():
            page = text.page
            text.close()
            page.close()
        self._file.close()
