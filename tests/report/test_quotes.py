"""Quotes that were cut: they begin where a sentence does, and the words that they are for stand in them."""

import re

import pytest

from impact.records import Span
from impact.report.quotes.quote import SLACK, Piece, pieces, unlisted

FILL = "The road runs along the river and past the mill until it comes to the harbor wall. " * 4
SAID = "The keeper of the lamp stores each name that is called out over the water. "


def _cut(text, words, limit):
    at = text.index(words)
    return pieces(text, Span(0, len(text)), [Span(at, at + len(words))], limit)


def test_cut_quote_begins_with_the_sentence_of_its_words():
    shown = _cut(FILL + SAID + FILL, "stores each name", 260)

    assert shown[0].gap
    assert shown[1].text.startswith("The ")


@pytest.mark.parametrize("limit", [90, 150, 260, 420])
def test_short_quote_still_holds_the_words_that_it_is_for(limit):
    shown = _cut(FILL.replace(".", ",") + SAID + FILL, "stores each name", limit)

    assert "stores each name" in [one.text for one in shown if one.marked]


def test_quote_of_a_text_without_sentences_begins_at_a_word():
    shown = _cut("mill road " * 60 + "stores each name " + "mill road " * 60, "stores each name", 260)

    assert shown[1].text.startswith(("mill ", "road "))


def test_cut_quote_begins_with_words_that_begin_a_sentence_themselves():
    shown = _cut(FILL + SAID + FILL, "The keeper of the lamp", 90)

    assert shown[1].text == "The keeper of the lamp"
    assert shown[1].marked


def test_cut_quote_ends_with_a_sentence_where_one_ends_near():
    shown = _cut(SAID + FILL, "stores each name", 200)

    assert shown[-1].gap
    assert shown[-2].text.endswith("harbor wall.")


def test_abbreviation_ends_no_sentence():
    text = (
        "The keeper of the lamp stores each name in the book, e.g. Names of boats, of crews and of all who wait. "
        + FILL
    )
    shown = _cut(text, "stores each name", 90)

    assert not shown[-2].text.endswith("e.g.")


def test_quote_that_would_lose_its_last_few_words_keeps_them():
    text = FILL + "The keeper of the lamp stores each name that is called out over the water in the dark of night."
    shown = _cut(text, "called out over", 100)

    assert shown[-1].text.endswith("night.")


def test_quote_of_a_long_sentence_begins_at_its_beginning_where_there_is_room():
    text = FILL + "The keeper of the lamp at the end of the long pier of the old harbor also stores each name. " + FILL
    shown = _cut(text, "stores each name", 150)

    assert shown[1].text.startswith("The keeper")


def test_quote_without_a_sentence_near_begins_after_a_pause():
    shown = _cut("road mill " * 40 + "and road, then mill road stores each name " + "mill road " * 60, "stores", 200)

    assert shown[1].text.startswith("then mill")


def test_cut_quote_ends_with_no_small_word():
    text = "The keeper stores each name and goes on when at the mill and to the wall of the " + "harbor " * 60
    ends = {_cut(text, "stores each name", limit)[-2].text.split()[-1] for limit in range(60, 110)}

    assert ends.isdisjoint({"and", "to", "the", "of", "on", "when", "at"})


def _cut_at(text, words, limit):
    marks = [Span(text.index(word), text.index(word) + len(word)) for word in words]
    return pieces(text, Span(0, len(text)), marks, limit)


def _resumed(shown):
    """Return the first words of each part of a quote that comes after a gap inside of it."""
    return [shown[at + 1].text for at in range(1, len(shown) - 1) if shown[at].gap]


TWO = ("stores each name", "reads each name")
LIMITS = range(90, 420, 10)


def test_cut_quote_does_not_end_within_a_name_with_of():
    text = (
        "The mole is kept in its form as lock and gate and is held at Grade of Care High by all who row in the harbor"
    )
    limit = text.index(" of Care") + 1

    runs = pieces(text, Span(0, len(text)), (), limit)

    assert [run.text for run in runs] == [text[: text.index(" at Grade")], "[\u2026]"]


