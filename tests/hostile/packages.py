"""Hostile ZIP and OLE2 containers. `PACKAGES` maps a file name to a function that returns its bytes."""

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping

from tests.hostile.pdfs import PROSE, bomb

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
SHEETS = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{}</dc:title></cp:coreProperties>'
)
TRICK = "&lt;script&gt;alert(1)&lt;/script&gt;\u202e&lt;img src=x onerror=alert(2)&gt;\u2066&#x9;=1+1"
"""A title that would be code in a careless page and a formula in a careless table, turned around for the eye."""


def package(parts: dict[str, bytes | str], main: str = WORD, part: str = "word/document.xml") -> bytes:
    """Return an OOXML package."""
    types = (
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/{part}" ContentType="{main}"/></Types>'
    )
    links = (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        f'officeDocument" Target="{part}"/></Relationships>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as container:
        for name, body in {"[Content_Types].xml": types, "_rels/.rels": links, **parts}.items():
            container.writestr(name, body)
    return out.getvalue()


def docx(body: str, prolog: str = "") -> bytes:
    head = f'<?xml version="1.0" encoding="UTF-8"?>{prolog}'
    return package({"word/document.xml": f"{head}<w:document {W}><w:body>{body}</w:body></w:document>"})


def paragraph(words: str = PROSE) -> str:
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


def good_docx() -> bytes:
    return docx(paragraph() * 3)


def entry(name: bytes, packed: bytes, size: int, crc: int) -> tuple[bytes, bytes]:
    """Return local header with content, and the directory's entry (for offset 0), of a deflated ZIP entry."""
    facts = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 33, crc, len(packed), size, len(name), 0)
    listed = struct.pack("<IH", 0x02014B50, 20) + facts + struct.pack("<HHHII", 0, 0, 0, 0, 0) + name
    return struct.pack("<I", 0x04034B50) + facts + name + packed, listed


def with_entry(container: bytes, name: bytes, packed: bytes, size: int, crc: int) -> bytes:
    """Put one more entry into a ZIP container, with the facts given, true or not."""
    end = container.rfind(b"PK\x05\x06")
    count, length, start = struct.unpack("<HII", container[end + 10 : end + 20])
    local, listed = entry(name, packed, size, crc)
    listed = listed[:42] + struct.pack("<I", start) + listed[46:]
    directory = container[start : start + length] + listed
    facts = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, count + 1, count + 1, len(directory), start + len(local), 0)
    return container[:start] + local + directory + facts


def zip_bomb() -> bytes:
    size = 600 << 20
    crc = 0
    for _ in range(600):
        crc = zlib.crc32(b" " * 2**20, crc)
    return with_entry(package({}), b"word/document.xml", bomb(size, raw=True), size, crc)


def lying_zip() -> bytes:
    """An entry that says it holds 100 bytes and unpacks to 600 MB."""
    return with_entry(package({}), b"word/document.xml", bomb(600 << 20, raw=True), 100, 0)


def many_entries() -> bytes:
    """Return a directory of 70,000 entries, more than its end can count, which all lie in one place."""
    container = package({"word/document.xml": "<x/>"})
    end = container.rfind(b"PK\x05\x06")
    length, start = struct.unpack("<II", container[end + 12 : end + 20])
    listed = (entry(b"word/media/%05d.xml" % number, b"", 0, 0)[1] for number in range(70_000))
    directory = container[start : start + length] + b"".join(listed)
    return (
        container[:start]
        + directory
        + struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 65535, 65535, len(directory), start, 0)
    )


def many_paragraphs() -> bytes:
    """Return 120,000 paragraphs that differ, so that they pack no better than honest ones."""
    chance = random.Random(5)  # noqa: S311 - words, not a secret
    words = ("operator", "gateway", "session", "record", "key", "log", "user", "port")
    return docx("".join(paragraph(f"The {chance.choice(words)} shall log {chance.random()}.") for _ in range(120_000)))


