"""`impact doctor` says the truth about a machine, also where parts of it are hidden or denied."""

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from impact.classify import heads
from impact.cli import main
from impact.doctor import CHECKS, CheckedPlaces, Health, confined, disk, extras, store
from impact.review.store.store import REVISION, open_store

MADE = str(Path(__file__).parents[1] / "made")
COMMAND = "from impact.cli import main; import sys; main(sys.argv[1:])"
linux = pytest.mark.skipif(sys.platform != "linux", reason="Landlock and seccomp are Linux's")
DENIED = "from taken_over import LANDLOCK, SECCOMP, forbid; forbid((*LANDLOCK, *SECCOMP, 272))\n"


def _doctor(tmp_path: Path, *options: str, code: str = "", **environment: str) -> tuple[int, dict[str, Any]]:
    """Return the exit code of the command in a process of its own, and its parts by name."""
    words = [sys.executable, "-c", code + COMMAND, "doctor", "--format", "json", *options]
    own = {name: value for name, value in os.environ.items() if name not in {"IMPACT_SANDBOX", "IMPACT_STORE"}}
    own |= {"PYTHONPATH": MADE, "HOME": str(tmp_path), "IMPACT_STORE": str(tmp_path / "store")} | environment
    done = subprocess.run(words, cwd=tmp_path, env=own, capture_output=True, text=True, timeout=280, check=False)
    assert done.stdout, done.stderr
    document = json.loads(done.stdout)
    assert document["schema"] == "impact-doctor/1"
    assert document["works"] == (done.returncode == 0)
    return done.returncode, {check["part"]: check for check in document["checks"]}


def _here(*options: str) -> Result:
    return CliRunner().invoke(main, ["doctor", *options])


@linux
@pytest.mark.long
def test_on_this_machine_documents_can_be_analyzed(tmp_path: Path) -> None:
    code, parts = _doctor(tmp_path)

    assert code == 0
    assert len(parts) == len(CHECKS)
    assert {parts[name]["state"] for name in ("Models", "Analysis", "Store")} == {"ok"}
    assert parts["Sandbox"]["state"] in {"ok", "limited"}
    assert not (tmp_path / "store").exists()
    assert list(tmp_path.iterdir()) in ([], [tmp_path / ".cache"])


@linux
@pytest.mark.long
def test_without_programs_each_says_what_it_means_and_documents_can_be_analyzed(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    code, parts = _doctor(tmp_path, PATH=str(tmp_path / "empty"))

    assert code == 0
    assert parts["Old Word files"]["found"] == "LibreOffice is not installed."
    assert "DOC" in parts["Old Word files"]["meaning"]
    assert parts["Text recognition"]["state"] == "missing"
    assert "fc-list is not installed" in parts["Fonts"]["found"]
    assert parts["Analysis"]["state"] == "ok"


@linux
@pytest.mark.long
def test_in_a_container_that_denies_the_sandbox_it_says_what_a_hostile_document_could_do(tmp_path: Path) -> None:
    code, parts = _doctor(tmp_path, code=DENIED)
    sandbox = parts["Sandbox"]

    assert code == 0
    assert sandbox["state"] == "limited"
    assert "A test process could read files" in sandbox["found"]
    assert "connect to the network" in sandbox["found"].split("; it could not")[0]
    assert "Landlock is not available; seccomp is not available" in sandbox["found"]
    assert "--allow-weaker-sandbox" in sandbox["meaning"]


@linux
def test_where_only_landlock_is_denied_the_rest_is_said_to_hold(tmp_path: Path) -> None:
    code = (
        "from taken_over import LANDLOCK, forbid; forbid(LANDLOCK)\n"
        "from pathlib import Path; from impact.doctor import CheckedPlaces, confined\n"
        "print(confined.check(CheckedPlaces(Path())).found)"
    )
    own = os.environ | {"PYTHONPATH": MADE}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=own, capture_output=True, text=True, check=True
    )
    could, could_not = done.stdout.split("; it could not")

    assert "read files" in could
    assert "network" in could_not.split("(")[0]
    assert "seccomp is active" in could_not


def test_a_machine_on_which_no_process_starts_cannot_analyze(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "no-python"))
    check = confined.check(CheckedPlaces(tmp_path))

    assert check.state is Health.FAILED
    assert check.prevents


def test_without_models_documents_cannot_be_analyzed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heads, "shelf", lambda _: tmp_path)
    monkeypatch.setenv("PATH", "")
    heads.load.cache_clear()
    try:
        result = _here("--store", str(tmp_path / "store"))
    finally:
        heads.load.cache_clear()
    line = next(line for line in result.stdout.splitlines() if " Models:" in line)

    assert result.exit_code == 1
    assert line.startswith("failed   Models: These models cannot be used: heads (")
    assert result.stdout.endswith("Documents cannot be analyzed on this machine.\n")


def test_a_damaged_installation_is_examined_to_the_end(tmp_path: Path) -> None:
    for name in ("lxml", "numpy", "sqlalchemy"):
        (tmp_path / f"{name}.py").write_text(
            "raise ImportError('\\nIMPORTANT: READ THIS\\n\\nfiles of another Python\\n')"
        )
    code, parts = _doctor(tmp_path, PYTHONPATH=str(tmp_path), PATH="")

    assert code == 1
    assert list(parts) == list(CHECKS)
    assert parts["Models"]["found"].startswith("These models cannot be used: heads (files of another Python)")
    assert parts["Analysis"]["state"] == "failed"
    assert parts["Fonts"]["state"] in {"failed", "limited"}
    assert not any("\n" in part["found"] for part in parts.values())


