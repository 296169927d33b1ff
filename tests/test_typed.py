"""TOML becomes typed values, or a complaint that names file and key."""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.errors import DataError
from impact.taxonomy.values import CompoundRule
from impact.typed import EMPTY, Blank, Pattern, Place, derived, load, parse, typed


class Color(StrEnum):
    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True)
class Part:
    id: str
    least: float = 0.0

    def __post_init__(self) -> None:
        if self.least > 1:
            message = f"{self.least} is more than all"
            raise ValueError(message)


@dataclass(frozen=True)
class Everything:
    word: str = "word"
    gap: Blank = "-"
    count: int = 0
    share: float = 0.0
    sure: bool = False
    color: Color = Color.RED
    kind: Literal["a", "b", 3] = "a"
    words: frozenset[str] = frozenset()
    pair: tuple[str, int] = ("a", 1)
    lists: dict[str, tuple[str, ...]] = field(default_factory=dict)
    none: Annotated[tuple[str, ...], EMPTY] = ("filled",)
    parts: dict[str, Part] = field(default_factory=dict)
    by_color: dict[Color, str] = field(default_factory=dict)
    places: tuple[Part, ...] = ()
    pattern: Pattern = re.compile("")
    exact: re.Pattern[str] | None = None
    from_: str = ""
    anything: Any = None
    worked_out: str = derived("by the program")


def read(text: str) -> Everything:
    return parse(Everything, text.encode(), Place("all.toml"))


VALUES = {
    "text": ('word = "a"', "word", "a"),
    "text that may be empty": ('gap = ""', "gap", ""),
    "white text": ('gap = " "', "gap", " "),
    "empty text where the default is empty": ('from = ""', "from_", ""),
    "key that is a word of Python": ('from = "a"', "from_", "a"),
    "number": ("share = 0.5", "share", 0.5),
    "whole number where any number belongs": ("share = 1", "share", 1),
    "truth value": ("sure = true", "sure", True),
    "member of an enumeration": ('color = "blue"', "color", Color.BLUE),
    "one of several values": ("kind = 3", "kind", 3),
    "set": ('words = ["a", "b", "a"]', "words", frozenset("ab")),
    "pair": ('pair = ["b", 2]', "pair", ("b", 2)),
    "lists by name": ('[lists]\na = ["b"]', "lists", {"a": ("b",)}),
    "list that may be empty": ("none = []", "none", ()),
    "list that is empty as its default": ("words = []", "words", frozenset()),
    "array of tables by key": ('[[parts]]\nid = "a"\n[[parts]]\nid = "b"', "parts", {"a": Part("a"), "b": Part("b")}),
    "tables by name": ('[parts.first]\nid = "a"', "parts", {"first": Part("a")}),
    "array of tables": ('[[places]]\nid = "a"\n[[places]]\nid = "a"', "places", (Part("a"), Part("a"))),
    "keys of an enumeration": ('[by_color]\nred = "a"', "by_color", {Color.RED: "a"}),
    "anything": ("anything = [1, true, {}]", "anything", [1, True, {}]),
}


@pytest.mark.parametrize("case", VALUES)
def test_a_value_is_read_as_its_annotation_says(case):
    text, name, value = VALUES[case]
    assert getattr(read(text), name) == value


def test_a_regular_expression_has_no_regard_to_case_unless_it_is_annotated_otherwise():
    everything = read("pattern = 'ab'\nexact = 'ab'")
    assert everything.pattern.match("AB")
    assert everything.exact is not None
    assert not everything.exact.match("AB")


COMPLAINTS = {
    "not TOML": ("word = ", "", "not TOML in UTF-8"),
    "unknown key": ('color_ = "red"', "color_", "unknown key; known are word, gap"),
    "derived key": ('worked_out = "a"', "worked_out", "unknown key"),
    "missing key": ("[[parts]]\nleast = 1", "parts[0].id", "missing key"),
    "empty text": ('word = " "', "word", "the text is empty"),
    "empty list": ("[lists]\na = []", "lists.a", "the list is empty"),
    "empty text in a list": ('words = ["a", ""]', "words.1", "the text is empty"),
    "wrong length": ('pair = ["a"]', "pair", "2 entries belong here"),
    "wrong type": ('count = "1"', "count", "wrong type: str where int belongs"),
    "truth value where a number belongs": ("share = true", "share", "wrong type: bool where float belongs"),
    "number where a truth value belongs": ("sure = 1", "sure", "wrong type: int where bool belongs"),
    "wrong type in a list": ("places = [1]", "places.0", "wrong type: int where dict belongs"),
    "unknown key of a table with an id": ('[[places]]\nid = "a"\nmost = 1', "places[a].most", "unknown key"),
    "no member": ('color = "green"', "color", "'green' is none of red, blue"),
    "no member as key": ('[by_color]\ngreen = "a"', "by_color.green", "'green' is none of red, blue"),
    "none of several values": ("kind = true", "kind", "True is none of a, b, 3"),
    "broken expression": ("pattern = '('", "pattern", "not a regular expression"),
    "duplicate": ('[[parts]]\nid = "a"\n[[parts]]\nid = "a"', "parts[a].id", "duplicate"),
    "refused by its class": ('[[parts]]\nid = "a"\nleast = 2', "parts[a]", "2 is more than all"),
}


@pytest.mark.parametrize("case", COMPLAINTS)
def test_a_complaint_names_file_and_key(case):
    text, key, complaint = COMPLAINTS[case]
    with pytest.raises(DataError) as caught:
        read(text)
    assert caught.value.message.startswith(f"all.toml, key {key}: " if key else "all.toml: ")
    assert complaint in caught.value.message


def test_a_complaint_says_where_the_keys_are_described():
    with pytest.raises(DataError) as caught:
        parse(Part, b"", Place("parts.toml", hint="Read docs/parts.md"))
    assert caught.value.hint == "Read docs/parts.md"


def test_a_file_that_is_not_there_is_named():
    with pytest.raises(DataError, match=r"parts\.toml: the file cannot be read"):
        load(Part, "impact", "parts.toml")


WORDS = st.text("ab ", max_size=3)
KEYS = st.sampled_from(["id", "name", "mechanisms", "reason", "source", "other"])


@given(st.dictionaries(KEYS, st.integers(0, 9) | WORDS | st.lists(WORDS, max_size=3)))
def test_any_table_gives_a_record_or_a_complaint_that_names_the_file(table):
    try:
        rule = typed(CompoundRule, table, Place("made.toml", "compounds[0]"))
    except DataError as error:
        assert error.message.startswith("made.toml, key compounds[0].")  # noqa: PT017 - a property has no single outcome
    else:
        assert len(rule.mechanisms) == 2
        assert all(text.strip() for text in (rule.id, rule.name, rule.reason, rule.source, *rule.mechanisms))
