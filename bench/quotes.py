"""Check every quote of every report against the file it quotes, read again by other means.

Usage: python bench/quotes.py [FOLDER_OR_FILE ...] [--most N] [--each]

For every clause and every piece of evidence of a finding or safeguard in report.json:
- its quote is what `Document.text` holds at its span;
- it stands in the source. Plain formats: by `Layout.origins` in the decoded file, up to white space. DOCX, PPTX, HTML,
  XML: in the text nodes, white space left out, in one piece or word by word. PDF: in pdfium's own text of its pages,
  white space, hyphens and ligatures left out, in one piece or, where the stream runs otherwise than the page reads,
  word by word;
- in a PDF, its boxes lie on the page and pdfium's text inside of them holds every word of the quote.

What a format generates and the source does not hold (origin -1) is left out. A table by format comes first, then
failures, N of each document at the most.
"""

import argparse
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

from source_text import OTHERS, READERS, Pages, decoded, plain, squeezed

from impact.errors import ImpactError
from impact.pipeline import analyze, render
from impact.records import Document, Span

FOLDER = Path(__file__).parents[2] / "shared" / "documents"
COLUMNS = ("documents", "clauses", "evidence", "span", "source", "pieces", "boxes", "off page")
GAP = 60
SLACK = 1.0
"""Points by which a box may reach over the edge of the page."""


@dataclass(frozen=True)
class Quote:
    """One quote of a report."""

    what: str
    text: str
    span: Span
    boxes: list[list[float]]


def quotes(report: dict[str, Any]) -> Iterator[Quote]:
    """Yield the quotes of a report: each clause, then its evidence."""
    for clause in report["clauses"]:
        yield Quote(f"clause {clause['id']}", clause["text"], Span(*clause["span"]), clause["boxes"])
        for found in (*clause["findings"], *clause["safeguards"]):
            label = found.get("mechanism") or found.get("safeguard")
            for piece in found["evidence"]:
                yield Quote(f"{clause['id']} {label}", piece["quote"], Span(*piece["span"]), piece["boxes"])


def pieces(document: Document, span: Span) -> Iterator[tuple[int, int, str]]:
    """Yield page, place in the source, and words of each fragment of a span that the source holds."""
    layout = document.layout
    for at in layout.fragments(span):
        start, end = max(layout.starts[at], span.start), min(layout.ends[at], span.end)
        if layout.origins[at] >= 0:
            yield layout.pages[at], at, document.text[start:end]


def in_plain_file(document: Document, span: Span, source: str) -> bool:
    """Return whether each fragment stands in the decoded file where its origin says, and no words beside them."""
    layout, seen = document.layout, ""
    for at in layout.fragments(span):
        start, end = max(layout.starts[at], span.start), min(layout.ends[at], span.end)
        words, before = squeezed(document.text[start:end]), squeezed(document.text[layout.starts[at] : start])
        origin = layout.origins[at]
        whole = before + words
        if origin >= 0 and whole and not _begins(source[origin : origin + 2 * len(whole) + 400], whole):
            return False
        seen += words
    return seen == squeezed(span.of(document.text))


def _begins(source: str, words: str) -> bool:
    """Return whether the source begins with these words, as written or with its character references spelt out."""
    return any(squeezed(text).startswith(words) for text in (source, unescape(source)))


def in_nodes(document: Document, span: Span, source: str) -> str:
    """Return how the words between generated ones stand in the text nodes: "whole", "pieces", or "" if they do not.

    In pieces: symbols and formulas of Word, and shorthand of ReSpec, are spelt out by the program; there the letters
    and figures must follow one another with no more than `GAP` characters between.
    """
    runs, last = [""], None
    for _, at, words in pieces(document, span):
        if last is not None and at != last + 1:
            runs.append("")
        runs[-1] += words
        last = at
    place = 0
    for run in map(squeezed, runs):
        place = source.find(run, place)
        if place < 0:
            return "pieces" if _in_order(" ".join(words for _, _, words in pieces(document, span)), source) else ""
    return "whole"


def _in_order(text: str, source: str) -> bool:
    """Return whether the words of a text follow one another somewhere in the source."""
    words = re.findall(r"[A-Za-z0-9]+|[^\W\d_A-Za-z]{2,}", text)
    if not words:
        return bool(text.strip()) and not re.search(r"\w", text)
    pattern = f".{{0,{GAP}}}?".join(map(re.escape, words))
    return bool(re.search(pattern, source, re.DOTALL))


