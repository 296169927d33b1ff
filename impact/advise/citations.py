"""Citations of a statement: each clause once."""

from collections.abc import Iterable, Iterator

from impact.records import Cited, Span


def first_of_clauses(cites: Iterable[Cited]) -> Iterator[Cited]:
    """Yield the first citation of each clause, in their order."""
    clauses: set[str] = set()
    for cite in cites:
        if cite.clause not in clauses:
            clauses.add(cite.clause)
            yield cite


def joined_by_clause(cites: Iterable[Cited]) -> tuple[Cited, ...]:
    """Return one citation a clause with all the words cited of it, in the order in which the clauses come."""
    spans: dict[str, set[Span]] = {}
    for cite in cites:
        spans.setdefault(cite.clause, set()).update(cite.evidence)
    return tuple(Cited(clause, tuple(sorted(words))) for clause, words in spans.items())
