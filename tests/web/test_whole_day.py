"""A whole day in a real Chromium: submitted, decided by two, signed by one; then every file that is offered is read."""

import csv
import json
import tomllib
from datetime import UTC, datetime
from importlib.resources import files
from io import BytesIO, StringIO
from pathlib import Path
from time import monotonic

import docx
import pytest
from filewords import words_of

from impact.present.dates import day
from impact.present.plurals import LANGUAGES
from impact.report.page import pdf
from impact.review.store import accounts
from impact.review.store.store import open_store
from impact.review.values.users import Role
from impact.taxonomy import load
from impact.web.server.settings import Settings

pytestmark = pytest.mark.long
CLAUSES = (
    "Requirements for quay nine",
    "1. Requirements",
    "1.1 The quay master shall shut off any subscriber of the fish market whose account is in arrears.",
    "1.2 The quay master shall report the position of each subscriber to the harbor every minute.",
    "1.3 The quay master shall print the checksum of each frame in silver ink.",
    "1.4 The quay master shall inspect the payload of the packets of each subscriber.",
    "1.5 All messages between subscribers shall be encrypted from end to end.",
    "1.6 A subscriber can appeal to an independent board, which shall hear the appeal.",
)
REASON, REMARK, NOTE = "It is a drill.", "The position serves a profile.", "Ask the harbor."
REJECTED = "fish market"
OLD, NEW, KEPT = (load().mechanisms[name] for name in ("shut-off", "profiling-decisions", "traffic-inspection"))
MOVED = load().mechanisms["location-tracking"]
WHOLE = frozenset({"clauses", "Clauses"})
"""Where a page and a workbook list all clauses of the document as they are."""

PATIENCE = 180_000
"""Milliseconds; other processes may keep the machine busy."""


@pytest.fixture(scope="module")
def day_of(tmp_path_factory, served, chromium):
    """Return what opens the pages of a server that analyzes, as a person sees them."""
    from playwright.sync_api import sync_playwright

    store = open_store(tmp_path_factory.mktemp("day"))
    roles = {"olga": Role.OFFICER, "rita": Role.REVIEWER, "ruth": Role.REVIEWER}
    with served(store, Settings(accounts=True, workers=1, by="cues")) as server, sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name, role in roles.items():
            server.people[name] = accounts.add_user(store, name, role, "", datetime.now(UTC))

        def page(name):
            context = opened.new_context(base_url=server.url, viewport={"width": 1280, "height": 800})
            with server.signed_in(name) as client:
                context.add_cookies([{"name": "impact", "value": client.cookies["impact"], "url": server.url}])
            tab = context.new_page()
            tab.set_default_timeout(PATIENCE)
            return tab

        yield page
        opened.close()
    store.close()


