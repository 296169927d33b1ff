"""Markdown, kramdown-rfc, Bikeshed and YAML."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from impact.errors import UnreadableError
from impact.extract.markdown import markdown, openapi
from impact.extract.markdown.facts import of_bikeshed
from impact.extract.options import Options
from impact.records import BlockKind, Span
from tests.made.fragments import misplaced_fragments


def read(source: str):
    return markdown.read(source.encode(), "a.md", Options())


@pytest.mark.parametrize(
    ("source", "seen"),
    [
        ("**a** and *b* and _c_ and `d`", "a and b and c and d"),
        ("***a***b", "ab"),
        ("[a **b**](https://example.org 'c') d", "a b d"),
        ("[a][b] and [c]", "a and [c]"),
        ("![a](b.png) c", "c"),
        ("<https://example.org>", "https://example.org"),
        ("snake_case_name 2 * 3 * 4", "snake_case_name 2 * 3 * 4"),
        (r"\*a\*", "*a*"),
        (r"\*\*a\*\*", "**a**"),
        (r"It \***\*MUST\*\*** be and \***MAY*\*\* stay", "It MUST be and MAY stay"),
        (r"a \* b ** c", "a * b ** c"),
        ("**_MUST_** and _**MAY**_", "MUST and MAY"),
        ("a [[ref:Parcel]], [[Ref: Empty Crate]] and [[def:Berth, Berths]]", "a Parcel, Empty Crate and Berth"),
        ("a &amp; b &copy;", "a & b ©"),
        ("a<br>b <span class='x'>c</span>", "a b c"),
        ("a <!-- b --> c", "a c"),
        ("``a ` b``", "a ` b"),
        ("a[^1] b", "a b"),
        ("see {{?RFC9999}}", "see [RFC9999]"),
        ("see {{Section 2.1 of RFC9999}}", "see Section 2.1 of [RFC9999]"),
    ],
)
def test_marks_go_and_words_stay(source, seen):
    assert read(source).text == seen


@pytest.mark.parametrize(
    ("source", "blocks"),
    [
        ("# A #\n\nB\n--\n\nC\n===", ["heading", "heading", "heading"]),
        ("=====\nA b\n=====\n\nc", ["heading", "paragraph"]),
        ("=====\nA b\nc", ["paragraph"]),
        ("- a\n- b\n\n1. c", ["item", "item", "item"]),
        ("a\n\n    b", ["paragraph", "code"]),
        ("~~~\n# a\n~~~\nb", ["code", "paragraph"]),
        ("a | b\n--|--\nc | d\n\ne", ["row", "row", "paragraph"]),
        ("a\n: b", ["item", "paragraph"]),
        ("> a\nb", ["paragraph"]),
        ("> [!WARNING]\n> a", ["note"]),
        ("<ul><li>a<li>b</ul>", ["item", "item"]),
        ("<table><tr><td>a<td>b</table>c", ["row", "paragraph"]),
        ("a | b\n--|--\n<ul><li>c</li><li>d</li></ul> | e\n\nf", ["row", "row", "paragraph"]),
        ("```\nnever closed", ["code"]),
        ("~~~~abnf\na\n~~~\n\n# b\n\nc", ["code", "heading", "paragraph"]),
        ("~~~~\na\n~~~\nb\n~~~~\nc", ["code", "paragraph"]),
        ("> ```\n> a\n> ```\n\n# b", ["code", "heading"]),
        ("> ```\n> never closed\n\n# b", ["code", "heading"]),
        ("a\n\n```mermaid\nflowchart TD\n```\n\nb", ["paragraph", "code", "paragraph"]),
        ("<div class='mermaid'>\nflowchart TD\n\n  A --> B\n</div>\n\nb", ["code", "paragraph"]),
        ("@startuml\na -> b\n\nb -> c\n@enduml\nd", ["code", "paragraph"]),
        ("@startuml without an end", ["paragraph"]),
    ],
)
def test_constructs_give_blocks(source, blocks):
    assert [block.kind.value for block in read(source).blocks] == blocks


@pytest.mark.parametrize("attributes", ["{ #birds }", "{#birds}", "{: .no_toc}", "{:.no_toc #birds}", "{ .wide }"])
def test_attributes_are_no_part_of_a_heading(attributes):
    assert read(f"# Birds {attributes} \n\nSing.").text.split("\n\n") == ["Birds", "Sing."]


def test_a_line_above_and_below_a_title_makes_a_heading_without_lines():
    document = read("===========\nParcels {a}\n===========\n\nFly.")

    assert [document.quote(block.span) for block in document.blocks] == ["Parcels {a}", "Fly."]


def test_places_of_references_and_stressed_words_are_those_of_the_source():
    source = r"A [[ref:Parcel]] \***\*MUST\*\*** fly."
    document = read(source)

    for word in ("Parcel", "MUST", "fly"):
        at = document.text.index(word)
        (number,) = document.layout.fragments(Span(at, at + len(word)))
        origin = document.layout.origins[number] + at - document.layout.starts[number]
        assert source[origin : origin + len(word)] == word


def test_items_have_levels_and_numbers():
    document = read("1. a\n2. b\n   * c\n3. d")

    assert [(block.level, block.number) for block in document.blocks] == [(1, "1."), (1, "2."), (2, ""), (1, "3.")]


def test_an_indented_list_begins_again_behind_a_paragraph_or_heading_of_its_indent():
    document = read(
        "  <h3>A</h3>\n\n  1. a\n  2. b\n\n     more of b\n\n  3. c\n\n  <h3>B</h3>\n\n  1. d\n\n  So:\n\n  1. e\n"
    )

    assert [block.number for block in document.blocks if block.number] == ["1.", "2.", "3.", "1.", "1."]


BIKESHED = """<pre class=metadata>
Title: Lamps
</pre>

