"""Where questions may go, and which settings hold."""

import subprocess
import sys
from pathlib import Path

import pytest

from impact.errors import DataError, ImpactError
from impact.reader import BY_FILE, OFF, Door, configured
from impact.reader.settings import answers_folder

HERE = "http://127.0.0.1:11434/v1"


@pytest.mark.parametrize("address", [HERE, "http://localhost:8000/v1", "http://[::1]:8080/v1", "https://127.8.9.1/v1"])
def test_this_machine_may_be_asked_without_more(address: str, tmp_path: Path) -> None:
    assert Door(address, "m", tmp_path).local


@pytest.mark.parametrize(
    "address",
    [
        "https://llm.example.org/v1",
        "http://192.168.1.7:8000/v1",
        "http://0.0.0.0:8000/v1",
        "http://127.0.0.1.example.org/v1",
        "http://localhost.example.org/v1",
        "http://2130706433/v1",
        "http://[2001:db8::1]/v1",
    ],
)
def test_another_host_is_refused_with_what_would_allow_it(address: str, tmp_path: Path) -> None:
    with pytest.raises(ImpactError, match="not on this machine") as refusal:
        Door(address, "m", tmp_path)

    assert "--reader-host-allowed" in refusal.value.hint


def test_a_host_that_is_allowed_is_asked_and_no_other(tmp_path: Path) -> None:
    door = Door("https://LLM.example.org:8443/v1", "m", tmp_path, hosts=("llm.example.org",))

    assert (door.local, door.encrypted, door.host) == (False, True, "llm.example.org:8443")
    with pytest.raises(ImpactError, match=r"other\.example\.org"):
        Door("https://other.example.org/v1", "m", tmp_path, hosts=("llm.example.org",))


@pytest.mark.parametrize(
    "address",
    ["localhost:11434", "ftp://127.0.0.1/v1", "http:///v1", "http://127.0.0.1:99999/v1", "http://127.0.0.1/v1?key=1",
     "http://127.0.0.1/v1#x", "http://[::1/v1", "http://127.0.0.1/\nv1", "nonsense"],
)  # fmt: skip
def test_what_is_no_address_is_refused(address: str, tmp_path: Path) -> None:
    with pytest.raises(ImpactError, match="not a valid address"):
        Door(address, "m", tmp_path)


def test_a_key_in_the_address_is_refused_and_not_repeated(tmp_path: Path) -> None:
    with pytest.raises(ImpactError, match="IMPACT_READER_KEY") as refusal:
        Door("http://user:sesame@127.0.0.1/v1", "m", tmp_path)

    assert "sesame" not in str(refusal.value)


@pytest.mark.parametrize("amount", ["timeout", "together", "seconds", "answer_tokens"])
def test_amounts_are_above_zero(amount: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="above 0"):
        Door(HERE, "m", tmp_path, **{amount: 0})


@pytest.mark.parametrize("amount", ["requests", "tokens", "retries"])
def test_a_budget_may_be_used_up_and_not_be_below_zero(amount: str, tmp_path: Path) -> None:
    assert Door(HERE, "m", tmp_path, **{amount: 0})

    with pytest.raises(ValueError, match="above 0"):
        Door(HERE, "m", tmp_path, **{amount: -1})


def test_nobody_is_asked_where_nothing_is_configured(tmp_path: Path) -> None:
    assert configured({}, {}, tmp_path / "none.toml") is None


def test_options_come_before_the_environment_and_that_before_the_file(tmp_path: Path) -> None:
    file = tmp_path / "reader.toml"
    file.write_text(f'address = "{HERE}"\nmodel = "by file"\ntimeout = 9\nrequests = 7\n')
    environment = {"IMPACT_READER_MODEL": "by environment", "IMPACT_READER": "http://localhost:1/v1"}

    door = configured({"address": "http://localhost:2/v1", "model": None, "hosts": ()}, environment, file)

    assert door
    assert (door.address, door.model, door.timeout, door.requests) == ("http://localhost:2/v1", "by environment", 9, 7)


def test_off_switches_off_what_is_configured_elsewhere(tmp_path: Path) -> None:
    assert configured({"address": OFF}, {"IMPACT_READER": HERE, "IMPACT_READER_MODEL": "m"}, tmp_path / "none") is None


def test_hosts_are_allowed_by_the_environment_too(tmp_path: Path) -> None:
    environment = {"IMPACT_READER_HOST_ALLOWED": "a.example.org, b.example.org"}

    door = configured({"address": "https://b.example.org/v1", "model": "m"}, environment, tmp_path / "none")

    assert door
    assert door.hosts == ("a.example.org", "b.example.org")


def test_a_reader_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImpactError, match="no model"):
        configured({"address": HERE}, {}, tmp_path / "none")


def test_a_key_in_the_settings_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "reader.toml"
    file.write_text('key = "sesame"\n')

    with pytest.raises(DataError, match="unknown key") as refusal:
        configured({}, {}, file)

    assert "sesame" not in str(refusal.value)


def test_absurd_settings_are_refused_with_the_file_to_correct(tmp_path: Path) -> None:
    file = tmp_path / "reader.toml"
    file.write_text(f'address = "{HERE}"\nmodel = "m"\ntogether = -1\n')

    with pytest.raises(ImpactError, match="settings of the second reader are invalid"):
        configured({}, {}, file)


def test_answers_are_kept_in_the_folder_that_the_settings_name(tmp_path: Path) -> None:
    file = tmp_path / "reader.toml"
    file.write_text(f"answers = '{tmp_path / 'here'}'\n")

    door = configured({"address": BY_FILE, "model": "m"}, {}, file)

    assert door
    assert door.answers == answers_folder({}, file) == tmp_path / "here"


def test_the_client_is_loaded_for_a_question_alone() -> None:
    program = "import sys, impact.reader, impact.cli.reader; sys.exit('openai' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
