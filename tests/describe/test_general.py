"""Documents of no family, and what must not make a family."""

import pytest

from impact.describe import describe
from impact.extract.markdown import markdown
from impact.extract.options import Options


def test_a_text_about_the_itu_is_no_itu_document(text_document, reads):
    text = """\
International Telecommunication Union

The International Telecommunication Union and its ITU-T sector are described here for those who do not know them.

Recommendation ITU-T Y.2770 is one of many. Question 2 of study group 13 is another matter.
"""
    proposal = reads(text_document(text))

    assert (proposal.body, proposal.number) == ("", "")
    assert proposal.title == "International Telecommunication Union"


def test_a_paper_that_cites_standards_belongs_to_none(text_document, reads):
    text = """\
Birds in Parcels

A. Example

Abstract

We study birds that are in parcels, and what they do there.

References

[1] Request for Comments 1149, April 1990.

[2] ETSI TS 102 657 V1.28.1 (2021-12)

[3] ISO 17301-1:2007
"""
    proposal = reads(text_document(text))

    assert (proposal.title, proposal.body, proposal.number, proposal.date) == ("Birds in Parcels", "", "", "")


def test_the_title_property_counts_where_the_text_has_the_same_words(drawn_document, reads):
    lines = [
        (72, 60, 20, "Proceedings of Birds"),
        (72, 100, 12, "Parcels and the Web"),
        (72, 130, 10, "Birds are in the sky and parcels are not."),
    ]
    document = drawn_document(lines, properties=[("title", "Parcels and the web")])

    assert reads(document).title == "Parcels and the Web"


@pytest.mark.parametrize(
    "stale",
    [
        "Microsoft Word - x.doc",
        "untitled",
        "PowerPoint Presentation",
        "tcpcomp.dvi",
        "1801763",
        "Proceedings Template - WORD",
        "",
    ],
)
def test_a_stale_title_property_gives_way_to_the_largest_text(drawn_document, reads, stale):
    lines = [
        (72, 60, 10, "Some institute"),
        (72, 80, 20, "The Title of it"),
        (72, 104, 20, "goes on"),
        (72, 150, 10, "And here is the text of it."),
    ]

    assert reads(drawn_document(lines, properties=[("title", stale)])).title == "The Title of it goes on"


def test_the_first_heading_is_the_title_of_a_word_document(word_document, reads):
    assert (
        reads(word_document(["Our institute", ("Heading 1", "All about birds"), "Text of it."])).title
        == "All about birds"
    )


def test_the_file_name_comes_last(text_document, reads):
    text = "This is running text which goes on for more than a line and which is not a title at all.\n\nAnd so on."

    assert reads(text_document(text, source="all_about_birds.txt")).title == "All about birds"


def test_number_version_and_date_of_a_plain_header_are_read(text_document, reads):
    header = "Parcel System: Protocol\n\nVersion: 4.0.25\n15.06.2023\nDoc. ID: PR-PARCEL"
    text = f"{header}\n\nThe protocol of the parcels is given here for the birds."

    proposal = reads(text_document(text))

    assert (proposal.number, proposal.revision, proposal.date) == ("PR-PARCEL", "4.0.25", "2023-06-15")


def test_an_empty_document_keeps_its_name(text_document, reads):
    proposal = reads(text_document("", source="nothing.txt"))

    assert (proposal.title, proposal.language, proposal.places) == ("nothing", "und", ())


def test_later_pages_are_hardly_looked_at(text_document, steps):
    def of_paragraphs(count):
        birds = "The birds are in the sky and they are many.\n\n" * count
        document = text_document(f"Birds in the Sky\n\n{birds}")
        return steps(lambda: describe(document))

    of_paragraphs(10)

    assert (of_paragraphs(20_000) - of_paragraphs(2_000)) / 18_000 < 10


