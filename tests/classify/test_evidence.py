"""Where no cue says it, the words that raise a label most are its evidence."""

import numpy as np

from impact.classify.evidence import MOST, carried, completed
from impact.classify.heads import SIGNALS, Cuts, Heads
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
        "outputs": np.zeros((2, 2, 2), np.float32),
        **{way: np.ones(len(signals) + 2, np.float32) for way, signals in SIGNALS.items()},
    }
    return Heads(
        ("shut-off", "redress"),
        terms,
        Terms({}, np.zeros(0, np.float32)),
        arrays,
        {"fast": Cuts(), "model": Cuts()},
        "0" * 64,
    )


def quoted(
    weights: dict[str, tuple[float, float]], column: int = 0, sentences: tuple[int, ...] = (0,), piece: str = PIECE
) -> list[str]:
    """Return the quotes for a clause with sentences that begin after so many characters."""
    text, span = BEFORE + piece, Span(len(BEFORE), len(BEFORE) + len(piece))
    ends = (*sentences[1:], len(piece)) if sentences else ()
    cut = tuple(Span(span.start + one, span.start + two) for one, two in zip(sentences, ends, strict=True))
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
    words = ("boats", "oil", "moored", "harbor", "may", "them")

    assert quoted(dict.fromkeys(words, (1.0, 0.0))) == ["oil", "Boats are moored", "harbor"]
    assert MOST == 4


def test_words_that_a_word_or_two_keep_apart_are_marked_as_one_phrase() -> None:
    assert quoted({"lamp": (1, 0), "oil": (1, 0)}) == ["lamp burns oil"]


def test_two_things_that_as_well_as_keeps_apart_are_marked_as_two() -> None:
    assert quoted({"lamp": (1, 0), "oil": (1, 0)}, piece="The lamp as well as oil is dear.") == ["lamp", "oil"]


def test_word_that_tells_nothing_by_itself_is_marked_with_others_alone() -> None:
    weights = {"data": (9.0, 0.0), "personal": (1.0, 0.0), "personal data": (9.0, 0.0)}

    assert quoted(weights, piece="The data of the lamp.") == ["The data of the lamp."]
    assert quoted(weights, piece="The lamp has personal data.") == ["personal data"]


def test_words_by_which_cues_tell_the_label_go_before_heavier_ones() -> None:
    piece = "The harbor master may have the lamp suspended."

    assert quoted({"lamp": (5, 0), "suspended": (1, 0)}, piece=piece) == ["suspended"]


def test_a_word_that_comes_twice_is_quoted_where_it_comes_first() -> None:
    text = "A lamp, a boat, a lamp."
    clause = Clause("p1", "", (), ClauseKind.STATEMENT, 1, Span(0, len(text)))

    assert carried(text, clause, 0, heads({"lamp": (1, 0)})) == (Span(2, 6),)


def test_the_first_sentence_is_quoted_where_no_word_raises_the_label() -> None:
    assert quoted({"lamp": (-1, 0), "absent": (5, 0)}, sentences=(0, 19)) == ["The lamp burns oil."]


def test_the_clause_is_quoted_where_it_has_no_sentences_either() -> None:
    assert quoted({"absent": (5, 0)}, sentences=()) == [PIECE]


def test_only_words_of_the_sentence_in_which_they_add_most_are_quoted() -> None:
    weights = {"moored": (2, 0), "harbor": (2, 0), "lamp": (3, 0)}

    assert quoted(weights, sentences=(0, 19)) == ["moored", "harbor"]


def test_a_name_of_several_words_in_capitals_is_quoted_whole() -> None:
    piece = "The Harbor Register Office keeps in its vault each Boat Card of the mayor."

    assert quoted({"register": (1, 0), "card": (1, 0)}, piece=piece) == ["Harbor Register Office", "Boat Card"]


def test_a_type_of_a_notation_is_no_evidence() -> None:
    piece = "lamp OCTET STRING OPTIONAL"

    assert quoted({"octet": (3, 0), "optional": (3, 0), "lamp": (3, 0)}, piece=piece) == ["lamp"]


def test_a_name_that_evidence_breaks_off_is_completed() -> None:
    text = "It goes to the Harbor Office, and & to others."

    assert completed(text, (Span(8, 21), Span(34, 35))) == (Span(8, 28), Span(34, 35))


def test_a_not_before_evidence_is_marked_with_it() -> None:
    text = "The address shall not change for years."

    assert completed(text, (Span(22, 28),)) == (Span(12, 28),)
