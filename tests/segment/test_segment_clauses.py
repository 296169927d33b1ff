from collections.abc import Callable
from pathlib import Path

import pytest
from foreign import TEXTS

from impact.pipeline import prepare
from impact.records import Bookmark, Clause, ClauseKind, Document, Strength
from impact.segment import segment
from impact.segment.pieces import MOST

Build = Callable[..., Document]


def by_id(document: Document) -> dict[str, Clause]:
    return {clause.id: clause for clause in segment(document)}


def test_a_clause_carries_number_headings_kind_and_strength(build: Build) -> None:
    document = build(
        ("heading", "7.2 Access control", {"level": 2}), ("paragraph", "The gateway shall check users. It waits.")
    )

    title, clause = segment(document)

    assert (title.id, title.number, title.kind, title.headings) == ("7.2", "7.2", ClauseKind.HEADING, ())
    assert document.quote(title.span) == "Access control"
    assert (clause.id, clause.number, clause.headings) == ("7.2/p1", "7.2", ("7.2 Access control",))
    assert (clause.kind, clause.strength) == (ClauseKind.REQUIREMENT, Strength.MUST)
    assert clause.strengths == (Strength.MUST, Strength.DESCRIPTIVE)


def test_a_number_that_word_computes_is_cited(build: Build) -> None:
    document = build(
        ("heading", "Access control", {"level": 1, "number": "7"}),
        ("paragraph", "The gateway is:", {}),
        ("item", "fast;", {"level": 1, "number": "a)"}),
        ("item", "blue.", {"level": 2, "number": "ii)"}),
    )

    assert [(clause.id, clause.number) for clause in segment(document)] == [
        ("7", "7"),
        ("7/p1", "7"),
        ("7/a", "7 a)"),
        ("7/a/ii", "7 a) ii)"),
    ]


def test_a_numbered_paragraph_numbers_what_follows_it(build: Build) -> None:
    document = build(
        ("heading", "7.2 Access", {"level": 2}),
        ("paragraph", "7.2.1 The gateway shall check users."),
        ("paragraph", "It keeps a list."),
        ("paragraph", "b) The list is short."),
    )

    assert [(clause.id, clause.number) for clause in segment(document)[1:]] == [
        ("7.2.1", "7.2.1"),
        ("7.2.1/p2", "7.2.1"),
        ("7.2.1/b", "7.2.1 b)"),
    ]


def test_a_measured_value_is_no_number(build: Build) -> None:
    document = build(("heading", "7 Levels", {"level": 1}), ("paragraph", "3.5 dB of gain are lost in the cable."))

    assert document.quote(segment(document)[1].span).startswith("3.5 dB")


def test_a_requirement_is_known_by_its_label(build: Build) -> None:
    document = build(("heading", "7 Needs", {"level": 1}), ("paragraph", "REQ-001: The node shall answer."))

    clause = segment(document)[1]

    assert (clause.id, clause.number, document.quote(clause.span)) == ("REQ-001", "REQ-001", "The node shall answer.")


def test_a_row_is_known_by_the_number_in_its_first_cell(build: Build) -> None:
    document = build(
        ("heading", "7 Needs", {"level": 1}),
        ("row", ("REQ-7", "The node shall answer."), {"table": 0}),
        ("row", ("Speed", "It may be slow."), {"table": 0}),
    )

    first, second = segment(document)[1:]

    assert (first.number, document.quote(first.span)) == ("REQ-7", "The node shall answer.")
    assert (second.id, [document.quote(sentence) for sentence in second.sentences]) == (
        "7/t1r1",
        ["Speed", "It may be slow."],
    )


