"""The fixed wording of the one-page brief: whole, alike and natural in all six languages."""

import json
import re
import string
import tomllib
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import pytest

from impact.cli.analyze import LANGUAGES as OFFERED
from impact.present.plurals import FORMS, LANGUAGES, PLURALS
from impact.present.words import words
from impact.report.onepage.wording import QUESTIONS, BriefWording, _english, wording
from impact.report.view.figures import shipped
from impact.taxonomy import load

CATEGORIES = {"zero", "one", "two", "few", "many", "other"}
TRANSLATED = [code for code in LANGUAGES if code != "en"]
FORBIDDEN = tomllib.loads((Path(__file__).parent / "forbidden.toml").read_text("utf-8"))
ENGLISH = re.compile(
    r"\b(the|of|and|that|this|which|with|from|is|are|was|were|not|may|by|for|text|what|who|right)\b", re.IGNORECASE
)
KINDS = ["scan", "broken", "ocr", "poor"]
POINTING = {
    "ar": "ذلك|هذا",
    "es": r"\b(lo|esto|eso)\b",
    "fr": r"\bl’|\b(le|cela|ceci)\b",
    "ru": r"\bэт(о|ого)\b",
    "zh": "如此|这",
}
RUSSIAN = {1: "one", 2: "few", 4: "few", 5: "many", 11: "many", 12: "many", 21: "one", 112: "many", 122: "few"}
ARABIC = {0: "zero", 1: "one", 2: "two", 3: "few", 10: "few", 11: "many", 99: "many", 100: "other", 103: "few"}


def spoken(code: str) -> BriefWording:
    return wording(code, load())


def leaves(table: object, path: str = "") -> dict[str, object]:
    """Return what stands at each path; the plural forms of one sentence stand at one path."""
    if not isinstance(table, dict) or table.keys() <= CATEGORIES:
        return {path: table}
    return {name: leaf for key, one in table.items() for name, leaf in leaves(one, f"{path}.{key}".lstrip(".")).items()}


def texts(leaf: object) -> list[str]:
    if isinstance(leaf, dict):
        return [str(one) for one in leaf.values()]
    return [str(one) for one in leaf] if isinstance(leaf, list) else [str(leaf)]


def blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def fixed(code: str) -> str:
    return "\n".join(text for leaf in leaves(spoken(code).table).values() for text in texts(leaf))


def test_the_command_line_offers_the_languages_that_there_are() -> None:
    assert OFFERED == LANGUAGES


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_language_says_all_that_english_says_and_nothing_else(code: str) -> None:
    assert leaves(spoken(code).table).keys() == leaves(spoken("en").table).keys()


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_sentence_with_a_number_has_the_plural_forms_of_its_language(code: str) -> None:
    forms = [leaf.keys() for leaf in leaves(spoken(code).table).values() if isinstance(leaf, dict)]

    assert len(forms) > 10
    assert all(set(form) == set(FORMS[code]) for form in forms)


@pytest.mark.parametrize("code", TRANSLATED)
def test_blanks_are_those_of_english(code: str) -> None:
    own, english = leaves(spoken(code).table), leaves(spoken("en").table)

    for key, leaf in english.items():
        expected = set().union(*map(blanks, texts(leaf)))
        assert set().union(*map(blanks, texts(own[key]))) == expected, key
        if isinstance(own[key], dict):
            spelt = {"one", "two"} if code == "ar" else set()  # Arabic has a word of its own for one and for two
            full = [one for form, one in own[key].items() if form not in spelt]
            assert all(blanks(one) == expected for one in full), key


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_mechanism_safeguard_right_and_instrument_has_a_name(code: str) -> None:
    taxonomy, table = load(), spoken(code).table

    assert table["mechanisms"].keys() == taxonomy.mechanisms.keys()
    assert table["safeguards"].keys() == taxonomy.safeguards.keys()
    assert table["rights"].keys() == taxonomy.rights.keys()
    assert table["instruments"].keys() == taxonomy.instruments.keys()
    for kind in ("safeguards", "rights"):
        assert len(set(table[kind].values())) == len(table[kind])
    assert len({one["name"] for one in table["mechanisms"].values()}) == len(taxonomy.mechanisms)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_mechanism_has_two_questions_that_end_as_questions(code: str) -> None:
    mark = {"ar": "؟", "zh": "？", "fr": "\u202f?"}.get(code, "?")

    asked = [one for table in spoken(code).get("mechanisms").values() for one in table["questions"]]

    assert len(asked) == QUESTIONS * len(load().mechanisms)
    assert all(one.endswith(mark) for one in asked)


