"""Where the data folders `models/` and `corpora/` are, in a checkout, an editable install or a wheel."""

import json
from importlib.resources import files
from pathlib import Path
from typing import TypeVar

from impact.errors import MissingError

Weights = TypeVar("Weights")


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
