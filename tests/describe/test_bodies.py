"""3GPP, ETSI, ISO, OIML, W3C, CEN and UN covers."""

import pytest

PROSE = "The birds held their first session and they were many and they were loud."
CHANGE_REQUEST = [
    "3GPP TSG-SA WG3 Meeting #99\tS3-209999",
    "Reno, US, 18 - 22 November 2019",
    ["CHANGE REQUEST"],
    ["33.999", "CR", "0123", "rev", "1", "Current version:", "14.2.0"],
    ["Title:", "Clarify the handling of parcels"],
    ["Source to WG:", "Initech, Hooli Inc."],
    ["Source to TSG:", "S3"],
    ["Work item code:", "PARCEL"],
    ["Date:", "2019-11-10"],
    ["Release:", "Rel-16"],
]


def test_a_tdoc_gives_all_its_fields(text_document, reads):
    text = """\
3GPP TSG-SA WG2 Meeting #136                              S2-1912345
18 - 22 November 2019, Reno, NV, US

Source:            Initech, Hooli
Title:             Discussion on parcels
Document for:      Discussion
Agenda Item:       6.15

1. Introduction

The parcels of TS 23.501 are discussed here, and so are those that are in ETSI TS 102 657.
"""
    proposal = reads(text_document(text))

    assert (proposal.number, proposal.body, proposal.group) == ("S2-1912345", "3GPP", "SA2")
    assert (proposal.title, proposal.date) == ("Discussion on parcels", "2019-11-18")
    assert proposal.source_organizations == ("Initech", "Hooli")


def test_a_change_request_is_named_by_specification_and_number(word_document, reads):
    proposal = reads(word_document(CHANGE_REQUEST))

    assert (proposal.title, proposal.body, proposal.group) == ("Clarify the handling of parcels", "3GPP", "SA3")
    assert (proposal.revision, proposal.date) == ("1", "2019-11-10")
    assert proposal.number == "S3-209999"
    assert proposal.source_organizations == ("Initech", "Hooli Inc.")


def test_a_change_request_without_a_tdoc_number_takes_its_own(word_document, reads):
    proposal = reads(word_document(["3GPP TSG-SA WG3 Meeting #99", *CHANGE_REQUEST[1:]]))

    assert proposal.number == "33.999 CR 0123"


def test_a_3gpp_specification_is_read_from_its_title_page(text_document, reads):
    text = """\
3GPP TS 38.999 V16.1.0 (2020-07)

Technical Specification

3rd Generation Partnership Project;

Technical Specification Group Radio Access Network;

Parcels in the radio network;

Stage 2

(Release 16)

The present document has been developed within the 3rd Generation Partnership Project (3GPP TM).

650 Route des Lucioles - Sophia Antipolis
"""
    proposal = reads(text_document(text))

    assert (proposal.number, proposal.revision, proposal.date) == ("3GPP TS 38.999", "V16.1.0", "2020-07")
    assert (proposal.title, proposal.group) == ("Parcels in the radio network; Stage 2", "RAN")


def test_title_of_an_etsi_guide_is_below_its_number_and_kind(text_document, reads):
    text = """\
EG 299 024 V1.1.1 (1997-05)

ETSI Guide

Parcel Factors (PF);
Design principles for crates

Reference
DEG/PF-01030

ETSI Secretariat
"""
    proposal = reads(text_document(text))

    assert (proposal.number, proposal.title) == ("ETSI EG 299 024", "Parcel Factors (PF); Design principles for crates")


def test_an_etsi_document_that_carries_a_3gpp_one_stays_etsi(text_document, reads):
    text = """\
ETSI TS 133 999 V14.2.0 (2017-07)

Universal Parcel System;
Parcel security
(3GPP TS 33.999 version 14.2.0 Release 14)

TECHNICAL SPECIFICATION

Reference
RTS/LI-0333999

Keywords
PARCEL

ETSI
650 Route des Lucioles
F-06921 Sophia Antipolis Cedex - FRANCE
"""
    proposal = reads(text_document(text))

    assert (proposal.body, proposal.number, proposal.revision) == ("ETSI", "ETSI TS 133 999", "V14.2.0")
    assert (proposal.title, proposal.date, proposal.group) == (
        "Universal Parcel System; Parcel security",
        "2017-07",
        "LI",
    )


