"""OpenDocument texts, as LibreOffice and others lay them."""

from collections.abc import Callable

import pytest
from opendocument import odf

from impact.errors import LimitError, UnreadableError
from impact.extract import Options
from impact.extract.detect import content_kind
from impact.extract.opendocument import odt
from impact.records import BlockKind, ChangeKind, Document

STYLES = (
    '<style:style style:name="Standard" style:family="paragraph"/>'
    '<style:style style:name="Heading_20_1" style:display-name="Heading 1" style:family="paragraph"/>'
    '<style:style style:name="Bold" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="Hidden" style:family="text"><style:text-properties text:display="none"/></style:style>'
)


def level(number: int, form: str, *, shown: int = 1, suffix: str = "") -> str:
    return (
        f'<text:list-level-style-number text:level="{number}" style:num-format="{form}" '
        f'style:num-suffix="{suffix}" text:display-levels="{shown}"/>'
    )


LEVELS = level(1, "1") + level(2, "1", shown=2) + level(3, "a", suffix=")")
LIST = f'<text:list-style style:name="L">{LEVELS}</text:list-style>'
Read = Callable[..., Document]


@pytest.fixture
def read() -> Read:
    def made(body: str, *, view: str = "accepted", **parts: str) -> Document:
        return odt.read(odf(body, styles=STYLES + LIST, **parts), "made.odt", Options(view=view))

    return made


def lines(document: Document) -> list[str]:
    return [document.quote(block.span) for block in document.blocks]


def item(*content: str, start: str = "") -> str:
    number = f' text:start-value="{start}"' if start else ""
    return f"<text:list-item{number}>{''.join(content)}</text:list-item>"


def listed(*items: str, name: str = "L", more: str = "") -> str:
    return f'<text:list text:style-name="{name}" {more}>{"".join(items)}</text:list>'


def p(text: str) -> str:
    return f"<text:p>{text}</text:p>"


def test_an_opendocument_text_is_known_by_its_type_whatever_its_name() -> None:
    assert content_kind.kind(odf(p("Text.")), "draft.zip") == "odt"


def test_white_space_is_read_as_it_is_shown(read: Read) -> None:
    assert read(p('  The\n operator<text:s text:c="2"/>shall<text:tab/>log<text:line-break/>access. ')).text == (
        "The operator  shall\tlog\naccess."
    )


def test_headings_have_the_level_of_their_outline(read: Read) -> None:
    body = '<text:h text:outline-level="2">Logs</text:h><text:p text:style-name="Heading_20_1">Scope</text:p>'
    document = read(body + p("Text."))

    assert [(block.kind, block.level) for block in document.blocks] == [
        (BlockKind.HEADING, 2),
        (BlockKind.HEADING, 1),
        (BlockKind.PARAGRAPH, 0),
    ]


def test_an_automatic_style_has_the_name_of_the_style_that_it_changes(read: Read) -> None:
    automatic = '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Heading_20_1"/>'
    document = read('<text:p text:style-name="P1">Scope</text:p>', automatic=automatic)

    assert (document.blocks[0].kind, document.blocks[0].style) == (BlockKind.HEADING, "Heading 1")


def test_numbers_of_lists_are_computed_and_a_second_paragraph_has_none(read: Read) -> None:
    inner = listed(item(p("Logs."), p("They are kept."), listed(item(p("by the operator")))), item(p("Keys.")))
    document = read(listed(item(p("Scope")), item(p("Records"), inner)))

    assert [block.number for block in document.blocks] == ["1", "2", "2.1", "", "a)", "2.2"]


def test_lists_count_for_themselves_unless_they_continue_another(read: Read) -> None:
    first = listed(item(p("One")), more='xml:id="first"')
    body = first + listed(item(p("Anew"))) + listed(item(p("Two")), more='text:continue-list="first"')
    document = read(body + listed(item(p("Three")), more='text:continue-numbering="true"'))

    assert [block.number for block in document.blocks] == ["1", "1", "2", "3"]


