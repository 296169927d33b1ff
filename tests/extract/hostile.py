"""Make hostile files: `python tests/extract/hostile.py FOLDER` writes each of them there.

Each is written by hand or with a library, here; none is taken from anywhere. `MAKERS` maps a file name to a function
that returns its bytes; `HEAVY` names those that take a second or more to make or to read.
"""

import io
import random
import struct
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
SHEETS = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
PROSE = "The operator shall keep a record of each session for twelve months. "


def pdf(objects: dict[int, bytes]) -> bytes:
    """Lay numbered objects into a PDF; object 1 is the catalogue."""
    out, places = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start, size = len(out), max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += b"%010d 00000 %s \n" % (places.get(number, 0), b"n" if number in places else b"f")
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, start)
    return bytes(out)


def stream(data: bytes, facts: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), facts, data)


def page(contents: bytes, *, box: bytes = b"[0 0 612 792]", resources: bytes = b"", **more: bytes) -> bytes:
    """Return a PDF of one page with Helvetica as /F1."""
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox %s /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> %s >> >>"
        % (box, resources),
        4: contents,
        5: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    }
    return pdf(objects | {int(name.lstrip("o")): body for name, body in more.items()})


def text(words: str = PROSE) -> bytes:
    return b"BT /F1 11 Tf 72 700 Td (%s) Tj ET" % words.encode("latin-1")


def good_pdf() -> bytes:
    return page(stream(text()))


