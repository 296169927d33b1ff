"""HTML pages."""

from contextlib import suppress
from time import process_time

import pytest

from impact import extract
from impact.errors import UnreadableError
from impact.extract import readers
from impact.extract.markup import html
from impact.extract.options import Options
from impact.records import BlockKind


def read(body: str):
    return html.read(
        f"<!DOCTYPE html><html><head><title>T</title></head><body>{body}</body></html>".encode(), "a.html", Options()
    )


def told(body: str) -> list[tuple[str, int, str, str]]:
    document = read(body)
    return [(block.kind.value, block.level, block.number, document.quote(block.span)) for block in document.blocks]


@pytest.mark.parametrize(
    "unseen",
    [
        "<script>x</script>", "<style>x</style>", "<nav>x</nav>", "<!-- x -->", "<p hidden>x</p>",
        "<div style='display:none'>x</div>", "<template>x</template>", "<a class='pilcrow'>x</a>",
        "<svg><text>x</text></svg>",
    ],
)  # fmt: skip
def test_what_a_reader_does_not_see_is_left_out(unseen):
    assert read(f"<p>seen</p>{unseen}").text == "seen"


def test_white_space_is_single_and_elements_in_a_word_do_not_part_it():
    assert read("<p>One\n\n  two<b>three</b> <i> four </i>.</p>").text == "One twothree four ."


def test_the_text_behind_a_dropped_element_is_kept():
    assert read("<p>one<script>x</script> two</p>").text == "one two"


@pytest.mark.parametrize(
    ("attributes", "numbers"),
    [("", ["1.", "2."]), ("start=4", ["4.", "5."]), ("type=a", ["a.", "b."]), ("type=I", ["I.", "II."])],
)
def test_ordered_items_have_the_number_that_a_browser_shows(attributes, numbers):
    assert [number for _, _, number, _ in told(f"<ol {attributes}><li>a<li>b</ol>")] == numbers


def test_the_second_paragraph_of_an_item_is_no_item():
    assert [kind for kind, *_ in told("<ul><li><p>a</p><p>b</p></li></ul>")] == ["item", "paragraph"]


def test_rows_have_cells_and_tables_are_counted():
    document = read("<table><tr><td>a<td><p>b</p><p>c</p></table><table><tr><td>d<td>e</table>")

    cells = [[cell.of(document.text) for cell in block.cells] for block in document.blocks]
    assert cells == [["a", "b c"], ["d", "e"]]
    assert [block.table for block in document.blocks] == [0, 1]


def test_a_table_of_contents_is_contents():
    assert [kind for kind, *_ in told("<h2>A</h2><div id='toc'><ul><li><a href='#a'>A</a></ul></div>")] == [
        "heading",
        "contents",
    ]


def test_a_section_number_in_the_text_stays_in_it():
    assert told('<h2><span class="secno">3.1 </span>Lists</h2>') == [("heading", 2, "", "3.1 Lists")]


def test_preformatted_text_keeps_its_lines():
    assert read("<pre>\na\n  b</pre>").text == "a\n  b"


@pytest.mark.parametrize(
    "element", ["<div class='mermaid'>", "<p class='figure plantuml'>", "<pre class='diagram mermaid'>"]
)
def test_a_drawing_in_words_is_code(element):
    drawing = "\nflowchart TD\n  A[The clerk] --> B[The harbor]\n"
    page = f"<p>Before.</p>{element}{drawing}</{element[1:].split()[0]}><p>After.</p>"

    assert [kind for kind, *_ in told(page)] == ["paragraph", "code", "paragraph"]


def test_a_note_is_a_note():
    assert [kind for kind, *_ in told("<div class='note'><p>a</p></div><aside>b</aside>")] == ["note", "note"]


def test_meta_elements_become_properties():
    head = "<title> A\n title</title><meta name='DC.Creator' content='Anna'><meta name='author' content='Ben'>"
    page = f"<html><head>{head}</head><p>x"

    document = html.read(page.encode(), "a.html", Options())

    assert document.property("title") == "A title"
    assert document.property("authors") == "Anna; Ben"


@pytest.mark.parametrize("encoding", ["cp1251", "gb18030", "utf-16", "utf-8"])
def test_the_charset_that_the_page_names_holds(encoding):
    page = f"<meta charset='{encoding}'><p>{'Порт' if encoding != 'gb18030' else '港口'}</p>"

    assert html.read(page.encode(encoding), "a.html", Options()).text in ("Порт", "港口")


def test_a_page_that_only_a_program_fills_is_refused_with_a_hint():
    with pytest.raises(UnreadableError) as caught:
        read("<div id=app></div><script>go()</script>")

    assert caught.value.hint


def test_elements_nested_too_deep_are_told():
    document = read("<p>a</p>" + "<div>" * 5_000 + "b")

    assert "not read" in document.warnings[0]


def test_fragments_tell_their_text_node():
    document = read("<p>a<b>b</b></p><script>x</script><p>c</p>")

    assert list(document.layout.origins) == [0, 1, 3]


def test_markdown_in_a_respec_source_is_read_as_markdown():
    script = "<script>var respecConfig = { format: 'markdown', specStatus: 'ED' };</script>"
    page = f"<html><head>{script}</head><body>\n# One\n\n* a **b**\n"

    document = html.read(page.encode(), "a.html", Options())

    assert [(block.kind, document.quote(block.span)) for block in document.blocks] == [
        (BlockKind.HEADING, "One"), (BlockKind.ITEM, "a b"),
    ]  # fmt: skip


