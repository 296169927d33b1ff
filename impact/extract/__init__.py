"""Extract: one file -> Document, read in the sandbox."""

from pathlib import Path
from typing import TYPE_CHECKING

from impact.extract.options import Options
from impact.sandbox.limits import Limits

if TYPE_CHECKING:
    from impact.records import Document

__all__ = ["Limits", "Options", "read", "read_bytes"]

_OPTIONS = Options()
_LIMITS = Limits()


def read(path: Path | str, options: Options = _OPTIONS, limits: Limits = _LIMITS, *, jailed: bool = True) -> "Document":
    """Read one file.

    Args:
        path: A file of any kind; what it is, its content decides and never its suffix.
        options: Engine, view and limits of the content.
        limits: Time, memory and sizes.
        jailed: Whether a child process without network and under `limits` does it. False reads in this process, with
            the limit on the file's size alone: for tests and measurements, never for files of unknown origin.

    Raises:
        UnreadableError: If the file cannot be read; message and hint say why and what to do.
        LimitError: If a limit stopped it.
    """
    from impact.extract.source import load

    return read_bytes(load(Path(path), limits.file_bytes), Path(path).name, options, limits, jailed=jailed)


def read_bytes(
    data: bytes, name: str, options: Options = _OPTIONS, limits: Limits = _LIMITS, *, jailed: bool = True
) -> "Document":
    """Read the bytes of one file, which need not lie on a disk; else as `read`.

    They are not empty, and their number is the caller's to limit; the name is without folders.

    Raises:
        UnreadableError: If the file cannot be read; message and hint say why and what to do.
        LimitError: If a limit stopped it.
    """
    from impact.extract.reading import read_data

    return read_data(data, name, options, limits, jailed=jailed)