def bomb(size: int, *, raw: bool = False, filler: bytes = b" ") -> bytes:
    """Return deflated bytes that unpack to `size`: one flushed block of a megabyte, repeated."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(filler * 2**20) + packer.flush(zlib.Z_FULL_FLUSH)
    body = block * (size // 2**20) + b"\x03\x00"
    return body if raw else b"\x78\xda" + body + b"\0\0\0\0"


def truncated_pdf() -> bytes:
    whole = page(stream(zlib.compress(text() * 200), b"/Filter /FlateDecode"))
    return whole[: len(whole) // 2]


def encrypted_pdf() -> bytes:
    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(good_pdf())) as document:
        document.save(out, encryption=pikepdf.Encryption(owner="owner", user="user"))
    return out.getvalue()


def cyclic_pages() -> bytes:
    return pdf(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Kids [3 0 R] /Count 1000000 /Parent 3 0 R >>",
            3: b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 1000000 /Parent 2 0 R >>",
        }
    )


def cyclic_forms() -> bytes:
    form = (
        b"/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources << /Font << /F1 5 0 R >> /XObject << /X %s >> >>"
    )
    body = text() + b" /X Do /X Do"
    return page(
        stream(body),
        resources=b"/XObject << /X 6 0 R >>",
        o6=stream(body, form % b"7 0 R"),
        o7=stream(body, form % b"6 0 R"),
    )


def branching_forms() -> bytes:
    """Thirty forms, each of which draws the next one ten times."""
    form = (
        b"/Type /XObject /Subtype /Form /BBox [0 0 600 800] "
        b"/Resources << /Font << /F1 5 0 R >> /XObject << /X %d 0 R >> >>"
    )
    more = {f"o{number}": stream(b"/X Do " * 10 + text(), form % (number + 1)) for number in range(6, 36)}
    return page(stream(b"/X Do"), resources=b"/XObject << /X 6 0 R >>", **more, o36=stream(text()))


def nested_arrays() -> bytes:
    return page(stream(text()), resources=b"/Deep " + b"[" * 200_000 + b"]" * 200_000)


def nested_operands() -> bytes:
    return page(stream(b"[" * 100_000 + b"] TJ " + text()))


def scattered_glyphs() -> bytes:
    chance = random.Random(7)  # noqa: S311 - a layout, not a secret
    glyphs = b"\n".join(
        b"1 0 0 1 %d %d Tm (%c) Tj" % (chance.randrange(600), chance.randrange(780), chance.randrange(97, 123))
        for _ in range(50_000)
    )
    return page(stream(b"BT /F1 6 Tf " + glyphs + b" ET"))


def many_pages() -> bytes:
    count = 60_000
    return pdf(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b"3 0 R " * count, count),
            3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
            b"/Resources << /Font << /F1 5 0 R >> >> >>",
            4: stream(text()),
            5: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        }
    )


def boastful_pages() -> bytes:
    return good_pdf().replace(b"/Count 1 ", b"/Count 2147483647 ")


def pageless_pdf() -> bytes:
    return pdf({1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Type /Pages /Kids [] /Count 0 >>"})


def broken_xref() -> bytes:
    return good_pdf().replace(b"startxref\n", b"startxref\n9999999")


def image_bomb() -> bytes:
    image = (
        b"/Type /XObject /Subtype /Image /Width 60000 /Height 60000 /ColorSpace /DeviceGray "
        b"/BitsPerComponent 8 /Filter /FlateDecode"
    )
    return page(
        stream(b"600 0 0 800 0 0 cm /I Do"), resources=b"/XObject << /I 6 0 R >>", o6=stream(bomb(64 << 20), image)
    )


def scan() -> bytes:
    image = b"/Type /XObject /Subtype /Image /Width 80 /Height 100 /ColorSpace /DeviceGray /BitsPerComponent 8"
    return page(
        stream(b"612 0 0 792 0 0 cm /I Do"), resources=b"/XObject << /I 6 0 R >>", o6=stream(b"\xaa" * 8000, image)
    )


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
    return package({"word/document.xml": "<x/>", **{f"word/media/{number}.xml": b"" for number in range(30_000)}})


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


def laughing_xml() -> bytes:
    head = f'<?xml version="1.0"?>{laughs("rfc")}'
    return f"{head}<rfc><front><title>T</title></front><middle><section><t>&a9;</t></section></middle></rfc>".encode()


def xxe_xml() -> bytes:
    return (
        b'<?xml version="1.0"?><!DOCTYPE rfc [<!ENTITY s SYSTEM "file:///etc/passwd"><!ENTITY % p SYSTEM '
        b'"http://127.0.0.1:9/x.dtd">%p;]><rfc><front><title>T</title></front><middle><section><name>N</name>'
        b"<t>Before &s; after, the operator shall log.</t></section></middle></rfc>"
    )


def including_xml() -> bytes:
    return (
        b'<?xml version="1.0"?><rfc xmlns:xi="http://www.w3.org/2001/XInclude"><front><title>T</title></front><middle>'
        b'<section><t>The operator shall log.</t><xi:include href="file:///etc/passwd" parse="text"/></section>'
        b"</middle></rfc>"
    )


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


def rubbish() -> bytes:
    return random.Random(3).randbytes(200_000)  # noqa: S311 - rubbish, not a secret


def png() -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 72)) + chunk(b"IEND", b"")


def deep_html() -> bytes:
    return b"<!DOCTYPE html><html><body>" + b"<div>" * 200_000 + PROSE.encode() + b"</div>" * 200_000


def deep_xml() -> bytes:
    return b"<?xml version='1.0'?><rfc><middle>" + b"<section>" * 100_000 + b"</section>" * 100_000 + b"</middle></rfc>"


def deep_markdown() -> bytes:
    return ("# Title\n\n" + "> " * 20_000 + PROSE + "\n\n" + "[" * 50_000 + "](" * 1000 + "\n" + "*" * 50_000).encode()


def laughing_yaml() -> bytes:
    lines = ["openapi: 3.0.3", "a0: &a0 [lol, lol]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    return "\n".join(lines).encode()


def bait() -> bytes:
    """Runs of what patterns for headings, contents lines and hyphens like to go back and forth over."""
    lines = ["1." * 20_000, " " * 50_000 + "x", "." * 50_000 + " 7", "-" * 50_000, "a-\n" * 5_000, "( " * 20_000]
    return ("\n\n".join(lines) + "\n" + PROSE).encode()


MAKERS: dict[str, Callable[[], bytes]] = {
    "truncated.pdf": truncated_pdf,
    "encrypted.pdf": encrypted_pdf,
    "flate-bomb.pdf": lambda: page(stream(bomb(2000 << 20), b"/Filter /FlateDecode")),
    "cyclic-pages.pdf": cyclic_pages,
    "cyclic-forms.pdf": cyclic_forms,
    "branching-forms.pdf": branching_forms,
    "nested-arrays.pdf": nested_arrays,
    "nested-operands.pdf": nested_operands,
    "scattered-glyphs.pdf": scattered_glyphs,
    "huge-page-box.pdf": lambda: page(stream(text()), box=b"[-1e30 -1e30 1e30 1e30]"),
    "many-pages.pdf": many_pages,
    "boastful-pages.pdf": boastful_pages,
    "pageless.pdf": pageless_pdf,
    "broken-xref.pdf": broken_xref,
    "image-bomb.pdf": image_bomb,
    "scan.pdf": scan,
    "header-only.pdf": lambda: b"%PDF-1.7\n",
    "pdf-called.docx": good_pdf,
    "docx-called.pdf": good_docx,
    "encrypted-office.docx": lambda: ole2("EncryptionInfo", "EncryptedPackage"),
    "old-word.doc": lambda: ole2("WordDocument", "1Table"),
    "old-excel.xls": lambda: ole2("Workbook"),
    "zip-bomb.docx": zip_bomb,
    "lying-zip.docx": lying_zip,
    "many-entries.docx": many_entries,
    "xxe.docx": xxe_docx,
    "billion-laughs.docx": laughing_docx,
    "million-paragraphs.docx": lambda: docx(paragraph("The operator shall log.") * 1_000_000),
    "missing-part.docx": lambda: package({}),
    "broken-xml.docx": lambda: docx("<w:p><w:r><w:t>The operator shall"),
    "truncated.docx": lambda: good_docx()[:-200],
    "deep-tables.docx": lambda: docx("<w:tbl><w:tr><w:tc>" * 5_000 + paragraph() + "</w:tc></w:tr></w:tbl>" * 5_000),
    "climbing-path.docx": lambda: package({"../../../tmp/evil.xml": "<x/>", "word/document.xml": "<x/>"}),
    "workbook.xlsx": lambda: package({"xl/workbook.xml": "<x/>"}, SHEETS, "xl/workbook.xml"),
    "slideless.pptx": slides_without_slides,
    "text.odt": odt,
    "archive.zip": plain_zip,
    "xxe.xml": xxe_xml,
    "billion-laughs.xml": laughing_xml,
    "including.xml": including_xml,
    "deep.xml": deep_xml,
    "deep.html": deep_html,
    "deep.md": deep_markdown,
    "billion-laughs.yaml": laughing_yaml,
    "bait.txt": bait,
    "long-line.txt": lambda: PROSE.encode() * 150_000,
    "endless-word.txt": lambda: b"x" * 10_000_000,
    "empty.pdf": lambda: b"",
    "white-space.txt": lambda: b" \r\n\t\n" * 1000,
    "rubbish.txt": rubbish,
    "picture.docx": png,
    "note.rtf": lambda: b"{\\rtf1\\ansi The operator shall log.}",
    "half-utf16.txt": lambda: b"\xff\xfe" + "The operator shall log.".encode("utf-16-le")[:-1],
    "program.txt": lambda: b"\x7fELF\x02\x01\x01" + bytes(5000),
}

HEAVY = frozenset(
    {
        "flate-bomb.pdf",
        "branching-forms.pdf",
        "many-pages.pdf",
        "million-paragraphs.docx",
        "zip-bomb.docx",
        "lying-zip.docx",
        "long-line.txt",
        "endless-word.txt",
        "bait.txt",
    }
)


def make(folder: Path) -> None:
    """Write every hostile file into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, maker in MAKERS.items():
        (folder / name).write_bytes(maker())


if __name__ == "__main__":
    make(Path(sys.argv[1]))
