"""A filter of system calls: no network, no new processes, no writing to files, no signals to others.

Source: Linux `Documentation/userspace-api/seccomp_filter.rst`, `linux/seccomp.h`, `linux/bpf_common.h`.
"""

import ctypes
import errno
import os
import platform
import struct
import sys

from impact.typed import loader

Instruction = tuple[int, int, int, int]  # operation, jump if true, jump if false, constant

_system_calls = loader(dict[str, dict[str, tuple[int, int]]], "impact.sandbox", "syscalls.toml")
# Machine -> column of the tables, AUDIT_ARCH constant, number of seccomp(2). Both are little-endian.
_MACHINES = {"x86_64": (0, 0xC000003E, 317), "aarch64": (1, 0xC00000B7, 277)}
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _KILL, _ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16
_X32_NUMBERS = 0x40000000
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_CLONE_THREAD = 0x00010000
_INTERNET = (2, 10, 17)  # AF_INET, AF_INET6, AF_PACKET
_PR_SET_NO_NEW_PRIVS, _SECCOMP_SET_MODE_FILTER, _SECCOMP_FILTER_FLAG_TSYNC = 38, 1, 1

_REFUSE: Instruction = (_RETURN, 0, 0, _ERRNO | errno.EACCES)
_PASS: Instruction = (_RETURN, 0, 0, _ALLOW)


def confine() -> bool:
    """Refuse all that reading a document does not need; return whether the kernel took the filter.

    Files may still be opened for reading, threads made, and open files written.
    """
    column = _column()
    if column is None:
        return False
    rules = [rule for numbers in _system_calls()["refused"].values() for rule in _when(numbers[column], [_REFUSE])]
    number = {name: numbers[column] for name, numbers in _system_calls()["watched"].items()}
    rules += _when(number["open"], _if(_ANY_BIT, 1, _WRITING, _REFUSE, _PASS))
    rules += _when(number["openat"], _if(_ANY_BIT, 2, _WRITING, _REFUSE, _PASS))
    rules += _when(number["clone"], _if(_ANY_BIT, 0, _CLONE_THREAD, _PASS, _REFUSE))
    # The flags of clone3 lie in memory that a filter cannot see; the C library falls back to clone.
    rules += _when(number["clone3"], [(_RETURN, 0, 0, _ERRNO | errno.ENOSYS)])
    for name in ("kill", "tgkill"):
        rules += _when(number[name], _if(_EQUAL, 0, os.getpid(), _PASS, _REFUSE))
    return _install(rules)


def cut_network() -> bool:
    """Refuse sockets of the internet, for this process and what it starts; return whether the kernel took it."""
    column = _column()
    if column is None:
        return False
    refusals = [rule for family in _INTERNET for rule in ((_EQUAL, 0, 1, family), _REFUSE)]
    return _install(_when(_system_calls()["watched"]["socket"][column], [_argument(0), *refusals, _PASS]))


def _column() -> int | None:
    """Return the column of this machine in the tables; None where there are no tables for it."""
    machine = _MACHINES.get(platform.machine()) if sys.platform == "linux" else None
    return machine[0] if machine else None


def _argument(index: int) -> Instruction:
    """Load the lower half of an argument."""
    return (_LOAD, 0, 0, _ARGUMENTS + 8 * index)


def _when(number: int, rules: list[Instruction]) -> list[Instruction]:
    """Apply `rules`, which end in a return, to the system call `number`."""
    return [(_EQUAL, 0, len(rules), number), *rules] if number >= 0 else []


def _if(test: int, argument: int, value: int, then: Instruction, otherwise: Instruction) -> list[Instruction]:
    return [_argument(argument), (test, 0, 1, value), then, otherwise]


def _install(rules: list[Instruction]) -> bool:
    _, architecture, call = _MACHINES[platform.machine()]
    program = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER),
        (_AT_LEAST, 0, 1, _X32_NUMBERS),
        _REFUSE,
        *rules,
        _PASS,
    ]
    code = b"".join(struct.pack("=HBBI", *instruction) for instruction in program)
    block = ctypes.create_string_buffer(code, len(code))
    # struct sock_fprog: a 16-bit count, padding, a pointer.
    header = struct.pack("@HP", len(program), ctypes.addressof(block))
    libc = ctypes.CDLL(None, use_errno=True)
    arguments = [ctypes.c_ulong(value) for value in (1, 0, 0, 0)]
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, *arguments) != 0:
        return False
    return bool(libc.syscall(call, _SECCOMP_SET_MODE_FILTER, _SECCOMP_FILTER_FLAG_TSYNC, header) == 0)