@pytest.mark.parametrize(
    "written", ["= Birds in Parcels", "# Birds in Parcels", "= Birds in *Parcels*", "Birds in Parcels"]
)
def test_title_has_no_signs_of_markup(text_document, reads, written):
    assert reads(text_document(f"{written}\n\nBirds are in the sky and parcels are not.\n")).title == "Birds in Parcels"


def test_name_of_an_organization_has_no_trademark_sign(text_document, reads):
    document = text_document(
        "Birds are in the sky.\n", properties=[("organizations", "Initech\N{TRADE MARK SIGN}; Hooli")]
    )

    assert reads(document).source_organizations == ("Initech", "Hooli")


def test_heading_of_a_source_is_its_title_where_it_names_no_other(text_document, reads):
    document = text_document("Birds are in the sky.\n", kind="markdown", properties=[("h1", "Parcels")])

    assert reads(document).title == "Parcels"


def test_attributes_and_lower_headings_of_asciidoc_are_no_title(text_document, reads):
    titled = ":toc: right\n:stylesheet: birds.css\n\n= Birds in Parcels\n\nBirds are in the sky.\n"
    untitled = "[abstract]\n== Abstract\nThis paper is about birds with these themes:\n\n* Birds fly.\n"

    assert reads(text_document(titled)).title == "Birds in Parcels"
    assert reads(text_document(untitled, source="birds.txt")).title == "birds"


def test_a_number_with_a_date_gives_way_to_the_title_below_it(drawn_document, reads):
    lines = [
        (72, 60, 30, "PB 201 024 V1.1.1 (1997-05)"),
        (72, 120, 17, "Principles of Parcels"),
        (72, 180, 10, "Parcels are carried by birds, and birds are fed by people."),
    ]

    assert reads(drawn_document(lines)).title == "Principles of Parcels"


def test_a_number_with_a_date_is_the_title_where_the_text_has_no_other(drawn_document, reads):
    assert reads(drawn_document([(72, 60, 30, "PB 201 024 V1.1.1 (1997-05)")])).title == "PB 201 024 V1.1.1 (1997-05)"


def test_a_title_has_no_attributes_of_markup(text_document, reads):
    assert reads(text_document("# Parcel API { #parcel_api }\n\nBirds carry parcels.")).title == "Parcel API"


def titled(source: str, name: str = "x-17.md") -> str:
    return describe(markdown.read(source.encode(), name, Options())).title


def test_a_heading_of_any_level_that_begins_the_text_is_its_title():
    assert titled("### Access to parcels\n\nBirds have access.\n") == "Access to parcels"


def test_a_deeper_heading_within_the_text_is_no_title():
    assert titled(f"{'This section lists birds that carry parcels. ' * 6}\n\n### Quick start\n\nBirds fly.\n") == "x-17"


def test_a_title_between_lines_comes_before_the_headings_of_sections():
    source = "=======\nParcels by Birds\n=======\n\nBirds.\n\nConventions\n===========\n\nWords.\n"

    assert titled(source) == "Parcels by Birds"


def test_what_a_document_does_not_state_plainly_is_uncertain(text_document, drawn_document, reads):
    body = "Birds are in the sky and parcels are not, and those who sent them know it well."
    largest = reads(drawn_document([(72, 60, 20, "Proceedings of Birds"), (72, 130, 10, body)]))
    named = reads(text_document(body, source="birds_and_parcels.txt"))
    labeled = reads(text_document(f"Title: Birds in Parcels\n\n{body}"))

    assert [proposal.uncertain for proposal in (largest, named, labeled)] == [("title",), ("title",), ()]


def test_a_title_of_two_lines_in_the_type_of_the_text_goes_on_in_small_letters(drawn_document, reads):
    lines = [
        (72, 60, 10, "On the duties of operators of harbor networks"),
        (72, 90, 10, "towards the subscribers of their neighbors"),
        (72, 130, 10, "The quay of the harbor is lit at night, and the manual of the network is kept in the office."),
    ]

    title = reads(drawn_document(lines)).title
    assert title == "On the duties of operators of harbor networks towards the subscribers of their neighbors"