Oil
===

<h3>Kinds</h3>

Whales
------

<h2 class="no-num">A Tables</h2>

<h3>A.1 Weights</h3>

# Keepers # {#keepers}

<h4>Wages</h4>
"""


def test_sections_of_bikeshed_count_alike_as_markdown_and_as_elements_and_none_below_one_without_a_number():
    document = read(BIKESHED)

    assert [(block.level, block.number) for block in document.blocks] == [
        (2, "1"), (3, "1.1"), (3, "1.2"), (2, ""), (3, ""), (2, "2"), (4, "2.1"),
    ]  # fmt: skip


def test_toml_front_matter_of_mmark_gives_properties():
    document = read('%%%\ntitle = "Harbor"\nworkgroup = "Parcels"\n[[author]]\nfullname = "Anna"\n%%%\n\n# One')

    assert document.properties == (("title", "Harbor"), ("group", "Parcels"), ("authors", "Anna"))


def test_a_rule_at_the_top_is_no_front_matter():
    assert read("---\n\nWords: here\n").text == "Words: here"


@pytest.mark.parametrize("source", ["", "\n\n", "<!-- a -->", "---\n\n***\n"])
def test_markdown_without_words_is_refused_with_a_hint(source):
    with pytest.raises(UnreadableError) as caught:
        read(source)

    assert caught.value.hint


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="ab c*_`[]()#|->\n\\{}<>!:.1~\"'=&;", max_size=150))
def test_every_fragment_is_what_the_source_has_at_its_origin(source):
    try:
        document = read(source)
    except UnreadableError:
        return

    assert misplaced_fragments(document, source) == []


def test_yaml_without_prose_is_refused_with_a_hint():
    with pytest.raises(UnreadableError) as caught:
        openapi.read(b"a: 1\nb: [2, 3]\n", "a.yaml", Options())

    assert caught.value.hint


@pytest.mark.parametrize(
    ("value", "prose"),
    [
        ("plain words # comment", "plain words"),
        ("'quoted: words'", "quoted: words"),
        ("|\n  two\n  lines", "two lines"),
        (">-\n  folded\n  lines", "folded lines"),
        ("plain\n  goes on", "plain goes on"),
    ],
)
def test_yaml_scalars_of_every_style_are_read(value, prose):
    assert openapi.read(f"description: {value}\nother: x\n".encode(), "a.yaml", Options()).text == prose


def test_yaml_in_flow_style_is_read():
    source = (
        b'{"info": {"title": "Quay API", "description": "The caller shall sign in ink."}, "tags": [{"name": "Ink"}]}'
    )

    document = openapi.read(source, "a.yaml", Options())

    assert document.text.split("\n\n") == ["info", "Quay API", "The caller shall sign in ink."]
    assert document.properties == (("title", "Quay API"),)


def test_a_quoted_yaml_scalar_over_several_lines_is_one_paragraph():
    source = b'description: "The caller\n  shall sign\n  in ink."\n'

    assert openapi.read(source, "a.yaml", Options()).text == "The caller shall sign in ink."


def test_an_alias_in_yaml_is_not_followed():
    source = b"description: &ink The caller shall sign in ink.\nnote: *ink\n"

    assert openapi.read(source, "a.yaml", Options()).text == "The caller shall sign in ink."


def test_a_value_that_yaml_wants_quoted_is_read_all_the_same():
    source = b"title: Ink: a proposal\ndescription: The caller shall sign in ink.\n"

    document = openapi.read(source, "a.yaml", Options())

    assert document.properties == (("title", "Ink: a proposal"),)
    assert document.text.endswith("The caller shall sign in ink.")


def test_lines_that_are_no_yaml_are_counted_and_reading_goes_on_at_the_next_key():
    source = b"description: Sign in ink.\nlist:\n  - [a\n  b: c: d\nnote: The caller shall wait.\n"

    document = openapi.read(source, "a.yaml", Options())

    assert document.text.split("\n\n") == ["Sign in ink.", "The caller shall wait."]
    assert any("not valid YAML" in warning for warning in document.warnings)


def test_keyword_of_a_schema_names_no_section_but_a_property_of_that_name_does():
    source = """\
