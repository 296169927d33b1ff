"""Full text search: one dict of functions a database, so that the same words find the same proposals in each."""

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, text

LONGEST_WORD = 64
MOST_WORDS = 200_000
"""Words of a proposal that are indexed. Source: 36 bytes a word fill what PostgreSQL allows a vector only beyond it."""


@dataclass(frozen=True, slots=True)
class Search:
    """What a database does for search.

    Attributes:
        index: Keeps the words of a proposal in place of those it had.
        remove: Forgets the words of a proposal, and leaves nothing of them behind where the database can.
        condition: SQL that holds for proposals that have every word; it stands in a WHERE over `proposals` and takes
            one parameter, `index_words`.
        to_parameter: Makes that parameter of normalized words, of which each may be the beginning of a word.
    """

    create: tuple[str, ...]
    index: Callable[[Connection, str, Iterable[str]], None]
    remove: Callable[[Connection, str], None]
    condition: str
    to_parameter: Callable[[Iterable[str]], str]


def index_words(text_: str) -> tuple[str, ...]:
    """Return the different words of a text as they are indexed: letters and digits, no case, no accents."""
    plain = unicodedata.normalize("NFKD", text_.casefold())
    letters = (letter for letter in plain if not unicodedata.combining(letter))
    bare = "".join(letter if letter.isalnum() else " " for letter in letters)
    return tuple(dict.fromkeys(word[:LONGEST_WORD] for word in bare.split()))[:MOST_WORDS]


def _fts5_index(connection: Connection, proposal: str, words: Iterable[str]) -> None:
    connection.execute(text("DELETE FROM texts WHERE proposal = :id"), {"id": proposal})
    row = {"id": proposal, "words": " ".join(words)}
    connection.execute(text("INSERT INTO texts (proposal, words) VALUES (:id, :words)"), row)


def _fts5_remove(connection: Connection, proposal: str) -> None:
    connection.execute(text("DELETE FROM texts WHERE proposal = :id"), {"id": proposal})
    connection.execute(text("INSERT INTO texts (texts) VALUES ('optimize')"))


def _vector_index(connection: Connection, proposal: str, words: Iterable[str]) -> None:
    statement = text(
        "INSERT INTO texts (proposal, words) VALUES (:id, array_to_tsvector(CAST(:words AS text[])))"
        " ON CONFLICT (proposal) DO UPDATE SET words = excluded.words"
    )
    connection.execute(statement, {"id": proposal, "words": list(words)})


def _vector_remove(connection: Connection, proposal: str) -> None:
    connection.execute(text("DELETE FROM texts WHERE proposal = :id"), {"id": proposal})


SEARCH = {
    "sqlite": Search(
        create=("CREATE VIRTUAL TABLE texts USING fts5(proposal UNINDEXED, words, tokenize='unicode61')",),
        index=_fts5_index,
        remove=_fts5_remove,
        condition="proposals.id IN (SELECT proposal FROM texts WHERE texts MATCH :words)",
        to_parameter=lambda words: " ".join(f'"{word}"*' for word in words),
    ),
    "postgresql": Search(
        create=(
            "CREATE TABLE texts (proposal text PRIMARY KEY, words tsvector NOT NULL)",
            "CREATE INDEX texts_words ON texts USING gin (words)",
        ),
        index=_vector_index,
        remove=_vector_remove,
        condition="proposals.id IN (SELECT proposal FROM texts WHERE words @@ CAST(:words AS tsquery))",
        to_parameter=lambda words: " & ".join(f"'{word}':*" for word in words),
    ),
}
"""By name of the SQLAlchemy dialect."""