def test_a_note_above_the_text_is_no_title():
    text = "The gateway shall answer the reader within a second of the call."
    source = f'!!! info "Draft"\n    This text changes.\n\n## Overview\n\n{text}\n'

    assert describe(markdown.read(source.encode(), "parcel-gateway.md", Options())).title == "parcel-gateway"


def test_the_title_of_joined_chapters_is_uncertain():
    source = b"---\ntitle: Lamps\ndate: 2024-05-02\n---\nClean it.\n\n---\ntitle: Oil\n---\nFill it.\n"

    proposal = describe(markdown.read(source, "harbor-rules.md", Options()))

    assert (proposal.title, proposal.date) == ("harbor-rules", "")
    assert "title" in proposal.uncertain


def described(source, name="birds-in-all-parcels.md"):
    return describe(markdown.read(source.encode(), name, Options()))


@pytest.mark.parametrize(
    ("source", "title", "is_uncertain"),
    [
        ("# Parcels\n\nBirds fly.\n\n## Wings\n\nTwo.\n", "Parcels", False),
        ("# Parcels\n\n# Contents\n\nWings\n\n# Wings\n\nTwo.\n", "Parcels", False),
        ("# Parcels of birds\n\nBirds fly.\n\n# Wings\n\nTwo.\n", "Parcels of birds", True),
        ("# Parcels\n\n## Contents\n\nWings\n\n# Part Two: Wings\n\nTwo.\n", "Parcels, Part Two: Wings", False),
        ("# All parcels\n\n# Part 1: Wings\n\nTwo.\n\n# Part 2: Legs\n\nTwo.\n", "All parcels", True),
        ("## Parcels of birds\n\nBirds fly.\n\n### Wings\n\nTwo.\n", "Parcels of birds", True),
        ("## Parcels of birds\n\nBirds fly.\n\n## Wings of birds\n\nTwo.\n", "Birds in all parcels", True),
        ("# 9 Parcels of birds\n\nBirds fly.\n\n## 9.1 Wings\n\nTwo.\n\n# 10 Legs\n\nTwo.\n", "Parcels of birds", True),
        ("# 0009. Drop\n\nBirds fly.\n\n## Wings\n\nTwo.\n", "0009. Drop", False),
        ("# Motivation\n\nBirds fly.\n\n# Wings\n\nTwo.\n", "Birds in all parcels", True),
        ("# APIs: Parcels\n\nBirds fly.\n\n# APIs: Wings\n\nTwo.\n", "Birds in all parcels", True),
        (
            f"{'Birds fly over parcels. ' * 4}\n\nNo wings\n===\n\nTwo.\n\nLegs\n===\n\nTwo.\n",
            "Birds in all parcels",
            True,
        ),
    ],
    ids=[
        "one",
        "opened",
        "of several",
        "part",
        "parts",
        "below",
        "of several below",
        "numbered",
        "record",
        "section",
        "chapter",
        "after text",
    ],
)
def test_heading_is_the_title_of_a_source_where_it_is_no_section_of_it(source, title, is_uncertain):
    proposal = described(source)

    assert (proposal.title, "title" in proposal.uncertain) == (title, is_uncertain)


def test_heading_of_a_section_is_the_title_where_the_name_of_the_file_says_nothing():
    assert described("## Wings\n\nTwo.\n\n## Legs\n\nTwo.\n", "index.md").title == "Wings"


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("XY-IS-05.md", "XY-IS-05"),
        ("birds_and-all-parcels.md", "Birds and all parcels"),
        ("draft-a-bird-parcel.md", "draft-a-bird-parcel"),
    ],
)
def test_name_of_a_file_is_a_title_in_words_where_it_is_a_phrase(name, title):
    assert described("Birds are in the sky and parcels are not, as we all know by now.\n", name).title == title


def test_kind_of_a_committee_document_is_no_title():
    source = "# OASIS Committee Note\n\n# Parcels of Birds\n\n# Contents\n\n# Wings\n\nTwo.\n"

    assert described(source).title == "Parcels of Birds"


