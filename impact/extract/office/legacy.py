"""Damaged old Word files (DOC), by way of LibreOffice where it is installed.

Whole ones are read by `impact.extract.oldword`, on every machine alike.
"""

import os
import stat
from dataclasses import replace
from pathlib import Path
from shutil import which
from subprocess import TimeoutExpired
from tempfile import TemporaryDirectory

from impact.errors import LimitError, UnreadableError
from impact.extract.detect import content_kind
from impact.sandbox.limits import Limits
from impact.sandbox.program import OtherProgram, run

_PROGRAMS = ("soffice", "libreoffice")
# LibreOffice maps several times what it uses; source: project judgment.
_MEMORY_FACTOR = 4


def program() -> str | None:
    """Return where LibreOffice is; None where it is not installed."""
    return next((path for path in map(which, _PROGRAMS) if path), None)


def fits(data: bytes) -> bool:
    """Return whether the bytes are an old Word file without a password, which LibreOffice may be able to repair."""
    try:
        return data.startswith(content_kind.OLE2_START) and content_kind.kind(data, "") == "doc"
    except UnreadableError:
        return False


def convert(data: bytes, name: str, limits: Limits) -> bytes:
    """Return the same document as DOCX.

    Raises:
        UnreadableError: If LibreOffice is not installed or does not understand the file.
        LimitError: If it takes too long.
    """
    office = program()
    if office is None:
        raise UnreadableError(f"{name} is a damaged old Word file (DOC)", "Save it as DOCX, or install LibreOffice")
    with TemporaryDirectory(prefix="impact-doc-") as folder:
        source = Path(folder, "document.doc")
        source.write_bytes(data)
        _run(office, folder, name, limits)
        result = _content(source.with_suffix(".docx"), limits.file_bytes)
    if result is None:
        message = f"{name} is an old Word file that LibreOffice could not convert"
        raise UnreadableError(message, "Open it and save it as DOCX")
    return result


def _content(path: Path, most: int) -> bytes | None:
    """Return what a program that may be hostile wrote; None if that is a link, no file, or more than `most` bytes."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        with open(os.open(path, flags), "rb") as file:  # noqa: PTH123 (a path has no such flags)
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                return None
            content = file.read(most + 1)
    except OSError:
        return None
    return content if len(content) <= most else None


def _run(office: str, folder: str, name: str, limits: Limits) -> None:
    here = Path(folder).as_uri()
    folders = (f"-env:UserInstallation={here}/profile", f"-env:UNO_SHARED_PACKAGES_CACHE={here}/packages")
    quiet = ("--headless", "--norestore", "--nolockcheck", "--nologo")
    as_word = ("--infilter=MS Word 97",)  # or a file that is none is read as plain text, bytes and all
    command = (office, *folders, *quiet, *as_word, "--convert-to", "docx", "document.doc")
    program = OtherProgram(command, _grounds(office), memory=_MEMORY_FACTOR)
    sizes = replace(limits, file_bytes=Limits().file_bytes)
    try:
        run(program, folder, b"", name, sizes)
    except TimeoutExpired as error:
        message = f"{name} is an old Word file, and LibreOffice took longer than {limits.wall_seconds:g} s"
        raise LimitError(message, "Open it and save it as DOCX") from error


def _grounds(office: str) -> tuple[str, ...]:
    """Return the folders of LibreOffice: its own, with its data where it is installed as it comes, and the system's."""
    program = Path(office).resolve().parent
    return (str(program.parent if program.name == "program" else program), *_PLACES)


_PLACES = (
    "/bin",
    "/usr/bin",
    "/usr/share",
    "/usr/local/share/fonts",
    "/etc/libreoffice",
    "/etc/fonts",
    "/var/lib/libreoffice",
    "/var/cache/fontconfig",
)
"""What LibreOffice reads beside the system's libraries. Source: strace of 7.4 on Debian 12."""
