"""What was not read or not assessed, document by document."""

from dataclasses import dataclass

from impact.batch.portfolio.entry import Entry
from impact.batch.portfolio.gather import Placed, Portfolio
from impact.present.words import counted, language, ranges


@dataclass(frozen=True, slots=True)
class Gap:
    """A document with something that was not read or not assessed, and what, one sentence each."""

    placed: Placed
    what: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a batch was read.

    Attributes:
        gaps: In reading order, those without a place first, since nothing points to them elsewhere.
        pages: Pages of all documents where pages mean something.
        unread: Of these, how many could not be read.
        clauses: Clauses that were assessed.
        languages: Each language that is not assessed with its number of documents, most first.
        remarked: Number of documents whose reports have remarks on what was not read.
    """

    gaps: tuple[Gap, ...]
    pages: int
    unread: int
    clauses: int
    languages: tuple[tuple[str, int], ...]
    remarked: int


def coverage_of(portfolio: Portfolio) -> Coverage:
    """Return what was read of a batch and what was not."""
    entries = [document.entry for document in portfolio.documents]
    gaps = [Gap(document, what) for document in portfolio.documents if (what := _what(document.entry))]
    languages: dict[str, int] = {}
    for entry in entries:
        if not entry.assessed:
            name = language(entry.language)
            languages[name] = languages.get(name, 0) + 1
    return Coverage(
        gaps=tuple(sorted(gaps, key=lambda gap: gap.placed.place)),
        pages=sum(entry.pages for entry in entries),
        unread=sum(len(entry.unread) for entry in entries),
        clauses=sum(entry.read for entry in entries),
        languages=tuple(sorted(languages.items(), key=lambda pair: (-pair[1], pair[0]))),
        remarked=sum(entry.remarks > 0 for entry in entries),
    )


def _what(entry: Entry) -> str:
    said = []
    if not entry.assessed:
        said.append(f"It is in {language(entry.language)}, which is not assessed.")
    elif not entry.read:
        said.append("No clause of it could be assessed.")
    if entry.unread:
        total = f" of {entry.pages}" if entry.pages else ""
        pages = counted(len(entry.unread), "page")
        said.append(f"{pages}{total} could not be read: {ranges(entry.unread)}.")
    return " ".join(said)
