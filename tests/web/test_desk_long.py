"""The desk of a long document: it opens small, fetches the rest when it is needed, and works as that of a short one."""

import re
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest

from impact.pipeline import analyze, render
from impact.review.decide import reading
from impact.review.store import analyses, jobs, proposals
from impact.review.store.store import open_store
from impact.review.values.proposal import StoredProposal, Submission
from impact.web.server.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

POWERS = (
    "The quay master shall shut off any subscriber of quay {} whose account is in arrears.",
    "The quay master shall report the position of each subscriber of quay {} every minute.",
    "All messages between subscribers of quay {} shall be encrypted from end to end.",
)
FILLER = "The quay master shall print the list of lamps of quay {} in blue ink and shall file it by street and number."
CLAUSES = 600
A_PAGE = 20
PATIENCE = 60
PAGE = (595, 842)


def _clauses() -> list[str]:
    """Return clauses of which every sixth has a power or a safeguard."""
    return [
        f"{1 + at // 100}.{1 + at % 100} {(POWERS[at // 6 % 3] if at % 6 == 0 else FILLER).format(at)}"
        for at in range(CLAUSES)
    ]


def _text() -> bytes:
    return "\n\n".join(["Requirements for long quays", *_clauses()]).encode()


def _pdf() -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    written = BytesIO()
    canvas = Canvas(written, pagesize=PAGE, invariant=1)
    canvas.setTitle("Requirements for long quays")
    for at, clause in enumerate(_clauses()):
        if at and at % A_PAGE == 0:
            canvas.showPage()
        canvas.setFont("Helvetica", 8)
        canvas.drawString(50, 790 - 37 * (at % A_PAGE), clause)
    canvas.save()
    return written.getvalue()


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory, served: Callable[..., Any]) -> Iterator[Any]:
    """Return a server of one person."""
    store = open_store(tmp_path_factory.mktemp("long"))
    with served(store, Settings(person="petra", workers=0)) as server:
        yield server
    store.close()


@pytest.fixture(scope="module", params=["txt", "pdf"])
def kept(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, dict[str, bytes]]:
    """Return a long document and the reports of its analysis."""
    path: Path = tmp_path_factory.mktemp("document") / f"quays.{request.param}"
    path.write_bytes(_text() if request.param == "txt" else _pdf())
    made = analyze(path, by=("cues",), jailed=False)
    return path.read_bytes(), {f"report.{form}": render(made, form).encode() for form in ("html", "json")}


@pytest.fixture
def proposal(long: Any, petra: Any, kept: tuple[bytes, dict[str, bytes]]) -> Iterator[StoredProposal]:
    """Return a proposal of that document without decisions."""
    from impact.review.store import erasing

    state, (data, files) = long.state, kept
    suffix = "pdf" if data.startswith(b"%PDF") else "txt"
    one, _ = proposals.submit(state.store, petra, Submission(f"quays.{suffix}", data), state.now())
    job = jobs.claim(state.store, "test", state.now(), one.id)
    assert job is not None
    analyses.save(state.store, job, files, state.now())
    yield proposals.get(state.store, petra, one.id)
    erasing.erase(state.store, petra, one.id, state.now())


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Any]:
    """Return a Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


@pytest.fixture
def tab(browser: Any) -> Iterator[Callable[..., Any]]:
    """Return what opens a tab, in which no script may fail."""
    contexts, complaints = [], []

    def make(**options: Any) -> Any:
        context = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce", **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE * 1000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield make
    for context in contexts:
        for page in context.pages:
            page.unroute_all(behavior="ignoreErrors")
        context.close()
    assert complaints == []


def _until(page: Any, expression: str) -> None:
    """Wait until JavaScript holds; Playwright's own way needs eval, which the policy of the page forbids."""
    end = time.monotonic() + PATIENCE
    while not page.evaluate(expression):
        assert time.monotonic() < end, expression
        page.wait_for_timeout(40)


OPEN = "document.querySelector('.subject-head[aria-current]').closest('.subject')"
LOADED = f"!!{OPEN}.querySelector('.subject-body:not([aria-busy]) blockquote')"


def test_the_page_has_all_heads_and_little_else(long: Any, petra: Any, proposal: StoredProposal) -> None:
    items = len(reading.open_desk(long.state.store, petra, proposal.id).subjects)
    with long.client() as client:
        page = client.get(f"/p/{proposal.id}/desk").text
    assert items >= CLAUSES // 6
    assert page.count('class="subject-head"') == items
    assert page.count('class="subject-body"') == 1
    assert page.count("<option") < 200
    assert len(page) < 190_000


def test_a_place_to_which_an_address_leads_is_in_the_page_without_a_script(long: Any, proposal: StoredProposal) -> None:
    with long.client() as client:
        text = client.get(f"/p/{proposal.id}/desk", params={"view": "text", "to": "c500"}).text
        added = client.get(f"/p/{proposal.id}/desk", params={"view": "text", "clause": "c501"}).text
        odd = client.get(f"/p/{proposal.id}/desk", params={"view": "text", "to": "c99999999"})
    assert 'id="c500"' in text
    assert 'id="c100"' not in text
    assert re.search(r'<option value="[^"]+" data-clause="c501" selected>', added)
    assert odd.status_code == 200


