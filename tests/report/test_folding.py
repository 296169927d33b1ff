"""Hundreds of findings: a few quoted on paper, the others named in a line each, none lost on screen."""

import re
from dataclasses import replace
from io import BytesIO

import pytest
from docx import Document
from lxml import html

from impact.pipeline import export, render
from impact.records import Level
from impact.report.annex.clause_list import PAPER
from impact.report.page.finding_cards import NEXT
from impact.report.page.paper import printed
from impact.report.page.printing import MOST

MANY = 40
SHOWN = MOST[Level.HIGH]


def filled(sheet, clauses, flagged, firm=None):
    """Return an assessment of so many clauses under two headings, the first `flagged` of them with a finding.

    All findings are firm, or the first `firm` of them.
    """
    for at in range(clauses):
        chapter = 4 if at < clauses // 2 else 5
        sheet.say(
            f"Node {at} shall examine the payload of each flow.",
            f"{chapter}.{at}",
            (f"{chapter} Forwarding", f"{chapter}.{at} Node"),
            page=1 + (at >= clauses // 2),
            proposes={"traffic-inspection": "examine the payload"} if at < flagged else None,
            doubtful=firm is not None and at >= firm,
            confidence=0.9 if firm is None or at < firm else 0.4,
        )
    return sheet.assessed(title="Forwarding")


def words(element):
    return re.sub(r"\s+", " ", element.text_content())


@pytest.fixture
def card(sheet):
    page = html.document_fromstring(render(filled(sheet, MANY, MANY), "html"))
    return page.get_element_by_id("m-traffic-inspection")


def paper(assessment, *, annex=False):
    """Return the tree of the page as it is printed."""
    return printed(export(assessment, "html", annex=annex).decode(), annex=annex)


def test_every_finding_is_quoted_on_screen(sheet):
    page = html.document_fromstring(render(filled(sheet, MANY, MANY), "html"))

    assert all(f"Node {at} shall" in words(page.get_element_by_id("main")) for at in range(MANY))


def test_findings_beyond_the_first_ones_are_folded(card):
    quoted = card.find_class("finding")
    folded = [one for group in card.find_class("more") for one in group.find_class("finding")]

    assert len(quoted) == MANY
    assert len(folded) == MANY - SHOWN


def test_findings_that_come_later_stand_under_their_chapters(card):
    titles = [words(group.find("summary")).strip() for group in card.find_class("part-of")]

    assert titles == [f"4 Forwarding {MANY // 2 - SHOWN - NEXT} findings", f"5 Forwarding {MANY // 2} findings"]


def test_paper_names_the_places_of_the_findings_of_a_power_that_it_does_not_quote_in_a_line(sheet):
    page = paper(filled(sheet, MANY, MANY))

    lines = [words(line) for line in page.find_class("index")[0]]
    (line,) = lines
    power, _, places = line.partition(f": {MANY - SHOWN} findings in clauses ")
    assert power == "Traffic or content inspection, high"
    numbers = [place.split(" ")[0] for place in places.replace(" and ", ", ").split(", ")]
    assert numbers == [f"{4 + (at >= MANY // 2)}.{at}" for at in range(SHOWN, MANY)]
    assert "Node 9 shall" not in words(page)


def test_paper_with_the_annex_quotes_each_finding(sheet):
    page = paper(filled(sheet, MANY, MANY), annex=True)

    quotes = [words(quote) for quote in page.iter("blockquote") if quote.get("class") != "changed"]
    assert sorted(quotes) == sorted(f"Node {at} shall examine the payload of each flow." for at in range(MANY))
    assert not page.find_class("index")


def test_paper_names_doubtful_findings_after_the_firm_ones_and_says_that_they_are_to_be_confirmed(sheet):
    page = paper(filled(sheet, MANY, MANY, firm=20))

    levels = [words(line.find_class("quiet")[0]) for line in page.find_class("index")[0]]
    assert levels == ["high", "high severity if confirmed"]


def test_firm_and_doubtful_findings_of_a_power_are_counted_apart(sheet):
    page = html.document_fromstring(render(filled(sheet, 20, 20, firm=8), "html"))
    card = page.get_element_by_id("m-traffic-inspection")
    groups = {words(one.find("summary")).strip(): words(one) for one in card.findall("details")}

    firm, doubted = groups.items()
    assert firm[0] == "5 further findings of traffic or content inspection"
    assert doubted[0] == "12 findings of traffic or content inspection that need review"
    assert "doubtful" not in firm[1]
    assert all(f"Node {at} shall" in doubted[1] for at in range(8, 20))


def test_card_with_few_findings_folds_nothing(sheet):
    page = html.document_fromstring(render(filled(sheet, SHOWN, SHOWN), "html"))

    assert not page.get_element_by_id("m-traffic-inspection").findall("details")
    assert not page.find_class("index")


def test_severity_that_all_findings_of_a_power_share_is_said_once(card):
    assert words(card).count("Source of this rating") == 1


def test_a_reason_for_a_level_is_given_with_the_first_finding_that_has_it_alone(sheet):
    for number, strength in (("1", "must"), ("2", "may"), ("2", "may")):
        sheet.say("The node may read all.", number, strength=strength, proposes={"traffic-inspection": "read all"})

    card = html.document_fromstring(render(sheet.assessed(), "html")).get_element_by_id("m-traffic-inspection")

    assert words(card).count("so scope is rated") == 1


@pytest.mark.parametrize(
    ("clauses", "flagged", "printed"),
    [(PAPER, PAPER, "all"), (PAPER + 1, PAPER, "found"), (PAPER + 1, PAPER + 1, "places")],
)
def test_register_is_printed_in_full_in_part_or_by_place(sheet, clauses, flagged, printed):
    page = html.document_fromstring(render(filled(sheet, clauses, flagged), "html"))

    register = page.get_element_by_id("clauses")
    assert register.get("class") == f"printed-{printed}"
    assert len(register.findall(".//tbody/tr")) == clauses


def test_word_brief_holds_what_paper_holds(sheet):
    data = export(filled(sheet, MANY, MANY), "docx")

    text = "\n".join(paragraph.text for paragraph in Document(BytesIO(data)).paragraphs)
    assert f"{MANY - SHOWN} findings in clauses" in text
    assert [at for at in range(MANY) if f"Node {at} shall" in text] == list(range(SHOWN))


def test_word_brief_with_the_annex_quotes_each_finding(sheet):
    data = export(filled(sheet, MANY, MANY), "docx", annex=True)

    quotes = [one.text for one in Document(BytesIO(data)).paragraphs if one.style.name == "Quote" and one.runs]
    assert {f"Node {at} shall examine the payload of each flow." for at in range(MANY)} <= {*quotes}


def test_item_of_a_list_is_quoted_without_what_joins_it_to_the_next(sheet):
    head = sheet.say("Each node shall, for each flow:", "4.0")
    for at in range(MANY):
        item = sheet.say(f"examine the payload {at};", f"4.{at}", proposes={"traffic-inspection": "examine"})
        sheet.clauses[-1] = replace(item, stem=head.span)

    page = html.document_fromstring(render(sheet.assessed(), "html"))

    quotes = [one.text_content() for one in page.iter("blockquote")]
    assert quotes
    assert not any(one.endswith(";") for one in quotes)
