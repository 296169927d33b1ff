"""What an XML file must not be able to do, and what it may look like."""

import pytest

from impact.errors import UnreadableError
from impact.extract.markup import rfcxml
from impact.extract.options import Options


def read(source: str | bytes):
    data = source.encode() if isinstance(source, str) else source
    return rfcxml.read(data, "a.xml", Options())


def rfc(body: str, head: str = "") -> str:
    return f"{head}<rfc><middle><section title='One'><t>{body}</t></section></middle></rfc>"


def test_an_external_entity_gives_its_name_and_nothing_of_the_file(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret words", encoding="utf-8")
    document = read(rfc("before &x; after", f'<!DOCTYPE rfc [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'))

    assert document.text == "One\n\nbefore [x] after"


def test_an_external_document_type_gives_nothing(tmp_path):
    secret = tmp_path / "evil.dtd"
    secret.write_text('<!ENTITY x "the secret words">', encoding="utf-8")

    assert "secret" not in read(rfc("before &x; after", f'<!DOCTYPE rfc SYSTEM "{secret.as_uri()}">')).text


def test_entities_that_multiply_stay_small():
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))

    assert len(read(rfc("before &l11; after", f'<!DOCTYPE rfc [<!ENTITY l0 "lol">{levels}]>')).text) < 100


def test_plain_entities_and_named_characters_become_characters():
    document = read(rfc("&port;&nbsp;&mdash; &#8220;open&#8221;", '<!DOCTYPE rfc [<!ENTITY port "Old &#72;arbor">]>'))

    assert document.text == "One\n\nOld Harbor — “open”"


def test_a_fault_in_the_xml_is_told():
    document = read("<rfc><middle><section title='One'><t>Here.</t></middle></rfc>")

    assert "Here." in document.text
    assert "not well-formed" in document.warnings[0]


@pytest.mark.parametrize("encoding", ["cp1251", "utf-16", "utf-8"])
def test_the_declared_encoding_holds(encoding):
    assert "Порт" in read(f"<?xml version='1.0' encoding='{encoding}'?>{rfc('Порт')}".encode(encoding)).text


@pytest.mark.parametrize("source", ["", "   ", "no element at all", "<rfc><front/></rfc>", "<a><b/></a>"])
def test_xml_without_words_is_refused_with_a_hint(source):
    with pytest.raises(UnreadableError) as caught:
        read(source)

    assert caught.value.hint


def test_ten_thousand_nested_sections_end_without_a_failure():
    with pytest.raises(UnreadableError):
        read("<rfc><middle>" + "<section>" * 10_000)


def test_other_document_xml_gives_its_paragraphs():
    document = read("<doc><sec><title>One</title><p>Words <b>here</b>.</p><p>More.</p></sec></doc>")

    assert document.format == "xml"
    assert document.text.split("\n\n") == ["One", "Words here.", "More."]


def test_an_entity_that_names_an_element_is_read_as_its_words():
    document = read(rfc("An &lamp; element is lit.", '<!DOCTYPE rfc [<!ENTITY lamp "&lt;lamp/&gt;">]>'))

    assert "An <lamp/> element is lit." in document.text
