"""What a child gives up before it touches a document."""

import os
import sys
from collections.abc import Iterable, Sequence

from impact.sandbox.limits import Limits

FILES, CALLS, NETWORK = "files", "calls", "network"
"""Walls: no file of the user can be opened; no network, no processes, no writing; no network, where "calls" fails."""

WHOLE = frozenset({FILES, CALLS})
"""Walls that have to hold for the sandbox to be whole."""

_FILES_OPEN = 64
"""Files that the child process may have open. Source: project judgment; a reader opens one at a time."""

_PR_SET_PDEATHSIG, _SIGKILL = 1, 9
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000


def limit(limits: Limits) -> None:
    """Set the limits on memory, processor time and what a crash leaves behind; call it first of all."""
    os.umask(0o077)
    lower("RLIMIT_AS", limits.memory_bytes)
    lower("RLIMIT_CPU", limits.cpu_seconds, limits.cpu_seconds + 1)
    lower("RLIMIT_CORE", 0)


def die_with(parent: int, signal: int = _SIGKILL) -> None:
    """Have the system send this process a signal when its parent ends; end now if it has ended already.

    A program that replaces this process keeps it; a process forked from it does not, and has to ask again.

    Args:
        parent: Number of the process that was the parent when this one was started.
        signal: SIGKILL by default.
    """
    if sys.platform != "linux":
        return
    import ctypes

    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, ctypes.c_ulong(signal))
    if os.getppid() != parent:  # it ended before the system knew whom to tell
        os._exit(1)


def close(fonts: Sequence[str] = ()) -> list[str]:
    """Give up files, network and processes; call it when all modules needed are there.

    Args:
        fonts: Further folders that may be read.

    Returns:
        The walls that hold from now on.
    """
    lower("RLIMIT_NOFILE", _FILES_OPEN)
    lower("RLIMIT_FSIZE", 0)
    if not fonts:  # what draws letters makes threads, which are processes to this limit
        lower("RLIMIT_NPROC", 0)
    walls = []
    if sys.platform == "linux":
        from impact.sandbox import landlock, seccomp
        from impact.sandbox.own_folders import own_folders

        alone = _is_alone()
        confined = landlock.confine(landlock.Grounds(read=(*own_folders(), *fonts)))
        walls += [FILES] if confined and alone else []
        walls += [CALLS] if seccomp.confine() else []
        if CALLS not in walls and _leave_network():
            walls.append(NETWORK)
    return walls


def close_program(folder: str, grounds: Iterable[str]) -> list[str]:
    """Give up what another program that converts a document needs not, before this process becomes it.

    Args:
        folder: The only folder that may be written to.
        grounds: Folders with the program, which may be read and executed.

    Returns:
        The walls that hold from now on; "calls" lets a program start processes.
    """
    if sys.platform != "linux":
        return []
    from impact.sandbox import landlock, seccomp

    may_write = (folder, "/dev/null", "/dev/zero")
    whole = landlock.Grounds(("/dev/urandom", "/dev/random"), tuple(grounds), may_write)
    walls = [CALLS] if seccomp.confine_program() else []  # first: its table is a file
    walls += [FILES] if landlock.confine(whole) else []
    if CALLS not in walls and _leave_network():
        walls.append(NETWORK)
    return walls


def lower(name: str, soft: int, hard: int | None = None) -> None:
    """Set a limit, as far as this system knows it and lets it be set."""
    try:
        import resource

        code = getattr(resource, name)
        most = resource.getrlimit(code)[1]
        hard = soft if hard is None else hard
        if most != resource.RLIM_INFINITY:
            soft, hard = min(soft, most), min(hard, most)
        resource.setrlimit(code, (soft, hard))
    except (ImportError, AttributeError, ValueError, OSError):
        return


def _is_alone() -> bool:
    """Return whether this process has one thread: Landlock holds for the thread that asks for it, not for others."""
    try:
        return len(os.listdir("/proc/self/task")) == 1  # noqa: PTH208 - pathlib is not loaded
    except OSError:
        from threading import active_count

        return active_count() == 1


def _leave_network() -> bool:
    """Move into a network of one's own, in which there is nothing."""
    import ctypes

    libc = ctypes.CDLL(None)
    return bool(libc.unshare(_NEW_NETWORK) == 0 or libc.unshare(_NEW_USER | _NEW_NETWORK) == 0)
