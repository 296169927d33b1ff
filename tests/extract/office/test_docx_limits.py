import io
import zipfile

import pytest

from impact.errors import LimitError, UnreadableError
from impact.extract import Options
from impact.extract.office import docx, pptx

READERS = pytest.mark.parametrize("read", [docx.read, pptx.read])


def packed(files):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return content.getvalue()


@READERS
def test_a_file_that_unpacks_to_far_more_than_its_size_is_stopped(read):
    bomb = packed({"word/document.xml": b" " * 20_000_000})
    with pytest.raises(LimitError, match="times its size") as caught:
        read(bomb, "bomb.docx", Options())
    assert caught.value.hint


@READERS
def test_a_file_that_unpacks_to_too_many_bytes_is_stopped(read):
    with pytest.raises(LimitError, match="would unpack to 5000 bytes"):
        read(packed({"a": b"x" * 5000}), "large.docx", Options(max_archive_bytes=4999))


@READERS
def test_a_file_with_too_many_entries_is_stopped(read):
    with pytest.raises(LimitError, match="11 entries"):
        read(packed({str(number): b"" for number in range(11)}), "many.docx", Options(max_archive_entries=10))


@READERS
def test_an_encrypted_file_is_named_as_such(read):
    container = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(64)
    with pytest.raises(UnreadableError, match="encrypted with a password") as caught:
        read(container, "closed.docx", Options())
    assert "without a password" in caught.value.hint


@READERS
def test_an_old_binary_file_is_named_as_such(read):
    with pytest.raises(UnreadableError, match="old binary format"):
        read(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "old.doc", Options())


@READERS
def test_a_truncated_file_is_named_as_such(read, make_docx):
    whole = make_docx("<w:p><w:r><w:t>x</w:t></w:r></w:p>")
    with pytest.raises(UnreadableError, match="incomplete"):
        read(whole[: len(whole) // 2], "cut.docx", Options())


def test_a_damaged_entry_is_named(make_docx):
    whole = bytearray(make_docx("<w:p><w:r><w:t>words and more words</w:t></w:r></w:p>"))
    with zipfile.ZipFile(io.BytesIO(bytes(whole))) as archive:
        entry = archive.getinfo("word/document.xml")
    begin = entry.header_offset + 30 + len(entry.filename)
    whole[begin + 5 : begin + 25] = bytes(20)
    with pytest.raises(UnreadableError, match="word/document"):
        docx.read(bytes(whole), "bad.docx", Options())


@pytest.mark.parametrize("data", [b"", b"no archive at all", b"PK\x03\x04"])
@READERS
def test_what_is_no_archive_is_refused(read, data):
    with pytest.raises(UnreadableError):
        read(data, "x.docx", Options())


def test_an_archive_without_a_document_is_refused():
    with pytest.raises(UnreadableError, match=r"no word/document\.xml"):
        docx.read(packed({"readme.txt": b"x"}), "x.docx", Options())


def test_an_archive_without_slides_is_refused():
    with pytest.raises(UnreadableError, match="not a presentation"):
        pptx.read(packed({"readme.txt": b"x"}), "x.pptx", Options())


def test_xml_that_is_not_well_formed_is_refused_with_its_part():
    with pytest.raises(UnreadableError, match=r"word/document\.xml is not well-formed XML"):
        docx.read(packed({"word/document.xml": b"<a><b></a>"}), "x.docx", Options())


def test_a_document_type_is_refused():
    evil = b'<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><a>&c;</a>'
    with pytest.raises(UnreadableError, match="document type"):
        docx.read(packed({"word/document.xml": evil}), "x.docx", Options())


def test_part_names_are_compared_without_case_and_with_either_slash():
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    xml = f'<w:document xmlns:w="{space}"><w:body><w:p><w:r><w:t>x</w:t></w:r></w:p></w:body></w:document>'
    assert docx.read(packed({"Word\\Document.XML": xml}), "x.docx", Options()).text == "x"
