"""Put labeled clauses into the document they are from, so that they are judged in their context."""

from collections.abc import Sequence
from dataclasses import replace

from impact.classify.features import plain
from impact.describe.language import language_of
from impact.records import Block, Clause, ClauseKind, Document, Page, Proposal, Span
from impact.segment.sentences import sentences
from impact.segment.strength import strength_of, strengths_of
from impact.train.corpus.clauses import Labeled


def graft(
    proposal: Proposal | None, clauses: Sequence[Clause], labeled: Sequence[Labeled]
) -> tuple[Proposal, tuple[Clause, ...], tuple[str, ...]]:
    """Return a proposal in which every labeled clause is a clause, all clauses, and the id of each labeled one.

    A labeled clause with the same text as a clause of the document is that clause. Others are added at the end, with
    the headings of the clause that holds their words, or with their own heading. The proposal is None where the
    document is not at hand.
    """
    whole = proposal or _empty(labeled[0].document, "\n".join(row.text for row in labeled))
    text = whole.document.text
    by_words = {plain(clause.span.of(text)): clause for clause in clauses if clause.assessed}
    parts, added, ids = [text], [], []
    length = len(text)
    for row in labeled:
        words = plain(row.text)
        if words in by_words:
            ids.append(by_words[words].id)
            continue
        span = Span(length + 2, length + 2 + len(row.text))
        home = next((clause for other, clause in by_words.items() if words[:60] in other or other[:60] in words), None)
        headings = home.headings if home else (row.heading,) * bool(row.heading)
        added.append(_clause(row, span, headings))
        parts += ["\n\n", row.text]
        length = span.end
        ids.append(added[-1].id)
    document = replace(
        whole.document, text="".join(parts), blocks=(*whole.document.blocks, *(Block(clause.span) for clause in added))
    )
    return replace(whole, document=document), (*clauses, *added), tuple(ids)


def _clause(row: Labeled, span: Span, headings: tuple[str, ...]) -> Clause:
    cut = sentences(row.text, Span(0, len(row.text)))
    strengths = strengths_of([sentence.of(row.text) for sentence in cut])
    strength = strength_of(row.text)
    kind = ClauseKind.STATEMENT if strength == "descriptive" else ClauseKind.REQUIREMENT
    moved = tuple(Span(span.start + sentence.start, span.start + sentence.end) for sentence in cut)
    return Clause(f"labeled/{row.id}", "", headings, kind, 1, span, strength, moved, strengths=strengths)


def _empty(title: str, words: str) -> Proposal:
    document = Document("0" * 64, title, "text", "none", "", (), (Page(1),))
    return Proposal(document, title=title, language=language_of(words))