def test_leaves_together_have_each_clause_once(long: Any, petra: Any, proposal: StoredProposal) -> None:
    report = reading.open_desk(long.state.store, petra, proposal.id).report
    assert report is not None
    with long.client() as client:
        page = client.get(f"/p/{proposal.id}/desk", params={"view": "text"}).text
        starts = re.findall(r'data-from="(\d+)"', page)
        parts = [
            client.get(f"/p/{proposal.id}/desk", params={"view": "text", "part": "leaf", "to": f"c{start}"}).text
            for start in starts
        ]
    clauses = [re.findall(r'<div class="block[^>]* id="(c\d+)"', text) for text in (page, *parts)]
    together = [name for names in clauses for name in names]
    assert len(starts) > 5
    assert len(together) == len(set(together)) == len(report.clauses)


def test_the_browser_can_search_in_the_whole_text(long: Any, proposal: StoredProposal, tab: Callable[..., Any]) -> None:
    page = tab()
    page.goto(f"{long.url}/p/{proposal.id}/desk?view=text")
    _until(page, "!document.querySelector('.leaf[data-from]')")
    assert page.locator(".leaf").count() > 5
    assert page.evaluate("find('list of lamps of quay 595') && find('list of lamps of quay 7 ', false, false, true)")


def test_keys_lead_through_all_items_and_each_is_read_and_decided(
    long: Any, petra: Any, proposal: StoredProposal, tab: Callable[..., Any]
) -> None:
    page = tab()
    page.goto(f"{long.url}/p/{proposal.id}/desk")
    for _ in range(12):
        _until(page, LOADED)
        page.keyboard.press("a")
    _until(page, "!document.querySelector('.pending')")
    page.keyboard.press("k")
    _until(page, LOADED)
    accepted = page.locator(".subject-body:visible .verdict").inner_text()
    page.keyboard.press("u")
    _until(page, "document.getElementById('told').textContent.startsWith('11 of')")
    _until(page, "!document.querySelector('.pending') && !pending.length")
    page.keyboard.press("f")
    hidden = page.locator(".subject.accepted:visible").count()
    own = reading.open_desk(long.state.store, petra, proposal.id).own.values()
    assert accepted.startswith("Accepted")
    assert hidden == 0
    assert sum(status.decided for status in own) == 11


def test_who_decides_faster_than_anything_comes_loses_nothing(
    long: Any, petra: Any, proposal: StoredProposal, tab: Callable[..., Any]
) -> None:
    page = tab()
    page.route("**part=rows**", lambda route: (page.wait_for_timeout(200), route.continue_()))
    page.goto(f"{long.url}/p/{proposal.id}/desk")
    for key in "ararar":
        page.keyboard.press(key)
        page.keyboard.press("x")
    page.keyboard.press("Shift+K")
    _until(page, "!document.querySelector('.pending')")
    _until(page, LOADED)
    decided = [one for one in reading.open_desk(long.state.store, petra, proposal.id).own.values() if one.decided]
    shown = page.locator(".subject.accepted, .subject.rejected").count()
    assert len(decided) == shown == 6


def test_everything_is_decided_and_signed_by_keys(
    long: Any, petra: Any, proposal: StoredProposal, tab: Callable[..., Any]
) -> None:
    page = tab()
    page.goto(f"{long.url}/p/{proposal.id}/desk")
    while page.evaluate("!!document.querySelector('.subject[data-verdict=undecided]')"):
        guard = page.evaluate(f"{OPEN}.dataset.kind === 'safeguard'")
        page.keyboard.press("Shift+A" if guard else "a")
    page.keyboard.press("s")
    page.wait_for_url("**/together")
    page.keyboard.press("s")
    page.wait_for_selector("#versions tbody tr:nth-child(2), #versions .code")
    desk = reading.open_desk(long.state.store, petra, proposal.id)
    assert all(status.decided for status in desk.own.values())
    assert desk.signatures


def test_an_item_far_away_shows_its_place_and_a_clause_far_away_can_be_added_to(
    long: Any, proposal: StoredProposal, tab: Callable[..., Any]
) -> None:
    page = tab()
    page.goto(f"{long.url}/p/{proposal.id}/desk?by=clause")
    page.locator(".subject-head").last.click()
    _until(page, "!!document.querySelector('.paper :is(.evidence, mark).chosen')")
    box = page.locator(".paper :is(.evidence rect, mark).chosen, .paper .evidence.chosen rect").first.bounding_box()
    page.keyboard.press("m")
    _until(page, "!('some' in document.getElementById('missed-clause').dataset)")
    _until(
        page, f"document.getElementById('missed-clause').selectedOptions[0].dataset.clause === {OPEN}.dataset.clause"
    )
    assert box
    assert 0 < box["y"] < 800
    assert page.locator("#missed-clause option").count() > 500


def test_a_link_to_a_clause_that_is_not_there_yet_shows_it(
    long: Any, proposal: StoredProposal, tab: Callable[..., Any]
) -> None:
    page = tab()
    page.goto(f"{long.url}/p/{proposal.id}/desk?view=text#c510")
    _until(page, "!!document.getElementById('c510')")
    _until(page, "document.getElementById('c510').getBoundingClientRect().top < innerHeight")
    assert page.evaluate("document.getElementById('c510').getBoundingClientRect().bottom > 0")
