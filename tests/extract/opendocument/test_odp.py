"""OpenDocument presentations."""

import pytest
from opendocument import odf

from impact.errors import UnreadableError
from impact.extract import Options
from impact.extract.detect import content_kind
from impact.extract.opendocument import odp
from impact.records import BlockKind, Document, PageVerdict

LAYOUT = (
    '<style:page-layout style:name="M"><style:page-layout-properties fo:page-width="10in" fo:page-height="5in"/>'
    "</style:page-layout>"
)
NUMBER = '<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>'
LIST = f'<text:list-style style:name="L">{NUMBER}</text:list-style>'


def frame(content: str, *, role: str = "", top: float = 1.0) -> str:
    named = f'presentation:class="{role}"' if role else ""
    place = f'svg:x="1in" svg:y="{top}in" svg:width="2in" svg:height="1in"'
    return f"<draw:frame {named} {place}><draw:text-box>{content}</draw:text-box></draw:frame>"


def p(text: str) -> str:
    return f"<text:p>{text}</text:p>"


def read(*slides: str, **limits: int) -> Document:
    body = "".join(f"<draw:page>{slide}</draw:page>" for slide in slides)
    data = odf(body, kind="presentation", styles=LAYOUT + LIST)
    assert content_kind.kind(data, "show.odp") == "odp"
    return odp.read(data, "show.odp", Options(**limits))


def lines(document: Document) -> list[str]:
    return [document.quote(block.span) for block in document.blocks]


def test_a_slide_is_read_from_its_title_to_its_notes() -> None:
    notes = f"<presentation:notes>{frame(p('Say it.'), role='notes')}{frame(p('3'), role='page')}</presentation:notes>"
    shapes = frame(p("Below."), top=3) + frame(p("Above."), top=2) + frame(p("Records"), role="title", top=4)
    document = read(shapes + frame(p("2 May"), role="date-time") + notes)

    assert lines(document) == ["Records", "Above.", "Below.", "Say it."]
    assert [block.kind for block in document.blocks] == [
        BlockKind.HEADING,
        BlockKind.PARAGRAPH,
        BlockKind.PARAGRAPH,
        BlockKind.NOTE,
    ]


def test_lists_have_their_numbers_and_tables_their_rows() -> None:
    items = "".join(f"<text:list-item>{p(text)}</text:list-item>" for text in ("Log.", "Erase."))
    row = f"<table:table-cell>{p('Power')}</table:table-cell><table:table-cell>{p('Holder')}</table:table-cell>"
    table = f"<draw:frame><table:table><table:table-row>{row}</table:table-row></table:table></draw:frame>"
    document = read(frame(f'<text:list text:style-name="L">{items}</text:list>') + table)

    found = {document.quote(block.span): (block.kind, block.number) for block in document.blocks}
    assert found["Log."] == (BlockKind.ITEM, "1.")
    assert found["Erase."] == (BlockKind.ITEM, "2.")
    assert found["Power | Holder"] == (BlockKind.ROW, "")


def test_each_slide_is_a_page_with_the_boxes_of_its_shapes() -> None:
    document = read(frame(p("One.")), "", frame(p("Three.")))

    assert [page.verdict for page in document.pages] == [PageVerdict.OK, PageVerdict.EMPTY, PageVerdict.OK]
    assert [document.page(block.span) for block in document.blocks] == [1, 3]
    assert (document.pages[0].width, document.pages[0].height) == (720.0, 360.0)
    box = document.boxes(document.blocks[0].span)[0]
    assert (box.x0, box.y0, box.x1, box.y1) == (72.0, 72.0, 216.0, 144.0)


def test_what_is_not_read_is_named() -> None:
    picture = "<draw:frame><draw:image/></draw:frame>"
    document = read(frame(p("One.")) + picture, frame(p("Two.")), max_pages=1)

    assert document.warnings == (
        "1 picture, chart or embedded object was not read.",
        "1 slide beyond the first 1 was not read.",
    )


def test_a_file_without_slides_is_refused() -> None:
    with pytest.raises(UnreadableError, match="no presentation"):
        odp.read(odf(p("x")), "text.odp", Options())
