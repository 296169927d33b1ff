"""MediaWiki markup: what a reader of the page sees, and where it stands in the source."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from impact.errors import UnreadableError
from impact.extract.detect import content_kind
from impact.extract.mediawiki import mediawiki
from impact.extract.options import Options
from impact.records import Document
from tests.made.fragments import misplaced_fragments

WIKI = "<pre>\n  LIP: 3\n</pre>\n\n==Lamps==\nThe keeper '''MUST''' clean it.\n\n==Oil==\n* a\n* [[b]]\n"


def read(source: str) -> Document:
    return mediawiki.read(source.encode(), "a.mediawiki", Options())


@pytest.mark.parametrize(
    ("source", "seen"),
    [
        ("'''a''', ''b'', '''''c''''' and it's", "a, b, c and it's"),
        ("[[a]], [[a|b]], [[#c]], [[:d]] and [[e|]]", "a, b, c, d and e"),
        ("[https://example.org a b], [https://example.org/c] and [0]", "a b, https://example.org/c and [0]"),
        ("a [[File:b.png|thumb|The [[c]]]]d __NOTOC__", "a d"),
        ("{{note|a ''b''|lang=en}} and {{stub}}c", "a b and c"),
        ("<nowiki>[[a]]</nowiki> and 2<sup>32</sup> &lt;", "[[a]] and 2^32 <"),
    ],
)
def test_running_text_is_what_a_reader_sees(source: str, seen: str) -> None:
    assert read(source).text == seen


def test_a_pre_element_that_is_no_header_is_code() -> None:
    document = read("<pre>\nburn --all\n</pre>\nThen wait.\n")

    assert [block.kind.value for block in document.blocks] == ["code", "paragraph"]
    assert document.properties == ()


@pytest.mark.parametrize("source", ["<pre>\nburn", "{| \n| a", "'''a", "<ref>a", "[[a", "{{a"])
def test_what_is_never_closed_loses_no_words(source: str) -> None:
    assert re.search("a|burn", read(source).text)


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="ab '[]{}|=*#:;!<>/-+&\nr", max_size=150))
def test_every_fragment_is_what_the_source_has_at_its_origin(source: str) -> None:
    try:
        document = read(source)
    except UnreadableError:
        return

    assert misplaced_fragments(document, source) == []


@pytest.mark.parametrize("name", ["lamps.mediawiki", "lamps.wiki", "lamps.txt", "lamps"])
def test_a_wiki_is_recognized_by_its_marks(name: str) -> None:
    assert content_kind.kind(WIKI.encode(), name) == "mediawiki"


def test_rules_around_titles_of_plain_text_make_no_wiki() -> None:
    source = "=====\nLamps\n=====\n\n* a\n* b\n\n===== =====\nName  Use\n===== =====\n"

    assert content_kind.kind(source.encode(), "lamps.txt") == "text"
