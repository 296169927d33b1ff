"""Language by script and by the commonest words."""

import tomllib
from pathlib import Path

import pytest

from impact.describe import describe
from impact.describe.language import language_of
from impact.extract.blocks.builder import Assembly
from impact.records import BlockKind, Document, Page

SENTENCES = tomllib.loads((Path(__file__).parent / "sentences.toml").read_text("utf-8"))
SPECIFICATION = SENTENCES.pop("specification")["en"]


@pytest.mark.parametrize("code", SENTENCES)
def test_one_sentence_is_enough_to_tell_the_language(code):
    assert language_of(SENTENCES[code]) == code


@pytest.mark.parametrize("text", ["", "42", "RFC 9458", "0x1F 0xA0 0x33", "foo_bar baz-qux", "SG13-C83"])
def test_too_little_text_is_undetermined(text):
    assert language_of(text) == "und"


def test_specification_text_full_of_identifiers_is_english():
    assert language_of(SPECIFICATION) == "en"


def test_code_and_contents_do_not_count():
    assembly = Assembly()
    for kind, text in (
        (BlockKind.CODE, "for the in of and to be is are " * 50),
        (BlockKind.PARAGRAPH, SENTENCES["de"]),
    ):
        assembly.put(text, origin=0)
        assembly.close(kind=kind)
    document = Document(
        "0", "x.txt", "text", "made", assembly.text(), tuple(assembly.blocks), (Page(1),), layout=assembly.layout()
    )

    assert describe(document).language == "de"


def test_signs_of_east_asia_beside_much_code_are_the_language() -> None:
    code = "POST /api/lock HTTP/1.1 Host: example.com { deviceId: a, commandId: o, status: e, result: no } "

    assert language_of("本标准规定了智能门锁的远程控制接口。设备应当支持以下命令。" + 3 * code) == "zh"


def test_english_that_explains_chinese_terms_stays_english() -> None:
    sentence = "The lock shall be opened by the operator at the request of the user (门锁应当由运营商打开). "

    assert language_of(3 * sentence) == "en"


def test_two_words_again_and_again_are_no_language() -> None:
    assert (
        language_of("see https://raw.example.com/dock/e/e46fbb/rules.html and e/e47, e/e48, e/e49 <H2>UJ</H2>") == "und"
    )
