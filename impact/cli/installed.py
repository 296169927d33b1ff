"""What a command needs beside the plain installation: the extra to install, and the packages by which it is known."""

from importlib.util import find_spec

from impact.errors import ImpactError

_MATCH = ("datasketch", "usearch")
_BATCH = (*_MATCH, "duckdb", "fsspec", "pandas", "pebble", "rich")
_REVIEW = ("alembic", "argon2", "pyotp", "segno", "sqlalchemy")
EXTRAS = {
    "batch": _BATCH,
    "match": _MATCH,
    "review": _REVIEW,
    "train": ("pandas", "scipy", "sklearn"),
    "web": (*_BATCH, *_REVIEW, "fastapi", "itsdangerous", "python_multipart", "uvicorn"),
}
"""Packages to import, by the extra of pyproject.toml that installs them."""


def check_installed(command: str, extra: str) -> None:
    """Refuse a command whose extra is not installed.

    Raises:
        ImpactError: If a package of the extra is missing; it names the packages, and how to install them.
    """
    missing = [name for name in EXTRAS[extra] if find_spec(name) is None]
    if missing:
        verb = "is" if len(missing) == 1 else "are"
        message = f"{command} needs {', '.join(missing)}, which {verb} not installed"
        raise ImpactError(message, f"pip install 'impact-rights[{extra}]'")