def test_an_item_takes_strength_and_stem_from_its_introduction(build: Build) -> None:
    document = build(
        ("heading", "7 Needs", {"level": 1}),
        ("paragraph", "It is old. The network shall:"),
        ("item", "block names;", {"level": 1, "number": "\u2013"}),
        ("item", "and may count them.", {"level": 1, "number": "\u2013"}),
        ("paragraph", "It is new."),
        ("item", "free.", {"level": 1, "number": "\u2013"}),
    )

    _, _, first, second, _, last = segment(document)

    assert first.stem is not None
    assert document.quote(first.stem) == "The network shall:"
    assert (first.strength, first.kind, second.strength) == (Strength.MUST, ClauseKind.REQUIREMENT, Strength.MAY)
    assert last.stem is None


@pytest.mark.parametrize(
    "lead", ["Here are some examples of policies:", "A node may do more, for example:", "Examples of rules are:"]
)
def test_an_item_of_a_list_of_examples_binds_nobody(build: Build, lead: str) -> None:
    document = build(
        ("heading", "7 Needs", {"level": 1}),
        ("paragraph", lead),
        ("item", "The use of the archive must be recorded.", {"level": 1, "number": "\u2013"}),
    )

    assert segment(document)[-1].strength is Strength.DESCRIPTIVE


def test_an_item_of_a_list_of_examples_that_are_required_binds(build: Build) -> None:
    document = build(
        ("heading", "7 Needs", {"level": 1}),
        ("paragraph", "For example, the archive shall record these, such as:"),
        ("item", "The use of the archive.", {"level": 1, "number": "\u2013"}),
    )

    assert segment(document)[-1].strength is Strength.MUST


def test_an_item_of_a_list_that_only_names_an_example_still_binds(build: Build) -> None:
    document = build(
        ("heading", "7 Needs", {"level": 1}),
        ("paragraph", "These rules hold beside the example of clause 6:"),
        ("item", "The use of the archive must be recorded.", {"level": 1, "number": "\u2013"}),
    )

    assert segment(document)[-1].strength is Strength.MUST


def test_paragraphs_that_run_together_are_cut_at_their_numbers(build: Build) -> None:
    document = build(
        ("heading", "7.2 Access", {"bold": True}),
        (
            "paragraph",
            "7.2.1 The gateway shall check users. 7.2.2 The gateway shall use 3.3 V as in 7.1. 7.2.3 It waits.",
        ),
        format="pdf",
    )

    assert [clause.number for clause in segment(document)] == ["7.2", "7.2.1", "7.2.2", "7.2.3"]


def test_paragraph_numbers_of_a_un_document_run_through(build: Build) -> None:
    blocks = []
    for section, numeral in enumerate(("I", "II", "III")):
        blocks.append(("paragraph", f"{numeral}. Part of the report", {"bold": True}))
        blocks += [("paragraph", f"{3 * section + n}. The group met and spoke about data.") for n in (1, 2, 3)]

    clauses = segment(build(*blocks, format="pdf"))

    assert [clause.number for clause in clauses if clause.kind is ClauseKind.STATEMENT] == [
        str(n) for n in range(1, 10)
    ]


def test_headings_of_a_pdf_come_from_font_number_and_bookmarks(build: Build) -> None:
    running = {"size": 11.0}
    document = build(
        ("paragraph", "1 Scope", {"size": 11.0, "bold": True}),
        ("paragraph", "This text is about gateways, and it is long enough to be the body.", running),
        ("paragraph", "2 Access", {"size": 11.0, "bold": True}),
        ("paragraph", "2.1 Gateways", {"size": 11.0}),
        ("paragraph", "They are fast, and 3.5 dB are lost on the way to the other side of them.", running),
        ("paragraph", "98.6 Degrees", {"size": 11.0}),
        ("paragraph", "Keys", {"size": 11.0}),
        ("paragraph", "They are kept for a day and then they are thrown away by the operator.", running),
        format="pdf",
        outline=(Bookmark(2, "2.2 Keys", 1),),
    )

    found = [(clause.number, clause.headings) for clause in segment(document) if clause.kind is ClauseKind.HEADING]

    assert found == [("1", ()), ("2", ()), ("2.1", ("2 Access",)), ("2.2", ("2 Access",))]


