"""The lists of words contradict neither themselves nor each other."""

from collections import Counter
from collections.abc import Collection, Iterable

import pytest

from impact.grammar.lexicon import load
from impact.grammar.voice import Sign


def twice(lists: Iterable[Collection[str]]) -> list[str]:
    counts = Counter(word for words in lists for word in words)
    return sorted(word for word, count in counts.items() if count > 1)


def test_a_noun_has_one_role_and_one_kind() -> None:
    lexicon = load()

    assert twice(lexicon.parties.values()) == []
    assert twice(lexicon.matters.values()) == []


def test_a_word_makes_one_frame_in_a_form() -> None:
    frames = load().frame.values()

    assert [twice(frame.words for frame in frames if frame.form == form) for form in ("active", "passive")] == [[], []]
    assert twice(frame.words for frame in frames if frame.form == "adjective") == []


def test_words_stand_in_small_letters() -> None:
    lexicon = load()
    lists = [*lexicon.parties.values(), *lexicon.matters.values(), *(frame.words for frame in lexicon.frame.values())]

    assert [word for words in lists for word in words if word != word.lower()] == []


def test_a_sign_that_asks_for_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="asks for nothing"):
        Sign("empty", 1.0)
