"""What was not read or not assessed, document by document."""

from dataclasses import dataclass

from impact.batch.portfolio.gather import Portfolio, RankedDocument
from impact.batch.portfolio.summary import DocumentSummary
from impact.present.lists import counted, ranges
from impact.present.words import language, unassessed_words


@dataclass(frozen=True, slots=True)
class ReadingGap:
    """A document with something that was not read or not assessed, and what, one sentence each."""

    ranked: RankedDocument
    what: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a batch was read.

    Attributes:
        gaps: In reading order, those without a place first, since nothing points to them elsewhere.
        pages: Pages of all documents where pages mean something.
        unread: Of these, how many could not be read.
        languages: Each language that is not assessed with its number of documents, most first.
        remarked: Number of documents whose reports have remarks on what was not read.
    """

    gaps: tuple[ReadingGap, ...]
    pages: int
    unread: int
    clauses: int
    languages: tuple[tuple[str, int], ...]
    remarked: int


def coverage_of(portfolio: Portfolio) -> Coverage:
    """Return what was read of a batch and what was not."""
    summaries = [document.summary for document in portfolio.documents]
    gaps = [ReadingGap(document, what) for document in portfolio.documents if (what := _what(document.summary))]
    languages: dict[str, int] = {}
    for summary in summaries:
        if not summary.assessed:
            name = language(summary.language)
            languages[name] = languages.get(name, 0) + 1
    return Coverage(
        gaps=tuple(sorted(gaps, key=lambda gap: gap.ranked.place)),
        pages=sum(summary.pages for summary in summaries),
        unread=sum(len(summary.unread) for summary in summaries),
        clauses=sum(summary.read for summary in summaries),
        languages=tuple(sorted(languages.items(), key=lambda pair: (-pair[1], pair[0]))),
        remarked=sum(summary.remarks > 0 for summary in summaries),
    )


def _what(summary: DocumentSummary) -> str:
    remarks = []
    if not summary.assessed:
        remarks.append(unassessed_words(summary.language))
    elif not summary.read:
        remarks.append("No clause of it could be assessed.")
    if summary.unread:
        total = f" of {summary.pages}" if summary.pages else ""
        pages = counted(len(summary.unread), "page")
        remarks.append(f"{pages}{total} could not be read: {ranges(summary.unread)}.")
    return " ".join(remarks)
