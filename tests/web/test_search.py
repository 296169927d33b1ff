"""What the search box finds in texts and by article, on the page and for programs."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from impact.review.decide import reading, record
from impact.review.decide.record import DecisionDraft
from impact.review.values.decision import Action

API = "/api/v1/search"


def test_the_list_shows_the_clauses_with_the_words_marked_and_a_link_to_each(
    alone: Any, petra: Any, analyzed: Callable[..., Any]
) -> None:
    one = analyzed(alone, petra, "Obsidian")
    with alone.client() as client:
        page = client.get("/", params={"q": "obsidian arrears"}).text
    item = page.partition(f'data-id="{one.id}"')[2].partition("</li>\n</ol>")[0]
    link = re.search(rf'href="/p/{one.id}/desk\?view=text&amp;to=c\d+#(c\d+)"><bdi>1.1</bdi>', item)
    assert link is not None
    assert "<mark>Obsidian</mark>" in item
    assert "<mark>arrears</mark>" in item
    assert "every minute" not in item
    with alone.client() as client:
        desk = client.get(f"/p/{one.id}/desk", params={"view": "text"}).text
    assert "arrears" in desk.partition(f'id="{link[1]}"')[2].partition("</div>")[0]


def test_words_of_a_text_are_shown_as_text_and_never_as_markup(
    alone: Any, petra: Any, analyzed: Callable[..., Any]
) -> None:
    analyzed(alone, petra, "<script>alert(1)</script> Pyrite")
    with alone.client() as client:
        page = client.get("/", params={"q": "<script>alert pyrite"}).text
    assert "<script>alert" not in page
    assert "<mark>Pyrite</mark>" in page


def test_the_list_shows_some_clauses_and_leads_to_all_of_a_proposal(
    alone: Any, petra: Any, analyzed: Callable[..., Any]
) -> None:
    one = analyzed(alone, petra, "Quartz")
    with alone.client() as client:
        listed = client.get("/", params={"q": "quartz"}).text.partition(f'data-id="{one.id}"')[2]
        link = re.search(rf'href="(/p/{one.id}/search[^"]+)"[^>]*>All (\d+) clauses<', listed)
        assert link is not None
        every = client.get(link[1]).text
    assert every.count("<mark>Quartz</mark>") == int(link[2]) > 3
    assert f"{link[2]} clauses found" in every


def test_words_that_are_apart_are_shown_each_where_they_are(
    alone: Any, petra: Any, analyzed: Callable[..., Any]
) -> None:
    one = analyzed(alone, petra, "Slate")
    with alone.client() as client:
        page = client.get("/", params={"q": "slate arrears checksum"}).text
    item = page.partition(f'data-id="{one.id}"')[2]
    assert "No single clause has all of these words" in item
    assert "<mark>arrears</mark>" in item
    assert "<mark>checksum</mark>" in item


def test_an_article_finds_the_findings_that_may_affect_it_but_for_rejected_ones(
    alone: Any, petra: Any, analyzed: Callable[..., Any]
) -> None:
    one = analyzed(alone, petra, "Topaz")
    subjects = reading.open_desk(alone.state.store, petra, one.id).subjects
    tracking = next(subject.id for subject in subjects if subject.label == "location-tracking")
    with alone.client() as client:
        before = client.get("/", params={"q": "ICCPR 17"}).text
        draft = DecisionDraft(Action.REJECT, tracking, "It is an example.")
        record.decide(alone.state.store, petra, one.id, draft, alone.state.now())
        after = client.get("/", params={"q": "article 17 ICCPR"}).text
        rest = client.get(f"/p/{one.id}/search", params={"q": "ICCPR 17"}).text
    listed = before.partition(f'data-id="{one.id}"')[2].partition('<li class="item"')[0]
    assert f"/p/{one.id}/desk?at={tracking}#chosen" in listed
    assert "Location" in listed
    assert "ICCPR article 17 (Privacy" in before
    assert tracking not in after
    assert tracking not in rest


def test_an_article_that_nothing_affects_says_so(alone: Any) -> None:
    with alone.client() as client:
        page = client.get("/", params={"q": "ICCPR 8"}).text
    assert "0 proposals with findings that may affect ICCPR article 8" in page
    assert "No finding may affect this article" in page


@pytest.mark.parametrize("asked", ["sapphire", '"quay Sapphire"', "ICCPR 17", "sapphire minute arrears"])
def test_another_persons_proposal_never_shows_not_even_as_a_count(
    team: Any, analyzed: Callable[..., Any], asked: str
) -> None:
    hidden = analyzed(team, team.people["olga"], "Sapphire", restricted_to=())
    with team.signed_in("olga") as olga, team.signed_in("ruth") as ruth:
        own, others = olga.get("/", params={"q": asked}).text, ruth.get("/", params={"q": asked}).text
        within = ruth.get(f"/p/{hidden.id}/search", params={"q": asked}).status_code
    with team.program("ruth") as program:
        clauses = program.get(f"{API}/clauses", params={"text": asked}).json()
        findings = program.get(f"{API}/findings", params={"article": "ICCPR 17", "limit": 1000}).json()
    assert hidden.id in own
    assert hidden.id not in others
    assert "Sapphire" not in others.partition('class="count')[2]
    assert within == 404
    if "apphire" in asked:
        assert "0 proposals" in others
        assert (clauses["total"], clauses["clauses"]) == (0, [])
    assert hidden.id not in {found["proposal"] for found in findings["findings"]}
    assert findings["total"] == len(findings["findings"])


def test_a_program_finds_clauses_with_their_marks(team: Any, analyzed: Callable[..., Any]) -> None:
    one = analyzed(team, team.people["olga"], "Feldspar")
    with team.program("rita") as rita:
        found = rita.get(f"{API}/clauses", params={"text": "feldspar checks", "limit": 1}).json()
        none = rita.get(f"{API}/clauses", params={"text": "feldspar", "proposal": "0" * 16}).json()
    (clause,) = found["clauses"]
    assert (found["total"], clause["proposal"], clause["number"]) == (1, one.id, "1.3")
    assert [clause["text"][start:end] for start, end in clause["marks"]] == ["checksum", "Feldspar"]
    assert none == {"total": 0, "clauses": []}


def test_a_program_finds_findings_by_article_and_is_told_what_names_one(
    team: Any, analyzed: Callable[..., Any]
) -> None:
    one = analyzed(team, team.people["olga"], "Gypsum")
    with team.program("rita") as rita:
        found = rita.get(f"{API}/findings", params={"article": "udhr 12", "limit": 1000}).json()
        refused = rita.get(f"{API}/findings", params={"article": "privacy"})
    mine = [each for each in found["findings"] if each["proposal"] == one.id]
    assert found["article"] == "UDHR 12"
    assert ("location-tracking", "primary") in {(each["label"], each["link"]) for each in mine}
    assert refused.status_code == 422
    assert "ICCPR 17" in refused.json()["hint"]


def test_a_search_opens_the_text_of_the_desk_at_the_clause(
    alone: Any, petra: Any, analyzed: Callable[..., Any], chromium: str
) -> None:
    from playwright.sync_api import sync_playwright

    one = analyzed(alone, petra, "Marble")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(base_url=alone.url, viewport={"width": 1280, "height": 420})
        page.goto("/?q=marble+ink")
        page.locator(f'[data-id="{one.id}"] .matches a').click()
        page.locator(".block:target").wait_for()
        assert "blue ink" in page.locator(".block:target").inner_text()
        assert page.locator(".block:target").evaluate("block => block.getBoundingClientRect().bottom <= innerHeight")
        browser.close()
