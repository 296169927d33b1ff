"""The child process: takes one request from its standard input, performs one task on hostile bytes, answers, ends."""

import os
import sys
from collections.abc import Sequence
from dataclasses import fields
from importlib import import_module

from impact.errors import ImpactError, LimitError, UnreadableError
from impact.sandbox import confinement
from impact.sandbox.limits import Limits
from impact.sandbox.parcel import Intake, Parcel

REFUSED = "this system cannot confine the process that reads documents"
STRICT_HINT = "Run impact doctor to see what is missing"

ANSWER = "answer"
"""Outcome of a task that came to its end; the others are names of errors."""


def request(task: tuple[str, str], data: bytes, name: str, letter: str, limits: Limits) -> tuple[bytes, ...]:
    """Return what the parent sends, in pieces; `task` is the module and the name of a function."""
    parcel = Parcel()
    parcel.strings([str(os.getpid()), *(str(+getattr(limits, field.name)) for field in fields(limits))])
    parcel.strings([*task, name, letter])
    parcel.put(data)
    return parcel.pieces()


def perform() -> None:
    """Answer one request."""
    intake = Intake(sys.stdin.buffer.read())
    answer_to = _keep_output()
    parent, *numbers = intake.strings()
    limits = _limits(numbers)
    confinement.die_with(int(parent))
    confinement.limit(limits)
    module, function, name, letter = intake.strings()
    with os.fdopen(answer_to, "wb") as output:
        for piece in _answer((module, function), bytes(intake.take()), name, letter, strict=limits.strict):
            output.write(piece)
    # Without the tidying up of an interpreter that is not needed any more.
    os._exit(0)


def _limits(numbers: list[str]) -> Limits:
    """Return limits from their numbers in the order of the fields, each as the type that it has by default."""
    default = Limits()
    pairs = zip(fields(Limits), numbers, strict=True)
    return Limits(**{field.name: type(getattr(default, field.name))(float(number)) for field, number in pairs})


def _keep_output() -> int:
    """Return the way to the parent, and let what a library prints go nowhere."""
    answer_to = os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1):
        os.dup2(nowhere, descriptor)
    os.close(nowhere)
    return answer_to


def _answer(task: tuple[str, str], data: bytes, name: str, letter: str, *, strict: bool) -> tuple[bytes, bytes]:
    parcel, answer, walls = Parcel(), b"", list[str]()

    def ready(fonts: Sequence[str] = ()) -> None:
        walls.extend(["", *confinement.close(fonts)])
        if strict and not confinement.WHOLE.issubset(walls):
            raise UnreadableError(f"{name} was not opened: {REFUSED}", STRICT_HINT)

    try:
        module, function = task
        answer = getattr(import_module(module), function)(data, name, letter, ready)
        parcel.strings([ANSWER, *walls[1:]] if walls else [])  # a task that never closed them has no answer
    except ImpactError as error:
        parcel.strings([type(error).__name__, error.message, error.hint])
    except MemoryError:
        parcel.strings([LimitError.__name__, f"{name} needs more memory than one file may use", "Split the document"])
    except Exception as error:  # noqa: BLE001  # a library may raise anything on a hostile file
        message = f"{name} could not be processed ({type(error).__name__})"
        hint = "Save it again in the program that created it, and try again"
        parcel.strings([UnreadableError.__name__, message, hint])
    return parcel.bytes(), answer
