"""Comments at the desk and what is new since the last visit, on the page and for programs."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import jsonschema
import pytest

from impact.review.decide import reading, record
from impact.review.decide.record import DecisionDraft
from impact.review.store import accounts
from impact.review.store.store import open_store
from impact.review.team import comments, news
from impact.review.values.decision import Action
from impact.review.values.users import Role
from impact.web.server.settings import Settings

API = "/api/v1"
ROLES = {"olga": Role.OFFICER, "rita": Role.REVIEWER, "ruth": Role.REVIEWER, "ada": Role.ADMINISTRATOR}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, served: Callable[..., Any]) -> Iterator[Any]:
    """Return a server of a team that came a day ago, so that what happens now is new."""
    store = open_store(tmp_path_factory.mktemp("office"))
    with served(store, Settings(accounts=True, workers=0, by="cues")) as server:
        for name, role in ROLES.items():
            server.people[name] = accounts.add_user(store, name, role, "", server.state.now())
            news.arrive(store, server.people[name], server.state.now() - timedelta(days=1))
        yield server
    store.close()


def first(server: Any, viewer: Any, proposal: Any) -> str:
    return str(reading.open_desk(server.state.store, viewer, proposal.id).subjects[0].id)


def reviewed(server: Any, proposal: Any, words: str = "Ask about the timeline.") -> str:
    """Comment on the first finding as rita, accept it, and finish."""
    store, rita, now = server.state.store, server.people["rita"], server.state.now()
    subject = first(server, rita, proposal)
    comments.add(store, rita, proposal.id, subject, words, now)
    record.decide(store, rita, proposal.id, DecisionDraft(Action.ACCEPT, subject), now)
    record.finish(store, rita, proposal.id, now)
    return subject


def test_a_comment_stands_beside_its_finding_as_text_with_author_and_time(
    office: Any, analyzed: Callable[..., Any], asked: Callable[..., Any]
) -> None:
    one = analyzed(office, office.people["olga"], "of comments")
    desk = f"/p/{one.id}/desk"
    subject = first(office, office.people["rita"], one)
    with office.signed_in("rita") as rita:
        answer = asked(rita, f"{desk}/comment", {"subject": subject, "text": "See <b>7.2</b>\nand ask."}, desk)
        page = rita.get(answer.headers["location"]).text
    assert (answer.status_code, answer.headers["location"]) == (303, f"{desk}?at={subject}#chosen")
    row = page.partition(f'data-id="{subject}"')[2].partition('data-id="')[0]
    assert "See &lt;b&gt;7.2&lt;/b&gt;\nand ask." in row
    assert "<strong><bdi>rita</bdi></strong>" in row
    assert re.search(r'<time datetime="[^"]+\+00:00" data-local>[^<]+UTC</time>', row)
    assert "1 comment" in row


def test_own_comments_are_removed_and_others_are_not(
    office: Any, analyzed: Callable[..., Any], asked: Callable[..., Any]
) -> None:
    one = analyzed(office, office.people["olga"], "of removals")
    desk = f"/p/{one.id}/desk"
    reviewed(office, one, "To be removed")
    (comment,) = comments.list_visible(office.state.store, office.people["rita"], one.id)
    with office.signed_in("olga") as olga, office.signed_in("ruth") as ruth, office.signed_in("rita") as rita:
        read = olga.get(desk).text
        blind = ruth.get(desk).text
        refused = [
            asked(person, f"{desk}/comment/remove", {"seq": comment.seq}, desk).status_code for person in (ruth, olga)
        ]
        wrong = [asked(rita, f"{desk}/comment/remove", {"seq": seq}, desk).status_code for seq in ("", "x", "9" * 30)]
        removed = asked(rita, f"{desk}/comment/remove", {"seq": comment.seq}, desk).status_code
        after = rita.get(desk).text
    assert "To be removed" in read
    assert f'name="seq" value="{comment.seq}"' not in read
    assert "To be removed" not in blind
    assert (refused, wrong, removed) == ([404, 404], [404, 404, 404], 303)
    assert "To be removed" not in after


def test_an_officer_reads_comments_and_makes_none(office: Any, analyzed: Callable[..., Any]) -> None:
    one = analyzed(office, office.people["olga"], "of officers")
    subject = reviewed(office, one)
    desk = f"/p/{one.id}/desk"
    with office.signed_in("olga") as olga:
        page = olga.get(desk).text
        token = re.search(r'name="csrf" value="([^"]+)"', olga.get("/").text)
        assert token is not None
        form = {"csrf": token[1], "subject": subject, "text": "No"}
        status = olga.post(f"{desk}/comment", data=form).status_code
    assert "Ask about the timeline." in page
    assert 'id="comment-text"' not in page
    assert status == 403


def test_a_reviewer_who_waits_for_others_can_still_comment(
    office: Any, analyzed: Callable[..., Any], asked: Callable[..., Any]
) -> None:
    one = analyzed(office, office.people["olga"], "of waiting", readings=2)
    subject = reviewed(office, one)
    desk = f"/p/{one.id}/desk"
    with office.signed_in("rita") as rita:
        page = rita.get(desk).text
        status = asked(rita, f"{desk}/comment", {"subject": subject, "text": "One more"}, desk).status_code
    assert 'id="comment-text"' in page
    assert 'id="do-note"' not in page
    assert status == 303


def test_the_list_and_the_desk_show_what_is_new_until_it_is_opened(office: Any, analyzed: Callable[..., Any]) -> None:
    one = analyzed(office, office.people["rita"], "of news")
    with office.signed_in("olga") as olga:
        listed = item(olga.get("/").text, one.id)
        olga.get(f"/p/{one.id}")
        opened = item(olga.get("/").text, one.id)
        subject = reviewed(office, one)
        said = item(olga.get("/", params={"new": 1}).text, one.id)
        desk = olga.get(f"/p/{one.id}/desk").text
        after = item(olga.get("/").text, one.id)
        filtered = olga.get("/", params={"new": 1}).text
    assert "Submitted since you last looked" in listed
    assert 'class="news"' not in opened
    assert "1 decision and 1 comment by others" in said
    assert "1 decision and 1 comment by others" in desk.partition('id="news"')[2].partition("</p>")[0]
    assert 'class="fresh">new' in desk.partition(f'data-id="{subject}"')[2].partition("</a>")[0]
    assert 'class="news"' not in after
    assert one.id not in filtered


def test_all_is_marked_as_seen_at_once(office: Any, analyzed: Callable[..., Any], asked: Callable[..., Any]) -> None:
    one = analyzed(office, office.people["rita"], "of marks")
    with office.signed_in("ruth") as ruth:
        before = ruth.get("/").text
        answer = asked(ruth, "/seen")
        after = ruth.get("/").text
    assert 'class="news"' in item(before, one.id)
    assert re.search(r"<strong>\d+ proposals?</strong> submitted since you last looked", before)
    assert answer.status_code == 303
    assert 'class="news"' not in after
    assert "submitted since you last looked" not in after


def test_a_hidden_proposal_is_no_news(office: Any, analyzed: Callable[..., Any], asked: Callable[..., Any]) -> None:
    with office.signed_in("ruth") as ruth:
        asked(ruth, "/seen")
        hidden = analyzed(office, office.people["rita"], "of secrets", restricted_to=())
        reviewed(office, hidden)
        page, only = ruth.get("/").text, ruth.get("/", params={"new": 1}).text
    with office.program("ruth") as program:
        listed = program.get(f"{API}/news").json()
    assert "submitted since you last looked" not in page
    assert "0 proposals found" in only
    assert "Nothing is new to you" in only
    assert listed == []


def test_a_program_comments_reads_and_removes(office: Any, analyzed: Callable[..., Any]) -> None:
    one = analyzed(office, office.people["olga"], "of programs")
    at = f"{API}/proposals/{one.id}/comments"
    with office.program("rita") as rita, office.program("olga") as olga:
        subject = rita.get(f"{API}/proposals/{one.id}/findings").json()[0]["id"]
        made = rita.post(at, json={"subject": subject, "text": "By program"})
        own, others = rita.get(at).json(), olga.get(at).json()
        refused = [
            olga.post(at, json={"subject": subject, "text": "No"}).status_code,
            rita.post(at, json={"subject": "nothing", "text": "No"}).status_code,
            rita.post(at, json={"subject": subject, "text": " "}).status_code,
            olga.delete(f"{at}/{made.json()['seq']}").status_code,
        ]
        removed = rita.delete(f"{at}/{made.json()['seq']}").status_code
        schema = rita.get(f"{API}/openapi.json").json()
        left = rita.get(at).json()
    jsonschema.validate(made.json(), {"$ref": "#/components/schemas/CommentValue", **schema})
    assert (made.status_code, made.json()["author"], made.json()["text"]) == (201, "rita", "By program")
    assert (own, others, left) == ([made.json()], [], [])
    assert (refused, removed) == ([403, 404, 422, 404], 204)


def test_a_program_gets_the_news(office: Any, analyzed: Callable[..., Any]) -> None:
    one = analyzed(office, office.people["rita"], "of programs and news")
    reviewed(office, one)
    with office.program("olga") as olga:
        listed = {row["proposal"]: row for row in olga.get(f"{API}/news").json()}
    assert listed[one.id] == {"proposal": one.id, "is_new": True, "decisions": 1, "comments": 1, "since": None}


def test_comments_on_what_a_newer_analysis_no_longer_finds_stay_on_the_desk(
    office: Any, analyzed: Callable[..., Any]
) -> None:
    from impact.review.store import analyses, jobs, proposals

    one = analyzed(office, office.people["olga"], "of newer models")
    reviewed(office, one, "Still of use")
    store, now, rita = office.state.store, office.state.now(), office.people["rita"]
    report = json.loads(analyses.read_file(store, rita, one.id, "report.json"))
    for clause in report["clauses"]:
        clause["findings"], clause["safeguards"] = [], []
    proposals.analyze_again(store, rita, one.id, {}, now)
    job = jobs.claim(store, "test", now, one.id)
    assert job is not None
    report |= {"compounds": [], "silences": [], "rights": [], "level": "none"}
    analyses.save(store, job, {"report.json": json.dumps(report).encode(), "report.html": b"<p>"}, now)
    with office.signed_in("olga") as olga:
        page = olga.get(f"/p/{one.id}/desk").text
    assert "Still of use" in page.partition("Comments on items that the latest analysis no longer finds")[2]


def item(page: str, proposal: str) -> str:
    return page.partition(f'<li class="item" data-id="{proposal}"')[2].partition('<li class="item"')[0]


@pytest.fixture
def desk_tab(office: Any, chromium: str) -> Iterator[Callable[..., Any]]:
    """Return what opens a tab in which a person has signed in; no tab may have said an error."""
    from itsdangerous import Signer
    from playwright.sync_api import sync_playwright

    from impact.web.server.session import SESSION

    problems: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])

        def make(name: str, **options: Any) -> Any:
            state = office.state
            secret = accounts.start_session(state.store, office.people[name], state.now(), state.settings.lasting)
            cookie = Signer(state.key, salt="impact.cookie").sign(SESSION + secret).decode()
            context = browser.new_context(base_url=office.url, **options)
            context.add_cookies([{"name": "impact", "value": cookie, "url": office.url}])
            page = context.new_page()
            page.set_default_timeout(120_000)
            page.on("pageerror", lambda error: problems.append(str(error)))
            return page

        yield make
        browser.close()
    assert problems == []


def test_a_comment_is_written_by_keys_and_its_time_is_in_the_zone_of_the_reader(
    office: Any, analyzed: Callable[..., Any], desk_tab: Callable[..., Any]
) -> None:
    one = analyzed(office, office.people["olga"], "of keys")
    page = desk_tab("rita", timezone_id="Asia/Kathmandu", locale="en-GB")
    page.goto(f"/p/{one.id}/desk")
    page.keyboard.press("c")
    page.locator("#comment-text:focus").wait_for()
    page.keyboard.type("Written by keys, a or r or u among them")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    comment = page.locator(".subject-body:not([hidden]) .comment")
    assert "Written by keys, a or r or u among them" in comment.inner_text()
    assert "GMT+5:45" in comment.locator("time").inner_text()
    assert "0 of" in page.locator("#told").inner_text()
    with page.expect_navigation():
        comment.get_by_role("button", name="Remove").click()
    assert page.locator(".comment").count() == 0


def test_a_comment_waits_for_decisions_on_their_way_and_loses_none(
    office: Any, analyzed: Callable[..., Any], desk_tab: Callable[..., Any]
) -> None:
    one = analyzed(office, office.people["olga"], "of haste")
    page = desk_tab("rita")
    page.goto(f"/p/{one.id}/desk")
    page.route("**/desk/decide", lambda route: (page.wait_for_timeout(400), route.continue_()))
    page.keyboard.press("a")
    page.keyboard.press("c")
    page.keyboard.type("At once")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    page.locator(".comment").first.wait_for(state="attached")
    assert page.locator("#told").inner_text().startswith("1 of")


def test_comments_go_without_javascript(
    office: Any, analyzed: Callable[..., Any], desk_tab: Callable[..., Any]
) -> None:
    one = analyzed(office, office.people["olga"], "of plain pages")
    page = desk_tab("rita", java_script_enabled=False)
    page.goto(f"/p/{one.id}/desk")
    page.locator("#comment summary").click()
    page.fill("#comment-text", "Without a script")
    page.get_by_role("button", name="Save the comment").click()
    comment = page.locator(".subject-body:not([hidden]) .comment")
    assert "Without a script" in comment.inner_text()
    assert "UTC" in comment.locator("time").inner_text()
    comment.get_by_role("button", name="Remove").click()
    assert page.locator(".comment").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280, 1920])
def test_a_desk_and_a_list_with_comments_and_news_have_no_barrier(
    office: Any, analyzed: Callable[..., Any], desk_tab: Callable[..., Any], scheme: str, width: int
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    one = analyzed(office, office.people["rita"], f"of barriers {scheme} {width}")
    reviewed(office, one, "A long remark " + "without-a-place-to-break" * 20)
    page = desk_tab("olga", color_scheme=scheme, viewport={"width": width, "height": 900})
    for path in ("/?new=1", f"/p/{one.id}/desk"):
        page.goto(path)
        page.wait_for_load_state()
        assert page.locator(".fresh").count() > 0
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        found = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]}).response["violations"]
        assert [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in found] == []
