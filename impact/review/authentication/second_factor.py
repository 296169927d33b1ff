"""The second factor: codes of an authenticator app (TOTP), and recovery codes for when it is lost."""

import secrets
from datetime import datetime
from hashlib import sha256
from io import StringIO
from typing import TYPE_CHECKING, cast

from sqlalchemy import CursorResult, delete, func, select, update
from sqlalchemy.orm import Session

from impact.review.store.account_tables import RecoveryCodeRow
from impact.review.store.accounts import REQUIRED, find_account
from impact.review.store.store import Store
from impact.review.store.tables import StoreRow, UserRow
from impact.review.values.refusals import ConflictError, SignInError
from impact.review.values.users import User

if TYPE_CHECKING:
    from pyotp import TOTP

OPTIONAL = "optional"
STEP = 30
"""Seconds for which a code is shown. Source: RFC 6238 section 5.2."""
STEPS = (-1, 0, 1)
"""Codes that are accepted: that of now and its neighbors. Source: RFC 6238 section 5.2, for clocks that differ."""
RECOVERY_CODES = 10
_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""32 signs that nobody confuses, so that a recovery code of 16 has 80 bits."""


def new_secret() -> str:
    """Return a secret for an authenticator app; it counts once `confirm` has seen a code of it."""
    import pyotp

    return pyotp.random_base32()


def confirm(store: Store, user: User, secret: str, code: str, now: datetime) -> tuple[str, ...]:
    """Turn the second factor on by a first code, and return the recovery codes, of which only digests are kept.

    Raises:
        ConflictError: If the person has a second factor already.
        SignInError: If the code does not fit.
    """
    with store.writing() as session:
        row = find_account(session, user.name)
        step = _step_of(secret, code, now)
        if row.totp:
            raise ConflictError(f"{user.name} already has a second factor", "Remove it first")
        if step is None:
            raise SignInError("this code is incorrect", "Enter the code that the app shows now, and check its clock")
        row.totp, row.totp_step = secret, step
        return _new_codes(session, user.name)


def remove(store: Store, name: str) -> None:
    """Turn the second factor of an account off, with its recovery codes.

    Raises:
        UnknownError: If there is no such account.
    """
    with store.writing() as session:
        row = find_account(session, name)
        row.totp, row.totp_step = "", 0
        session.execute(delete(RecoveryCodeRow).where(RecoveryCodeRow.user == row.name))


def renew_codes(store: Store, user: User) -> tuple[str, ...]:
    """Return new recovery codes in place of all earlier ones.

    Raises:
        ConflictError: If the person has no second factor.
    """
    with store.writing() as session:
        row = find_account(session, user.name)
        if not row.totp:
            raise ConflictError(f"{user.name} has no second factor", "Set one up first")
        return _new_codes(session, row.name)


def codes_left(store: Store, user: User) -> int:
    """Return how many recovery codes of a person were not used."""
    with store.reading() as session:
        return session.scalar(select(func.count()).where(RecoveryCodeRow.user == user.name)) or 0


def is_required(store: Store) -> bool:
    """Return whether every account that signs in needs a second factor."""
    with store.reading() as session:
        return session.scalar(select(StoreRow.second_factor)) == REQUIRED


def require(store: Store, *, required: bool) -> None:
    """Require a second factor of every account that signs in, or leave it to each person."""
    with store.writing() as session:
        session.scalars(select(StoreRow)).one().second_factor = REQUIRED if required else OPTIONAL


def spend(session: Session, row: UserRow, code: str, now: datetime) -> bool:
    """Return whether a code of the app or a recovery code fits; each is accepted once.

    Raises:
        SignInError: If it is a code of the app that was used before.
    """
    step = _step_of(row.totp, code, now)
    if step is not None:
        newer = update(UserRow).where(UserRow.name == row.name, UserRow.totp_step < step).values(totp_step=step)
        if cast("CursorResult[None]", session.execute(newer)).rowcount == 1:
            return True
        raise SignInError("this code was already used", "Wait for the next one")
    used = delete(RecoveryCodeRow).where(RecoveryCodeRow.user == row.name, RecoveryCodeRow.digest == _digest(code))
    return cast("CursorResult[None]", session.execute(used)).rowcount == 1


def app_address(name: str, secret: str, server: str) -> str:
    """Return what an authenticator app reads from the QR code."""
    return _totp(secret).provisioning_uri(name=name, issuer_name=f"impact {server}".strip())


def picture(address: str) -> str:
    """Return a QR code as an SVG element."""
    import segno

    return str(segno.make_qr(address).svg_inline(scale=4, svgclass="qr", lineclass=None, light="#fff"))


def drawing(address: str) -> str:
    """Return a QR code for a terminal."""
    import segno

    drawn = StringIO()
    segno.make_qr(address).terminal(out=drawn, compact=True)
    return drawn.getvalue()


def _totp(secret: str) -> "TOTP":
    from pyotp import TOTP

    return TOTP(secret, interval=STEP)


def _step_of(secret: str, code: str, now: datetime) -> int | None:
    """Return the step whose code this is; None if it is none of the present."""
    from pyotp.utils import strings_equal

    typed, totp, step = "".join(code.split()), _totp(secret), int(now.timestamp()) // STEP
    return max((step + by for by in STEPS if strings_equal(totp.at((step + by) * STEP), typed)), default=None)


def _new_codes(session: Session, name: str) -> tuple[str, ...]:
    codes = tuple(
        "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(4)) for _ in range(RECOVERY_CODES)
    )
    session.execute(delete(RecoveryCodeRow).where(RecoveryCodeRow.user == name))
    session.add_all(RecoveryCodeRow(digest=_digest(code), user=name) for code in codes)
    return codes


def _digest(code: str) -> str:
    plain = "".join(sign for sign in code.upper() if sign in _ALPHABET)
    return sha256(plain.encode()).hexdigest()
