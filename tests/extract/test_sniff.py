"""What a file is, its content decides."""

import io
import zipfile

import pytest

from impact.errors import LimitError, UnreadableError
from impact.extract.detect import content_kind

RFC = "RFC 9999                     A Title                   May 2024\n\n1.  Introduction\n\n   The server MUST log.\n"
DOCX_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
PPTX_MAIN = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
XLSX_MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
DOCM_MAIN = "application/vnd.ms-word.document.macroEnabled.main+xml"


def container(**entries: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, body in entries.items():
            archive.writestr("[Content_Types].xml" if name == "types" else name, body)
    return out.getvalue()


def ole2(*streams: str) -> bytes:
    entries = b"".join(f"{name}\0".encode("utf-16-le").ljust(128, b"\0") for name in ("Root Entry", *streams))
    return content_kind.OLE2_START.ljust(512, b"\0") + entries


READ = [
    ("pdf", b"%PDF-1.7\n1 0 obj"),
    ("pdf", b"\n" * 900 + b"%PDF-1.4"),
    ("docx", container(types=f'<Override ContentType="{DOCX_MAIN}"/>')),
    ("docx", container(types=f'<Override ContentType="{DOCM_MAIN}"/>')),
    ("pptx", container(types=f'<Override ContentType="{PPTX_MAIN}"/>')),
    ("xlsx", container(types=f'<Override ContentType="{XLSX_MAIN}"/>')),
    ("csv", b"TDoc;Title;Source\nS2-2101234;On locks;Locks Ltd\n"),
    ("doc", ole2("WordDocument", "1Table")),
    ("msg", ole2("__properties_version1.0")),
    ("image", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
    ("image", b"\xff\xd8\xff\xe0\0\x10JFIF"),
    ("image", b"II*\0\x08\0\0\0"),
    ("image", b"MM\0*\0\0\0\x08"),
    ("html", b"<!DOCTYPE html><title>T</title><p>Text"),
    ("html", b"\xef\xbb\xbf\r\n<HTML><BODY>Text</BODY></HTML>"),
    ("html", b"<?xml version='1.0'?>\n<html xmlns='http://www.w3.org/1999/xhtml'><body/></html>"),
    ("html", b"<!-- saved from the web -->\n<div><p>One</p><p>Two</p></div>"),
    ("rfcxml", b"<?xml version='1.0'?><!DOCTYPE rfc [<!ENTITY nbsp '&#160;'>]><rfc docName='x'/>"),
    ("rfcxml", b"<rfc version='3'><front/></rfc>"),
    ("rfcxml", "<?xml version='1.0' encoding='utf-16'?><rfc><front/></rfc>".encode("utf-16")),
    ("xml", b"<?xml version='1.0'?><book xmlns='http://docbook.org/ns/docbook'/>"),
    ("xml", b"<article><title>T</title></article>".replace(b"article", b"chapter")),
    ("markdown", b"---\ntitle: A draft\nabbrev: D\n---\n\n# Introduction\n\nThe server **MUST** log.\n"),
    ("markdown", b"# Policy\n\n- one\n- two\n\n## Scope\n"),
    ("markdown", b"<pre class='metadata'>\nTitle: T\n</pre>\n\nIntroduction {#intro}\n=====\n"),
    ("yaml", b"openapi: 3.0.3\ninfo:\n  title: T\n"),
    ("yaml", b"title: Lock\npayload:\n  kind: x\ncontents:\n- one: 1\n"),
    ("text", RFC.encode()),
    ("text", "Оператор обязан хранить записи.\n".encode("windows-1251")),
    ("text", "The operator shall log.".encode("utf-16")),
    ("text", "The operator shall log.".encode("utf-16-le")),
    ("text", "Оператор обязан хранить записи.\n".encode("utf-16-be")),
    ("text", b"From: the chair\nTo: all\nDate: 2 May\n\nThe group met and agreed on the text.\n"),
    ("text", b"<http://example.org/> is where the draft lives.\n"),
    ("text", b"BM is not a bitmap here, and MZ no program.\n"),
]


@pytest.mark.parametrize(("kind", "data"), READ)
def test_the_kind_is_told_by_content_under_a_name_that_says_otherwise(kind: str, data: bytes) -> None:
    assert content_kind.kind(data, "minutes.docx") == kind


@pytest.mark.parametrize("suffix", [".md", ".bs"])
def test_prose_without_marks_is_markdown_where_the_suffix_says_so(suffix: str) -> None:
    data = b"The operator shall log.\n\nThe user may object.\n"

    assert content_kind.kind(data, f"note{suffix}") == "markdown"
    assert content_kind.kind(data, "note") == "text"


def test_a_table_of_tags_before_headings_of_markdown_makes_no_page_of_a_markdown_file() -> None:
    rows = b"".join(b"<tr><td>Name %d</td><td>Berths</td></tr>\n" % number for number in range(9))

    assert content_kind.kind(b"<table>\n" + rows + b"</table>\n\n# Berths\n\nBoats moor.\n", "berths.md") == "markdown"
    assert content_kind.kind(b"<table>\n" + rows + b"</table>\n", "berths.md") == "html"


def test_a_text_that_quotes_headings_stays_text_where_the_suffix_says_so() -> None:
    data = b"# a comment in code\n# another\n- one\n- two\n\nProse.\n"

    assert content_kind.kind(data, "rfc.txt") == "text"


REFUSED = [
    ("OpenDocument spreadsheet", container(mimetype="application/vnd.oasis.opendocument.spreadsheet")),
    ("EPUB", container(mimetype="application/epub+zip")),
    ("ZIP archive", container(**{"a.txt": "text"})),
    ("damaged or incomplete", container(types="x")[:-30]),
    ("protected by a password", ole2("EncryptionInfo", "EncryptedPackage")),
    ("old Excel workbook", ole2("Workbook")),
    ("old PowerPoint", ole2("PowerPoint Document")),
    ("old Office container", ole2("Something")),
    ("PostScript", b"%!PS-Adobe-3.0\n"),
    ("WebP image", b"RIFF\0\0\0\0WEBPVP8 "),
    ("video or image", b"\0\0\0\x18ftypmp42"),
    ("gzip archive", b"\x1f\x8b\x08\0"),
    ("TAR archive", b"name".ljust(257, b"\0") + b"ustar\0"),
    ("program", b"\x7fELF\x02\x01"),
    ("Windows program", b"MZ\x90\0\x03\0"),
    ("SVG drawing", b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>"),
    ("white space", b" \r\n\t \n"),
    ("white space", b"\xef\xbb\xbf \n"),
    ("unknown format", bytes(range(256)) * 20),
    ("unknown format", b"text with a \0 in it, which no text has"),
]


@pytest.mark.parametrize(("words", "data"), REFUSED)
def test_what_is_not_read_is_refused_by_its_name_with_what_to_do(words: str, data: bytes) -> None:
    with pytest.raises(UnreadableError, match=words) as caught:
        content_kind.kind(data, "proposal.pdf")

    assert caught.value.message.startswith("proposal.pdf")
    assert caught.value.hint


def test_an_old_word_file_with_the_encryption_bit_is_refused() -> None:
    whole = bytearray(ole2("WordDocument").ljust(4096, b"\0"))
    whole[30:32] = (9).to_bytes(2, "little")
    entry = whole.index("WordDocument".encode("utf-16-le"))
    whole[entry + 116 : entry + 120] = (3).to_bytes(4, "little")
    whole[2048:2060] = b"\xec\xa5" + bytes(8) + b"\x00\x01"

    with pytest.raises(UnreadableError, match="password"):
        content_kind.kind(bytes(whole), "old.doc")


def test_a_container_with_a_directory_of_a_gigabyte_is_refused_before_it_is_listed() -> None:
    data = bytearray(container(types="x"))
    place = data.rindex(b"PK\x05\x06")
    data[place + 12 : place + 16] = (10**9).to_bytes(4, "little")

    with pytest.raises(LimitError, match="entries"):
        content_kind.kind(bytes(data), "big.docx")


def test_numbers_of_two_bytes_are_no_text() -> None:
    data = b"".join(number.to_bytes(2, "little") for number in range(7, 307))

    with pytest.raises(UnreadableError, match="unknown format"):
        content_kind.kind(data, "samples.raw")


def test_a_fragment_of_html_that_begins_with_words_is_told_by_its_name_and_tags():
    source = (
        "see the rules of the harbor\n<H2>Berths</H2>\n<ul>\n"
        + "<li>A <b>ferry</b> lies at a berth.\n" * 12
        + "</ul>\n"
    )

    assert content_kind.kind(source.encode(), "berths.html") == "html"
    assert content_kind.kind(b"Ferries lie at berths, <b>not</b> at piers.\n" * 3, "berths.html") == "text"
