import tomllib
from pathlib import Path

import pytest

from impact.records import Strength
from impact.segment.strength import house_of, leads_citation, strength_of, strengths_of


@pytest.mark.parametrize(
    ("text", "strength"),
    [
        ("The gateway shall keep a record.", Strength.MUST),
        ("The gateway is required to keep a record.", Strength.MUST),
        ("Clients MUST NOT send it.", Strength.MUST),
        ("Clients must not send it.", Strength.MUST),
        ("Operators are prohibited from sharing it.", Strength.MUST),
        ("Operators are not permitted to share it.", Strength.MUST),
        ("The field is mandatory.", Strength.MUST),
        ("It is RECOMMENDED to rotate keys.", Strength.SHOULD),
        ("It is recommended to rotate keys.", Strength.SHOULD),
        ("A client should not reuse keys.", Strength.SHOULD),
        ("The terminal can optionally report its place.", Strength.MAY),
        ("The terminal may report its place.", Strength.MAY),
        ("The terminal need not report its place.", Strength.MAY),
        ("The terminal may not report its place.", Strength.MAY),
        ("The reader may wish to report its place.", Strength.DESCRIPTIVE),
        ("The result may still vary with its place.", Strength.DESCRIPTIVE),
        ("A list has the steps that the agent is authorized to take.", Strength.DESCRIPTIVE),
        ("The text states that the agent is authorized to take it.", Strength.MAY),
        ("The agent is authorized to take the steps that the list has.", Strength.MAY),
        ("The terminal MAY vary its place.", Strength.MAY),
        ("The terminal is not required to report its place.", Strength.MAY),
        ("The terminal shall not be required to report its place.", Strength.MAY),
        ("The field is OPTIONAL.", Strength.MAY),
        ("Operators are allowed to share it.", Strength.MAY),
        ("The meeting was held in May 2019.", Strength.DESCRIPTIVE),
        ("An observer can see it, and might or will use it.", Strength.DESCRIPTIVE),
        ("The keys are to be rotated.", Strength.DESCRIPTIVE),
        ("The mustard is dismayed.", Strength.DESCRIPTIVE),
        ("L'opérateur doit conserver les données.", Strength.MUST),
        ("El operador podrá conservar los datos.", Strength.MAY),
        ("Оператор должен хранить данные.", Strength.MUST),
        ("网络应记录用户数据。", Strength.MUST),
        ("该应用响应请求。", Strength.DESCRIPTIVE),
    ],
)
def test_wording_gives_its_strength(text: str, strength: Strength) -> None:
    assert strength_of(text) is strength


def test_the_strongest_wording_of_a_sentence_counts() -> None:
    assert strength_of("Where it may be used, it should be logged and shall be reported.") is Strength.MUST


def test_is_to_is_an_obligation_in_3gpp_only() -> None:
    assert strength_of("The MME is to report the cell.", house="3gpp") is Strength.MUST
    assert strength_of("The aim is to report the cell.") is Strength.DESCRIPTIVE


@pytest.mark.parametrize(
    "text",
    [
        "The objective of the interface is to hand calls over.",
        "Its main purpose is to count.",
        "An aim is to be quick.",
    ],
)
def test_what_something_is_for_is_no_obligation_in_3gpp_either(text: str) -> None:
    assert strength_of(text, house="3gpp") is Strength.DESCRIPTIVE


@pytest.mark.parametrize(
    ("cover", "house"),
    [
        ("3GPP TS 99.123 V1.2.0 Technical Specification Group Ports", "3gpp"),
        ("3GPP TSG-SA WG3 Meeting #7, contribution", "3gpp"),
        ("ETSI TS 199 123 (3GPP TS 99.123 version 1.2.0 Release 9)", "3gpp"),
        ("ETSI TS 199 124. 3GPP and LTE are trademarks of ETSI.", ""),
    ],
)
def test_a_document_is_of_3gpp_where_its_cover_says_so(cover: str, house: str) -> None:
    assert house_of(cover) == house


@pytest.mark.parametrize(
    "case",
    tomllib.loads(Path(__file__).with_name("strength_by_language.toml").read_text("utf-8"))["cases"],
    ids=lambda case: case["text"],
)
def test_wording_gives_its_strength_in_a_document_of_its_language(case: dict[str, str]) -> None:
    assert strength_of(case["text"], language=case["language"]) == case["strength"]


@pytest.mark.parametrize("text", ["Han de Vries writes about the keys.", "The word obligatoirement is French."])
def test_wording_of_another_language_is_none_in_an_english_document(text: str) -> None:
    assert strength_of(text, language="en") is Strength.DESCRIPTIVE


@pytest.mark.parametrize(
    ("keyword", "strength"),
    [
        ("REQUIRED.", "must"),
        ("**Sender-Supplied**, REQUIRED.", "must"),
        ("RECOMMENDED.", "should"),
        ("OPTIONAL.", "may"),
    ],
)
def test_a_keyword_alone_says_how_binding_the_next_sentence_is(keyword: str, strength: str) -> None:
    sentences = [keyword, "The addresses of the skipper.", "They are written in blue."]

    assert strengths_of(sentences)[1:] == (Strength(strength), Strength.DESCRIPTIVE)


def test_a_sentence_with_a_keyword_does_not_bind_the_next_one() -> None:
    first, second = strengths_of(["The harbor name is REQUIRED in all of these.", "The skipper is known."])

    assert (first, second) == (Strength.MUST, Strength.DESCRIPTIVE)


def test_a_long_line_of_dashes_is_read_at_once() -> None:
    assert strengths_of(["-" * 100_000, "The skipper is known."])[1] is Strength.DESCRIPTIVE


@pytest.mark.parametrize(
    ("sentence", "cites"),
    [
        ("Article 5(2) of the regulation states:", True),
        ("Section 4 of the older standard says:", True),
        ("It is proposed that Article 5 reads as follows:", False),
        ("Replace section 5 by what follows:", False),
        ("This section defines:", False),
        ("The device shall provide:", False),
    ],
)
def test_words_of_another_text_are_introduced_by_its_part_and_not_changed(sentence, cites):
    assert leads_citation(sentence) is cites
