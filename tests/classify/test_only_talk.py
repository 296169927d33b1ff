"""What the cues take for mere talk is no finding, whatever words and vectors say."""

from impact.classify.cues import Signal
from impact.classify.evidence import _telling
from impact.classify.features import View
from impact.records import Span


def test_a_label_of_which_the_cues_find_nothing_but_talk_is_not_proposed() -> None:
    signal = Signal(proposes=0.0, touches=0.8, evidence=(), touched=())

    assert View(0, "words", "", {"redress": signal}).only_talks("redress")


def test_a_label_that_a_cue_says_is_proposed_is_left_to_the_heads() -> None:
    signal = Signal(proposes=0.3, touches=0.8, evidence=(), touched=())

    assert not View(0, "words", "", {"redress": signal}).only_talks("redress")
    assert not View(0, "words", "", {}).only_talks("redress")


def test_function_words_and_numbers_tell_nothing() -> None:
    terms = ("of the", "24", "shall", "see clause", "the subscriber", "gate, subscriber")

    assert [_telling(term, Span(0, len(term))) for term in terms] == [None, None, None, None, Span(4, 14), None]