@pytest.mark.parametrize("heading", ["RFC: [Title of Proposal]", "<your title here>", "[Feature Name]"])
def test_a_title_that_nobody_filled_in_is_none(heading):
    source = f"# {heading}\n\n## Summary\n\nBirds fly.\n\n## Motivation\n\nThey must.\n"

    assert "itle" not in (title := described(source).title)
    assert "ame" not in title


def test_version_behind_a_label_in_bold_type_is_read():
    assert described("# Parcels\n\n**Version:** V2.0.1 (2026-01) | **Release:** 2\n\nBirds fly.\n").revision == "V2.0.1"


def test_version_of_front_matter_comes_before_one_in_the_text():
    source = "---\ntitle: Parcels\nversion: v2.0.1\n---\n\nVersion 1.0.3\n\nBirds fly.\n"

    assert described(source).revision == "v2.0.1"


def test_front_matter_between_plus_signs_is_read():
    assert described('+++\ntitle = "Parcels"\nweight = 6\n+++\n\n## Wings\n\nTwo.\n').title == "Parcels"


def test_the_date_is_that_of_the_newest_row_of_a_table_of_versions():
    table = "| Date | Version | Change |\n|---|---|---|\n| 02.03.2017 | 1.0 | First |\n| 17.06.2022 | 1.2 | Title |\n"
    proposal = describe(
        markdown.read(f"# Berths\n\nVersion: 1.2\n\n{table}\n## Use\n\nMoor.\n".encode(), "a.md", Options())
    )

    assert proposal.date == "2022-06-17"


def test_a_dated_version_comes_before_the_table_of_versions():
    table = "| Date | Version | Change |\n|---|---|---|\n| June 2022 | 1.0 | Bracket added |\n"
    source = f"# Berths\n\n**Final version 1 | May 2, 2022**\n\n## History\n\n{table}\n## Use\n\nMoor.\n"

    assert describe(markdown.read(source.encode(), "a.md", Options())).date == "2022-05-02"


def test_a_heading_with_the_words_of_the_name_of_the_file_comes_before_that_name():
    source = "## Simple Summary\n\n### Quay: Old Berths\n\nMoor.\n\n## Motivation\n\nTides.\n"

    assert describe(markdown.read(source.encode(), "CD-01-Old-Berths.md", Options())).title == "Quay: Old Berths"


@pytest.mark.parametrize(
    ("source", "name", "title"),
    [
        ("### Old Berths\n\nMoor.\n\n### Ropes\n\nShips.\n", "oldberths.md", "Old Berths"),
        ("# {{ name }} - {{ title }}\n\n## Summary\n\nMoor.\n", "0071_old_berths_list.md", "Old berths list"),
    ],
    ids=["words of the file", "blanks to fill"],
)
def test_a_heading_that_the_file_is_named_after_is_the_title_and_one_of_blanks_is_not(source, name, title):
    assert describe(markdown.read(source.encode(), name, Options())).title == title


def test_the_first_line_of_a_cover_is_the_title_where_there_are_no_headings():
    source = "Old Berths: Lamps for Boats\nIda Brook, Harbor of the Lake\n\nBoats moor at berths of the harbor.\n"

    assert describe(markdown.read(source.encode(), "a.md", Options())).title == "Old Berths: Lamps for Boats"


def test_a_sentence_that_begins_a_text_without_headings_is_no_title():
    source = "Old berths have lamps for boats\nand ropes for ships.\n\nBoats moor at berths of the harbor.\n"

    assert describe(markdown.read(source.encode(), "lamps.md", Options())).title != "Old berths have lamps for boats"


def test_a_title_in_a_sample_of_code_is_none():
    text = "Boats moor at berths of the harbor, which are listed for their crews in a table of the office.\n"
    source = f"# Berths\n\n{text}\n```js\nadd({{\n  title: 'Old boats',\n}})\n```\n\n## Use\n\nMoor.\n"

    assert describe(markdown.read(source.encode(), "a.md", Options())).title == "Berths"


