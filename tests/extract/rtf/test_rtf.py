"""RTF files written by hand, as the programs that write them would."""

from collections.abc import Callable

import pytest

from impact.errors import LimitError, UnreadableError
from impact.extract import Options
from impact.extract.detect import content_kind
from impact.extract.rtf import rtf
from impact.records import BlockKind, ChangeKind, Document

FONTS = r"{\fonttbl{\f0\fcharset0 Times;}{\f1\fcharset2 Symbol;}{\f2\fcharset204 Times Cyr;}{\f3\fcharset128 Mincho;}}"
STYLES = r"{\stylesheet{\s0 Normal;}{\s1\outlinelevel0 heading 1;}{\*\cs9 Default;}}"
LEVELS = (
    r"{\listlevel\levelnfc0\levelstartat1{\leveltext\'01\'00;}{\levelnumbers\'01;}}"
    r"{\listlevel\levelnfc0\levelstartat1{\leveltext\'03\'00.\'01;}{\levelnumbers\'01\'03;}}"
    r"{\listlevel\levelnfc4\levelstartat1{\leveltext\'02\'02);}{\levelnumbers\'01;}}"
)
LISTS = (
    rf"{{\*\listtable{{\list{LEVELS}\listid7}}}}"
    r"{\*\listoverridetable{\listoverride\listid7\listoverridecount0\ls1}"
    r"{\listoverride\listid7\listoverridecount1{\lfolevel\listoverridestartat\levelstartat5}\ls2}}"
)
AUTHORS = r"{\*\revtbl{Unknown;}{Ana;}}"

Read = Callable[..., Document]


@pytest.fixture
def read() -> Read:
    def made(body: str, *, view: str = "accepted", **limits: int) -> Document:
        data = rf"{{\rtf1\ansi\ansicpg1252\deff0{FONTS}{STYLES}{LISTS}{AUTHORS}{body}}}".encode("latin-1")
        return rtf.read(data, "made.rtf", Options(view=view, **limits))

    return made


def lines(document: Document) -> list[str]:
    return [document.quote(block.span) for block in document.blocks]


def test_an_rtf_file_is_known_by_its_beginning() -> None:
    assert content_kind.kind(rb"{\rtf1 The operator shall log.}", "draft.doc") == "rtf"


def test_paragraphs_are_read_in_one_line_each_however_the_source_breaks_them(read: Read) -> None:
    assert lines(read("The operator\r\n shall log.\\par\r\nAccess is {\\b not} logged.")) == [
        "The operator shall log.",
        "Access is not logged.",
    ]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r"caf\'e9", "café"),
        (r"{\f2 \'c6\'f3\'f0\'ed\'e0\'eb}", "Журнал"),
        (r"{\f3 \'93\'fa\'96\'7b}", "日本"),
        (r"{\f3 \'83A}", "ア"),
        (r"{\f1 \'b7}", "•"),
        (r"\u8220\'93log\u8221\'94", "“log”"),
        (r"{\uc0\u8220 log\u8221}", "“log”"),
        (r"{\uc2\u26085\'93\'fa\u26412\'96\'7b}", "日本"),
        (r"\u-10179?\u-8704?", "😀"),
        (r"{\upr{caf?}{\*\ud{caf\u233?}}}", "café"),
        (r"a\tab b\line c\emdash d\_e\-f\~g", "a\tb\nc—d-ef g"),
        (r"\{a\}\\", r"{a}\ ".strip()),
    ],
)
def test_characters_are_those_that_the_font_and_the_code_page_mean(read: Read, source: str, text: str) -> None:
    assert read(source).text == text


def test_numbers_are_computed_from_the_lists_of_the_file(read: Read) -> None:
    body = "".join(
        rf"\pard{{\listtext stale\tab}}\ls1\ilvl{level} {text}\par "
        for level, text in ((0, "Scope"), (0, "Records"), (1, "Logs."), (2, "by the operator"), (1, "Keys."))
    )
    document = read(body)

    assert [block.number for block in document.blocks] == ["1", "2", "2.1", "a)", "2.2"]
    assert lines(document)[2] == "Logs."


def test_an_override_begins_a_list_anew(read: Read) -> None:
    document = read(r"\pard\ls1\ilvl0 One\par\pard\ls2\ilvl0 Five\par")

    assert [block.number for block in document.blocks] == ["1", "5"]


@pytest.mark.parametrize("word", ["listtext", r"*\pntext"])
def test_a_number_of_no_known_list_is_the_one_that_the_writer_showed(read: Read, word: str) -> None:
    assert lines(read(rf"\pard{{\{word}\pard\plain 3.\tab}}Records\par")) == ["3.\tRecords"]


def test_a_heading_is_known_by_its_style(read: Read) -> None:
    document = read(r"\pard\s1 Scope\par\pard The operator shall log.\par")

    assert [(block.kind, block.level) for block in document.blocks] == [
        (BlockKind.HEADING, 1),
        (BlockKind.PARAGRAPH, 0),
    ]


def test_a_table_is_read_by_rows_with_merged_cells_once(read: Read) -> None:
    head = r"\trowd\clvmgf\cellx100\cellx200\pard\intbl Power\cell Holder\cell\row "
    body = r"\trowd\clvmrg\cellx100\cellx200\pard\intbl ignored\cell Operator\cell\row\pard End.\par"
    document = read(head + body)

    assert lines(document) == ["Power | Holder", "Operator", "End."]
    assert [block.kind for block in document.blocks][:2] == [BlockKind.ROW, BlockKind.ROW]


