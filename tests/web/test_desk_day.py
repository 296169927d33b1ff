"""A reviewer's day in a real Chromium: by keys, by mouse, on a phone, in the dark; and what axe-core says."""

import json
import re
from io import BytesIO
from time import monotonic

import pytest
from docx import Document

from impact.pipeline import analyze, render
from impact.review.decide import reading
from impact.review.store import analyses, jobs, proposals
from impact.review.values.proposal import Submission

CLAUSES = (
    "1. Requirements",
    "1.1 The quay master shall shut off any subscriber whose account is in arrears.",
    "1.2 The quay master shall report the position of each subscriber to the harbor every minute.",
    "1.3 The quay master shall print the checksum of each frame in blue ink.",
    "1.4 The quay master shall inspect the payload of the packets of each subscriber.",
)
GUARDED = (*CLAUSES, "1.5 All messages between subscribers shall be encrypted from end to end.")
PATIENCE = 120_000
"""Milliseconds; other processes may keep the machine busy."""


def _pdf(title, clauses):
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    written = BytesIO()
    canvas = Canvas(written, pagesize=A4, invariant=1)
    canvas.setTitle(title)
    canvas.drawString(72, 770, title)
    for line, words in enumerate(clauses):
        if line == 3:
            canvas.showPage()
        canvas.drawString(72, 730 - 40 * line, words)
    canvas.save()
    return written.getvalue()


@pytest.fixture
def harbor(team, tmp_path):
    """Return what submits a PDF of two pages with three findings, with a real analysis."""

    def make(title, clauses=CLAUSES, **given):
        state, path = team.state, tmp_path / f"{title}.pdf"
        path.write_bytes(_pdf(title, clauses))
        one, _ = proposals.submit(
            state.store, team.people["olga"], Submission(path.name, path.read_bytes(), **given), state.now()
        )
        job = jobs.claim(state.store, "test", state.now(), one.id)
        assessment = analyze(path, by=("cues",), jailed=False)
        files = {f"report.{form}": render(assessment, form).encode() for form in ("html", "json")}
        analyses.save(state.store, job, files, state.now())
        return one

    return make


@pytest.fixture(scope="module")
def browser(chromium):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        yield (opened := playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"]))
        opened.close()


@pytest.fixture
def page_of(team, browser):
    """Return what opens a page as a person sees it; whatever the browser complains of fails the test."""
    contexts, complaints = [], []

    def make(name, **options):
        context = browser.new_context(**{"viewport": {"width": 1400, "height": 900}, **options})
        contexts.append(context)
        with team.signed_in(name) as client:
            context.add_cookies([{"name": "impact", "value": client.cookies["impact"], "url": team.url}])
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        return page

    yield make
    for context in contexts:
        for page in context.pages:
            page.unroute_all(behavior="ignoreErrors")
        context.close()
    assert not complaints


def _until(page, expression):
    """Wait until JavaScript holds; Playwright's own way needs eval, which the policy of the page forbids."""
    end = monotonic() + PATIENCE / 1000
    while not page.evaluate(expression):
        assert monotonic() < end, (expression, page.evaluate("document.getElementById('say')?.textContent"))
        page.wait_for_timeout(40)


def _heard(page, words):
    _until(page, f"document.getElementById('say').textContent.includes({json.dumps(words)})")


def _chosen(page):
    return page.locator(".subject-head[aria-current] .subject-name").inner_text()


def _violations(page):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="pip install axe-playwright-python")
    page.wait_for_load_state()
    found = axe.Axe().run(page, None, {"resultTypes": ["violations"]}).response["violations"]
    return [(one["id"], one["nodes"][0]["html"][:200]) for one in found]


