"""Full text search: one dict of functions a database, so that the same words find the same proposals in each."""

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, text

LONGEST_WORD = 64
MOST_WORDS = 200_000
"""Words of a proposal that are indexed. Source: 36 bytes a word fill what PostgreSQL allows a vector only beyond it."""

UNSPACED = ((0x3040, 0x30FF), (0x3400, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))
"""First and last characters of scripts written without spaces. Source: Unicode blocks of kana and CJK ideographs."""


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


class _PlainLetters(dict[int, str]):
    """What each character is for a search: letters and digits without case and accents, a space for all others."""

    def __missing__(self, code: int) -> str:
        """Return it, and remember it; a character of a script without spaces is a word of its own."""
        decomposed = unicodedata.normalize("NFKD", chr(code).casefold())
        letters = (letter for letter in decomposed if not unicodedata.combining(letter))
        plain = "".join(letter if letter.isalnum() else " " for letter in letters)
        self[code] = f" {plain} " if any(start <= code <= end for start, end in UNSPACED) else plain
        return self[code]


PLAIN = _PlainLetters()


def index_words(text_: str) -> tuple[str, ...]:
    """Return the different words of a text as they are indexed: letters and digits, no case, no accents."""
    return tuple(dict.fromkeys(words_in_order(text_)))[:MOST_WORDS]


def words_in_order(text_: str) -> list[str]:
    """Return all words of a text as they are indexed."""
    return [word[:LONGEST_WORD] for word in text_.translate(PLAIN).split()]


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
