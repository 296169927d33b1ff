"""Sign-in: the password, the second factor, and what counts as failure and success."""

from datetime import datetime, timedelta

from sqlalchemy import select

from impact.present.lists import counted
from impact.review.authentication import limits, second_factor
from impact.review.authentication.limits import SignInOrigin
from impact.review.store.accounts import find_account, to_user
from impact.review.store.store import Session, Store
from impact.review.store.tables import UserRow
from impact.review.values import passwords
from impact.review.values.refusals import DelayError, SignInError
from impact.review.values.users import User, key


def sign_in(store: Store, name: str, password: str, origin: SignInOrigin, now: datetime, code: str = "") -> User:  # noqa: PLR0913, PLR0917 (all that a sign-in is made of)
    """Return the account of a name with the right password and, if it has a second factor, the right code.

    Raises:
        SignInError: If they do not fit.
        DelayError: If too short a time has passed since failed attempts.
    """
    user = check_password(store, name, password, origin, now)
    if user.second_factor:
        return check_code(store, user, code, origin, now)
    return complete(store, user, origin, now)


def check_password(store: Store, name: str, password: str, origin: SignInOrigin, now: datetime) -> User:
    """Return the account of a name with the right password; without `complete`, earlier failures still count.

    A wrong name takes as long as a wrong password and is answered the same. Few passwords are checked at a time, and
    whether one has to wait is asked just before, so that many attempts at once count like as many in a row.

    Raises:
        SignInError: As `sign_in`.
    """
    with passwords.slot():
        with store.reading() as session:
            _check_delay(session, name, origin, now)
            row = session.scalars(select(UserRow).where(UserRow.key == key(name))).first()
            user = to_user(session, row) if row and row.active else None
        if passwords.fits(user.password if user else "", password) and user:
            return user
        with store.writing() as session:
            limits.record_failure(session, name, origin, now)
    raise SignInError("the name or password is incorrect", "Try again, or ask an administrator for a new password")


def check_code(store: Store, user: User, code: str, origin: SignInOrigin, now: datetime) -> User:
    """Return who gave the right password if the code of their second factor fits too, and complete the sign-in.

    Raises:
        SignInError: As `sign_in`.
    """
    with passwords.slot(), store.writing() as session:
        _check_delay(session, user.name, origin, now)
        row = find_account(session, user.name)
        fits = row.active and bool(row.totp) and second_factor.spend(session, row, code, now)
        if fits:
            limits.record_success(session, row.name, origin, now)
        else:
            limits.record_failure(session, row.name, origin, now)
    if not fits:
        raise SignInError("the code is incorrect", "Enter the code that your app shows now, or a recovery code")
    return user


def complete(store: Store, user: User, origin: SignInOrigin, now: datetime) -> User:
    """Count a sign-in as a success: forget earlier failures there, and know the network from now on."""
    with store.writing() as session:
        limits.record_success(session, user.name, origin, now)
    return user


def _check_delay(session: Session, name: str, origin: SignInOrigin, now: datetime) -> None:
    wait = limits.remaining(session, name, origin, now)
    if wait:
        raise DelayError("too many failed sign-ins", f"Wait {_spoken(wait)} and try again")


def _spoken(wait: timedelta) -> str:
    seconds = int(wait.total_seconds()) + 1
    return counted(seconds, "second") if seconds <= 90 else counted(-(-seconds // 60), "minute")
