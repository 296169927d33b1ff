"""The printed page, by a real Chromium: the brief takes two pages, what is behind it few, the annex is on request."""

import math
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from lxml import html
from sheets import Sheet

from impact.pipeline import analyze, export, render
from tests.report.conftest import long_text, sample

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.long

LINES = 60
"""Lines of a page."""

LONG = ("itu-3gpp-etsi/ts_102657v012801p.txt", "more/nist-sp800-63B-3.md")


def printed(page: str, folder: Path, browser: "Browser", pages: str = "", *, annex: bool = False) -> list[str]:
    """Return the text of each page that a browser prints, or of those asked for; with a tick, the annex too."""
    source = folder / "report.html"
    source.write_text(page, encoding="utf-8")
    tab = browser.new_page()
    tab.goto(source.as_uri())
    if annex:
        tab.check("#with-annex")
    data = tab.pdf(prefer_css_page_size=True, page_ranges=pages)
    tab.close()
    with pypdfium2.PdfDocument(data) as document:
        return [sheet.get_textpage().get_text_range() for sheet in document]


def two_pages_with_limits_first(pages: list[str]) -> bool:
    """Return whether the limits are on page one, and the sign-off that ends the brief on page two at the latest."""
    return "Reliability of this report" in pages[0] and "sign-off" in "".join(pages[:2])


@pytest.mark.parametrize("name", ["new-network.pdf", "careful-wallet.pdf", "audio-payload.pdf", "street-cameras.docx"])
def test_brief_of_a_sample_takes_two_pages_with_its_limits_on_the_first(name, tmp_path, browser):
    pages = printed(render(sample(name), "html"), tmp_path, browser)

    assert two_pages_with_limits_first(pages) or len(pages) <= 2
    assert len(pages) <= 8


def test_annex_is_printed_where_its_box_is_ticked_and_on_request(tmp_path, browser):
    assessment = sample("new-network.pdf")
    plain, asked = (export(assessment, "html", annex=annex).decode() for annex in (False, True))

    short = "".join(printed(plain, tmp_path, browser))
    ticked = "".join(printed(plain, tmp_path, browser, annex=True))
    whole = "".join(printed(asked, tmp_path, browser))

    assert "Possible amendments" not in short
    assert "Possible amendments" in ticked
    assert bare(ticked) == bare(whole)


def bare(text: str) -> str:
    return re.sub(r"[\W\d]+", "", text)


@pytest.mark.parametrize("doubtful", [False, True])
def test_print_of_every_power_takes_twelve_pages_and_the_place_of_each_further_finding(
    doubtful, sheet, tmp_path, browser, taxonomy
):
    words = "the operator of the gateway and each of its partners keeps this function ready at all times"
    for number, name in enumerate(taxonomy.mechanisms, 1):
        for at in range(6):
            long = ", and ".join([f"{words} in hall {number} {at} {part}" for part in range(2 + 3 * (at % 2))])
            sheet.say(
                f"The gateway shall do {name}, and {long}.",
                f"{number}.{at}",
                (f"{number} Functions of the gateway",),
                proposes={name: f"do {name}"},
                doubtful=doubtful,
                confidence=0.4 if doubtful else 0.9,
            )
    assessment = sheet.assessed(title="Functions of the gateway")
    page = render(assessment, "html")

    pages = printed(page, tmp_path, browser)

    lines = html.document_fromstring(page).find_class("index")[0].xpath("li")
    named = [place for line in lines for place in re.findall(r"\d+\.\d\s\(p", line.text_content())]
    assert len(named) >= len(assessment.findings) - 60
    assert len(pages) <= 12 + math.ceil(len(named) / LINES)
    assert two_pages_with_limits_first(pages)


@pytest.mark.shared
@pytest.mark.parametrize("name", LONG)
def test_brief_of_a_long_text_takes_two_pages_with_its_limits_on_the_first(name, tmp_path, browser):
    pages = printed(render(long_text(name), "html"), tmp_path, browser, "1-3")

    assert two_pages_with_limits_first(pages)


def test_report_of_hundreds_of_findings_prints_on_few_pages(tmp_path, browser):
    text = "\n\n".join(
        f"{1 + at // 50}.{1 + at % 50} Handover {at}\n\nNode {at} shall deliver the intercepted content of the "
        "communication of the target to the law enforcement agency."
        for at in range(400)
    )
    source = tmp_path / "handover.txt"
    source.write_text(f"Handover of intercepted traffic\n\n{text}\n", encoding="utf-8")
    assessment = analyze(source)

    pages = printed(render(assessment, "html"), tmp_path, browser)

    assert len(assessment.findings) >= 400
    assert len(pages) <= 12 + len(assessment.findings) / LINES


@pytest.fixture
def mixed(sheet: Sheet, tmp_path: Path) -> str:
    """Return the address of a page with a card whose findings are of several levels, one of them doubtful."""
    words, told = "read the payload", ("5 Careful",)
    sheet.say(f"The node shall {words}.", "4.1", ("4 Plain",), proposes={"traffic-inspection": words})
    sheet.say(f"The probe shall {words}.", "5.1", told, proposes={"traffic-inspection": words})
    sheet.say("A judge shall agree first.", "5.2", told, proposes={"independent-oversight": "judge shall agree"})
    sheet.say(f"Some {words} at night.", "6.1", strength="may", proposes={"traffic-inspection": words}, doubtful=True)
    source = tmp_path / "report.html"
    source.write_text(render(sheet.assessed(), "html"), encoding="utf-8")
    return source.as_uri()


def seen(address: str, browser: "Browser", asked: str) -> list[list[object]]:
    """Return what a script says of the printed page, all its folds open."""
    tab = browser.new_page(viewport={"width": 665, "height": 900})
    tab.goto(address)
    tab.emulate_media(media="print")
    tab.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    found: list[list[object]] = tab.evaluate(asked)
    tab.close()
    return found


def test_badge_in_a_card_has_the_marks_of_its_own_level(mixed, browser):
    found = seen(
        mixed,
        browser,
        """[...document.querySelectorAll('#findings .badge:not(.open)')].map(badge => [badge.classList[1],
        [...badge.querySelectorAll('.pips i')].filter(
        one => getComputedStyle(one).backgroundColor !== 'rgba(0, 0, 0, 0)').length])""",
    )

    assert {"high", "medium"} <= {level for level, _ in found}
    assert all(count == {"high": 3, "medium": 2, "low": 1}[level] for level, count in found)


def test_edge_of_a_quote_has_the_color_of_the_badge_of_its_own_finding(mixed, browser):
    found = seen(
        mixed,
        browser,
        """[...document.querySelectorAll('.second > .short:has(blockquote):has(.badge:not(.open))')].map(row => [
        getComputedStyle(row.querySelector('blockquote')).borderLeftColor,
        getComputedStyle(row.querySelector('.badge')).color])""",
    )

    assert found
    assert all(edge == badge for edge, badge in found)
