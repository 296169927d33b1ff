"""Words whose letters are set apart by blanks or marks: "t e r m i n a t e"."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from impact.extract.concealed.edits import Repair, applied
from impact.extract.concealed.words import is_short, is_word, parted
from impact.records import BlockKind, Document, PageVerdict, Span
from impact.records.layout import ConcealmentKind

_BLANK = r"[ \t\n\u00a0\u2000-\u200a\u202f\u205f\u3000]"
_MARKS = "._*\u00b7-"
_MARK = f"[{_MARKS}]"
_LETTER = r"[^\W\d_]"
GLANCES = (
    re.compile(rf"{_BLANK}\w{_BLANK}{{1,8}}\w{_BLANK}{{1,8}}\w(?!\w)"),
    *(re.compile(rf"{re.escape(mark)}\w{_MARK}\w{_MARK}\w(?!\w)") for mark in _MARKS),
)
"""What any run of four letters set apart has in it, to be looked for fast: by its first mark, if it has some."""
RUN = re.compile(rf"(?<!\S){_LETTER}(?:{_BLANK}{{1,8}}{_LETTER}(?!\w))+|(?<!\S){_LETTER}(?:{_MARK}{_LETTER}(?!\w))+")
LONG = 10
"""Words set apart that are no heading, even without a full stop. Source: project judgment."""
GAPS = re.compile(rf"{_BLANK}+")
DIGIT = re.compile(r"[\d_]")
KIND = ConcealmentKind.SPACED
STRAY = re.compile(r"(?<!\w)(?![aAI])[^\W\d_](?!\w)")
TORN = 20
"""Words for each single letter in a paragraph that is not torn by its layout or by the recognition of a scan.
Source: project judgment."""
LEAST = 4
"""Letters set apart that may be a word; three are as often symbols. Source: project judgment."""
WORDS = 6
"""Words beside letters set apart by which these are in running text, or that are set apart in a whole sentence.

Source: project judgment; other paragraphs are headings and labels, which are set so for looks.
"""


def spaced_edits(document: Document) -> Iterator[Repair]:
    """Yield the edits that make words of letters set apart in a document, in order."""
    headings = {block.span for block in document.blocks if block.kind is BlockKind.HEADING}
    scanned = {page.number for page in document.pages if page.verdict is PageVerdict.OCR}
    for span, edits in spaced_in(document.text, [block.span for block in document.blocks]):
        silent = span in headings or document.page(span) in scanned
        yield from (replace(edit, noted=edit.noted and not silent) for edit in edits)


def spaced_in(text: str, spans: Sequence[Span]) -> Iterator[tuple[Span, Sequence[Repair]]]:
    """Yield paragraphs of a text that have letters set apart, with the edits that make words of them, in order."""
    found = _glanced(text)
    starts = [span.start for span in spans]
    for at in sorted({bisect_right(starts, place) - 1 for place in found}):
        if at >= 0:
            yield spans[at], list(_edits(text, spans[at]))


def sets_apart(text: str) -> bool:
    """Return whether a text may have letters set apart."""
    return bool(_glanced(text))


def _glanced(text: str) -> list[int]:
    return [match.start() for glance in GLANCES for match in glance.finditer(text) if not DIGIT.search(match.group())]


def _edits(text: str, span: Span) -> Iterator[Repair]:
    start, end = span.start, span.end
    found = [(match, _joined(match.group())) for match in RUN.finditer(text, start, end)]
    runs = [(match, words) for match, words in found if words]
    if not runs:
        return
    rest = applied(text[start:end], (Repair(run.start() - start, run.end() - start, "", KIND) for run, _ in runs))
    count = sum(len(words) for _, words in runs)
    whole = count >= (WORDS if text[end - 1] in ".;" else LONG)
    prose = whole or len(rest.split()) >= WORDS
    torn = TORN * len(STRAY.findall(rest)) > len(rest.split())
    for match, words in runs:
        noted = prose and not torn and all(map(_is_plain, words)) and any(len(word) >= LEAST for word in words)
        yield from _word_edits(match, words, noted=noted)


def _word_edits(run: re.Match[str], words: Sequence[str], *, noted: bool) -> Iterator[Repair]:
    """Yield an edit for each word of a run, and for each gap between two that is no mere blank."""
    letters = iter([run.start() + letter.start() for letter in re.finditer(_LETTER, run.group())])
    last = run.start()
    for word in words:
        places = list(islice(letters, len(word)))
        gap = run.string[last : places[0]]
        if last > run.start() and gap != " ":
            yield Repair(last, places[0], " ", KIND, noted)
        last = places[-1] + 1
        yield Repair(places[0], last, word, KIND, noted)


def _is_plain(word: str) -> bool:
    return (is_word(word) or is_short(word)) and word[1:] == word[1:].lower()


def _joined(run: str) -> list[str]:
    """Return the words that letters set apart make; empty where they are symbols, labels or entries of a table.

    Wider gaps part words, if there are any; else the words of the list do. Most letters must be in words of four
    or more: single letters make short ones by chance.
    """
    letters = re.sub(r"[\W_]", "", run)
    if len(letters) < LEAST:
        return []
    widths = {len(gap) for gap in GAPS.findall(run)}
    if len(widths) > 1:
        pieces = re.split(rf"{_BLANK}{{{min(widths) + 1},}}", run)
        words = [re.sub(r"[\W_]", "", piece) for piece in pieces]
        split = [
            part
            for word in words
            for part in ([word] if is_word(word) or len(word) < LEAST else parted(word) or [word])
        ]
    else:
        split = [letters] if is_word(letters) else parted(letters)
    dictionary_letters = sum(len(word) for word in split if len(word) >= LEAST and is_word(word))
    return split if 2 * dictionary_letters > len(letters) else []
