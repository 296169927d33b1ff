"""A sentence is parsed as running text, and each letter knows where it stood."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.grammar.surface import surface


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        ("- The **hub** MUST NOT wait.", "The hub must not wait."),
        ("a) The hub waits.", "The hub waits."),
        ("4.2.1 The hub waits.", "The hub waits."),
        ("NOTE 2 - The hub waits.", "The hub waits."),
        ("Waiting time: The hub waits.", "The hub waits."),
        ("The hub [HUB1] waits, see [the list](http://example.org/list).", "The hub waits, see the list."),
        ("As in [HUB1], the hub waits.", "As in HUB1, the hub waits."),
        ("The [=user agent=] asks {{Hub/wait()}}.", "The user agent asks Hub/wait()."),
        ("The field hub_wait_time is set.", "The field hub_wait_time is set."),
        ("The hub\n   waits <em>long</em>.", "The hub waits long."),
        ("Note that this means that the hub waits.", "the hub waits."),
        ("The node(s) wait.", "The node wait."),
        ("The hub may or may not wait.", "The hub may wait."),
        ('The "slow" hub waits.', "The slow hub waits."),
    ],
)
def test_marks_of_layout_are_taken_off(sentence: str, text: str) -> None:
    assert surface(sentence).text == text


@given(st.text(max_size=120))
def test_each_letter_of_the_running_text_stands_in_the_sentence(sentence: str) -> None:
    running = surface(sentence)

    assert len(running.text) == len(running.origins)
    assert list(running.origins) == sorted(set(running.origins))
    pairs = zip(running.text, running.origins, strict=True)
    assert all(letter.isspace() or letter.lower() == sentence[at].lower() for letter, at in pairs)
