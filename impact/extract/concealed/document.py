"""The document whose text is what a reader of the source sees."""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from impact.extract.concealed.characters import DIRECTION, finder
from impact.extract.concealed.direction import EMBEDDINGS, ISOLATES, POP_EMBEDDING, POP_ISOLATE, displayed
from impact.extract.concealed.edits import Repair, undone
from impact.extract.concealed.spacing import spaced_edits
from impact.extract.concealed.tokens import folded, is_latin, token_edits
from impact.extract.concealed.words import is_word
from impact.records import Document, Span
from impact.records.layout import ConcealmentKind

WORD_LETTERS = 4
"""Letters of a form that are a word and no symbol, function or mark. Source: project judgment."""
BINDING = frozenset({"shall", "must", "should", "will", "cannot", "never", "required", "prohibited", "forbidden"})
"""Words that bind or forbid. Source: RFC 2119, ISO/IEC Directives Part 2, clause 7."""
LETTERS = re.compile("[A-Za-z]+")
LONG_WORD = re.compile(r"(?:[^\W\d_]\u00ad?){6,}")
"""A word that hyphenation may part. Source: project judgment."""
DENSE, SPARSE = 0.5, 0.05
"""Share of long words with soft hyphens in a paragraph, and in all others, by which that one was singled out.

Source: project judgment; a program that hyphenates does so everywhere, and line ends are in one long word of ten.
"""
SEVERAL = 3
"""Words with soft hyphens in a paragraph that may have been singled out. Source: project judgment."""


def seen(document: Document) -> Document:
    """Return a document with the text that a reader of the source sees, and the concealments that were undone.

    Most documents are returned as they are, after a look at their characters.
    """
    suspect = finder(document.text)
    if suspect:
        spans = [block.span for block in document.blocks]
        document = undone(document, hidden_edits(document.text, spans, suspect))
    document = undone(document, list(spaced_edits(document)))
    properties = tuple((name, shown_line(value)) for name, value in document.properties)
    outline = tuple(replace(entry, title=shown_line(entry.title)) for entry in document.outline)
    if (properties, outline) == (document.properties, document.outline):
        return document
    return replace(document, properties=properties, outline=outline)


def shown_line(text: str) -> str:
    """Return what a reader sees of a line outside of the text, such as a title."""
    if text.isascii() or not finder(text):
        return text
    return folded(_shown(text) if DIRECTION.search(text) else text)


def hidden_edits(text: str, spans: Sequence[Span], suspect: re.Pattern[str]) -> Sequence[Repair]:
    """Return the edits of the paragraphs of a text, in order.

    Args:
        text: What the edits are of.
        spans: Of the paragraphs, in order.
        suspect: What finds the characters of the text that may hide something.
    """
    edits = [
        edit for span in spans if suspect.search(text, span.start, span.end) for edit in _within(text, span, suspect)
    ]
    return _forms_noted(spans, _hyphens_noted(text, spans, edits))


def _within(text: str, span: Span, suspect: re.Pattern[str]) -> Iterator[Repair]:
    latin, place = is_latin(span.of(text)), span.start
    for stretch in _stretches(text, span):
        edit = _reordered(text, stretch)
        if edit:
            yield from token_edits(text, place, edit.start, suspect, latin=latin)
            yield edit
            place = edit.end
    yield from token_edits(text, place, span.end, suspect, latin=latin)


def _stretches(text: str, span: Span) -> Iterator[Span]:
    """Yield the outermost stretches of a block whose direction controls set, up to the end of their line."""
    depth = begin = 0
    for match in re.finditer("[\u202a-\u202e\u2066-\u2069\n]", text[span.start : span.end]):
        control, place = match.group(), span.start + match.start()
        if control in EMBEDDINGS or control in ISOLATES:
            begin = begin if depth else place
            depth += 1
        elif depth and control == "\n":
            yield Span(begin, place)
            depth = 0
        elif depth and control in (POP_EMBEDDING, POP_ISOLATE):
            depth -= 1
            if not depth:
                yield Span(begin, place + 1)
    if depth:
        yield Span(begin, span.end)


def _reordered(text: str, stretch: Span) -> Repair | None:
    """Return the edit of a stretch of which controls make words that are none as it is written; None for any other.

    Scripts that run leftwards are written in the order of reading, and so they stay.
    """
    source = stretch.of(text)
    shown, bare = folded(displayed(source)), folded(source)
    if _in_words(shown) <= _in_words(bare):
        return None
    return Repair(stretch.start, stretch.end, shown, ConcealmentKind.REORDERED, noted=True)


def _in_words(text: str) -> int:
    """Return how many letters of a text are in English words."""
    return sum(len(word) for word in LETTERS.findall(text) if is_word(word))


def _shown(line: str) -> str:
    parts, place = [], 0
    for stretch in _stretches(line, Span(0, len(line))):
        edit = _reordered(line, stretch)
        if edit:
            parts += [line[place : edit.start], edit.seen]
            place = edit.end
    return "".join([*parts, line[place:]])


def _hyphens_noted(text: str, spans: Sequence[Span], edits: Sequence[Repair]) -> Sequence[Repair]:
    """Return the edits with a note on the soft hyphens of a paragraph that has them nearly alone in the document."""
    ends = [span.end for span in spans]
    soft = Counter(bisect_left(ends, edit.end) for edit in edits if edit.kind is ConcealmentKind.SOFT_HYPHEN)
    if max(soft.values(), default=0) < SEVERAL:
        return edits
    words = [len(LONG_WORD.findall(span.of(text))) for span in spans]
    total = sum(words)
    chosen = {
        block
        for block, count in soft.items()
        if count >= max(SEVERAL, DENSE * words[block])
        and total > words[block]
        and soft.total() - count <= SPARSE * (total - words[block])
    }
    return [
        replace(edit, noted=edit.noted or edit.kind is ConcealmentKind.SOFT_HYPHEN)
        if bisect_left(ends, edit.end) in chosen
        else edit
        for edit in edits
    ]


def _forms_noted(spans: Sequence[Span], edits: Sequence[Repair]) -> Sequence[Repair]:
    """Return the edits with a note on letters made for formulas that spell a word that binds, or several words.

    Variables are words too, but few of them stand in one paragraph, again and again.
    """
    ends = [span.end for span in spans]
    words: dict[int, set[str]] = defaultdict(set)
    for edit in edits:
        if edit.kind is ConcealmentKind.FORM and _is_spelt(edit.seen):
            words[bisect_left(ends, edit.end)].add(edit.seen.lower())
    chosen = {block for block, spelt in words.items() if len(spelt) >= SEVERAL or spelt & BINDING}
    return [
        replace(edit, noted=edit.noted or edit.kind is ConcealmentKind.FORM)
        if chosen and bisect_left(ends, edit.end) in chosen
        else edit
        for edit in edits
    ]


def _is_spelt(seen: str) -> bool:
    return len(seen) >= WORD_LETTERS and is_word(seen)


def conceals(words: str) -> bool:
    """Return whether words that nobody sees may matter: one of them binds, or they are several."""
    dictionary_words = [word for word in LETTERS.findall(words) if len(word) >= WORD_LETTERS and is_word(word)]
    return len(dictionary_words) >= SEVERAL or any(word.lower() in BINDING for word in dictionary_words)
