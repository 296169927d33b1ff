"""What a report says before any detail: whether it was assessed, how much was read, and what was not."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from impact.present.cleaning import clipped, plain
from impact.present.lists import counted, listed, numeral, opened, ranges
from impact.present.places import named, standing
from impact.present.words import beside_headline, language, unassessed_words, words
from impact.records import (
    ASSESSED_LANGUAGES,
    Assessment,
    Concurrence,
    Document,
    PageVerdict,
    PassageChoice,
    Raising,
    SecondReading,
)
from impact.records.assessment import FAINT

_MOST_WARNINGS = 3
"""Remarks on what was not read that the brief has itself. Source: project judgment, with the room of its page."""

UNREAD = {
    PageVerdict.SCAN: "an image without readable text",
    PageVerdict.BROKEN_MAP: "characters without known letters",
}

PLACES = 4
"""Most places named of clauses that were not read for the same reason. Source: project judgment."""

NAME = 80
"""Most characters shown of the name of a model or host."""


@dataclass(frozen=True, slots=True)
class ReadingFacts:
    """The plain facts of how a document was read.

    Attributes:
        assessed: Whether the document was assessed, if only by a second reader, and not left out for its language.
        read: Number of clauses that were assessed.
        headline: One sentence: how many findings there are and how many more need review, that there is none, or that
            the language is not assessed.
        unread: Half a sentence on what could not be read; empty where all was.
        lacks: Whether any could not be read, or other parts of the file.
        notes: Further sentences: pages read badly or from images, an unknown language.
        second: Sentences on what a second reader read and did not read; empty where there was none.
    """

    assessed: bool
    read: int
    headline: str
    unread: str
    notes: tuple[str, ...]
    second: tuple[str, ...] = ()
    lacks: bool = False

    @property
    def opening(self) -> str:
        """The headline and what could not be read."""
        return self.ended(self.headline)

    def ended(self, sentence: str) -> str:
        """Return a sentence with what could not be read at its end."""
        return f"{sentence.rstrip('.')}{f'; {self.unread}' if self.unread else ''}."

    @property
    def extent(self) -> str:
        """How many clauses were read, as the beginning of a sentence."""
        return read_words(self.read, whole=not self.lacks)


def reading_facts(assessment: Assessment, *, quoted: bool | None = None) -> ReadingFacts:
    """Return the plain facts of an assessment.

    Args:
        assessment: Of a document.
        quoted: Whether passages without a finding are quoted; None where that was not asked.
    """
    assessed, second = not assessment.unassessed, assessment.second
    alone = second.count if second and not _has_first(assessment) else None
    read = sum(clause.assessed for clause in assessment.clauses) if assessed else 0
    read = read if alone is None else alone
    return ReadingFacts(
        assessed,
        read,
        _headline(assessment, read, quoted=quoted, assessed=assessed),
        unread_pages(assessment.document),
        _notes(assessment),
        tuple(second_sentences(assessment, PLACES)),
        lacks=_lacks(assessment.document),
    )


def read_words(count: int, *, whole: bool) -> str:
    """Return how much was read, as the beginning of a sentence.

    Clauses are called passages, for a list item or a row is a clause here and none in the document.
    """
    passages = counted(count, "passage")
    return f"The tool read the whole text ({passages})" if whole else f"The tool read {passages}"


def second_sentences(assessment: Assessment, most: int) -> Iterator[str]:
    """Yield who read a second time, the outcome, and what was not read, with at most `most` places for each reason."""
    second, wording = assessment.second, words().second
    if second is None:
        return
    first, reader = _has_first(assessment), second.reader
    if not first and second.count:
        yield wording.alone.format(language=language(assessment.proposal.language))
    model, host = (clipped(plain(name), NAME) for name in (reader.model, reader.host))
    if not second.count:
        yield wording.absent.format(model=model)
    else:
        yield (wording.server if host else wording.file).format(
            model=model, host=host, clauses=counted(second.count, "clause")
        )
    counts = Counter(rated.finding.second for rated in assessment.findings)
    counts += Counter(guard.second for guard in assessment.safeguards)
    if first and second.count:
        yield wording.tally.format(**{concurrence.value: counts[concurrence] for concurrence in Concurrence})
    if second.unread:
        clauses = counted(len(second.unread), "clause")
        yield (wording.unread if first else wording.unassessed).format(
            clauses=clauses, reasons="; ".join(_reasons(assessment, second, most))
        )
    if second.dropped:
        yield wording.dropped.format(quotes=counted(second.dropped, "quote"))
    if second.choice:
        yield from _choice(second.choice)
    if second.raising:
        yield from _raising(second.raising)


def _choice(choice: PassageChoice) -> Iterator[str]:
    """Yield how many passages were chosen for the brief, of how much, and what was not seen for that."""
    wording = words().chosen
    if not choice.clause_count:
        yield wording.none
    else:
        passages = f"{choice.passage_count:,}" if choice.passage_count else "none"
        others = wording.others.format(left=counted(choice.left, "other clause"))
        left = {0: "", 1: wording.single}.get(choice.left, others)
        yield wording.read.format(clauses=counted(choice.clause_count, "clause"), passages=passages, left=left)
    if choice.unread:
        yield wording.why.format(reasons="; ".join(map(plain, choice.unread)))
    if choice.dropped:
        yield wording.dropped.format(dropped=counted(choice.dropped, "passage"))


def _raising(raising: Raising) -> Iterator[str]:
    """Yield what was read for points on the document as a whole, and what came of it."""
    wording = words().raised
    if not raising.clauses:
        yield wording.unanswered
    else:
        points = counted(len(raising.points), "point")
        yield wording.read.format(clauses=counted(raising.clauses, "clause"), points=points)
        if raising.left:
            yield wording.left.format(left=counted(raising.left, "clause"))
    if raising.unread:
        yield wording.why.format(reasons="; ".join(map(plain, raising.unread)))
    if raising.dropped:
        yield wording.dropped.format(dropped=counted(raising.dropped, "point or quote", "points or quotes"))


def _reasons(assessment: Assessment, second: SecondReading, most: int) -> Iterator[str]:
    """Yield each reason for which clauses were not read, with their places."""
    for reason in dict.fromkeys(clause.reason for clause in second.unread):
        clauses = [assessment.clause(clause.clause) for clause in second.unread if clause.reason == reason]
        if not second.count and _has_first(assessment):
            yield plain(reason)
            continue
        places = [named(place) for place in standing(clauses, assessment.document)]
        more = f" and {len(places) - most} more" if len(places) > most else ""
        yield f"{plain(reason)} ({', '.join(places[:most])}{more})"


def _has_first(assessment: Assessment) -> bool:
    """Return whether the language of a document is one that is assessed without a second reader."""
    return assessment.proposal.language in ASSESSED_LANGUAGES


def unflagged(assessment: Assessment) -> str:
    """Return that nothing was found, or that reviewers left nothing of it, without a full stop."""
    return words().review.none.rstrip(".") if emptied(assessment) else "The tool made no findings"


def _images(count: int) -> str:
    return "the image in it" if count == 1 else f"the {numeral(count)} images in it"


def _lacks(document: Document) -> bool:
    """Return whether any page or other part of a file could not be read."""
    return bool(document.warnings) or any(page.verdict in UNREAD for page in document.pages)


def emptied(assessment: Assessment) -> bool:
    """Return whether reviewers rejected what was found; where no finding is left, that was all."""
    return assessment.review is not None and bool(assessment.review.rejected)


def unread_pages(document: Document) -> str:
    """Return half a sentence on what could not be read, or is hidden; empty where all is read and seen."""
    pages = {verdict: [page.number for page in document.pages if page.verdict is verdict] for verdict in UNREAD}
    parts = [f"{ranges(numbers)} ({UNREAD[verdict]})" for verdict, numbers in pages.items() if numbers]
    unread = [f"these pages could not be read: {'; '.join(parts)}"] if parts else []
    if document.warnings and not parts:
        unread = ["some content was not read"]
    unread += ["some words are hidden or disguised"] * (bool(document.remarks) and not unread)
    unread += [f"it did not examine {_images(document.images)}"] * bool(document.images)
    return listed(unread)


def _headline(assessment: Assessment, read: int, *, quoted: bool | None, assessed: bool) -> str:
    count = len(assessment.findings)
    if not assessed:
        matched = (
            f" {counted(count, 'finding')} matched even so and {'is' if count == 1 else 'are'} listed below."
            if count
            else ""
        )
        return f"{unassessed_words(assessment.unassessed)} {words().unassessed.follows}{matched}"
    if not count:
        extent = read_words(read, whole=not _lacks(assessment.document))
        if emptied(assessment):
            return f"{unflagged(assessment)}; t{extent[1:]}"
        wanted = any(passage.chance >= FAINT for passage in assessment.salience) if quoted is None else quoted
        result = "made no findings" if wanted else words().passages.none
        return f"{mostly_unread(assessment)}{extent} and {result}"
    sure = [rated.finding for rated in assessment.findings if not rated.finding.doubtful]
    doubtful = count - len(sure)
    powers, clauses = len({finding.mechanism for finding in sure}), len({finding.clause for finding in sure})
    parts = (
        [f"{counted(len(sure), 'finding')} of {counted(powers, 'power')} in {counted(clauses, 'passage')}"]
        if sure
        else []
    )
    more = f"{doubtful:,} more" if sure else counted(doubtful, "finding")
    parts += [f"{more} {'needs' if doubtful == 1 else 'need'} review"] if doubtful else []
    return f"{'; '.join(parts)}; {counted(read, 'passage')} {'was' if read == 1 else 'were'} read"


def mostly_unread(assessment: Assessment) -> str:
    """Return that and why a document without findings counts as not assessed; empty where it does not."""
    pages = assessment.document.pages
    headline = replace(assessment.headline, pages=len(pages), unread=sum(page.verdict in UNREAD for page in pages))
    return f"Not assessed: {beside_headline(headline)}. " if headline.is_unread else ""


def _notes(assessment: Assessment) -> tuple[str, ...]:
    document, notes = assessment.document, []
    least = words().reading.least_quality
    ocr = [page.number for page in document.pages if page.verdict is PageVerdict.OCR]
    poor = [page.number for page in document.pages if page.verdict is PageVerdict.OK and page.quality < least]
    if ocr:
        notes.append(f"Text was recognized from images and may have wrong letters: {_pages(ocr)}.")
    if poor:
        notes.append(f"Text was hard to read; words may be missing or out of order: {_pages(poor)}.")
    notes += [
        f"{plain(remark).rstrip('.')}. The tool read the words that a reader sees." for remark in document.remarks
    ]
    if document.warnings:
        notes.append(_warned(document))
    if assessment.proposal.language == "und":
        notes.append("The tool could not identify the language of the document and assessed it as English.")
    return tuple(notes)


def _warned(document: Document) -> str:
    """Return the first remarks on what was not read, and how many more the annex has."""
    shown = [f"{opened(clipped(plain(warning), 160)).rstrip('.')}." for warning in document.warnings[:_MOST_WARNINGS]]
    left = len(document.warnings) - len(shown)
    return " ".join([*shown, *([f"The annex has {counted(left, 'further remark')} on this."] if left else [])])


def _pages(numbers: list[int]) -> str:
    return f"{'page' if len(numbers) == 1 else 'pages'} {ranges(numbers)}"