def test_an_item_may_say_its_number_and_a_header_has_none(read: Read) -> None:
    header = f"<text:list-header>{p('Header')}</text:list-header>"

    assert [block.number for block in read(listed(item(p("Seven"), start="7"), header, item(p("Eight")))).blocks] == [
        "7",
        "",
        "8",
    ]


def test_headings_in_no_list_have_the_numbers_of_the_outline() -> None:
    def outline(number: int, form: str, shown: int) -> str:
        attributes = f'text:level="{number}" style:num-format="{form}" text:display-levels="{shown}"'
        return f"<text:outline-level-style {attributes}/>"

    styles = f"<text:outline-style>{outline(1, '1', 1)}{outline(2, '1', 2)}{outline(3, '', 1)}</text:outline-style>"
    body = "".join(
        f'<text:h text:outline-level="{depth}">{text}</text:h>'
        for depth, text in ((1, "Scope"), (1, "Records"), (2, "Logs"), (3, "Aside"))
    )
    document = odt.read(odf(body, styles=styles), "made.odt", Options())

    assert [block.number for block in document.blocks] == ["1", "2", "2.1", ""]


def test_a_table_is_read_by_rows_with_merged_cells_once(read: Read) -> None:
    wide = (
        f'<table:table-cell table:number-columns-spanned="2">{p("Power")}</table:table-cell><table:covered-table-cell/>'
    )
    head = f"<table:table-header-rows><table:table-row>{wide}</table:table-row></table:table-header-rows>"
    cells = f"<table:table-cell>{p('Log')}</table:table-cell><table:table-cell>{p('Operator')}</table:table-cell>"
    repeated = f'<table:table-row table:number-rows-repeated="1000000">{cells}</table:table-row>'
    document = read(f"<table:table>{head}{repeated}</table:table>{p('End.')}")

    assert lines(document) == ["Power", "Log | Operator", "End."]
    assert [block.kind for block in document.blocks][:2] == [BlockKind.ROW, BlockKind.ROW]


CHANGES = (
    '<text:tracked-changes><text:changed-region text:id="i"><text:insertion><office:change-info><dc:creator>Ana'
    "</dc:creator><dc:date>2024-05-02T10:00:00</dc:date></office:change-info></text:insertion></text:changed-region>"
    '<text:changed-region text:id="d"><text:deletion><office:change-info><dc:creator>Bo</dc:creator>'
    "</office:change-info>{}</text:deletion></text:changed-region></text:tracked-changes>"
)


def test_tracked_changes_are_read_in_both_views(read: Read) -> None:
    inserted = '<text:change-start text:change-id="i"/>shall<text:change-end text:change-id="i"/>'
    body = CHANGES.format(p("may")) + p(f'The operator {inserted}<text:change text:change-id="d"/> log.')
    accepted, original = read(body), read(body, view="original")

    assert (lines(accepted), lines(original)) == (["The operator shall log."], ["The operator may log."])
    assert [(change.kind, change.text, change.author, change.date) for change in accepted.changes] == [
        (ChangeKind.INSERTED, "shall", "Ana", "2024-05-02T10:00:00"),
        (ChangeKind.DELETED, "may", "Bo", ""),
    ]


def test_deleted_paragraphs_are_in_the_original_alone(read: Read) -> None:
    body = CHANGES.format(p(" at once.") + p("A clause.") + p("The authority")) + p(
        'The operator shall log<text:change text:change-id="d"/> shall ask.'
    )

    assert lines(read(body)) == ["The operator shall log shall ask."]
    assert lines(read(body, view="original")) == [
        "The operator shall log at once.",
        "A clause.",
        "The authority shall ask.",
    ]


def test_notes_follow_their_paragraph_and_comments_are_no_text(read: Read) -> None:
    inside = f"<text:note-citation>1</text:note-citation><text:note-body>{p('Unless erased.')}</text:note-body>"
    note = f'<text:note text:note-class="footnote">{inside}</text:note>'
    comment = f"<office:annotation><dc:creator>Ana</dc:creator>{p('Why?')}</office:annotation>"
    document = read(p(f"Logs are kept{note} for{comment} a year.") + p("End."))

    assert lines(document) == ["Logs are kept for a year.", "Unless erased.", "End."]
    assert [(block.kind, block.number) for block in document.blocks][1] == (BlockKind.NOTE, "1")
    assert [(found.text, found.author) for found in document.comments] == [("Why?", "Ana")]