def xxe_docx() -> bytes:
    return docx(
        paragraph("Before &secret; after, the operator shall log."),
        '<!DOCTYPE w [<!ENTITY secret SYSTEM "file:///etc/passwd">]>',
    )


def laughs(root: str) -> str:
    lines = ['<!ENTITY a0 "ha">', *(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))]
    return f"<!DOCTYPE {root} [{''.join(lines)}]>"


def laughing_docx() -> bytes:
    return docx(paragraph("&a9;"), laughs("w"))


def slides_without_slides() -> bytes:
    return package({"ppt/presentation.xml": "<x/>"}, SLIDES, "ppt/presentation.xml")


def odt() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as container:
        container.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        container.writestr("content.xml", "<x/>")
    return out.getvalue()


def plain_zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as container:
        container.writestr("a.txt", PROSE)
    return out.getvalue()


def ole2(*streams: str) -> bytes:
    """Return an OLE2 container of version 3 with empty streams of these names in its directory."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    header = head.ljust(512, b"\0")
    entries = b"".join(f"{name}\0".encode("utf-16-le").ljust(128, b"\0") for name in ("Root Entry", *streams))
    return header + entries.ljust(2048, b"\0")


def nested_zip() -> bytes:
    """Return a Word file whose main part is a ZIP in a ZIP, five deep."""
    inner = PROSE.encode()
    for _ in range(5):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as container:
            container.writestr("word/document.xml", inner)
        inner = out.getvalue()
    return package({"word/document.xml": inner})


def tricky_docx() -> bytes:
    """Return a Word file whose title and text are code for a careless page."""
    head = f'<?xml version="1.0" encoding="UTF-8"?><w:document {W}><w:body>'
    body = f"{head}{paragraph(TRICK)}{paragraph()}</w:body></w:document>"
    return package({"word/document.xml": body, "docProps/core.xml": CORE.format(TRICK)})


def deep_tables() -> bytes:
    return docx("<w:tbl><w:tr><w:tc>" * 5_000 + paragraph() + "</w:tc></w:tr></w:tbl>" * 5_000)


def nested_tables() -> bytes:
    """Return tables as deep as the parser of XML lets pass."""
    return docx("<w:tbl><w:tr><w:tc>" * 80 + paragraph() + "</w:tc></w:tr></w:tbl>" * 80)


PACKAGES: Mapping[str, Callable[[], bytes]] = {
    "docx-called.pdf": good_docx,
    "encrypted-office.docx": lambda: ole2("EncryptionInfo", "EncryptedPackage"),
    "old-word.doc": lambda: ole2("WordDocument", "1Table"),
    "old-excel.xls": lambda: ole2("Workbook"),
    "zip-bomb.docx": zip_bomb,
    "lying-zip.docx": lying_zip,
    "nested-zip.docx": nested_zip,
    "many-entries.docx": many_entries,
    "xxe.docx": xxe_docx,
    "billion-laughs.docx": laughing_docx,
    "million-paragraphs.docx": lambda: docx(paragraph("The operator shall log.") * 1_000_000),
    "many-paragraphs.docx": many_paragraphs,
    "missing-part.docx": lambda: package({}),
    "broken-xml.docx": lambda: docx("<w:p><w:r><w:t>The operator shall"),
    "truncated.docx": lambda: good_docx()[:-200],
    "deep-tables.docx": deep_tables,
    "nested-tables.docx": nested_tables,
    "climbing-path.docx": lambda: package({"../../../tmp/impact-evil.xml": "<x/>", "word/document.xml": "<x/>"}),
    "stored-html.docx": tricky_docx,
    "workbook.xlsx": lambda: package({"xl/workbook.xml": "<x/>"}, SHEETS, "xl/workbook.xml"),
    "slideless.pptx": slides_without_slides,
    "truncated.pptx": lambda: slides_without_slides()[:-120],
    "text.odt": odt,
    "archive.zip": plain_zip,
}
