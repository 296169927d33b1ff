"""Damaged old Word files (DOC), by way of LibreOffice where it is installed.

Whole ones are read by `impact.extract.oldword`, on every machine alike.
"""

import os
import signal
import stat
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory

from impact.errors import LimitError, UnreadableError
from impact.extract.detect import content_kind
from impact.sandbox.child import REFUSED, STRICT_HINT
from impact.sandbox.limits import Limits
from impact.sandbox.own_folders import search_path
from impact.sandbox.parent import POLICY, STRICT

_PROGRAMS = ("soffice", "libreoffice")
_START = "import sys; sys.path[:] = sys.argv[2:]; from impact.extract.office.legacy import launch; launch(sys.argv[1])"
# LibreOffice maps several times what it uses; source: project judgment.
_MEMORY_FACTOR = 4
_NOT_CONFINED = 77
"""Exit status where LibreOffice was not started since the system cannot confine it."""


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
    command = [sys.executable, "-I", "-S", "-c", _START, office, *search_path()]
    strict = limits.strict or os.environ.get(POLICY) == STRICT
    terms = {
        "IMPACT_CPU": str(limits.cpu_seconds),
        "IMPACT_MEMORY": str(limits.memory_bytes),
        "IMPACT_PARENT": str(os.getpid()),
        "IMPACT_STRICT": "1" * strict,
    }
    environment = {"PATH": os.environ.get("PATH", os.defpath), "HOME": folder, "TMPDIR": folder, "LC_ALL": "C.UTF-8"}
    with subprocess.Popen(
        command,
        cwd=folder,
        env=environment | terms,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as child:
        try:
            code = child.wait(limits.wall_seconds)
        except subprocess.TimeoutExpired as error:
            message = f"{name} is an old Word file, and LibreOffice took longer than {limits.wall_seconds:g} s"
            raise LimitError(message, "Open it and save it as DOCX") from error
        finally:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(child.pid, signal.SIGKILL)
    if code == _NOT_CONFINED:
        raise UnreadableError(f"{name} was not opened: {REFUSED}", STRICT_HINT)


def launch(office: str) -> None:
    """Have LibreOffice convert a document under limits, and end it with this process or with the parent of this one.

    It runs in the child, in the folder of the document. LibreOffice is a process below, since it starts others: they
    stay in one group, which this process, out of their reach, ends as a whole.
    """
    from impact.sandbox import confinement

    memory, seconds, parent, strict = (
        os.environ.pop(f"IMPACT_{name}") for name in ("MEMORY", "CPU", "PARENT", "STRICT")
    )
    signal.signal(signal.SIGTERM, lambda *_: os.killpg(0, signal.SIGKILL))
    confinement.die_with(int(parent), signal.SIGTERM)
    confinement.limit(Limits(memory_bytes=_MEMORY_FACTOR * int(memory), cpu_seconds=int(seconds)))
    confinement.lower("RLIMIT_FSIZE", Limits().file_bytes)
    pid = os.fork()
    if pid:
        os._exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) & 0xFF)
    walls = confinement.close_program(str(Path.cwd()), _grounds(office))
    if strict and not confinement.WHOLE.issubset(walls):
        os._exit(_NOT_CONFINED)
    here = Path.cwd().as_uri()
    own = (f"-env:UserInstallation={here}/profile", f"-env:UNO_SHARED_PACKAGES_CACHE={here}/packages")
    quiet = ("--headless", "--norestore", "--nolockcheck", "--nologo")
    os.execv(office, [office, *own, *quiet, "--convert-to", "docx", "document.doc"])  # noqa: S606 - no shell


def _grounds(office: str) -> tuple[str, ...]:
    """Return the folders of LibreOffice: its own, with its data where it is installed as it comes, and the system's."""
    own = Path(office).resolve().parent
    return (str(own.parent if own.name == "program" else own), *_PLACES)


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
