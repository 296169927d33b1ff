"""An officer's day in a real browser, and every page held to WCAG by axe-core."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pyotp import TOTP

from impact.review.authentication import second_factor
from impact.review.store import proposals
from impact.review.store.store import open_store
from impact.review.team import folders
from impact.review.values.folder import FolderDraft
from impact.web.server.settings import Settings

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SAMPLES = Path(__file__).parents[2] / "corpora" / "proposals"
PASSWORD = "a ferry leaves the quay at nine"  # noqa: S105 (of people who live in tests)
SLOW = 120_000
"""Milliseconds: the machine of the tests is shared."""


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Any]:
    """Return a Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture
def tab(browser: Any) -> Iterator[Callable[..., Any]]:
    """Return what opens a tab; at the end no tab may have said an error or asked another host for anything."""
    contexts, told = [], []

    def make(server: Any, **options: Any) -> Any:
        context = browser.new_context(base_url=server.url, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(SLOW)
        page.on("console", lambda one: told.append(one.text) if one.type == "error" else None)
        page.on("pageerror", lambda one: told.append(str(one)))
        page.on("request", lambda one: None if one.url.startswith(server.url) else told.append(one.url))
        return page

    yield make
    for context in contexts:
        context.close()
    assert told == []


@pytest.fixture(scope="module")
def working(tmp_path_factory: pytest.TempPathFactory, served: Callable[..., Any]) -> Iterator[Any]:
    """Return a server of one person that analyzes."""
    store = open_store(tmp_path_factory.mktemp("working"))
    with served(store, Settings(person="petra", by="cues")) as server:
        yield server
    store.close()


def _accessible(page: Any) -> None:
    """Hold a page to WCAG 2.2 AA and to the practice that axe-core knows, once its styles have come."""
    from axe_playwright_python.sync_playwright import Axe

    page.wait_for_load_state()
    found = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]}).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []


