"""Where things stand, as reports print it."""

from dataclasses import replace

import pytest
from lxml import html

from impact.pipeline import render
from impact.present.places import also_in, bracketed, cited_number, place, placed, standing, unbracketed, unbroken
from impact.records import BlockKind, Span
from impact.report.view.places import Places

LINKED = {"persistent-identifiers": "name"}


@pytest.mark.parametrize(("place", "expected"), [("6.1 (p. 4)", "Also in"), ("p. 4", "Also on")])
def test_further_place_is_on_a_page_and_in_a_clause(place, expected):
    assert also_in(place) == expected


@pytest.mark.parametrize("place", ["6.1|(p.|4), p.|5", "clause|4|(p.|8)", "clauses|4 and 5", "Annex|B", "Appendix|B"])
def test_no_line_ends_before_the_number_of_a_page_or_a_clause(place):
    assert unbroken(place.replace("|", " ")) == place.replace("|", "\N{NO-BREAK SPACE}")


def test_the_place_that_is_quoted_for_a_reader_to_decide_is_not_named_again(sheet):
    for number in ("4.1", "4.2"):
        sheet.say(f"A name of {number} may be seen.", number, proposes=LINKED, doubtful=True, confidence=0.4)
    sheet.say("A name of 4.1 may be cut.", "4.3", proposes={"shut-off": "cut"}, doubtful=True, confidence=0.4)
    first = sheet.clauses[0]
    sheet.findings[-1] = replace(sheet.findings[-1], clause=first.id, evidence=(first.span,))
    for number in ("4.4", "4.5"):
        sheet.say(
            f"A line of {number} may be cut.", number, proposes={"shut-off": "cut"}, doubtful=True, confidence=0.4
        )

    rows = html.fromstring(render(sheet.assessed(), "html")).xpath(
        "//section[@aria-labelledby='brief-decide']//article"
    )

    for row in rows:
        quoted = row.find_class("where")[0].find(".//bdi").text_content()
        assert row.find_class("verbatim")[-1].text_content().startswith("Also in")
        assert quoted not in row.find_class("verbatim")[-1].text_content()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("clause 8.3 (p. 2)", "clause 8.3, p. 2"),
        ("clauses 8.3 (p. 2) and 8.4 (p. 3, 4)", "clauses 8.3, p. 2, and 8.4, p. 3, 4"),
        ("7.1 b)", "7.1 b)"),
    ],
    ids=["one", "two", "without a page"],
)
def test_place_within_brackets_has_no_brackets_of_its_own(text, expected):
    assert unbracketed(text) == expected


def test_places_within_brackets_are_told_apart():
    assert bracketed(["clauses 1 (p. 4)", "3.2 (p. 7)"]) == "clause 1, p. 4; clause 3.2, p. 7"


def test_quote_of_a_clause_over_two_pages_names_the_page_on_which_its_words_begin(sheet):
    told = "The field has many values. " * 80
    sheet.say(f"{told}The node shall read the payload.", "4.1", proposes={"traffic-inspection": "read the payload"})
    sheet.words = [(*word[:2], 2 if at > 100 else 1, *word[3:]) for at, word in enumerate(sheet.words, 1)]

    page = html.fromstring(render(sheet.assessed(), "html"))

    for finding in page.get_element_by_id("findings").find_class("finding"):
        assert finding.find_class("where")[0].text_content() == "4.1 page 2"


def test_a_long_clause_with_single_words_of_evidence_is_quoted_at_its_most_salient_sentence(sheet):
    telling = "Insurers may see how each person drives."
    words = f"The cranes turn. {'The field has many values. ' * 40}{telling}"
    clause = sheet.say(words, "4.1", proposes={"third-party-disclosure": "cranes"}, salience=0.9)
    start = clause.span.start + words.index(telling)
    sheet.salience[-1] = replace(sheet.salience[-1], sentence=Span(start, start + len(telling)))

    _, runs = Places(sheet.assessed()).passage(clause.id, [Span(clause.span.start + 4, clause.span.start + 10)], 200)

    assert telling in "".join(run.text for run in runs)


