"""Where no cue says it, the words that raise a label most are its evidence."""

import numpy as np

from impact.classify.evidence import MOST, carried
from impact.classify.heads import LIGHT, SIGNALS, Heads
from impact.classify.terms import Terms
from impact.records import Clause, ClauseKind, Span

BEFORE = "Tides rise. "
PIECE = "The lamp burns oil. Boats are moored,  and the harbor master may unmoor them."


def heads(weights: dict[str, tuple[float, float]]) -> Heads:
    """Return heads of two labels that have these weights for words, and nothing else."""
    terms = Terms({term: number for number, term in enumerate(weights)}, np.ones(len(weights), np.float32))
    arrays = {
        "terms": np.array(list(weights.values()), np.float32),
        "headings": np.zeros((0, 2), np.float32),
        "bias": np.zeros(2, np.float32),
        "prototypes": np.zeros((1, 1), np.float32),
        "shares": np.zeros((1, 2), np.float32),
        "sizes": np.ones(1, np.float32),
        "own": np.zeros(1, np.float32),
        "full": np.ones(len(SIGNALS) + 2, np.float32),
        "light": np.ones(len(LIGHT) + 2, np.float32),
    }
    return Heads(("shut-off", "redress"), terms, Terms({}, np.zeros(0, np.float32)), arrays, 0.0, 0.5, 0.5, "0" * 64)


def quoted(weights: dict[str, tuple[float, float]], column: int = 0, sentences: tuple[int, ...] = (19,)) -> list[str]:
    """Return the quotes for a clause with sentences of so many characters."""
    text, span = BEFORE + PIECE, Span(len(BEFORE), len(BEFORE) + len(PIECE))
    cut = tuple(Span(span.start, span.start + length) for length in sentences)
    clause = Clause("p1", "", (), ClauseKind.STATEMENT, 1, span, sentences=cut)
    return [place.of(text) for place in carried(text, clause, column, heads(weights))]


def test_the_words_that_raise_a_label_are_quoted_in_order() -> None:
    assert quoted({"moored": (3, 0), "lamp": (2, 0), "oil": (-9, 0)}) == ["lamp", "moored"]


def test_each_label_has_its_own_words() -> None:
    assert quoted({"moored": (3, 0), "lamp": (0, 2)}, column=1) == ["lamp"]


def test_words_side_by_side_are_one_quote() -> None:
    assert quoted({"harbor": (1, 0), "master": (1, 0), "harbor master": (1, 0)}) == ["harbor master"]


def test_words_far_lighter_than_the_heaviest_are_left_out() -> None:
    assert quoted({"moored": (3, 0), "lamp": (1, 0)}) == ["moored"]


def test_no_more_words_are_quoted_than_a_reader_takes_in() -> None:
    words = ("lamp", "oil", "moored", "harbor", "may", "them")

    assert quoted(dict.fromkeys(words, (1.0, 0.0))) == list(words[:MOST])


def test_a_word_that_comes_twice_is_quoted_where_it_comes_first() -> None:
    text = "A lamp, a boat, a lamp."
    clause = Clause("p1", "", (), ClauseKind.STATEMENT, 1, Span(0, len(text)))

    assert carried(text, clause, 0, heads({"lamp": (1, 0)})) == (Span(2, 6),)


def test_the_first_sentence_is_quoted_where_no_word_raises_the_label() -> None:
    assert quoted({"lamp": (-1, 0), "absent": (5, 0)}) == ["The lamp burns oil."]


def test_the_clause_is_quoted_where_it_has_no_sentences_either() -> None:
    assert quoted({"absent": (5, 0)}, sentences=()) == [PIECE]