@pytest.mark.parametrize("code", LANGUAGES)
def test_words_of_other_tables_have_a_counterpart(code: str) -> None:
    say = spoken(code)

    assert {band.word for band in (*words().confidence, words().confirmed, words().doubtful)} == say.get(
        "confidence"
    ).keys()
    assert words().languages.keys() | {"other"} == say.get("languages").keys()
    assert len(words().blind) == len(say.get("blind"))
    assert words().strength.keys() == say.get("strength").keys()


def test_english_names_and_questions_stand_in_the_taxonomy_alone() -> None:
    own = tomllib.loads(files("impact.report.onepage").joinpath("languages/en.toml").read_text("utf-8"))

    assert not own.keys() & _english(load()).keys()


@pytest.mark.parametrize("code", ["ar", "ru", "zh"])
def test_no_latin_letter_is_left_in_other_scripts(code: str) -> None:
    found = re.findall(r"[A-Za-z]+", re.sub(r"\{\w+\}", "", fixed(code)))

    assert set(found) <= {"ltr", "rtl", "impact"}


@pytest.mark.parametrize("code", ["es", "fr"])
def test_no_english_word_is_left_in_other_languages(code: str) -> None:
    text = re.sub(r"\{\w+\}", "", fixed(code))

    assert ENGLISH.findall(text) == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_fixed_wording_uses_a_forbidden_word(code: str) -> None:
    for pattern in FORBIDDEN[code]["patterns"]:
        assert re.findall(pattern, fixed(code), re.IGNORECASE) == [], pattern


@pytest.mark.parametrize("code", LANGUAGES)
def test_forbidden_words_are_caught(code: str) -> None:
    pattern = re.compile("|".join(f"(?:{one})" for one in FORBIDDEN[code]["patterns"]), re.IGNORECASE)

    assert [one for one in FORBIDDEN[code]["caught"] if not pattern.search(one)] == []


@pytest.mark.parametrize(("code", "cases"), [("ru", RUSSIAN), ("ar", ARABIC)])
def test_plural_forms_follow_the_number(code: str, cases: dict[int, str]) -> None:
    assert {count: PLURALS[code](count) for count in cases} == cases


def test_french_takes_the_singular_for_nothing_and_english_does_not() -> None:
    assert [PLURALS[code](0) for code in ("fr", "en", "es", "zh")] == ["one", "other", "other", "other"]
    assert [PLURALS[code](2_000_000) for code in ("fr", "es")] == ["many", "many"]


def test_numbers_stand_in_words_with_their_nouns() -> None:
    said = {code: [spoken(code).counted("counts.clauses", count) for count in (1, 2, 5, 1234)] for code in ("ru", "ar")}

    assert said["ru"] == ["в 1 положении", "в 2 положениях", "в 5 положениях", "в 1234 положениях"]
    assert said["ar"] == ["في بند واحد", "في بندين", "في 5 بنود", "في 1\u00a0234 بنداً"]


@pytest.mark.parametrize("kind", KINDS)
def test_twenty_one_pages_are_not_called_one_page_though_russian_counts_them_so(kind: str) -> None:
    sentence = spoken("ru").counted(f"unread.{kind}", 21, pages="1–21")

    assert "1–21" in sentence
    assert re.findall(r"\bстраниц[ау]\b", sentence, re.IGNORECASE) == []


@pytest.mark.parametrize("kind", KINDS)
def test_arabic_pages_stand_in_the_case_of_the_two_more_that_may_follow_them(kind: str) -> None:
    say = spoken("ar")

    assert "وصفحتان" in say.counted("counts.more_pages", 2)
    assert "الصفحتان" in say.counted(f"unread.{kind}", 2, pages="3، 5")


