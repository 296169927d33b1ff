"""The worksheet of the four tests for qualified rights, with quotes where the text answers and blanks where not."""

from dataclasses import dataclass

from impact.records import Assessment, SafeguardFound
from impact.report.cards import Places, Where
from impact.report.concerns import Concern
from impact.report.matrix import Row
from impact.report.quotes import Piece, pieces
from impact.report.words import inside, words

QUOTES = 2
LIMIT = 220


@dataclass(frozen=True, slots=True)
class Prong:
    """One of the four tests for one right, with what the text may say to it; `answers` empty: for a reader alone."""

    id: str
    name: str
    question: str
    answers: tuple[tuple[Where, tuple[Piece, ...]], ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The tests for one right and the mechanisms found that have a primary link to it."""

    row: Row
    mechanisms: tuple[str, ...]
    note: str
    tests: tuple[Prong, ...]


@dataclass(frozen=True, slots=True)
class Worksheet:
    """All of it.

    Attributes:
        sheets: Rights that may be limited and to which a mechanism found has a primary link.
        absolute: Rights that may not be limited, or not in part, by a primary or a secondary link.
        further: Names of the rights that may be limited and are reached by secondary links alone.
    """

    sheets: tuple[Sheet, ...]
    absolute: tuple[Row, ...]
    further: tuple[str, ...]


def worksheet_of(assessment: Assessment, rows: tuple[Row, ...], concerns: tuple[Concern, ...], at: Places) -> Worksheet:
    """Return the worksheet for the rights touched, in the order of the taxonomy."""
    limited = [row for row in rows if row.right.limits != "absolute"]
    sheets = tuple(_sheet(assessment, row, concerns, at) for row in limited if row.primary)
    absolute = tuple(row for row in rows if row.right.limits in {"absolute", "partly"})
    return Worksheet(sheets, absolute, tuple(row.right.name for row in limited if not row.primary))


def _sheet(assessment: Assessment, row: Row, concerns: tuple[Concern, ...], at: Places) -> Sheet:
    linked = [one for one, cell in zip(concerns, row.cells, strict=True) if cell == "primary"]
    matching = {name for one in linked for name in one.mechanism.safeguards}
    found = [one for one in assessment.safeguards if one.safeguard in matching]
    tests = tuple(
        Prong(one["id"], one["name"], one["question"], _answers(assessment, found, set(one["safeguards"]), at))
        for one in words()["tests"]
    )
    note = str(words()["worksheet"].get(row.right.limits, ""))
    return Sheet(row, tuple(inside(one.mechanism.name) for one in linked), note, tests)


def _answers(
    assessment: Assessment, found: list[SafeguardFound], wanted: set[str], at: Places
) -> tuple[tuple[Where, tuple[Piece, ...]], ...]:
    by_clause = {one.clause: one for one in found if one.safeguard in wanted}
    return tuple(
        (at.where(one.clause), pieces(assessment.document.text, at.clause(one.clause).span, one.evidence, LIMIT))
        for one in list(by_clause.values())[:QUOTES]
    )