@pytest.mark.parametrize(
    ("title", "text", "kind"),
    [
        ("References", "[1] A. Writer, A book, 2019.", ClauseKind.REFERENCE),
        ("Bibliography", "ISO 123, Rice", ClauseKind.REFERENCE),
        ("Foreword", "Nobody shall copy this.", ClauseKind.BOILERPLATE),
        ("Authors' Addresses", "A. Writer, Berlin", ClauseKind.BOILERPLATE),
        ("Terms and definitions", "gateway: node that forwards", ClauseKind.DEFINITION),
        ("Abbreviations", "LEA Law Enforcement Agency", ClauseKind.ABBREVIATION),
        ("Symbols and abbreviations", "The operator shall keep all records.", ClauseKind.REQUIREMENT),
        ("Annex A (informative) Uses", "The node may count.", ClauseKind.INFORMATIVE),
        ("Contents", "1 Scope ........ 3", ClauseKind.CONTENTS),
        ("Access", "NOTE 1 \u2013 The node may count.", ClauseKind.NOTE),
        ("Access", "EXAMPLE: The node counts.", ClauseKind.EXAMPLE),
        ("Access", "Figure 3 \u2013 The node", ClauseKind.CAPTION),
        ("Access", "Copyright (c) 2019 the writers.", ClauseKind.BOILERPLATE),
        ("Access", "The node may count.", ClauseKind.REQUIREMENT),
        ("Abstract", "The node counts.", ClauseKind.STATEMENT),
        ("Examples of other uses", "The node counts.", ClauseKind.INFORMATIVE),
        ("Exemplary care", "The node counts.", ClauseKind.STATEMENT),
    ],
)
def test_section_and_first_words_give_the_kind(build: Build, title: str, text: str, kind: ClauseKind) -> None:
    document = build(("heading", title, {"level": 1}), ("paragraph", text))

    assert segment(document)[1].kind is kind


def test_an_appendix_that_is_no_part_of_the_recommendation_is_informative(build: Build) -> None:
    document = build(
        ("heading", "Appendix I", {"level": 1}),
        ("heading", "Use cases", {"level": 1}),
        ("paragraph", "(This appendix does not form an integral part of this Recommendation.)"),
        ("paragraph", "The node shall count."),
        ("heading", "9 Next", {"level": 1}),
        ("paragraph", "The node shall count again."),
    )

    clauses = segment(document)

    assert clauses[3].kind is ClauseKind.INFORMATIVE
    assert clauses[3].headings == ("Appendix I Use cases",)
    assert clauses[5].kind is ClauseKind.REQUIREMENT


def test_of_a_cover_only_abstract_and_proposal_are_assessed(build: Build) -> None:
    document = build(
        ("row", ("Question(s):", "21/13"), {"table": 0}),
        ("row", ("Source:", "A company"), {"table": 0}),
        ("row", ("Title:", "Requirements for the counting of users"), {"table": 0}),
        ("row", ("Abstract:", "This contribution asks for counting."), {"table": 0}),
        ("heading", "1 Introduction", {"level": 1}),
        ("row", ("Source", "The source of the flow"), {"table": 1}),
    )

    clauses = segment(document)

    assert [clause.assessed for clause in clauses] == [False, False, False, True, False, True]


def test_a_very_long_block_is_cut_before_requirements(build: Build) -> None:
    sentence = "The gateway shall keep the record of each and every one of its users for a year and a day. "
    document = build(("heading", "7 Records", {"level": 1}), ("paragraph", (sentence * 40).strip()))

    clauses = segment(document)[1:]

    assert [clause.id for clause in clauses] == ["7/p1", "7/p1-2", "7/p1-3", "7/p1-4"]
    assert all(len(clause.span) <= 1_200 for clause in clauses)


