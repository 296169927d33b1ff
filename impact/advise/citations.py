"""Citations of a statement: each clause once."""

from collections.abc import Iterable, Iterator

from impact.advise.context import Context
from impact.present.places import PlaceKind, PlaceName, place_name
from impact.records import Cited, Span

CLAUSES = 3
"""Clauses named for one power or safeguard. Source: project judgment."""

TRIED = 6
"""Equally grave clauses of one power among which one that can be restated is looked for. Source: project judgment."""


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


def distinctly_numbered(context: Context, cites: Iterable[Cited]) -> tuple[Cited, ...]:
    """Return the citations but for those that would be named as an earlier one is: by number, else page or heading."""
    first: dict[PlaceName | str, Cited] = {}
    for cite in cites:
        name = place_name(context.clause(cite.clause), context.assessment.document)
        first.setdefault(name if name.kind not in {PlaceKind.WORDS, PlaceKind.ROW} else cite.clause, cite)
    return tuple(first.values())
