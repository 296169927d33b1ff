"""What of a clause is compared."""

from hypothesis import given
from hypothesis import strategies as st

from impact.match.provisions import LONGEST, divided, provisions, tells


def test_each_sentence_of_a_clause_is_a_provision() -> None:
    clause = "The gate shall log each ship. The log shall be kept for two years. No copy leaves the port."

    assert provisions(clause) == (
        "The gate shall log each ship.",
        "The log shall be kept for two years.",
        "No copy leaves the port.",
    )


def test_a_long_sentence_is_divided_between_its_parts() -> None:
    first = "the harbor master shall " + "weigh and measure and list and " * 6 + "report each crate;"
    second = "the pilot shall " + "sound and chart and mark and " * 6 + "guide each ship."

    assert provisions(f"{first} {second}") == (first, second)


@given(st.text(alphabet="ab;,: \n", max_size=900))
def test_dividing_loses_no_word_and_leaves_none_too_long(sentence: str) -> None:
    parts = list(divided(sentence))

    assert " ".join(parts).split() == sentence.split()
    assert all(len(part.split()) <= LONGEST for part in parts)


def test_a_title_block_of_masked_names_tells_nothing() -> None:
    assert not tells("the element the element 4 Contribution 233 the element")
    assert tells("the element shall keep the record for two years")