def test_a_table_in_a_cell_is_read_once(read: Read) -> None:
    inner = r"\pard\intbl\itap2 In\nestcell{\*\nesttableprops\trowd\cellx50\nestrow}{\nonesttables\par}"
    document = read(rf"\trowd\cellx100\cellx200 {inner}\pard\intbl\itap1 Out\cell Beside\cell\row\pard End.\par")

    assert lines(document) == ["In", "Out", "Beside", "End."]


def test_tracked_changes_are_read_in_both_views(read: Read) -> None:
    body = r"The operator {\revised\revauth1\revdttm109521566 shall}{\deleted\revauthdel1 may} log.\par"
    accepted, original = read(body), read(body, view="original")

    assert (lines(accepted), lines(original)) == (["The operator shall log."], ["The operator may log."])
    assert [(change.kind, change.text, change.author, change.date) for change in accepted.changes] == [
        (ChangeKind.INSERTED, "shall", "Ana", "2004-07-05T10:30:00Z"),
        (ChangeKind.DELETED, "may", "Ana", ""),
    ]


def test_a_deleted_paragraph_mark_joins_two_paragraphs(read: Read) -> None:
    body = r"The operator shall {\deleted\par}log access.\par"

    assert lines(read(body)) == ["The operator shall log access."]
    assert lines(read(body, view="original")) == ["The operator shall", "log access."]


def test_notes_follow_their_paragraph(read: Read) -> None:
    footnote = r"{\super\chftn{\footnote\pard\plain{\super\chftn} Unless erased.}}"
    endnote = r"{\super\chftn{\footnote\ftnalt\pard\plain{\super\chftn} Or moved.}}"
    document = read(rf"Logs are kept{footnote} for a year{endnote}.\par End.\par")

    assert lines(document) == ["Logs are kept for a year.", "Unless erased.", "Or moved.", "End."]
    assert [block.number for block in document.blocks] == ["", "1", "i", ""]


def test_a_comment_is_no_part_of_the_text(read: Read) -> None:
    document = read(r"The log{\*\atnid A}{\*\atnauthor Ana}\chatn{\*\annotation{\*\atnref 1}\pard Why?} is kept.\par")

    assert document.text == "The log is kept."
    assert [(comment.text, comment.author) for comment in document.comments] == [("Why?", "Ana")]


def test_of_a_field_the_result_is_read_and_not_the_instruction(read: Read) -> None:
    assert lines(read(r'See {\field{\*\fldinst HYPERLINK "http://example.org"}{\fldrslt the log}}.\par')) == [
        "See the log."
    ]


def test_headers_pictures_hidden_words_and_unknown_destinations_are_left_out(read: Read) -> None:
    drawn = r"{\pict\wmetafile8 0102ff}{\shp{\*\shpinst{\sp{\sn x}{\sv y}}}}"
    body = r"{\header Draft 3\par}{\*\unknown Secret}Shown.{\v Hidden.}" + drawn
    document = read(body)

    assert document.text == "Shown."
    assert document.warnings == (
        "1 picture, drawing or embedded object was not read.",
        "7 characters of hidden text were not read.",
    )


def test_a_text_box_follows_its_paragraph(read: Read) -> None:
    assert lines(read(r"Before{\shp{\*\shpinst{\shptxt\pard In a box.\par}}} after.\par End.\par")) == [
        "Before after.",
        "In a box.",
        "End.",
    ]


def test_binary_data_hides_no_braces(read: Read) -> None:
    assert read("{\\*\\unknown{\\bin4 }}}}}\\'41}Shown.").text == "Shown."


def test_only_the_first_word_of_a_group_names_a_destination(read: Read) -> None:
    assert read(r"Shown \header and \pict read.{\b\footer  Too.}").text == "Shown and read. Too."


def test_properties_are_those_of_the_file(read: Read) -> None:
    document = read(r"{\info{\title Log\u233?}{\author Ana}{\creatim\yr2004\mo7\dy5\hr10\min30}}Text.")

    assert document.properties == (("title", "Logé"), ("creator", "Ana"), ("created", "2004-07-05T10:30:00Z"))


def test_groups_without_end_are_refused() -> None:
    with pytest.raises(UnreadableError, match="nested more than 1000 deep"):
        rtf.read(rb"{\rtf1 " + b"{" * 5000, "deep.rtf", Options())


def test_a_table_of_lists_with_groups_without_end_is_refused() -> None:
    with pytest.raises(UnreadableError, match="nested more than 1000 deep"):
        rtf.read(rb"{\rtf1 {\*\listtable " + b"{" * 5000, "deep.rtf", Options())


@pytest.mark.parametrize("body", [r"a\par " * 50, "a" * 50])
def test_more_than_allowed_is_a_limit(read: Read, body: str) -> None:
    with pytest.raises(LimitError):
        read(body, max_characters=20, max_blocks=10)


@pytest.mark.parametrize(
    "source",
    [
        rb"{\rtf1 Text\u",
        rb"{\rtf1 Text\'4",
        rb"{\rtf1 Text}}}}} more",
        rb"{\rtf1 Text\ls99999999999999999999\ilvl77\outlinelevel99\par",
        rb"{\rtf1 Text{\shptxt " + rb"{\footnote a\par " * 300,
        rb"{\rtf1 Text{\pict " + b"0" * 1000,
        rb"{\rtf1 Text\intbl\itap999999\nestcell\nestrow\row\cell",
        rb"{\rtf1{\stylesheet{\s1\sbasedon2 a;}{\s2\sbasedon1 b;}}\s1 Text",
        rb"{\rtf1{\fonttbl{\f0\fcharset999 ;}}{\*\listtable{\list{\listlevel{\leveltext}}}}\f99 Text\bin99999999999 x",
    ],
)
def test_a_file_that_lies_is_read_as_far_as_it_goes(source: bytes) -> None:
    assert rtf.read(source, "hostile.rtf", Options()).text.startswith("Text")
