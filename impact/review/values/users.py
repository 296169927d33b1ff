"""Who works at the desk."""

import unicodedata
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

LONGEST_NAME = 64


class Role(StrEnum):
    """What a person may do: an officer submits and reads; a reviewer decides and signs too; an administrator all."""

    OFFICER = "officer"
    REVIEWER = "reviewer"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class User:
    """A person with an account.

    Attributes:
        name: Unique without regard to case; shown beside decisions and signatures.
        password: Argon2 hash; empty for a person who does not sign in (the command line, the only person of a page
            on loopback).
        active: False where the account was closed; the name stays beside what it decided.
        second_factor: Whether a code is asked for after the password.
        must_enroll: Whether the administrator requires a second factor that this person has not set up.

    Raises:
        ValueError: If the name is empty, long, or not of printable characters without spaces at its ends, or the
            password is no argon2 hash.
    """

    name: str
    role: Role
    password: str = field(default="", repr=False)
    active: bool = True
    second_factor: bool = False
    must_enroll: bool = False

    def __post_init__(self) -> None:
        check_name(self.name)
        if self.password and not self.password.startswith("$argon2"):
            raise ValueError(f"the password of {self.name!r} is no argon2 hash")

    @property
    def decides(self) -> bool:
        """Whether this person may decide and sign."""
        return self.active and self.role is not Role.OFFICER

    @property
    def administers(self) -> bool:
        """Whether this person sees every proposal and manages accounts."""
        return self.active and self.role is Role.ADMINISTRATOR


@dataclass(frozen=True, slots=True)
class Token:
    """A key by which a program works for a user; its secret is shown once and kept as a digest only.

    Attributes:
        id: From 1, for revoking.
        used: When it was last used; None if never.
        expires: When it ends; None for one of an old store.
    """

    id: int
    user: str
    label: str
    created: datetime
    expires: datetime | None
    used: datetime | None


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Who did what with which thing, from where, and when; ids only, no text of a proposal."""

    id: int
    time: datetime
    who: str
    action: str
    about: str
    source: str


def check_name(name: str) -> None:
    """Refuse a name that could not stand in a list of names.

    Raises:
        ValueError: If it is empty, long, has other than printable characters or spaces at its ends.
    """
    fine = 0 < len(name) <= LONGEST_NAME and name.isprintable() and name == name.strip() and "," not in name
    if not fine or unicodedata.normalize("NFC", name) != name:
        raise ValueError(f"the name {name!r}: 1 to {LONGEST_NAME} printable characters, no comma, no space at its ends")


def key(name: str) -> str:
    """Return the form in which two names are one."""
    return unicodedata.normalize("NFC", name.casefold())
