"""What the commands of `impact review` share: the store, and who is at it."""

import getpass
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from impact.errors import ImpactError

if TYPE_CHECKING:
    from impact.review.store.store import Store
    from impact.review.values.users import User

Command = Callable[..., None]


def user_options(command: Command) -> Command:
    """Give a command the options that each has."""
    place = click.option(
        "--store",
        "place",
        metavar="FOLDER_OR_URL",
        help="Location of the store.  [default: IMPACT_STORE, else the user's data folder]",
    )
    files = click.option(
        "--files",
        "files_folder",
        type=click.Path(path_type=Path, file_okay=False),
        help="Folder of the files.  [default: where the store remembers them, else beside it or in your data folder]",
    )
    name = click.option("--as", "name", metavar="NAME", help="Your name.  [default: IMPACT_USER, else your login]")
    return place(files(name(command)))


def at_store(command: Command) -> Command:
    """Give a command `user_options`, and call it with the open store and who is at it; raises as `open_as`."""

    @wraps(command)
    def called(place: str | None, files_folder: Path | None, name: str | None, **options: Any) -> None:
        with open_as(place, files_folder, name) as (store, user):
            command(store, user, **options)

    return user_options(called)


@contextmanager
def open_as(place: str | None, files: Path | None, name: str | None) -> Iterator[tuple["Store", "User"]]:
    """Open the store for a person; a store without passwords makes an account for a new name.

    Raises:
        ImpactError: If it cannot be opened, or nobody has this name in a store with passwords.
    """
    from impact.review.store import accounts
    from impact.review.store.store import default_place, open_store
    from impact.review.values.refusals import ForbiddenError, UnknownError
    from impact.review.values.users import Role

    store = open_store(place or default_place(), files)
    who = name or os.environ.get("IMPACT_USER") or getpass.getuser()
    try:
        try:
            user = accounts.get_user(store, who)
        except UnknownError:
            existing_accounts = accounts.users(store)
            if any(account.password for account in existing_accounts):
                raise
            try:
                user = accounts.add_user(
                    store, who, Role.REVIEWER if existing_accounts else Role.ADMINISTRATOR, "", now()
                )
            except ValueError as error:
                raise ImpactError(str(error), "Give another name with --as") from error
        if not user.active:
            raise ForbiddenError(f"the account of {user.name} is closed", "Ask an administrator")
        yield store, user
    finally:
        store.close()


def now() -> datetime:
    """Return the time, with its zone."""
    return datetime.now(UTC)
