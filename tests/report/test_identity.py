"""What a report says of its document and of how it was read."""

from dataclasses import replace

import pytest
from lxml import html

from impact.pipeline import render
from impact.present.document_names import called
from impact.present.places import named
from impact.report.view.document_name import numbered
from impact.report.view.identity import identity_of, is_published, options_of


def proposal_of(sheet, **fields):
    sheet.say("The node shall forward each parcel.", "1")
    return sheet.assessed(**fields).proposal


@pytest.mark.parametrize(
    ("body", "number"),
    [("ETSI", "ETSI TS 999 999"), ("ITU-T", "ITU-T Y.9999"), ("IETF", "RFC 9999"), ("ISO", "ISO 99999-1:2016")],
)
def test_number_that_its_body_gives_makes_a_document_published(sheet, body, number):
    assert is_published(proposal_of(sheet, body=body, number=number))


@pytest.mark.parametrize(
    ("body", "number"),
    [
        ("ITU-T", "SG13-C83"),
        ("3GPP", "S2-1912345"),
        ("IETF", "draft-birds-parcel-03"),
        ("ISO", "ISO 9999/DAM 1"),
        ("", ""),
    ],
)
def test_contribution_or_draft_is_not_published(sheet, body, number):
    assert not is_published(proposal_of(sheet, body=body, number=number))


def test_published_document_is_said_to_be_published(sheet):
    sheet.say("The node shall forward each parcel.", "1")
    assessment = sheet.assessed(body="ETSI", number="ETSI TS 999 999", group="BIRDS")

    fields = dict(identity_of(assessment).verbatim)
    page = html.document_fromstring(render(assessment, "onepage-fr")).text_content()

    assert fields["Published by"] == "ETSI \N{MIDDLE DOT} BIRDS"
    assert "Submitted to" not in fields
    assert "Publié par" in page


def test_file_that_is_text_is_not_said_to_be_read_by_an_engine(sheet):
    sheet.say("The node shall forward each parcel.", "1")
    assessment = sheet.assessed({"format": "text", "engine": "text", "paged": False})

    assert dict(identity_of(assessment).facts)["Read"] == "6 words"


def test_options_without_effect_on_a_format_are_left_out(sheet):
    sheet.say("The node shall forward each parcel.", "1")
    given = (("by", "model"), ("pdf_engine", "pdfium"), ("view", "accepted"))

    def shown(form):
        made = sheet.assessed({"format": form})
        return [name for name, _ in options_of(replace(made, provenance=replace(made.provenance, options=given)))]

    assert [shown("text"), shown("pdf"), shown("docx")] == [["by"], ["by", "pdf_engine"], ["by", "view"]]


@pytest.mark.parametrize(
    ("place", "told"),
    [("5", "clause 5"), ("5 (p. 8)", "clause 5 (p. 8)"), ("5.1 (p. 8)", "clause 5.1 (p. 8)"), ("p. 4", "p. 4")],
)
def test_mere_number_is_said_to_be_a_clause(place, told):
    assert named(place) == told


@pytest.mark.parametrize(
    ("body", "number", "label"),
    [("ITU-T", "SG13-C83", "Meeting date"), ("ITU-T", "ITU-T Y.9999", "Date"), ("IETF", "draft-a-b-00", "Date")],
)
def test_date_of_a_contribution_to_the_itu_is_that_of_its_meeting(sheet, body, number, label):
    sheet.say("The node shall forward each parcel.", "1")
    identity = identity_of(sheet.assessed(body=body, number=number, date="2025-03-03"))

    assert dict(identity.verbatim)[label] == "3 March 2025"


def test_rfc_that_names_no_body_is_shown_as_what_it_is_published_as(sheet):
    fields = dict(
        identity_of(published(sheet, body="IETF", number="RFC 9999", publication="Informational RFC")).verbatim
    )

    assert fields["Published as"] == "Informational RFC"
    assert not {"Published by", "Submitted to"} & fields.keys()


def test_group_without_a_body_is_not_a_body_to_which_a_document_is_submitted(sheet):
    assert dict(identity_of(published(sheet, group="bird-id")).verbatim)["Group"] == "bird-id"


def test_version_alone_is_no_number(sheet):
    fields = dict(identity_of(published(sheet, revision="19.06")).verbatim)

    assert (fields["Version"], "Number" in fields) == ("19.06", False)


def test_legal_form_of_a_company_is_left_out_of_its_name(sheet):
    fields = dict(identity_of(published(sheet, source_organizations=("Initech, Inc.", "(Hooli)", "SA"))).verbatim)

    assert fields["Source"] == "Initech; Hooli; SA"


@pytest.mark.parametrize(
    ("number", "title", "name"),
    [
        (
            "Y.9999 Birds\u2019 Guide",
            "Birds' guide for Recommendation ITU-T Y.9999 (2016)",
            "Birds' guide for Recommendation ITU-T Y.9999 (2016)",
        ),
        ("parcel-request", "Parcel Request API", "Parcel Request API"),
        ("RFC 9999", "Parcels over Pigeons", "RFC 9999: Parcels over Pigeons"),
        ("C-83", "Part C: 83 birds", "C-83: Part C: 83 birds"),
        ("draft-birds-parcel-03", "Parcels over Pigeons", "Parcels over Pigeons (draft-birds-parcel-03)"),
        ("", "Parcels", "Parcels"),
        ("RFC 9999", "", "RFC 9999"),
    ],
)
def test_number_is_not_said_before_a_title_that_has_it(number, title, name):
    assert called(number, title) == name


