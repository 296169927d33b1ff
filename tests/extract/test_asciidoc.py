"""AsciiDoc: what a reader of the published page sees, and where it stands in the source."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from impact.errors import UnreadableError
from impact.extract.asciidoc import asciidoc
from impact.extract.detect import content_kind
from impact.extract.options import Options
from impact.records import Span
from tests.made.fragments import misplaced_fragments


def read(source: str):
    return asciidoc.read(source.encode(), "a.adoc", Options())


def blocks(source: str) -> list[tuple[str, str]]:
    document = read(source)
    return [(block.kind.value, document.quote(block.span)) for block in document.blocks]


def numbers(source: str) -> list[str]:
    return [block.number for block in read(source).blocks if block.kind.value == "heading"]


@pytest.mark.parametrize(
    ("source", "seen"),
    [
        ("*a*, **b**c, _d_, __e__f, `g` and ``h``i", "a, bc, d, ef, g and hi"),
        ("a * b * c, snake_case_name and 2 _ 3", "a * b * c, snake_case_name and 2 _ 3"),
        ("`*MUST*` and `+*MAY*+`", "MUST and *MAY*"),
        (r"\*a* and \{b} and \<<c>>", "*a* and {b} and <<c>>"),
        ("+{a}+ and ++*b*++ and +++<u>c</u>+++ and pass:[d]", "{a} and *b* and c and d"),
        ("[.role]#a# and #b#", "a and b"),
        ("https://example.org[a *b*^] and https://example.org/c", "a b and https://example.org/c"),
        ('link:a.html["b, c",window=_blank] and mailto:d@example.org[e]', "b, c and e"),
        ("xref:a.adoc#b[c] and <<d,e>> and <<f>> and xref:g.adoc[]", "c and e and [f] and g.adoc"),
        ("a image:b.png[c] icon:d[] (((e, f))) g ((h))", "a g h"),
        ("afootnote:[b [c\\] d] e", "a e"),
        ("a +\nb &amp; c{nbsp}d", "a b & c d"),
        ("[[a]]b [#c]#d# [[[e]]] [[[f, G 1]]]", "b d [e] [G 1]"),
        ("{{term}} and {{term,terms}}", "term and terms"),
        ("{unknown} and {unknown}[words]", "{unknown} and words"),
    ],
)
def test_marks_go_and_words_stay(source: str, seen: str) -> None:
    assert read(source).text.split("\n\n")[0] == seen


@pytest.mark.parametrize(
    ("source", "kinds"),
    [
        ("= A\n\n== B\n\nC\n-\n", ["heading", "heading", "paragraph"]),
        ("Lamp\n====\n\nOil rules\n---------\n", ["heading", "heading"]),
        ("* a\n** b\n- c\n\n1. d\n<1> e", ["item"] * 5),
        ("a:: b\nc::\n  d\n\ne:: f", ["item", "paragraph"] * 3),
        ("----\na\n----\n....\nb\n....\n```js\nc\n```", ["code"] * 3),
        ("[plantuml]\n--\na -> b\n--\n\n[source]\nc\nd", ["code", "code"]),
        ("====\na\n====\n\n****\nb\n****\n\nTIP: c\n\nd", ["note"] * 3 + ["paragraph"]),
        ("[requirement]\n====\na\n====", ["paragraph"]),
        (".A\n|===\n|b |c\n\n|d |e\n|===\n\n.F\nimage::g.png[]", ["caption", "row", "row", "caption"]),
        ("////\na\n////\n// b\nc\n\n[comment]\n--\nd\n--", ["paragraph"]),
        ('[.specitem,id="a"]\n[[b]]\nc', ["paragraph"]),
        ("a\n\n'''\n\n<<<\n\ntoc::[]\n\nb", ["paragraph"] * 2),
    ],
)
def test_constructs_give_blocks(source: str, kinds: list[str]) -> None:
    assert [kind for kind, _ in blocks(source)] == kinds


def test_lines_that_go_on_are_one_paragraph_and_a_comment_does_not_end_it() -> None:
    assert blocks("The lamp\n// of the keeper\nis lit.") == [("paragraph", "The lamp is lit.")]


def test_cells_fill_the_columns_that_the_table_states() -> None:
    document = read('[cols="2*,1"]\n|===\n|a\n|b\n|c is\nlong\n.2+|d\n2+|e\n|f |g\n|===')

    rows = [[cell.of(document.text) for cell in block.cells] for block in document.blocks]
    assert rows == [["a", "b", "c is long"], ["d", "e"], ["f", "g"]]


def test_columns_without_a_width_count() -> None:
    document = read('[cols=",,"]\n|===\n|a\n|b |c\n|===')

    assert [document.quote(block.span).split("\t") for block in document.blocks] == [["a", "b", "c"]]


def test_a_repeated_cell_stands_as_often_as_it_says() -> None:
    document = read("|===\n|a |b |c\n3*|d\n|===")

    assert [document.quote(block.span).split("\t") for block in document.blocks] == [["a", "b", "c"], ["d", "d", "d"]]


def test_values_parted_by_commas_are_cells() -> None:
    document = read(',===\nlamp,"oil, cold"\n,===')

    assert [cell.of(document.text) for cell in document.blocks[0].cells] == ["lamp", "oil, cold"]


def test_a_footnote_is_a_note_of_its_own_behind_its_text() -> None:
    assert blocks("It burns.footnote:[At _night_.] Always.") == [
        ("paragraph", "It burns. Always."),
        ("note", "At night."),
    ]


def test_sections_are_numbered_where_the_source_asks_for_it() -> None:
    source = (
        "= T\n:sectnums:\n\n== A\n\n=== B\n\n[discrete]\n=== C\n\n:sectnums!:\n\n== D\n\n[appendix]\n== E\n\n=== F\n"
    )

    assert numbers(source) == ["", "1", "1.1", "", "", "A", "A.1"]


def test_sections_without_the_attribute_have_no_number() -> None:
    assert numbers("= T\n\n== A\n\n== B\n") == ["", "", ""]


def test_metanorma_numbers_sections_but_not_what_comes_before_the_scope() -> None:
    source = (
        "= T\n:mn-document-class: itu\n\n[abstract]\n== Summary\n\n== Introduction\n\n== Scope\n\n"
        "[bibliography]\n== References\n\n[bibliography]\n== Bibliography\n"
    )

    assert numbers(source) == ["", "", "", "1", "2", ""]


def test_behind_an_included_file_sections_have_no_number() -> None:
    assert numbers("= T\n:sectnums:\n\n== A\n\ninclude::b.adoc[]\n\n== C\n") == ["", "1", ""]


def test_an_included_file_in_a_listing_leaves_numbers_as_they_are() -> None:
    assert numbers("= T\n:sectnums:\n\n== A\n\n----\ninclude::b.js[]\n----\n\n== C\n") == ["", "1", "2"]


@pytest.mark.parametrize("reference", ["<<oil>>", "<<_oil_and_fat>>", "<<Oil and fat>>", "xref:a.adoc#oil[]"])
def test_a_reference_without_words_shows_the_title(reference: str) -> None:
    assert blocks(f"See {reference}.\n\n[#oil]\n== Oil and fat\n")[0] == ("paragraph", "See Oil and fat.")


def test_a_reference_to_a_table_shows_its_title() -> None:
    assert blocks("See <<kinds>>.\n\n[[kinds]]\n.Kinds of oil\n|===\n|a\n|===")[0] == ("paragraph", "See Kinds of oil.")


def test_values_of_attributes_are_set_in_the_text() -> None:
    source = ":keeper: the *keeper* \\\nof lamps\n\nAsk {keeper}.\n\n[NOTE]\n{keeper}"

    assert read(source).text == "Ask the keeper of lamps.\n\nthe keeper of lamps"


def test_an_attribute_that_names_itself_ends() -> None:
    assert "{a}" in read(":a: b {a}\n\n{a}").text


def test_what_a_condition_hides_is_left_out_and_told() -> None:
    document = read(":web:\n\nifdef::print[]\nPaper.\n\nInk.\nendif::[]\nifdef::web[]\nScreen.\nendif::web[]")

    assert document.text == "Screen."
    assert document.warnings == (
        "2 lines were not read, because the source includes them only in other versions of the document.",
    )


def test_the_head_states_authors_revision_and_facts() -> None:
    document = read("= Lamps\nAnna Berg <a@example.org>; Ole Vik\nv2.1, 2024-05-02\n:docnumber: L.7\n\nText.")

    assert dict(document.properties) == {
        "title": "Lamps", "authors": "Anna Berg; Ole Vik", "revision": "2.1", "date": "2024-05-02", "number": "L.7",
    }  # fmt: skip
    assert document.text == "Lamps\n\nText."


@pytest.mark.parametrize(
    ("head", "number"),
    [(":docnumber: L.7\n:mn-document-class: itu\n:bureau: T\n", "ITU-T L.7"), (":docnumber: 333\n", None)],
)
def test_the_number_is_as_it_is_cited(head: str, number: str | None) -> None:
    assert dict(read(f"= Lamps\n{head}\nText.").properties).get("number") == number


def test_places_of_marked_words_are_those_of_the_source() -> None:
    source = "= T\n\n// note\n* *MUST* see xref:a.adoc[Parcel]\nand `fly`\n\n|===\n|a |_Berth_\nin port\n|==="
    document = read(source)

    for word in ("MUST", "Parcel", "fly", "Berth", "port"):
        at = document.text.index(word)
        (number,) = document.layout.fragments(Span(at, at + len(word)))
        origin = document.layout.origins[number] + at - document.layout.starts[number]
        assert source[origin : origin + len(word)] == word


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="ab *_`#[]{}()<>|=-.:+\n\\\"'/,^~&;1", max_size=150))
def test_every_fragment_is_what_the_source_has_at_its_origin(source: str) -> None:
    try:
        document = read(source)
    except UnreadableError:
        return

    assert misplaced_fragments(document, source) == []


ASCIIDOC = "= Lamps\n:toc:\n\n[.rule]\nThe keeper *MUST* clean it.\n\n== Oil\n\n* a\n* b\n"


@pytest.mark.parametrize("name", ["lamps.adoc", "lamps.asciidoc", "lamps.txt", "lamps"])
def test_asciidoc_is_told_by_its_marks(name: str) -> None:
    assert content_kind.kind(ASCIIDOC.encode(), name) == "asciidoc"


@pytest.mark.parametrize(
    "source",
    [
        "Lamps\n=====\n\n.. note:: Clean it\n\n:Author: Anna\n\nOil\n---\n\n* a\n* b\n",
        "== Lamps ==\n\n* a\n* b\n* c\n\n=== Oil ===\n",
        "# Lamps\n\n* a\n* b\n\n```\n== c\n```\n",
        "The sum is\n= 5 crowns\n\nand the keeper pays it.\n",
    ],
)
def test_texts_with_other_marks_are_no_asciidoc(source: str) -> None:
    assert content_kind.kind(source.encode(), "lamps.txt") != "asciidoc"


def test_marks_may_close_a_title() -> None:
    assert blocks("== Lamps ==\n\nText")[0] == ("heading", "Lamps")


def test_values_that_name_each_other_many_times_are_set_a_bounded_number_of_times() -> None:
    source = "".join(f":a{at}: {{a{at + 1}}}" + f"{{a{at + 1}}}" * 99 + "\n" for at in range(5)) + ":a5: oil\n\n{a0}\n"

    assert len(read(source).text) < 2_000_000


def test_a_condition_within_one_that_does_not_hold_shows_nothing() -> None:
    assert read("a\n\nifdef::b[]\nifndef::c[]\nd\nendif::[]\nifndef::c[e]\nendif::[]\nf").text == "a\n\nf"


HOSTILE = {
    "footnotes without end": lambda size: "a " + "footnote:[" * size,
    "attributes and links without end": lambda size: "a " + "{a}link:b[[c" * size,
    "blocks within each other": lambda size: "a\n\n" + "====\nb\n\n*****\n" * size,
    "conditions within each other": lambda size: "a\n" + "ifdef::b[]\n" * size,
    "numbering on and off": lambda size: "= T\n" + ":sectnums:\n\n== A\n\n:sectnums!:\n\n" * size,
    "cells that reach down": lambda size: '[cols="100*"]\n|===\n' + ".99+|a\n" * size + "|===\n",
}


@pytest.mark.parametrize("case", HOSTILE)
def test_twice_the_source_is_at_most_about_twice_the_work(case: str, steps) -> None:
    half, whole = (steps(lambda size=size: read(HOSTILE[case](size))) for size in (300, 600))

    assert whole < 2.5 * half
