"""Who may reach a server, and how often."""

import re
from pathlib import Path

import pyotp
import pytest
from click.testing import CliRunner

from impact.cli import main
from impact.review.store.accounts import users
from impact.review.store.store import open_store
from impact.web.server.middleware import RateLimit
from impact.web.server.settings import Settings


@pytest.mark.parametrize("host", ["192.0.2.1", "0.0.0.0", "::", "example.org"])  # noqa: S104 (to be refused)
def test_without_accounts_no_other_machine_may_come(host: str) -> None:
    with pytest.raises(ValueError, match="only this machine"):
        Settings(host=host)


def test_without_accounts_no_proxy_may_lead_here() -> None:
    with pytest.raises(ValueError, match="only this machine"):
        Settings(url="https://impact.example.org")


@pytest.mark.parametrize(
    "url", ["impact.example.org", "ftp://x", "https://x/path", "https://u@x", "https://x:y", "https://"]
)
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="without a path"):
        Settings(url=url, accounts=True)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.3.2.1", "::1", "localhost"])
def test_loopback_needs_no_accounts(host: str) -> None:
    assert Settings(host=host).is_local


def test_a_name_is_answered_to_only_if_it_is_ours() -> None:
    settings = Settings(host="192.0.2.1", url="https://impact.example.org", accounts=True)
    assert settings.names == {"impact.example.org", "192.0.2.1"}


def test_an_address_that_asks_too_often_waits_and_others_do_not() -> None:
    times = iter([0.0] * 121 + [0.0, 1.0, 1.0])
    rate = RateLimit(60, lambda: next(times))
    first = [rate.admits("a") for _ in range(121)]
    assert first == [True] * 120 + [False]
    assert rate.admits("b")
    assert [rate.admits("a"), rate.admits("a")] == [True, False]


def test_serving_to_others_without_accounts_is_refused_with_what_to_do(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["serve", "--store", str(tmp_path), "--host", "192.0.2.1"])
    assert done.exit_code == 1
    assert "impact user add NAME --role administrator" in done.output


def test_serving_on_all_addresses_asks_for_the_name(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["serve", "--store", str(tmp_path), "--host", "0.0.0.0"])  # noqa: S104 (refused)
    assert done.exit_code == 1
    assert "--url" in done.output


def test_accounts_are_made_listed_and_changed_on_the_command_line(tmp_path: Path) -> None:
    place, secret = ["--store", str(tmp_path)], "a long and good password\n" * 2
    run = CliRunner().invoke
    made = run(main, ["user", "add", "ada", "--role", "administrator", *place], input=secret)
    more = run(main, ["user", "add", "rita", *place], input=secret)
    short = run(main, ["user", "add", "olga", *place], input="short\nshort\n")
    again = run(main, ["user", "add", "Ada", *place], input=secret)
    closed = run(main, ["user", "change", "rita", "--close", *place])
    last = run(main, ["user", "change", "ada", "--role", "officer", *place])
    listed = run(main, ["user", "list", *place])
    codes = [one.exit_code for one in (made, more, short, again, closed, last, listed)]
    assert codes == [0, 0, 1, 1, 0, 1, 0]
    assert listed.output == "ada\tadministrator\topen\tno second factor\nrita\treviewer\tclosed\tno second factor\n"
    store = open_store(tmp_path)
    assert all(user.password.startswith("$argon2id$") for user in users(store))
    store.close()


def test_a_second_factor_is_set_up_renewed_and_removed_on_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = pyotp.random_base32()
    monkeypatch.setattr(pyotp, "random_base32", lambda: secret)  # the person at the terminal reads it from the picture
    place, run = ["--store", str(tmp_path)], CliRunner().invoke
    run(main, ["user", "add", "ada", "--role", "administrator", *place], input="a long and good password\n" * 2)
    wrong = run(main, ["user", "second-factor", "ada", *place], input="000000\n")
    made = run(main, ["user", "second-factor", "ada", *place], input=f"{pyotp.TOTP(secret).now()}\n")
    again = run(main, ["user", "second-factor", "ada", *place])
    renewed = run(main, ["user", "second-factor", "ada", "--new-codes", *place])
    listed = run(main, ["user", "list", *place]).output
    removed = run(main, ["user", "second-factor", "ada", "--remove", *place])
    codes = [re.findall(r"^(?:[A-Z2-9]{4}-){3}[A-Z2-9]{4}$", one.output, re.MULTILINE) for one in (made, renewed)]
    assert [one.exit_code for one in (wrong, made, again, renewed, removed)] == [1, 0, 1, 0, 0]
    assert secret in made.output
    assert "\N{FULL BLOCK}" in made.output
    assert [len(set(some)) for some in codes] == [10, 10]
    assert not set(codes[0]) & set(codes[1])
    assert listed == "ada\tadministrator\topen\tsecond factor\n"
    assert run(main, ["user", "list", *place]).output == "ada\tadministrator\topen\tno second factor\n"


def test_the_administrator_requires_a_second_factor_on_the_command_line(tmp_path: Path) -> None:
    place, run = ["--store", str(tmp_path)], CliRunner().invoke
    told = [run(main, ["user", "policy", *wish, *place]).output for wish in ([], ["--second-factor", "required"], [])]
    assert told == ["second factor: optional\n", "second factor: required\n", "second factor: required\n"]