components:
  schemas:
    Role:
      properties:
        items:
          description: What the holder carries.
      allOf:
        - description: Whoever holds a post.
"""
    document = openapi.read(source.encode(), "a.yaml", Options())
    titles = [block.span.of(document.text) for block in document.blocks if block.kind is BlockKind.HEADING]

    assert titles == ["components", "schemas", "Role", "items", "Role"]


def test_a_key_of_bikeshed_whose_value_begins_on_the_next_line_has_it():
    assert of_bikeshed(["Title:", "  Lamps of", "  the quay", "Level: 1"]) == [
        ("title", "Lamps of the quay"),
        ("level", "1"),
    ]


@pytest.mark.parametrize("mark", ["!!!", "???", "???+"])
def test_an_admonition_is_a_note_with_its_title_and_what_is_indented_below(mark):
    source = f'{mark} info "Draft"\n    This text changes.\n\n    It is read by few.\n\nThe gateway shall answer.\n'

    document = markdown.read(source.encode(), "a.md", Options())

    assert [(block.kind, document.quote(block.span)) for block in document.blocks] == [
        (BlockKind.NOTE, "Draft"),
        (BlockKind.NOTE, "This text changes."),
        (BlockKind.NOTE, "It is read by few."),
        (BlockKind.PARAGRAPH, "The gateway shall answer."),
    ]


def test_an_admonition_without_title_shows_what_it_holds():
    document = markdown.read(b"!!! warning\n    This text changes.\n\nEnd.\n", "a.md", Options())

    assert [document.quote(block.span) for block in document.blocks] == ["This text changes.", "End."]


def test_front_matter_tells_editors_from_authors_wherever_their_role_stands():
    people = (
        "- role: editor\n  name: Ann Finch\n  org: Initech",
        "- name: Bo Heron\n  role: editor",
        "- name: Cy Wren\n  org: Hooli",
    )
    facts = dict(read("---\ntitle: Parcels\nauthor:\n" + "\n".join(people) + "\n---\n\nBirds fly.\n").properties)

    assert (facts["authors"], facts["editors"]) == ("Ann Finch; Bo Heron; Cy Wren", "Ann Finch; Bo Heron")
    assert facts["organizations"] == "Initech; Hooli"


def test_what_a_template_leaves_to_its_author_is_not_stated():
    author = "- name: Your Name Here\n  org: Your Organization Here\n- name: Cy Wren"

    facts = dict(read(f"---\ntitle: Parcels\nauthor:\n{author}\n---\n\nBirds fly.\n").properties)

    assert (facts["authors"], facts.get("organizations")) == ("Cy Wren", None)


CHAPTERS = """---
title: "Lamps"
date: 2024-05-02
---

Clean them.

---
title: Oil
weight: 2
---
# Oil

Fill it.