def test_mere_page_of_a_further_clause_is_one_that_something_stands_on(sheet):
    for page in (1, 1, 1, 2):
        sheet.say("A person can appeal.", "", (), page=page, proposes={"redress": "can appeal"})

    said = html.fromstring(render(sheet.assessed(), "html")).get_element_by_id("safeguards").text_content()

    assert "Also on p.\N{NO-BREAK SPACE}2." in said


def test_safeguard_beside_a_power_in_one_of_two_places_says_in_which(sheet):
    sheet.say("The node shall read the payload.", "4.1", ("4 Reading",), proposes={"traffic-inspection": "read the"})
    sheet.say("The payload shall be encrypted.", "4.2", ("4 Reading",), proposes={"encryption": "shall be encrypted"})
    sheet.say("The links shall be encrypted.", "5.1", ("5 Links",), proposes={"encryption": "shall be encrypted"})

    said = html.fromstring(render(sheet.assessed(), "html")).get_element_by_id("safeguards").text_content()

    beside = (
        "In clause 4.2 (p. 1), it appears in the same clause or section as a finding of traffic or content inspection."
    )
    assert beside in said.replace("\N{NO-BREAK SPACE}", " ")


def test_benefit_names_each_place_of_its_safeguard(sheet):
    sheet.say("The payload shall be encrypted.", "4.2", proposes={"encryption": "shall be encrypted"})
    sheet.say("The links shall be encrypted.", "5", proposes={"encryption": "shall be encrypted"})

    said = html.fromstring(render(sheet.assessed(), "html")).get_element_by_id("benefits").text_content()

    assert ": clauses 4.2 (p. 1) and 5 (p. 1)." in said.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        (["4.1"], "clause 4.1"),
        (["1 (p. 2)", "3", "Annex B"], "clauses 1 (p. 2) and 3, and Annex B"),
        (
            ["section \u201cScope\u201d", "4", "section \u201cKeys\u201d"],
            "clause 4, and sections \u201cScope\u201d and \u201cKeys\u201d",
        ),
        (["Abstract", "4", "section \u201cKeys\u201d"], "clause 4, the Abstract and section \u201cKeys\u201d"),
        (["p. 4", "p. 5"], "p. 4 and p. 5"),
        (["4", "5.1, item 6", "7"], "clauses 4; 5.1, item 6; and 7"),
        (["4", "5.1, item 6", "Abstract"], "clauses 4; and 5.1, item 6; and the Abstract"),
        (["7", "A", "C"], "clauses 7, A and C"),
        (
            ["section 1, item 2", "section \u201cGaps\u201d", "section \u201cKeys\u201d"],
            "section 1, item 2; and sections \u201cGaps\u201d and \u201cKeys\u201d",
        ),
    ],
)
def test_places_are_listed_with_what_they_are_before_the_first_of_a_kind(places, expected):
    assert placed(places) == expected


def test_the_last_place_before_a_count_of_others_has_no_and():
    assert placed(["4", "5", "6"], 3) == "clauses 4, 5, 6 and three more"
    assert placed(["4", "5, item 6"], 3) == "clauses 4; 5, item 6; and three more"


@pytest.mark.parametrize(
    ("official", "cited"),
    [
        ("2.3.9 6.", "2.3.9, item 6"),
        ("3. 1", "3, item 1"),
        ("6.5 5. 6", "6.5, item 5.6"),
        ("A.2 3", "A.2, item 3"),
        ("C 14.", "C, item 14"),
        ("7.2.1 b)", "7.2.1 b)"),
        ("Table 3", "Table 3"),
        ("", ""),
    ],
)
def test_item_of_a_clause_is_cited_apart_from_its_number(official, cited):
    assert cited_number(official) == cited


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("ABSTRACT", "Abstract"),
        ("Introduction:", "Introduction"),
        ("Reset()", "section \u201cReset()\u201d"),
        ("Abstract of birds", "section \u201cAbstract of birds\u201d"),
    ],
)
def test_a_clause_without_number_and_page_is_named_by_its_section(sheet, heading, name):
    sheet.say("Each write access to the record is logged.", "", (heading,))

    assert place(sheet.clauses[0], sheet.assessed({"paged": False}).document) == name


