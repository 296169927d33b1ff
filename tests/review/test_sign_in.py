"""Passwords and the delays after wrong ones; in each kind of database."""

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from time import perf_counter

import pytest
from sqlalchemy import func, select

from impact.review.authentication import limits
from impact.review.authentication.limits import SignInOrigin
from impact.review.authentication.sign_in import complete, sign_in
from impact.review.store import accounts
from impact.review.store.account_tables import FailureRow
from impact.review.store.store import Store
from impact.review.values import passwords
from impact.review.values.refusals import DelayError, SignInError
from impact.review.values.users import Role, User

NOW = datetime.fromisoformat("2025-05-06T07:08:09.123456+00:00")
RIGHT, WRONG = "four boats on the canal", "five boats on the canal"
HOME, ELSEWHERE = SignInOrigin("192.0.2.10"), SignInOrigin("198.51.100.7")
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
Person = Callable[..., User]

AT_ONCE = """
import resource
from concurrent.futures import ThreadPoolExecutor
from impact.review.values.passwords import fits, hashed, slot

def check(number):
    with slot():
        return fits(known, "wrong")

known = hashed("four boats on the canal")
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
with ThreadPoolExecutor(16) as pool:
    assert not any(pool.map(check, range(16)))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


@pytest.fixture
def ann(store: Store) -> User:
    return accounts.add_user(store, "Ann", Role.ADMINISTRATOR, RIGHT, NOW)


def _fail(store: Store, name: str, origin: SignInOrigin, times: int, now: datetime = NOW) -> None:
    """Count failed attempts as wrong passwords do; to check those takes long on purpose."""
    with store.writing() as session:
        for _ in range(times):
            limits.record_failure(session, name, origin, now)
            session.flush()


def _wait(store: Store, name: str, origin: SignInOrigin, now: datetime = NOW) -> timedelta:
    with store.reading() as session:
        return limits.remaining(session, name, origin, now)


def test_the_right_password_signs_in_whatever_the_case_of_the_name(store: Store, ann: User) -> None:
    assert sign_in(store, "ANN", RIGHT, SignInOrigin("::1"), NOW) == ann
    assert ann.password.startswith("$argon2id$")
    assert RIGHT not in ann.password


def test_wrong_name_wrong_password_and_no_password_are_answered_the_same(
    store: Store, ann: User, person: Person
) -> None:
    person(store, "Bob")
    answers = set()
    for name, password in ((ann.name, WRONG), ("Zoe", RIGHT), ("Bob", ""), ("Bob", RIGHT), ("", ""), ("\0", "\ud800")):
        with pytest.raises(SignInError) as caught:
            sign_in(store, name, password, SignInOrigin(f"address {len(answers)}"), NOW)
        answers.add(str(caught.value))

    assert len(answers) == 1


def test_an_unknown_name_takes_as_long_as_a_known_one(light: Store, person: Person) -> None:
    accounts.add_user(light, "Ann", Role.ADMINISTRATOR, RIGHT, NOW)
    person(light, "Bob")
    times = {name: min(_timed(light, name, number) for number in range(3)) for name in ("Ann", "Bob", "Zoe")}

    assert max(times.values()) < 2 * min(times.values())


def _timed(store: Store, name: str, number: int) -> float:
    started = perf_counter()
    with pytest.raises(SignInError):
        sign_in(store, name, WRONG, SignInOrigin(f"192.0.2.{number}"), NOW)
    return perf_counter() - started


def test_the_hash_of_no_password_costs_what_a_real_one_costs() -> None:
    real = passwords.hashed(RIGHT)
    assert passwords._UNKNOWN.split("$")[:4] == real.split("$")[:4]
    assert [len(part) for part in passwords._UNKNOWN.split("$")] == [len(part) for part in real.split("$")]


def test_many_passwords_at_once_take_the_memory_of_a_few() -> None:
    """16 hashes at once would take 1 GB; two take 128 MiB, one of which was measured before."""
    done = subprocess.run([sys.executable, "-c", AT_ONCE], capture_output=True, check=True, text=True)
    assert int(done.stdout) < 3 * passwords.MEMORY


def test_after_some_failures_from_one_address_one_waits_longer_each_time(light: Store) -> None:
    waits = []
    for _ in range(20):
        _fail(light, "ann", ELSEWHERE, 1)
        waits.append(_wait(light, "ann", ELSEWHERE))

    assert waits[:4] == [timedelta()] * 4
    assert waits[4:8] == [SECOND, 2 * SECOND, 4 * SECOND, 8 * SECOND]
    assert waits[-1] == limits.FROM_ELSEWHERE.longest


def test_the_last_second_of_a_delay_is_one_second(store: Store) -> None:
    _fail(store, "ann", ELSEWHERE, limits.FROM_ELSEWHERE.free)

    with pytest.raises(DelayError, match="Wait 1 second and"):
        sign_in(store, "Ann", RIGHT, ELSEWHERE, NOW + SECOND / 2)


def test_who_waits_is_answered_without_a_hash_and_may_try_again_when_the_time_is_over(store: Store, ann: User) -> None:
    _fail(store, "ann", ELSEWHERE, 100)
    started = perf_counter()

    with pytest.raises(DelayError, match="Wait 16 minutes"):
        sign_in(store, "Ann", RIGHT, ELSEWHERE, NOW)

    assert perf_counter() - started < 0.1
    assert sign_in(store, "Ann", RIGHT, ELSEWHERE, NOW + limits.FROM_ELSEWHERE.longest) == ann


def test_whoever_knows_a_name_cannot_delay_its_owner_at_a_usual_address(store: Store, ann: User) -> None:
    complete(store, ann, HOME, NOW)
    for number in range(50):
        _fail(store, "ann", SignInOrigin(f"198.51.100.{number}"), 10)

    assert _wait(store, "ann", HOME) == timedelta()
    assert _wait(store, "ann", SignInOrigin("203.0.113.1")) == limits.FOR_NAME.longest
    assert sign_in(store, "Ann", RIGHT, HOME, NOW) == ann


def test_an_address_stays_usual_for_some_time(store: Store, ann: User) -> None:
    complete(store, ann, HOME, NOW)
    later = NOW + limits.USUAL
    for number in range(50):
        _fail(store, "ann", SignInOrigin(f"198.51.100.{number}"), 10, later)

    assert _wait(store, "ann", HOME, later - SECOND) == timedelta()
    assert _wait(store, "ann", HOME, later) == limits.FOR_NAME.longest


def test_failures_at_the_usual_address_delay_the_owner_by_a_minute_at_the_most(store: Store, ann: User) -> None:
    complete(store, ann, HOME, NOW)
    _fail(store, "ann", HOME, 1000)

    assert _wait(store, "ann", HOME) == MINUTE


def test_an_attacker_at_the_same_address_cannot_delay_the_owner_in_their_own_browser(store: Store, ann: User) -> None:
    browser = SignInOrigin(HOME.address, "random name of a browser")
    complete(store, ann, browser, NOW)
    _fail(store, "ann", HOME, 1000)

    assert _wait(store, "ann", HOME) == MINUTE
    assert _wait(store, "ann", browser) == timedelta()
    assert sign_in(store, "Ann", RIGHT, browser, NOW) == ann


def test_failures_in_ones_own_browser_delay_there_alone(light: Store) -> None:
    browser = SignInOrigin(HOME.address, "random name of a browser")
    _fail(light, "ann", browser, 1000)

    assert _wait(light, "ann", browser) == MINUTE
    assert _wait(light, "ann", HOME) == timedelta()


def test_sixty_failures_behind_one_address_delay_none_of_the_others_there(store: Store, ann: User) -> None:
    for number in range(60):
        _fail(store, f"name {number}", HOME, 1)

    assert _wait(store, "ann", HOME) == timedelta()
    assert sign_in(store, "Ann", RIGHT, HOME, NOW) == ann


def test_an_address_that_tries_many_names_waits_but_not_who_signs_in_from_there(store: Store, ann: User) -> None:
    complete(store, ann, HOME, NOW)
    for number in range(200):
        _fail(store, f"name {number}", HOME, 1)

    assert _wait(store, "zoe", HOME) == limits.FOR_NETWORK.longest
    assert _wait(store, "ann", HOME) == timedelta()


@pytest.mark.parametrize(
    ("one", "other"), [("2001:db8:1:2::1", "2001:db8:1:2:ffff::9"), ("192.0.2.1", "::ffff:192.0.2.1")]
)
def test_addresses_that_one_person_has_count_as_one(one: str, other: str) -> None:
    assert SignInOrigin(one).network == SignInOrigin(other).network
    assert SignInOrigin(one).network != SignInOrigin("2001:db8:1:3::1").network


@pytest.mark.usefixtures("ann")
def test_a_success_forgets_the_failures_of_that_person_there_and_no_others(store: Store) -> None:
    _fail(store, "ann", HOME, 4)
    _fail(store, "ann", ELSEWHERE, 10)
    elsewhere = _wait(store, "ann", ELSEWHERE)

    sign_in(store, "Ann", RIGHT, HOME, NOW)
    _fail(store, "ann", HOME, 4)

    assert _wait(store, "ann", HOME) == timedelta()
    assert _wait(store, "ann", ELSEWHERE) == elsewhere > timedelta()


@pytest.mark.long
def test_guesses_at_once_are_no_more_than_guesses_in_a_row(store: Store, ann: User) -> None:
    def attempt(_number: int) -> str:
        with pytest.raises(SignInError) as caught:
            sign_in(store, ann.name, WRONG, ELSEWHERE, NOW)
        return caught.value.message

    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(attempt, range(20)))

    hashed = sum("incorrect" in answer for answer in answers)
    assert limits.FROM_ELSEWHERE.free <= hashed <= limits.FROM_ELSEWHERE.free + passwords.AT_ONCE - 1


def test_a_failure_is_forgotten_after_a_day(light: Store) -> None:
    _fail(light, "ann", ELSEWHERE, 100)
    _fail(light, "ann", ELSEWHERE, 1, NOW + limits.WINDOW + SECOND)

    with light.reading() as session:
        assert session.scalar(select(func.count()).select_from(FailureRow)) == 3
    assert _wait(light, "ann", ELSEWHERE, NOW + limits.WINDOW + SECOND) == timedelta()