@pytest.mark.parametrize("code", TRANSLATED)
def test_what_the_quoted_clause_does_points_at_nothing_said_before(code: str) -> None:
    """Behind "may enable ..." a pronoun would say that the clause requires what it may enable."""
    for said in spoken(code).get("strength").values():
        assert not re.search(POINTING[code], said), said


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("ar", ["1 تشرين الثاني/نوفمبر 2026", "تشرين الثاني/نوفمبر 2026"]),
        ("en", ["1 November 2026", "November 2026"]),
        ("es", ["1 de noviembre de 2026", "noviembre de 2026"]),
        ("fr", ["1er novembre 2026", "novembre 2026"]),
        ("ru", ["1 ноября 2026 года", "ноябрь 2026 года"]),
        ("zh", ["2026年11月1日", "2026年11月"]),
    ],
)
def test_dates_are_said_as_the_united_nations_say_them(code: str, expected: list[str]) -> None:
    assert [spoken(code).date(iso) for iso in ("2026-11-01", "2026-11")] == expected


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("odd", ["", "soon", "2026-13", "2026-11-24-1", "2026-"])
def test_what_is_no_date_stays_as_it_is(code: str, odd: str) -> None:
    assert spoken(code).date(odd) == odd


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("ar", "المادتان\u00a02 و7 من الإعلان العالمي؛ المادة\u00a02 (الفقرة\u00a01) من عهد الحقوق المدنية والسياسية"),
        ("en", "UDHR\u00a02, 7; ICCPR\u00a02(1)"),
        ("es", "DUDH, arts.\u00a02 y 7; PIDCP, art.\u00a02 (párr.\u00a01)"),
        ("fr", "DUDH, art.\u00a02 et 7\u202f; PIDCP, art.\u00a02 (par.\u00a01)"),
        ("ru", "ст.\u00a02 и 7 ВДПЧ; ст.\u00a02 (п.\u00a01) МПГПП"),
        ("zh", "《世界人权宣言》第二条和第七条；《公民政治权利公约》第二条第一款"),
    ],
)
def test_articles_are_cited_as_is_the_custom(code: str, expected: str) -> None:
    assert spoken(code).cited(["UDHR 2", "UDHR 7", "ICCPR 2(1)"]) == expected


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_article_of_the_taxonomy_can_be_cited(code: str) -> None:
    for right in load().rights.values():
        assert "{" not in spoken(code).cited(right.articles)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("ar", "1، 3 إلى 5 و3 صفحات أخرى"),
        ("en", "1, 3–5 and 3 more"),
        ("es", "1, 3 a 5 y 3 más"),
        ("fr", "1, 3 à 5 et 3 autres"),
        ("ru", "1, 3–5 и ещё 3"),
        ("zh", "1、3至5及另外3"),
    ],
)
def test_long_lists_of_pages_end_with_a_count(code: str, expected: str) -> None:
    assert spoken(code).ranges([1, 3, 4, 5, 8, 10, 11], 2) == expected


def test_quotation_marks_are_those_of_the_language() -> None:
    marks = {code: (spoken(code).get("marks.open_quote") + spoken(code).get("marks.close_quote")) for code in LANGUAGES}

    assert marks == {"ar": "«»", "en": "“”", "es": "“”", "fr": "«\u00a0\u00a0»", "ru": "«»", "zh": "“”"}


def test_french_has_spaces_that_do_not_break_before_high_marks() -> None:
    text = fixed("fr")

    assert re.findall(r" [:;?!»]|« ", text) == []
    assert re.findall(r"\w[:;?!»](?=\s|$)", text) == []


def test_chinese_and_arabic_have_punctuation_of_their_own() -> None:
    assert re.findall(r"[\u4e00-\u9fff][,;:?!()]|[,;:?!()][\u4e00-\u9fff]", fixed("zh")) == []
    assert re.findall(r"[\u0600-\u06ff][,;?]", fixed("ar")) == []


def test_the_first_figures_of_each_judge_are_what_the_brief_says_they_are() -> None:
    first = {one.by: one for one in reversed(shipped().figures)}

    assert first.keys() == {"model", "fast", "cues"}
    assert {one.what for one in first.values()} == {"all powers and safeguards together"}
    assert all("standards documents" in one.data for one in first.values())


def test_a_language_that_is_none_of_the_six_is_refused() -> None:
    with pytest.raises(ValueError, match="'de' is none of ar, en"):
        spoken("de")


def test_the_english_that_was_translated_has_not_changed_since() -> None:
    """If it fails: bring the five translations in line with the English first, and only then this digest."""
    source = json.dumps(_english(load()), ensure_ascii=False, sort_keys=True)

    assert sha256(source.encode()).hexdigest()[:12] == "30131110a894"
