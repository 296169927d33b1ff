"""Sentences that say no more than the clauses that they rest on."""

from dataclasses import dataclass

from impact.records.citation import Cited


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its clauses.

    Attributes:
        kind: "power", "pair", "silence" or "protection".
        text: The sentence; `{0}`, `{1}` stand where the clauses of the groups are named, each once.
        groups: The clauses; each group holds at least one.

    Raises:
        ValueError: If a group is empty, or the text names another number of groups.
    """

    kind: str
    text: str
    groups: tuple[tuple[Cited, ...], ...]

    def __post_init__(self) -> None:
        named = [f"{{{at}}}" for at in range(len(self.groups))]
        if not self.groups or not all(self.groups) or any(self.text.count(name) != 1 for name in named):
            raise ValueError(f"sentence {self.text!r} must name each of its {len(self.groups)} groups of clauses once")

    @property
    def clauses(self) -> tuple[str, ...]:
        """Ids of all clauses that it rests on, each once."""
        return tuple(dict.fromkeys(cite.clause for group in self.groups for cite in group))