@linux
def test_without_weasyprint_pdf_is_missing_and_the_extra_is_named(tmp_path: Path) -> None:
    (tmp_path / "weasyprint.py").write_text("raise ImportError('hidden')")
    code = (
        "from pathlib import Path; from impact.doctor import CheckedPlaces, programs\n"
        "check = programs.pdf(CheckedPlaces(Path()))\n"
        "print(check.state, check.meaning)"
    )
    own = os.environ | {"PYTHONPATH": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", code], env=own, capture_output=True, text=True, check=True)

    assert done.stdout.startswith("missing PDF files cannot be produced")
    assert "impact-rights[pdf]" in done.stdout


def test_without_the_database_library_the_store_is_said_to_be_missing(tmp_path: Path) -> None:
    code = (
        "import sys; sys.modules['sqlalchemy'] = None\n"
        "from pathlib import Path; from impact.doctor import CheckedPlaces, store, disk\n"
        "print(store.check(CheckedPlaces(Path())).state, disk.check(CheckedPlaces(Path())).state)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)

    assert done.stdout == "missing ok\n"


def test_a_store_that_opens_is_described_and_not_changed(tmp_path: Path) -> None:
    open_store(tmp_path).close()
    before = sorted(path.name for path in tmp_path.rglob("*"))
    check = store.check(CheckedPlaces(tmp_path, str(tmp_path)))

    assert check.state is Health.OK
    assert REVISION in check.found
    assert {"review.sqlite"} <= set(before)
    assert sorted(path.name for path in tmp_path.rglob("*") if not path.name.endswith(("-shm", "-wal"))) == [
        name for name in before if not name.endswith(("-shm", "-wal"))
    ]


def test_a_store_of_an_older_version_is_said_to_be_brought_up_to_date(tmp_path: Path) -> None:
    open_store(tmp_path).close()
    with sqlite3.connect(tmp_path / "review.sqlite") as database:
        database.execute("UPDATE alembic_version SET version_num = '0003'")
    database.close()
    check = store.check(CheckedPlaces(tmp_path, str(tmp_path)))

    assert check.state is Health.LIMITED
    assert "0003" in check.found
    assert "Back it up first" in check.meaning


def test_a_store_whose_files_are_gone_is_said_to_lack_them(tmp_path: Path) -> None:
    file = tmp_path / "quay.txt"
    file.write_text("1. Requirements\n\n1.1 The quay shall shut off any subscriber in arrears.\n")
    done = CliRunner().invoke(main, ["review", "add", str(file), "--store", str(tmp_path), "--by", "cues"])
    assert done.exit_code == 0, done.output
    whole = store.check(CheckedPlaces(tmp_path, str(tmp_path)))
    for blob in (tmp_path / "files").glob("*/??/*"):
        blob.unlink()
    check = store.check(CheckedPlaces(tmp_path, str(tmp_path)))

    assert whole.state is Health.OK
    assert check.state is Health.LIMITED
    assert "3 of 3 files cannot be found" in check.found


def test_a_file_that_is_no_database_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "review.sqlite").write_bytes(b"no database" * 500)
    check = store.check(CheckedPlaces(tmp_path, str(tmp_path)))

    assert check.state is Health.FAILED
    assert "\n" not in check.found
    assert not check.prevents


def test_a_database_that_does_not_answer_is_said_without_its_password(tmp_path: Path) -> None:
    pytest.importorskip("psycopg")
    check = store.check(CheckedPlaces(tmp_path, "postgresql://quay:hidden@127.0.0.1:1/impact"))

    assert check.state is Health.FAILED
    assert "hidden" not in f"{check.found} {check.meaning}"


def test_little_space_is_said_and_too_little_prevents_analyses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "ENOUGH", 1 << 60)
    short = disk.check(CheckedPlaces(tmp_path))
    monkeypatch.setattr(disk, "LEAST", 1 << 60)
    full = disk.check(CheckedPlaces(tmp_path))

    assert (short.state, short.prevents) == (Health.LIMITED, False)
    assert (full.state, full.prevents) == (Health.FAILED, True)


def test_a_store_that_cannot_be_written_prevents_no_analysis(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def free(folder: Path) -> tuple[int, str]:
        return (0, "full") if folder == tmp_path / "store" else (1 << 40, "")

    (tmp_path / "store").mkdir()
    monkeypatch.setattr(disk, "_free", free)

    checked = disk.check(CheckedPlaces(tmp_path, store=str(tmp_path / "store")))

    assert (checked.state, checked.prevents) == (Health.LIMITED, False)


def test_an_extra_is_missing_if_a_package_of_it_or_of_an_extra_in_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    declared = [
        "click>=8",
        'no-such-package>=1; extra == "batch"',
        'impact-rights[batch]; extra == "remote"',
        'click; extra == "remote"',
        'click>=8; extra == "pdf"',
    ]
    monkeypatch.setattr(extras, "requires", lambda _: declared)
    check = extras.check(CheckedPlaces(Path()))

    assert check.state is Health.MISSING
    assert check.found == "Installed: pdf. Missing: batch (no-such-package) and remote (no-such-package)."
    assert check.meaning.endswith("pip install 'impact-rights[batch,remote]'.")
