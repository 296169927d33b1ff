"""Which provisions of a document are kept in its sketch."""

from collections.abc import Iterator, Sequence

from impact.match.copied import runs, stock
from impact.match.masking import masked
from impact.match.provisions import provisions, tells
from impact.records import Assessment, Clause, ClauseKind

MOST = 128
"""Provisions that are kept at the most. Source: project judgment; half a second of the encoder, and two in three
documents of corpora and shared ones have no more."""

FEWEST_WORDS = 6
"""Words below which a clause says too little to be recognized. Source: project judgment."""

LONG_ENOUGH = 60
"""Words from which more of them make no clause worth more. Source: project judgment."""

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


def chosen(assessment: Assessment, terms: Sequence[str]) -> tuple[tuple[Clause, str], ...]:
    """Return at most `MOST` provisions with their clauses, in the order of the text; none in a language not `READ`.

    Clauses with a finding or safeguard come first, then requirements, strongest first, then what states or defines,
    then the rest; among equals the longer, since it says more. Notices that many documents carry are left out, and so
    are provisions that say nothing without the names that are masked.
    """
    if assessment.proposal.language not in READ:
        return ()
    kept: dict[int, tuple[str, ...]] = {}
    room = MOST
    for place in _ranked(assessment):
        clause = assessment.clauses[place]
        if room and not _is_stock(assessment, clause, terms):
            wordings = [text for text in provisions(_wording(assessment, clause)) if tells(masked(text, terms))]
            kept[place] = tuple(wordings[:room])
            room -= len(kept[place])
    return tuple((assessment.clauses[place], text) for place in sorted(kept) for text in kept[place])


def _ranked(assessment: Assessment) -> Iterator[int]:
    """Yield the places of the clauses that say enough, those to keep first."""
    marked = {rated.finding.clause for rated in assessment.findings} | {
        safeguard.clause for safeguard in assessment.safeguards
    }

    def rank(place: int) -> tuple[int, int, int, int]:
        clause = assessment.clauses[place]
        words = min(_words(assessment, clause), LONG_ENOUGH)
        first = 0 if clause.id in marked else _ORDER[clause.kind]
        return first, clause.strength.rank if first else 0, -words, place

    fit = (
        place
        for place, clause in enumerate(assessment.clauses)
        if clause.assessed and _words(assessment, clause) >= FEWEST_WORDS
    )
    yield from sorted(fit, key=rank)


def _is_stock(assessment: Assessment, clause: Clause, terms: Sequence[str]) -> bool:
    clause_runs = runs([masked(assessment.document.quote(clause.span), terms)])
    return bool(clause_runs) and len(clause_runs & stock()) >= STOCK_SHARE * len(clause_runs)


def _words(assessment: Assessment, clause: Clause) -> int:
    return len(assessment.document.quote(clause.span).split())


def _wording(assessment: Assessment, clause: Clause) -> str:
    """Return what a clause says, on one line, after the sentence that introduces its list."""
    spans = (clause.stem, clause.span) if clause.stem else (clause.span,)
    return " ".join(" ".join(map(assessment.document.quote, spans)).split())