def test_cover_fields_are_known_even_without_headings(build: Build) -> None:
    document = build(
        ("row", ("Contact:", "A. Writer"), {"table": 0}),
        ("row", ("Title:", "A new Internet"), {"table": 0}),
        ("paragraph", "The network shall know its users."),
    )

    assert [clause.assessed for clause in segment(document)] == [False, False, True]


def test_slides_without_numbers_are_assessed(build: Build) -> None:
    document = build(
        ("paragraph", "What the network needs", {"size": 30.0}),
        ("paragraph", "It looks into every packet", {"size": 12.0}),
        ("paragraph", "It knows its users by name and place", {"size": 12.0}),
        format="pdf",
    )

    assert [clause.kind for clause in segment(document)[1:]] == [ClauseKind.STATEMENT] * 2


def test_a_heading_with_a_longer_number_stands_inside_the_shorter(build: Build) -> None:
    document = build(
        ("heading", "5 Needs", {"level": 2}),
        ("heading", "5.1 Data", {"level": 3}),
        ("heading", "5.1.1 Privacy", {"level": 3}),
    )

    assert segment(document)[2].headings == ("5 Needs", "5.1 Data")


def test_a_heading_below_sections_of_one_rank_belongs_to_the_inner_number(build: Build) -> None:
    document = build(
        ("heading", "4 Threats", {"level": 2}),
        ("heading", "4.1 Breach", {"level": 2}),
        ("heading", "Impact", {"level": 3}),
        ("heading", "4.2 Theft", {"level": 2}),
        ("heading", "Impact", {"level": 3}),
        ("heading", "Ends", {"level": 2}),
    )

    assert [(clause.number, clause.headings) for clause in segment(document)][2:] == [
        ("4.1", ("4 Threats", "4.1 Breach")),
        ("4.2", ("4 Threats",)),
        ("4.2", ("4 Threats", "4.2 Theft")),
        ("", ()),
    ]


def test_who_wrote_a_text_is_no_heading_of_it(build: Build) -> None:
    document = build(
        ("heading", "Quays", {"level": 1}),
        ("heading", "by I. Lind - Harbor s.p.a.", {"level": 2}),
        ("paragraph", "No."),
    )

    assert [clause.headings for clause in segment(document)] == [(), ("Quays",), ("Quays",)]


def test_a_list_number_on_a_heading_is_cited_with_the_section(build: Build) -> None:
    document = build(
        ("heading", "7.1 Availability", {"level": 2}), ("heading", "Copies of the data", {"level": 3, "number": "1)"})
    )

    assert (segment(document)[1].id, segment(document)[1].number) == ("7.1/1", "7.1 1)")


def test_a_bookmark_of_another_page_is_no_heading(build: Build) -> None:
    document = build(
        ("paragraph", "Creep", {"size": 11.0}),
        ("paragraph", "The load moves slowly over the time that it is measured.", {"size": 11.0}),
        format="pdf",
        outline=(Bookmark(1, "5.4 Creep", 9),),
    )

    assert segment(document)[0].kind is not ClauseKind.HEADING


def test_page_heads_that_come_back_are_no_headings(build: Build) -> None:
    blocks = [
        ("paragraph", text, {"size": size})
        for n in range(5)
        for text, size in [("ISO", 20.0), (f"It is {n} long.", 11.0)]
    ]

    assert all(clause.kind is not ClauseKind.HEADING for clause in segment(build(*blocks, format="pdf")))


@pytest.mark.parametrize("title", ["Acknowledgment Number", "Participants", "History of the user", "Key distribution"])
def test_titles_that_only_resemble_boilerplate_are_assessed(build: Build, title: str) -> None:
    document = build(("heading", title, {"level": 1}), ("paragraph", "The node counts its users."))

    assert segment(document)[1].assessed


@pytest.mark.parametrize("title", ["Note Well", "Antitrust Policy"])
def test_notices_to_those_who_attend_a_meeting_are_not_assessed(build: Build, title: str) -> None:
    document = build(("heading", title, {"level": 1}), ("paragraph", "Who attends must know that talks are kept."))

    assert not segment(document)[1].assessed


