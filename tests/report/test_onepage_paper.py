"""The one-page brief in a real Chromium: one sheet of A4 in each language, and nothing that axe-core minds."""

from dataclasses import replace

import pypdfium2
import pytest
from sheets import Sheet
from subjects import subject_of

from impact.records import Page, PageVerdict
from impact.report import LANGUAGES
from impact.report.onepage.page import render
from impact.report.onepage.wording import wording
from impact.taxonomy import load
from tests.report.conftest import PROPOSALS, long_text, sample

pytestmark = pytest.mark.long

SAMPLES = sorted(one.name for one in PROPOSALS.iterdir() if one.suffix in {".pdf", ".docx", ".txt"})
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
A4 = (595, 842)
LONG = (
    "The operator of the access network shall keep a complete record of the subscriber and of the device and of each "
    "session that is opened over the access network and shall make the whole record available to each authority that "
    "asks for it, within one hour and without telling the subscriber, and shall go on to do so for ten years. "
)
VERBOSE = {
    "title": "A title that goes on and on without ever coming to an end " * 4,
    "number": "TD-1234567890/WP3-Addendum-2",
    "body": "ITU-T Telecommunication Standardization Sector",
    "group": "SG13 Working Party 3",
    "question": "Q20/13",
    "source_organizations": ("Example Networks Ltd", "Institute of Examples", "Third Organization of Examples"),
    "date": "2026-11-24",
}


def page_of(assessment, code):
    return render(subject_of(assessment), code)


@pytest.fixture(scope="module")
def tab(browser):
    """Return a page of a browser for one brief after another."""
    return browser.new_page()


@pytest.fixture(scope="module")
def printed(tab):
    """Return what prints a page and gives the size of each sheet in points."""

    def make(text):
        tab.set_content(text)
        sheets = pypdfium2.PdfDocument(tab.pdf(prefer_css_page_size=True))
        sizes = [tuple(round(side) for side in sheet.get_size()) for sheet in sheets]
        sheets.close()
        return sizes

    return make


def longest(code):
    """Return the three mechanisms of which a brief in a language says most; it has room for three."""
    entries = wording(code, load()).get("mechanisms")
    return sorted(entries, key=lambda name: -len(str(entries[name])))[:3]


def fullest(mechanisms, *, led):
    """Return an assessment whose brief is as full as one can be: long quotes, names, places and lists of pages.

    Where it is `led`, each clause is an item of a list with long words before it.
    """
    sheet = Sheet()
    lead = sheet.say(f"{LONG[:118].rstrip()}:", "Annex A", ("1 Part",), page=1000)
    others = [mechanism for mechanism in load().mechanisms if mechanism not in mechanisms]
    for number, name in enumerate([*mechanisms, *mechanisms, *others]):
        firm = name in mechanisms
        sheet.say(
            f"{number} {LONG}", f"Annex A, table 12-{number}", ("1 Part",), page=1000 + number, strength="should",
            proposes={name: f"{number} {LONG[:-2]}"}, doubtful=not firm,
        )  # fmt: skip
        if led:
            sheet.clauses[-1] = replace(sheet.clauses[-1], stem=lead.span)
    for number, name in enumerate(load().safeguards):
        if number % 2:
            sheet.say(
                f"{number} {LONG}", f"Annex B, table {number}", ("2 Part",), page=2000, proposes={name: "operator"}
            )
    kinds = (PageVerdict.SCAN, PageVerdict.BROKEN_MAP, PageVerdict.OCR, PageVerdict.OK)
    pages = tuple(Page(number, verdict=kinds[number % 4], quality=0.3) for number in range(1, 400))
    source = "a-file-with-a-name-that-goes-on-and-on-and-on-and-on-until-the-end-of-the-line.pdf"
    return sheet.assessed({"pages": pages, "warnings": ("x",) * 12, "source": source}, **VERBOSE)


@pytest.mark.parametrize(("number", "name"), list(enumerate(SAMPLES)))
def test_the_brief_of_a_sample_is_one_sheet_of_a4(printed, number, name):
    """Print each sample in English and another language; the fullest brief is printed in all of them."""
    assessment, codes = sample(name), {"en", LANGUAGES[1:][number % 5]}

    sizes = {code: printed(page_of(assessment, code)) for code in codes}

    assert sizes == {code: [A4] for code in codes}


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("led", [False, True])
def test_the_fullest_brief_is_one_sheet_of_a4(printed, code, led):
    assessment = fullest(longest(code), led=led)

    assert printed(page_of(assessment, code)) == [A4]


@pytest.mark.shared
@pytest.mark.parametrize(
    "name", ["itu-3gpp-etsi/ts_102657v012801p.txt", "itu-3gpp-etsi/T-REC-E.119-201704-I_MSW-S.docx"]
)
def test_the_brief_of_a_long_document_and_of_one_in_another_language_is_one_sheet_of_a4(printed, name):
    assessment = long_text(name)

    sizes = {code: printed(page_of(assessment, code)) for code in LANGUAGES}

    assert sizes == {code: [A4] for code in LANGUAGES}


@pytest.mark.parametrize(("code", "width"), [*((code, 320) for code in LANGUAGES), ("en", 1000), ("ar", 1000)])
def test_axe_finds_nothing(tab, assessment, code, width):
    from axe_playwright_python.sync_playwright import Axe

    tab.set_viewport_size({"width": width, "height": 900})
    tab.set_content(page_of(assessment, code))

    found = Axe().run(tab, options={"runOnly": RULES, "resultTypes": ["violations"]}).response["violations"]

    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_brief_is_wider_than_its_window(tab, assessment, code):
    tab.set_content(page_of(assessment, code))
    widths = (320, 1000)

    wide = []
    for width in widths:
        tab.set_viewport_size({"width": width, "height": 900})
        wide.append(tab.evaluate("document.documentElement.scrollWidth"))

    assert all(found <= width for found, width in zip(wide, widths, strict=True)), wide


@pytest.mark.parametrize("language", ["en", "fr"])
def test_axe_finds_nothing_where_nothing_was_found(tab, sheet, language):
    from axe_playwright_python.sync_playwright import Axe

    sheet.say("The frame check sequence shall have 32 bits.", "1", ())
    tab.set_content(page_of(sheet.assessed(language=language), "ar"))

    found = Axe().run(tab, options={"runOnly": RULES, "resultTypes": ["violations"]}).response["violations"]

    assert found == []


def test_quotes_run_their_own_way_in_an_arabic_page(tab, assessment):
    tab.set_content(page_of(assessment, "ar"))

    ways = [
        tab.evaluate(f"getComputedStyle(document.querySelector('{one}')).direction")
        for one in ("body", "h2", "h1", "blockquote", "dd bdi")
    ]

    assert ways == ["rtl", "rtl", "ltr", "ltr", "ltr"]
