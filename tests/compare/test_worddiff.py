"""The words shown as gone and come."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from impact.compare.worddiff import Op, word_diff


def shown(old, new):
    return [(run.op.value, run.text) for run in word_diff(old, new)]


def test_a_replaced_word_is_gone_and_come():
    assert shown("The gateway may count.", "The gateway shall count.") == [
        ("equal", "The gateway "),
        ("delete", "may "),
        ("insert", "shall "),
        ("equal", "count."),
    ]


def test_the_space_before_words_that_are_gone_goes_with_them():
    assert shown("within 30 days.", "within.") == [("equal", "within"), ("delete", " 30 days"), ("equal", ".")]


def test_equal_texts_have_one_run():
    assert shown("The same words.", "The same words.") == [("equal", "The same words.")]


def test_a_lone_shared_word_between_wide_changes_counts_as_changed():
    runs = shown("one two three of four five six", "red green blue of black white gray")

    assert [op for op, _ in runs] == ["delete", "insert"]


def test_texts_too_long_to_weigh_are_shown_whole():
    old, new = "a " * 6000, "b " * 6000

    assert [op for op, _ in shown(old, new)] == ["delete", "insert"]


TEXT = st.text(alphabet="ab cd.-\n港\N{RIGHT SINGLE QUOTATION MARK}'", max_size=40)


@given(TEXT, TEXT)
@settings(max_examples=150, deadline=None)
def test_the_new_text_is_what_is_not_gone(old, new):
    assert "".join(run.text for run in word_diff(old, new) if run.op is not Op.DELETE) == new


@given(TEXT, TEXT)
@settings(max_examples=150, deadline=None)
def test_the_old_words_are_what_has_not_come(old, new):
    from impact.compare.wording import key_of

    left = "".join(run.text for run in word_diff(old, new) if run.op is not Op.INSERT)

    assert key_of(left).replace(" ", "") == key_of(old).replace(" ", "")


@pytest.mark.parametrize("text", ["", " ", "\n"])
def test_a_text_without_words_can_be_compared(text):
    assert "".join(run.text for run in word_diff(text, "words") if run.op is not Op.DELETE) == "words"
