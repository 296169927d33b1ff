"""The desk by keys in a real Chromium: decisions show at once, are rolled back where they fail and lead to the next."""

import json
from time import monotonic

import pytest

from impact.review.decide import reading
from impact.review.store import analyses, jobs, proposals
from impact.review.store.store import open_store
from impact.web.server.settings import Settings

PATIENCE = 120_000
"""Milliseconds; other processes may keep the machine busy."""

LONG = "The quay master shall keep the list of moorings in good order and shall show it to each skipper. " * 9
COUNT = "document.getElementById('told').textContent"


@pytest.fixture(scope="module")
def browser(chromium):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        yield (opened := playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"]))
        opened.close()


@pytest.fixture(scope="module")
def quays(tmp_path_factory, served):
    """Return a server of one person."""
    store = open_store(tmp_path_factory.mktemp("quays"))
    with served(store, Settings(person="petra", workers=0, by="cues")) as server:
        yield server
    store.close()


@pytest.fixture
def desk(quays, petra, analyzed, browser):
    """Return what opens the desk of a new proposal: two powers, five safeguards of one name and a doubtful one."""
    contexts, complaints = [], []

    def make(name, *, long=False, **options):
        one = analyzed(quays, petra, name, source=name)
        _guard(quays, petra, one, long=long)
        context = browser.new_context(
            **{"viewport": {"width": 1280, "height": 800}, "reduced_motion": "reduce", **options}
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"{quays.url}/p/{one.id}/desk")
        page.wait_for_load_state()
        return page, one

    yield make
    for context in contexts:
        for page in context.pages:
            page.unroute_all(behavior="ignoreErrors")
        context.close()
    assert not complaints


def _guard(server, petra, one, *, long):
    """Keep an analysis with safeguards in each clause, and long clauses where that is asked for."""
    store, now = server.state.store, server.state.now
    report = json.loads(analyses.read_file(store, petra, one.id, analyses.REPORT))
    for place, clause in enumerate(report["clauses"]):
        evidence = [{"quote": clause["text"], "span": clause["span"], "boxes": []}]
        row = {"confidence": 0.9, "strength": "must", "evidence": evidence}
        clause["safeguards"] = [row | {"safeguard": "encryption", "doubtful": False}]
        clause["safeguards"] += [row | {"safeguard": "redress", "doubtful": True}] if not place else []
        if long:
            clause["text"] += LONG
    proposals.analyze_again(store, petra, one.id, {}, now())
    job = jobs.claim(store, "test", now(), one.id)
    analyses.save(store, job, {"report.json": json.dumps(report).encode(), "report.html": b"<p>"}, now())


def _until(page, expression):
    """Wait until JavaScript holds; Playwright's own way needs eval, which the policy of the page forbids."""
    end = monotonic() + PATIENCE / 1000
    while not page.evaluate(expression):
        assert monotonic() < end, (expression, page.evaluate("document.getElementById('say')?.textContent"))
        page.wait_for_timeout(40)


def _chosen(page):
    return page.evaluate("document.querySelector('.subject-head[aria-current]').closest('.subject').dataset.id")


def _decided(quays, petra, one):
    return {name for name, status in reading.open_desk(quays.state.store, petra, one.id).own.items() if status.decided}


def _total(page):
    return int(page.inner_text("#told").split()[2])


def test_a_decision_shows_before_the_server_answers(desk):
    page, _ = desk("at once")
    page.route("**/desk/decide", lambda _: None)
    first = _chosen(page)

    page.keyboard.press("a")

    assert page.inner_text("#told").startswith("1 of ")
    assert "accepted" in page.locator(f'.subject[data-id="{first}"]').get_attribute("class")
    assert _chosen(page) != first


def test_a_decision_that_fails_is_rolled_back_with_a_message_and_others_stay(desk, quays, petra):
    page, one = desk("that fails")
    failing = iter([True])
    page.route("**/desk/decide", lambda route: route.abort() if next(failing, False) else route.continue_())
    first = _chosen(page)

    page.keyboard.press("a")
    second = _chosen(page)
    page.keyboard.press("a")
    _until(page, "!!document.querySelector('#bar .notice')")
    _until(page, f"{COUNT}.startsWith('1 of')")

    assert "Not saved:" in page.inner_text("#bar .notice")
    assert page.locator(f'.subject[data-id="{first}"]').get_attribute("data-verdict") == "undecided"
    _until(page, f"!document.querySelector('.subject[data-id=\"{second}\"]').matches('.pending')")
    assert _decided(quays, petra, one) == {second}


def test_what_the_server_refuses_is_rolled_back_in_its_words(desk, quays, petra):
    page, one = desk("refused")
    page.evaluate("document.querySelector('#bar input[name=csrf]').value = 'stale'")

    page.keyboard.press("a")
    _until(page, "!!document.querySelector('#bar .notice')")

    assert "expired" in page.inner_text("#bar .notice")
    assert page.inner_text("#told").startswith("0 of ")
    assert not _decided(quays, petra, one)


def test_a_group_of_safeguards_is_accepted_by_one_key_and_undone_by_one(desk, quays, petra):
    page, one = desk("of groups")
    page.keyboard.press("Shift+A")
    refused = page.inner_text("#bar .notice")
    page.keyboard.press("Shift+J")
    page.keyboard.press("Shift+J")
    total = _total(page)

    page.keyboard.press("Shift+A")
    guards = total - 3
    shown = page.inner_text("#told")
    _until(page, "document.getElementById('say').textContent.startsWith('Accepted')")
    saved = _decided(quays, petra, one)
    page.keyboard.press("u")
    at_once = page.inner_text("#told")
    _until(page, "document.getElementById('say').textContent.startsWith('Undone')")

    assert "one at a time" in refused
    assert shown.startswith(f"{guards} of {total} ")
    assert len(saved) == guards > 1
    assert at_once.startswith("0 of ")
    assert not _decided(quays, petra, one)


def test_caps_lock_does_not_accept_a_group(desk):
    page, _ = desk("in capitals")
    page.keyboard.press("Shift+J")
    page.keyboard.press("Shift+J")

    page.keyboard.press("A")

    assert page.inner_text("#told").startswith("1 of ")


def test_a_key_that_is_held_down_decides_once(desk):
    page, _ = desk("held down")

    page.keyboard.down("a")
    page.keyboard.down("a")
    page.keyboard.down("a")
    page.keyboard.up("a")

    assert page.inner_text("#told").startswith("1 of ")


def test_the_filter_hides_what_is_decided_and_shows_it_again(desk):
    page, _ = desk("filtered")
    total = _total(page)
    page.keyboard.press("a")

    page.keyboard.press("f")
    needed = page.locator(".subject:visible").count()
    page.keyboard.press("f")

    assert needed == total - 1
    assert page.locator(".subject:visible").count() == total


def test_a_decision_can_stay_where_it_was_made(desk):
    page, _ = desk("that stays")
    page.keyboard.press("?")
    page.uncheck("#go-on")
    page.keyboard.press("Escape")
    first = _chosen(page)

    page.keyboard.press("a")

    assert _chosen(page) == first


def test_everything_is_decided_and_signed_by_keys_with_a_warning_for_what_is_grave(desk, quays, petra):
    page, one = desk("to the end")
    total = _total(page)
    page.keyboard.press("x")
    while page.evaluate("document.querySelectorAll('.subject[data-verdict=undecided]').length") > 1:
        guard = page.evaluate(
            "document.querySelector('.subject-head[aria-current]').closest('section').querySelector('[data-accept]')"
        )
        page.keyboard.press("Shift+A" if guard else "4")
    page.keyboard.press("f")
    page.keyboard.press("u")
    page.keyboard.press("a")
    page.keyboard.press("x")
    page.keyboard.press("r")
    page.keyboard.press("w")
    page.keyboard.type("It is said elsewhere.")
    page.keyboard.press("Enter")
    page.keyboard.press("x")
    while page.evaluate("document.querySelectorAll('.subject[data-verdict=undecided]').length"):
        page.keyboard.press("a")
    page.keyboard.press("s")
    page.wait_for_url("**/together")
    page.keyboard.press("s")
    page.wait_for_selector("text=You have signed the current decisions.")

    assert f"{total} of {total} items decided" in page.inner_text("#sign")
    assert reading.open_desk(quays.state.store, petra, one.id).signatures


def test_grave_findings_that_are_undecided_are_named_before_finishing_and_before_signing(desk, quays, petra):
    page, one = desk("undecided")
    page.keyboard.press("Shift+J")
    page.keyboard.press("Shift+J")
    page.keyboard.press("Shift+A")

    page.keyboard.press("s")
    warned = page.inner_text("#bar .notice")
    page.keyboard.press("s")
    page.wait_for_url("**/together")
    page.keyboard.press("s")
    held = not reading.open_desk(quays.state.store, petra, one.id).signatures
    listed = page.inner_text("#grave")
    page.keyboard.press("Space")
    page.keyboard.press("s")
    page.wait_for_selector("text=You have signed the current decisions.")

    assert "high-severity" in warned
    assert held
    assert "Shut-off" in listed


@pytest.mark.parametrize("options", [{}, {"color_scheme": "dark"}], ids=["light", "dark"])
def test_clause_and_buttons_are_seen_without_scrolling(desk, options):
    page, _ = desk(f"seen {options.get('color_scheme', 'light')}", long=True, **options)

    quote = page.locator(".subject-body:visible blockquote").bounding_box()
    listed = page.locator("#list").bounding_box()
    marked = page.locator(".block.chosen").bounding_box()

    assert listed["y"] <= quote["y"]
    assert quote["y"] + quote["height"] <= listed["y"] + listed["height"]
    assert 0 <= marked["y"] < 800
    for name in ("#do-accept", "#do-reject", "#do-undo", "#do-reason-1", "#do-reason-5", "#do-after", "#show-keys"):
        box = page.locator(name).bounding_box()
        assert box["y"] + box["height"] <= 800, name
        assert box["x"] + box["width"] <= 1280, name


def test_on_a_phone_the_document_stays_above_the_finding_and_its_buttons(desk):
    page, _ = desk("on a phone", viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page.locator("#do-after").click()

    place = page.locator(".block.chosen").bounding_box()
    head = page.locator(".subject-head[aria-current]").bounding_box()
    accept = page.locator("#do-accept").bounding_box()

    assert 0 <= place["y"] < head["y"] < accept["y"] < 844
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
