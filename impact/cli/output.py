"""Write what a command has made into a folder."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from impact.errors import ImpactError


def write_all(folder: Path, reports: Mapping[str, str | bytes]) -> None:
    """Write all reports or none: each beside its place first, then renamed into it.

    Raises:
        ImpactError: If the folder cannot be written to.
    """
    from impact.batch.store import beside

    try:
        folder.mkdir(parents=True, exist_ok=True)
        with beside(folder, list(reports)) as parts:
            for part, content in zip(parts, reports.values(), strict=True):
                part.write_bytes(content if isinstance(content, bytes) else content.encode())
    except OSError as error:
        raise ImpactError(
            f"{folder} cannot be written to: {error.strerror}", "Choose another folder with --out"
        ) from error


def folders_of(files: Sequence[Path], out: Path | None) -> list[Path]:
    """Return where the reports of each file go; files of the same name get different folders."""
    if out and len(files) == 1:
        return [out]
    used: set[Path] = set()
    folders = []
    for file in files:
        wanted = out / file.name if out else Path(f"{file.stem}-report")
        folder, number = wanted, 2
        while folder in used:
            folder, number = wanted.with_name(f"{wanted.name}-{number}"), number + 1
        used.add(folder)
        folders.append(folder)
    return folders
