"""What both PDF engines share: read pages to a `Document`, refusals and warnings."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from impact.errors import ScanError, UnreadableError
from impact.extract.blocks.hyphens import Vocabulary, hyphenated
from impact.extract.pdf.compose import lay
from impact.extract.pdf.furniture import running
from impact.extract.pdf.line import Line
from impact.extract.pdf.paragraphs import paragraphs_of
from impact.extract.pdf.words import PageWords, clip
from impact.records import Bookmark, Document, Page, PageVerdict

OCR_HINT = (
    "Request the document as text, or ask your IT department to install Tesseract OCR with the language of the document"
)
"""For who has no Tesseract; where it is, `impact.extract.reading` has it read the pages."""


_PLOT = 40
"""Lines without a letter or digit on a page from which they are the dots of a plot and left out. Source: project
judgment."""


@dataclass(slots=True)
class PageReading:
    """One page, read: its words, its lines (found while it was open) and the verdict on it."""

    words: PageWords
    lines: list[Line]
    verdict: PageVerdict = PageVerdict.OK
    quality: float = 1.0


@dataclass(frozen=True, slots=True)
class Envelope:
    """What a PDF says about itself.

    Attributes:
        count: Pages in the file, read or not.
        properties: Its information dictionary, names in lower case.
    """

    count: int
    outline: tuple[Bookmark, ...] = ()
    properties: tuple[tuple[str, str], ...] = ()


def compose(data: bytes, name: str, engine: str, envelope: Envelope, readings: Sequence[PageReading]) -> Document:
    """Make the document of the pages read; whether one of them has text, `refuse_unread` asks."""
    used = [reading for reading in readings if reading.verdict is not PageVerdict.BROKEN_MAP]
    lines = _without_furniture(used)
    for reading in used:
        clip(reading.words)
    vocabulary = Vocabulary(_inner_words(used))
    text, blocks, layout = lay(paragraphs_of(lines), vocabulary)
    return Document(
        id=hashlib.sha256(data).hexdigest(),
        source=name,
        format="pdf",
        engine=engine,
        text=text,
        blocks=blocks,
        pages=tuple(
            Page(read.words.number, round(read.words.width, 2), round(read.words.height, 2), read.verdict, read.quality)
            for read in readings
        ),
        paged=True,
        layout=layout,
        outline=envelope.outline,
        properties=envelope.properties,
        warnings=tuple(_warnings(envelope, readings)),
    )


def no_pages(name: str) -> UnreadableError:
    """Return the refusal of a PDF without pages."""
    return UnreadableError(f"{name} has no pages", "Request the file again")


def encrypted(name: str) -> UnreadableError:
    """Return the refusal of a PDF that needs a password."""
    return UnreadableError(f"{name} is encrypted", "Open it with the password, save it without one, and try again")


def damaged(name: str, reason: str) -> UnreadableError:
    """Return the refusal of a PDF that cannot be opened."""
    return UnreadableError(
        f"{name} is damaged or not a PDF ({reason})", "Request the file again, or repair it with qpdf"
    )


def _without_furniture(readings: Sequence[PageReading]) -> list[Line]:
    marked = running([(reading.words.upright_height, reading.lines) for reading in readings])
    content = [line for reading in readings for line in reading.lines if id(line) not in marked]
    bare = [line for line in content if not line.text[:1].isalnum() and not any(map(str.isalnum, line.text))]
    wordless = Counter(line.page.number for line in bare)
    plots = {id(line) for line in bare if wordless[line.page.number] >= _PLOT}
    return [line for line in content if id(line) not in plots] if plots else content


def _inner_words(readings: Sequence[PageReading]) -> Iterable[str]:
    """Return the words but those that end a line in a hyphen, since halves of hyphenated words are no witnesses."""
    return chain.from_iterable(map(_whole_words, readings))


def _whole_words(reading: PageReading) -> Sequence[str]:
    texts = reading.words.texts
    ends = [line.words[-1] for line in reading.lines]
    halves = [word for word in ends if hyphenated(texts[word])]
    if not halves:
        return texts
    whole = texts.copy()
    for word in sorted(halves, reverse=True):
        del whole[word]
    return whole


def refuse_unread(name: str, readings: Sequence[PageReading]) -> None:
    """Refuse a document of which no page has text that can be read.

    Raises:
        ScanError: If a text recognition may read it.
        UnreadableError: If there is nothing to read.
    """
    if not readings:
        raise no_pages(name)
    verdicts = {reading.verdict for reading in readings} - {PageVerdict.EMPTY}
    count = len(readings)
    if verdicts == {PageVerdict.SCAN}:
        message = f"{name} is a scan without a text layer ({count} page{'s' if count > 1 else ''})"
        raise ScanError(message, OCR_HINT)
    if not verdicts:
        place = f"any of its {count} pages" if count > 1 else "its only page"
        hint = "Check that the file shows text; if it does, request it in another format"
        raise UnreadableError(f"{name} has no text on {place}", hint)
    if verdicts <= {PageVerdict.SCAN, PageVerdict.BROKEN_MAP}:
        message = f"the text of {name} cannot be decoded, because its fonts do not identify the letters"
        raise ScanError(message, OCR_HINT)


def _warnings(envelope: Envelope, readings: Sequence[PageReading]) -> Iterable[str]:
    if len(readings) < envelope.count:
        yield f"Only the first {len(readings)} of {envelope.count} pages were read (limit on pages)."
    failed = [reading.words.number for reading in readings if reading.words.failed]
    if failed:
        yield f"{name_pages(failed)} could not be read: damaged."
    for verdict, reason in (
        (PageVerdict.SCAN, "could not be read: scanned without a text layer"),
        (PageVerdict.BROKEN_MAP, "could not be read: the fonts do not say which letters they draw"),
    ):
        pages = [reading.words.number for reading in readings if reading.verdict is verdict]
        if pages:
            yield f"{name_pages(pages)} {reason}."
    cut = [reading.words.number for reading in readings if reading.words.cut]
    if cut:
        verb = "was" if len(cut) == 1 else "were"
        yield f"{name_pages(cut)} {verb} read in part only (limit on characters of a page)."


def name_pages(numbers: Sequence[int]) -> str:
    """Name pages: "Page 3", "Pages 3, 5 to 9"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    named = [str(run[0]) if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs]
    return ("Page " if len(numbers) == 1 else "Pages ") + ", ".join(named)
