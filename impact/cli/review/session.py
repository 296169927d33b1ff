"""What the commands of `impact review` share: the store, and who is at it."""

import getpass
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from impact.errors import ImpactError

if TYPE_CHECKING:
    from impact.review.store.store import Store
    from impact.review.values.subject import Subject
    from impact.review.values.users import Role, User

Command = Callable[..., None]


def user_options(command: Command) -> Command:
    """Give a command the options that each has."""
    place = click.option(
        "--store", "place", metavar="FOLDER_OR_URL", help="Where the store is.  [default: IMPACT_STORE, else user data]"
    )
    name = click.option("--as", "name", metavar="NAME", help="Who you are.  [default: IMPACT_USER, else your login]")
    return place(name(command))


@contextmanager
def open_as(place: str | None, name: str | None) -> Iterator[tuple["Store", "User"]]:
    """Open the store for a person; a store without passwords makes an account for a new name.

    Raises:
        ImpactError: If it cannot be opened, or nobody has this name in a store with passwords.
    """
    from impact.review.store import accounts
    from impact.review.store.store import default_place, open_store
    from impact.review.values.refusals import ForbiddenError, UnknownError
    from impact.review.values.users import Role

    store = open_store(place or default_place())
    who = name or os.environ.get("IMPACT_USER") or getpass.getuser()
    try:
        try:
            user = accounts.get_user(store, who)
        except UnknownError:
            known = accounts.users(store)
            if any(account.password for account in known):
                raise
            role = Role.REVIEWER if known else Role.ADMINISTRATOR
            user = _add_account(store, who, role)
        if not user.active:
            raise ForbiddenError(f"the account of {user.name} is closed", "Ask an administrator")
        yield store, user
    finally:
        store.close()


def _add_account(store: "Store", name: str, role: "Role") -> "User":
    from impact.review.store import accounts

    try:
        return accounts.add_user(store, name, role, "", now())
    except ValueError as error:
        raise ImpactError(str(error), "Give another name with --as") from error


def now() -> datetime:
    """Return the time, with its zone."""
    return datetime.now(UTC)


def subject_named(subjects: tuple["Subject", ...], wanted: str) -> "Subject":
    """Return the finding or safeguard with this id or the beginning of it.

    Raises:
        ImpactError: If there is none, or several.
    """
    exact = [subject for subject in subjects if subject.id == wanted]
    alike = exact or [subject for subject in subjects if len(wanted) >= 4 and subject.id.startswith(wanted)]
    if len(alike) != 1:
        message = f"{'several findings begin' if alike else 'no finding or safeguard begins'} with {wanted!r}"
        raise ImpactError(message, "See them with `impact review findings PROPOSAL`")
    return alike[0]