def test_a_requirement_far_down_in_a_foreword_is_assessed(build: Build) -> None:
    notices = [("paragraph", f"Member number {number} approved this text.") for number in range(45)]
    document = build(("heading", "Foreword", {"level": 1}), *notices, ("paragraph", "The node shall count its users."))

    assert segment(document)[-1].assessed
    assert not segment(document)[1].assessed


@pytest.mark.parametrize("kind", ["paragraph", "item", "code"])
def test_no_clause_is_endless_whatever_its_block_is(kind: str, build: Build) -> None:
    document = build((kind, "The log is kept in the vault of the bank. " * 1_500))

    clauses = segment(document)

    assert len(clauses) > 2
    assert max(len(clause.span) for clause in clauses) <= MOST
    assert clauses[1].id == f"{clauses[0].id}-2"


def test_a_paragraph_that_is_set_as_a_note_and_says_example_is_an_example(build: Build) -> None:
    document = build(("heading", "7 Lists", {"level": 1}), ("note", "EXAMPLE: A list of ten parcels."))

    assert segment(document)[1].kind is ClauseKind.EXAMPLE


def test_a_requirement_in_a_section_of_terms_stays_one(build: Build) -> None:
    document = build(
        ("heading", "Key terminology", {"level": 1}),
        ("paragraph", "list: all parcels of a night"),
        ("paragraph", "The clerk shall keep the list."),
    )

    kinds = [clause.kind for clause in segment(document)[1:]]

    assert kinds == [ClauseKind.DEFINITION, ClauseKind.REQUIREMENT]


@pytest.mark.parametrize(
    ("title", "number"),
    [
        ("3.1Definitions", "3.1"),
        ("4Lists", "4"),
        ("4.8LN lists", "4.8"),
        ("7.3A.1Lists", "7.3A.1"),
        ("5.9GHz lists", ""),
    ],
)
def test_a_number_that_touches_its_title_is_read(build: Build, title: str, number: str) -> None:
    document = build(("heading", title, {"level": 2}), ("paragraph", "list: all parcels of a night"))

    heading = segment(document)[0]

    assert heading.number == number


def test_the_annex_behind_h_is_i_and_j_follows_it(build: Build) -> None:
    titles = ["Annex H Night", "H.1 Lists", "Annex I Day", "I.1 Parcels", "Annex J Clerks", "J.1 Names"]
    blocks = [("heading", title, {"level": 1, "bold": True}) for title in titles]
    document = build(*[part for block in blocks for part in (block, ("paragraph", "It is counted."))], format="text")

    numbers = [clause.number for clause in segment(document) if clause.kind is ClauseKind.HEADING]

    assert numbers == ["Annex H", "H.1", "Annex I", "I.1", "Annex J", "J.1"]


@pytest.mark.parametrize(
    ("annex", "title", "kind"),
    [
        ("Annex A (informative): Change history", "A.1 Night", ClauseKind.BOILERPLATE),
        ("Annex A (informative): Bibliography", "A.1 Night", ClauseKind.REFERENCE),
        ("Annex A (informative): Counting", "A.1 Introduction", ClauseKind.INFORMATIVE),
        ("Annex A (normative): Counting", "A.1 Introduction", ClauseKind.STATEMENT),
    ],
)
def test_an_annex_gives_its_sections_their_kind(build: Build, annex: str, title: str, kind: ClauseKind) -> None:
    document = build(
        ("heading", annex, {"level": 1}), ("heading", title, {"level": 2}), ("paragraph", "Lists were kept in 2019.")
    )

    assert segment(document)[2].kind is kind