def test_an_iso_draft_is_read_with_its_amendment(drawn_document, reads):
    document = drawn_document(
        [
            (71, 35, 10, "\u00a9 ISO 2007 \u2013 All rights reserved"),
            (71, 60, 10, "Document type: International Standard"),
            (471, 84, 12, "ISO TC 99/SC 4"),
            (475, 109, 10, "Date: 2007-12-31"),
            (419, 142, 12, "ISO 99999-1:2007/DAM 1"),
            (71, 312, 14, "Parcels and birds \u2014 Test methods \u2014 Part 1: Crows"),
            (71, 344, 14, "AMENDMENT 1: Mass of crows and of the"),
            (71, 360, 14, "parcels that they carry"),
            (71, 410, 10, "Colis et oiseaux \u2014 M\u00e9thodes d'essai \u2014 Partie 1: Corbeaux"),
        ]
    )

    proposal = reads(document)

    assert (proposal.number, proposal.body, proposal.group) == ("ISO 99999-1:2007/DAM 1", "ISO", "ISO TC 99/SC 4")
    assert proposal.date == "2007-12-31"
    parts = (
        "Parcels and birds",
        "Test methods",
        "Part 1: Crows AMENDMENT 1: Mass of crows and of the parcels that they carry",
    )
    assert proposal.title == " \u2014 ".join(parts)


def test_a_published_iso_standard_is_read(text_document, reads):
    text = """\
INTERNATIONAL STANDARD

ISO
99999-1

Second edition

2016-05-01

Parcels and birds \u2014 Test methods \u2014 Part 1: Crows

Reference number

ISO 99999-1:2016(E)

\u00a9 ISO 2016
"""
    proposal = reads(text_document(text))

    assert (proposal.number, proposal.revision, proposal.date) == ("ISO 99999-1:2016", "Second edition", "2016-05-01")


def test_an_oiml_recommendation_is_read_in_its_first_language(text_document, reads):
    text = """\
INTERNATIONAL RECOMMENDATION

OIML R 999-1

Edition 2021 (E)

Rules for the weighing of birds
Part 1: Crows

R\u00e8gles pour le pesage des oiseaux
Partie 1: Corbeaux

ORGANISATION INTERNATIONALE
DE M\u00c9TROLOGIE L\u00c9GALE

INTERNATIONAL ORGANIZATION
OF LEGAL METROLOGY
"""
    proposal = reads(text_document(text))

    assert (proposal.number, proposal.body, proposal.date) == ("OIML R 999-1", "OIML", "2021")
    assert proposal.title == "Rules for the weighing of birds Part 1: Crows"


def test_a_published_w3c_document_is_dated_by_its_status_line(word_document, reads):
    parts = [
        ("Heading 1", "Parcel API"),
        "W3C Candidate Recommendation Snapshot 08 August 2024",
        "This version:",
        "https://www.w3.org/TR/2024/CR-parcel-20240808/",
    ]

    proposal = reads(word_document(parts))

    assert (proposal.title, proposal.body, proposal.date) == ("Parcel API", "W3C", "2024-08-08")


@pytest.mark.parametrize("status", ["ED", "w3c/CG-DRAFT", "CR"])
def test_the_metadata_of_a_w3c_source_is_read(text_document, reads, status):
    properties = [
        ("title", "Parcel API"),
        ("shortname", "parcel"),
        ("status", status),
        ("group", "birds"),
        ("organizations", "Initech; Invited Expert"),
    ]
    document = text_document("Parcel API\n\nThis is the parcel API of the web.", kind="html", properties=properties)

    proposal = reads(document)

    assert (proposal.title, proposal.number, proposal.body, proposal.group) == ("Parcel API", "parcel", "W3C", "birds")
    assert proposal.source_organizations == ("Initech",)


@pytest.mark.parametrize(
    ("short", "name"),
    [
        ("WICG", "Web Incubator Community Group"),
        ("webperf", "Web Performance Working Group"),
        ("wg/vc", "Verifiable Credentials Working Group"),
        ("das; webapps", "Devices and Sensors Working Group and Web Applications Working Group"),
        ("cg/birds", "birds"),
    ],
)
def test_a_group_of_the_w3c_is_named_in_full(text_document, reads, short, name):
    properties = [("title", "Parcel API"), ("shortname", "parcel"), ("status", "ED"), ("group", short)]
    document = text_document("Parcel API\n\nThis is the parcel API of the web.", kind="html", properties=properties)

    assert reads(document).group == name


@pytest.mark.parametrize(
    ("status", "publication"),
    [
        ("w3c/ED", "Editor's Draft"),
        ("CG-DRAFT", "Draft Community Group Report"),
        ("Candidate Recommendation Draft", "Candidate Recommendation Draft"),
    ],
)
def test_state_of_a_report_of_the_w3c_is_said_in_words(text_document, reads, status, publication):
    properties = [("title", "Parcel API"), ("shortname", "parcel"), ("status", status), ("wg", "birds")]
    text = "Parcel API\n\nW3C Working Draft 4 May 2026\n\nThis is the parcel API of the web."

    assert reads(text_document(text, kind="html", properties=properties)).publication == publication


