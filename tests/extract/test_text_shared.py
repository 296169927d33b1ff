"""Real documents, where they are at hand."""

from pathlib import Path

import pytest

from impact.extract.markdown import markdown, openapi
from impact.extract.markup import html, rfcxml
from impact.extract.options import Options
from impact.extract.text import text
from impact.records import BlockKind

SHARED = Path(__file__).parents[3] / "shared" / "documents"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is not beside the checkout"),
]
# File, reader, and least numbers of headings, list items and pages.
CASES = [
    ("ietf/rfc8446.txt", text.read, 130, 200, 160),
    ("ietf/rfc9110.txt", text.read, 290, 200, 1),
    ("itu-3gpp-etsi/ts_102657v012801p.txt", text.read, 150, 100, 140),
    ("layouts/rfc8932.xml", rfcxml.read, 55, 200, 1),
    ("more/onvif-Analytics.xml", rfcxml.read, 100, 100, 1),
    ("layouts/rfc9458.html", html.read, 50, 100, 1),
    ("w3c/w3c-fedid__FedCM__spec__index.bs", markdown.read, 60, 400, 1),
    ("more/camara-kyc-match.yaml", openapi.read, 50, 10, 1),
]


@pytest.mark.parametrize(("name", "read", "headings", "items", "pages"), CASES, ids=[case[0] for case in CASES])
def test_a_real_document_keeps_its_structure(name, read, headings, items, pages):
    document = read((SHARED / name).read_bytes(), name, Options())
    kinds = [block.kind for block in document.blocks]

    assert kinds.count(BlockKind.HEADING) >= headings
    assert kinds.count(BlockKind.ITEM) >= items
    assert len(document.pages) >= pages
