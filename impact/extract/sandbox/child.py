"""The child process: takes one request from its standard input, reads or remakes one document, answers, ends."""

import os
import sys
from dataclasses import fields
from importlib import import_module
from typing import Any

from impact.errors import ImpactError, LimitError, UnreadableError
from impact.extract import readers
from impact.extract.limits import Limits
from impact.extract.options import Options
from impact.extract.sandbox import confinement
from impact.extract.sandbox.codec import Intake, Parcel, pack

DOCUMENT, FILE = "document", "file"


def request(data: bytes, name: str, options: Options, limits: Limits) -> tuple[bytes, ...]:
    """Return what the parent sends, in pieces."""
    parcel = Parcel()
    for settings in (options, limits):
        parcel.strings([str(getattr(settings, field.name)) for field in fields(settings)])
    parcel.strings([name])
    parcel.put(data)
    return parcel.pieces()


def errand(task: str, data: bytes, name: str, letter: str, limits: Limits) -> tuple[bytes, ...]:
    """Return what the parent sends to have a file remade, in pieces; see `jail.perform`."""
    parcel = Parcel()
    parcel.strings([str(getattr(limits, field.name)) for field in fields(limits)])
    parcel.strings([task, name, letter])
    parcel.put(data)
    return parcel.pieces()


def read() -> None:
    """Answer one request for a document."""
    intake = Intake(sys.stdin.buffer.read())
    answer_to = _keep_output()
    options, limits = _settings(intake, Options()), _settings(intake, Limits())
    confinement.limit(limits)
    (name,) = intake.strings()
    _finish(answer_to, _answer(bytes(intake.take()), name, options))


def perform() -> None:
    """Answer one request for a file made of a file."""
    intake = Intake(sys.stdin.buffer.read())
    answer_to = _keep_output()
    confinement.limit(_settings(intake, Limits()))
    task, name, letter = intake.strings()
    _finish(answer_to, _remade(task, bytes(intake.take()), name, letter))


def _finish(answer_to: int, answer: bytes) -> None:
    with os.fdopen(answer_to, "wb") as output:
        output.write(answer)
    # Without the tidying up of an interpreter that is not needed any more.
    os._exit(0)


def _keep_output() -> int:
    """Return the way to the parent, and let what a library prints go nowhere."""
    answer_to = os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1):
        os.dup2(nowhere, descriptor)
    os.close(nowhere)
    return answer_to


def _settings(intake: Intake, default: Any) -> Any:
    """Return settings of the type of `default`, each value as the type that it has there."""
    values = zip(fields(default), intake.strings(), strict=True)
    return type(default)(**{field.name: type(getattr(default, field.name))(value) for field, value in values})


def _answer(data: bytes, name: str, options: Options) -> bytes:
    held: list[str] = []
    parcel = Parcel()
    try:
        document = readers.read(data, name, options, lambda: held.extend(confinement.close()))
    except ImpactError as error:
        parcel.strings([type(error).__name__, error.message, error.hint])
        return parcel.bytes()
    del data
    parcel.strings([DOCUMENT, *held])
    pack(document, parcel)
    return parcel.bytes()


def _remade(task: str, data: bytes, name: str, letter: str) -> bytes:
    parcel = Parcel()
    try:
        annotate = import_module(task).annotate
        held = confinement.close()
        made = annotate(data, name, letter)
    except ImpactError as error:
        parcel.strings([type(error).__name__, error.message, error.hint])
    except MemoryError:
        parcel.strings([LimitError.__name__, f"{name} needs more memory than one file may use", "Split the document"])
    except Exception as error:  # noqa: BLE001  # a library may raise anything on a hostile file
        message = f"{name} could not be annotated ({type(error).__name__})"
        parcel.strings(
            [UnreadableError.__name__, message, "Save it again from the program that made it, and try again"]
        )
    else:
        parcel.strings([FILE, *held])
        parcel.put(made)
    return parcel.bytes()
