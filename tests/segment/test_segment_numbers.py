import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.segment.chains import NumberedBlock, heaviest_chain, running_numbers
from impact.segment.numbers import Addresses, Lists, Style, bare, follows, read_label, roman, slug


@pytest.mark.parametrize(
    ("text", "written", "style"),
    [
        ("7.2.1 The node", "7.2.1", Style.DOTTED),
        ("4.2.1a Attach", "4.2.1a", Style.DOTTED),
        ("A.1.1 General", "A.1.1", Style.DOTTED),
        ("II.3 Use case", "II.3", Style.DOTTED),
        ("1bis.2 Texts", "1bis.2", Style.DOTTED),
        ("4.2.  Blocking", "4.2", Style.DOTTED),
        ("8.4-bis. The buoy", "8.4-bis", Style.DOTTED),
        ("§ 6 (8) The clerk", "6(8)", Style.DOTTED),
        ("Article 5(2) The clerk", "5(2)", Style.DOTTED),
        ("Annex B (informative) Use cases", "Annex B", Style.NAMED),
        ("Appendix II \u2013 Scenarios", "Appendix II", Style.NAMED),
        ("b) keep it", "b)", Style.ALPHA),
        ("(b) keep it", "(b)", Style.ALPHA),
        ("ii) keep it", "ii)", Style.ROMAN),
        ("6) keep it", "6)", Style.DECIMAL),
        ("12. The Council", "12.", Style.DECIMAL),
        ("44A. The Council", "44A.", Style.DECIMAL),
        ("7 Scope", "7", Style.PLAIN),
        ("REQ-001: The node shall", "REQ-001", Style.REQUIREMENT),
        ("R-12 The node shall", "R-12", Style.REQUIREMENT),
        ("Req 5. The node shall", "Req 5", Style.REQUIREMENT),
        ("[TIME-REQ-07] The node", "TIME-REQ-07", Style.REQUIREMENT),
        ("• keep it", "", Style.BULLET),
    ],
)
def test_a_number_is_read_with_its_style(text: str, written: str, style: Style) -> None:
    label = read_label(text)

    assert label is not None
    assert (label.written, label.style) == (written, style)


@pytest.mark.parametrize(
    "text", ["2019 was a year", "Annexes are kept", "The node", "IPv6 nodes", "e.g. a node", "5G nodes"]
)
def test_words_and_years_are_no_numbers(text: str) -> None:
    assert read_label(text) is None


def parts(text: str) -> tuple:
    label = read_label(text + " X")
    assert label is not None
    return label.parts


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("4.1", "4.2"),
        ("4.2", "4.2.1"),
        ("4.2.9", "4.3"),
        ("4.2.9", "5"),
        ("4.2.1", "4.2.1a"),
        ("9", "Annex A"),
        ("A.1", "A.2"),
    ],
)
def test_a_next_number_follows(before: str, after: str) -> None:
    assert follows(parts(before), parts(after))


@pytest.mark.parametrize(("before", "after"), [("4.2", "3.5"), ("4.2", "802.11"), ("4.2", "4.2"), ("4.2.1", "4.9")])
def test_a_stray_number_does_not_follow(before: str, after: str) -> None:
    assert not follows(parts(before), parts(after))


def test_lists_nest_and_tell_letters_from_roman_numerals() -> None:
    lists = Lists()
    numbers = ["a)", "b)", "i)", "ii)", "c)", "d)"]

    placed = [bare(lists.place(label)) for number in numbers if (label := read_label(number + " x"))]

    assert placed == ["a", "b", "b/i", "b/ii", "c", "d"]


def test_i_after_h_is_a_letter() -> None:
    lists = Lists()

    placed = [bare(lists.place(label)) for number in "ghij" if (label := read_label(number + ") x"))]

    assert placed == ["g", "h", "i", "j"]


@given(st.integers(1, 39))
def test_roman_numerals_are_read_back(value: int) -> None:
    tens, ones = divmod(value, 10)
    numeral = "x" * tens + ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"][ones]

    assert roman(numeral) == value


@given(st.lists(st.sampled_from(["1", "1~2", "a", "a~2", "a~3"]), max_size=30))
def test_addresses_are_never_given_twice(wanted: list[str]) -> None:
    addresses = Addresses()

    given_out = [addresses.give(one) for one in wanted]

    assert len(set(given_out)) == len(given_out)


def test_a_slug_keeps_letters_of_all_scripts() -> None:
    assert slug("Область применения: РФ") == "область-применения-рф"
    assert slug("---") == "section"


def test_the_chain_leaves_out_a_false_number() -> None:
    entries = [(parts(text), 1) for text in ("1", "1.1", "98.6", "1.2", "2", "2.1", "3")]

    assert heaviest_chain(entries) == {0, 1, 3, 4, 5, 6}


def numbered(*numbers: float | None) -> list[NumberedBlock | None]:
    """Return blocks in order: 3 has the number 3, 3.2 that number in a list within a list, None is a heading."""
    return [
        None if number is None else NumberedBlock(at, int(number), round(number % 1 * 10))
        for at, number in enumerate(numbers)
    ]


def test_numbers_that_run_on_across_headings_are_found() -> None:
    assert running_numbers(numbered(1, 2, None, 3, 4, None, 5, 6)) == {0, 1, 3, 4, 6, 7}
    assert running_numbers(numbered(1, 2, None, 1, 2, None, 1, 2)) == frozenset()


def test_numbers_of_lists_of_several_lengths_do_not_run_on() -> None:
    lists = numbered(1, 2, 3, 4, None, 1, 2, 3, 4, 5, 6, None, 1, 2, 3, 4, 5, 6, 7, 8, None, 1, 2, 3)

    assert running_numbers(lists) == frozenset()


def test_a_list_that_goes_on_behind_one_in_it_does_not_run_on() -> None:
    lists = numbered(1.1, 2.1, None, 1.1, 2.1, 1.2, 3.1, 4.1, None, 1.1, 1.2, 2.1, 3.1, 4.1, 1.2, 5.1, 6.1)

    assert running_numbers(lists) == frozenset()


def test_numbers_run_on_behind_lists_in_their_paragraphs() -> None:
    assert running_numbers(numbered(1, 2, None, 3, 1, 2, 3, 4, 4, None, 5, 6)) == {0, 1, 3, 8, 10, 11}
