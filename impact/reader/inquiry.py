"""Which clauses are asked about, with which labels, and how much of their surroundings is shown."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import prod

from impact.reader.addressed import addresses_reader
from impact.reader.legible import legible
from impact.records import Clause, Proposal, Span
from impact.taxonomy.values import Taxonomy

Chances = Mapping[tuple[int, str], float]
"""The chance, 0 to 1, that a clause (by 0-based place) proposes a label; absent means 0."""

WORTHWHILE = 0.03
"""Least chance that a clause proposes anything for it to be asked about. Source: clauses of .03 or more hold .96 of all
pairs that readers find in 893 new development clauses (.95 of 524 clauses of fresh folder 2), those of .05 or more .92
(.87)."""

LABELS = 7
"""Number of likeliest labels that a question names first. Source: these hold .88 of the pairs as above, five .85."""

LONGEST = 8_000
"""Most characters of a clause that is asked about. Source: project judgment; more is no single clause."""

_TITLE, _HEADING, _HEADINGS, _NEIGHBOR = 200, 120, 3, 500
"""Characters of a title, a heading and a neighbor at the most, and headings. Source: project judgment."""


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question to the second reader: one clause, what stands around it, and the labels asked about.

    Attributes:
        clause: Id of the clause.
        span: Where it stands in `Document.text`.
        text: The clause, made legible.
        title: Title of the document; this and the following are empty where absent or addressed to their reader.
        headings: The innermost ones, outermost first.
        before: What introduces the list that the clause is in, and the end of the clause before.
        after: The beginning of the clause after.
        asked: Labels to decide on first, in the order of the taxonomy, so that it does not reveal which is likeliest.
        chance: Chance that the clause proposes anything, 0 to 1.
        turn: How often the same was asked before.

    Raises:
        ValueError: If there is nothing to read or to ask.
    """

    clause: str
    span: Span
    text: str
    title: str
    headings: tuple[str, ...]
    before: str
    after: str
    asked: tuple[str, ...]
    chance: float = 1.0
    turn: int = 0

    def __post_init__(self) -> None:
        if not self.text or not self.asked:
            raise ValueError(f"an inquiry about clause {self.clause!r} has a text and labels")


def inquiries(
    proposal: Proposal, clauses: Sequence[Clause], chances: Chances | None, taxonomy: Taxonomy
) -> Iterator[Inquiry]:
    """Yield the questions on a document, in the order of its clauses.

    Without chances every assessed clause is asked about, with all labels.
    """
    text = proposal.document.text
    title = safe_text(proposal.title)[:_TITLE]
    likely = likely_in(chances) if chances is not None else {}
    neighbors = [place for place, clause in enumerate(clauses) if clause.assessed]
    for rank, place in enumerate(neighbors):
        clause = clauses[place]
        words = legible(clause.span.of(text))
        labels = likely.get(place, {}) if chances is not None else dict.fromkeys(taxonomy.labels, 1.0)
        chance = chance_of_any(labels)
        asked = _asked(labels, taxonomy) if chances is not None else taxonomy.labels
        if not words or chance < WORTHWHILE or not asked:
            continue
        before = clauses[neighbors[rank - 1]] if rank else None
        after = clauses[neighbors[rank + 1]] if rank + 1 < len(neighbors) else None
        yield Inquiry(
            clause=clause.id,
            span=clause.span,
            text=words,
            title=title,
            headings=tuple(filter(None, (safe_text(heading)[:_HEADING] for heading in clause.headings[-_HEADINGS:]))),
            before=_before(text, clause, before),
            after=safe_text(after.span.of(text))[:_NEIGHBOR] if after else "",
            asked=asked,
            chance=chance,
        )


def chance_of_any(labels: Mapping[str, float]) -> float:
    """Return the chance that a clause has any label at all, from the chances of single labels."""
    return round(1 - prod(1 - chance for chance in labels.values()), 9)  # .1 may be a hair less in binary


def likely_in(chances: Chances) -> dict[int, dict[str, float]]:
    """Return the chances of each clause, by its 0-based place."""
    likely: dict[int, dict[str, float]] = {}
    for (place, label), chance in chances.items():
        likely.setdefault(place, {})[label] = chance
    return likely


def _asked(labels: Mapping[str, float], taxonomy: Taxonomy) -> tuple[str, ...]:
    """Return the likeliest labels; of equal ones those that the taxonomy has first."""
    candidates = [label for label in taxonomy.labels if labels.get(label, 0) > 0]
    likeliest = sorted(candidates, key=lambda label: -labels[label])[:LABELS]
    return tuple(label for label in candidates if label in likeliest)


def _before(text: str, clause: Clause, before: Clause | None) -> str:
    """Return what introduces a list item, and the end of the clause before it, each where it fits."""
    end = safe_text(before.span.of(text)) if before else ""
    stem = safe_text(clause.stem.of(text)) if clause.stem else ""
    parts = (stem[-_NEIGHBOR:] if stem not in end else "", end[-_NEIGHBOR:])
    return " ".join(filter(None, parts))


def safe_text(text: str) -> str:
    """Return a text made legible; empty where it addresses its reader, or is too long for a single clause."""
    return "" if len(text) > LONGEST or addresses_reader(text) else legible(text)
