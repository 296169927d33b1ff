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
    from impact.review.values.users import User

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
        factor = "second factor" if account.second_factor else "no second factor"
        state = "open" if account.active else "closed"
        click.echo(f"{single_line(account.name)}\t{account.role.value}\t{state}\t{factor}")


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
    """Change an account. The person is signed out everywhere; a new password also ends all their tokens."""
    from impact.review.store.accounts import change_user
    from impact.review.values.users import Role

    new = click.prompt("New password", hide_input=True, confirmation_prompt=True) if password else None
    active = None if closed is None else not closed
    with closing(_open(place, files)) as store:
        account = change_user(store, name, role=Role(role) if role else None, password=new, active=active)
    click.echo(f"{single_line(account.name)}\t{account.role.value}\t{'open' if account.active else 'closed'}")


@user.command("second-factor")
@click.argument("name")
@click.option("--remove", "action", flag_value="remove", help="Remove it, for example if the person lost it.")
@click.option("--new-codes", "action", flag_value="new-codes", help="Replace the recovery codes.")
@store_option
@files_option
def second_factor(name: str, action: str | None, place: str | None, files: Path | None) -> None:
    """Set up the second factor of an account, or change it.

    Without an option, the command shows a QR code for an authenticator app and asks for the first code.
    """
    from impact.review.authentication import second_factor as factors
    from impact.review.store.accounts import get_user

    with closing(_open(place, files)) as store:
        account = get_user(store, name)
        if action == "remove":
            factors.remove(store, account.name)
            click.echo(f"{single_line(account.name)} has no second factor")
        else:
            _show_codes(factors.renew_codes(store, account) if action else _enroll(store, account))


@user.command()
@click.option(
    "--second-factor",
    "wish",
    type=click.Choice(["optional", "required"]),
    help="Whether every account that signs in needs a second factor.",
)
@store_option
@files_option
def policy(wish: str | None, place: str | None, files: Path | None) -> None:
    """Show or change what the store requires of all accounts.

    If a second factor is required, a person without one can only set it up after signing in, and their tokens are
    refused.
    """
    from impact.review.authentication.second_factor import is_required, require

    with closing(_open(place, files)) as store:
        if wish:
            require(store, required=wish == "required")
        click.echo(f"second factor: {'required' if is_required(store) else 'optional'}")


def _enroll(store: "Store", account: "User") -> tuple[str, ...]:
    """Set up a second factor at the terminal."""
    from datetime import UTC, datetime

    from impact.review.authentication import second_factor as factors

    if account.second_factor:
        raise ImpactError(f"{account.name} already has a second factor", "Use --remove first")
    secret = factors.new_secret()
    click.echo(factors.drawing(factors.app_address(account.name, secret, "")))
    click.echo(f"Scan the picture with an authenticator app, or enter this key: {secret}")
    return factors.confirm(store, account, secret, click.prompt("Code of the app"), datetime.now(UTC))


def _show_codes(codes: tuple[str, ...]) -> None:
    click.echo("Recovery codes; each replaces the app once, and they will not be shown again:")
    for code in codes:
        click.echo(code)


def _open(place: str | None, files: Path | None) -> "Store":
    from impact.review.store.store import default_place, open_store

    return open_store(place or default_place(), files)