def test_group_that_publishes_a_report_of_the_w3c_is_named_in_full(text_document, reads):
    text = (
        "Parcel API\n\nW3C Recommendation 4 May 2026\n\nThis document was published by the Bird Working Group as it is."
    )

    assert reads(text_document(text)).group == "Bird Working Group"


def test_state_of_a_report_of_the_w3c_is_read_below_its_title(text_document, reads):
    text = "Parcel API\n\nW3C First Public Working Draft 4 May 2026\n\nThis is the parcel API of the web."

    assert reads(text_document(text)).publication == "First Public Working Draft"


def test_a_european_standard_is_read(text_document, reads):
    text = """\
EUROPEAN STANDARD

NORME EUROP\u00c9ENNE

EUROP\u00c4ISCHE NORM

EN 99999-1

March 2019

Parcels and birds \u2014 Part 1: Crows

EUROPEAN COMMITTEE FOR STANDARDIZATION
"""
    proposal = reads(text_document(text))

    assert (proposal.number, proposal.body, proposal.date) == ("EN 99999-1", "CEN", "2019-03")
    assert proposal.title == "Parcels and birds \u2014 Part 1: Crows"


def test_a_document_of_the_united_nations_is_read(drawn_document, reads):
    document = drawn_document(
        [
            (57, 40, 10, "United Nations"),
            (400, 40, 10, "ECE/TRADE/C/CEFACT/2020/99"),
            (57, 60, 14, "Economic and Social Council"),
            (400, 80, 10, "Distr.: General"),
            (400, 92, 10, "19 February 2020"),
            (57, 224, 14, "Economic Commission for Europe"),
            (57, 267, 12, "Centre for Parcels"),
            (57, 293, 10, "Twenty-sixth session"),
            (57, 305, 10, "Geneva, 4-5 May 2020"),
            (57, 317, 10, "Item 8 of the provisional agenda"),
            (113, 359, 14, "Report of the birds on"),
            (113, 374, 14, "their first meeting"),
            (90, 407, 14, "I. Introduction and opening of the meeting"),
            *[(113, 434 + 12 * row, 10, PROSE) for row in range(6)],
        ]
    )

    proposal = reads(document)

    assert (proposal.number, proposal.body) == ("ECE/TRADE/C/CEFACT/2020/99", "UN")
    assert (proposal.date, proposal.group) == ("2020-02-19", "Centre for Parcels")
    assert proposal.title == "Report of the birds on their first meeting"


@pytest.mark.parametrize(("title", "short"), [("Beacon", "beacon"), ("Web NFC", "web-nfc"), ("PigeonPub", "pigeonpub")])
def test_a_short_name_that_repeats_the_title_is_no_number(text_document, reads, title, short):
    properties = [("title", title), ("shortname", short), ("status", "ED")]
    document = text_document(f"{title}\n\nThis is the text.", kind="html", properties=properties)

    assert (reads(document).title, reads(document).number) == (title, "")


@pytest.mark.parametrize(("part", "named"), [("9.9", "clause 9.9"), ("Annex B", "Annex B")])
def test_clause_of_a_specification_in_a_file_of_its_own_is_named_by_its_front_matter(text_document, reads, part, named):
    properties = [("standard", "TR 99.999"), ("revision", "v9.1.0"), ("part", part), ("title", "Parcels")]
    document = text_document("Parcels\n\nBirds fly.\n", kind="markdown", properties=properties)

    proposal = reads(document)

    assert (proposal.number, proposal.body) == (f"3GPP TR 99.999 v9.1.0, {named}", "3GPP")
    assert (proposal.title, proposal.revision) == ("Parcels", "v9.1.0")


def test_heading_that_is_number_and_title_of_a_specification_is_told_apart(text_document, reads):
    proposal = reads(text_document("3GPP TS 99.999 \u2014 Parcels of Birds\n\nBirds fly.\n", kind="markdown"))

    assert (proposal.number, proposal.title, proposal.body) == ("3GPP TS 99.999", "Parcels of Birds", "3GPP")


def test_cover_of_a_specification_in_one_cell_is_read(word_document, reads):
    cover = "3rd Generation Partnership Project;Technical Specification Group Radio Access Network;NR;Birds(Release 19)"

    proposal = reads(word_document([["3GPP TS 99.999 V9.1.0 (2026-03)"], [cover], "Contents", "Foreword 5"]))

    assert (proposal.title, proposal.group, proposal.date) == ("NR; Birds", "RAN", "2026-03")
