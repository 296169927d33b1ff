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
_NEW_SPACES = 0x7E020080  # CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET, NEWTIME
_UNIX, _WITHOUT_CONNECTION = 1, 2  # AF_UNIX; a bit that SOCK_DGRAM and SOCK_RAW have, SOCK_STREAM and others do not
_OWNERS = (8, 10, 15)  # F_SETOWN, F_SETSIG, F_SETOWN_EX: by these, a file sends signals to other processes
_PROCESS_SETTINGS = (1, 35)  # PR_SET_PDEATHSIG, PR_SET_MM
_SOCKET_OWNERS = (0x8901, 0x8902)  # FIOSETOWN, SIOCSPGRP: the same for sockets, by ioctl
_OTHERS = ("sched_setaffinity", "sched_setattr", "sched_setparam", "sched_setscheduler")
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
    number = _watched(column)
    rules = [*_always(column), *_refusals("reading", column)]
    rules += _when(number["open"], _if(_ANY_BIT, 1, _WRITING, _REFUSE, _PASS))
    rules += _when(number["openat"], _if(_ANY_BIT, 2, _WRITING, _REFUSE, _PASS))
    rules += _when(number["clone"], _if(_ANY_BIT, 0, _CLONE_THREAD, _PASS, _REFUSE))
    for name in ("kill", "tgkill"):
        rules += _when(number[name], _if(_EQUAL, 0, os.getpid(), _PASS, _REFUSE))
    return _install(rules)


def confine_program() -> bool:
    """Refuse to this process, and to the program it becomes, what no program that converts a document needs.

    That is the network, all sockets of other programs, signals, other processes' memory, and new rights. It may start
    processes and write files; which files is not for this filter to say. Return whether the kernel took the filter.
    """
    column = _column()
    if column is None:
        return False
    number = _watched(column)
    rules = [*_always(column), *_refusals("program", column)]
    rules += _when(number["clone"], _if(_ANY_BIT, 0, _NEW_SPACES, _REFUSE, _PASS))
    unbound = _if(_ANY_BIT, 1, _WITHOUT_CONNECTION, _REFUSE, _PASS)
    rules += _when(number["socket"], [_argument(0), (_EQUAL, 1, 0, _UNIX), _REFUSE, *unbound])
    rules += _when(number["socketpair"], unbound)
    rules += _when(number["ioctl"], _unless(1, _SOCKET_OWNERS))
    for name, argument in (("prlimit64", 0), ("setpriority", 1)):  # 0 is the process that asks
        rules += _when(number[name], _if(_EQUAL, argument, 0, _PASS, _REFUSE))
    for name in ("kill", "tgkill", "tkill"):
        rules += _when(number[name], [_REFUSE])
    # LibreOffice gives up where it cannot make the socket by which it finds itself in /tmp; it believes that it has.
    for call in (number["bind"], number["listen"], *(pair[column] for pair in _system_calls()["pretended"].values())):
        rules += _when(call, [(_RETURN, 0, 0, _ERRNO)])
    return _install(rules)


def _always(column: int) -> list[Instruction]:
    """Return what is refused to every child."""
    number = _watched(column)
    rules = _refusals("always", column)
    # The flags of clone3 lie in memory that a filter cannot see; the C library falls back to clone.
    rules += _when(number["clone3"], [(_RETURN, 0, 0, _ERRNO | errno.ENOSYS)])
    rules += _when(number["fcntl"], _unless(1, _OWNERS))
    rules += _when(number["prctl"], _unless(0, _PROCESS_SETTINGS))
    for name in _OTHERS:  # 0 is the thread that asks
        rules += _when(number[name], _if(_EQUAL, 0, 0, _PASS, _REFUSE))
    return rules


def _refusals(section: str, column: int) -> list[Instruction]:
    return [rule for numbers in _system_calls()[section].values() for rule in _when(numbers[column], [_REFUSE])]


def _watched(column: int) -> dict[str, int]:
    return {name: numbers[column] for name, numbers in _system_calls()["watched"].items()}


def _unless(argument: int, values: tuple[int, ...]) -> list[Instruction]:
    """Refuse where an argument has one of some values."""
    return [_argument(argument), *(rule for value in values for rule in ((_EQUAL, 0, 1, value), _REFUSE)), _PASS]


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