def test_cut_quote_does_not_end_within_the_last_words_of_a_mark():
    text = f"The keeper stores each name {'and each lamp ' * 12}and all is held at grade five {'of the harbor ' * 40}"

    runs = _cut_at(text, ["stores each name", "held at grade five"], text.index(" five"))

    assert [run.text for run in runs if run.marked] == ["stores each name", "held at grade five"]


def test_no_gap_stands_between_two_sentences_that_follow_each_other():
    first = "The keeper stores each name" + " of each boat" * 13 + ". "
    second = "The mate in the long watch reads each name aloud. "
    cuts = [_cut_at(first + second + FILL, TWO, limit) for limit in LIMITS]

    for shown in cuts:
        whole = "".join(one.text if not one.gap else "|" for one in shown)
        assert not re.search(r"boat\.\s*\|", whole.rstrip("|"))


def test_few_words_between_two_parts_of_a_quote_are_no_gap():
    roads = "".join(f" road {number}" for number in range(100, 125))
    text = f"The keeper stores each name, and{roads} the mate reads each name aloud. {FILL * 2}"
    cuts = ["".join("|" if one.gap else one.text for one in _cut_at(text, TWO, limit)) for limit in LIMITS]

    for shown in cuts:
        first, gap, second = shown.strip("|").partition("|")
        assert not gap or text.index(second) - len(first) > SLACK


def test_later_part_of_a_quote_begins_with_its_sentence():
    second = "The mate must, at each change of the watch" + " and of the crew" * 6 + ", and reads each name aloud. "
    cuts = [_resumed(_cut_at(SAID + FILL * 2 + second + FILL, TWO, limit)) for limit in LIMITS]

    assert any(cuts)
    assert all(one.startswith("The ") for found in cuts for one in found)


@pytest.mark.parametrize("joint", [",", ";", ", and", " and", "; or", " and/or"])
def test_item_that_stands_alone_loses_what_joins_it_to_the_next_one(joint):
    runs = (Piece("read each "), Piece(f"letter{joint}", marked=True))

    assert unlisted(runs) == (Piece("read each "), Piece("letter", marked=True))


def test_item_that_ends_with_a_gap_is_left_as_it_is():
    runs = (Piece("read each letter,"), Piece("[\u2026]", gap=True))

    assert unlisted(runs) == runs


def test_sentence_is_quoted_to_its_end_where_that_takes_no_more_than_half_as_much_again():
    said = (
        "The keeper of the lamp stores each name that is called out over the water and each sign that is shown "
        "from the tower of the old harbor before the ships go out to the sea in the morning and in the evening "
        "of the day. "
    )

    shown = "".join(one.text for one in _cut(said + FILL, "stores each name", 160))
    shorter = "".join(one.text for one in _cut(said + FILL, "stores each name", 100))

    assert "evening of the day." in shown
    assert "evening" not in shorter


@pytest.mark.parametrize("before", ["In a harbor, and only there, ", "'Harbor' means that, in all, "])
def test_few_words_at_the_beginning_of_a_sentence_are_not_cut(before):
    text = f"{FILL}{before}the keeper of the lamp, who is {'old and ' * 6}grey, stores each name in a book. {FILL}"

    shown = _cut(text, "stores each name", 150)

    assert shown[1].text.startswith(before)


def test_quote_does_not_end_within_an_open_bracket():
    text = f"The keeper stores each name that is called out over the water and each [Harbor Law of the old sea, {FILL}]"

    shown = _cut(text, "stores each name", 80)

    assert "[" not in "".join(one.text for one in shown if not one.gap)


def test_quote_goes_on_to_the_end_of_a_bracket_that_is_near():
    far = "out over the water and over the land in each and any weather that the harbor has seen"
    text = f"The keeper stores each name called {far} (by voice or horn, as it may be) and so on and on, {FILL}"

    shown = _cut(text, "stores each name", 140)

    assert shown[-2].text.endswith("as it may be)")


@pytest.mark.parametrize(("lead", "leans"), [("This", True), ("The lamp", False)])
def test_sentence_that_leans_on_the_one_before_it_is_quoted_with_it(lead, leans):
    text = f"{FILL}The lamp was given. {lead} stores each name that is called. {FILL}"

    shown = "".join(one.text for one in _cut(text, "stores each name that is called", 60) if not one.gap)

    assert shown.startswith("The lamp was given") is leans


