"""Hundreds of findings: a few quoted whole, the other firm ones in few words on paper, none lost on screen."""

import re
from dataclasses import replace
from io import BytesIO

import pytest
from docx import Document
from lxml import html

from impact.pipeline import export, render
from impact.report.view.clause_list import PAPER
from impact.report.view.finding_cards import NEXT, OPEN

MANY = 40


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


def test_every_finding_is_quoted_on_screen(card):
    assert all(f"Node {at} shall" in words(card) for at in range(MANY))


def test_findings_beyond_the_first_ones_are_for_the_screen_alone(card):
    quoted = card.find_class("finding")
    screen = [one for group in card.find_class("screen") for one in group.find_class("finding")]

    assert len(quoted) == MANY
    assert len(screen) == MANY - OPEN - NEXT


def test_findings_for_the_screen_alone_stand_under_their_chapters(card):
    titles = [words(group.find("summary")).strip() for group in card.find_class("screen")]

    assert titles == [f"4 Forwarding {MANY // 2 - OPEN - NEXT} findings", f"5 Forwarding {MANY // 2} findings"]


def test_paper_quotes_each_firm_finding_that_it_does_not_quote_whole(card):
    quoted = words(card.find_class("paper")[0])

    assert f"{MANY - OPEN - NEXT} further findings" in quoted
    assert all(f".{at} (p. " in quoted and f"Node {at} shall" in quoted for at in range(OPEN + NEXT, MANY))


def test_paper_names_the_place_of_each_doubtful_finding_that_it_does_not_quote(sheet):
    page = html.document_fromstring(render(filled(sheet, MANY, MANY, firm=2), "html"))
    named = words(page.get_element_by_id("m-traffic-inspection").find_class("paper")[0])

    assert f"{MANY - OPEN - NEXT} further doubtful findings" in named
    assert all(f".{at} (p. " in named for at in range(OPEN + NEXT, MANY))
    assert "shall" not in named


def test_firm_and_doubtful_findings_of_a_power_are_counted_apart(sheet):
    page = html.document_fromstring(render(filled(sheet, 20, 20, firm=8), "html"))
    card = page.get_element_by_id("m-traffic-inspection")
    groups = {words(one.find("summary")).strip(): words(one) for one in card.findall("details")}

    firm, doubted = groups.items()
    assert firm[0] == "5 further findings of traffic or content inspection"
    assert doubted[0] == "12 doubtful findings of traffic or content inspection, for a reader to decide"
    assert "doubtful" not in firm[1]
    assert all(f"Node {at} shall" in doubted[1] for at in range(8, 20))


def test_card_with_few_findings_leaves_nothing_to_the_screen(sheet):
    page = html.document_fromstring(render(filled(sheet, OPEN + NEXT, OPEN + NEXT), "html"))

    assert not page.find_class("screen")
    assert not page.get_element_by_id("m-traffic-inspection").find_class("paper")


def test_pages_of_one_clause_are_joined_in_a_list_of_places(sheet):
    for at in range(OPEN + NEXT + 3):
        sheet.say(
            f"Node {at} reads all.",
            "4.1",
            page=at + 1,
            proposes={"traffic-inspection": "reads all"},
            doubtful=True,
            confidence=0.4,
        )

    card = html.document_fromstring(render(sheet.assessed(), "html")).get_element_by_id("m-traffic-inspection")

    assert f"4.1 (p. {OPEN + NEXT + 1}\N{EN DASH}{OPEN + NEXT + 3})" in words(card.find_class("paper")[0])


def test_severity_that_all_findings_of_a_power_share_is_said_once(card):
    assert words(card).count("Source of this rating") == 1


def test_reason_that_stands_in_the_same_clause_is_said_to_stand_above(sheet):
    for number, strength in (("1", "must"), ("2", "may"), ("2", "may")):
        sheet.say("The node may read all.", number, strength=strength, proposes={"traffic-inspection": "read all"})

    card = html.document_fromstring(render(sheet.assessed(), "html")).get_element_by_id("m-traffic-inspection")

    assert "For the reason given above." in words(card)
    assert "given at" not in words(card)


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
    assert f"{MANY - OPEN - NEXT} further findings" in text
    assert all(text.count(f"Node {at} shall") == 1 for at in range(OPEN + NEXT, MANY))


def test_item_of_a_list_in_small_print_is_quoted_without_what_joins_it_to_the_next(sheet):
    head = sheet.say("Each node shall, for each flow:", "4.0")
    for at in range(MANY):
        item = sheet.say(f"examine the payload {at};", f"4.{at}", proposes={"traffic-inspection": "examine"})
        sheet.clauses[-1] = replace(item, stem=head.span)

    page = html.document_fromstring(render(sheet.assessed(), "html"))

    terse = [one.text_content() for one in page.xpath("//ul[contains(@class, 'terse')]//q")]
    assert terse
    assert not any(one.endswith(";") for one in terse)
