"""What is undone of a text that hides words, what is left alone, and what is told."""

import tomllib
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.errors import UnreadableError
from impact.extract import readers
from impact.extract.concealed.direction import displayed
from impact.extract.concealed.document import seen
from impact.extract.options import Options
from impact.records import Block, BlockKind, Document, Page, Span


def document(*paragraphs: str, kind: BlockKind = BlockKind.PARAGRAPH) -> Document:
    blocks, start = [], 0
    for paragraph in paragraphs:
        blocks.append(Block(Span(start, start + len(paragraph)), kind))
        start += len(paragraph) + 2
    return Document("id", "a.txt", "text", "text", "\n\n".join(paragraphs), tuple(blocks), (Page(1),))


def undone(text: str) -> str:
    return seen(document(text)).text


def noted(*paragraphs: str, kind: BlockKind = BlockKind.PARAGRAPH) -> set[str]:
    return {mark.kind.value for mark in seen(document(*paragraphs, kind=kind)).concealments if mark.noted}


def html(body: str) -> Document:
    return readers.read(f"<!DOCTYPE html><title>T</title>{body}".encode(), "a.html", Options())


HONEST = {
    name: tuple(texts)
    for name, texts in tomllib.loads((Path(__file__).parent / "honest.toml").read_text("utf-8")).items()
}


@pytest.mark.parametrize("case", HONEST)
def test_honest_text_has_no_remark(case):
    assert noted(*HONEST[case]) == set()


@pytest.mark.parametrize(
    "case", ["Persian", "Hindi", "emoji", "Russian", "Greek", "Turkish", "symbols in a row", "footnote marks"]
)
def test_the_spelling_of_other_scripts_and_symbols_is_left_alone(case):
    text = "\n\n".join(HONEST[case])

    assert undone(text) == text


def test_a_clean_text_is_returned_as_it_is():
    plain = document(
        "The operator shall notify the user \u2013 \u201cat once\u201d.", "It costs 5 \u20ac in Z\u00fcrich."
    )

    assert seen(plain) is plain


def test_letters_set_apart_in_a_heading_become_words_without_a_remark():
    assert noted("T e r m s  o f  R e f e r e n c e") == set()
    assert noted("C O N T E N T S") == set()
    assert noted("p r o v i s i o n s  of the treaty and all that it says", kind=BlockKind.HEADING) == set()
    assert undone("T e r m s  o f  R e f e r e n c e") == "Terms of Reference"


def test_a_sentence_whose_letters_are_all_set_apart_is_parted_into_its_words():
    sentence = "The operator shall terminate the service of the subscriber without notice"
    spaced = f"{' '.join(sentence.replace(' ', ''))}."

    assert undone(spaced) == f"{sentence}."
    assert noted(spaced) == {"spaced"}


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("The op\u0435r\u0430tor sh\u200ball", "The operator shall"),
        ("\uff53\uff48\uff55\uff54 \u202e.eno yreve ffo\u202c", "shut off every one."),
        ("He may \u0441l\u043es\u0435 it", "He may close it"),
        ("He may \u0501\u0456\u0455\u0441\u04cf\u043e\u0455\u0435 it to the court", "He may disclose it to the court"),
        ("shall \u24e3\u24d4\u24e1\u24dc\u24d8\u24dd\u24d0\u24e3\u24d4 the line", "shall terminate the line"),
        ("in \U0001d42d\U0001d41e\U0001d42b\U0001d426s of \u1d43\u1d57\u1d57\u1d43\u1d9c\u1d4f", "in terms of attack"),
        ("shall ter\x01minate the line", "shall terminate the line"),
        ("shall t.e.r.m.i.n.a.t.e the line", "shall terminate the line"),
        ("shall \u202b ate\u200fmin\u200fter\u202c it", "shall terminate it"),
        ("shall inter\u2066cept\u2069 it", "shall intercept it"),
    ],
)  # fmt: skip
def test_words_are_read_as_they_are_seen(text, plain):
    assert " ".join(undone(text).split()) == plain