def test_span_of_which_little_would_be_left_out_is_quoted_whole():
    text = f"{SAID}{SAID}{SAID}The end is near."

    assert not any(one.gap for one in _cut(text, "stores each name", len(text) - 30))


def test_quote_goes_on_over_the_words_that_tell_which_thing_is_meant():
    text = (
        f"The keeper stores each name {'and each sign ' * 11}that is called out at night, and so on "
        f"{'and on ' * 40}until the morning."
    )

    shown = _cut(text, "stores each name", 220)

    assert shown[-2].text.endswith("that is called out at night")


def test_quote_without_a_sentence_or_a_pause_near_begins_with_a_word_that_joins():
    text = f"The keeper {'and then the guest ' * 30}of the old harbor stores each name {'and each sign ' * 30}"

    shown = _cut(text, "stores each name", 90)

    assert shown[1].text.split()[0] in {"and", "of"}


CODE = (
    "Lamp ::= SEQUENCE {  height  [0] INTEGER,\n  light  [1] Light OPTIONAL }\n"
    "Guest ::= CHOICE {  name  [0] UTF8String,\n  number  [1] INTEGER,\n"
    "  -- the number is given if the name of the guest was not called\n  -- by the keeper of the lamp\n}\n"
    "Boat ::= SEQUENCE {  length  [0] INTEGER, ... }  Crew ::= SEQUENCE {  size  [0] INTEGER,\n  names  [1] Names }\n"
)


@pytest.mark.parametrize(
    ("words", "limit", "first", "last"),
    [
        ("number is given", 230, "Guest ::= CHOICE", "}"),
        ("number is given", 60, "-- the number is given", "by the keeper of the lamp"),
        ("size", 45, "Crew ::= SEQUENCE", "INTEGER,"),
    ],
)
def test_code_is_cut_between_lines_and_definitions_alone(words, limit, first, last):
    shown = "".join(one.text for one in _cut(CODE, words, limit) if not one.gap)

    assert shown.startswith(first)
    assert shown.endswith(last)


@pytest.mark.parametrize(
    ("words", "first"), [("length", "Boat ::="), ("size", "Crew ::="), ("by the keeper", "  -- by the keeper")]
)
def test_code_is_quoted_from_the_definition_on_in_which_marked_words_stand(words, first):
    text = CODE[CODE.index("  -- by the keeper") :]

    shown = _cut(text, words, 1000)

    assert "".join(one.text for one in shown if not one.gap).startswith(first)


def test_code_is_quoted_from_the_first_definition_on_that_has_a_mark_though_its_beginning_has_one_too():
    text = CODE[CODE.index("  -- by the keeper") :]
    marks = [Span(at, at + 6) for at in (text.index("keeper"), text.index("length"))]

    shown = pieces(text, Span(0, len(text)), marks, 1000)

    assert "".join(one.text for one in shown if not one.gap).startswith("Boat ::=")


def test_marks_in_two_definitions_of_code_have_a_gap_between_them():
    spans = [Span(at, at + 6) for at in (CODE.index("height"), CODE.index("length"))]

    shown = pieces(CODE, Span(0, len(CODE)), spans, 180)

    assert [one.text for one in shown if one.marked] == ["height", "length"]
    assert sum(one.gap for one in shown) == 2
    assert any(one.text.startswith("Boat ::=") for one in shown)


@pytest.mark.parametrize("limit", [172, 176])
def test_quote_that_ends_within_a_mark_for_want_of_room_ends_with_no_small_word(limit):
    text = (
        "The keeper of the lamp calls out over the water and over the land in each of the nights and days of the year, "
        f"and for the law of the harbor a call means that a guestbook of the harbor has a name in it, {FILL}"
    )
    marks = [
        Span(text.index(words), text.index(words) + len(words)) for words in ("keeper of", "guestbook of the harbor")
    ]

    shown = "".join(piece.text for piece in pieces(text, Span(0, len(text)), marks, limit)[:-1])

    assert shown.split()[-1] not in {"a", "of", "that", "the"}
