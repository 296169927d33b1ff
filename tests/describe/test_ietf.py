"""RFCs and Internet-Drafts."""

import pytest

RFC = """\
Internet Engineering Task Force (IETF)                        A. Example
Request for Comments: 9999                                 Initech, Inc.
Obsoletes: 8888                                            B. van Sample
Category: Standards Track                                   Umbrella AG
ISSN: 2070-1721                                             October 2023


                    Carrying Pigeons over Parcels
                       with Quality of Service

Abstract

   This document, published in March 2001 in another form, moves birds.

1.  Introduction

   [RFC1149] of April 1990 is not this document.  See also ETSI TS 102 657 V1.1.1 (2010-01).
"""

DRAFT = """\
TLS                                                           C. Tester
Internet-Draft                                                 Hooli Inc.
Intended status: Experimental                                  D. Second
Expires: 11 July 2024                                        Pied Piper
                                                          8 January 2024


           A Way to Say Hello
                        draft-ietf-tls-hello-06

Abstract

   We say hello.
"""

OLD = """\
Network Working Group                                          J. Doe
Request for Comments: 77                                         UCLA
                                                            5 June 71


                      A Note on Notes

This note is about notes.
"""


def test_an_rfc_header_gives_all_its_fields(text_document, reads):
    proposal = reads(text_document(RFC, source="rfc9999.txt"))

    assert proposal.title == "Carrying Pigeons over Parcels with Quality of Service"
    assert (proposal.number, proposal.body, proposal.date) == ("RFC 9999", "IETF", "2023-10")
    assert proposal.source_organizations == ("Initech, Inc.", "Umbrella AG")
    assert proposal.language == "en"


def test_a_draft_is_dated_by_its_date_and_not_by_its_expiry(text_document, reads):
    proposal = reads(text_document(DRAFT, source="x.txt"))

    assert (proposal.number, proposal.revision, proposal.date) == ("draft-ietf-tls-hello-06", "06", "2024-01-08")
    assert (proposal.title, proposal.group) == ("A Way to Say Hello", "TLS")
    assert proposal.source_organizations == ("Hooli Inc.", "Pied Piper")


def test_an_old_rfc_with_a_year_of_two_figures_is_read(text_document, reads):
    proposal = reads(text_document(OLD))

    assert (proposal.number, proposal.title, proposal.date) == ("RFC 77", "A Note on Notes", "1971-06-05")


def test_the_header_beside_the_title_in_a_pdf_is_read(drawn_document, reads):
    document = drawn_document(
        [
            (66, 187, 17, "RFC 9999"),
            (66, 210, 17, "Parcels over Pigeons"),
            (66, 258, 14, "Abstract"),
            (66, 285, 10, "This document moves birds, and the birds move parcels for those who sent them."),
            (71, 77, 9, "Stream:"),
            (152, 77, 9, "Internet Research Task Force (IRTF)"),
            (71, 89, 9, "RFC:"),
            (152, 89, 9, "9999"),
            (71, 101, 9, "Published:"),
            (152, 101, 9, "May 2021"),
            (71, 113, 9, "Author:"),
            (152, 113, 9, "A. Example"),
            (152, 125, 9, "Initech"),
            (66, 357, 14, "Status of This Memo"),
        ]
    )

    proposal = reads(document)

    assert (proposal.title, proposal.number, proposal.body) == ("Parcels over Pigeons", "RFC 9999", "IRTF")
    assert (proposal.date, proposal.source_organizations) == ("2021-05", ("Initech",))


def test_the_title_is_below_the_number_however_many_authors_are_above_it(text_document, reads):
    people = "".join(f"{letter}. Example\n\nHarbor {letter} Ltd\n\n" for letter in "ABCDEF")
    fields = (
        "Stream:\n\nInternet Engineering Task Force (IETF)\n\nRFC:\n\n9999\n\nPublished:\n\nMay 2021\n\nAuthors:\n\n"
    )

    proposal = reads(text_document(f"{fields}{people}RFC 9999\n\nParcels over Pigeons\n\nAbstract\n\nBirds fly.\n"))

    assert proposal.title == "Parcels over Pigeons"


def test_a_right_column_of_a_pdf_is_no_title(drawn_document, reads):
    document = drawn_document(
        [
            (72, 70, 10, "Network Working Group"),
            (440, 70, 10, "V. Sample"),
            (72, 82, 10, "Request for Comments: 1999"),
            (440, 82, 10, "LBL"),
            (440, 94, 10, "February 1996"),
            (180, 200, 17, "Pressing Headers"),
            (180, 222, 17, "for Slow Links"),
            (72, 300, 10, "Status of this Memo"),
        ]
    )

    proposal = reads(document)

    assert proposal.title == "Pressing Headers for Slow Links"
    assert (proposal.date, proposal.source_organizations) == ("1996-02", ("LBL",))


def test_the_metadata_of_a_source_is_read(text_document, reads):
    document = text_document(
        "Hello again\n\nWe say hello again, and we say it to all of those who are here.",
        source="draft.md",
        kind="markdown",
        properties=[
            ("title", "Hello again"),
            ("docname", "draft-irtf-pearg-hello-latest"),
            ("stream", "IRTF"),
            ("group", "pearg"),
            ("organizations", "Initech; Hooli"),
            ("date", "2024-05-06"),
        ],
    )

    proposal = reads(document)

    assert (proposal.title, proposal.number, proposal.body) == ("Hello again", "draft-irtf-pearg-hello", "IRTF")
    assert (proposal.group, proposal.date, proposal.revision) == ("PEARG", "2024-05-06", "")
    assert proposal.source_organizations == ("Initech", "Hooli")


