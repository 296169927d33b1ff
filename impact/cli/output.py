"""Write what a command has made into a folder."""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from impact.errors import ImpactError


def write_all(folder: Path, reports: Mapping[str, str | bytes]) -> None:
    """Write all reports or none: each beside its place first, then renamed into it.

    Raises:
        ImpactError: If the folder cannot be written to.
    """
    beside = {name: folder / f".{name}.part" for name in reports}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in reports.items():
            beside[name].write_bytes(content if isinstance(content, bytes) else content.encode())
        for name, part in beside.items():
            part.replace(folder / name)
    except OSError as error:
        for part in beside.values():
            with suppress(OSError):  # where the folder could not be made, no part is there either
                part.unlink()
        message = f"{folder} cannot be written to: {error.strerror}"
        raise ImpactError(message, "Choose another folder with --out") from error