def test_soft_hyphens_in_one_paragraph_alone_are_noted():
    clause = "The oper\u00adator shall termi\u00adnate the conn\u00adection of any subs\u00adcriber."
    others = ["Another paragraph describes quays, harbors, lighthouses, gateways and registries."] * 9

    assert noted(clause, *others) == {"soft-hyphen"}
    assert noted(*[clause] * 9) == set()


def test_a_message_in_tags_is_noted_and_not_read():
    tags = "".join(chr(0xE0000 + ord(letter)) for letter in "say that all is well")

    assert undone(f"The quay is long.{tags}") == "The quay is long."
    assert noted(f"The quay is long.{tags}") == {"tag"}


def test_browsers_turn_what_markup_overrides():
    page = html(
        '<p>It shall <bdo dir="rtl">etanimret</bdo> the '
        '<i style="unicode-bidi:bidi-override;direction:rtl">enil</i>.</p>'
    )

    assert page.text == "It shall terminate the line."
    assert {mark.kind.value for mark in page.concealments if mark.noted} == {"reordered"}


def test_what_was_undone_moves_blocks_and_fragments_with_the_text():
    page = html(
        "<p>A qu\u200bay.</p><p>The o\ufb03ce shall termi\u200bnate <b>the line</b>.</p>"
        "<table><tr><td>o\ufb03ce<td>quay</table>"
    )
    cells = [page.quote(cell) for block in page.blocks for cell in block.cells]
    fragments = [page.text[start:end] for start, end in zip(page.layout.starts, page.layout.ends, strict=True)]

    assert [page.quote(block.span) for block in page.blocks] == [
        "A quay.",
        "The office shall terminate the line.",
        "office\tquay",
    ]
    assert cells == ["office", "quay"]
    assert fragments == ["A quay.", "The office shall terminate", "the line", ".", "office", "quay"]


def test_a_clause_of_a_text_file_keeps_its_place_in_the_source():
    source = "1 Scope\n\nThe qu\u200bay is long.\n\n2 Du\u200bties\n\n2.1 The operator shall termi\u200bnate the line."
    read = readers.read(source.encode(), "a.txt", Options())
    last = read.blocks[-1].span

    assert source[read.layout.origin(last.start) :] == read.verbatim(last)
    assert read.blocks[2].kind is BlockKind.HEADING


@given(st.lists(st.text("ab \u200b\u00ad\u202e\u202c\u0430\uff41\ufb01.", min_size=1), min_size=1, max_size=5))
def test_the_source_comes_back_whatever_was_undone(paragraphs):
    source = document(*paragraphs)
    read = seen(source)

    assert read.verbatim(Span(0, len(read.text))) == source.text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("ab\u202ecd\u202d12\u202c(e\u202c f", "abe)12dc f"),
        ("\u202babc\u200fdef\u202c.", "def\u200fabc."),
        ("a \u05d0\u05d1 1.2 \u05d2 b", "a \u05d2 1.2 \u05d1\u05d0 b"),
        ("\u2067abc\u2069, \u2066\u05d0\u05d1\u2069", "abc, \u05d1\u05d0"),
        ("one\n\u202eowt\neerht", "one\ntwo\neerht"),
    ],
)  # fmt: skip
def test_characters_are_shown_in_the_order_of_unicode(text, shown):
    assert displayed(text) == shown


@pytest.mark.parametrize(
    "piece", ["a\u200b", "\u202ea", "\u2067", "t ", "\u0430", "x.y", "\u00ad ", "\U000e0041", "a b c d e f "]
)  # fmt: skip
def test_the_work_is_by_the_length_of_the_text(steps, piece):
    half, whole = (steps(lambda size=size: _read(piece * size)) for size in (2_000, 4_000))

    assert whole < 2.6 * half


def _read(text: str) -> None:
    with suppress(UnreadableError):
        readers.read(text.encode(), "a.txt", Options())


def formula(text: str) -> str:
    """Return a text in bold letters made for formulas."""
    return "".join(chr(0x1D41A + ord(letter) - ord("a")) if letter.islower() else letter for letter in text)


def test_a_word_that_binds_in_letters_of_formulas_is_noted():
    assert noted(f"The operator {formula('shall')} keep the quay lit.") == {"form"}


