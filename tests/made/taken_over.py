"""Tasks of the sandbox that are taken over by a hostile file, and outer filters such as those of a container."""

import json
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any

from impact.sandbox import seccomp
from impact.sandbox.attempts import Scene, succeeded

LANDLOCK, SECCOMP = (444, 445, 446), (317, 277)


class TakenOver(BaseException):
    """Ends a task; no reader catches it."""

    def __init__(self, outcomes: dict[str, bool]) -> None:
        self.outcomes = outcomes


def attempt_in(data: bytes, name: str, letter: str, ready: Callable[..., None]) -> bytes:
    """Do a real task up to where it has given up files, and attempt then what must fail; answer what succeeded."""
    terms: dict[str, Any] = json.loads(letter)
    scene = Scene(**terms["scene"])

    def taken_over(*fonts: Iterable[str]) -> None:
        ready(*fonts)
        raise TakenOver(succeeded(scene))

    task = getattr(import_module(terms["module"]), terms["function"])
    try:
        task(data, name, terms["letter"], taken_over)
    except TakenOver as end:
        return json.dumps(end.outcomes).encode()
    return b"null"


def forbid(numbers: Iterable[int], error: int = 1) -> None:
    """Refuse system calls to this process and all that it starts, as the filter of a container does."""
    refusal: seccomp.Instruction = (seccomp._RETURN, 0, 0, seccomp._ERRNO | error)
    assert seccomp._install([rule for number in numbers for rule in seccomp._when(number, [refusal])])
