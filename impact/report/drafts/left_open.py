"""What a text leaves open, in the contribution: point by point, with the clauses that even deny it."""

from collections.abc import Iterable, Iterator

from impact.present.cleaning import clipped, plain
from impact.present.lists import counted, listed
from impact.records import Bearing, Omission
from impact.report.script import DraftLine, bullet, paragraph, subheading
from impact.report.view.guideline_answers import AnswerView
from impact.report.view.places import Places, in_clauses

OPEN, PLACES = 12, 6
"""Points left open, and places named. Source: project judgement."""


def left_open(answers: tuple[AnswerView, ...], at: Places) -> Iterator[DraftLine]:
    """Yield what no clause was found to say: in the order of the guidelines.

    Where clauses deny what is asked for, they are named. Where it is too much, a point of each guideline that a power
    bears on is kept before their others.
    """
    ordered = sorted(answers, key=_harmless)
    omissions = [
        (_harmless(answer), rank, answer, omission)
        for answer in ordered
        for rank, omission in enumerate(answer.omissions)
    ]
    shown = sorted(omissions, key=lambda omission: omission[:2])[:OPEN]
    if shown:
        yield subheading("What the text leaves open")
    for _, _, answer, omission in sorted(shown, key=lambda omission: answers.index(omission[2])):
        yield bullet(
            f"{omission.says} {omission.ask} ({_resting(omission, at)}RFC 9620 section {answer.answer.number})"
        )
    left = {omission[2].answer.number for omission in omissions if omission not in shown}
    if left:
        beyond = counted(len(omissions) - len(shown), "further point")
        is_left = "is" if len(omissions) - len(shown) == 1 else "are"
        sections = f"section{'s' if len(left) > 1 else ''}"
        rest = listed([answer.answer.number for answer in answers if answer.answer.number in left])
        yield paragraph(f"{beyond} of this kind, on {sections} {rest} of RFC 9620, {is_left} left out here.")


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
        name = clipped(plain(at.clause(clause).number), 40)
        place = at.position(clause)
        positions[name] = min(place, positions.get(name, place))
    positions.pop("", None)
    return sorted(positions, key=lambda name: positions[name])


def _harmless(answer: AnswerView) -> bool:
    return not answer.also and all(point.point.bearing is not Bearing.POWER for point in answer.points)