def test_the_date_is_the_latest_of_a_list_of_changes():
    changes = "* 2019-03-02: First\n* 2020-06-17: Tides\n* 2020-05-01: Title\n"
    proposal = describe(
        markdown.read(f"# Berths\n\n## Changelog\n\n{changes}\n## Use\n\nMoor.\n".encode(), "a.md", Options())
    )

    assert proposal.date == "2020-06-17"


def test_the_date_of_a_page_that_the_text_cites_is_not_its_own():
    source = "# Berths\n\nTides are told by the harbor's\nwiki page from November 2022:\n\n> Tides come twice.\n"

    assert not describe(markdown.read(source.encode(), "a.md", Options())).date


def test_the_date_of_an_example_is_not_that_of_the_document():
    source = '# Berths\n\n| Record | Example |\n|---|---|\n| Consent | "Ida Brook gave consent on 2024-03-15" |\n'

    assert not describe(markdown.read(source.encode(), "a.md", Options())).date


def test_the_date_of_the_last_change_comes_before_that_of_the_beginning():
    source = "# Berths\n\n- **Created**: 2023-11-24\n- **Last Updated**: 2024-01-26\n\n## Use\n\nMoor.\n"

    assert describe(markdown.read(source.encode(), "a.md", Options())).date == "2024-01-26"


def test_the_heading_of_a_header_is_no_title():
    source = "# Meta\n- Name: Moor\n- Start Date: 2024-08-13\n\n## Summary\n\nBerths are moored at.\n"

    assert describe(markdown.read(source.encode(), "rfc-0033-moor-at-berths.md", Options())).title == "Moor at berths"


def test_a_name_of_several_words_in_a_header_is_the_title():
    source = "# Meta\n- Name: Berths for Small Boats\n- Start Date: 2024-08-13\n\n# Summary\n\nBerths are moored at.\n"

    assert describe(markdown.read(source.encode(), "0000-berths.md", Options())).title == "Berths for Small Boats"


@pytest.mark.parametrize(
    "line",
    [
        "At the February 2023 in person meeting, we chose the berths.",
        "Post-History: 30-Aug-2002",
        "Accepted (circa May 2022)",
        "Last call deadline: 2025-07-28",
        "Submitted to the workshop of harbors, March 16-20, 2020, Ghent",
        "2 - 4 May 2023, Ghent",
    ],
)
def test_the_date_of_something_else_is_not_that_of_the_document(line):
    source = f"# Berths\n\n{line}\n\n## Use\n\nMoor.\n"

    assert not describe(markdown.read(source.encode(), "a.md", Options())).date


def test_the_date_of_a_row_is_told_by_its_label():
    source = (
        "| cip | 36 |\n|---|---|\n| title | Berths |\n| last-call-deadline | 2025-07-28 |\n| created | 2025-06-05 |\n"
    )

    assert describe(markdown.read(source.encode(), "a.md", Options())).date == "2025-06-05"


@pytest.mark.parametrize("heading", ["# Project Name", "# Proposal Template\n\nFill in all.\n\n## API name"])
def test_the_title_of_a_form_is_what_was_filled_in(heading):
    source = f"{heading}\n\nBerths of Ferries\n\n## Summary\n\nFerries lie at berths.\n\n## Use\n\nMoor.\n"

    assert titled(source, "a.md") == "Berths of Ferries"


def test_a_label_in_a_title_is_no_part_of_it():
    source = "# Name: Berths of Ferries\n\n## Summary\n\nFerries lie at berths.\n"

    assert titled(source, "a.md") == "Berths of Ferries"


def test_the_name_of_a_file_in_capitals_and_small_letters_is_parted_into_words():
    source = "# Background\n\nFerries lie at berths.\n\n# Goals\n\nBerths have names.\n"

    assert titled(source, "ARModeExploration.md") == "AR Mode Exploration"


