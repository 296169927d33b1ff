"""Tesseract, which reads a page that is an image: its languages, and one page by it, in the sandbox."""

import os
import subprocess
import tomllib
from dataclasses import replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory

from impact.errors import UnreadableError
from impact.sandbox.limits import Limits
from impact.sandbox.program import OtherProgram, run

PAGE = Limits(cpu_seconds=60, wall_seconds=90.0, memory_bytes=1024**3, file_bytes=17_000_000, answer_bytes=17_000_000)
"""Of one page, as image and as table. Source: project judgment; a full page of A4 at 300 dpi takes 2 to 6 s."""

_GROUNDS = ("/bin", "/usr/bin", "/usr/local/bin", "/usr/share", "/usr/local/share", "/opt/homebrew")
"""What Tesseract reads beside the system's libraries. Source: strace of 5.5 on Debian 13."""

_DATA = "TESSDATA_PREFIX"
"""Variable that says where its data are, if they are not in the usual place."""

_ORIENTATION = "osd"
_SCRIPT, _ROTATE = "Script", "Rotate"


def program() -> str | None:
    """Return where Tesseract is; None where it is not installed, or has no language."""
    path = which("tesseract")
    return path if path and languages(path) else None


@cache
def languages(path: str) -> frozenset[str]:
    """Return the languages that a Tesseract has data of; none where it does not run."""
    try:
        done = subprocess.run([path, "--list-langs"], capture_output=True, text=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return frozenset()
    return frozenset(done.stdout.split("\n")[1:]) - {"", _ORIENTATION}


def orientation(path: str, image: bytes, name: str, limits: Limits) -> tuple[str, int]:
    """Return the script of an image by Tesseract's name for it, and by how many degrees to turn it clockwise.

    Both are empty, or 0, where it cannot tell.
    """
    printed = _run((path, "stdin", "stdout", "--psm", "0"), image, name, limits)
    facts = dict(line.split(": ", 1) for line in printed.split("\n") if ": " in line)
    degrees = facts.get(_ROTATE, "").strip()
    return facts.get(_SCRIPT, "").strip(), int(degrees) if degrees in {"90", "180", "270"} else 0


def chosen(script: str, installed: frozenset[str]) -> str:
    """Return the languages to read a script in, as Tesseract takes them: those installed of the script, else all."""
    wanted = _scripts().get(script, [name for names in _scripts().values() for name in names])
    available = [name for name in dict.fromkeys(wanted) if name in installed]
    return "+".join(available or sorted(installed))


def read_page(path: str, image: bytes, speech: str, name: str, limits: Limits) -> str:
    """Return the words of an image as tab-separated values, as Tesseract documents them.

    Args:
        path: Where Tesseract is.
        image: Any image that it reads, without a name.
        speech: Languages, as of `chosen`.
        name: The document, for messages.
        limits: Of the document; those of a page are in `PAGE`.

    Raises:
        UnreadableError: If the system cannot confine it where it must, or it did not read the page.
    """
    return _run((path, "stdin", "stdout", "-l", speech, "--psm", "3", "tsv"), image, name, limits)


def _run(command: tuple[str, ...], image: bytes, name: str, limits: Limits) -> str:
    data = os.environ.get(_DATA, "")
    grounds = (str(Path(command[0]).resolve().parent), *([data] if data else []), *_GROUNDS)
    environment = {"OMP_THREAD_LIMIT": "1"} | ({_DATA: data} if data else {})
    program = OtherProgram(command, grounds, environment)
    sized = replace(PAGE, strict=limits.strict)
    with TemporaryDirectory(prefix="impact-ocr-") as folder:
        try:
            code, printed = run(program, folder, image, name, sized)
        except subprocess.TimeoutExpired as error:
            raise UnreadableError(f"Tesseract took longer than {PAGE.wall_seconds:g} s for a page", "") from error
    if code:
        raise UnreadableError(f"Tesseract did not read a page of {name} (exit status {code})", "")
    return printed.decode("utf-8", "replace")


@cache
def _scripts() -> dict[str, list[str]]:
    return tomllib.loads(files("impact.extract.images").joinpath("scripts.toml").read_text("utf-8"))
