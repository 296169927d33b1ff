"""How much may come out of one outermost container, with all that is nested in it."""

from impact.errors import LimitError
from impact.extract.unpack.members import MOST_MEMBERS, RATIO, SMALL, UNPACK

DEPTH = 3
"""Containers within each other at the most. Source: project judgment."""


class Allowance:
    """What containers nested in each other may still hold, all together."""

    def __init__(self) -> None:
        self._entries = MOST_MEMBERS
        self._bytes = -1

    def grant(self, name: str, packed: int, entries: int, unpacked: int) -> None:
        """Take off what a container of `packed` bytes holds.

        Raises:
            LimitError: If it holds too much for its size, or more than is left.
        """
        if entries > MOST_MEMBERS:
            raise LimitError(f"{name} contains {entries} entries; the limit is {MOST_MEMBERS}", UNPACK)
        most = max(SMALL, RATIO * packed)
        if unpacked > most:
            raise LimitError(f"{name} would unpack to more than {RATIO} times its size", UNPACK)
        if self._bytes < 0:
            self._bytes = most
        self._entries -= entries
        self._bytes -= unpacked
        if min(self._entries, self._bytes) < 0:
            self._entries = self._bytes = 0
            message = (
                f"{name} was not opened: the archives around it hold more than {MOST_MEMBERS} files, or more than "
            )
            raise LimitError(f"{message}{RATIO} times their size", UNPACK)


def too_deep(name: str) -> LimitError:
    """Return the refusal of a container that is nested too deep."""
    return LimitError(f"{name} is nested in more than {DEPTH - 1} archives", UNPACK)
