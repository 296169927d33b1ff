"""The clauses of one document: by id, by section, and side by side."""

from collections.abc import Callable, Iterable
from functools import cached_property

from impact.records.clause import Clause
from impact.records.span import Span


class ClauseIndex:
    """The clauses of a document, ready to be asked often; what is not asked is not computed."""

    def __init__(self, clauses: Iterable[Clause]) -> None:
        self._clauses = tuple(clauses)

    def __contains__(self, address: str) -> bool:
        """Return whether there is a clause with this id."""
        return address in self._positions

    def clause(self, address: str) -> Clause:
        """Return the clause with this id.

        Raises:
            KeyError: If there is none.
        """
        return self._clauses[self._positions[address]]

    def position(self, address: str) -> int:
        """Return how many clauses stand before that with this id."""
        return self._positions[address]

    def in_sections_of(self, addresses: Iterable[str]) -> frozenset[str]:
        """Return the ids of all clauses in the sections of these clauses, themselves too (`Clause.section`)."""
        return frozenset().union(*(self._sections[self.clause(address).section] for address in addresses))

    def under_headings_of(self, addresses: Iterable[str]) -> frozenset[str]:
        """Return the ids of all clauses under the same headings as one of these; those without any are alike too."""
        return frozenset().union(*(self._headed[self.clause(address).headings] for address in addresses))

    def covering(self, span: Span) -> Clause | None:
        """Return the first clause that has all of `span`; None where none has."""
        return next((clause for clause in self._clauses if clause.span.covers(span)), None)

    def beside(self, clause: Clause, reach: int) -> tuple[Clause, ...]:
        """Return the assessed clauses near an assessed one in its section, without itself, nearest first.

        `reach` is how many assessed clauses on each side are near.
        """
        if not clause.assessed:
            return ()
        section, places = self._assessed[clause.section], self._places
        place = places[clause.id]
        near = (other for other in section[max(0, place - reach) : place + reach + 1] if other is not clause)
        return tuple(sorted(near, key=lambda other: (abs(places[other.id] - place), places[other.id])))

    @cached_property
    def _positions(self) -> dict[str, int]:
        return {clause.id: position for position, clause in enumerate(self._clauses)}

    @cached_property
    def _sections(self) -> dict[tuple[str, ...], frozenset[str]]:
        return _grouped(self._clauses, lambda clause: clause.section)

    @cached_property
    def _headed(self) -> dict[tuple[str, ...], frozenset[str]]:
        return _grouped(self._clauses, lambda clause: clause.headings)

    @cached_property
    def _assessed(self) -> dict[tuple[str, ...], list[Clause]]:
        sections: dict[tuple[str, ...], list[Clause]] = {}
        for clause in self._clauses:
            if clause.assessed:
                sections.setdefault(clause.section, []).append(clause)
        return sections

    @cached_property
    def _places(self) -> dict[str, int]:
        return {clause.id: place for section in self._assessed.values() for place, clause in enumerate(section)}


def _grouped(
    clauses: Iterable[Clause], key: Callable[[Clause], tuple[str, ...]]
) -> dict[tuple[str, ...], frozenset[str]]:
    groups: dict[tuple[str, ...], set[str]] = {}
    for clause in clauses:
        groups.setdefault(key(clause), set()).add(clause.id)
    return {name: frozenset(group) for name, group in groups.items()}
