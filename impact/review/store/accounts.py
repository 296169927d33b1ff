"""Accounts, sessions, tokens of programs, and the audit log; `impact.review.authentication` signs people in."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from impact.review.store.account_tables import SessionRow, TokenRow
from impact.review.store.store import Store
from impact.review.store.tables import AuditRow, StoreRow, UserRow, value_of
from impact.review.values.passwords import hashed
from impact.review.values.refusals import ConflictError, EnrollmentError, SignInError, UnknownError
from impact.review.values.users import AuditEntry, Role, Token, User, key

TOKEN_LASTING = timedelta(days=90)
"""How long a token works where nobody says otherwise. Source: project judgment."""
REQUIRED = "required"
"""What the row of a store says where every account needs a second factor."""
_HIGHEST = 2**31 - 1
"""Number that an entry can have: that of an integer of PostgreSQL."""


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
        return to_user(session, find_account(session, name))


def users(store: Store) -> tuple[User, ...]:
    """Return all accounts by name."""
    with store.reading() as session:
        return tuple(to_user(session, row) for row in session.scalars(select(UserRow).order_by(UserRow.key)).all())


def roles(session: Session) -> dict[str, Role]:
    """Return the role of each account by name."""
    return {row.name: Role(row.role) for row in session.scalars(select(UserRow))}


def change_user(
    store: Store, name: str, *, role: Role | None = None, password: str | None = None, active: bool | None = None
) -> User:
    """Change an account, which signs its owner out everywhere; a new password and closing it end all tokens too.

    Raises:
        UnknownError: If there is none of this name.
        ConflictError: If nobody would be left who administers.
        SignInError: If the password is too short or too long.
    """
    new = hashed(password) if password else ""
    with store.writing() as session:
        row = find_account(session, name)
        row.role = role.value if role else row.role
        row.password = new or row.password
        row.active = row.active if active is None else active
        session.flush()
        administrators = select(func.count()).where(UserRow.role == Role.ADMINISTRATOR.value, UserRow.active.is_(True))
        if not session.scalar(administrators):
            raise ConflictError("no administrator would remain", "Make another person an administrator first")
        session.execute(delete(SessionRow).where(SessionRow.user == row.name))
        if password or active is False:
            session.execute(delete(TokenRow).where(TokenRow.user == row.name))
        return to_user(session, row)


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
    store: Store, user: User, label: str, now: datetime, lasting: timedelta = TOKEN_LASTING
) -> tuple[Token, str]:
    """Return a new token and its secret, which the store keeps only as a digest."""
    secret = f"impact_{secrets.token_urlsafe(32)}"
    row = TokenRow(digest=_digest(secret), user=user.name, label=label, created=now, expires=now + lasting, used=None)
    with store.writing() as session:
        session.add(row)
        session.flush()
        session.refresh(row)
        return value_of(Token, row), secret


def token_user(store: Store, secret: str, now: datetime) -> User:
    """Return whose token this is.

    Raises:
        SignInError: If there is none, it has expired, or the account is closed.
        EnrollmentError: If its owner has to set up a second factor first.
    """
    with store.writing() as session:
        row = session.scalars(select(TokenRow).where(TokenRow.digest == _digest(secret))).first()
        fits = row is not None and (row.expires is None or row.expires > now)
        user = _signed_in(session, row.user if row and fits else None)
        check_enrolled(user)
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


def check_enrolled(user: User) -> None:
    """Refuse who has to set up a second factor first.

    Raises:
        EnrollmentError: If so.
    """
    if user.must_enroll:
        raise EnrollmentError("this server requires a second factor", "Set one up on the page of your account")


def find_account(session: Session, name: str) -> UserRow:
    """Return the row of an account, which stays in this package; raises as `get_user`."""
    row = session.scalars(select(UserRow).where(UserRow.key == key(name))).first()
    if row is None:
        raise UnknownError(f"there is no account with the name {name!r}", "Enter the name of an existing account")
    return row


def _signed_in(session: Session, name: str | None) -> User:
    row = session.get(UserRow, name) if name else None
    if row is None or not row.active:
        raise SignInError("you are not signed in", "Sign in again")
    return to_user(session, row)


def _digest(secret: str) -> str:
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def to_user(session: Session, row: UserRow) -> User:
    """Return the value of a row."""
    enrolled = bool(row.totp)
    required = session.scalar(select(StoreRow.second_factor)) == REQUIRED
    must = required and not enrolled and bool(row.password)
    return value_of(User, row, role=Role(row.role), second_factor=enrolled, must_enroll=must)
