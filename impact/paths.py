"""Where the data folders `models/` and `corpora/` are, in a checkout, an editable install or a wheel."""

from importlib.resources import files
from pathlib import Path

from impact.errors import MissingError


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
