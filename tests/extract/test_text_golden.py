"""Golden cases of all text-like formats: a source in a folder, and beside it the blocks that it gives."""

from pathlib import Path

import pytest

from impact.extract.asciidoc import asciidoc
from impact.extract.markdown import markdown, openapi
from impact.extract.markup import html, rfcxml
from impact.extract.mediawiki import mediawiki
from impact.extract.options import Options
from impact.extract.text import text
from impact.records import Document

GOLDEN = Path(__file__).parent / "golden"
READERS = {
    ".txt": text.read, ".xml": rfcxml.read, ".html": html.read,
    ".md": markdown.read, ".bs": markdown.read, ".yaml": openapi.read,
    ".adoc": asciidoc.read, ".mediawiki": mediawiki.read,
}  # fmt: skip
CASES = sorted(path for path in GOLDEN.glob("*/source.*") if path.suffix in READERS)


def listing(document: Document) -> str:
    lines = [f"{name}: {value}" for name, value in document.properties]
    for block in document.blocks:
        span = " | ".join(cell.of(document.text) for cell in block.cells) or block.span.of(document.text)
        facts = (
            f"{block.kind.value} {block.level} {block.number or '-'} {block.style or '-'} p{document.page(block.span)}"
        )
        lines.append(f"{facts} | {span}".replace("\n", "\n    "))
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("source", CASES, ids=lambda path: path.parent.name)
def test_a_golden_source_gives_its_blocks(source):
    expected = (source.parent / "expected.txt").read_text(encoding="utf-8")

    document = READERS[source.suffix](source.read_bytes(), source.name, Options())

    assert listing(document) == expected


def test_every_text_like_format_has_a_golden_case():
    assert {path.suffix for path in CASES} == set(READERS)