def _read_and_decide(page):
    """Accept, reject for a reason, take that back, reject without one, change, note, add, be done; by keys."""
    _until(page, "[...document.images].some(one => one.complete && one.naturalWidth > 900)")
    first = _chosen(page)
    page.keyboard.press("j")
    second = _chosen(page)
    page.keyboard.press("k")
    assert _chosen(page) == first != second
    page.keyboard.press("a")
    _heard(page, f"Accepted: {first}")
    assert _chosen(page) == second
    page.keyboard.press("1")
    _heard(page, f"Rejected: {second}")
    page.keyboard.press("u")
    _heard(page, "Undone")
    _heard(page, "1 of 3 items decided")
    assert _chosen(page) == second
    page.keyboard.press("r")
    _heard(page, "2 of 3 items decided")
    page.keyboard.press("Space")
    page.keyboard.press("e")
    page.select_option("#change-scale", "1")
    page.keyboard.press("Control+Enter")
    _heard(page, "severity 1")
    page.keyboard.press("n")
    page.keyboard.type("Ask the harbor. a r u")
    page.keyboard.press("Control+Enter")
    _heard(page, "Note added")
    page.keyboard.press("m")
    page.select_option("#missed-clause", "1.3")
    page.select_option("#missed-mechanism", "redress")
    assert not page.is_visible("#missed-scale")
    page.select_option("#missed-mechanism", "persistent-identifiers")
    assert page.is_visible("#missed-scale")
    page.click("#do-missed")
    _heard(page, "Added")
    page.keyboard.press("Escape")
    page.keyboard.press("s")
    page.wait_for_selector("text=You have finished")


def _accept_all(page):
    """See nothing of what the other decided, accept everything, be done."""
    assert "0 of 3 items decided" in page.inner_text("#panel-head")
    assert "Ask the harbor" not in page.content()
    for number in (1, 2, 3):
        page.keyboard.press("a")
        _heard(page, f"{number} of 3 items decided")
    page.keyboard.press("s")
    page.wait_for_url("**/together")


def _settle_and_sign(page):
    """Settle each conflict as the first reviewer decided."""
    assert "2 conflicts to settle" in page.inner_text("#conflicts-title")
    assert not _violations(page)
    for left in ("1 conflict to settle", "No open conflicts"):
        page.locator(".dispute").first.locator("text=Adopt this decision").first.click()
        page.wait_for_selector(f"text={left}")
    page.click("#do-sign")
    page.wait_for_selector("text=You have signed the current decisions.")


def test_two_reviewers_decide_with_keys_settle_sign_and_save(team, harbor, page_of, tmp_path):
    one = harbor("A day at the quay", readings=2)
    address = f"{team.url}/p/{one.id}/desk"
    rita, ruth, reader = page_of("rita"), page_of("ruth"), page_of("olga", java_script_enabled=False)

    rita.goto(address)
    _read_and_decide(rita)
    ruth.goto(address)
    _accept_all(ruth)
    _settle_and_sign(ruth)
    rita.goto(f"{address}/together")
    rita.click("#do-sign")
    with rita.expect_download() as saved:
        rita.click("[aria-label='Save version 1 as HTML']")
    saved.value.save_as(tmp_path / "decided.html")
    reader.goto((tmp_path / "decided.html").as_uri())
    with rita.expect_download() as saved:
        rita.click("[aria-label='Save version 1 as Word']")
    saved.value.save_as(tmp_path / "decided.docx")
    paragraphs = Document(str(tmp_path / "decided.docx")).paragraphs

    told = reader.locator("#decisions").inner_text()
    for words in (
        "signed by ruth",
        "No reason given.",
        "scale, scope and irremediability 1,",
        "Persistent identifiers",
        "Ask the harbor. a r u",
    ):
        assert words in told, words
    assert re.search("rita.*ruth|ruth.*rita", told, re.DOTALL)
    assert "Rejected" in [paragraph.text for paragraph in paragraphs if paragraph.style.name.startswith("Heading")]
    ruth.goto((tmp_path / "decided.html").as_uri())
    assert not _violations(ruth)


