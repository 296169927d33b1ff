"""Which clauses of a document are kept in its sketch."""

from collections.abc import Sequence
from itertools import islice

from impact.match.copied import runs, stock
from impact.match.masking import masked
from impact.records import Assessment, Clause, ClauseKind

MOST = 64
"""Clauses that are kept at the most. Source: measured with bench/match.py; a third of a second of the encoder."""

FEWEST_WORDS = 6
"""Words below which a clause says too little to be recognized. Source: project judgment."""

LONG_ENOUGH = 60
"""Words from which more of them make no clause worth more: the encoder reads 96 tokens. Source: models/encoder."""

READ = frozenset({"en", "und"})
"""Languages that the encoder reads; "und" is text too short to tell. Source: models/encoder."""

_ORDER = {
    ClauseKind.REQUIREMENT: 1,
    ClauseKind.STATEMENT: 2,
    ClauseKind.DEFINITION: 2,
    ClauseKind.INFORMATIVE: 3,
    ClauseKind.NOTE: 3,
    ClauseKind.EXAMPLE: 3,
    ClauseKind.CODE: 4,
}


STOCK_SHARE = 0.5
"""Share of stock sequences of words from which a clause is a notice of its publisher. Source: project judgment."""


def chosen(assessment: Assessment, terms: Sequence[str]) -> tuple[Clause, ...]:
    """Return at most `MOST` clauses in the order of the text; none where the encoder does not know the language.

    Those with a finding or safeguard come first, then requirements, strongest first, then what states or defines, then
    the rest; among equals the longer, since it says more. Notices that many documents carry are left out.
    """
    if assessment.proposal.language not in READ:
        return ()
    marked = {rated.finding.clause for rated in assessment.findings} | {
        safeguard.clause for safeguard in assessment.safeguards
    }

    def rank(place: int) -> tuple[int, int, int, int]:
        clause = assessment.clauses[place]
        words = min(_words(assessment, clause), LONG_ENOUGH)
        first = 0 if clause.id in marked else _ORDER[clause.kind]
        return first, clause.strength.rank if first else 0, -words, place

    fit = [
        place
        for place, clause in enumerate(assessment.clauses)
        if clause.assessed and _words(assessment, clause) >= FEWEST_WORDS
    ]
    own = (place for place in sorted(fit, key=rank) if not _is_stock(assessment, assessment.clauses[place], terms))
    return tuple(assessment.clauses[place] for place in sorted(islice(own, MOST)))


def _is_stock(assessment: Assessment, clause: Clause, terms: Sequence[str]) -> bool:
    own = runs([masked(assessment.document.quote(clause.span), terms)])
    return bool(own) and len(own & stock()) >= STOCK_SHARE * len(own)


def _words(assessment: Assessment, clause: Clause) -> int:
    return len(assessment.document.quote(clause.span).split())


def texts(assessment: Assessment, clauses: Sequence[Clause]) -> list[str]:
    """Return what each clause says, on one line, after the sentence that introduces its list."""
    document = assessment.document
    spans = ((clause.stem, clause.span) if clause.stem else (clause.span,) for clause in clauses)
    return [" ".join(" ".join(map(document.quote, both)).split()) for both in spans]