def on_pages(document: Document, quote: Quote, pages: Pages) -> str:
    """Return how a quote stands on its pages: "whole", "pieces" (lines or words), or "" where a word is missing."""
    words = [(page, plain(word)) for page, _, word in pieces(document, quote.span)]
    if "".join(word for _, word in words) != plain(quote.text):
        return ""
    for page in dict.fromkeys(page for page, _ in words):
        if "".join(word for other, word in words if other == page) not in pages.text(page):
            return "pieces" if all(word in pages.text(other) for other, word in words) else ""
    return "whole"


def covered(quote: Quote, pages: Pages) -> list[str]:
    """Return the words of a quote that pdfium does not find inside of its boxes.

    A box is asked for its middle half first, which touches no other line, so that a word broken at the end of a line is
    found whole; then in full, for what is raised or lowered; then for the letters and figures of the word alone, since
    pdfium gives characters in the order of the file ("[RFC1]" as "RFC1" in a link and "[]" before it).
    """
    middles = [[page, x0, y0 + (y1 - y0) / 4, x1, y1 - (y1 - y0) / 4] for page, x0, y0, x1, y1 in quote.boxes]
    inside = ["".join(plain(pages.within(box)) for box in boxes) for boxes in (middles, quote.boxes)]
    return [
        word
        for word in quote.text.split()
        if not any(plain(word) in text for text in inside)
        and not all(any(bit in text for text in inside) for bit in map(plain, re.findall(r"\w+", word)))
    ]


def is_on_page(box: list[float], pages: Pages) -> bool:
    """Return whether a box has an area and lies on its page."""
    _, x0, y0, x1, y1 = box
    width, height = pages.size(int(box[0]))
    return -SLACK <= x0 < x1 <= width + SLACK and -SLACK <= y0 < y1 <= height + SLACK


def check(path: Path, counts: dict[str, Counter[str]], failures: list[str]) -> None:
    """Analyze one file and enter what is wrong with its quotes."""
    assessment = analyze(path, jailed=False)
    document, report = assessment.document, json.loads(render(assessment, "json"))
    count = counts[document.format]
    count["documents"] += 1
    if document.format in OTHERS:
        return
    pages = Pages(path) if document.format == "pdf" else None
    data = path.read_bytes()
    reader = None if document.engine == "text" else READERS.get(document.format)
    source = squeezed(reader(data)) if reader else decoded(data)
    for quote in quotes(report):
        count["clauses" if quote.what.startswith("clause ") else "evidence"] += 1
        wrong = _wrong(document, quote, source, pages, is_plain=not (pages or reader))
        for name, words in wrong:
            count[name] += 1
            if name != "pieces":
                failures.append(f"{path.name}: {name}: {quote.what}: {quote.text[:90]!r} {words}")
    if pages:
        pages.close()


def _wrong(
    document: Document, quote: Quote, source: str, pages: Pages | None, *, is_plain: bool
) -> Iterator[tuple[str, str]]:
    if quote.span.of(document.text) != quote.text:
        yield "span", ""
    if is_plain:
        stands = "whole" if in_plain_file(document, quote.span, source) else ""
    else:
        stands = on_pages(document, quote, pages) if pages else in_nodes(document, quote.span, source)
    if stands != "whole":
        yield stands or "source", ""
    if pages is None:
        return
    missing = covered(quote, pages)
    if missing or not quote.boxes:
        yield "boxes", f"lacks {missing[:6]}"
    if not all(is_on_page(box, pages) for box in quote.boxes):
        yield "off page", str(quote.boxes[:2])


def main() -> int:
    """Check, print; 1 where something is wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("places", nargs="*", type=Path, default=[FOLDER])
    parser.add_argument("--most", type=int, default=3)
    parser.add_argument("--each", action="store_true")
    asked = parser.parse_args()
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    shown: list[str] = []
    files = [path for place in asked.places for path in ([place] if place.is_file() else sorted(place.rglob("*")))]
    for path in filter(Path.is_file, files):
        failures: list[str] = []
        try:
            check(path, counts, failures)
        except ImpactError as error:
            counts["(refused)"]["documents"] += 1
            print(f"refused {path.name}: {error}")
        shown += failures[: asked.most]
        if asked.each or failures:
            print(f"{len(failures):6} wrong in {path.name}", flush=True)
    print(f"{'format':12}" + "".join(f"{name:>10}" for name in COLUMNS))
    for name, count in [*sorted(counts.items()), ("all", sum(counts.values(), Counter()))]:
        print(f"{name:12}" + "".join(f"{count[column]:>10}" for column in COLUMNS))
    print("\n".join(shown))
    return int(bool(shown))


if __name__ == "__main__":
    sys.exit(main())
