"""The parts of the PDF reader by themselves: hyphens, furniture, verdicts, agreement of two engines."""

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.extract.blocks.hyphens import Vocabulary
from impact.extract.pdf.crosscheck import agreement, settle
from impact.extract.pdf.document import PageReading
from impact.extract.pdf.furniture import running
from impact.extract.pdf.line import Line
from impact.extract.pdf.quality import Signs, judge
from impact.extract.pdf.words import PageWords, clean
from impact.records import PageVerdict

ENGLISH = "The operator shall keep a register of every terminal that is attached to the network . ".split() * 12  # noqa: SIM905  # prose reads better as a line
RUSSIAN = ["Оператор", "ведёт", "реестр", "всех", "терминалов", "в", "сети"] * 30
CHINESE = ["运营商应当保存终端登记册"] * 120
ARABIC = ["يحتفظ", "المشغل", "بسجل", "لكل", "محطة"] * 30


@pytest.mark.parametrize(
    ("first", "second", "elsewhere", "joined"),
    [
        ("regu-", "lation", [], True),
        ("regu\ufffe", "lation,", [], True),
        ("privacy-", "friendly", ["privacy-friendly"], False),
        ("co-", "operate", ["cooperate"], True),
        ("end-to-", "end", [], False),
        ("non-", "repudiation", [], False),
        ("AI-", "driven", [], False),
        ("ITU-", "T", [], False),
        ("2010-", "2011", [], False),
        ("location-", "protected", ["location", "protected"], False),
        ("high-", "speed", ["speed"], False),
        ("https://example.test/on-", "path", [], False),
    ],
)
def test_a_hyphen_at_a_line_end_is_judged_by_the_document(first, second, elsewhere, joined):
    assert Vocabulary(elsewhere).joined(first, second) is joined


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("of\ufb01cer", "officer"),
        ("\ufb02ow", "flow"),
        ("e\ufb03cient", "efficient"),
        ("ra\ufb04e", "raffle"),
        ("e\ufb00ect", "effect"),
        ("\ufb05op", "stop"),
        ("soft\u00adhyphen", "soft\u00adhyphen"),
        ("\u200b\u00ad", ""),
        ("con\u0003trol", "control"),
        ("\uf0b7", "\u2022"),
        ("naïve", "naïve"),
    ],
)
def test_words_are_cleaned(raw, cleaned):
    assert clean(raw) == cleaned


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text):
    assert clean(clean(text)) == clean(text)


HEIGHT = 800.0


def drawn(page: int, text: str, y0: float, size: float) -> Line:
    words = PageWords(page + 1, 500.0, HEIGHT, texts=text.split())
    return Line(words, list(range(len(words.texts))), 50, y0, 400, y0 + size, size=size, text=text)


def pages(count: int, *kinds) -> list[tuple[float, list[Line]]]:
    return [(HEIGHT, [kind(page) for kind in kinds]) for page in range(count)]


def heights_of_furniture(found: list[tuple[float, list[Line]]]) -> list[list[float]]:
    """Return, of each page, where its furniture stands."""
    marked = running(found)
    return [[line.y0 for line in lines if id(line) in marked] for _, lines in found]


def head(page: int) -> Line:
    return drawn(page, f"Draft Y.9999 ({page}/2026)", 30, 8)


def body(page: int) -> Line:
    return drawn(page, f"Body of matter {'abcdefghij'[page % 10]}", 400, 10)


def foot(page: int) -> Line:
    return drawn(page, "xi" if page == 0 else str(page), 770, 8)


def test_heads_and_page_numbers_are_furniture_and_the_body_is_not():
    assert heights_of_furniture(pages(6, head, body, foot)) == [[30, 770]] * 6


def test_heads_that_differ_between_odd_and_even_pages_are_furniture():
    def side(page: int) -> Line:
        return drawn(page, "The Institute" if page % 2 else "On Terminals", 30, 8)

    assert heights_of_furniture(pages(8, side, body)) == [[30]] * 8


