"""Which files a child may read: the program's own and the system's libraries, nothing of the user's.

Source: Linux `Documentation/userspace-api/landlock.rst`, `linux/landlock.h`.
"""

import ctypes
import os
import platform
import struct
import sys
from collections.abc import Iterable

_CREATE, _ADD, _RESTRICT = 444, 445, 446  # the same numbers on x86_64 and aarch64
_MACHINES = ("x86_64", "aarch64")
_PR_SET_NO_NEW_PRIVS, _VERSION_FLAG, _PATH_BENEATH = 38, 1, 1
_READ_FILE, _READ_FOLDER = 1 << 2, 1 << 3
_FILES = (1 << 13) - 1  # every right over files of the first version
_TCP = 3  # bind and connect, from version 4 on
_SYSTEM = ("/usr/lib", "/usr/lib64", "/lib", "/lib64", "/usr/local/lib", "/etc/ld.so.cache")


def confine(roots: Iterable[str]) -> bool:
    """Let files be opened for reading below `roots` and the system's libraries only; return whether it holds."""
    if sys.platform != "linux" or platform.machine() not in _MACHINES:
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    version = libc.syscall(_CREATE, None, ctypes.c_size_t(0), _VERSION_FLAG)
    if version < 1:
        return False
    handled = struct.pack("=QQ", _FILES, _TCP) if version >= 4 else struct.pack("=Q", _FILES)
    ruleset = libc.syscall(_CREATE, handled, ctypes.c_size_t(len(handled)), 0)
    if ruleset < 0:
        return False
    try:
        for root in (*roots, *_SYSTEM):
            _allow(libc, ruleset, root)
        nothing = ctypes.c_ulong(0)
        confined = libc.prctl(_PR_SET_NO_NEW_PRIVS, ctypes.c_ulong(1), nothing, nothing, nothing) == 0
        return bool(confined and libc.syscall(_RESTRICT, ruleset, 0) == 0)
    finally:
        os.close(ruleset)


def _allow(libc: ctypes.CDLL, ruleset: int, root: str) -> None:
    """Allow reading below `root`, a folder or file; one that is absent allows nothing."""
    try:
        descriptor = os.open(root, getattr(os, "O_PATH", 0) | os.O_CLOEXEC)
    except OSError:
        return
    rights = _READ_FILE | _READ_FOLDER if os.path.isdir(root) else _READ_FILE  # noqa: PTH112 - pathlib is not loaded
    libc.syscall(_ADD, ruleset, _PATH_BENEATH, struct.pack("=Qi", rights, descriptor), 0)
    os.close(descriptor)
