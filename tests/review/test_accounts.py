"""Accounts, sessions, tokens, audit log; in each kind of database."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from impact.review.authentication.limits import SignInOrigin
from impact.review.authentication.sign_in import sign_in
from impact.review.store import accounts
from impact.review.store.store import Store
from impact.review.values.refusals import ConflictError, SignInError, UnknownError
from impact.review.values.users import AuditEntry, Role, User

NOW = datetime.fromisoformat("2025-05-06T07:08:09.123456+00:00")
HOUR = timedelta(hours=1)
RIGHT, OTHER = "four boats on the canal", "five boats on the canal"
Person = Callable[..., User]


@pytest.fixture
def ann(store: Store) -> User:
    return accounts.add_user(store, "Ann", Role.ADMINISTRATOR, RIGHT, NOW)


def test_a_session_lasts_until_its_hour_or_the_end(store: Store, ann: User) -> None:
    secret = accounts.start_session(store, ann, NOW, HOUR)

    assert accounts.session_user(store, secret, NOW) == ann
    for when, given in ((NOW + HOUR, secret), (NOW, secret[:-1]), (NOW, "")):
        with pytest.raises(SignInError):
            accounts.session_user(store, given, when)
    accounts.end_session(store, secret)
    with pytest.raises(SignInError):
        accounts.session_user(store, secret, NOW)


def test_a_new_password_ends_all_sessions(store: Store, ann: User) -> None:
    secret = accounts.start_session(store, ann, NOW, HOUR)

    accounts.change_user(store, "Ann", password=OTHER)

    with pytest.raises(SignInError):
        accounts.session_user(store, secret, NOW)
    assert sign_in(store, "Ann", OTHER, SignInOrigin("::1"), NOW)


def test_a_new_password_ends_all_tokens_and_a_new_role_does_not(store: Store, ann: User) -> None:
    _, secret = accounts.add_token(store, ann, "script", NOW)

    accounts.change_user(store, "Ann", role=Role.ADMINISTRATOR)
    assert accounts.token_user(store, secret, NOW) == ann
    accounts.change_user(store, "Ann", password=OTHER)

    assert accounts.tokens(store, ann) == ()
    with pytest.raises(SignInError):
        accounts.token_user(store, secret, NOW)


def test_a_token_ends_by_itself_where_nobody_says_when(store: Store, ann: User) -> None:
    token, secret = accounts.add_token(store, ann, "script", NOW)

    assert token.expires == NOW + accounts.TOKEN_LASTING
    with pytest.raises(SignInError):
        accounts.token_user(store, secret, NOW + accounts.TOKEN_LASTING)


def test_a_token_works_until_it_expires_or_is_revoked(store: Store, ann: User) -> None:
    token, secret = accounts.add_token(store, ann, "script", NOW, HOUR)

    assert accounts.token_user(store, secret, NOW) == ann
    assert accounts.tokens(store, ann)[0].used == NOW
    with pytest.raises(SignInError):
        accounts.token_user(store, secret, NOW + HOUR)
    accounts.revoke_token(store, ann, token.id)
    with pytest.raises(SignInError):
        accounts.token_user(store, secret, NOW)


def test_nobody_revokes_the_token_of_another(store: Store, ann: User, person: Person) -> None:
    token, _ = accounts.add_token(store, ann, "script", NOW)

    with pytest.raises(UnknownError):
        accounts.revoke_token(store, person(store, "Bob"), token.id)


def test_no_secret_is_in_the_database(store: Store, ann: User) -> None:
    secrets = [accounts.start_session(store, ann, NOW, HOUR), accounts.add_token(store, ann, "script", NOW)[1]]

    with store.reading() as session:
        kept = [session.execute(text(f"SELECT digest FROM {name}")).scalar() for name in ("sessions", "tokens")]  # noqa: S608

    assert not set(kept) & set(secrets)


def test_closing_an_account_ends_its_sessions_and_tokens(store: Store, ann: User, person: Person) -> None:
    bob = person(store, "Bob")
    session = accounts.start_session(store, bob, NOW, HOUR)
    token = accounts.add_token(store, bob, "script", NOW)[1]

    accounts.change_user(store, "Bob", active=False)

    with pytest.raises(SignInError):
        accounts.session_user(store, session, NOW)
    with pytest.raises(SignInError):
        accounts.token_user(store, token, NOW)
    assert [user.name for user in accounts.users(store)] == [ann.name, "Bob"]


def test_the_last_administrator_stays_one(store: Store, ann: User) -> None:
    for change in ({"role": Role.OFFICER}, {"active": False}):
        with pytest.raises(ConflictError):
            accounts.change_user(store, ann.name, **change)

    assert accounts.get_user(store, ann.name) == ann


def test_a_name_is_taken_once_without_regard_to_case(store: Store, ann: User) -> None:
    with pytest.raises(ConflictError):
        accounts.add_user(store, ann.name.upper(), Role.OFFICER, "", NOW)


@pytest.mark.parametrize("password", ["short", "x" * 300])
def test_a_password_too_short_or_too_long_is_refused(light: Store, password: str) -> None:
    with pytest.raises(SignInError):
        accounts.add_user(light, "Ann", Role.OFFICER, password, NOW)


@pytest.mark.parametrize("name", ["", " Ann", "Ann\n", "a,b", "x" * 65, "A\u0308", "\ud800"])
def test_an_odd_name_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="name"):
        User(name, Role.OFFICER)


def test_a_password_in_plain_is_no_account() -> None:
    with pytest.raises(ValueError, match="argon2"):
        User("Ann", Role.OFFICER, RIGHT)


def test_the_audit_log_is_read_newest_first(store: Store) -> None:
    for number in range(3):
        accounts.audit(store, AuditEntry(0, NOW, "Ann", "erase", f"p{number}", "::1\0"))

    last, *_ = found = accounts.audit_log(store, limit=2)

    assert [one.about for one in found] == ["p2", "p1"]
    assert [one.about for one in accounts.audit_log(store, before=found[-1].id)] == ["p0"]
    assert (last.time, last.who, last.source) == (NOW, "Ann", "::1\ufffd")
