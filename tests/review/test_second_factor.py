"""Codes of an authenticator app and recovery codes; in each kind of database."""

from datetime import datetime, timedelta

import pytest
from pyotp import TOTP
from sqlalchemy import text

from impact.review.authentication import limits, second_factor
from impact.review.authentication.limits import SignInOrigin
from impact.review.authentication.sign_in import check_code, sign_in
from impact.review.store import accounts
from impact.review.store.store import Store
from impact.review.values.refusals import ConflictError, EnrollmentError, SignInError
from impact.review.values.users import Role, User

NOW = datetime.fromisoformat("2025-05-06T07:08:09.123456+00:00")
STEP = timedelta(seconds=second_factor.STEP)
RIGHT = "four boats on the canal"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105 (of a person who lives in tests)


@pytest.fixture
def ann(store: Store) -> User:
    return accounts.add_user(store, "Ann", Role.ADMINISTRATOR, RIGHT, NOW)


@pytest.fixture
def codes(store: Store, ann: User) -> tuple[str, ...]:
    """Turn the second factor of ann on, some time ago, and return her recovery codes."""
    before = NOW - 10 * STEP
    return second_factor.confirm(store, ann, SECRET, _code(before), before)


def _code(time: datetime) -> str:
    return TOTP(SECRET).at(time)


def test_with_a_second_factor_the_password_alone_signs_nobody_in(
    store: Store, ann: User, codes: tuple[str, ...]
) -> None:
    for wrong in ("", "000000", RIGHT, codes[0][:-1], _code(NOW + 3 * STEP)):
        with pytest.raises(SignInError, match="code is incorrect"):
            check_code(store, ann, wrong, SignInOrigin(f"address {wrong}"), NOW)
    with pytest.raises(SignInError, match="code is incorrect"):
        sign_in(store, "Ann", RIGHT, SignInOrigin("::1"), NOW)

    assert sign_in(store, "Ann", RIGHT, SignInOrigin("::1"), NOW, _code(NOW)).second_factor


@pytest.mark.usefixtures("codes")
def test_the_code_of_a_clock_half_a_minute_off_is_accepted_and_no_code_twice(store: Store, ann: User) -> None:
    check_code(store, ann, _code(NOW - STEP), SignInOrigin("::1"), NOW)
    check_code(store, ann, _code(NOW), SignInOrigin("::1"), NOW)

    for used in (NOW, NOW - STEP) * limits.FROM_ELSEWHERE.free:
        with pytest.raises(SignInError, match="already used"):
            check_code(store, ann, _code(used), SignInOrigin("::1"), NOW)


def test_a_recovery_code_is_accepted_once_however_it_is_typed(store: Store, ann: User, codes: tuple[str, ...]) -> None:
    assert len(set(codes)) == second_factor.RECOVERY_CODES
    check_code(store, ann, f" {codes[0].lower().replace('-', ' ')} ", SignInOrigin("::1"), NOW)

    with pytest.raises(SignInError):
        check_code(store, ann, codes[0], SignInOrigin("::1"), NOW)
    assert second_factor.codes_left(store, ann) == second_factor.RECOVERY_CODES - 1


def test_new_recovery_codes_replace_the_earlier_ones(store: Store, ann: User, codes: tuple[str, ...]) -> None:
    new = second_factor.renew_codes(store, ann)

    with pytest.raises(SignInError):
        check_code(store, ann, codes[0], SignInOrigin("::1"), NOW)
    assert check_code(store, ann, new[0], SignInOrigin("::1"), NOW)


def test_no_recovery_code_is_in_the_database(store: Store, codes: tuple[str, ...]) -> None:
    with store.reading() as session:
        kept = session.execute(text("SELECT digest FROM recovery_codes")).scalars().all()

    assert not {code.replace("-", "") for code in codes} & set(kept)
    assert all(len(digest) == 64 for digest in kept)


def test_wrong_codes_delay_as_wrong_passwords_do_even_with_the_right_password_between(
    store: Store, ann: User, codes: tuple[str, ...]
) -> None:
    with store.writing() as session:
        for _ in range(limits.FROM_ELSEWHERE.free - 1):
            limits.record_failure(session, ann.name, SignInOrigin("::1"), NOW)
            session.flush()
    with pytest.raises(SignInError, match="code is incorrect"):
        sign_in(store, "Ann", RIGHT, SignInOrigin("::1"), NOW, "000000")

    with pytest.raises(SignInError, match="too many"):
        check_code(store, ann, codes[0], SignInOrigin("::1"), NOW)


def test_a_second_factor_begins_with_a_code_of_the_app(store: Store, ann: User) -> None:
    with pytest.raises(SignInError):
        second_factor.confirm(store, ann, SECRET, "000000", NOW)
    assert not accounts.get_user(store, "Ann").second_factor

    second_factor.confirm(store, ann, SECRET, _code(NOW), NOW)

    assert accounts.get_user(store, "Ann").second_factor
    with pytest.raises(ConflictError):
        second_factor.confirm(store, ann, SECRET, _code(NOW + STEP), NOW + STEP)


def test_a_second_factor_that_was_removed_is_not_asked_for(store: Store, ann: User, codes: tuple[str, ...]) -> None:
    second_factor.remove(store, "ann")

    assert sign_in(store, "Ann", RIGHT, SignInOrigin("::1"), NOW) == ann
    assert second_factor.codes_left(store, ann) == 0
    with pytest.raises(SignInError):
        check_code(store, ann, codes[0], SignInOrigin("::1"), NOW)
    with pytest.raises(ConflictError):
        second_factor.renew_codes(store, ann)


def test_where_it_is_required_tokens_of_who_has_none_are_refused(store: Store, ann: User) -> None:
    _, secret = accounts.add_token(store, ann, "script", NOW)
    second_factor.require(store, required=True)

    assert accounts.get_user(store, "Ann").must_enroll
    with pytest.raises(EnrollmentError):
        accounts.token_user(store, secret, NOW)
    second_factor.confirm(store, ann, SECRET, _code(NOW), NOW)
    assert not accounts.token_user(store, secret, NOW).must_enroll

    second_factor.require(store, required=False)
    second_factor.remove(store, "Ann")
    assert accounts.token_user(store, secret, NOW) == ann


def test_the_picture_is_read_by_any_app_and_needs_no_style_or_script() -> None:
    address = second_factor.app_address("Ann O'Hare", SECRET, "impact.example.org")
    picture = second_factor.picture(address)

    assert address.startswith("otpauth://totp/impact%20impact.example.org:Ann%20O%27Hare?")
    assert f"secret={SECRET}" in address
    assert picture.startswith("<svg ")
    assert not any(word in picture for word in ("style=", "<script", "href"))
