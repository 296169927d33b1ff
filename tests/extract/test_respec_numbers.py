"""Numbers of sections of ReSpec sources, as ReSpec gives them."""

import pytest

from impact.extract.markup import html
from impact.extract.options import Options
from impact.records import BlockKind

SCRIPT = "<script>var respecConfig = { specStatus: 'ED' };</script>"


def headings(body: str, script: str = SCRIPT) -> list[tuple[int, str, str]]:
    page = f"<html><head><title>Parcels</title>{script}</head><body>{body}</body></html>"
    document = html.read(page.encode(), "a.html", Options())
    return [
        (block.level, block.number, document.quote(block.span))
        for block in document.blocks
        if block.kind is BlockKind.HEADING
    ]


def test_a_conformance_section_gets_the_heading_and_number_of_the_published_page() -> None:
    assert headings(
        "<section><h2>Aims</h2></section>"
        "<section id=conformance><p>Two parts.</p><section><h2>Profiles</h2></section></section>"
        "<section><h2>Steps</h2></section>"
    ) == [(2, "1", "Aims"), (2, "2", "Conformance"), (3, "2.1", "Profiles"), (2, "3", "Steps")]


def test_abstract_and_status_get_the_headings_of_the_published_page() -> None:
    assert headings(
        "<section id=abstract><p>Birds carry parcels.</p></section><section id=sotd><p>A draft.</p></section>"
        "<section id=toc></section><section><h2>Aims</h2></section>"
    ) == [(2, "", "Abstract"), (2, "", "Status of This Document"), (2, "1", "Aims")]


def test_a_conformance_section_with_a_heading_of_its_own_keeps_it() -> None:
    body = "<section id=conformance><h2>Conformance of readers</h2></section>"

    assert headings(body) == [(2, "1", "Conformance of readers")]


def test_a_heading_without_a_section_counts_as_one() -> None:
    assert headings(
        "<section id=abstract><h2>Abstract</h2></section><h2>Introduction</h2><ol><li>Be fast.</li></ol>"
        "<section><h2>Scope</h2><h3>Limits</h3></section>"
    ) == [(2, "", "Abstract"), (2, "1", "Introduction"), (2, "2", "Scope"), (3, "2.1", "Limits")]


def test_all_sections_behind_the_first_appendix_have_letters() -> None:
    assert [number for _, number, _ in headings(
        "<section><h2>Aims</h2></section><section class=appendix><h2>Thanks</h2><section><h3>Readers</h3></section>"
        "</section><section><h2>Changes</h2></section>"
    )] == ["1", "A", "A.1", "B"]  # fmt: skip


def test_a_section_that_the_contents_leave_out_has_no_number() -> None:
    body = "<section class=notoc><h2>Remarks</h2></section><section><h2>Aims</h2></section>"

    assert headings(body) == [(2, "", "Remarks"), (2, "1", "Aims")]


def test_no_number_is_given_behind_a_section_that_is_in_another_file() -> None:
    assert headings(
        "<section><h2>Aims</h2></section><section data-include='terms.html'></section>"
        "<section><h2>Steps</h2><section><h3>First</h3></section></section>"
    ) == [(2, "1", "Aims"), (2, "", "Steps"), (3, "", "First")]


@pytest.mark.parametrize(
    ("script", "title"),
    [("<script>var respecConfig = { noTOC: true };</script>", "Aims"), (SCRIPT, "<bdi class='secno'>7. </bdi>Aims")],
    ids=["wants none", "saved with them"],
)
def test_a_page_that_wants_no_numbers_or_has_them_gets_none(script: str, title: str) -> None:
    assert [number for _, number, _ in headings(f"<section><h2>{title}</h2></section>", script)] == [""]