def test_a_finding_and_its_place_on_the_page_choose_each_other(team, harbor, page_of):
    one = harbor("Places at the quay")
    page = page_of("rita")
    page.goto(f"{team.url}/p/{one.id}/desk?by=clause")
    page.wait_for_selector(".evidence rect")

    page.locator(".subject-head", has_text="Traffic").click()
    page.wait_for_selector("#page-2 .evidence.chosen")
    box = page.locator("#page-2 .evidence.chosen rect").first.bounding_box()
    page.locator("#page-1 .evidence", has=page.locator("rect")).first.evaluate("one => one.scrollIntoView()")
    page.locator("#page-1 .evidence rect").first.click()
    page.wait_for_selector("#page-1 .evidence.chosen")

    assert box
    assert box["width"] > 20
    assert _chosen(page) == "Shut-off and disconnection"


def test_the_boxes_lie_over_the_words(team, harbor, page_of):
    one = harbor("Boxes at the quay")
    page = page_of("rita")
    page.goto(f"{team.url}/p/{one.id}/desk?by=clause")

    face = page.locator("#page-1 .sheet-face").bounding_box()
    box = page.locator("#page-1 .evidence rect").first.bounding_box()

    # The line of 1.1 stands 690 points above the lower edge of a page of 842 points; its words begin at 72 points.
    middle = (box["y"] + box["height"] / 2 - face["y"]) / face["height"]
    assert middle == pytest.approx((842 - 690 - 4) / 842, abs=0.01)
    assert (box["x"] - face["x"]) / face["width"] > 72 / 595


def test_a_clause_without_a_finding_is_chosen_on_the_page_to_add_one(team, harbor, page_of):
    one = harbor("Clauses at the quay")
    page = page_of("rita")
    page.goto(f"{team.url}/p/{one.id}/desk")
    page.wait_for_selector("#page-2 .clause rect")

    page.locator("#page-2 .clause rect").first.click()

    assert page.locator("#missed").get_attribute("open") is not None
    assert page.locator("#missed-clause").input_value() == "1.3"


def test_focus_stays_after_a_decision_and_keys_can_be_switched_off(team, harbor, page_of):
    one = harbor("Focus at the quay")
    page = page_of("rita")
    page.goto(f"{team.url}/p/{one.id}/desk")

    page.focus("#do-accept")
    page.keyboard.press("Enter")
    _heard(page, "1 of 3")
    focused = page.evaluate("document.activeElement.id")
    page.keyboard.press("?")
    page.uncheck("#keys-on")
    page.keyboard.press("Escape")
    page.keyboard.press("r")
    page.wait_for_timeout(300)

    assert focused == "do-accept"
    assert page.locator(".subject.rejected").count() == 0


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1024, 600)])
def test_no_form_that_is_folded_out_pushes_the_page_away(team, harbor, page_of, width, height):
    one = harbor(f"Forms at the quay {width}")
    page = page_of("rita", viewport={"width": width, "height": height})
    page.goto(f"{team.url}/p/{one.id}/desk")

    for key in "ewnm":
        page.keyboard.press(key)
        page.wait_for_timeout(200)

        assert page.evaluate("document.scrollingElement.scrollTop") == 0
        page.keyboard.press("Escape")


def test_a_safeguard_is_decided_and_changed_like_a_finding(team, harbor, page_of):
    one = harbor("Guards at the quay", GUARDED)
    page = page_of("rita")
    page.goto(f"{team.url}/p/{one.id}/desk")

    page.locator(".subject[data-kind=safeguard] .subject-head").first.click()
    page.keyboard.press("e")
    label = page.input_value("#change-guard")
    page.select_option("#change-guard", "redress")
    page.click("#do-change")
    _heard(page, "Corrected")
    desk = reading.open_desk(team.state.store, team.people["rita"], one.id)

    assert label == "encryption"
    assert [each.correction.label for each in desk.own.values()] == ["redress"]
    assert not page.is_visible("#change-label")


