"""Hostile PDFs, laid by hand. `PDFS` maps a file name to a function that returns its bytes."""

import io
import random
import zlib
from collections.abc import Callable, Mapping

PROSE = "The operator shall keep a record of each session for twelve months. "
HELVETICA = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


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
        5: HELVETICA,
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
            5: HELVETICA,
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


def locked_by_a_stranger() -> bytes:
    """Return a PDF encrypted by a handler that nobody knows."""
    return good_pdf().replace(b"/Root 1 0 R", b"/Root 1 0 R /ID [<00> <00>] /Encrypt << /Filter /Nobody /V 9 /R 9 >>")


def million_objects() -> bytes:
    """Return a page beside a million tiny objects, packed into streams of 100,000, which only the rebuilding finds."""
    whole = bytearray(good_pdf().replace(b"startxref\n", b"startxref\n9"))
    for first in range(10, 1_000_010, 100_000):
        places = b" ".join(b"%d %d" % (first + number, 2 * number) for number in range(100_000))
        facts = b"/Type /ObjStm /N 100000 /First %d /Filter /FlateDecode" % (len(places) + 1)
        packed = stream(zlib.compress(places + b"\n" + b"7 " * 100_000, 1), facts)
        whole += b"%d 0 obj\n" % (first + 2_000_000) + packed + b"\nendobj\n"
    return bytes(whole)


def active() -> bytes:
    """Return a PDF that would run a script, start a program, call home and unpack a file when opened."""
    actions = b"[6 0 R 7 0 R 8 0 R]"
    return pdf(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R /OpenAction 6 0 R /AA << /WC 7 0 R >> /Names << /JavaScript << /Names "
            b"[(a) 6 0 R] >> /EmbeddedFiles << /Names [(evil.exe) 9 0 R] >> >> >>",
            2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /AA << /O 7 0 R >> "
            b"/Resources << /Font << /F1 5 0 R >> >> >>",
            4: stream(text()),
            5: HELVETICA,
            6: b"<< /S /JavaScript /JS (app.launchURL\\('http://127.0.0.1:9/'\\)) /Next %s >>" % actions,
            7: b"<< /S /Launch /F (/bin/sh) /Win << /F (cmd.exe) /P (/c calc) >> >>",
            8: b"<< /S /URI /URI (http://127.0.0.1:9/) /Next 6 0 R >>",
            9: b"<< /Type /Filespec /F (../../evil.exe) /EF << /F 10 0 R >> >>",
            10: stream(b"MZ" + bytes(200), b"/Type /EmbeddedFile"),
        }
    )


def without_letters() -> bytes:
    """Return a PDF whose only font says that all it draws is the character for "unknown"."""
    ranges = b"1 begincodespacerange <00> <ff> endcodespacerange\n1 beginbfrange <00> <ff> [%s] endbfrange" % (
        b"<fffd> " * 256
    )
    head = b"/CIDInit /ProcSet findresource begin begincmap /CMapType 2 def\n"
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>"
    return page(stream(text()), o5=font, o6=stream(head + ranges + b"\nendcmap end"))


def good_box(box: bytes) -> bytes:
    return page(stream(text()), box=box)


PDFS: Mapping[str, Callable[[], bytes]] = {
    "truncated.pdf": truncated_pdf,
    "encrypted.pdf": encrypted_pdf,
    "unknown-handler.pdf": locked_by_a_stranger,
    "flate-bomb.pdf": lambda: page(stream(bomb(2000 << 20), b"/Filter /FlateDecode")),
    "cyclic-pages.pdf": cyclic_pages,
    "cyclic-forms.pdf": cyclic_forms,
    "branching-forms.pdf": branching_forms,
    "nested-arrays.pdf": nested_arrays,
    "nested-operands.pdf": nested_operands,
    "scattered-glyphs.pdf": scattered_glyphs,
    "huge-page-box.pdf": lambda: good_box(b"[-1e30 -1e30 1e30 1e30]"),
    "negative-page-box.pdf": lambda: good_box(b"[612 792 -612 -792]"),
    "nan-page-box.pdf": lambda: good_box(b"[NaN 0 Infinity -1]"),
    "many-pages.pdf": many_pages,
    "million-objects.pdf": million_objects,
    "boastful-pages.pdf": boastful_pages,
    "pageless.pdf": pageless_pdf,
    "broken-xref.pdf": broken_xref,
    "image-bomb.pdf": image_bomb,
    "scan.pdf": scan,
    "active.pdf": active,
    "broken-map.pdf": without_letters,
    "header-only.pdf": lambda: b"%PDF-1.7\n",
    "pdf-called.docx": good_pdf,
    "pdf-called.txt": good_pdf,
}
