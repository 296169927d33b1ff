"""The list, one proposal, and its end."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from impact.review.store import erasing, jobs, proposals
from impact.review.store.store import open_store
from impact.review.values.proposal import Submission
from impact.web.server.settings import Settings


@pytest.fixture(scope="module")
def shelf(
    tmp_path_factory: pytest.TempPathFactory, petra: Any, analyzed: Callable[..., Any], served: Callable[..., Any]
) -> Iterator[Any]:
    """Return a server with two proposals that were analyzed, and one that failed."""
    store = open_store(tmp_path_factory.mktemp("shelf"))
    with served(store, Settings(person="petra", workers=0)) as server:
        analyzed(server, petra, "Amber", source="amber")
        analyzed(server, petra, "Basalt", source="basalt")
        failed, _ = proposals.submit(store, petra, Submission("broken.pdf", b"%PDF-1"), server.state.now())
        job = jobs.claim(store, "test", server.state.now(), failed.id)
        assert job is not None
        jobs.fail(store, job, "broken.pdf is cut short", "Get it again", server.state.now())
        yield server
    store.close()


@pytest.mark.parametrize(
    ("asked_for", "wanted"),
    [
        ({}, {"Amber", "Basalt", "broken.pdf"}),
        ({"q": "amber"}, {"Amber"}),
        ({"q": "checksum blue bas"}, {"Basalt"}),
        ({"q": "Harbor Works"}, {"Amber", "Basalt"}),
        ({"q": "nowhere"}, set()),
        ({"state": "failed"}, {"broken.pdf"}),
        ({"mechanism": "shut-off"}, {"Amber", "Basalt"}),
        ({"mechanism": "encryption"}, set()),
        ({"right": "privacy", "q": "amber"}, {"Amber"}),
        ({"level": "none"}, set()),
    ],
)
def test_the_list_shows_what_was_asked_for(shelf: Any, asked_for: dict[str, str], wanted: set[str]) -> None:
    with shelf.client() as client:
        page = client.get("/", params=asked_for).text
    listed = page.partition("<ol")[2]
    assert {name for name in ("Amber", "Basalt", "broken.pdf") if name in listed} == wanted


def test_a_failed_one_says_why_in_the_list_and_on_its_page(shelf: Any) -> None:
    with shelf.client() as client:
        page = client.get("/", params={"state": "failed"}).text
        one = client.get("/p/" + page.partition('data-id="')[2][:16]).text
    for text in (page, one):
        assert "broken.pdf is cut short" in text
        assert "Get it again" in text
    assert "Analyze again" in one


def test_the_filters_offer_what_there_is_with_how_many(shelf: Any) -> None:
    with shelf.client() as client:
        page = client.get("/").text
    assert "Shut-off and disconnection (2)" in page
    assert ">Privacy" in page


def test_a_list_goes_on_over_pages(shelf: Any) -> None:
    with shelf.client() as client:
        page = client.get("/", params={"q": "quay", "start": 50}).text
    assert 'href="/?q=quay&amp;start=0" rel="prev"' in page


def test_the_page_of_a_proposal_names_what_was_found_and_where_to_go_on(shelf: Any) -> None:
    with shelf.client() as client:
        page = client.get("/", params={"q": "amber"}).text
        one = client.get("/p/" + page.partition('data-id="')[2][:16]).text
    assert "Shut-off and disconnection" in one
    assert "/desk" in one
    assert "/report" in one


def test_an_erased_proposal_is_gone_with_its_files(
    alone: Any, petra: Any, analyzed: Callable[..., Any], asked: Callable[..., Any]
) -> None:
    one = analyzed(alone, petra, "to be erased")
    kept = alone.state.store.files / one.digest[:2] / one.digest
    assert kept.exists()
    with alone.client() as client:
        question = client.get(f"/p/{one.id}/erase").text
        answer = asked(client, f"/p/{one.id}/erase")
        after = client.get(f"/p/{one.id}").status_code
    assert "permanently erases" in question
    assert answer.status_code == 200
    assert after == 404
    assert not kept.exists()
    assert all(words in answer.text for words in ("of the chain", "backups of the store", one.digest))
    assert "to be erased" not in answer.text


def test_a_day_is_kept_whole_and_erased_when_it_is_over(
    alone: Any, petra: Any, analyzed: Callable[..., Any], asked: Callable[..., Any]
) -> None:
    one = analyzed(alone, petra, "of a day")
    store = alone.state.store
    with alone.client() as client:
        assert asked(client, f"/p/{one.id}/keep", {"until": "2090-05-03"}).status_code == 303
        erasing.expire(store, datetime(2090, 5, 3, 23, tzinfo=UTC))
        assert "3\N{NO-BREAK SPACE}May" in client.get(f"/p/{one.id}").text
        erasing.expire(store, datetime(2090, 5, 4, 1, tzinfo=UTC))
        assert client.get(f"/p/{one.id}").status_code == 404


def test_another_analysis_is_queued_once(
    alone: Any, petra: Any, analyzed: Callable[..., Any], asked: Callable[..., Any]
) -> None:
    one = analyzed(alone, petra, "again")
    with alone.client() as client:
        first, second = asked(client, f"/p/{one.id}/again"), asked(client, f"/p/{one.id}/again")
        page = client.get(f"/p/{one.id}").text
    assert (first.status_code, second.status_code) == (303, 409)
    assert "waiting" in page


def test_who_may_see_a_proposal_can_be_changed(
    team: Any, analyzed: Callable[..., Any], asked: Callable[..., Any]
) -> None:
    one = analyzed(team, team.people["olga"], "of some")
    with team.signed_in("olga") as olga, team.signed_in("ruth") as ruth, team.signed_in("rita") as rita:
        asked(olga, f"/p/{one.id}/readers", {"who": "named", "readers": "ruth, rita"})
        both = (ruth.get(f"/p/{one.id}").status_code, rita.get(f"/p/{one.id}").status_code)
        asked(olga, f"/p/{one.id}/readers", {"who": "named", "readers": "ruth"})
        only = (ruth.get(f"/p/{one.id}").status_code, rita.get(f"/p/{one.id}").status_code)
        asked(olga, f"/p/{one.id}/readers", {"who": "all", "readers": "ruth"})
        every = (ruth.get(f"/p/{one.id}").status_code, rita.get(f"/p/{one.id}").status_code)
    assert (both, only, every) == ((200, 200), (200, 404), (200, 200))
