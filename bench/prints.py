"""How long reports are on paper: pages and words, by default and with the annex, and how often one clause is quoted.

    python bench/prints.py                                # the samples of corpora/proposals
    python bench/prints.py --documents DIR --most 20      # and documents below DIR, drawn with --seed

Pages and words are those of the PDF (WeasyPrint). A clause is quoted as often as the most repeated run of eight of its
words appears in quotes on paper; runs that appear twice in the document itself do not count, nor do amendments, which
have to show what they change. A document that cannot be read or is not assessed is passed over for the next one.
"""

import argparse
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pypdfium2

from impact.errors import ImpactError
from impact.pipeline import analyze, export
from impact.records import Assessment
from impact.report.page.paper import printed

SAMPLES = Path(__file__).parent.parent / "corpora" / "proposals"
PROPOSALS = {".pdf", ".docx", ".txt"}
ROW = "{:<44.44} {:>8} {:>6} {:>7} {:>7} {:>7} {:>7} {:>7}"
RUN = 8
WORD = re.compile(r"\w+")
QUOTES = "//blockquote[not(contains(@class, 'changed'))] | //q | //table[contains(@class, 'register')]//td[4]"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=Path)
    parser.add_argument("--most", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    print(ROW.format("", "", "", "default", "default", "default", "annex", "annex"))
    print(ROW.format("document", "findings", "doubtf.", "pages", "words", "quoted", "pages", "quoted"))
    samples = sorted(path for path in SAMPLES.iterdir() if path.suffix in PROPOSALS)
    for path, assessment in _read(samples):
        print(_row(path, assessment), flush=True)
    drawn = sorted(path for path in asked.documents.rglob("*") if path.is_file()) if asked.documents else []
    random.Random(asked.seed).shuffle(drawn)  # noqa: S311 - a draw of documents, no secret
    for (path, assessment), _ in zip(_read(drawn), range(asked.most), strict=False):
        print(_row(path, assessment), flush=True)


def _read(paths: Iterable[Path]) -> Iterator[tuple[Path, Assessment]]:
    for path in paths:
        try:
            assessment = analyze(path)
        except ImpactError:
            continue
        if not assessment.unassessed:
            yield path, assessment


def _row(path: Path, assessment: Assessment) -> str:
    doubtful = sum(rated.finding.doubtful for rated in assessment.findings)
    pages, words = _sized(export(assessment, "pdf"))
    more, _ = _sized(export(assessment, "pdf", annex=True))
    times = [_quoted(assessment, annex=annex) for annex in (False, True)]
    return ROW.format(path.name, len(assessment.findings), doubtful, pages, words, times[0], more, times[1])


def _sized(data: bytes) -> tuple[int, int]:
    """Return the pages and the words of a PDF."""
    with pypdfium2.PdfDocument(data) as document:
        texts = [document[at].get_textpage().get_text_range() for at in range(len(document))]
    return len(texts), sum(len(text.split()) for text in texts)


def _quoted(assessment: Assessment, *, annex: bool) -> int:
    """Return how often the clause that is quoted most often is quoted on paper."""
    page = printed(export(assessment, "html", annex=annex).decode(), annex=annex)
    quotes = Counter(run for quote in page.xpath(QUOTES) for run in _runs(quote.text_content()))
    once = {run for run, times in Counter(_runs(assessment.document.text)).items() if times == 1}
    return max((times for run, times in quotes.items() if run in once), default=0)


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    words = WORD.findall(text.lower())
    return (tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1))


if __name__ == "__main__":
    main()
