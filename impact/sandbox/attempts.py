"""What a hostile file would attempt in the child: attempted on purpose, to learn what holds on this system."""

import json
import os
import socket
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Scene:
    """What attempts are made on; all of it is there, and open to the process that starts the child.

    Attributes:
        secret: A file that can be read.
        folder: The folder a person works in.
        outside: Name of a file that does not exist, in a folder that can be written to.
        port: Of a server on 127.0.0.1.
        door: Path of a socket on which a server listens; empty where the system has no such sockets.
        parent: Number of the process that starts the child.
        memory: Bytes beyond the limit of the child.
    """

    secret: str
    folder: str
    outside: str
    port: int
    door: str
    parent: int
    memory: int

    @property
    def letter(self) -> str:
        """What `attempt` has to know, as JSON."""
        return json.dumps(asdict(self))


def attempt(_data: bytes, _name: str, letter: str, ready: Callable[..., None]) -> bytes:
    """Return, as JSON, whether each attempt succeeded; a task of the sandbox. What this system has not is left out."""
    import ctypes  # noqa: F401 (loaded before files are given up)

    scene = Scene(**json.loads(letter))
    ready()
    return json.dumps(succeeded(scene)).encode()


def succeeded(scene: Scene) -> dict[str, bool]:
    """Return whether each attempt succeeds in this process."""
    outcomes = {name: _succeeds(action, scene) for name, action in ATTEMPTS.items()}
    return {name: outcome for name, outcome in outcomes.items() if outcome is not None}


class InapplicableError(Exception):
    """This system, or this scene, does not have what is to be attempted."""


def _succeeds(action: Callable[[Scene], None], scene: Scene) -> bool | None:
    try:
        action(scene)
    except (OSError, MemoryError):
        return False
    except (AttributeError, ImportError, InapplicableError):
        return None
    return True


def _read(scene: Scene) -> None:
    with open(scene.secret, "rb") as file:  # noqa: PTH123 - as code in a child would
        file.read()


def _read_accounts(_scene: Scene) -> None:
    if sys.platform == "win32":
        raise InapplicableError
    with open("/etc/passwd", "rb") as file:  # noqa: PTH123
        file.read()


def _list_folder(scene: Scene) -> None:
    os.listdir(scene.folder)  # noqa: PTH208


def _write(scene: Scene) -> None:
    with open(scene.outside, "wb") as file:  # noqa: PTH123
        file.write(b"impact")


def _connect(scene: Scene) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as line:
        line.settimeout(2)
        line.connect(("127.0.0.1", scene.port))


def _connect_inside(scene: Scene) -> None:
    if not scene.door:
        raise InapplicableError
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.settimeout(2)
        line.connect(scene.door)


def _start(_scene: Scene) -> None:
    pid = os.fork()
    if not pid:
        os._exit(0)
    os.waitpid(pid, 0)


def _signal(scene: Scene) -> None:
    if sys.platform == "win32":
        raise InapplicableError
    os.kill(scene.parent, 0)


def _own_file(scene: Scene) -> None:
    """Have the system send signals to another process for a file."""
    import fcntl

    reading, writing = os.pipe()
    try:
        fcntl.fcntl(reading, getattr(fcntl, "F_SETOWN", 8), scene.parent)
    finally:
        os.close(reading)
        os.close(writing)


def _queue_calls(_scene: Scene) -> None:
    """Open io_uring, by which calls pass the filter unseen."""
    if sys.platform != "linux":
        raise InapplicableError
    import ctypes

    libc = ctypes.CDLL(None, use_errno=True)
    descriptor = libc.syscall(425, 1, ctypes.create_string_buffer(120))
    if descriptor < 0:
        raise OSError(ctypes.get_errno(), "io_uring_setup")
    os.close(descriptor)


def _take_memory(scene: Scene) -> None:
    bytearray(scene.memory)


ATTEMPTS: dict[str, Callable[[Scene], None]] = {
    "read files": _read,
    "read the list of accounts": _read_accounts,
    "list the current folder": _list_folder,
    "write files": _write,
    "connect to the network": _connect,
    "connect to other programs": _connect_inside,
    "start processes": _start,
    "signal other processes": _signal,
    "send signals by a file": _own_file,
    "pass calls by io_uring": _queue_calls,
    "exceed the limit on memory": _take_memory,
}
"""What is attempted, by what a person would call it."""
