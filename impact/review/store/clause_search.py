"""Full text search in single clauses, with the same words and phrases in each kind of database."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, text

from impact.review.store.search import words_in_order

MOST_TERMS = 32
"""Terms of a question that count. Source: project judgment; a title has fewer."""

MOST_WORDS = 10_000
"""Words of a clause that are indexed. Source: PostgreSQL keeps positions up to 16,383."""

_TERM = re.compile(r'"([^"]*)"|(\S+)')
_QUOTES = str.maketrans(dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb", '"'))


@dataclass(frozen=True, slots=True)
class SearchTerm:
    """Words that follow each other in a clause.

    Attributes:
        whole: Whether the last word must be whole; otherwise it may be the beginning of one.
    """

    words: tuple[str, ...]
    whole: bool = False


@dataclass(frozen=True, slots=True)
class ClauseSearch:
    """What a database does to find clauses.

    Attributes:
        add: Keeps the words of clauses; pairs of the number of a row of `clauses` and its words in order.
        remove: Forgets the words of the clauses of a proposal.
        purge: Leaves nothing behind of what was forgotten, where the database can.
        condition: SQL that holds for clauses that have every term; it stands in a WHERE over `clauses` and takes one
            parameter, `terms`.
        to_parameter: Makes that parameter.
    """

    create: tuple[str, ...]
    add: Callable[[Connection, Sequence[tuple[int, list[str]]]], None]
    remove: Callable[[Connection, str], None]
    purge: Callable[[Connection], None]
    condition: str
    to_parameter: Callable[[Iterable[SearchTerm]], str]


def terms_of(question: str) -> tuple[SearchTerm, ...]:
    """Return what a question asks for: single words by their beginning, what stands in quotation marks verbatim."""
    terms: dict[SearchTerm, None] = {}
    for quoted, single in _TERM.findall(question.translate(_QUOTES)):
        words = tuple(words_in_order(quoted or single))
        if words:
            terms.setdefault(SearchTerm(words, whole=bool(quoted)))
    return tuple(terms)[:MOST_TERMS]


def _fts5_add(connection: Connection, rows: Sequence[tuple[int, list[str]]]) -> None:
    values = [{"id": number, "words": " ".join(words)} for number, words in rows]
    connection.execute(text("INSERT INTO clause_words (rowid, words) VALUES (:id, :words)"), values)


def _fts5_term(term: SearchTerm) -> str:
    return f'"{" ".join(term.words)}"' + ("" if term.whole else "*")


def _vector_add(connection: Connection, rows: Sequence[tuple[int, list[str]]]) -> None:
    values = [{"id": number, "words": _vector(words)} for number, words in rows]
    connection.execute(text("INSERT INTO clause_words VALUES (:id, CAST(:words AS tsvector))"), values)


def _vector(words: Iterable[str]) -> str:
    """Return words with their places as PostgreSQL reads a vector: 'boat':2,5 'quay':1."""
    places: dict[str, list[int]] = defaultdict(list)
    for place, word in enumerate(words, 1):
        places[word].append(place)
    return " ".join(f"'{word}':{','.join(map(str, at))}" for word, at in places.items())


def _vector_term(term: SearchTerm) -> str:
    return "(" + " <-> ".join(f"'{word}'" for word in term.words) + ("" if term.whole else ":*") + ")"


_OF_PROPOSAL = "(SELECT id FROM clauses WHERE proposal = :id)"

CLAUSE_SEARCH = {
    "sqlite": ClauseSearch(
        create=("CREATE VIRTUAL TABLE clause_words USING fts5(words, tokenize='unicode61')",),
        add=_fts5_add,
        remove=lambda connection, proposal: _remove(connection, "rowid", proposal),
        purge=lambda connection: _run(connection, "INSERT INTO clause_words (clause_words) VALUES ('optimize')"),
        condition="clauses.id IN (SELECT rowid FROM clause_words WHERE clause_words MATCH :terms)",
        to_parameter=lambda terms: " ".join(map(_fts5_term, terms)),
    ),
    "postgresql": ClauseSearch(
        create=(
            "CREATE TABLE clause_words (clause integer PRIMARY KEY, words tsvector NOT NULL)",
            "CREATE INDEX clause_words_words ON clause_words USING gin (words)",
        ),
        add=_vector_add,
        remove=lambda connection, proposal: _remove(connection, "clause", proposal),
        purge=lambda _: None,
        condition="clauses.id IN (SELECT clause FROM clause_words WHERE words @@ CAST(:terms AS tsquery))",
        to_parameter=lambda terms: " & ".join(map(_vector_term, terms)),
    ),
}
"""By name of the SQLAlchemy dialect."""


def _remove(connection: Connection, column: str, proposal: str) -> None:
    connection.execute(text(f"DELETE FROM clause_words WHERE {column} IN {_OF_PROPOSAL}"), {"id": proposal})  # noqa: S608 (names of our own)


def _run(connection: Connection, statement: str) -> None:
    connection.execute(text(statement))
