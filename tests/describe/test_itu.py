"""ITU contributions, Recommendations, Supplements, guides and Resolutions."""

import pytest

CONTRIBUTION = [
    ["", "INTERNATIONAL TELECOMMUNICATION UNION", "SG13-C83-R1"],
    ["TELECOMMUNICATION STANDARDIZATION SECTOR", "STUDY GROUP 13"],
    ["STUDY PERIOD 2017-2020", "Original: English"],
    ["Question(s):", "2/13", "Geneva, 23 September - 4 October 2019"],
    ["CONTRIBUTION"],
    ["Source:", "Initech Technologies Co., Ltd., China; Hooli (Ireland); Umbrella"],
    ["Title:", "Proposal to start a new work item on parcels"],
    ["Purpose:", "Proposal"],
    ["Contact:", "Ann Example Initech", "Tel: +1 555 0100"],
    ["Keywords:", "Parcels; birds"],
    ["Abstract:", "This contribution proposes a work item. It was discussed in May 2018."],
    "1 Introduction",
    "Recommendation ITU-T Y.2770 and ETSI TS 102 657 V1.28.1 (2021-12) are cited only.",
]

RECOMMENDATION = [
    ["", "International Telecommunication Union"],
    ["ITU-T", "Y.9999"],
    ["TELECOMMUNICATION STANDARDIZATION SECTOR OF ITU", "Amendment 2 (11/2016)"],
    ["SERIES Y: GLOBAL PARCEL INFRASTRUCTURE"],
    ["Requirements for the handling of parcels"],
    ["Recommendation ITU-T Y.9999 (2014) \u2013 Amendment 2"],
    "ITU-T Y-SERIES RECOMMENDATIONS",
    ["Parcels in general", "Y.9000\u2013Y.9099"],
    "FOREWORD",
    "The International Telecommunication Union (ITU) is the United Nations specialized agency in the field.",
    ("Rec_No", "Recommendation ITU-T Y.9999"),
    ("Rec_title", "Requirements for the handling of parcels by birds"),
    ("Heading 1", "1 Scope"),
    "This Recommendation specifies requirements, see Recommendation ITU-T Y.1 (03/1999).",
]


def test_a_contribution_gives_all_its_fields(word_document, reads):
    proposal = reads(word_document(CONTRIBUTION))

    assert proposal.title == "Proposal to start a new work item on parcels"
    assert (proposal.number, proposal.revision, proposal.body) == ("SG13-C83", "R1", "ITU-T")
    assert (proposal.group, proposal.question, proposal.date) == ("SG13", "Q2/13", "2019-09-23")
    assert proposal.source_organizations == ("Initech Technologies Co., Ltd., China", "Hooli (Ireland)", "Umbrella")


@pytest.mark.parametrize(
    "written", ["C-83", "TD 0238", "TSAG-TD146", "COM 13 \u2013 C 83 \u2013 E", "SG13-C83", "SG13-R12"]
)
def test_the_numbers_of_contributions_are_kept_as_written(word_document, reads, written):
    cover = [["INTERNATIONAL TELECOMMUNICATION UNION", written], *CONTRIBUTION[1:]]

    assert reads(word_document(cover)).number == written


@pytest.mark.parametrize(
    ("written", "number", "revision"),
    [
        ("SG13-C83-R1", "SG13-C83", "R1"),
        ("TD 12 Rev.1", "TD 12", "R1"),
        ("TD 12 Rev.2/PLEN", "TD 12/PLEN", "R2"),
        ("COM 13 - C 83 R1 - E", "COM 13 - C 83 - E", "R1"),
        ("SG13-R12-R2", "SG13-R12", "R2"),
    ],
)
def test_the_revision_of_a_contribution_is_no_part_of_its_number(word_document, reads, written, number, revision):
    cover = [["INTERNATIONAL TELECOMMUNICATION UNION", written], *CONTRIBUTION[1:]]

    proposal = reads(word_document(cover))

    assert (proposal.number, proposal.revision) == (number, revision)


def test_several_questions_are_listed(word_document, reads):
    cover = [*CONTRIBUTION[:3], ["Question(s):", "2, 6/13", "Geneva, 4 March 2019"], *CONTRIBUTION[4:]]

    assert reads(word_document(cover)).question == "Q2/13, Q6/13"


