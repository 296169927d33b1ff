"""Other programs, such as LibreOffice and Tesseract: each a confined child that makes another file of a document."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from tempfile import TemporaryFile

from impact.errors import UnreadableError
from impact.sandbox.child import REFUSED, STRICT_HINT
from impact.sandbox.limits import Limits
from impact.sandbox.own_folders import search_path
from impact.sandbox.parent import POLICY, STRICT

_START = (
    "import json, sys; count = int(sys.argv[1]); sys.path[:] = sys.argv[2:2 + count]; "
    "from impact.sandbox.program import become; become(json.loads(sys.argv[2 + count]), sys.argv[3 + count:])"
)
_NOT_CONFINED = 77
"""Exit status where a program was not started since the system cannot confine it."""


@dataclass(frozen=True, slots=True)
class OtherProgram:
    """A program and what it may use.

    Attributes:
        command: Its path and arguments.
        grounds: Folders that it may read, and whose programs it may execute.
        environment: Variables beside those that every program gets.
        memory: How often it may use the memory that a reader may.
    """

    command: tuple[str, ...]
    grounds: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)
    memory: int = 1


def run(program: OtherProgram, folder: str, data: bytes, name: str, limits: Limits) -> tuple[int, bytes]:
    """Have a program work on a document, and return its exit status and what it printed.

    It may write to one folder only, in which it runs, and may use neither the network nor other programs' sockets.

    Args:
        program: What is started.
        folder: The folder, without anything of another document.
        data: What it reads from its standard input.
        name: The document, for messages.
        limits: Of the program; it may print as many bytes as the document may have.

    Raises:
        UnreadableError: If the system cannot confine the program, where only a whole sandbox will do.
        subprocess.TimeoutExpired: If it takes too long.
    """
    strict = limits.strict or os.environ.get(POLICY) == STRICT
    terms = [limits.memory_bytes * program.memory, limits.cpu_seconds, limits.file_bytes, os.getpid(), int(strict)]
    path = search_path()
    letter = json.dumps([terms, program.grounds])
    command = [sys.executable, "-I", "-S", "-c", _START, str(len(path)), *path, letter, *program.command]
    usual = {"PATH": os.environ.get("PATH", os.defpath), "HOME": folder, "TMPDIR": folder, "LC_ALL": "C.UTF-8"}
    with (
        TemporaryFile() as printed,
        subprocess.Popen(
            command,
            cwd=folder,
            env={**usual, **program.environment},
            stdin=subprocess.PIPE,
            stdout=printed,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        ) as child,
    ):
        try:
            child.communicate(data, timeout=limits.wall_seconds)
        finally:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(child.pid, signal.SIGKILL)
        if child.returncode == _NOT_CONFINED:
            raise UnreadableError(f"{name} was not opened: {REFUSED}", STRICT_HINT)
        printed.seek(0)
        return child.returncode, printed.read(limits.answer_bytes)


def become(letter: tuple[list[int], list[str]], command: list[str]) -> None:
    """Become a program under limits, in the child, and end it with this process or with the parent of this one.

    The program is a process below, since it may start others: they stay in one group, which this process, out of their
    reach, ends as a whole.
    """
    from impact.sandbox import confinement

    (memory, seconds, size, parent, strict), grounds = letter
    signal.signal(signal.SIGTERM, lambda *_: os.killpg(0, signal.SIGKILL))
    confinement.die_with(parent, signal.SIGTERM)
    confinement.limit(Limits(memory_bytes=memory, cpu_seconds=seconds))
    confinement.lower("RLIMIT_FSIZE", size)
    pid = os.fork()
    if pid:
        os._exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) & 0xFF)
    walls = confinement.close_program(os.getcwd(), grounds)  # noqa: PTH109 - pathlib is not loaded
    if strict and not confinement.WHOLE.issubset(walls):
        os._exit(_NOT_CONFINED)
    os.execv(command[0], command)  # noqa: S606 - no shell