@pytest.fixture(scope="module")
def sent(day_of, tmp_path_factory):
    """Return the files that the page offers to the officer at the end of the day, by name."""
    folder = tmp_path_factory.mktemp("sent")
    officer, rita, ruth = (day_of(name) for name in ("olga", "rita", "ruth"))
    address = _submit(officer, folder / "quay.docx")
    for page in (rita, ruth):
        page.goto(f"{address}/desk")
    _decide_apart(rita)
    _accept_everything(ruth)
    _settle(rita)
    rita.click("#do-sign")
    rita.wait_for_selector("text=You have signed the current decisions.")
    officer.goto(address)
    links = officer.locator("#send a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    return {link.split("/")[-1].partition("?")[0]: _download(officer, link) for link in links}


def _submit(page, path):
    word = docx.Document()
    for line in CLAUSES:
        word.add_paragraph(line)
    word.save(str(path))
    page.goto("/")
    page.locator("#readings").evaluate("field => field.value = '2'")
    page.set_input_files("#files", str(path))
    link = page.locator("#files-list li a")
    _until(page, "/needs review|high|medium/i.test(document.getElementById('files-list').textContent)")
    link.first.click()
    page.wait_for_url("**/p/*")
    return page.url


def _decide_apart(page):
    """Reject for a reason, correct with a remark, note, accept, accept safeguards together, undo that, do it again."""
    _choose(page, OLD.name)
    page.keyboard.press("w")
    page.keyboard.type(REASON)
    page.keyboard.press("Control+Enter")
    _heard(page, "Rejected")
    _choose(page, MOVED.name)
    page.keyboard.press("e")
    page.select_option("#change-label", NEW.id)
    page.fill("#change-text", REMARK)
    page.click("#do-change")
    _heard(page, "Corrected")
    _choose(page, MOVED.name)
    page.keyboard.press("n")
    page.keyboard.type(NOTE)
    page.keyboard.press("Control+Enter")
    _heard(page, "Note added")
    _choose(page, KEPT.name)
    page.keyboard.press("a")
    _heard(page, "Accepted")
    before = _decided(page)
    for guard in page.locator(".subject[data-kind=safeguard]").all():
        if guard.get_attribute("data-verdict") == "undecided":
            guard.locator(".subject-head").click()
            page.keyboard.press("Shift+A")
            _until(page, "!document.querySelector('.pending')")
    after = _decided(page)
    page.keyboard.press("u")
    _heard(page, "Undone")
    assert before < _decided(page) + 1 <= after
    page.locator(".subject[data-kind=safeguard][data-verdict=undecided] .subject-head").first.click()
    page.keyboard.press("Shift+A")
    _until(page, "!document.querySelector('.subject[data-verdict=undecided]')")
    _until(page, "!document.querySelector('.pending')")
    page.keyboard.press("s")
    page.wait_for_selector("text=You have finished")


def _accept_everything(page):
    """See nothing of what the other decided, accept it all and finish."""
    assert _decided(page) == 0
    assert REASON not in page.content()
    while page.locator(".subject[data-verdict=undecided]").count():
        page.locator(".subject[data-verdict=undecided] .subject-head").first.click()
        page.keyboard.press("a")
        _until(page, "!document.querySelector('.pending')")
    page.keyboard.press("s")
    page.wait_for_url("**/together")


def _settle(page):
    """Settle each conflict as the page's own person decided."""
    page.goto(page.url.partition("/desk")[0] + "/desk/together")
    for left in ("1 conflict to settle", "No open conflicts"):
        page.locator(".dispute").first.locator("text=Adopt this decision").first.click()
        page.wait_for_selector(f"text={left}")


def _choose(page, name):
    page.locator(".subject-head", has_text=name).first.click()


def _decided(page):
    return int(page.inner_text("#told").split()[0])


def _heard(page, words):
    _until(page, f"document.getElementById('say').textContent.includes({json.dumps(words)})")
    _until(page, "!document.querySelector('.pending')")


def _until(page, expression):
    end = monotonic() + PATIENCE / 1000
    while not page.evaluate(expression):
        assert monotonic() < end, expression
        page.wait_for_timeout(50)


def _download(page, link):
    with page.expect_download() as saved:
        page.evaluate("link => location.assign(link)", link.partition("?")[0])
    return Path(saved.value.path()).read_bytes()


def test_the_page_offers_every_file(sent):
    paper = [f"brief.{code}.pdf" for code in LANGUAGES] if pdf.is_there() else []
    wanted = {"brief.docx", "report.html", "report.md", "contribution.docx", "review.docx", "amendments.docx"}
    wanted |= {"findings.xlsx", "findings.csv", "annotated.docx", *(f"brief.{code}.html" for code in LANGUAGES)}
    lacking = pdf.languages_without_font() if paper else frozenset()
    wanted |= {name for name in paper if name.split(".")[1] not in lacking} | ({"report.pdf"} if paper else set())
    assert sent.keys() == wanted


def test_every_file_names_who_decided_and_when_and_keeps_reasons_remarks_and_notes(sent):
    today = datetime.now(UTC).date().isoformat()
    for name, data in sent.items():
        if name == "findings.csv":
            continue
        text, paper = words_of(name, data), name.endswith(".pdf")
        squeezed = "".join(text.split()) if paper else text  # letters of a sheet come as they lie on it
        for said in ("rita", REASON, REMARK, NOTE):
            for words in said.rstrip(".").split() if paper else [said]:
                assert words in squeezed, (name, words)
        if name.startswith("brief.") and name.count(".") == 2:
            assert today[:4] in text, name
        elif not name.endswith(".xlsx"):
            assert f"Version 1, signed by rita ({day(today)})".replace(" ", "") in text.replace(" ", ""), name
        else:
            assert f"rita, {today}" in text


def test_no_file_quotes_what_was_rejected_or_says_what_it_would_enable(sent):
    for name, data in sent.items():
        text = words_of(name, data, without=WHOLE)
        squeezed = text.replace(" ", "")
        assert REJECTED.replace(" ", "") not in squeezed, name
        assert OLD.enables.replace(" ", "") not in squeezed, name


def test_each_english_report_names_the_corrected_and_the_accepted_power_with_rights_and_articles(sent):
    for name in ("brief.docx", "report.html", "report.md", "review.docx", "contribution.docx", "brief.en.html"):
        text = words_of(name, sent[name])
        for power in (NEW, KEPT):
            assert any(called.lower() in text.lower() for called in (power.name, power.phrase)), name
            assert load().rights[power.primary[0].right].name.lower() in text.lower(), name
        assert "ICCPR 17" in text or "ICCPR, art. 17" in text or "article 17" in text, name
        assert MOVED.enables not in text, name


def test_the_annotated_original_has_comments_on_what_stands_alone(sent):
    notes = [note.text.splitlines() for note in docx.Document(BytesIO(sent["annotated.docx"])).comments]
    titles = [title for title, *_ in notes]
    for power in (NEW, KEPT):
        assert sum(power.name in title for title in titles) == 1
    assert not any(OLD.name in title or MOVED.name in title for title in titles)


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_one_page_brief_names_the_powers_and_the_covenant_in_its_language(sent, code):
    wording = tomllib.loads(files("impact.report.onepage").joinpath("languages", f"{code}.toml").read_text("utf-8"))
    for name in (name for name in sent if name.startswith(f"brief.{code}.")):
        text = words_of(name, sent[name])
        if name.endswith(".html"):
            for power in (NEW, KEPT):
                assert (power.name if code == "en" else wording["mechanisms"][power.id]["name"]) in text
            assert ("ICCPR" if code == "en" else wording["instruments"]["ICCPR"]["short"]) in text
        assert REMARK.split()[1] in "".join(text.split()), name


def test_table_and_workbook_have_a_row_for_each_power_that_stands(sent):
    rows = list(csv.DictReader(StringIO(sent["findings.csv"].decode("utf-8-sig"), newline="")))
    told = {row["mechanism"]: (row["decision"], row["decided_by"], row["remark"]) for row in rows}
    book = words_of("findings.xlsx", sent["findings.xlsx"])

    assert told == {KEPT.id: ("accepted", "rita | ruth", ""), NEW.id: ("corrected", "rita", REMARK)}
    assert all("ICCPR" in row["articles_primary"] and "rita, 20" in row["signed"] for row in rows)
    assert f"rejected rita {OLD.name} 1.1 {REASON}" in book
    assert f"accepted rita | ruth {load().safeguards['encryption'].name} 1.5" in book
