"""`impact user`: the accounts of a page that several people use."""

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from impact.cli.installed import check_installed
from impact.cli.messages import single_line
from impact.cli.options import files_option, store_option
from impact.errors import ImpactError

if TYPE_CHECKING:
    from impact.review.store.store import Store

ROLES = ("officer", "reviewer", "administrator")


@click.group()
def user() -> None:
    """Create and change accounts for the web server."""
    check_installed("impact user", "review")


@user.command()
@click.argument("name")
@click.option(
    "--role",
    type=click.Choice(ROLES),
    default="reviewer",
    show_default=True,
    help="Role, which sets what the person may do.",
)
@click.password_option(help="Password. The command asks for it if it is not given.")
@store_option
@files_option
def add(name: str, role: str, password: str, place: str | None, files: Path | None) -> None:
    """Create an account.

    Officers can submit and read proposals. Reviewers can also decide and sign. Administrators can do everything.
    """
    from datetime import UTC, datetime

    from impact.review.store.accounts import add_user
    from impact.review.values.users import Role

    if not password:
        raise ImpactError("a password is required", "Choose one that is hard to guess, such as a sentence")
    try:
        with closing(_open(place, files)) as store:
            add_user(store, name, Role(role), password, datetime.now(UTC))
    except ValueError as error:
        raise ImpactError(str(error), "Choose another name") from error
    click.echo(f"{single_line(name)} is {'an' if role[0] in 'ao' else 'a'} {role}")


@user.command("list")
@store_option
@files_option
def list_(place: str | None, files: Path | None) -> None:
    """List the accounts."""
    from impact.review.store.accounts import users

    with closing(_open(place, files)) as store:
        accounts = users(store)
    for account in accounts:
        click.echo(f"{single_line(account.name)}\t{account.role.value}\t{'open' if account.active else 'closed'}")


@user.command()
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), help="Role, which sets what the person may do.")
@click.option("--password", is_flag=True, help="Ask for a new password.")
@click.option("--close/--open", "closed", default=None, help="Close or reopen the account.")
@store_option
@files_option
def change(
    name: str, role: str | None, place: str | None, files: Path | None, *, closed: bool | None, password: bool
) -> None:
    """Change an account. The person is signed out everywhere."""
    from impact.review.store.accounts import change_user
    from impact.review.values.users import Role

    new = click.prompt("New password", hide_input=True, confirmation_prompt=True) if password else None
    active = None if closed is None else not closed
    with closing(_open(place, files)) as store:
        account = change_user(store, name, role=Role(role) if role else None, password=new, active=active)
    click.echo(f"{single_line(account.name)}\t{account.role.value}\t{'open' if account.active else 'closed'}")


def _open(place: str | None, files: Path | None) -> "Store":
    from impact.review.store.store import default_place, open_store

    return open_store(place or default_place(), files)
