"""What was not read or not assessed, document by document."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from impact.batch.portfolio.gather import Portfolio, RankedDocument
from impact.batch.portfolio.summary import DocumentSummary, SecondSummary
from impact.present.lists import counted, ranges
from impact.present.second_reader import unread_line
from impact.present.words import language, unassessed_words
from impact.records import ASSESSED_LANGUAGES


@dataclass(frozen=True, slots=True)
class ReadingGap:
    """A document with something that was not read or not assessed, and what, one sentence each."""

    ranked: RankedDocument
    what: str


@dataclass(frozen=True, slots=True)
class ReaderCoverage:
    """What one second reader read of a batch, by one wording of questions.

    Attributes:
        unread: Clauses that it was to read and did not.
        dropped: Quotes of it that were not in their clause word for word.
    """

    model: str
    host: str
    prompt: str
    documents: int
    clauses: int
    unread: int
    dropped: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a batch was read.

    Attributes:
        gaps: In reading order, those without a place first, since nothing points to them elsewhere.
        pages: Pages of all documents where pages mean something.
        unread: Of these, how many could not be read.
        languages: Each language that is not assessed with its number of documents, most first.
        remarked: Number of documents whose reports have remarks on what was not read.
        readers: Second readers, by name; one, unless results of several runs lie together.
    """

    gaps: tuple[ReadingGap, ...]
    pages: int
    unread: int
    clauses: int
    languages: tuple[tuple[str, int], ...]
    remarked: int
    readers: tuple[ReaderCoverage, ...] = ()


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
        remarked=sum(summary.remarks > len(summary.hidden) for summary in summaries),
        readers=tuple(_readers([summary.second for summary in summaries if summary.second])),
    )


def _readers(seconds: Sequence[SecondSummary]) -> Iterator[ReaderCoverage]:
    for name in sorted({(second.model, second.host, second.prompt) for second in seconds}):
        summaries = [second for second in seconds if (second.model, second.host, second.prompt) == name]
        unread = sum(number for second in summaries for _, number in second.unread)
        yield ReaderCoverage(
            *name,
            len(summaries),
            sum(second.clauses for second in summaries),
            unread,
            sum(second.dropped for second in summaries),
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
    if summary.second and summary.second.unread:
        first = summary.language in ASSESSED_LANGUAGES
        remarks.append(unread_line(dict(summary.second.unread), first=first))
    return " ".join((*remarks, *summary.hidden))
