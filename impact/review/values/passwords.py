"""Passwords: their hashes, and how many are computed at a time."""

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

from impact.review.values.refusals import SignInError

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST_PASSWORD = 12
"""Characters. Source: NIST SP 800-63B-4 3.1.1.2 asks for 15 where the password is all there is, 8 beside another
factor; project judgment between them, with the delays of `impact.review.authentication.limits`."""
LONGEST_PASSWORD = 256
"""Characters that are hashed at the most. Source: NIST SP 800-63B 3.1.1.2 asks for at least 64."""
PASSES, MEMORY, LANES = 3, 65_536, 4
"""Passes over the memory, its size in KiB, and its lanes. Source: RFC 9106 section 4, the second recommended option."""
AT_ONCE = 2
"""Hashes that a process computes at a time, so that they take 128 MiB at the most. Source: project judgment."""

_COST = f"$argon2id$v=19$m={MEMORY},t={PASSES},p={LANES}$"
_UNKNOWN = f"{_COST}{'A' * 22}${'A' * 43}"
"""Hash of no password, of the form and cost of a real one: 16 bytes of salt and 32 of hash in base64."""
_SLOTS = BoundedSemaphore(AT_ONCE)


def hashed(password: str) -> str:
    """Return the argon2 hash of a password.

    Raises:
        SignInError: If it is too short or too long.
    """
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        hint = f"Use {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters; a sentence works well"
        raise SignInError(f"the password has {len(password)} characters", hint)
    with slot():
        return _hasher().hash(_bytes(password))


def fits(password_hash: str, password: str) -> bool:
    """Return whether a password has this hash; where there is no hash, after the same time. The caller has a `slot`."""
    from argon2.exceptions import VerificationError

    try:
        _hasher().verify(password_hash or _UNKNOWN, _bytes(password[: LONGEST_PASSWORD + 1]))
    except VerificationError:
        return False
    return bool(password_hash)


@contextmanager
def slot() -> Iterator[None]:
    """Wait until fewer than `AT_ONCE` others compute hashes."""
    with _SLOTS:
        yield


def _hasher() -> "PasswordHasher":
    from argon2 import PasswordHasher

    return PasswordHasher(PASSES, MEMORY, LANES)


def _bytes(password: str) -> bytes:
    """Source: NIST SP 800-63B-4 3.1.1.2: normalized, so that every keyboard gives the same bytes."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")
