"""Whether a document was cut into pieces of sentences, as happens where a layout tears lines apart."""

from collections.abc import Sequence

from impact.records import PAGE_FORMATS, Clause, ClauseKind, Document
from impact.records.clause import NOT_ASSESSED

_WORDS = 4
_CHARACTERS = 30
"""Words and characters below which a clause is a fragment. Source: project judgment; scripts without spaces between
words have few words in long clauses."""

_SHARE = 0.4
"""Share of fragments from which there is a warning. Source: clauses of PDFs of RFCs whose links are in their place have
.17 to .29, the same PDFs torn at their links .28 to .54, plans of classes and slides .40 to .62."""

_LEAST = 20
"""Clauses of a document at least. Source: project judgment."""


def fragment_warnings(document: Document, clauses: Sequence[Clause]) -> tuple[str, ...]:
    """Return a remark if many clauses of a PDF are fragments, else nothing; only clauses with prose count."""
    if document.format not in PAGE_FORMATS:
        return ()
    left_out = NOT_ASSESSED | {ClauseKind.CODE}
    texts = [document.quote(clause.span) for clause in clauses if clause.kind not in left_out]
    count = sum(len(text) < _CHARACTERS and len(text.split()) < _WORDS for text in texts)
    if len(texts) < _LEAST or count < _SHARE * len(texts):
        return ()
    warning = (
        f"{count} of {len(texts)} clauses have fewer than {_WORDS} words: tables, figures or slides, or lines that "
        "were torn apart. Compare with the original."
    )
    return (warning,)