def test_markdown_says_what_the_organizations_of_a_document_are(sheet):
    fields = {"body": "IETF", "number": "draft-a-b-00", "source_organizations": ("Initech", "Hooli, Inc.")}

    assert "\nIETF \N{MIDDLE DOT} Authors\u2019 affiliations: Initech; Hooli\n" in render(
        published(sheet, **fields), "md"
    )


@pytest.mark.parametrize(
    ("short", "title", "number"),
    [
        ("ua-bird-hints", "User-Agent Bird Hints", ""),
        ("bird-a11y-12", "Bird Accessibility 1.2", ""),
        ("birdsong", "Bird Song", ""),
        ("bird-meta", "Birds on the Wing: Metadata", ""),
        ("BirdSongs", "Bird Song Reading API", ""),
        ("bst", "Bird Song Transport", "bst"),
        ("bird-song-2", "Bird Song", "bird-song-2"),
        ("draft-bird-song", "Draft Bird Song", "draft-bird-song"),
    ],
)
def test_short_name_that_only_repeats_the_title_is_no_number(sheet, short, title, number):
    assert numbered(published(sheet, number=short, title=title).proposal) == number


def test_a_long_title_is_compared_with_a_short_name_in_few_steps(sheet, steps):
    proposal = published(sheet, number=f"{'a' * 60}b", title="aaaa a " * 500).proposal

    assert steps(lambda: numbered(proposal)) < 200_000


@pytest.mark.parametrize(
    ("number", "revision", "name"),
    [
        ("OIML R 999", "Edition 2026", "OIML R 999 (Edition 2026)"),
        ("OIML R 999", "Amendment (2026)", "OIML R 999, Amendment (2026)"),
        ("C-417", "R1", "C-417-R1"),
        ("XEP-9999", "0.1.2", "XEP-9999, version 0.1.2"),
        ("ETSI TS 999 999", "V1.2.1", "ETSI TS 999 999 V1.2.1"),
    ],
)
def test_number_is_followed_by_its_revision(sheet, number, revision, name):
    assert numbered(published(sheet, number=number, revision=revision).proposal) == name


def test_year_of_an_edition_is_said_once(sheet):
    fields = {"body": "OIML", "number": "OIML R 999", "revision": "Edition 2026", "date": "2026"}

    assert "Date" not in dict(identity_of(published(sheet, **fields)).verbatim)


@pytest.mark.parametrize(
    ("fields", "label", "value"),
    [
        (
            {"body": "IETF", "publication": "Internet-Draft", "number": "draft-a-b-00", "group": "BIRDS"},
            "Status",
            "Internet-Draft \N{MIDDLE DOT} IETF \N{MIDDLE DOT} BIRDS working group",
        ),
        (
            {"body": "Independent Submission", "publication": "Individual Internet-Draft", "group": "EGG"},
            "Status",
            "Individual Internet-Draft \N{MIDDLE DOT} Independent Submission \N{MIDDLE DOT} for the EGG working group",
        ),
        (
            {"body": "W3C", "publication": "Editor's Draft", "group": "Bird Working Group"},
            "Status",
            "Editor's Draft \N{MIDDLE DOT} W3C \N{MIDDLE DOT} Bird Working Group",
        ),
        ({"body": "W3C", "publication": "Recommendation"}, "Published as", "Recommendation \N{MIDDLE DOT} W3C"),
    ],
)
def test_state_of_a_document_is_said_before_its_body_and_group(sheet, fields, label, value):
    assert dict(identity_of(published(sheet, **fields)).verbatim)[label] == value


def test_one_page_says_the_state_of_a_draft_and_whose_the_organizations_are(sheet):
    fields = {"body": "W3C", "publication": "Editor's Draft", "source_organizations": ("Initech",)}
    page = html.document_fromstring(render(published(sheet, **fields), "onepage-fr"))

    said = " ".join(page.find_class("identity")[0].text_content().split())

    assert said == "Statut Editor's Draft \N{MIDDLE DOT} W3C Affiliations Initech"


@pytest.mark.parametrize(
    ("roles", "organizations", "label"),
    [
        (("editor",), 1, "Editor\u2019s affiliation"),
        (("editor", "editor"), 2, "Editors\u2019 affiliations"),
        (("editor", "author", "author"), 2, "Editor\u2019s and authors\u2019 affiliations"),
        (("author",), 1, "Author\u2019s affiliation"),
        ((), 2, "Authors\u2019 affiliations"),
    ],
)
def test_affiliation_of_an_editor_is_not_that_of_an_author(sheet, roles, organizations, label):
    names = ("Initech", "Hooli")[:organizations]
    assessment = published(sheet, body="W3C", source_organizations=names, source_roles=roles)

    assert dict(identity_of(assessment).verbatim)[label] == "; ".join(names)


def test_organizations_after_the_fifth_are_counted(sheet):
    names = tuple(f"Bird{number}" for number in range(1, 8))
    source = dict(identity_of(published(sheet, source_organizations=names)).verbatim)["Source"]

    assert source == "Bird1; Bird2; Bird3; Bird4; Bird5; and two others"


def published(sheet, **fields):
    sheet.say("The node shall forward each parcel.", "1")
    return sheet.assessed(**fields)