```yaml

---
title: A page
---
```
"""


def test_front_matter_of_joined_chapters_makes_headings_and_is_not_of_the_document():
    document = read(CHAPTERS)

    assert document.properties == (("chapter", "Lamps"),)
    assert [document.quote(block.span) for block in document.blocks if block.kind is BlockKind.HEADING] == [
        "Lamps",
        "Oil",
    ]
    assert "weight" not in document.text


def test_front_matter_in_code_is_of_no_chapter():
    document = read("---\ntitle: Lamps\n---\n\n```yaml\n\n---\ntitle: A page\n---\n```\n")

    assert document.properties == (("title", "Lamps"),)


def test_a_rule_above_running_text_is_no_front_matter():
    assert "Note: the lamp" in read("Text.\n\n---\nNote: the lamp\nburns well.\n---\n").text


ASKED = "".join(
    f"{number}. **May the ferry {deed}?**\n\n    No, it may not {deed}.\n\n"
    for number, deed in enumerate(("leave", "stay", "turn"), 1)
)


def test_a_question_in_bold_is_the_heading_of_its_answer():
    document = read(f"# Ferry\n\n{ASKED}")

    headings = [block for block in document.blocks if block.kind is BlockKind.HEADING]
    assert [(block.level, block.number, document.quote(block.span)) for block in headings[1:]] == [
        (2, f"{number}", f"May the ferry {deed}?") for number, deed in enumerate(("leave", "stay", "turn"), 1)
    ]


def test_lines_in_bold_are_the_titles_of_a_text_without_headings():
    document = read("**Story: find a berth**\n<br>\n\nA pilot asks.\n\n**Story: pay for it**\n\nA clerk asks.\n")

    assert [document.quote(block.span).strip() for block in document.blocks if block.kind is BlockKind.HEADING] == [
        "Story: find a berth",
        "Story: pay for it",
    ]


def test_a_title_in_several_bold_pieces_over_two_lines_is_one():
    document = read("**Berths** **for Pilots: A\nTable of Tides**\n\nA pilot asks.\n\n**STORY**\n\nA clerk asks.\n")

    headings = [document.quote(block.span) for block in document.blocks if block.kind is BlockKind.HEADING]
    assert [" ".join(heading.split()) for heading in headings] == ["Berths for Pilots: A Table of Tides", "STORY"]


def test_lines_in_bold_are_none_in_a_text_with_headings():
    document = read("# Berths\n\n**A lamp burns**\n\nIt is red.\n\n**A flag waves**\n\nIt is blue.\n")

    assert [block.kind for block in document.blocks].count(BlockKind.HEADING) == 1


def test_one_question_in_bold_is_none():
    document = read("# Ferry\n\n**May the ferry leave?**\n\nNo.\n")

    assert [block.kind for block in document.blocks][1] is BlockKind.PARAGRAPH


def test_code_in_a_quotation_is_read_without_its_marks():
    document = read("> ```\n> wait\n>   ask\n> ```\n")

    assert document.text.rstrip("\n") == "wait\n  ask"


def test_a_longer_fence_holds_shorter_ones_and_comments_whatever_ends_its_lines():
    document = read("````\r\n```\r\n<!-- Ask. -->\r\n````\r\n\r\nShips wait.\r\n")

    assert "<!-- Ask. -->" in document.quote(document.blocks[0].span)
    assert document.quote(document.blocks[-1].span) == "Ships wait."


def test_a_comment_behind_a_fence_that_a_shorter_line_closes_is_not_read():
    document = read("~~~~\nwait = 1\n~~~\n\n<!-- Ask the warden. -->\n\nShips wait.\n")

    assert document.quote(document.blocks[-1].span) == "Ships wait."
    assert "warden" not in document.text


@pytest.mark.parametrize(
    ("comment", "remarked"),
    [
        ("## Lamps\n\n" + "Boats moor here. " * 40, True),
        ("Say in this section where boats moor. " * 40, False),
        ("## Lamps\n\nBoats moor here.", False),
    ],
)
def test_sections_in_a_comment_are_remarked(comment, remarked):
    made = read(f"# Quays\n\nShips wait.\n\n<!--\n{comment}\n-->\n")

    assert bool(made.warnings) is remarked
    assert "Boats" not in made.text
