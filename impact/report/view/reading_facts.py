"""What a report says before any detail: was it assessed, how much was read, what was not."""

from dataclasses import dataclass

from impact.present.lists import counted, ranges
from impact.present.words import unassessed_words, words
from impact.records import Assessment, Document, PageVerdict

UNREAD = {
    PageVerdict.SCAN: "an image without readable text",
    PageVerdict.BROKEN_MAP: "characters without known letters",
}


@dataclass(frozen=True, slots=True)
class ReadingFacts:
    """The plain facts.

    Attributes:
        assessed: Whether the document was assessed, and not left out for its language.
        read: Number of clauses that were assessed.
        headline: One sentence: the count of findings, of which some may be for a reader to decide, that there is none,
            or that the language is not assessed.
        unread: One sentence on the pages that could not be read.
        notes: Further sentences: pages read badly or from images, an unknown language.
    """

    assessed: bool
    read: int
    headline: str
    unread: str
    notes: tuple[str, ...]


def reading_facts(assessment: Assessment) -> ReadingFacts:
    """Return the plain facts of an assessment."""
    assessed = not assessment.unassessed
    read = sum(clause.assessed for clause in assessment.clauses) if assessed else 0
    unread = unread_pages(assessment.document)
    return ReadingFacts(assessed, read, _headline(assessment, read, assessed=assessed), unread, _notes(assessment))


def unread_pages(document: Document) -> str:
    """Return half a sentence on the pages that could not be read; also where there are none."""
    pages = {verdict: [page.number for page in document.pages if page.verdict is verdict] for verdict in UNREAD}
    parts = [f"{ranges(numbers)} ({UNREAD[verdict]})" for verdict, numbers in pages.items() if numbers]
    if not parts:
        return "every page could be read" if document.paged else "no part of the text was found unreadable"
    return f"these pages could not be read: {'; '.join(parts)}"


def _headline(assessment: Assessment, read: int, *, assessed: bool) -> str:
    count = len(assessment.findings)
    if not assessed:
        matched = f" {counted(count, 'clause')} matched even so and can be found below." if count else ""
        return f"{unassessed_words(assessment.unassessed)} {words().unassessed.follows}{matched}"
    if not count:
        return f"No clause was flagged; {counted(read, 'clause')} {'was' if read == 1 else 'were'} read"
    doubtful = sum(rated.finding.doubtful for rated in assessment.findings)
    left = f" ({doubtful} {words().decide.tag})" if 0 < doubtful < count else ""
    clauses = len({rated.finding.clause for rated in assessment.findings})
    mechanisms = len({rated.finding.mechanism for rated in assessment.findings})
    return (
        f"{counted(count, 'finding')}{left} of {counted(mechanisms, 'mechanism')} in {counted(clauses, 'clause')}; "
        f"{counted(read, 'clause')} {'was' if read == 1 else 'were'} read"
    )


def _notes(assessment: Assessment) -> tuple[str, ...]:
    document, notes = assessment.document, []
    least = words().reading.least_quality
    ocr = [page.number for page in document.pages if page.verdict is PageVerdict.OCR]
    poor = [page.number for page in document.pages if page.verdict is PageVerdict.OK and page.quality < least]
    if ocr:
        notes.append(f"Read from images, so that letters may be wrong: {_pages(ocr)}.")
    if poor:
        notes.append(f"Read badly, so that words may be missing or out of order: {_pages(poor)}.")
    if document.warnings:
        many = counted(len(document.warnings), "remark")
        notes.append(f"{many} on what was not read can be found under the limits of this report.")
    if assessment.proposal.language == "und":
        notes.append("The language of the document could not be told; it was assessed as English.")
    return tuple(notes)


def _pages(numbers: list[int]) -> str:
    return f"{'page' if len(numbers) == 1 else 'pages'} {ranges(numbers)}"
