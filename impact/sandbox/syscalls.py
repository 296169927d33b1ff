"""Numbers of system calls (syscalls.toml)."""

from dataclasses import dataclass
from functools import cache

from impact.typed import load


@dataclass(frozen=True, slots=True)
class SystemCalls:
    """Numbers of system calls by name, on x86_64 and on aarch64; -1 where there is none.

    Attributes:
        refused: Those that are refused whatever their arguments are.
        watched: Those that are refused or allowed by their arguments.
    """

    refused: dict[str, tuple[int, int]]
    watched: dict[str, tuple[int, int]]


@cache
def system_calls() -> SystemCalls:
    """Return the numbers of system calls."""
    return load(SystemCalls, "impact.sandbox", "syscalls.toml")
