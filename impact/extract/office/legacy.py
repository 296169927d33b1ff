"""Old Word files (DOC), by way of LibreOffice where it is installed."""

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from shutil import which
from signal import SIGKILL
from tempfile import TemporaryDirectory

from impact.errors import LimitError, UnreadableError
from impact.extract.detect import content_kind
from impact.sandbox.limits import Limits

_PROGRAMS = ("soffice", "libreoffice")
_START = "import sys; sys.path[:] = sys.argv[2:]; from impact.extract.office.legacy import launch; launch(sys.argv[1])"
# LibreOffice maps several times what it uses; source: project judgment.
_MEMORY_FACTOR = 4


def fits(data: bytes, name: str) -> bool:
    """Return whether the bytes are an old Word file.

    Raises:
        UnreadableError: If they are protected by a password, or another kind of old Office file.
    """
    return data.startswith(content_kind.OLE2_START) and content_kind.kind(data, name) == "doc"


def convert(data: bytes, name: str, limits: Limits) -> bytes:
    """Return the same document as DOCX.

    Raises:
        UnreadableError: If LibreOffice is not installed or does not understand the file.
        LimitError: If it takes too long.
    """
    program = next((path for path in map(which, _PROGRAMS) if path), None)
    if program is None:
        raise UnreadableError(f"{name} is in the old Word format (DOC)", "Save it as DOCX, or install LibreOffice")
    with TemporaryDirectory(prefix="impact-") as folder:
        source = Path(folder, "document.doc")
        source.write_bytes(data)
        _run(program, folder, name, limits)
        result = source.with_suffix(".docx")
        if not result.is_file() or result.stat().st_size > limits.file_bytes:
            message = f"{name} is an old Word file that LibreOffice could not convert"
            raise UnreadableError(message, "Open it and save it as DOCX")
        return result.read_bytes()


def _run(program: str, folder: str, name: str, limits: Limits) -> None:
    package = str(Path(__file__).parents[3])
    command = [sys.executable, "-I", "-S", "-c", _START, program, *(entry for entry in sys.path if entry), package]
    environment = {"PATH": os.environ.get("PATH", os.defpath), "HOME": folder, "TMPDIR": folder, "LC_ALL": "C.UTF-8"}
    with subprocess.Popen(
        command,
        cwd=folder,
        env=environment | {"IMPACT_CPU": str(limits.cpu_seconds), "IMPACT_MEMORY": str(limits.memory_bytes)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as child:
        try:
            child.wait(limits.wall_seconds)
        except subprocess.TimeoutExpired as error:
            message = f"{name} is an old Word file, and LibreOffice took longer than {limits.wall_seconds:g} s"
            raise LimitError(message, "Open it and save it as DOCX") from error
        finally:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(child.pid, SIGKILL)


def launch(program: str) -> None:
    """Become LibreOffice, under limits and without the network; runs in the child, in the folder of the document."""
    from impact.sandbox import confinement, seccomp

    memory, seconds = (int(os.environ.pop(name)) for name in ("IMPACT_MEMORY", "IMPACT_CPU"))
    confinement.limit(Limits(memory_bytes=_MEMORY_FACTOR * memory, cpu_seconds=seconds))
    seccomp.cut_network()
    profile = f"-env:UserInstallation={Path.cwd().as_uri()}/profile"
    quiet = ("--headless", "--norestore", "--nolockcheck", "--nologo")
    os.execv(program, [program, profile, *quiet, "--convert-to", "docx", "document.doc"])  # noqa: S606 - no shell
