"""Bytes to characters."""

import pytest

from impact.errors import UnreadableError
from impact.extract.blocks.decode import decode

RUSSIAN = "Оператор связи обязан хранить данные абонентов в течение трех лет и передавать их по запросу. " * 5
CHINESE = "运营商应当保存用户数据并按照要求提供给主管部门。不得泄露个人信息。" * 8
FRENCH = "L'opérateur garde les données des abonnés pendant un an, où qu'elles aient été créées à l'étranger. " * 5


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1251", "koi8-r"]
)
def test_russian_is_read_in_every_usual_encoding(encoding):
    assert decode(RUSSIAN.encode(encoding), "a.txt").text == RUSSIAN


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_chinese_is_read_in_every_usual_encoding(encoding):
    assert decode(CHINESE.encode(encoding), "a.txt").text == CHINESE


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252"])
def test_french_is_read_in_western_encodings(encoding):
    assert decode(FRENCH.encode(encoding), "a.txt").text == FRENCH


def test_a_declared_encoding_is_believed_where_all_bytes_fit():
    assert decode("Übung".encode("cp1252"), "a.html", declared="ISO-8859-1").text == "Übung"


def test_utf8_wins_over_a_wrong_declaration():
    assert decode("Übung".encode(), "a.html", declared="windows-1251").text == "Übung"


def test_an_unknown_declaration_is_passed_over():
    assert decode(b"plain", "a.html", declared="no-such-charset").text == "plain"


def test_one_bad_byte_in_a_long_utf8_file_is_replaced_and_told():
    decoded = decode(("Größe " * 200).encode() + b"\xff" + "Maß".encode(), "a.txt")

    assert decoded.encoding == "utf-8"
    assert decoded.text.endswith("\ufffdMaß")
    assert "1 characters" in decoded.warnings[0]


@pytest.mark.parametrize("data", [b"", b" \r\n\t\x0c ", b"\xef\xbb\xbf", b"\xff\xfe\n\x00"])
def test_an_empty_or_blank_file_is_refused_with_a_hint(data):
    with pytest.raises(UnreadableError) as caught:
        decode(data, "a.txt")

    assert caught.value.hint


def test_binary_rubbish_is_refused_with_a_hint():
    with pytest.raises(UnreadableError) as caught:
        decode(bytes(range(256)) * 40, "a.txt")

    assert "not a text file" in caught.value.message
    assert caught.value.hint
