"""Every cue of the shipped library, by its own examples."""

import pytest

from impact.classify.library import Cue, load
from impact.classify.matching import find, words_of
from impact.taxonomy import load as load_taxonomy

LIBRARY = load()
ALL = (*LIBRARY.cues, *LIBRARY.markers, *LIBRARY.subjects)


def found_by(cue: Cue, text: str) -> bool:
    words = words_of(text)
    fit = [(cue, pattern) for pattern in cue.patterns if all(not needed.isdisjoint(words) for needed in pattern.needed)]
    return bool(find(text, fit))


@pytest.mark.parametrize("cue", ALL, ids=lambda cue: cue.name)
def test_a_cue_finds_its_examples_and_leaves_its_near_misses(cue: Cue) -> None:
    assert [text for text in cue.matches if not found_by(cue, text)] == []
    assert [text for text in cue.misses if found_by(cue, text)] == []


@pytest.mark.parametrize("cue", ALL, ids=lambda cue: cue.name)
def test_a_cue_has_an_example_and_a_near_miss(cue: Cue) -> None:
    assert cue.matches
    assert cue.misses


@pytest.mark.parametrize("cue", LIBRARY.cues, ids=lambda cue: cue.name)
def test_every_pattern_of_a_cue_is_shown_by_an_example(cue: Cue) -> None:
    idle = [pattern.line for pattern in cue.patterns if not any(find(text, [(cue, pattern)]) for text in cue.matches)]
    assert len(idle) <= len(cue.patterns) // 2, f"no example for {idle}"


def test_the_library_speaks_for_every_label_of_the_taxonomy() -> None:
    assert {cue.label for cue in LIBRARY.cues} == set(load_taxonomy().labels)
