"""What the program says of labeled clauses: put into their documents, or of its own clauses that hold their words."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from impact.records import ASSESSED_LANGUAGES, Clause, Proposal, Span
from impact.train.corpus.alignment import WordPlace, Words
from impact.train.corpus.clauses import Labeled
from impact.train.corpus.graft import graft
from impact.train.grading import Asker, Judgment, Statement

SHARED = 5
"""Words that a clause of ours must share with the place of a labeled clause, or all words of the shorter of the two.
Source: project judgment; a place that is not found word for word may be off by a word or two."""

NARROW = 0.5
"""Share of a clause's words inside of the place below which its evidence must lie there too. Source: project
judgment."""


@dataclass(frozen=True, slots=True)
class Grave:
    """A finding: its mechanism and the labeled clauses that it falls on, perhaps none."""

    mechanism: str
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DocumentAnswers:
    """What the program says of one document and of its labeled clauses.

    Attributes:
        body: Who made it, as described; empty where unknown.
        grades: Chance by id and label; absent is 0.
        named: Labels that it finds anywhere in the document.
        grave: Its firm findings, gravest first, see `Judgment.grave`.
        literal: How many labeled clauses were found word for word.
    """

    document: str
    body: str
    labels: Mapping[str, frozenset[str]]
    grades: Mapping[str, Mapping[str, float]]
    named: frozenset[str]
    grave: tuple[Grave, ...]
    doubtful: tuple[Grave, ...]
    literal: int
    lost: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Hold:
    """A labeled clause that a clause of ours stands for; only by evidence that meets `place` where there is one."""

    row: str
    place: Span | None = None

    def counts(self, statement: Statement) -> bool:
        return self.place is None or any(self.place.meets(span) for span in statement.evidence)


def answers_grafted(
    asker: Asker, name: str, rows: Sequence[Labeled], read: tuple[Proposal, Sequence[Clause]] | None
) -> DocumentAnswers:
    """Return what is said of the labeled clauses of one document when they are clauses of it.

    Where the document is not at hand, `read` is None, and they are judged on their own.
    """
    whole, clauses_read = read or (None, ())
    proposal, clauses, ids = graft(whole, clauses_read, rows)
    holds: dict[str, list[_Hold]] = defaultdict(list)
    for row, address in zip(rows, ids, strict=True):
        holds[address].append(_Hold(row.id))
    return replace(_answers(name, proposal.body, asker.ask(proposal, clauses, ids), rows, holds), literal=len(rows))


def answers_whole(
    asker: Asker, name: str, rows: Sequence[Labeled], read: tuple[Proposal, Sequence[Clause]]
) -> DocumentAnswers:
    """Return what is said of our own clauses that hold the words of the labeled clauses of one document.

    A labeled clause that stands for several clauses of ours is said to propose what any of them proposes. A clause of
    ours of which less than half is in the labeled clause counts only by evidence that is in it.
    """
    proposal, clauses = read
    words = Words(proposal.document.text)
    places = words.places([row.text for row in rows])
    holds: dict[str, list[_Hold]] = defaultdict(list)
    for row, place in zip(rows, places, strict=True):
        for clause in clauses if place else ():
            if place and clause.assessed and (hold := _hold(words, row, place, clause)):
                holds[clause.id].append(hold)
    assessed = proposal.language in ASSESSED_LANGUAGES or asker.second is not None
    judgment = asker.ask(proposal, clauses) if assessed else Judgment((), {}, ())
    lost = frozenset(row.id for row, place in zip(rows, places, strict=True) if not place)
    literal = sum(bool(place and place.literal) for place in places)
    return replace(_answers(name, proposal.body, judgment, rows, holds), literal=literal, lost=lost)


def _hold(words: Words, row: Labeled, place: WordPlace, clause: Clause) -> _Hold | None:
    if not clause.span.meets(place.span):
        return None
    both = Span(max(clause.span.start, place.span.start), min(clause.span.end, place.span.end))
    shared, in_clause, wanted = words.within(both), words.within(clause.span), words.within(place.span)
    if shared < min(SHARED, in_clause, wanted) or not shared:
        return None
    return _Hold(row.id, None if shared >= NARROW * in_clause else place.span)


def _answers(
    name: str, body: str, judgment: Judgment, rows: Sequence[Labeled], holds: Mapping[str, Sequence[_Hold]]
) -> DocumentAnswers:
    by_row: dict[str, set[str]] = {row.id: set() for row in rows}
    elsewhere: set[tuple[str, str, str]] = set()
    for statement in judgment.statements:
        for hold in holds.get(statement.clause, ()):
            if hold.counts(statement):
                by_row[hold.row].add(statement.label)
            else:
                elsewhere.add((statement.clause, hold.row, statement.label))
    grades: dict[str, dict[str, float]] = {row.id: {} for row in rows}
    for clause, here in holds.items():
        for hold in here:
            for label, chance in judgment.grades.get(clause, {}).items():
                if (clause, hold.row, label) not in elsewhere:
                    grades[hold.row][label] = max(chance, grades[hold.row].get(label, 0.0))
    labels = {row: frozenset(names) for row, names in by_row.items()}
    named = frozenset(statement.label for statement in judgment.statements)
    grave, doubtful = _graves(judgment.grave, holds), _graves(judgment.doubtful, holds)
    return DocumentAnswers(name, body, labels, grades, named, grave, doubtful, 0)


def _graves(statements: Sequence[Statement], holds: Mapping[str, Sequence[_Hold]]) -> tuple[Grave, ...]:
    return tuple(
        Grave(statement.label, tuple(hold.row for hold in holds.get(statement.clause, ()) if hold.counts(statement)))
        for statement in statements
    )