def test_an_index_is_the_table_of_contents(read: Read) -> None:
    index = f"<text:table-of-content><text:index-body>{p('Scope 1')}</text:index-body></text:table-of-content>"

    assert [block.kind for block in read(index + p("Text.")).blocks] == [BlockKind.CONTENTS, BlockKind.PARAGRAPH]


def test_a_text_box_follows_its_paragraph_and_a_picture_is_counted(read: Read) -> None:
    box = f"<draw:frame><draw:text-box>{p('In a box.')}</draw:text-box></draw:frame>"
    picture = "<draw:frame><draw:object/><draw:image/></draw:frame>"
    document = read(p(f"Before{box}{picture} after.") + p("End."))

    assert lines(document) == ["Before after.", "In a box.", "End."]
    assert document.warnings == ("1 picture, drawing or embedded object was not read.",)


def test_hidden_words_are_left_out_and_counted(read: Read) -> None:
    section = f'<text:section text:display="none">{p("Hidden too.")}</text:section>'
    document = read(p('Shown.<text:span text:style-name="Hidden"> Hidden.</text:span>') + section)

    assert document.text == "Shown."
    assert document.warnings == ("19 characters of hidden text were not read.",)


def test_a_sign_of_a_symbol_font_is_the_character_that_it_shows(read: Read) -> None:
    font = '<style:text-properties fo:font-family="Symbol"/>'
    automatic = f'<style:style style:name="T1" style:family="text">{font}</style:style>'

    assert read(p('a <text:span text:style-name="T1">\uf0b3</text:span> b'), automatic=automatic).text == "a ≥ b"


def test_properties_are_those_of_the_file(read: Read) -> None:
    document = read(p("Text."), meta="<dc:title>Logs</dc:title><meta:initial-creator>Ana</meta:initial-creator>")

    assert document.properties == (("title", "Logs"), ("creator", "Ana"))


def test_a_password_is_named() -> None:
    data = odf(p("Secret."), manifest='<manifest:encryption-data xmlns:manifest="m"/>')

    with pytest.raises(UnreadableError, match="protected by a password"):
        odt.read(data, "locked.odt", Options())


def test_a_file_without_a_text_is_refused() -> None:
    with pytest.raises(UnreadableError, match="no text document"):
        odt.read(odf(p("x"), kind="presentation"), "slides.odt", Options())


@pytest.mark.parametrize("broken", [b"", b"<office:document-content"])
def test_a_damaged_part_is_named(broken: bytes) -> None:
    data = odf("")[:-60] + broken

    with pytest.raises(UnreadableError):
        odt.read(data, "damaged.odt", Options())


def test_a_file_that_unpacks_to_too_much_is_a_limit() -> None:
    with pytest.raises(LimitError, match="unpack"):
        odt.read(odf(p("a" * 1_000_000)), "bomb.odt", Options())


def test_styles_in_a_circle_and_lists_without_a_style_are_read(read: Read) -> None:
    circle = "".join(
        f'<style:style style:name="{name}" style:family="{family}" style:parent-style-name="{above}"/>'
        for name, above in (("A", "B"), ("B", "A"))
        for family in ("paragraph", "text")
    )
    body = '<text:p text:style-name="A"><text:span text:style-name="A">Text.</text:span></text:p>'

    assert lines(read(body + listed(item(p("Item")), name="none"), automatic=circle)) == ["Text.", "Item"]


def test_tables_inside_of_tables_without_end_are_read(read: Read) -> None:
    body = p("Deep.")
    for _ in range(40):
        body = (
            f"<table:table><table:table-row><table:table-cell>{body}</table:table-cell></table:table-row></table:table>"
        )

    assert read(body + p("End.")).text == "Deep.\n\nEnd."


def test_a_deletion_is_read_once_however_often_it_is_referred_to(read: Read) -> None:
    body = CHANGES.format(p("gone")) + p('Kept<text:change text:change-id="d"/>' * 3)

    assert read(body, view="original").text == "KeptgoneKeptKept"
