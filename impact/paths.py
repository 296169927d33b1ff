"""Where folders are: `models/` and `corpora/` in a checkout, an editable install or a wheel, and those of the user."""

import json
import os
import sys
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import TypeVar

from impact.errors import MissingError

Weights = TypeVar("Weights")

_USER_FOLDERS = {
    "config": ("APPDATA", "XDG_CONFIG_HOME", ".config", "Application Support"),
    "cache": ("LOCALAPPDATA", "XDG_CACHE_HOME", ".cache", "Caches"),
}
"""Variables that name a folder on Windows and elsewhere, and where it is without; the last in ~/Library of macOS."""


def user_folder(kind: str, environment: Mapping[str, str] = os.environ) -> Path:
    """Return the user's folder for settings ("config") or for what can be made again ("cache"); it need not exist."""
    windows, other, hidden, library = _USER_FOLDERS[kind]
    if sys.platform == "darwin":
        return Path.home() / "Library" / library / "impact"
    named = environment.get(windows if sys.platform == "win32" else other)
    return (Path(named) if named else Path.home() / hidden) / "impact"


def shelf(name: str) -> Path:
    """Return the folder `name` ("models" or "corpora").

    A wheel carries them inside the package, as `impact/_shelf/NAME`; a checkout or an editable install has them beside
    the package.

    Raises:
        MissingError: If neither place has it.
    """
    package = Path(str(files("impact")))
    for place in (package / "_shelf" / name, package.parent / name):
        if place.is_dir():
            return place
    message = f"the folder {name!r} is neither inside the package at {package} nor beside it"
    raise MissingError(message, "Reinstall the program; the wheel contains the folder")


def weights_of(kind: type[Weights], path: Path, subject: str, script: str) -> Weights:
    """Return fitted weights of a dataclass from a JSON file with its fields.

    Complaints name the `subject` that the weights are about, and the `script` that writes them in a checkout.

    Raises:
        MissingError: If the file is absent or cannot be used.
    """
    hint = f"Install the program again, or in a checkout run {script}"
    try:
        return kind(**json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError as error:
        raise MissingError(f"the weights of {subject} are incomplete: {path} is not there", hint) from error
    except (ValueError, TypeError) as error:
        raise MissingError(f"the weights of {subject} in {path} are damaged ({error})", hint) from error
