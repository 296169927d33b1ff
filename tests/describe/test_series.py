"""Headers of proposals that belong to a series."""

import pytest

from impact.describe import describe
from impact.extract.markdown import markdown
from impact.extract.options import Options


def described(text, name="proposal.md"):
    return describe(markdown.read(text.encode(), name, Options()))


def test_number_title_and_state_are_read_from_a_header_of_lines(text_document, reads):
    proposal = reads(text_document("PEP: 9999\nTitle: Names of Berths\nStatus: Superseded\n\nAbstract\n\nWe sail."))

    assert (proposal.number, proposal.title, proposal.state) == ("PEP 9999", "Names of Berths", "Superseded")


def test_number_and_state_are_read_from_the_metadata_of_a_source():
    proposal = described("---\neip: 99999\ntitle: Berths for All\nstatus: Final\n---\n\n## Abstract\n\nShips moor.\n")

    assert (proposal.number, proposal.title, proposal.state) == ("EIP 99999", "Berths for All", "Final")


def test_a_heading_that_is_a_mere_number_stands_above_the_title():
    proposal = described("ABC-45\n======\n\nMarkets of the Harbor\n---------------------\n\nText.\n")

    assert (proposal.number, proposal.title) == ("ABC-45", "Markets of the Harbor")


@pytest.mark.parametrize("name", ["`berth_names`", "berth\\_names"])
def test_the_name_of_a_feature_is_a_title_in_words(name):
    proposal = described(f"- Feature Name: {name}\n- Start Date: 2030-01-02\n\n## Summary\n\nName each berth.\n")

    assert (proposal.title, proposal.date) == ("berth names", "2030-01-02")


@pytest.mark.parametrize(
    ("line", "state"),
    [
        ("**This proposal has been superseded by another one.**", "superseded"),
        ("This specification is no longer maintained.", "no longer maintained"),
        ("This draft replaces the list that was withdrawn.", ""),
        ("- Status: [Proposed](/lifecycle.md)", "Proposed"),
        ("Status: on the line", ""),
    ],
)
def test_a_document_says_that_it_was_replaced_or_how_far_it_is(line, state):
    assert described(f"# Berths\n\n{line}\n\n## Introduction\n\nShips moor.\n").state == state


def test_what_a_document_is_published_as_says_more_than_its_state(text_document, reads):
    text = "Internet-Draft\nIntended status: Experimental\n\nBirds\ndraft-bird-nest-00\n\nStatus: Draft"

    assert reads(text_document(text, source="draft-bird-nest-00.txt")).state == ""


def test_a_draft_of_a_research_group_is_one_of_the_irtf():
    head = '%%%\ntitle = "Nests"\ndocName = "draft-bird-nest-00"\nworkgroup = "Bird Song Research Group"\n%%%\n'
    proposal = described(f"{head}\n# Introduction\n\nBirds nest.\n")

    assert (proposal.body, proposal.group) == ("IRTF", "Bird Song")


def test_a_blank_that_is_filled_in_on_publication_is_no_number():
    head = '%%%\ntitle = "Nests"\ndocName = "@DOCNAME@"\nworkgroup = "BIRDS"\nsubmissiontype = "IETF"\n%%%\n'
    proposal = described(f"{head}\n# Introduction\n\nBirds nest.\n")

    assert (proposal.number, proposal.body, proposal.publication) == ("", "IETF", "Internet-Draft")