def test_draft_of_a_workshop_of_the_iab_is_of_the_iab(text_document, reads):
    draft = DRAFT.replace("draft-ietf-tls-hello-06", "draft-tester-iab-ws-hello-06").replace("TLS ", "IAB ")

    assert reads(text_document(draft)).body == "IAB"


def test_rfc_of_the_iab_is_of_the_iab(text_document, reads):
    rfc = RFC.replace("Internet Engineering Task Force (IETF)", "Internet Architecture Board (IAB)     ")

    assert reads(text_document(rfc, source="rfc9999.txt")).body == "IAB"


def test_rfc_or_draft_of_the_editorial_stream_is_of_the_rfc_editor(text_document, reads):
    rfc = RFC.replace("Internet Engineering Task Force (IETF)", "RFC Series Working Group (RSWG)       ")
    properties = [("docname", "draft-birds-rswg-parcel-03"), ("title", "Parcels"), ("stream", "editorial")]
    draft = text_document("Parcels\n\nBirds fly.\n", kind="markdown", properties=properties)

    assert [reads(text_document(rfc, source="rfc9999.txt")).body, reads(draft).body] == ["RFC Editor", "RFC Editor"]


def test_an_rfc_is_published_as_one_of_its_category(text_document, reads):
    other = RFC.replace("Standards Track", "Informational  ")
    publications = [reads(text_document(text, source="rfc9999.txt")).publication for text in (RFC, other, OLD)]

    assert publications == ["Standards Track RFC", "Informational RFC", "RFC"]


def test_title_of_an_rfc_may_have_a_date(text_document, reads):
    title = "Report from the Workshop on Parcels March 9-10, 2026"
    head = (
        "Network Working Group                         A. Finch\nRequest for Comments: 9999                    May 2026"
    )

    proposal = reads(
        text_document(f"{head}\n\n\n   {title}\n\nStatus of This Memo\n\nBirds fly.\n", source="rfc9999.txt")
    )

    assert proposal.title == title


@pytest.mark.parametrize(
    ("name", "publication"),
    [("draft-birds-parcel-03", "Individual Internet-Draft"), ("draft-ietf-birds-parcel-03", "Internet-Draft")],
)
def test_a_draft_that_no_stream_has_adopted_is_an_individual_one(text_document, reads, name, publication):
    properties = [("docname", name), ("title", "Parcels")]

    proposal = reads(text_document("Parcels\n\nBirds fly.\n", kind="markdown", properties=properties))

    assert (proposal.publication, proposal.number) == (publication, name)


@pytest.mark.parametrize(
    ("authors", "roles"),
    [
        (("A. Finch", "B. Heron"), ("author", "author")),
        (("A. Finch, Ed.", "B. Heron"), ("editor", "author")),
        (("A. Finch, Editor",), ("editor",)),
    ],
)
def test_head_of_an_rfc_tells_editors_from_authors(text_document, reads, authors, roles):
    left = ["Internet Engineering Task Force (IETF)", "", "Request for Comments: 9999", ""]
    right = [line for author in authors for line in (author, "Initech")]
    head = "\n".join(f"{side:<48}{person}" for side, person in zip(left, right, strict=False))
    text = f"{head}\nCategory: Informational                         May 2026\n\nParcels\n\nAbstract\n\nBirds fly.\n"

    assert reads(text_document(text, source="rfc9999.txt")).source_roles == roles


def test_category_below_its_label_is_read(text_document, reads):
    rfc = "RFC 9999\n\nParcels\n\nStream:\nIndependent\nRFC:\n9999\nCategory:\nExperimental\n\nAbstract\n\nBirds fly.\n"

    assert reads(text_document(rfc, source="rfc9999.txt")).publication == "Experimental RFC"


@pytest.mark.parametrize(
    ("below_author", "organizations"),
    [
        ("June l988", ()),
        ("www.parcels.example", ()),
        ("https://parcels.example/team", ()),
        ("parcels.example", ()),
        ("sample@parcels.example", ()),
        ("Parcels.com", ("Parcels.com",)),
        ("June Parcels", ("June Parcels",)),
    ],
)
def test_dates_and_addresses_are_no_affiliation(text_document, reads, below_author, organizations):
    text = f"""\
Network Working Group                                          J. Sample
Request for Comments: 9999{below_author:>46}
                                                            January 1999

                          Parcels over Pigeons

Introduction

Parcels fly.
"""
    assert reads(text_document(text)).source_organizations == organizations


def test_title_below_the_authors_of_a_pdf_is_no_affiliation(drawn_document, reads):
    document = drawn_document(
        [
            (71, 77, 9, "Stream:"),
            (152, 77, 9, "Internet Engineering Task Force (IETF)"),
            (71, 89, 9, "RFC:"),
            (152, 89, 9, "9999"),
            (71, 101, 9, "Published:"),
            (152, 101, 9, "May 2021"),
            (71, 113, 9, "Authors:"),
            (152, 113, 9, "A. Example"),
            (152, 125, 9, "Initech"),
            (66, 187, 17, "RFC 9999"),
            (66, 210, 17, "Hidden Parcels"),
            (66, 258, 14, "Abstract"),
            (66, 285, 10, "This document hides parcels, and the birds that move them for those who sent them."),
        ]
    )

    proposal = reads(document)

    assert (proposal.title, proposal.source_organizations) == ("Hidden Parcels", ("Initech",))
