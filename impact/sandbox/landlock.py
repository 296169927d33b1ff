"""Which files a child may open: the program's own and the system's libraries, nothing of the user's.

Source: Linux `Documentation/userspace-api/landlock.rst`, `linux/landlock.h`.
"""

import ctypes
import os
import platform
import struct
import sys
from collections.abc import Iterable
from dataclasses import dataclass

SCOPING = 6
"""The version from which on signals and abstract sockets stay within the sandbox too."""

_CREATE, _ADD, _RESTRICT = 444, 445, 446  # the same numbers on x86_64 and aarch64
_MACHINES = ("x86_64", "aarch64")
_PR_SET_NO_NEW_PRIVS, _VERSION_FLAG, _PATH_BENEATH = 38, 1, 1
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_FOLDER = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_READING, _RUNNING = _READ_FILE | _READ_FOLDER, _READ_FILE | _READ_FOLDER | _EXECUTE
_DEVICES = 1 << 6 | 1 << 11  # character and block devices are never made
_ON_FILES = _EXECUTE | _WRITE_FILE | _READ_FILE | 1 << 14 | 1 << 15
_RIGHTS = {1: (1 << 13) - 1, 2: 1 << 13, 3: 1 << 14, 5: 1 << 15}
"""Rights over files by the version that brought them: refer came with 2, truncate with 3, ioctl on devices with 5."""

_TCP, _SCOPES = 3, 3  # bind and connect; abstract sockets and signals
_SYSTEM = ("/usr/lib", "/usr/lib64", "/lib", "/lib64", "/usr/local/lib", "/etc/ld.so.cache", "/nix/store", "/gnu/store")


@dataclass(frozen=True, slots=True)
class Grounds:
    """What may be used beside the libraries of the system, as paths of folders and files; absent ones allow nothing.

    Attributes:
        read: To be read.
        run: To be read and executed; libraries of the system may then be executed too.
        write: To be read and written.
    """

    read: tuple[str, ...] = ()
    run: tuple[str, ...] = ()
    write: tuple[str, ...] = ()


def version() -> int:
    """Return the version that the kernel offers; 0 where it has none, or does not let this process use it."""
    if sys.platform != "linux" or platform.machine() not in _MACHINES:
        return 0
    libc = ctypes.CDLL(None, use_errno=True)
    return max(0, int(libc.syscall(_CREATE, None, ctypes.c_size_t(0), _VERSION_FLAG)))


def confine(grounds: Grounds) -> bool:
    """Let no files be opened but `grounds` and the system's libraries; return whether it holds for this thread.

    Processes started from now on are confined too, threads started before are not. Where the kernel can do it, no
    signal and no connection to an abstract socket leaves the sandbox, and TCP is refused.
    """
    abi = version()
    if abi < 1:
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    rights = sum(right for since, right in _RIGHTS.items() if since <= abi)
    handled = struct.pack("=Q", rights)
    handled += struct.pack("=Q", _TCP) if abi >= 4 else b""
    handled += struct.pack("=Q", _SCOPES) if abi >= SCOPING else b""
    ruleset = libc.syscall(_CREATE, handled, ctypes.c_size_t(len(handled)), 0)
    if ruleset < 0:
        return False
    try:
        _allow(libc, ruleset, (*grounds.read, *_SYSTEM), _READING)
        _allow(libc, ruleset, (*grounds.run, *(_SYSTEM if grounds.run else ())), _RUNNING)
        _allow(libc, ruleset, grounds.write, rights & ~_DEVICES & ~_EXECUTE)
        nothing = ctypes.c_ulong(0)
        confined = libc.prctl(_PR_SET_NO_NEW_PRIVS, ctypes.c_ulong(1), nothing, nothing, nothing) == 0
        return bool(confined and libc.syscall(_RESTRICT, ruleset, 0) == 0)
    finally:
        os.close(ruleset)


def _allow(libc: ctypes.CDLL, ruleset: int, roots: Iterable[str], rights: int) -> None:
    """Allow rights below folders, or over files; what is absent allows nothing."""
    for root in roots:
        try:
            descriptor = os.open(root, getattr(os, "O_PATH", 0) | os.O_CLOEXEC)
        except OSError:
            continue
        fitting = rights if os.path.isdir(root) else rights & _ON_FILES  # noqa: PTH112 - pathlib is not loaded
        libc.syscall(_ADD, ruleset, _PATH_BENEATH, struct.pack("=Qi", fitting, descriptor), 0)
        os.close(descriptor)