def _settle(page: Any) -> None:
    """Wait until nothing that was submitted is on its way; the policy of the page forbids `wait_for_function`."""
    for _ in range(SLOW // 100):
        if not page.locator("#files-list .busy, #files-list progress").count():
            return
        page.wait_for_timeout(100)
    pytest.fail("it takes too long")


def test_an_officer_submits_three_files_watches_them_and_opens_a_report(
    working: Any, tab: Callable[..., Any], tmp_path: Path
) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes((SAMPLES / "new-network.pdf").read_bytes()[:700])
    page = tab(working)
    page.goto("/")
    assert "Submit a technical proposal" in page.inner_text("main")
    _accessible(page)
    files = [SAMPLES / "street-cameras.docx", SAMPLES / "audio-payload.pdf", broken]
    page.set_input_files("#files", [str(file) for file in files])
    rows = page.locator("#files-list li")
    rows.nth(2).wait_for()
    _settle(page)
    words = [rows.nth(number).inner_text() for number in range(3)]
    assert re.search("high", words[0], re.IGNORECASE)
    assert re.search("none found|low|medium|high", words[1], re.IGNORECASE)
    assert re.search("not read|refused", words[2], re.IGNORECASE)
    assert "broken.pdf" in words[2]
    assert "2 ready, 1 not read" in page.inner_text("#drop-status")
    _accessible(page)
    rows.nth(0).locator("a").click()
    page.get_by_role("link", name="Open the report").click()
    page.wait_for_url("**/report")
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.contentType") == "text/html"


def test_an_officer_saves_the_files_of_a_report_and_they_open(
    working: Any, tab: Callable[..., Any], tmp_path: Path
) -> None:
    import docx
    import openpyxl
    import pikepdf

    page = tab(working)
    page.goto("/")
    page.set_input_files("#files", [str(SAMPLES / "street-cameras.docx"), str(SAMPLES / "careful-wallet.pdf")])
    rows = page.locator("#files-list li")
    rows.nth(1).wait_for()
    _settle(page)
    links = [rows.nth(number).locator("a").get_attribute("href") for number in range(2)]
    opened = {}
    wanted = ("annotated.docx", "brief.docx"), ("annotated.pdf", "findings.xlsx")
    for link, names in zip(links, wanted, strict=True):
        page.goto(f"{link}/desk/together")
        for name in names:
            with page.expect_download() as saved:
                page.get_by_role("link", name=name).click()
            opened[name] = tmp_path / name
            saved.value.save_as(opened[name])
    assert len(list(docx.Document(str(opened["annotated.docx"])).comments)) > 1
    assert "Main findings" in "\n".join(
        paragraph.text for paragraph in docx.Document(str(opened["brief.docx"])).paragraphs
    )
    assert openpyxl.load_workbook(opened["findings.xlsx"])["Findings"].max_row > 1
    with pikepdf.open(opened["annotated.pdf"]) as pdf:
        assert any("/Annots" in page for page in pdf.pages)


def test_files_that_are_dropped_are_submitted(working: Any, tab: Callable[..., Any]) -> None:
    page = tab(working)
    page.goto("/")
    page.evaluate(
        """() => {
            const given = new DataTransfer();
            given.items.add(new File(["1.1 The lock of copper shall open at noon.\\n"], "copper.txt"));
            const how = { dataTransfer: given, bubbles: true, cancelable: true };
            for (const kind of ["dragenter", "dragover", "drop"])
                document.body.dispatchEvent(new DragEvent(kind, how));
        }"""
    )
    row = page.locator("#files-list li", has_text="copper.txt")
    row.locator("a").wait_for()
    _settle(page)
    assert "none found" in row.inner_text().lower()


def test_the_page_of_a_waiting_proposal_shows_its_report_when_it_is_there(
    working: Any, tab: Callable[..., Any], tmp_path: Path
) -> None:
    path = tmp_path / "zinc.txt"
    path.write_text("1.1 The quay of zinc shall shut off any subscriber in arrears.\n", encoding="utf-8")
    page = tab(working)
    page.goto("/")
    page.set_input_files("#files", str(path))
    page.locator("#files-list a").click()
    page.get_by_role("link", name="Open the report").wait_for()
    page.wait_for_load_state()
    assert "Shut-off" in page.inner_text("main")


def test_everything_but_dragging_goes_without_javascript(working: Any, tab: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / "tin.txt"
    path.write_text("1.1 The quay of tin shall open at noon.\n", encoding="utf-8")
    page = tab(working, java_script_enabled=False)
    page.goto("/")
    page.set_input_files("#files", str(path))
    page.get_by_role("button", name="Submit", exact=True).click()
    page.get_by_role("link", name="tin.txt").click()
    page.get_by_role("link", name="Erase this proposal and its files").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Erase it").click()
    assert "tin.txt" not in page.inner_text("main")


def test_the_keyboard_reaches_the_content_the_search_and_a_proposal(
    alone: Any, petra: Any, tab: Callable[..., Any], analyzed: Callable[..., Any]
) -> None:
    one = analyzed(alone, petra, "of keys")
    page = tab(alone)
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    page.locator("#main:focus").wait_for()
    page.keyboard.press("/")
    page.locator("#q:focus").wait_for()
    page.keyboard.type("keys")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=keys**")
    page.locator(".item h2 a").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/p/{one.id}")


def test_people_sign_in_and_out_and_no_page_of_theirs_has_a_barrier(
    team: Any, tab: Callable[..., Any], analyzed: Callable[..., Any]
) -> None:
    store, now = team.state.store, team.state.now()
    folder = folders.create(store, team.people["ada"], FolderDraft("Of the browser", "SG13", now.date()), now)
    kept = {"restricted_to": ("rita", "ada"), "folder": folder.id}
    one = analyzed(team, team.people["ada"], "of the browser", **kept)
    page = tab(team)
    page.goto("/account")
    _accessible(page)
    page.fill("#name", "ada")
    page.fill("#password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/account")
    page.fill("#label", "a script")
    page.fill("#token-password", PASSWORD)
    page.get_by_role("button", name="Create a token").click()
    assert page.locator(".secret").inner_text().startswith("impact_")
    for path in (
        "",
        "/",
        "/?level=high&q=quay",
        "/?q=ICCPR+17",
        f"/p/{one.id}/search?q=quay+subscriber",
        "/folders",
        f"/folders/{folder.id}",
        f"/p/{one.id}",
        f"/p/{one.id}/erase",
        "/account",
        "/account/second-factor",
        "/log",
        "/agreement",
    ):
        if path:
            page.goto(path)
        _accessible(page)
    page.goto("/account/second-factor")
    page.get_by_label("Current password").fill(PASSWORD)
    page.get_by_role("button", name="Set up").click()
    secret = page.locator(".secret").inner_text()
    assert page.get_by_role("img", name="QR code of the key below").bounding_box()["width"] > 100
    _accessible(page)
    page.fill("#code", TOTP(secret).now())
    page.keyboard.press("Enter")
    page.wait_for_selector(".recovery")
    assert page.locator(".recovery li").count() == 10
    _accessible(page)
    code = page.locator(".recovery li").first.inner_text()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in")
    page.fill("#name", "ada")
    page.fill("#password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("#code")
    _accessible(page)
    page.fill("#code", code)
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Sign out")
    second_factor.remove(store, "ada")


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1600, "dark")])
def test_no_page_is_wider_than_its_window_and_each_has_contrast(  # noqa: PLR0913, PLR0917
    alone: Any, petra: Any, tab: Callable[..., Any], analyzed: Callable[..., Any], scheme: str, width: int
) -> None:
    store, now = alone.state.store, alone.state.now()
    draft = FolderDraft(f"Folder of {scheme} windows {width}" + "without-a-place-to-break" * 3)
    folder = folders.create(store, petra, draft, now)
    one = analyzed(alone, petra, "of windows " + "without-a-place-to-break" * 20)
    proposals.move(store, petra, one.id, folder.id, now)
    page = tab(alone, color_scheme=scheme, viewport={"width": width, "height": 700})
    searches = ("/?q=quay+minute", "/?q=ICCPR+17", f"/p/{one.id}/search?q=quay")
    for path in (
        "/",
        "/?q=x&state=failed",
        *searches,
        "/folders",
        f"/folders/{folder.id}",
        f"/p/{one.id}",
        f"/p/{one.id}/erase",
        "/account",
    ):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        _accessible(page)