def test_a_label_and_its_value_on_one_line_are_read(text_document, reads):
    text = """\
INTERNATIONAL TELECOMMUNICATION UNION
TELECOMMUNICATION STANDARDIZATION SECTOR
STUDY PERIOD 2017-2020

STUDY GROUP 17

Original: English

Question(s): 6/17

Geneva, 22-30 January 2019

CONTRIBUTION 412

Source: Egypt, Kenya

Title: Birds and their parcels

Abstract: This is about the birds that are in the sky.
"""
    proposal = reads(text_document(text))

    assert (proposal.title, proposal.group, proposal.question) == ("Birds and their parcels", "SG17", "Q6/17")
    assert (proposal.source_organizations, proposal.date) == (("Egypt", "Kenya"), "2019-01-22")


def test_an_amendment_of_a_recommendation_is_numbered_and_titled(word_document, reads):
    proposal = reads(word_document(RECOMMENDATION))

    assert (proposal.number, proposal.body, proposal.date) == ("ITU-T Y.9999 Amd. 2", "ITU-T", "2016-11")
    assert proposal.title == "Requirements for the handling of parcels by birds"


def test_the_title_on_the_cover_serves_where_the_text_repeats_none(word_document, reads):
    proposal = reads(word_document(RECOMMENDATION[:10]))

    assert proposal.title == "Requirements for the handling of parcels"


def test_a_recommendation_in_spanish_is_read(word_document, reads):
    parts = [
        ["", "Unión Internacional de Telecomunicaciones"],
        ["UIT-T", "E.999"],
        ["SECTOR DE NORMALIZACIÓN DE LAS TELECOMUNICACIONES DE LA UIT", "(04/2017)"],
        ["SERIE E: EXPLOTACIÓN GENERAL DE LA RED"],
        ["Requisitos para los paquetes"],
        ["Recomendación UIT-T E.999"],
        "La presente Recomendación especifica los requisitos que deben cumplir los paquetes en la red de las aves.",
    ]

    proposal = reads(word_document(parts))

    assert (proposal.number, proposal.title) == ("ITU-T E.999", "Requisitos para los paquetes")
    assert (proposal.date, proposal.language) == ("2017-04", "es")


def test_a_supplement_is_numbered_by_its_series(word_document, reads):
    parts = [
        ["", "International Telecommunication Union"],
        ["ITU-T", "Series Y"],
        ["TELECOMMUNICATION STANDARDIZATION SECTOR OF ITU", "Supplement 5 (07/2016)"],
        ["SERIES Y: GLOBAL PARCEL INFRASTRUCTURE"],
        ["Use cases of parcels"],
        ["ITU-T Y-series Recommendations \u2013 Supplement 5"],
    ]

    proposal = reads(word_document(parts))

    assert (proposal.number, proposal.title, proposal.date) == ("ITU-T Y Suppl. 5", "Use cases of parcels", "2016-07")


def test_a_resolution_is_read(word_document, reads):
    parts = [
        ["", "International Telecommunication Union"],
        ["ITU-T", ""],
        ["WORLD TELECOMMUNICATION STANDARDIZATION ASSEMBLY", "Hammamet, 25 October - 3 November 2016"],
        ("Res_No", "RESOLUTION 99 (Rev. Hammamet, 2016)"),
        ("Res_title", "Rules of procedure for birds"),
        "The World Telecommunication Standardization Assembly (Hammamet, 2016),",
    ]

    proposal = reads(word_document(parts))

    assert (proposal.number, proposal.title) == ("Resolution 99", "Rules of procedure for birds")
    assert (proposal.revision, proposal.date) == ("Rev. Hammamet, 2016", "2016-10-25")


def test_a_radio_recommendation_is_of_the_radio_sector(text_document, reads):
    text = """\
Recommendation ITU-R RA.999-2

Bird noise in the radio bands

(1995-1998-2003)

The ITU Radiocommunication Assembly,

considering that the birds are in the bands
"""

    proposal = reads(text_document(text))

    assert (proposal.number, proposal.body, proposal.date) == ("ITU-R RA.999-2", "ITU-R", "2003")
    assert proposal.title == "Bird noise in the radio bands"


def test_implementers_guide_is_known_by_its_cover_and_numbered_by_its_file(word_document, reads):
    cover = [
        *RECOMMENDATION[:1],
        ["ITU-T", "Implementer's", "guide"],
        *RECOMMENDATION[2:4],
        "A guide to parcels",
        RECOMMENDATION[-1],
    ]

    proposal = reads(word_document(cover, source="T-REC-Y.Imp99-201809-I_MSW-E.docx"))

    assert (proposal.publication, proposal.number) == ("Implementers' guide", "ITU-T Y.Imp99")
