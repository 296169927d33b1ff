"""A document survives the way through the pipe, and bytes that are no document do not."""

from array import array

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from impact.extract.codec import pack, unpack
from impact.records import (
    Block,
    BlockKind,
    Bookmark,
    Change,
    ChangeKind,
    Comment,
    Document,
    Layout,
    Page,
    PageVerdict,
    Span,
)
from impact.sandbox.parcel import Intake

NUMBERS = st.integers(-(2**40), 2**40)
FLOATS = st.floats(allow_nan=False, allow_infinity=False)
WORDS = st.text(max_size=12)
SHORT = st.floats(width=32, allow_nan=False, allow_infinity=False)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Any document: text of any characters, also lone surrogates, cut into blocks and fragments."""
    text = draw(st.text(st.characters(), max_size=60))
    edges = sorted(draw(st.lists(st.integers(0, len(text)), max_size=12)))
    spans = [Span(start, end) for start, end in zip(edges[::2], edges[1::2], strict=False)]
    anywhere = st.sampled_from([Span(0, 0), *spans])
    with_boxes = draw(st.booleans())
    return Document(
        id=draw(WORDS),
        source=draw(WORDS),
        format="pdf",
        engine=draw(WORDS),
        text=text,
        blocks=tuple(draw(_block(span)) for span in spans),
        pages=tuple(draw(st.lists(_pages(), max_size=3))),
        paged=draw(st.booleans()),
        layout=Layout(
            array("q", [span.start for span in spans]),
            array("q", [span.end for span in spans]),
            array("q", [draw(NUMBERS) for _ in spans]),
            array("q", [draw(NUMBERS) for _ in spans]),
            array("f", [draw(SHORT) for _ in range(4 * len(spans))] if with_boxes else []),
        ),
        outline=tuple(draw(st.lists(st.builds(Bookmark, NUMBERS, WORDS, NUMBERS), max_size=3))),
        changes=tuple(
            draw(st.lists(st.builds(Change, st.sampled_from(ChangeKind), anywhere, WORDS, WORDS, WORDS), max_size=3))
        ),
        comments=tuple(draw(st.lists(st.builds(Comment, anywhere, WORDS, WORDS, WORDS), max_size=3))),
        properties=tuple(draw(st.lists(st.tuples(WORDS, WORDS), max_size=3))),
        warnings=tuple(draw(st.lists(WORDS, max_size=3))),
    )


def _block(span: Span) -> st.SearchStrategy[Block]:
    middle = (span.start + span.end) // 2
    cells = st.sampled_from([(), (span,), (Span(span.start, middle), Span(middle, span.end))])
    return st.builds(
        Block,
        st.just(span),
        st.sampled_from(BlockKind),
        NUMBERS,
        WORDS,
        cells,
        NUMBERS,
        WORDS,
        FLOATS,
        st.booleans(),
        FLOATS,
    )


def _pages() -> st.SearchStrategy[Page]:
    return st.builds(Page, st.integers(1, 10**6), FLOATS, FLOATS, st.sampled_from(PageVerdict), st.floats(0, 1))


def small() -> Document:
    span = Span(0, 5)
    return Document(
        id="0" * 64,
        source="a.pdf",
        format="pdf",
        engine="pdfium",
        text="shall",
        blocks=(Block(span, cells=(span,)),),
        pages=(Page(1),),
        layout=Layout(array("q", [0]), array("q", [5]), array("q", [1]), array("q", [0]), array("f", [1, 2, 3, 4])),
        properties=(("title", "T"),),
        warnings=("Page 2 was not read.",),
    )


@given(documents())
@settings(deadline=None)
def test_a_document_comes_back_equal(document: Document) -> None:
    assert unpack(pack(document)) == document


@given(st.binary(max_size=200))
@settings(deadline=None)
def test_bytes_that_are_no_document_are_refused_with_one_kind_of_error(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        unpack(data)


@given(st.data())
@settings(deadline=None, max_examples=300)
def test_a_changed_byte_gives_a_document_or_one_kind_of_error(data: st.DataObject) -> None:
    whole = bytearray(pack(small()))
    whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        document = unpack(bytes(whole))
    except ValueError:
        return
    assert isinstance(document, Document)


@given(st.integers(0, 10_000))
@settings(deadline=None)
def test_an_answer_cut_short_is_refused(cut: int) -> None:
    whole = pack(small())
    with pytest.raises(ValueError, match=r"."):
        unpack(whole[: cut % len(whole)])


def test_an_answer_with_more_than_the_document_is_refused() -> None:
    with pytest.raises(ValueError, match="longer than expected"):
        unpack(pack(small()) + b"\0" * 16)


def test_fragments_out_of_order_are_refused() -> None:
    layout = Layout(array("q", [3, 0]), array("q", [5, 2]), array("q", [1, 1]), array("q", [0, 0]))
    document = Document("0", "a", "text", "text", "shall", (), (), layout=layout)

    with pytest.raises(ValueError, match="out of order"):
        unpack(pack(document))


def test_a_length_beyond_the_answer_is_refused_before_memory_is_taken() -> None:
    with pytest.raises(ValueError, match="longer than the answer"):
        Intake((2**62).to_bytes(8, "little") + b"x").take()


def test_a_long_document_takes_few_bytes_a_word() -> None:
    count = 20_000
    text = "shall " * count
    starts = array("q", range(0, 6 * count, 6))
    ends = array("q", range(5, 6 * count, 6))
    layout = Layout(starts, ends, array("q", [1]) * count, starts, array("f", [0.0]) * (4 * count))
    document = Document("0", "a", "pdf", "pdfium", text, (Block(Span(0, len(text))),), (Page(1),), layout=layout)

    assert len(pack(document)) < 60 * count
