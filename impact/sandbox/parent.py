"""Starts the child, sends it a file, and takes its answer or says why there is none."""

import logging
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from tempfile import TemporaryFile
from threading import Thread, Timer
from typing import IO, Any

from impact.errors import LimitError, MissingError, ScanError, UnreadableError
from impact.sandbox.child import ANSWER, request
from impact.sandbox.confinement import CALLS, FILES
from impact.sandbox.limits import Limits
from impact.sandbox.own_folders import search_path
from impact.sandbox.parcel import Intake

Task = Callable[[bytes, str, str, Callable[..., None]], bytes]
"""What a child does with a file: `task(data, name, letter, ready)`. It is a function of a module, imports all that it
needs, calls `ready`, and only then touches the data: from that call on it can open no file but those of the program,
and those below the folders that it names in the call (`impact.sandbox.own_folders.FONTS`)."""

POLICY, STRICT, WEAKER = "IMPACT_SANDBOX", "strict", "weaker"
"""Variable of the environment, which all processes of a server share, with its values: where only a whole sandbox will
do, and where a person has been warned that it is not whole."""

_START = "import sys; sys.path[:] = sys.argv[1:]; from impact.sandbox import child; child.perform()"
# What the dynamic loader or Windows may need to start the interpreter; nothing else of the user's is handed on.
_ENVIRONMENT = ("LD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH", "WEASYPRINT_DLL_DIRECTORIES", "SYSTEMROOT", "TMPDIR")
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}  # Landlock holds for the first thread alone
_ERRORS = {kind.__name__: kind for kind in (UnreadableError, ScanError, LimitError, MissingError)}
_LONGEST = 600
"""Characters of a message of the child process that are passed on. Source: project judgment."""

_PIECE = 1 << 18
_MISSING = {
    FILES: "this system cannot hide your files from the process that reads documents",
    CALLS: "this system cannot deny the network and new processes to the process that reads documents",
}
"""What it means that a wall is missing."""

_REST = "Limits on time and memory still hold. Run impact doctor for details"
_log = logging.getLogger("impact.sandbox")
_warned: list[str] = []


def perform(task: Task, data: bytes, name: str, letter: str, limits: Limits) -> bytes:
    """Have a child process make other bytes of the bytes of a file.

    Args:
        task: What it does; a function that can be imported by its name.
        data: The whole file.
        name: Its name without folders, for messages.
        letter: What else the task needs to know.
        limits: What the child may use.

    Raises:
        UnreadableError: If the task refuses the file, or the child's answer makes no sense.
        MissingError: If something that the task needs is not installed.
        LimitError: If the child was stopped or crashed; the message names the limit.
    """
    limits = replace(limits, strict=limits.strict or os.environ.get(POLICY) == STRICT)
    answer, walls = answered(task, data, name, letter, limits)
    warn_once(walls)
    return answer


def answered(task: Task, data: bytes, name: str, letter: str, limits: Limits) -> tuple[bytes, list[str]]:
    """Return as `perform`, and which walls of `impact.sandbox.confinement` held; nobody is warned if some did not."""
    address = (task.__module__, task.__qualname__)
    code, answer, late = _converse(request(address, data, name, letter, limits), limits)
    if late or code != 0 or len(answer) > limits.answer_bytes:
        raise _stopped(name, code, limits, late=late, long=len(answer) > limits.answer_bytes)
    try:
        intake = Intake(answer)
        outcome, *rest = intake.strings()
        if outcome == ANSWER:
            return intake.rest(), rest
        message, hint = (_plain(part) for part in rest)
        error = _ERRORS[outcome](message, hint)
    except (ValueError, KeyError) as failure:
        raise nonsense(name, failure) from failure
    raise error


def nonsense(name: str, failure: Exception) -> UnreadableError:
    """Return the refusal of a file whose child answered what no honest child would."""
    message = f"{name} could not be read: the reader gave an invalid answer ({failure})"
    return UnreadableError(message, "Do not trust this file; report it if it comes from a known source")


