"""Tries the sandbox out: a child attempts what must fail, and the parent looks what came of it."""

import json
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from impact.errors import ImpactError
from impact.present.lists import listed
from impact.sandbox.attempts import Scene, attempt
from impact.sandbox.confinement import FILES, WHOLE
from impact.sandbox.limits import Limits
from impact.sandbox.parent import POLICY, STRICT, WEAKER, answered, warn_once

_LIMITS = Limits(cpu_seconds=10, wall_seconds=30.0, memory_bytes=512 * 1024 * 1024)


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of it.

    Attributes:
        failure: Why there is no result: the child did not even start, or gave no answer; empty where there is one.
        succeeded: Names of `impact.sandbox.attempts.ATTEMPTS` that a hostile file could do here.
        refused: Names of those that it could not.
        walls: Walls that the child says it has.
    """

    failure: str
    succeeded: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    walls: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether nothing succeeded, and all walls that there have to be are there."""
        return not self.failure and not self.succeeded and WHOLE.issubset(self.walls)

    @property
    def meaning(self) -> str:
        """What a hostile file could do, as a clause."""
        if self.failure:
            return f"the sandbox does not work here: {self.failure}"
        if self.succeeded:
            return f"a hostile document could {listed(self.succeeded)}"
        return "" if self.is_whole else "some protections of the sandbox are not available here"

    @property
    def hides_files(self) -> bool:
        """Whether the files of the user cannot be opened."""
        return FILES in self.walls


def checked(*, weaker: bool) -> Trial:
    """Try the sandbox out, and let the processes that are started from now on know what is to hold.

    Unless `weaker` is accepted, they refuse files where it is not whole; where it is accepted, they do not warn again.
    """
    trial = try_out()
    if not weaker:
        os.environ[POLICY] = STRICT
    elif not trial.is_whole:
        _silence()
    return trial


def warn_for_all() -> None:
    """Warn now if the sandbox is not whole, so that the processes that are started from now on need not."""
    with suppress(ImpactError):  # said of each document
        walls = answered(_nothing, b"", "the trial", "", _LIMITS)[1]
        if warn_once(walls):
            _silence()


def _nothing(_data: bytes, _name: str, _letter: str, ready: Callable[..., None]) -> bytes:
    ready()
    return b""


def _silence() -> None:
    if os.environ.get(POLICY) != STRICT:
        os.environ[POLICY] = WEAKER


def try_out() -> Trial:
    """Return what a hostile file could do on this system; nobody is warned of it."""
    try:
        with _scene() as scene:
            answer, walls = answered(attempt, b"", "the trial", scene.letter, _LIMITS)
            outcomes = {str(name): bool(done) for name, done in json.loads(answer).items()}
            outcomes["write files"] = outcomes.get("write files", False) or Path(scene.outside).exists()
    except ImpactError as error:
        return Trial(error.message)
    except (OSError, ValueError, AttributeError) as error:
        return Trial(f"the trial could not be made ({error})")
    done = tuple(name for name, success in outcomes.items() if success)
    return Trial("", done, tuple(name for name in outcomes if name not in done), tuple(walls))


@contextmanager
def _scene() -> Iterator[Scene]:
    """Give a scene with servers that listen, for as long as it is used."""
    with TemporaryDirectory(prefix="impact-") as name, socket.create_server(("127.0.0.1", 0)) as server:
        folder = Path(name)
        secret = folder / "secret"
        secret.write_text("secret", encoding="ascii")
        with _door(folder) as door:
            yield Scene(
                secret=str(secret),
                folder=str(Path.cwd()),
                outside=str(folder / "outside"),
                port=server.getsockname()[1],
                door=door,
                parent=os.getpid(),
                memory=_LIMITS.memory_bytes + 1,
            )


@contextmanager
def _door(folder: Path) -> Iterator[str]:
    """Give the path of a socket on which somebody listens; empty where the system has none, or the path is too long."""
    if not hasattr(socket, "AF_UNIX"):
        yield ""
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listening:
        try:
            listening.bind(str(folder / "door"))
        except OSError:
            yield ""
            return
        listening.listen()
        yield str(folder / "door")
