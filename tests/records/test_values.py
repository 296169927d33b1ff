"""Values refuse nonsense at birth and point at what they say."""

import json
from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.records import (
    Block,
    Box,
    Clause,
    ClauseKind,
    Document,
    Finding,
    Layout,
    Level,
    Page,
    Severity,
    Span,
    Strength,
    merged,
)


def document(text: str, *blocks: Block) -> Document:
    return Document("0" * 64, "made.txt", "text", "none", text, blocks, (Page(1),))


def test_a_span_cannot_run_backwards() -> None:
    with pytest.raises(ValueError, match="5:3"):
        Span(5, 3)


def test_a_box_cannot_be_inside_out() -> None:
    with pytest.raises(ValueError, match="inside out"):
        Box(1, 10, 0, 5, 1)


def test_blocks_cannot_overlap() -> None:
    with pytest.raises(ValueError, match="overlaps"):
        document("some words", Block(Span(0, 6)), Block(Span(5, 8)))


def test_bars_between_the_cells_of_a_table_are_no_words() -> None:
    assert document("Port | Purpose of the port | a|b").words == 6


def test_a_finding_needs_evidence() -> None:
    with pytest.raises(ValueError, match="evidence"):
        Finding("1", "c", "shut-off", 0.9, doubtful=False, by=("cues",), evidence=(), strength=Strength.MUST)


def test_a_severity_stays_between_one_and_five() -> None:
    with pytest.raises(ValueError, match="from 1 to 5"):
        Severity(6, 1, 1, Level.HIGH, "because")


def test_a_level_that_a_doubtful_safeguard_would_give_is_lower():
    with pytest.raises(ValueError, match="no lower level"):
        Severity(3, 3, 1, Level.MEDIUM, "because", Level.HIGH)


def test_a_clause_cannot_be_empty() -> None:
    with pytest.raises(ValueError, match="not empty"):
        Clause("1", "1", (), ClauseKind.STATEMENT, 1, Span(4, 4))


def test_contents_and_references_are_not_assessed() -> None:
    kinds = [ClauseKind.CONTENTS, ClauseKind.REFERENCE, ClauseKind.REQUIREMENT]

    assert [Clause("1", "1", (), kind, 1, Span(0, 4)).assessed for kind in kinds] == [False, False, True]


def test_levels_rank_from_none_to_high() -> None:
    levels = [Level.NONE, Level.LOW, Level.MEDIUM, Level.HIGH]
    assert sorted(Level) == levels
    assert sorted(levels, key=lambda level: -level) == levels[::-1]
    assert max(levels) is Level.HIGH
    assert Level.LOW < Level.MEDIUM <= Level.MEDIUM < "high"
    assert Level.HIGH > Level.MEDIUM >= Level.MEDIUM > "low"
    assert Level.MEDIUM > "low"
    assert f"{Level.HIGH} {json.dumps(Level.LOW)}" == 'high "low"'


def words_on_lines(widths: list[int], per_line: int) -> tuple[str, Layout]:
    starts, ends, boxes = array("q"), array("q"), array("f")
    at = 0
    for number, width in enumerate(widths):
        line, column = divmod(number, per_line)
        starts.append(at)
        ends.append(at + width)
        boxes.extend((column * 50.0, line * 20.0, column * 50.0 + 40.0, line * 20.0 + 10.0))
        at += width + 1
    text = " ".join("w" * width for width in widths)
    return text, Layout(starts, ends, array("q", [1] * len(widths)), array("q", range(len(widths))), boxes)


@given(st.lists(st.integers(1, 9), min_size=1, max_size=40), st.integers(1, 7), st.data())
def test_the_boxes_of_a_span_cover_each_of_its_words(widths: list[int], per_line: int, data: st.DataObject) -> None:
    text, layout = words_on_lines(widths, per_line)
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))

    boxes = layout.boxes_of(span)

    for index in layout.fragments(span):
        x0, y0, x1, y1 = layout.boxes[4 * index : 4 * index + 4]
        assert any(box.x0 <= x0 and box.y0 <= y0 and x1 <= box.x1 and y1 <= box.y1 for box in boxes)
    assert len(boxes) <= len(widths) // per_line + 2


def test_a_layout_knows_page_and_origin_of_an_offset() -> None:
    layout = Layout(array("q", [0, 6]), array("q", [5, 9]), array("q", [1, 2]), array("q", [0, 70]))

    assert (layout.page(3), layout.page(7), layout.origin(7)) == (1, 2, 70)


def test_spans_that_overlap_or_lie_within_the_gap_are_made_one() -> None:
    spans = [Span(9, 12), Span(0, 3), Span(2, 5), Span(6, 8)]

    assert merged(spans) == (Span(0, 5), Span(6, 8), Span(9, 12))
    assert merged(spans, gap=1) == (Span(0, 12),)