@pytest.mark.parametrize(
    ("text", "is_caption"),
    [
        ("Figure 5.1 shows how lists are counted", False),
        ("Table A.2-1 names the clerks", False),
        ("Figure 5.1: Counting", True),
        ("Table 5.1a \u2013 Clerks", True),
        ("Table 2/N.100 Clerks", True),
        ("Figure 7", True),
    ],
)
def test_a_sentence_about_a_figure_is_no_caption(build: Build, text: str, is_caption: bool) -> None:  # noqa: FBT001
    document = build(("heading", "7 Lists", {"level": 1}), ("paragraph", text))

    assert (segment(document)[1].kind is ClauseKind.CAPTION) is is_caption


@pytest.mark.parametrize(
    ("stem", "item", "kind"),
    [
        ("The paper has these use cases:", "Counting at night, see clause 4.2", ClauseKind.CONTENTS),
        ("The paper has these use cases:", "Counting at night and", ClauseKind.CONTENTS),
        ("The paper has these use cases:", "A. Counting by day,", ClauseKind.CONTENTS),
        ("The paper has these use cases:", "The node counts the lists of its clerks.", ClauseKind.STATEMENT),
        ("The node keeps the following:", "Name of the clerk, see clause 4.2", ClauseKind.STATEMENT),
        ("The node shall keep these documents:", "Lists of clerks", ClauseKind.REQUIREMENT),
    ],
)
def test_an_item_that_names_what_is_told_elsewhere_is_not_assessed(
    build: Build, stem: str, item: str, kind: ClauseKind
) -> None:
    document = build(("heading", "5 Counting", {"level": 1}), ("paragraph", stem), ("item", item))

    assert segment(document)[2].kind is kind


@pytest.mark.parametrize("code", TEXTS)
def test_clauses_of_a_document_in_another_language_have_their_strength(code: str, tmp_path: Path) -> None:
    path = tmp_path / f"{code}.txt"
    path.write_text(TEXTS[code], encoding="utf-8")

    _, clauses = prepare(path, jailed=False)

    said = [strength for clause in clauses[-2:] for strength in clause.strengths]
    assert said == [Strength.MUST, Strength.MUST, Strength.SHOULD, Strength.MAY]


def test_an_index_is_not_assessed_however_long_its_entries_are(build: Build) -> None:
    places = "; ".join(f"Section {number}, Paragraph {number + 1}" for number in range(1, 20))
    document = build(
        ("heading", "1. Duties"),
        ("paragraph", "The clerk signs."),
        ("heading", "Index"),
        ("paragraph", f"Clerk {places}"),
    )

    assert segment(document)[-1].kind is ClauseKind.CONTENTS


def test_a_firm_on_the_cover_is_no_statement_for_the_full_stop_of_its_short_form(build: Build) -> None:
    document = build(
        ("paragraph", "V. Ermine"),
        ("paragraph", "Gulls, Inc."),
        ("paragraph", "1. Introduction"),
        ("paragraph", "The clerk signs."),
        format="text",
    )

    assert [clause.kind for clause in segment(document)][:2] == [ClauseKind.BOILERPLATE] * 2


def test_keywords_cover_their_list_of_terms_and_not_the_sentences_behind_it(build: Build) -> None:
    document = build(
        ("heading", "Keywords", {"level": 1}),
        ("paragraph", "roaming, mobile terminals, customs"),
        ("paragraph", "Operators of visited networks keep the numbers of all terminals that visitors bring."),
    )

    assert [clause.kind for clause in segment(document)[1:]] == [ClauseKind.BOILERPLATE, ClauseKind.STATEMENT]


@pytest.mark.parametrize("opening", ["considering", "further considering", "recognizing,", "recommends"])
@pytest.mark.parametrize("around", ["Keywords", "Foreword"])
def test_operative_words_begin_a_section_that_is_assessed(build: Build, around: str, opening: str) -> None:
    document = build(
        ("paragraph", around, {"size": 14.0}),
        ("paragraph", "roaming, mobile terminals", {"size": 12.0}),
        ("paragraph", opening, {"size": 12.0}),
        ("item", "a) that operators can tell every terminal by its number;", {"size": 12.0, "level": 1}),
        format="pdf",
    )

    *_, heading, clause = segment(document)

    assert (heading.kind, clause.kind) == (ClauseKind.HEADING, ClauseKind.STATEMENT)
    assert (clause.headings, clause.number) == ((opening,), f"{opening.rstrip(',')} a)")