def test_several_words_in_letters_of_formulas_are_noted():
    assert noted(f"The operator shall {formula('terminate the connection without notice')}.") == {"form"}


def test_a_variable_in_letters_of_formulas_is_not_noted():
    rate = formula("masking vector")

    assert noted(f"The share {rate} of {rate} is computed for the quay, and {rate} for the harbor.") == set()


def test_a_soft_hyphen_in_a_word_of_one_syllable_is_noted():
    assert noted("The operator sho\u00aduld keep the quay lit.") == {"soft-hyphen"}


def test_a_soft_hyphen_between_syllables_is_not_noted():
    assert noted("The operator ter\u00adminates the lease of the quay.") == set()


UNSHOWN = [
    "font-size:0", "font-size: 0px", "opacity:0", "color:#fff", "color:white;background:#ffffff", "color:transparent",
    "position:absolute;left:-9999px", "text-indent:-9999px", "clip:rect(0 0 0 0)", "color: Transparent !important",
    "color:#0000", "color:#12ab3400", "color:rgba(0,0,0,0)", "color: rgba(10, 20, 30, .0)", "color:rgb(0 0 0 / 0%)",
    "color:hsla(120, 100%, 50%, 0.0)", "color:hsl(120deg 100% 50% / 0)", "color:oklch(0.5 0.1 20 / 0)",
]  # fmt: skip
SHOWN = [
    "font-size:0.8em",
    "font-size: ;",
    "opacity:.",
    "opacity:0.5",
    "color:#fff;background:navy",
    "left:-12px",
    "color:red",
    "color:#000",
    "color:#00000080",
    "color:rgb(0,0,0)",
    "color:rgb(10, 20, 0)",
    "color:rgba(0,0,0,0.5)",
    "color:hsl(0, 0%, 0%)",
    "color:rgb(0 0 0 / 50%)",
    "background-color:rgba(0,0,0,0)",
]


@pytest.mark.parametrize("style", UNSHOWN)
def test_words_of_a_page_that_nobody_sees_are_noted(style):
    page = html(f'<p>The quay is lit.</p><p style="{style}">The operator shall not light the quay.</p>')

    marks = [(mark.kind.value, mark.noted, page.quote(mark.span)) for mark in page.concealments]
    assert marks == [("unshown", True, "The operator shall not light the quay.")]


@pytest.mark.parametrize("style", SHOWN)
def test_words_of_a_page_that_are_seen_are_not_noted(style):
    assert not html(f'<p style="{style}">The operator shall not light the quay.</p>').concealments


@pytest.mark.parametrize(
    "inside",
    [
        '<div style="font-size:0"><p style="font-size:16px">The operator shall not light the quay.</p></div>',
        '<div style="color:transparent"><p style="color:black">The operator shall not light the quay.</p></div>',
        '<table><tr style="color:white"><th style="background:navy">The operator shall not light it.</th></tr></table>',
    ],
)
def test_words_that_an_element_inside_shows_again_are_not_noted(inside):
    assert not html(f"<p>The quay is lit.</p>{inside}").concealments


def test_white_words_on_a_page_whose_backgrounds_are_not_known_are_not_noted():
    page = (
        '<style>.bar{background:navy}</style><div class="bar"><p style="color:#fff">The operator shall wait.</p></div>'
    )

    assert not html(page).concealments


WHITE = '<td><span style="color:#fff">{}</span></td>'


@pytest.mark.parametrize(
    ("first", "unseen"),
    [
        (("Name of the field", "Kind of the field"), False),
        (("The operator shall not light the quay at night.", "Kind"), True),
        (("The operator shall light the quay",), True),
    ],
)
def test_white_words_at_the_head_of_a_table_are_not_noted_where_they_are_headings_of_columns(first, unseen):
    head = "".join(WHITE.format(words) for words in first)
    page = f"<p>The quay is lit.</p><table><tr>{head}</tr><tr><td>lamp</td><td>string</td></tr></table>"

    assert bool(html(page).concealments) is unseen


def test_an_unseen_label_of_a_page_is_not_noted():
    assert not html('<p>The quay.</p><a style="position:absolute;left:-999px" href="#a">Skip</a>').concealments
