"""Long passages in another language than most of a document, such as an annex or the second column of a treaty."""

from collections.abc import Iterable, Iterator

from impact.describe.language import PROSE, SKIPPED, language_of, share_of_words
from impact.records import ASSESSED_LANGUAGES, Block, Clause, Document, ForeignPassage, Proposal, Span

WINDOW = 500
"""Characters by which a language is told. Source: project judgment; some eighty words have forty common ones."""

LEAST = 1200
"""Characters from which a passage counts as long. Source: project judgment; half a page. A summary has less."""

OWN, OTHER = 0.2, 0.3
"""Shares of common words from which a window is in the language of the document, and in another one. Source: 750 shared
documents: prose has .35 and more of its language; references, code and tables in English have up to .25 of another."""


def foreign_passages(document: Document, language: str) -> tuple[ForeignPassage, ...]:
    """Return the long passages that are in another known language than the document, in order.

    Between two parts of a passage there may be headings, code, and text too short to tell a language.
    """
    if language == "und":
        return ()
    passages: list[ForeignPassage] = []
    first, last, size, code = 0, 0, 0, ""
    for span, spoken, length in (*_windows(document, language), (Span(0, 0), language, 0)):
        if spoken in {code, "und"} and code:
            last, size = (span.end, size + length) if spoken == code else (last, size)
            continue
        if code and size >= LEAST:
            passages.append(ForeignPassage(code, Span(first, last)))
        first, last, size, code = span.start, span.end, length, "" if spoken in {language, "und"} else spoken
    return tuple(passages)


def clauses_in_other_languages(proposal: Proposal, clauses: Iterable[Clause]) -> frozenset[str]:
    """Return the ids of the clauses in passages whose language is not assessed."""
    spans = [passage.span for passage in proposal.passages if passage.language not in ASSESSED_LANGUAGES]
    return frozenset(clause.id for clause in clauses if any(span.covers(clause.span) for span in spans))


def _windows(document: Document, language: str) -> Iterator[tuple[Span, str, int]]:
    """Yield blocks of running text with their language and length; of those in others, some 500 characters together."""
    pending: list[Block] = []
    for block in document.blocks:
        if block.kind in SKIPPED or len(block.span) < PROSE:
            continue
        is_own = share_of_words(block.span.of(document.text), language, 0.0) >= OWN
        if pending and (is_own or sum(len(other.span) for other in pending) >= WINDOW):
            yield _window(document, pending)
            pending = []
        if is_own:
            yield block.span, language, len(block.span)
        else:
            pending.append(block)
    if pending:
        yield _window(document, pending)


def _window(document: Document, blocks: list[Block]) -> tuple[Span, str, int]:
    text = "\n".join(block.span.of(document.text) for block in blocks)
    spoken = language_of(text)
    is_sure = share_of_words(text, spoken, 1.0) >= OTHER
    return Span(blocks[0].span.start, blocks[-1].span.end), spoken if is_sure else "und", len(text)
