"""Words and word pairs as rows: weighed as scikit-learn weighs them, each with its place."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer

from impact.classify.terms import Terms, learn, occurrences

WORDS = st.sampled_from(
    ["lamp", "Lamp", "quay", "tide", "x", "größe", "été", "r2", "end_of", "—", "it's", "\n", "(net)."]
)
TEXTS = st.lists(st.lists(WORDS, max_size=12).map(" ".join), min_size=1, max_size=6)
TEXT = "Lamps on the quay.  The quay\nhas no lamps."


@given(TEXTS, TEXTS, st.integers(1, 2))
def test_rows_are_those_of_scikit_learn(texts: list[str], others: list[str], least: int) -> None:
    terms = learn(texts, least, 1000)
    if not terms.numbers:
        assert all(len(terms.row(text)[0]) == 0 for text in texts)
        return
    vectorizer = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=least).fit(texts)

    assert terms.numbers == vectorizer.vocabulary_
    for text in (*texts, *others):
        row = np.zeros(len(terms.numbers))
        columns, values = terms.row(text)
        row[columns] = values
        assert row == pytest.approx(vectorizer.transform([text]).toarray()[0], abs=1e-5)


@given(TEXTS)
def test_a_row_has_ascending_columns_and_length_one_or_is_empty(texts: list[str]) -> None:
    terms = learn(texts, 1, 1000)

    for text in texts:
        columns, values = terms.row(text)
        assert (np.diff(columns) > 0).all()
        assert len(values) == 0 or np.linalg.norm(values) == pytest.approx(1, abs=1e-5)


def test_a_word_that_comes_more_often_weighs_by_the_logarithm() -> None:
    terms = Terms({"lamp": 0, "tide": 1}, np.ones(2, np.float32))

    _, (lamp, tide) = terms.row("lamp of lamp of lamp of tide")

    assert lamp / tide == pytest.approx(1 + np.log(3), rel=1e-5)


def test_words_that_are_not_in_the_vocabulary_are_left_out() -> None:
    terms = Terms({"lamp": 0, "tide": 1}, np.ones(2, np.float32))

    columns, values = terms.row("An unknown tide")

    assert (columns.tolist(), values.tolist()) == ([1], [1.0])


def test_a_text_without_known_words_has_an_empty_row() -> None:
    columns, values = Terms({"lamp": 0}, np.ones(1, np.float32)).row("? a")

    assert (len(columns), len(values)) == (0, 0)


@given(st.text(max_size=60))
def test_the_place_of_a_term_quotes_it(text: str) -> None:
    for term, place in occurrences(text):
        assert " ".join(occurrence for occurrence, _ in occurrences(place.of(text)) if " " not in occurrence) == term


def test_words_come_before_pairs_and_pairs_reach_over_blanks() -> None:
    found = occurrences(TEXT)

    assert [term for term, _ in found[:8]] == ["lamps", "on", "the", "quay", "the", "quay", "has", "no"]
    assert [place.of(TEXT) for term, place in found if term == "quay has"] == ["quay\nhas"]


def test_only_terms_of_enough_texts_are_learned() -> None:
    assert set(learn(["lamp tide", "lamp quay", "lamp lamp"], 2, 10).numbers) == {"lamp"}


def test_the_most_frequent_terms_are_kept_and_among_equals_the_first() -> None:
    terms = learn(["tide", "lamp", "quay", "tide"], 1, 2)

    assert terms.numbers == {"lamp": 0, "tide": 1}


@given(TEXTS)
def test_the_order_of_texts_does_not_matter(texts: list[str]) -> None:
    one, other = learn(texts, 1, 5), learn(texts[::-1], 1, 5)

    assert list(one.numbers.items()) == list(other.numbers.items())
    assert np.array_equal(one.rarity, other.rarity)


def test_a_rarity_for_each_term_is_needed() -> None:
    with pytest.raises(ValueError, match="1 terms, but the rarity of 2"):
        Terms({"lamp": 0}, np.ones(2, np.float32))