def test_a_chapter_title_beside_the_page_number_is_furniture():
    def chapter(page: int) -> Line:
        return drawn(page, f"Chapter on matter {'abcdefghij'[page % 10]}", 770, 8)

    assert heights_of_furniture(pages(8, body, foot, chapter)) == [[770, 770]] * 8


def test_a_heading_in_large_type_on_two_slides_is_not_furniture():
    def title(page: int) -> Line:
        return drawn(page, "Problem" if page < 2 else f"Matter {'abcdefghij'[page]}", 30, 30)

    assert running(pages(6, title, body)) == set()


def test_text_that_repeats_in_the_middle_of_pages_is_not_furniture():
    def middle(page: int) -> Line:
        return drawn(page, "Requirement", 300, 10)

    assert running(pages(6, middle, body)) == set()


def test_heads_that_differ_in_a_roman_number_are_furniture():
    def numbered(page: int) -> Line:
        return drawn(page, f"Contents, sheet {('i', 'ii', 'iii', 'iv', 'v', 'vi')[page]}", 30, 8)

    assert heights_of_furniture(pages(6, numbered, body)) == [[30]] * 6


@pytest.mark.parametrize("words", [ENGLISH, RUSSIAN, CHINESE, ARABIC], ids=["English", "Russian", "Chinese", "Arabic"])
def test_prose_of_any_script_is_readable(words):
    assert judge(PageWords(1, 500, 700, texts=words), Signs()) == (PageVerdict.OK, 1.0)


def test_letters_shifted_by_a_missing_map_are_broken():
    shifted = ["".join(chr(ord(letter) + 3) for letter in word) for word in ENGLISH]

    verdict, quality = judge(PageWords(1, 500, 700, texts=shifted), Signs())

    assert verdict is PageVerdict.BROKEN_MAP
    assert quality < 1


@pytest.mark.parametrize(
    ("words", "signs", "verdict"),
    [
        ([], Signs(image=1.0), PageVerdict.SCAN),
        (["7"], Signs(image=0.9), PageVerdict.SCAN),
        ([], Signs(), PageVerdict.EMPTY),
        (["7"], Signs(), PageVerdict.OK),
        (ENGLISH, Signs(invisible=True), PageVerdict.OCR),
        (ENGLISH, Signs(unmapped=0.5), PageVerdict.BROKEN_MAP),
        (["\ufffd\ufffd\ufffd", "a"], Signs(), PageVerdict.BROKEN_MAP),
    ],
)
def test_pages_are_judged_by_their_signs(words, signs, verdict):
    assert judge(PageWords(1, 500, 700, texts=words), signs)[0] is verdict


@given(st.lists(st.sampled_from(["a", "b", "c"])), st.lists(st.sampled_from(["a", "b", "c"])))
def test_agreement_is_a_share_and_full_with_oneself(words, others):
    assert 0 <= agreement(words, others) <= 1
    assert agreement(words, words) == 1


def test_the_reading_of_the_engine_that_could_read_the_page_is_kept():
    broken = PageReading(PageWords(1, 500, 700, texts=["\ufffd"]), [], PageVerdict.BROKEN_MAP)
    whole = PageReading(PageWords(1, 500, 700, texts=["register"]), [])

    assert settle(broken, whole) is whole
    assert settle(whole, broken) is whole
    assert whole.quality == 0


def test_words_above_the_page_are_left_out_and_lines_that_run_off_at_the_side_kept():
    from impact.extract.pdf.words import PageWords, drop_unseen

    boxes = [(10.0, 10.0, 40.0, 20.0), (10.0, -60.0, 40.0, -50.0), (590.0, 700.0, 640.0, 710.0)]
    words = PageWords(1, 595.0, 842.0, ["seen", "above", "beside"], array("q", [0, 5, 11]), boxes)

    drop_unseen(words)

    assert (words.texts, list(words.origins)) == (["seen", "beside"], [0, 11])
    assert len(words.boxes) == 2