def test_whoever_is_quick_decides_what_they_saw_and_keeps_what_they_type(team, harbor, page_of):
    one = harbor("Haste at the quay")
    page = page_of("rita")
    page.goto(f"{team.url}/p/{one.id}/desk")
    page.route("**/desk/decide", lambda route: (page.wait_for_timeout(150), route.continue_()))

    names = []
    for key in ("a", "r", "n"):
        names.append(_chosen(page))
        page.keyboard.press(key)
        if key == "r":
            page.keyboard.press("j")
    page.keyboard.type("a note")
    _heard(page, "2 of 3 items decided")
    page.keyboard.type(" that goes on")

    assert page.input_value("#note-text") == "a note that goes on"
    assert _chosen(page) == names[2]
    told = {row.locator(".subject-name").inner_text(): row for row in page.locator(".subject").all()}
    assert "accepted" in told[names[0]].get_attribute("class")
    assert "rejected" in told[names[1]].get_attribute("class")
    assert "undecided" in told[names[2]].get_attribute("class")


def test_an_undone_decision_shows_the_earlier_one_as_it_was_before_the_server_answers(team, harbor, page_of):
    one = harbor("Undone at the quay")
    page = page_of("rita")
    page.goto(f"{team.url}/p/{one.id}/desk")
    row = page.locator(".subject").first
    for number, act in enumerate((lambda: page.keyboard.press("a"), lambda: _remark(page)), 1):
        row.locator(".subject-head").click()
        act()
        _until(page, f"document.querySelectorAll('.subject')[0].querySelectorAll('.decision p').length === {number}")
        _until(page, "!document.querySelector('.pending')")
    earlier = _lines(row)
    row.locator(".subject-head").click()

    page.route("**/desk/**", lambda _: None)
    page.keyboard.press("r")
    rejected = _lines(row)
    page.keyboard.press("u")

    assert earlier == ["Accepted by rita.", "Note by rita: Ask the harbor."]
    assert rejected == ["Rejected by rita.", "Note by rita: Ask the harbor."]
    assert _lines(row) == earlier
    assert row.get_attribute("data-verdict") == "accepted"
    assert row.locator(".subject-state").text_content() == "accepted"
    page.unroute("**/desk/**")


def _remark(page):
    page.keyboard.press("n")
    page.keyboard.type("Ask the harbor.")
    page.keyboard.press("Control+Enter")


def _lines(row):
    return [" ".join(line.split()) for line in row.locator(".decision > p").all_text_contents()]


def test_pages_are_turned_and_enlarged_by_keys(team, harbor, page_of):
    one = harbor("Sizes at the quay")
    page = page_of("rita")
    page.goto(f"{team.url}/p/{one.id}/desk")
    page.wait_for_selector(".sheet")
    before = page.locator("#page-1").bounding_box()["width"]

    page.keyboard.press("+")
    after = page.locator("#page-1").bounding_box()["width"]
    page.keyboard.press("0")
    page.keyboard.press("ArrowRight")
    _until(page, "document.getElementById('page-2').getBoundingClientRect().top < innerHeight / 2")

    assert after == pytest.approx(before * 1.25, rel=0.02)


def test_the_brief_prints_on_two_pages_at_the_most(team, harbor, page_of):
    import pypdfium2

    one = harbor("A brief of the quay")
    page = page_of("rita")
    page.goto(f"{team.url}/p/{one.id}/desk/brief")

    printed = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))

    assert len(printed) <= 2


@pytest.mark.parametrize(
    "looks",
    [
        {"color_scheme": "light"},
        {"color_scheme": "dark"},
        {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True},
    ],
    ids=["light", "dark", "phone"],
)
def test_axe_finds_nothing_on_the_pages_of_the_desk(team, harbor, page_of, looks):
    one = harbor(f"Looks at the quay {looks.get('color_scheme', 'phone')}")
    page = page_of("rita", **looks)

    for path in ("", "?view=text", "?by=right", "/together", "/changes", "/brief", "/report"):
        page.goto(f"{team.url}/p/{one.id}/desk{path}")
        if not path:
            page.keyboard.press("e")
        if path != "/report":  # its sandbox keeps every script out, also that of axe; the page is tested as a file
            assert not _violations(page), path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth") if path != "/report" else True, path
