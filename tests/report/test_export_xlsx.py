"""The workbook: a sheet each for findings, safeguards, silences, rights and clauses, and nothing that acts."""

import zipfile
from io import BytesIO

import openpyxl
import pytest

from impact.pipeline import export
from impact.tables.cells import FORMULA
from impact.tables.columns import sheets_of

SHEETS = sheets_of("findings.xlsx")


def opened(assessment):
    return openpyxl.load_workbook(BytesIO(export(assessment, "xlsx")))


@pytest.fixture
def book(assessment):
    return opened(assessment)


def rows(book, name):
    head, *rest = book[name].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rest]


def test_sheets_and_columns_are_those_of_the_documentation(book):
    heads = {sheet.title: [cell.value for cell in sheet[1]] for sheet in book}

    assert heads == {
        "About": ["field", "value"],
        "Findings": [finding for finding in SHEETS["Findings"] if finding != "change"],
        "Safeguards": list(SHEETS["Safeguards"]),
        "Silences": [
            silence for silence in SHEETS["Silences"] if silence not in {"for a reader to decide", "stated elsewhere"}
        ],
        "Rights": list(SHEETS["Rights"]),
        "Clauses": list(SHEETS["Clauses"]),
    }


def test_every_finding_has_a_row_with_its_words(book, assessment):
    found = {row["finding"]: row for row in rows(book, "Findings")}

    assert found.keys() == {rated.finding.id for rated in assessment.findings}
    for rated in assessment.findings:
        row = found[rated.finding.id]
        assert row["evidence"] == " | ".join(assessment.document.quote(span) for span in rated.finding.evidence)
        holds = " severity if confirmed" if rated.finding.doubtful else ""
        assert (row["level"], row["scale"]) == (f"{rated.severity.level}{holds}", rated.severity.scale)
        assert isinstance(row["page"], int)


def test_safeguards_silences_and_rights_are_all_there(book, assessment, taxonomy):
    assert len(rows(book, "Safeguards")) == len(assessment.safeguards)
    names = {taxonomy.safeguards[silence.safeguard].phrase for silence in assessment.silences}
    lacking = {
        name.partition(" (excluded")[0].lower()
        for row in rows(book, "Silences")
        for name in row["not stated anywhere, or ruled out"].split(" | ")
        if name
    }
    assert lacking == names
    assert [row["right"] for row in rows(book, "Rights")] == [taxonomy.rights[one].name for one, _ in assessment.rights]


def test_every_clause_has_a_row_in_the_order_of_the_text(book, assessment):
    found = rows(book, "Clauses")

    assert [row["address"] for row in found] == [clause.id for clause in assessment.clauses]
    assert [row["text"] for row in found] == [assessment.document.quote(clause.span) for clause in assessment.clauses]


def test_about_says_what_the_workbook_is_not(book):
    said = " ".join(str(row["value"]) for row in rows(book, "About"))

    assert "screening aid, not a verdict" in said


def test_header_row_stays_in_view_and_is_printed_on_each_page(book):
    for sheet in book:
        assert sheet.freeze_panes == "A2"
        assert sheet.print_title_rows == "$1:$1"


def test_no_cell_is_a_formula_or_a_link_whatever_the_text_says(attacked):
    book = opened(attacked)

    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not any(cell.data_type == "f" or cell.hyperlink for cell in cells)
    guarded = [cell for cell in cells if isinstance(cell.value, str) and cell.value.lstrip(" ").startswith(FORMULA)]
    assert all(cell.quotePrefix for cell in guarded)


def test_same_assessment_gives_the_same_bytes(assessment):
    data = export(assessment, "xlsx")

    assert data == export(assessment, "xlsx")
    with zipfile.ZipFile(BytesIO(data)) as packed:
        assert {one.date_time for one in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_properties_come_from_the_provenance(book, assessment):
    assert book.properties.created.isoformat() + "+00:00" == assessment.provenance.made_at
    assert book.properties.creator == "impact"


def test_ampersands_of_the_title_are_no_codes_in_the_printed_header(sheet):
    sheet.say("The node shall route.", "1")

    data = export(sheet.assessed(title="R&D &F &P"), "xlsx")

    with zipfile.ZipFile(BytesIO(data)) as packed:
        xml = packed.read("xl/worksheets/sheet2.xml").decode()
    assert "&amp;LR&amp;&amp;D &amp;&amp;F &amp;&amp;P&amp;R" in xml


def test_workbook_without_findings_has_its_sheets(sheet):
    sheet.say("The frame check sequence shall have 32 bits.", "1")

    book = opened(sheet.assessed())

    assert rows(book, "Findings") == []
    assert len(rows(book, "Clauses")) == 1


def test_sheet_of_safeguards_says_that_there_is_none(sheet):
    sheet.say("The node shall see all flows.", "4.2", proposes={"traffic-inspection": "see all flows"})

    assert opened(sheet.assessed())["Safeguards"]["A2"].value.startswith("No clause was found")


def test_compounds_of_a_finding_are_named_and_marked_where_a_reader_must_decide_one_side(sheet, taxonomy):
    sheet.say("The hub shall cut off the line.", "4.1", proposes={"shut-off": "cut off the line"})
    sheet.say("The hub shall name callers.", "4.2", proposes={"identity-binding": "name callers"}, doubtful=True)

    found = rows(opened(sheet.assessed()), "Findings")

    rule = next(
        compound for compound in taxonomy.compounds if set(compound.mechanisms) == {"shut-off", "identity-binding"}
    )
    said = ("high severity if confirmed", "high severity if confirmed")
    assert [row["compounds"] for row in found] == [f"{rule.name} ({one})" for one in said]


def test_compound_stands_with_the_findings_of_the_clauses_that_the_report_names(sheet):
    sheet.say("The hub shall name each caller.", "3.1", ("3 Calls",), proposes={"identity-binding": "name each caller"})
    sheet.say("The hub shall cut off lines.", "4.1", ("4 Lines",), proposes={"shut-off": "cut off lines"})
    sheet.say("The hub shall name owners.", "4.2", ("4 Lines",), proposes={"identity-binding": "name owners"})
    sheet.say("The hub may name users.", "4.2", ("4 Lines",), proposes={"identity-binding": "name"}, doubtful=True)

    found = rows(opened(sheet.assessed()), "Findings")

    assert {(row["clause"], row["confidence"]) for row in found if row["compounds"]} == {
        ("4.1", "high"),
        ("4.2", "high"),
    }


def test_columns_that_would_be_blank_throughout_are_left_out(sheet):
    sheet.say("The node shall see all flows.", "4.2", proposes={"traffic-inspection": "see all flows"})
    sheet.say("Data shall be encrypted.", "4.3", proposes={"encryption": "encrypted"})

    book = opened(sheet.assessed({"paged": False}))

    heads = {cell.value for sheet in book for cell in sheet[1]}
    assert not heads & {"page", "compounds", "change"}
    assert {"clause", "safeguards beside it", "stated elsewhere"} <= heads


def test_columns_stay_where_there_is_no_row_to_be_blank(sheet):
    sheet.say("The frame check sequence shall have 32 bits.", "1")

    assert [cell.value for cell in opened(sheet.assessed())["Findings"][1]] == list(SHEETS["Findings"])


def test_safeguards_silences_and_rights_are_one_page_wide_on_paper(book):
    wide = {sheet.title: int(sheet.page_setup.fitToWidth or 1) for sheet in book}  # one page is not written

    assert {name for name in wide if wide[name] == 1} == {"About", "Safeguards", "Silences", "Rights"}
