"""Run every check of the house and say which failed: the README's test command ends here."""

import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
import venv
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from zipfile import ZipFile

from audit import NOT_DONE
from locks import constraints

HERE = Path(__file__).resolve().parent.parent
BIN = Path(sysconfig.get_path("scripts"))
SAMPLE = HERE / "corpora" / "proposals" / "new-network.pdf"


MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
ROOM = 6 << 30
"""Bytes free in memory that all files of the tests fit into with much to spare."""


def tool(name: str, *arguments: str, **environment: str) -> None:
    """Run a tool of this virtual environment; a failure raises."""
    subprocess.run([BIN / name, *arguments], cwd=HERE, env=os.environ | environment, check=True)


MOST = 690
"""Megabytes that the plain installation may take, with Python's own pip. Source: project judgment: 600, and 90 for the
larger network. With pandas, pyarrow, scikit-learn and scipy it took 1,082."""

PLAIN = "html,json,md,csv,docx,xlsx,annotated,onepage,review,contribution"
"""Formats that need no extra."""


def smoke() -> None:
    """Build the wheel, install it without the checkout in reach and without extras, and analyze a sample proposal."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        tool("python", "-m", "build", "--wheel", "--outdir", folder, "--installer", "pip")
        venv.create(place / "env", with_pip=True)
        python = place / "env" / "bin" / "python"
        wheel = next(place.glob("*.whl"))
        if not any(name.endswith(".dist-info/sboms/impact.cdx.json") for name in ZipFile(wheel).namelist()):
            sys.exit("the wheel has no bill of materials")
        locked = place / "constraints.txt"
        locked.write_text(constraints(HERE / "requirements" / "dev.txt"), encoding="utf-8")
        install = ["--python", str(python), "install", "--quiet", "--constraint", str(locked), str(wheel)]
        tool("python", "-m", "pip", *install)
        size = sum(path.lstat().st_blocks for path in (place / "env").rglob("*")) // 2048
        print(f"the plain installation takes {size} MB")
        if size >= MOST:
            sys.exit(f"it may take {MOST} MB: move what serves one command into an extra (docs/supply.md)")
        report = [place / "env" / "bin" / "impact", "analyze", SAMPLE, "--format", PLAIN, "--out", place / "report"]
        subprocess.run(report, cwd=folder, check=True)
        if not (place / "report" / "report.html").stat().st_size:
            sys.exit("the wheel wrote an empty report")
        shelf = "from impact.paths import shelf; print(shelf('models'), shelf('corpora'))"
        subprocess.run([python, "-c", shelf], cwd=folder, check=True)


def audit() -> str:
    """Look up known vulnerabilities; return why, where that was not possible, which fails no run without a network."""
    found = subprocess.run([BIN / "python", ".ci/audit.py"], cwd=HERE, check=False)
    if found.returncode not in {0, NOT_DONE}:
        raise subprocess.CalledProcessError(found.returncode, "audit")
    return "not all known vulnerabilities were looked up" if found.returncode else ""


def tests() -> None:
    """Run the tests, with their files in memory where it is large: disks may take minutes to write and forget them."""
    large = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM and not os.statvfs(MEMORY).f_flag & os.ST_NOEXEC
    with tempfile.TemporaryDirectory(dir=MEMORY if large else None) as folder:
        Path(folder).chmod(0o711)  # PostgreSQL does not run as root, and has to get to its files
        processes = str(min(os.cpu_count() or 1, 4))
        alone = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}  # the cores are taken
        tool("pytest", "-n", processes, "--dist", "worksteal", TMPDIR=folder, **alone)


CHECKS: dict[str, Callable[[], str | None]] = {
    "format": lambda: tool("ruff", "format", "--check", "."),
    "lint": lambda: tool("ruff", "check", "."),
    "types": lambda: tool("mypy"),
    "layers": lambda: tool("lint-imports"),
    "licenses": lambda: tool("python", ".ci/licenses.py"),
    "lock": lambda: tool("python", ".ci/locks.py"),
    "bom": lambda: tool("python", ".ci/bom.py", "--check"),
    "audit": audit,
    "wheel": smoke,
    "tests": tests,
}


def passes(name: str) -> bool:
    """Run a check, and say how it went and how long it took."""
    started, word = time.monotonic(), "ok"
    try:
        if gap := CHECKS[name]():
            word = f"NOT DONE, {gap}"
    except (subprocess.CalledProcessError, OSError, SystemExit) as error:
        print(error, flush=True)
        word = "FAILED"
    print(f"-- {name}: {word} ({time.monotonic() - started:.0f} s)", flush=True)
    return word != "FAILED"


def main() -> None:
    """Run the checks named on the command line, or all: two at a time, and the tests last and alone."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # hundreds of processes would compile the same modules again
    names = sys.argv[1:] or list(CHECKS)
    quick = [name for name in reversed(names) if name != "tests"]  # the wheel, which takes longest, begins
    with ThreadPoolExecutor(2) as pool:
        failed = [name for name, passed in zip(quick, pool.map(passes, quick), strict=True) if not passed]
    if "tests" in names and not passes("tests"):
        failed.append("tests")
    if failed:
        sys.exit(f"failed: {', '.join(failed)}")


if __name__ == "__main__":
    main()