def test_a_title_of_the_source_comes_before_a_name_in_code_with_the_same_words():
    source = "---\ntitle: Moored berths\n---\n\n## Notes\n\nShips ask for `moored-berths` first.\n"

    assert titled(source, "moored-berths.md") == "Moored berths"


def test_what_a_text_is_does_not_stand_for_its_title():
    source = "DRAFT PROPOSAL\n==============\n\nBerths of Ferries\n=================\n\nFerries lie at berths.\n"

    assert titled(source, "berths.md") == "Berths of Ferries"


def test_a_date_in_an_aside_is_that_of_something_else():
    source = "# Harbor rules\n\n**Status:** DONE, all parts landed (2026-07-13: B by Ida,\nC by Bo). It holds.\n"

    assert not describe(markdown.read(source.encode(), "a.md", Options())).date


@pytest.mark.parametrize(
    ("name", "date", "title"),
    [
        ("2026-07-07-harbor-rules.md", "2026-07-07", "Harbor rules for boats"),
        ("2026-07-07.md", "2026-07-07", "Harbor rules for boats"),
        ("2026-17-07-harbor-rules.md", "", "Harbor rules for boats"),
    ],
)
def test_a_file_named_by_a_date_has_it(name, date, title):
    proposal = describe(markdown.read(b"# Harbor rules for boats\n\nBoats moor here.\n", name, Options()))

    assert (proposal.date, proposal.title) == (date, title)


def test_a_title_from_the_name_of_a_file_is_without_its_date():
    proposal = describe(
        markdown.read(
            b"# Context\n\nBoats.\n\n# Decision\n\nThey moor.\n", "2026-07-07-harbor-rules-for-boats.md", Options()
        )
    )

    assert proposal.title == "Harbor rules for boats"


def test_a_heading_at_the_beginning_is_the_title_before_the_name_of_a_feature():
    rows = "| Feature name | Ida Quay |\n| --- | --- |\n| **Authors** | Ida Quay |\n\n## Summary\n\nBoats moor here.\n"
    proposal = describe(markdown.read(f"# Add harbor rules\n\n{rows}".encode(), "a.md", Options()))

    assert proposal.title == "Add harbor rules"


def test_of_two_dates_in_a_table_that_of_the_update_counts():
    rows = "| Topic | Quays |\n| --- | --- |\n| **Created** | 2023-12-07 |\n| **Updated** | 2024-02-27 |\n"

    assert describe(markdown.read(f"# Quays\n\n{rows}\nBoats.\n".encode(), "a.md", Options())).date == "2024-02-27"


def test_a_title_of_the_metadata_keeps_its_capitals():
    source = b"---\ntitle: Harbor Rules\n---\n\nIn this text harbor rules are laid down.\n"

    assert describe(markdown.read(source, "a.md", Options())).title == "Harbor Rules"


def test_a_number_that_is_still_to_come_is_none():
    source = b"---\ntitle: Harbor rules\nnumber: xxxx\n---\n\nBoats moor here.\n"

    assert not describe(markdown.read(source, "a.md", Options())).number


def test_first_line_that_shares_its_words_with_the_name_of_the_file_is_the_title():
    source = "Birds in Parcels\n\nAnna Berg\n\n# Wings\n\nBirds fly.\n\n# Legs\n\nBirds walk.\n"

    assert described(source, "some-birds-parcels.md").title == "Birds in Parcels"
    assert described(source, "wings-and-legs.md").title != "Birds in Parcels"


def test_date_within_a_sentence_with_a_link_is_not_that_of_the_document():
    source = "# Birds\n\nBirds were [first seen](https://example.org) in March 2024. They fly.\n"

    assert described(source).date == ""


def test_title_of_a_source_in_markup_may_have_signs_of_code():
    assert described("# Bird as &lt;input> explainer\n\nBirds fly.\n").title == "Bird as <input> explainer"