@pytest.mark.parametrize("line", ["considering the cost of terminals", "recommends a larger band", "noting. The band"])
def test_a_line_that_only_begins_with_an_operative_word_is_no_heading(build: Build, line: str) -> None:
    document = build(("heading", "Bands", {"level": 1}), ("paragraph", line))

    assert segment(document)[1].kind is not ClauseKind.HEADING


def test_an_item_of_a_list_is_no_clause_of_that_number(build: Build) -> None:
    document = build(
        ("heading", "Aims", {"level": 1}), ("item", "Any reader can show a file.", {"level": 1, "number": "10."})
    )

    clause = segment(document)[1]

    assert (clause.number, clause.headings) == ("", ("Aims",))


def test_a_number_is_not_below_a_title_without_one(build: Build) -> None:
    document = build(
        ("heading", "Model", {"level": 1, "number": "4"}),
        ("heading", "Introduction", {"level": 2}),
        ("heading", "Slots", {"level": 2, "number": "4.1"}),
        ("paragraph", "A slot is empty."),
    )

    assert segment(document)[-1].headings == ("4 Model", "4.1 Slots")


def test_a_version_in_a_note_is_no_section(build: Build) -> None:
    document = build(("heading", "Parcels", {"level": 1}), ("note", "0.3.0 and before"), ("paragraph", "It ends."))

    assert [clause.number for clause in segment(document)] == ["", "", ""]


def test_a_quote_of_another_text_is_informative_up_to_the_next_sentence_of_the_document(build: Build) -> None:
    quote = {"style": "blockquote"}
    document = build(
        ("heading", "2 Law", {"level": 1}),
        ("paragraph", "Article 5 of the regulation states:"),
        ("paragraph", "The wallet shall be bound to a person.", quote),
        ("paragraph", "It shall not be lent.", quote),
        ("paragraph", "The desk proposes:"),
        ("paragraph", "The badge shall be bound to a person.", quote),
    )

    kinds = [clause.kind for clause in segment(document) if clause.kind is not ClauseKind.HEADING]

    assert kinds[1:3] == [ClauseKind.INFORMATIVE] * 2
    assert kinds[4] is ClauseKind.REQUIREMENT


@pytest.mark.parametrize(("sections", "kind"), [(5, ClauseKind.STATEMENT), (2, ClauseKind.BOILERPLATE)])
def test_a_license_with_most_of_a_document_below_it_is_not_what_all_of_it_is(build: Build, sections: int, kind) -> None:
    below = [
        block
        for number in range(sections)
        for block in (
            ("heading", f"Doors of floor {number}", {"level": 2}),
            ("paragraph", "A door opens by a code that the carrier sends to the person who waits for a parcel."),
        )
    ]
    document = build(("heading", "License", {"level": 1}), ("paragraph", "All rights are reserved."), *below)

    notice, clause = (own for own in segment(document)[1:4] if own.kind is not ClauseKind.HEADING)

    assert (notice.kind, clause.kind) == (ClauseKind.BOILERPLATE, kind)


def test_an_informative_annex_that_is_the_whole_text_keeps_its_sections_informative(build: Build) -> None:
    sections = [
        block
        for number in range(6)
        for block in (
            ("heading", f"A.{number + 1} Doors of one floor", {"level": 2}),
            ("paragraph", "A door opens by a code that the carrier sends to the person who waits for a parcel."),
        )
    ]
    document = build(("heading", "Annex A (informative): Doors", {"level": 1}), *sections)

    kinds = {clause.kind for clause in segment(document)} - {ClauseKind.HEADING}

    assert kinds == {ClauseKind.INFORMATIVE}