def _converse(sent: Sequence[bytes], limits: Limits) -> tuple[int, bytes, bool]:
    """Start a child, send it `sent` and return its exit status, its answer, and whether it was too late."""
    late = False

    def stop() -> None:
        nonlocal late
        late = True
        _kill(child)

    with TemporaryFile() as complaints, _start(complaints) as child:
        timer = Timer(limits.wall_seconds, stop)
        writer = Thread(target=_send, args=(child.stdin, sent), daemon=True)
        try:
            timer.start()
            writer.start()
            answer = _receive(child.stdout, limits.answer_bytes)
            if len(answer) > limits.answer_bytes:
                _kill(child)
            code = child.wait()
        finally:
            timer.cancel()
            _kill(child)
            writer.join()
        if code > 0:
            complaints.seek(0)
            _log.debug("the reader's process ended with %d: %s", code, complaints.read(4096).decode("utf-8", "replace"))
    return code, answer, late


def _start(complaints: IO[bytes]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        # -I: nothing from the environment or the current folder; -S: the path is the parent's, so none is worked out.
        [sys.executable, "-I", "-S", "-c", _START, *search_path()],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=complaints,
        env=_ONE_THREAD | {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ},
        cwd=os.path.abspath(os.sep),  # noqa: PTH100 - not the folder a person works in
        start_new_session=True,
        bufsize=0,
    )


def _send(pipe: Any, sent: Sequence[bytes]) -> None:
    """Write the request; a child that ended before it has read all of it says why by its exit status."""
    with suppress(BrokenPipeError, OSError), pipe:
        for piece in sent:
            view = memoryview(piece)
            while view:
                view = view[pipe.write(view) :]


def _receive(pipe: Any, most: int) -> bytes:
    """Return what comes until the pipe is closed or more than `most` bytes have come."""
    pieces, size = [], 0
    while size <= most and (piece := pipe.read(_PIECE)):
        pieces.append(piece)
        size += len(piece)
    return b"".join(pieces)


def _kill(child: "subprocess.Popen[bytes]") -> None:
    """End the child and all that it may have started; nothing happens where it has ended and was waited for."""
    if child.returncode is not None:
        return
    with suppress(ProcessLookupError, PermissionError):
        if sys.platform == "win32":
            child.kill()
        else:
            os.killpg(child.pid, signal.SIGKILL)


def _stopped(name: str, code: int, limits: Limits, *, late: bool, long: bool) -> UnreadableError:
    memory = f"{limits.memory_bytes // 2**20} MB"
    if late:
        message = f"{name} took longer than {limits.wall_seconds:g} s to read"
        return LimitError(message, "Split the document, or allow more time")
    if long:
        message = f"{name} produces more than {limits.answer_bytes // 2**20} MB of text and positions"
        return LimitError(message, "Split the document")
    if code > 0:
        message = f"{name} could not be read: the reading process did not start (exit status {code})"
        return UnreadableError(
            message, "Run again with logging at level DEBUG to find the cause; the installation may be damaged"
        )
    number = -code
    if sys.platform != "win32" and number == signal.SIGXCPU:
        message = f"{name} took more than {limits.cpu_seconds} s of processor time to read"
        return LimitError(message, "Split the document, or allow more time")
    message = f"{name} crashed the reader ({_signal(number)}): it is damaged, malicious or needs more than {memory}"
    return LimitError(message, "Open it and save it again as PDF or DOCX, or allow more memory")


def _signal(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def warn_once(walls: list[str]) -> bool:
    """Warn, once in this process, if a child could not be cut off from files, network and processes; return whether."""
    missing = [meaning for wall, meaning in _MISSING.items() if wall not in walls]
    if missing and not _warned and os.environ.get(POLICY) != WEAKER:
        _warned.append(WEAKER)
        _log.warning("%s. %s", "; ".join(missing), _REST)
    return bool(missing)


def _plain(text: str) -> str:
    """Return a message without control characters and of bearable length: a taken-over child may have written it."""
    return "".join(character if character.isprintable() else " " for character in text[:_LONGEST])
