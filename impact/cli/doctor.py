"""`impact doctor`."""

import json
import platform
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from impact.cli.messages import say, say_data
from impact.cli.options import files_option, store_option

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from impact.doctor import Check

SCHEMA = "impact-doctor/1"


@click.command()
@store_option
@files_option
@click.option(
    "--out",
    default=Path(),
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder to which reports would be written.  [default: the current folder]",
)
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="Format to print."
)
def doctor(place: str | None, files: Path | None, out: Path, form: str) -> None:
    """Check what works on this machine and what is missing.

    The command tries the sandbox, the models, an analysis, the disk, the store, PDF and fonts, LibreOffice, text
    recognition and the optional parts. For each part, it states what was found, and what it means if it is missing.
    Nothing is changed, and no network address is contacted except the database of the store.

    ok: works; limited: works with restrictions; missing: not installed; failed: does not work.

    Exit codes: 0 documents can be analyzed; 1 they cannot; 2 incorrect usage.
    """
    from impact.doctor import CheckedPlaces, examined

    checks = examined(CheckedPlaces(out, place or "", files))
    found = list(_shown(checks) if form == "text" else checks)
    works = not any(check.prevents for check in found)
    if form == "json":
        say_data(json.dumps(_document(found, works=works), indent=1, ensure_ascii=False).encode() + b"\n")
    else:
        say("Documents can be analyzed." if works else "Documents cannot be analyzed on this machine.")
    sys.exit(0 if works else 1)


def _shown(checks: "Iterable[Check]") -> "Iterator[Check]":
    """Print a line for each part as soon as it was examined."""
    say(_machine())
    for check in checks:
        say(f"{check.state:<8} {check.part}: {' '.join(filter(None, (check.found, check.meaning)))}")
        sys.stdout.flush()
        yield check


def _machine() -> str:
    from impact import __version__

    return f"impact {__version__}, Python {platform.python_version()}, {platform.system()} {platform.release()}"


def _document(found: "Iterable[Check]", *, works: bool) -> dict[str, object]:
    checks = [
        {
            "part": check.part,
            "state": check.state.value,
            "found": check.found,
            "meaning": check.meaning,
            "needed": check.needed,
        }
        for check in found
    ]
    return {"schema": SCHEMA, "machine": _machine(), "works": works, "checks": checks}
