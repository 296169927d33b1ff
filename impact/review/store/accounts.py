"""Accounts, sign-in, sessions, tokens of programs, and the audit log."""

import secrets
import unicodedata
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from impact.review.store.store import Store
from impact.review.store.tables import AuditRow, FailureRow, SessionRow, TokenRow, UserRow, value_of
from impact.review.values.refusals import ConflictError, SignInError, UnknownError
from impact.review.values.users import AuditEntry, Role, Token, User, key

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST_PASSWORD = 12
"""Characters. Source: NIST SP 800-63B-4 3.1.1.2 asks for 15 where the password is all there is, 8 beside another
factor; project judgment between them, with the limit on attempts."""
LONGEST_PASSWORD = 256
"""Characters that are hashed at the most. Source: NIST SP 800-63B 3.1.1.2 asks for at least 64."""
MOST_FAILURES, WINDOW = 10, timedelta(minutes=15)
"""Failed sign-ins of a name or from an address after which more are refused for a while. Source: project judgment;
NIST SP 800-63B-4 3.2.2 allows 100 in all."""
_HIGHEST = 2**31 - 1
"""Number that an entry can have: that of an integer of PostgreSQL."""
_UNKNOWN_HASH = "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNvbWVzb21lc29tZQ$WVzb21lc29tZXNvbWVzb21lc29tZXNvbWVzb21lc29tZQ"


def add_user(store: Store, name: str, role: Role, password: str, now: datetime) -> User:
    """Make an account; its password, in plain, is empty for a person who never signs in.

    Raises:
        ConflictError: If there is one of this name, without regard to case.
        SignInError: If the password is too short or too long.
        ValueError: If the name is none.
    """
    user = User(name, role, hashed(password) if password else "")
    with store.writing() as session:
        if session.scalars(select(UserRow).where(UserRow.key == key(name))).first():
            raise ConflictError(f"an account with the name {name!r} already exists", "Choose another name")
        row = UserRow(name=name, key=key(name), role=role.value, password=user.password, active=True, created=now)
        session.add(row)
    return user


def get_user(store: Store, name: str) -> User:
    """Return an account.

    Raises:
        UnknownError: If there is none of this name.
    """
    with store.reading() as session:
        return _value(_row(session, name))


def users(store: Store) -> tuple[User, ...]:
    """Return all accounts by name."""
    with store.reading() as session:
        return tuple(_value(row) for row in session.scalars(select(UserRow).order_by(UserRow.key)))


def roles(session: Session) -> dict[str, Role]:
    """Return the role of each account by name."""
    return {row.name: Role(row.role) for row in session.scalars(select(UserRow))}


def change_user(
    store: Store, name: str, *, role: Role | None = None, password: str | None = None, active: bool | None = None
) -> User:
    """Change an account; a new password, another role and closing it sign its owner out everywhere.

    Raises:
        UnknownError: If there is none of this name.
        ConflictError: If nobody would be left who administers.
        SignInError: If the password is too short or too long.
    """
    with store.writing() as session:
        row = _row(session, name)
        row.role = role.value if role else row.role
        row.password = hashed(password) if password else row.password
        row.active = row.active if active is None else active
        session.flush()
        administrators = select(func.count()).where(UserRow.role == Role.ADMINISTRATOR.value, UserRow.active.is_(True))
        if not session.scalar(administrators):
            raise ConflictError("no administrator would remain", "Make another person an administrator first")
        session.execute(delete(SessionRow).where(SessionRow.user == row.name))
        if active is False:
            session.execute(delete(TokenRow).where(TokenRow.user == row.name))
        return _value(row)


def sign_in(store: Store, name: str, password: str, address: str, now: datetime) -> User:
    """Return the account of a name with the right password.

    A wrong name takes as long as a wrong password and is answered the same.

    Raises:
        SignInError: If they do not fit, or there were too many failures of this name or from this address.
    """
    keys = {f"name {key(name)[:80]}", f"address {address[:80]}"}
    if max(failures(store, source, now - WINDOW) for source in keys) >= MOST_FAILURES:
        raise SignInError("too many failed sign-ins", f"Try again in {WINDOW.seconds // 60} minutes")
    with store.reading() as session:
        row = session.scalars(select(UserRow).where(UserRow.key == key(name))).first()
        user = _value(row) if row else None
    password_hash = user.password if user and user.password and user.active else ""
    if not _fits(password_hash or _UNKNOWN_HASH, password) or not password_hash or user is None:
        with store.writing() as session:
            session.execute(delete(FailureRow).where(FailureRow.time < now - WINDOW))
            session.add_all(FailureRow(key=source, time=now) for source in sorted(keys))
        raise SignInError("the name or password is incorrect", "Try again, or ask an administrator for a new password")
    with store.writing() as session:
        session.execute(delete(FailureRow).where(FailureRow.key == f"name {key(name)[:80]}"))
    return user


def failures(store: Store, who: str, since: datetime) -> int:
    """Return how many sign-ins failed of "name NAME" or from "address ADDRESS"."""
    with store.reading() as session:
        query = select(func.count()).where(FailureRow.key == who, FailureRow.time >= since)
        return session.scalar(query) or 0


