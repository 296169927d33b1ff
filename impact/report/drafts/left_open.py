"""What a text leaves open, in the contribution: point by point, with the clauses that even deny it."""

from collections.abc import Iterable, Iterator

from impact.present.cleaning import clipped
from impact.present.lists import listed
from impact.records import Omission
from impact.report.script import DraftLine, bullet, subheading
from impact.report.view.guideline_answers import AnswerView
from impact.report.view.places import Places, in_clauses

PLACES = 6
"""Places named. Source: project judgment."""


def left_open(answers: tuple[AnswerView, ...], at: Places) -> Iterator[DraftLine]:
    """Yield what no clause was found to say, in the order of the guidelines; clauses that deny it are named."""
    omissions = [(answer, omission) for answer in answers for omission in answer.omissions]
    if omissions:
        yield subheading("What the text leaves open")
    for answer, omission in omissions:
        yield bullet(
            f"{omission.says} {omission.ask} ({_resting(omission, at)}RFC 9620 section {answer.answer.number})"
        )


def _resting(omission: Omission, at: Places) -> str:
    """Return the numbers of the clauses that a point rests on, before a semicolon; empty where it rests on none."""
    named = numbered_clauses(omission.clauses, at)
    return f"{named[2:-1]}; " if named else ""


def numbered_clauses(quoted: Iterable[str], at: Places) -> str:
    """Return the first official numbers of clauses, in the order of the text, in brackets, and how many are left."""
    numbers = numbers_of(quoted, at)
    more = [f"{len(numbers) - PLACES} more"] if len(numbers) > PLACES else []
    return f" ({listed([*in_clauses(numbers[:PLACES]), *more])})" if numbers else ""


def numbers_of(quoted: Iterable[str], at: Places) -> list[str]:
    """Return the official numbers of clauses, each once, in the order of the text."""
    positions: dict[str, int] = {}
    for clause in quoted:
        name = clipped(at.numbered(clause), 40)
        place = at.position(clause)
        positions[name] = min(place, positions.get(name, place))
    positions.pop("", None)
    return sorted(positions, key=lambda name: positions[name])
