"""The printed page, by a real Chromium: the brief takes two pages, and its first has the limits."""

import re
from pathlib import Path

import pypdfium2
import pytest

from impact.pipeline import analyze, render

PROPOSALS = Path(__file__).parents[2] / "corpora" / "proposals"
SHARED = Path(__file__).parents[3] / "shared" / "documents"
LONG = ("itu-3gpp-etsi/ts_102657v012801p.txt", "more/nist-sp800-63B-3.md")


def printed(page: str, folder: Path, chromium: str, most: int = 4) -> list[str]:
    """Return the text of each page that a browser prints, of `most` pages at most."""
    from playwright.sync_api import sync_playwright

    source = folder / "report.html"
    source.write_text(page, encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium)
        tab = browser.new_page()
        tab.goto(source.as_uri())
        data = tab.pdf(prefer_css_page_size=True)
        browser.close()
    with pypdfium2.PdfDocument(data) as document:
        return [document[number].get_textpage().get_text_range() for number in range(min(len(document), most))]


def two_pages_with_limits_first(pages: list[str]) -> bool:
    """Return whether the limits stand on page one, and the annex begins on page three at the latest."""
    begins = [re.sub(r"^\d+ / \d+\s*", "", page)[:5].lower() == "annex" for page in pages]
    return "What this report cannot see" in pages[0] and any(begins[1:3])


@pytest.mark.parametrize("name", ["new-network.pdf", "careful-wallet.pdf", "audio-payload.pdf", "street-cameras.docx"])
def test_brief_of_a_sample_takes_two_pages_with_its_limits_on_the_first(name, tmp_path, chromium):
    pages = printed(render(analyze(PROPOSALS / name), "html"), tmp_path, chromium)

    assert two_pages_with_limits_first(pages)


@pytest.mark.shared
@pytest.mark.parametrize("name", LONG)
def test_brief_of_a_long_text_takes_two_pages_with_its_limits_on_the_first(name, tmp_path, chromium):
    if not SHARED.is_dir():
        pytest.skip("../shared is not beside the checkout")

    pages = printed(render(analyze(SHARED / name), "html"), tmp_path, chromium)

    assert two_pages_with_limits_first(pages)


def test_report_of_hundreds_of_findings_prints_on_few_pages(tmp_path, chromium):
    text = "\n\n".join(
        f"{1 + at // 50}.{1 + at % 50} Handover {at}\n\nNode {at} shall deliver the intercepted content of the "
        "communication of the target to the law enforcement agency."
        for at in range(400)
    )
    source = tmp_path / "handover.txt"
    source.write_text(f"Handover of intercepted traffic\n\n{text}\n", encoding="utf-8")
    assessment = analyze(source)

    pages = printed(render(assessment, "html"), tmp_path, chromium, most=99)

    assert len(assessment.findings) >= 400
    assert len(pages) <= len(assessment.findings) / 10
