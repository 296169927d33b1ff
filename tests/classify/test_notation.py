"""The notation of cues."""

import pytest

from impact.classify.library import Cue
from impact.classify.matching import find
from impact.classify.notation import Forms, compile_pattern, forms, spellings

WORDS = {"person": frozenset({"user", "users", "subscriber"})}
IRREGULAR = {"hold": frozenset({"held"})}


def matches(line: str, text: str) -> list[str]:
    pattern = compile_pattern(line, Forms(WORDS, IRREGULAR))
    cue = Cue("label", "label/1", (pattern,), 0.8, frozenset(), context=False, matches=(), misses=())
    return [match.place.of(text) for match in find(text, [(cue, pattern)])]


@pytest.mark.parametrize(
    ("line", "text", "expected"),
    [
        ("block~ access", "It blocked access.", ["blocked access"]),
        ("hold~ data", "They held data.", ["held data"]),
        ("verif~ it", "The verification it needs", ["verification it"]),
        ("authorise~ ... @person", "It authorizes each new user.", ["authorizes each new user"]),
        ("real-name", "a real name and a real-name", ["real name", "real-name"]),
        ("the? user", "ask the user", ["user"]),
        ("=SUPI|IMSI", "the supi, the SUPI", ["SUPI"]),
        ("block ...1 access", "block all user access", []),
        ("block ... access", "block it. Access is free", []),
        ("birth-date", "field birth_date", ["birth_date"]),
    ],
)
def test_a_pattern_matches_as_written(line: str, text: str, expected: list[str]) -> None:
    assert matches(line, text) == expected


@pytest.mark.parametrize("line", ["", "... end", "start ...", "only?", "@nobody", "a||b", "real-name|alias"])
def test_a_pattern_that_makes_no_sense_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        compile_pattern(line, Forms(WORDS, IRREGULAR))


def test_inflections_cover_the_regular_ones() -> None:
    assert {"identify", "identifies", "identified", "identifying"} <= forms("identify", {})


def test_both_spellings_are_known() -> None:
    assert spellings("authorised") == {"authorised", "authorized"}
    assert spellings("behaviour") == {"behaviour", "behavior"}
