"""What a child gives up before it touches a document."""

import os
import sys

from impact.sandbox.limits import Limits

_FILES_OPEN = 64
"""Files that the child process may have open. Source: project judgment; a reader opens one at a time."""

_PR_SET_PDEATHSIG, _SIGKILL = 1, 9
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000


def limit(limits: Limits) -> None:
    """Set the limits on memory, processor time and what a crash leaves behind; call it first of all."""
    os.umask(0o077)
    _lower("RLIMIT_AS", limits.memory_bytes)
    _lower("RLIMIT_CPU", limits.cpu_seconds, limits.cpu_seconds + 1)
    _lower("RLIMIT_CORE", 0)
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, ctypes.c_ulong(_SIGKILL))


def close() -> list[str]:
    """Give up files, network and processes; call it when all modules needed are there.

    Returns:
        What holds from now on: "files" (none of the user's can be opened), "calls" (no network, no processes, no
        writing), "network" (no network, where "calls" does not hold).
    """
    _lower("RLIMIT_NOFILE", _FILES_OPEN)
    _lower("RLIMIT_FSIZE", 0)
    _lower("RLIMIT_NPROC", 0)
    walls = []
    if sys.platform == "linux":
        from impact.sandbox import landlock, seccomp

        walls += ["files"] if landlock.confine([path for path in sys.path if path]) else []
        walls += ["calls"] if seccomp.confine() else []
        if "calls" not in walls and _leave_network():
            walls.append("network")
    return walls


def _lower(name: str, soft: int, hard: int | None = None) -> None:
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


def _leave_network() -> bool:
    """Move into a network of one's own, in which there is nothing."""
    import ctypes

    libc = ctypes.CDLL(None)
    return bool(libc.unshare(_NEW_NETWORK) == 0 or libc.unshare(_NEW_USER | _NEW_NETWORK) == 0)
