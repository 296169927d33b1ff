"""From a real file through its reader to a proposal."""

from pathlib import Path

import docx
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from impact import extract
from impact.describe import describe

SHARED = Path(__file__).parents[3] / "shared" / "documents"
RFC = """



Internet Engineering Task Force (IETF)                        A. Example
Request for Comments: 9999                                 Initech, Inc.
Category: Informational                                      October 2023
ISSN: 2070-1721


                         Parcels over Pigeons

Abstract

   This document moves parcels, and the birds are those who move them.

1.  Introduction

   The birds are many, and they must be fed before they are in the sky.
"""
COVER = [
    ("INTERNATIONAL TELECOMMUNICATION UNION", "SG13-C83"),
    ("TELECOMMUNICATION STANDARDIZATION SECTOR", "STUDY GROUP 13"),
    ("STUDY PERIOD 2017-2020", "Original: English"),
    ("Question(s):", "2/13"),
    ("Geneva, 23 September - 4 October 2019", "CONTRIBUTION"),
    ("Source:", "Initech Technologies Co., Ltd."),
    ("Title:", "Proposal to move parcels"),
    ("Purpose:", "Proposal"),
]


def test_a_text_file_of_an_rfc_is_described(tmp_path):
    file = tmp_path / "rfc9999.txt"
    file.write_text(RFC, encoding="utf-8")

    proposal = describe(extract.read(file, jailed=False))

    assert (proposal.title, proposal.number, proposal.date) == ("Parcels over Pigeons", "RFC 9999", "2023-10")
    assert (proposal.source_organizations, proposal.body) == (("Initech, Inc.",), "IETF")


def test_a_word_file_of_a_contribution_is_described(tmp_path):
    file = tmp_path / "c83.docx"
    document = docx.Document()
    table = document.add_table(rows=0, cols=2)
    for row in COVER:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.add_paragraph("The birds are to move the parcels of the network that is proposed here.")
    document.save(str(file))

    proposal = describe(extract.read(file, jailed=False))

    assert (proposal.title, proposal.number, proposal.group) == ("Proposal to move parcels", "SG13-C83", "SG13")
    assert (proposal.question, proposal.date, proposal.body) == ("Q2/13", "2019-09-23", "ITU-T")
    assert proposal.source_organizations == ("Initech Technologies Co., Ltd.",)


def test_a_value_stands_below_the_heading_of_its_column(tmp_path):
    path = tmp_path / "pigeons.md"
    table = (
        "| CREATED | STATUS | IMPLEMENTED | AUTHOR |\n|---|---|---|---|\n| 06/20/2023 | Proposed | No | A. Example |\n"
    )
    path.write_text(f"# Parcels over pigeons\n{table}\n## Context\n\nThe birds are many, and they must be fed.\n")

    assert describe(extract.read(path)).state == "Proposed"


def test_a_pdf_file_of_a_contribution_is_described(tmp_path):
    file = tmp_path / "c83.pdf"
    canvas = Canvas(str(file), pagesize=A4)
    for number, (left, right) in enumerate(COVER):
        canvas.setFont("Helvetica", 11)
        canvas.drawString(72, 780 - 26 * number, left)
        canvas.drawString(380 if number < 3 else 330 if number == 4 else 160, 780 - 26 * number, right)
    canvas.drawString(72, 500, "The birds are to move the parcels of the network that is proposed here.")
    canvas.save()

    document = extract.read(file, jailed=False)
    proposal = describe(document)

    assert (proposal.title, proposal.number, proposal.group) == ("Proposal to move parcels", "SG13-C83", "SG13")
    assert (proposal.question, proposal.date, proposal.body) == ("Q2/13", "2019-09-23", "ITU-T")
    assert proposal.source_organizations == ("Initech Technologies Co., Ltd.",)
    assert all(document.boxes(span) for _, span in proposal.places)


def test_a_value_that_wraps_in_a_table_of_a_pdf_is_read_to_its_end(tmp_path):
    file = tmp_path / "cover.pdf"
    canvas = Canvas(str(file), pagesize=A4)
    canvas.setFont("Helvetica", 11)
    for y, label, value in [
        (770, "INTERNATIONAL TELECOMMUNICATION UNION", "SG13-C83"),
        (755, "TELECOMMUNICATION STANDARDIZATION SECTOR", "STUDY GROUP 13"),
        (740, "Question(s):", "2/13"),
        (720, "Source:", "Initech Parcels Limited; Agency for the"),
        (706, "", "Handling of Birds"),
        (686, "Title:", "Requirements and framework of the handling of"),
        (672, "", "parcels by birds that were never asked whether"),
        (658, "", "they like it"),
        (638, "", "Annex: none"),
        (618, "Purpose:", "Proposal"),
    ]:
        canvas.drawString(60, y, label)
        canvas.drawString(330, y, value)
    canvas.save()

    proposal = describe(extract.read(file, jailed=False))

    assert proposal.title == (
        "Requirements and framework of the handling of parcels by birds that were never asked whether they like it"
    )
    assert proposal.source_organizations == ("Initech Parcels Limited", "Agency for the Handling of Birds")


@pytest.mark.shared
@pytest.mark.parametrize(
    ("file", "number", "body", "language"),
    [
        ("ietf/rfc9458.txt", "RFC 9458", "IETF", "en"),
        ("itu-3gpp-etsi/T-REC-E.119-201704-I_MSW-A.docx", "ITU-T E.119", "ITU-T", "ar"),
        ("layouts/R060-1-e21.pdf", "OIML R 60-1", "OIML", "en"),
    ],
)
def test_a_shared_document_is_described(file, number, body, language):
    if not SHARED.is_dir():
        pytest.skip("the shared documents are not beside this checkout")

    proposal = describe(extract.read(SHARED / file, jailed=False))

    assert (proposal.number, proposal.body, proposal.language) == (number, body, language)