def test_part_of_a_document_with_pages_is_named_with_its_page(sheet):
    for page in (1, 2):
        sheet.say("A person can appeal.", "", ("Abstract",), page=page)
    document = sheet.assessed().document

    assert place(sheet.clauses[0], document) == "Abstract (p. 1)"
    assert list(standing(sheet.clauses, document)) == ["Abstract (p. 1\N{EN DASH}2)"]
    assert placed(["Abstract (p. 1)"]) == "the Abstract (p. 1)"


def test_summary_speaks_of_the_abstract_as_a_part(sheet):
    sheet.say(
        "The node shall read the payload.", "", ("Abstract",), proposes={"traffic-inspection": "read the payload"}
    )
    assessment = sheet.assessed({"paged": False})

    assert "The Abstract requires" in render(assessment, "md")


def test_a_clause_without_number_page_and_heading_is_named_by_its_first_words(sheet):
    sheet.say("Each write access to the record is logged with name, time and reason.", "")
    assessment = sheet.assessed({"paged": False})
    clause = replace(sheet.clauses[0], headings=())

    assert (
        place(clause, assessment.document)
        == "the passage beginning \u201cEach write access to the record is\u2026\u201d"
    )


def test_a_clause_of_an_interface_is_named_by_its_operation(sheet):
    clause = sheet.say("Sessions are listed.", "200", ("paths", "/sessions", "get", "responses", "200"))
    document = sheet.assessed({"format": "yaml", "paged": False}).document

    assert (
        place(clause, document) == "section \N{LEFT DOUBLE QUOTATION MARK}GET /sessions\N{RIGHT DOUBLE QUOTATION MARK}"
    )


def test_a_margin_names_the_section_where_there_is_neither_number_nor_page(sheet):
    clause = sheet.say("Each write access is recorded.", "", ("2 Access", "Logs"))

    assert Places(sheet.assessed({"paged": False})).where(clause.id).margin == "Section \u201cLogs\u201d"
    assert Places(sheet.assessed()).where(clause.id).margin == "unnumbered"


@pytest.mark.parametrize(
    ("before", "name"),
    [
        ("", "opening paragraphs"),
        ("A line of the list. " * 300, "the passage beginning \u201cEach write access is logged.\u201d"),
    ],
    ids=["at the beginning", "far behind it"],
)
def test_a_clause_before_the_first_section_is_in_the_opening_if_that_is_short(sheet, before, name):
    for words in filter(None, (before, "Each write access is logged.")):
        clause = sheet.say(words, "")
    sheet.say("Scope", "", kind="heading")
    assessment = sheet.assessed({"paged": False})
    blocks = tuple(
        replace(block, kind=BlockKind.HEADING) if block.span == assessment.clauses[-1].span else block
        for block in assessment.document.blocks
    )

    assert place(replace(clause, headings=()), replace(assessment.document, blocks=blocks)) == name


@pytest.mark.parametrize(
    ("heading", "number", "name"), [("1 Scope", "", "Appendix A"), ("Scope", "1", "Appendix A"), ("Scope", "", "A")]
)
def test_a_letter_behind_numbered_sections_is_that_of_an_appendix(sheet, heading, number, name):
    sheet.say(heading, "", kind="heading")
    clause = sheet.say("Each write access is recorded.", "A", ("A Logs",))
    assessment = sheet.assessed({"paged": False})
    blocks = tuple(
        replace(block, kind=BlockKind.HEADING, number=number) if block.span == assessment.clauses[0].span else block
        for block in assessment.document.blocks
    )

    assert place(clause, replace(assessment.document, blocks=blocks)) == name
