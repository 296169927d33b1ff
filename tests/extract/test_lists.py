"""Workbooks and CSV files: lists of documents are told from tables that are read."""

import io

import openpyxl
import pytest

from impact.errors import UnreadableError
from impact.extract import Options, read_bytes
from impact.extract.detect import content_kind
from impact.extract.lists.listing import rows_of
from impact.records import BlockKind

HEAD = ["TDoc", "Title", "Source", "Contact", "Type", "Agenda item"]
ROWS = [
    ["S2-2101234", "On locks", "Locks Ltd, Gates & Co", "Ana", "pCR", "8.1"],
    ["S2-2101235", 'On "gates", and basins', "Ministry of Gates", "", "CR", "8.2"],
]
EXPECTED = [
    ("S2-2101234", "On locks", "Locks Ltd, Gates & Co", "8.1"),
    ("S2-2101235", 'On "gates", and basins', "Ministry of Gates", "8.2"),
]


def workbook(*rows: list[object], title: str = "Sheet1") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def csv_text(separator: str) -> bytes:
    import csv

    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows([HEAD, *ROWS])
    return out.getvalue().encode("utf-8-sig")


@pytest.mark.parametrize(
    "data",
    [workbook(HEAD, *ROWS), workbook(["SA2 meeting 143"], [], HEAD, *ROWS), *map(csv_text, ",;\t")],
    ids=["xlsx", "xlsx below a title", "comma", "semicolon", "tab"],
)
def test_a_list_of_documents_is_told_by_the_names_of_its_columns(data: bytes) -> None:
    assert list(rows_of(data, "list", Options())) == EXPECTED


@pytest.mark.parametrize(("data", "kind"), [(workbook(HEAD, *ROWS), "xlsx"), (csv_text(","), "csv")])
def test_a_list_alone_is_refused_as_no_proposal_with_what_to_do(data: bytes, kind: str) -> None:
    assert content_kind.kind(data, "list.pdf") == kind

    with pytest.raises(UnreadableError, match="a list of 2 documents, not a proposal") as caught:
        read_bytes(data, "list.xlsx")

    assert "impact batch" in caught.value.hint


def test_another_workbook_is_read_as_tables_sheet_by_sheet() -> None:
    rows = (["No.", "Requirement"], [1, "The lock keeper shall open the gate."], [None, "The basin\nmay be deep."])

    document = read_bytes(workbook(*rows, title="Locks"), "table.xlsx")

    assert [document.quote(block.span) for block in document.blocks] == [
        "Locks",
        "No. | Requirement",
        "1 | The lock keeper shall open the gate.",
        "The basin may be deep.",
    ]
    assert [block.kind for block in document.blocks][1:] == [BlockKind.ROW] * 3
    assert [document.quote(cell) for cell in document.blocks[2].cells] == ["1", "The lock keeper shall open the gate."]


def test_prose_with_the_words_of_a_list_is_text() -> None:
    data = b"Document, title, source\n\nThe lock keeper shall open the gate, and no other, before 2027.\n"

    assert read_bytes(data, "note.txt").format == "text"


def test_a_table_of_requirements_is_no_list_of_documents() -> None:
    assert list(rows_of(workbook(["Number", "Title"], ["R-1", "Locks"]), "table.xlsx", Options())) == []


def test_a_workbook_with_cells_at_the_far_end_of_its_rows_costs_what_it_holds() -> None:
    sheet = "".join(
        f'<row r="{row}"><c r="XFD{row}"><v>1</v></c><c r="A{row}"><v>2</v></c></row>' for row in range(1, 20_000)
    )
    data = _with_sheet(workbook(["x"]), sheet)

    assert read_bytes(data, "far.xlsx").format == "xlsx"


def test_a_workbook_with_more_rows_than_are_read_is_refused() -> None:
    data = _with_sheet(workbook(["x"]), "<row><c><v>1</v></c></row>" * 50_001)

    with pytest.raises(UnreadableError, match="more than 50000 rows"):
        read_bytes(data, "long.xlsx")


def _with_sheet(data: bytes, rows: str) -> bytes:
    """Return a workbook with other rows in its sheet, packed without compression."""
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            content = before.read(name).decode()
            if name == "xl/worksheets/sheet1.xml":
                start, end = content.index("<sheetData>") + 11, content.index("</sheetData>")
                content = content[:start] + rows + content[end:]
            after.writestr(name, content)
    return out.getvalue()