def test_state_and_date_of_a_published_page_are_kept_out_of_its_text(tmp_path):
    file = tmp_path / "birds.html"
    file.write_text(
        '<html><head><title>Birds</title></head><body><div class="head"><h1>Birds</h1><p id="w3c-state">'
        '<a href="x">W3C Candidate Recommendation Draft</a> <time>05 July 2023</time></p></div>'
        "<h2>1 Scope</h2><p>The birds shall carry what they are given.</p></body></html>",
        encoding="utf-8",
    )

    document = extract.read(file, jailed=False)

    assert (document.property("status"), document.property("date")) == (
        "Candidate Recommendation Draft",
        "05 July 2023",
    )
    assert "2023" not in document.text


PROSE = "<p>The operator shall keep records for a year.</p>"


@pytest.mark.parametrize(
    "page",
    [
        f"<!DOCTYPE html><html><head><title>T</title><section><h1>Records</h1>{PROSE}</section></html>",
        f"<!DOCTYPE html><title>T</title><h1>Records</h1>{PROSE}",
        f"<title>T</title><article><h1>Records</h1>{PROSE}</article>",
        f"<html><head><title>T</title><main><h1>Records</h1></head>{PROSE}</main>",
        f"<html><head><title>T</title></head><h1>Records</h1><body>{PROSE}</body></html>",
        f"<html><head><title>T</title></head><body><h1>Records</h1></body></html>{PROSE}",
        f"<html><head><title>T</title></head><body><h1>Records</h1></body><body class='more'>{PROSE}</body></html>",
    ],
)
def test_a_page_is_read_wherever_its_body_is(page):
    document = html.read(page.encode(), "a.html", Options())

    assert document.text == "Records\n\nThe operator shall keep records for a year."
    assert dict(document.properties)["title"] == "T"


def test_a_respec_source_with_its_configuration_elsewhere_is_one():
    page = (
        "<title>Serial lines</title><script src='https://www.w3.org/Tools/respec/respec-w3c' async></script>"
        "<section id=abstract>About {{Navigator}} lines.</section>"
        "<section><h1>Scope</h1><p>See [[RFC2119]].</p><section><h1>Aims</h1></section><h3>Notes</h3></section>"
    )
    document = html.read(page.encode(), "a.html", Options())

    assert [(block.level, block.number, document.quote(block.span)) for block in document.blocks] == [
        (2, "", "Abstract"),
        (0, "", "About Navigator lines."),
        (2, "1", "Scope"),
        (0, "", "See [RFC2119]."),
        (3, "1.1", "Aims"),
        (3, "1.2", "Notes"),
    ]


HOSTILE = {
    "attributes": lambda size: "<p {}>x".format(" ".join(f"a{number}" for number in range(size))),
    "attributes with angle brackets": lambda size: "<p {}>x".format(
        " ".join(f"a{number}='>'" for number in range(size))
    ),
    "nested elements": lambda size: f"x{'<div>' * size}",
    "nested tables": lambda size: f"{'<table><tr><td>x' * size}",
    "formatting that is never closed": lambda size: "<b><p>x" * size,
    "lists that are never closed": lambda size: "<ul><li>x" * size,
    "entities": lambda size: "&amp;&bogus;&#x41;" * size,
    "an entity without end": lambda size: f"&{'a' * size}",
    "angle brackets": lambda size: "<" * size,
    "quotes without end": lambda size: "<p a=\"<p b='" * size,
    "comments without end": lambda size: "x<!--" * size,
    "configurations": lambda size: f"<script>{'respecConfig = {editors: [' * size}</script>x",
    "metadata blocks": lambda size: "<pre class=metadata " * size,
    "classes": lambda size: f"<div class='{'toc-' * size}'>x",
    "shorthand": lambda size: f"<script>respecConfig = 1</script>{'[[[{{|a' * size}",
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_large_hostile_page_takes_seconds_and_not_hours(case):
    begun = process_time()
    _try(f"<!DOCTYPE html><title>T</title><body>{HOSTILE[case](50_000)}")

    assert process_time() - begun < 10  # what is by the square of the length takes minutes


@pytest.mark.parametrize("case", HOSTILE)
def test_twice_the_page_is_at_most_about_twice_the_work(case, steps):
    half, whole = (
        steps(lambda size=size: _try(f"<!DOCTYPE html><title>T</title><body>{HOSTILE[case](size)}"))
        for size in (2_000, 4_000)
    )

    assert whole < 2.5 * half


def test_of_an_element_with_very_many_attributes_the_first_are_read_and_the_page_says_so():
    attributes = " ".join(f"a{number}=''" for number in range(40_000))
    document = read(f"<p>One</p><p {attributes}>Two</p>")

    assert document.text == "One\n\nTwo"
    assert document.warnings == ("Only the first 1000 attributes of an element were read.",)


def test_a_page_nested_too_deep_for_any_text_is_refused_for_that():
    with pytest.raises(UnreadableError, match="nests its elements more than 2,000 deep"):
        read(f"{'<div>' * 5_000}x")


def _try(page: str) -> None:
    with suppress(UnreadableError):
        readers.read(page.encode(), "a.html", Options())
