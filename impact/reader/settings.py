"""The configured door: options of the command come first, then the environment, then the settings file."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from impact.errors import ImpactError
from impact.paths import user_folder
from impact.reader.door import BY_FILE, OFF, Door
from impact.typed import Place, parse

FILE_NAME = "reader.toml"
KEY = "IMPACT_READER_KEY"
"""The environment variable with the key of a server, which is taken from nowhere else."""

_HINT = "Correct or remove the file; docs/reader.md explains each key"
_VARIABLES = {"address": "IMPACT_READER", "model": "IMPACT_READER_MODEL", "hosts": "IMPACT_READER_HOST_ALLOWED"}
_NEXT = "Give --reader-model NAME, IMPACT_READER_MODEL or model in the settings file"


@dataclass(frozen=True, slots=True)
class _DoorFile:
    """What reader.toml may hold; what is absent is as `Door` has it."""

    address: str | None = None
    model: str | None = None
    hosts: tuple[str, ...] | None = None
    answers: str | None = None
    timeout: float | None = None
    retries: int | None = None
    together: int | None = None
    passes: int | None = None
    requests: int | None = None
    tokens: int | None = None
    seconds: float | None = None
    answer_tokens: int | None = None


def configured(
    chosen: Mapping[str, Any],
    environment: Mapping[str, str] = os.environ,
    file: Path | None = None,
    defaults: Mapping[str, Any] | None = None,
) -> Door | None:
    """Return the configured door; None where there is no second reader.

    Args:
        chosen: Fields of `Door` from the options of the command; None and empty values count as absent.
        environment: Environment variables, see `docs/reader.md`.
        file: The settings file; by default the user's.
        defaults: Fields of `Door` that replace its own defaults.

    Raises:
        ImpactError: If the settings contradict themselves, or text must not be sent to the host.
    """
    filed = _from_file(file or settings_file(environment))
    values = {
        **(defaults or {}),
        **filed,
        **_from_environment(environment),
        **_nonempty(chosen),
        "answers": _answers(filed, environment),
    }
    if values.get("address", OFF) == OFF:
        return None
    if not values.get("model"):
        raise ImpactError("no model is given for the second reader", _NEXT)
    if values["address"] != BY_FILE and find_spec("openai") is None:
        raise ImpactError(
            "a second reader needs the openai package, which is not installed", "pip install 'impact-rights[reader]'"
        )
    try:
        return Door(**values)
    except ValueError as error:
        raise ImpactError(f"the settings of the second reader are invalid: {error}", _HINT) from error


def settings_file(environment: Mapping[str, str] = os.environ) -> Path:
    """Return the path of the user's settings file, which need not exist."""
    return user_folder("config", environment) / FILE_NAME


def answers_folder(environment: Mapping[str, str] = os.environ, file: Path | None = None) -> Path:
    """Return the folder in which answers are stored, which need not exist."""
    return _answers(_from_file(file or settings_file(environment)), environment)


def _answers(filed: Mapping[str, Any], environment: Mapping[str, str]) -> Path:
    default = user_folder("cache", environment) / "answers"
    return Path(filed.get("answers", default)).expanduser()


def _from_file(file: Path) -> dict[str, Any]:
    """Return what the settings file says; nothing where there is none."""
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise ImpactError(f"{file} cannot be read: {error.strerror}", _HINT) from error
    settings = parse(_DoorFile, content, Place(str(file), hint=_HINT))
    return _nonempty({field.name: getattr(settings, field.name) for field in fields(settings)})


def _from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    values: dict[str, Any] = {name: environment.get(variable, "").strip() for name, variable in _VARIABLES.items()}
    values["hosts"] = tuple(host.strip() for host in values["hosts"].split(",") if host.strip())
    return _nonempty(values)


def _nonempty(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "", ())}