def hashed(password: str) -> str:
    """Return the argon2 hash of a password.

    Raises:
        SignInError: If it is too short or too long.
    """
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        hint = f"Use {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters; a sentence works well"
        raise SignInError(f"the password has {len(password)} characters", hint)
    return _hasher().hash(_bytes(password))


def start_session(store: Store, user: User, now: datetime, lasting: timedelta) -> str:
    """Return the secret of a new session, for a cookie; the store keeps only its digest."""
    secret = secrets.token_urlsafe(32)
    with store.writing() as session:
        session.execute(delete(SessionRow).where(SessionRow.expires < now))
        session.add(SessionRow(digest=_digest(secret), user=user.name, created=now, expires=now + lasting))
    return secret


def session_user(store: Store, secret: str, now: datetime) -> User:
    """Return whose session this is.

    Raises:
        SignInError: If there is none, it has ended, or the account is closed.
    """
    with store.reading() as session:
        query = select(SessionRow).where(SessionRow.digest == _digest(secret), SessionRow.expires > now)
        row = session.scalars(query).first()
        return _signed_in(session, row.user if row else None)


def end_session(store: Store, secret: str) -> None:
    """Sign out."""
    with store.writing() as session:
        session.execute(delete(SessionRow).where(SessionRow.digest == _digest(secret)))


def add_token(
    store: Store, user: User, label: str, now: datetime, expires: datetime | None = None
) -> tuple[Token, str]:
    """Return a new token and its secret, which the store keeps only as a digest."""
    secret = f"impact_{secrets.token_urlsafe(32)}"
    row = TokenRow(digest=_digest(secret), user=user.name, label=label, created=now, expires=expires, used=None)
    with store.writing() as session:
        session.add(row)
        session.flush()
        session.refresh(row)
        return value_of(Token, row), secret


def token_user(store: Store, secret: str, now: datetime) -> User:
    """Return whose token this is.

    Raises:
        SignInError: If there is none, it has expired, or the account is closed.
    """
    with store.writing() as session:
        row = session.scalars(select(TokenRow).where(TokenRow.digest == _digest(secret))).first()
        fits = row is not None and (row.expires is None or row.expires > now)
        user = _signed_in(session, row.user if row and fits else None)
        session.execute(update(TokenRow).where(TokenRow.digest == _digest(secret)).values(used=now))
        return user


def tokens(store: Store, user: User) -> tuple[Token, ...]:
    """Return the tokens of a user, oldest first."""
    with store.reading() as session:
        query = select(TokenRow).where(TokenRow.user == user.name).order_by(TokenRow.id)
        return tuple(value_of(Token, row) for row in session.scalars(query))


def revoke_token(store: Store, user: User, number: int) -> None:
    """Take a token of a user away.

    Raises:
        UnknownError: If the user has none of this number.
    """
    with store.writing() as session:
        query = select(TokenRow).where(TokenRow.user == user.name)
        row = next((token for token in session.scalars(query) if token.id == number), None)
        if row is None:
            raise UnknownError(f"{user.name} has no token {number}", "Check the list of tokens")
        session.delete(row)


def audit(store: Store, entry: AuditEntry) -> None:
    """Write an entry into the audit log; its id is given by the store."""
    with store.writing() as session:
        row = AuditRow(time=entry.time, who=entry.who, action=entry.action, about=entry.about, source=entry.source)
        session.add(row)


def audit_log(store: Store, before: int = 0, limit: int = 100) -> tuple[AuditEntry, ...]:
    """Return entries of the audit log, newest first, those with a number below `before` if it is given."""
    query = select(AuditRow).order_by(AuditRow.id.desc()).limit(limit)
    before = min(before, _HIGHEST)
    with store.reading() as session:
        rows = session.scalars(query.where(AuditRow.id < before) if before else query)
        return tuple(value_of(AuditEntry, row) for row in rows)


def _hasher() -> "PasswordHasher":
    from argon2 import PasswordHasher

    return PasswordHasher()


def _fits(password_hash: str, password: str) -> bool:
    from argon2.exceptions import VerificationError

    try:
        return _hasher().verify(password_hash, _bytes(password[: LONGEST_PASSWORD + 1]))
    except VerificationError:
        return False


def _bytes(password: str) -> bytes:
    """Source: NIST SP 800-63B-4 3.1.1.2: normalized, so that every keyboard gives the same bytes."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")


def _row(session: Session, name: str) -> UserRow:
    row = session.scalars(select(UserRow).where(UserRow.key == key(name))).first()
    if row is None:
        raise UnknownError(f"there is no account with the name {name!r}", "Enter the name of an existing account")
    return row


def _signed_in(session: Session, name: str | None) -> User:
    row = session.get(UserRow, name) if name else None
    if row is None or not row.active:
        raise SignInError("you are not signed in", "Sign in again")
    return _value(row)


def _digest(secret: str) -> str:
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _value(row: UserRow) -> User:
    return value_of(User, row, role=Role(row.role))
