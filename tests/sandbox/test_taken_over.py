"""Children of each kind, taken over by a hostile file: they reach no file of the user, nobody else and no network."""

import json
import os
import shlex
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

import pytest
from taken_over import attempt_in

import impact
from impact.errors import UnreadableError
from impact.extract import Limits
from impact.extract.office import legacy
from impact.pipeline import _subject
from impact.records import Assessment
from impact.report import letter
from impact.report.making import packed_subject
from impact.sandbox import confinement, trial
from impact.sandbox.attempts import ATTEMPTS
from impact.sandbox.parent import answered

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Landlock and seccomp are Linux's")
SAMPLE = Path(__file__).parents[2] / "corpora" / "proposals" / "new-network.pdf"
PAGE = b"<!DOCTYPE html><html lang=en><title>Quay</title><p>The quay is long.</p></html>"


@pytest.fixture(scope="module")
def assessed() -> Assessment:
    return impact.analyze(SAMPLE, by=("cues",))


def _outcomes(module: str, function: str, data: bytes, letter: str) -> dict[str, bool]:
    with trial._scene() as scene:
        terms = {"module": module, "function": function, "letter": letter, "scene": asdict(scene)}
        limits = Limits(cpu_seconds=60, wall_seconds=120, memory_bytes=scene.memory - 1)
        answer, walls = answered(attempt_in, data, "quay", json.dumps(terms), limits)
    if not confinement.WHOLE.issubset(walls):
        pytest.skip("this kernel has no Landlock or no seccomp")
    found: dict[str, bool] = json.loads(answer)
    return found


def _task(kind: str, assessed: Assessment) -> tuple[str, str, bytes, str]:
    data = SAMPLE.read_bytes()
    if kind == "draws pages":
        return "impact.extract.images.drawing", "draw", data, json.dumps({"page": 1, "scale": 1.0})
    if kind == "annotates a PDF":
        return "impact.report", "_annotate_pdf", data, letter(_subject(assessed))
    if kind == "annotates a Word file":
        return "impact.report", "_annotate_docx", b"PK", letter(_subject(assessed))
    if kind == "prints a page":
        return "impact.report.making", "print_page", PAGE, "[]"
    if kind == "reads":
        return "impact.extract.readers", "read_packed", data, json.dumps({})
    return "impact.report.making", "make_files", packed_subject(_subject(assessed)), json.dumps([kind])


@pytest.mark.parametrize(
    "kind", ["reads", "draws pages", "annotates a PDF", "annotates a Word file", "docx", "xlsx", "review", "amendments"]
)
def test_a_child_that_is_taken_over_can_do_nothing(kind: str, assessed: Assessment) -> None:
    outcomes = _outcomes(*_task(kind, assessed))

    assert outcomes == dict.fromkeys(ATTEMPTS, False)


@pytest.mark.usefixtures("weasyprint")
@pytest.mark.parametrize("kind", ["pdf", "onepage-en-pdf", "prints a page"])
def test_a_child_that_makes_a_pdf_and_is_taken_over_can_do_nothing(kind: str, assessed: Assessment) -> None:
    outcomes = _outcomes(*_task(kind, assessed))

    assert outcomes == dict.fromkeys(ATTEMPTS, False)


def test_all_attempts_succeed_where_nothing_is_confined() -> None:
    from impact.sandbox.attempts import succeeded

    with trial._scene() as scene:
        outcomes = succeeded(scene)

    assert [name for name, done in outcomes.items() if not done] in ([], ["pass calls by io_uring"])


FORMS = """
import sys
from impact import analyze, pipeline
assessment = analyze(sys.argv[1], by=("cues",))
for form in ("docx", "xlsx"):
    assert len(pipeline.export(assessment, form)) > 1000
pipeline.annotate(assessment, open(sys.argv[1], "rb").read())
print([name for name in ("docx", "xlsxwriter", "weasyprint", "pikepdf", "pypdfium2") if name in sys.modules])
"""


def test_files_are_made_in_children_alone() -> None:
    done = subprocess.run([sys.executable, "-c", FORMS, SAMPLE], capture_output=True, text=True, check=True)

    assert done.stdout == "[]\n"


def test_the_folder_a_person_works_in_is_not_read_even_if_modules_come_from_it(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("secret")
    code = (
        "import sys; sys.path.insert(0, ''); sys.path.insert(0, sys.argv[1])\n"
        "from impact.sandbox.trial import try_out\n"
        "print(sorted(try_out().succeeded))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], cwd=tmp_path, capture_output=True, text=True, check=True
    )

    assert done.stdout == "[]\n"


def test_no_module_is_taken_from_the_folder_a_person_works_in(tmp_path: Path) -> None:
    (tmp_path / "charset_normalizer.py").write_text(f"open({str(tmp_path / 'was-here')!r}, 'w')")
    (tmp_path / "quay.txt").write_text("The quay shall be long.")
    words = [sys.executable, "-m", "impact", "analyze", "quay.txt", "--by", "cues", "--quiet", "--out", "report"]
    subprocess.run(words, cwd=tmp_path, capture_output=True, check=False)

    assert not (tmp_path / "was-here").exists()


OFFICE = """#!/bin/sh
# LibreOffice as a hostile document would have it: what it manages to do is the answer.
say() { echo "$1" >> document.docx; }
: > document.docx
cat /etc/passwd > /dev/null 2>&1 && say "read the list of accounts"
cat %(secret)s > /dev/null 2>&1 && say "read files"
ls %(folder)s > /dev/null 2>&1 && say "list the current folder"
( : > %(outside)s ) 2> /dev/null && say "write files"
%(python)s -I -S -c "$(cat attempts.py)" >> document.docx 2> complaints
( : > inside ) && say "written inside"
exit 0
"""
INSIDE = """
import os, socket, fcntl, ctypes
def attempt(name, action):
    try:
        action()
    except OSError:
        return
    print(name)
def uring():
    if ctypes.CDLL(None).syscall(425, 1, ctypes.create_string_buffer(120)) < 0:
        raise OSError
def signals(command):
    fcntl.fcntl(os.pipe()[0], command, PARENT)
attempt("network", lambda: socket.socket().connect(("127.0.0.1", PORT)))
attempt("datagrams", lambda: socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM))
attempt("other programs", lambda: socket.socket(socket.AF_UNIX).connect("DOOR"))
attempt("signal", lambda: os.kill(PARENT, 0))
attempt("leave the group", os.setsid)
attempt("own", lambda: signals(8))
attempt("signal number", lambda: signals(10))
attempt("io_uring", uring)
"""


def _office(tmp_path: Path, script: str) -> str:
    program = tmp_path / "suite" / "program" / "soffice"
    program.parent.mkdir(parents=True)
    program.write_text(script)
    program.chmod(0o755)
    return str(program)


def test_an_office_program_that_is_taken_over_can_do_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    python = Path("/usr/bin/python3")
    if not python.exists() or not trial.try_out().is_whole:
        pytest.skip("needs /usr/bin/python3, Landlock and seccomp")
    with trial._scene() as scene:
        code = INSIDE.replace("PORT", str(scene.port)).replace("DOOR", scene.door).replace("PARENT", str(os.getpid()))
        words = {"secret": scene.secret, "folder": scene.folder, "outside": scene.outside, "python": python}
        script = (OFFICE % words).replace('"$(cat attempts.py)"', shlex.quote(code))
        monkeypatch.setattr(legacy, "_PROGRAMS", (_office(tmp_path, script),))
        answer = legacy.convert(b"x", "quay.doc", Limits(wall_seconds=60))

    assert answer.decode() == "written inside\n"


def test_an_office_program_ends_with_the_process_that_started_it(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    program = _office(tmp_path, "#!/bin/sh\nsleep 471 &\nexec sleep 472\n")
    code = (
        "import sys; from impact.extract import Limits; from impact.extract.office import legacy\n"
        "legacy._PROGRAMS = (sys.argv[1],)\n"
        "open(sys.argv[2], 'w').close()\n"
        "legacy.convert(b'x', 'quay.doc', Limits(wall_seconds=300))"
    )
    with subprocess.Popen([sys.executable, "-c", code, program, str(mark)]) as parent:
        _wait(lambda: _running("sleep 471") and _running("sleep 472"))
        parent.kill()
    _wait(lambda: not _running("sleep 471") and not _running("sleep 472"))

    assert mark.exists()


def _running(words: str) -> bool:
    for entry in Path("/proc").iterdir():
        with suppress(OSError):
            if (
                entry.name.isdigit()
                and (entry / "cmdline").read_bytes().rstrip(b"\0").split(b"\0") == words.encode().split()
            ):
                return True
    return False


def _wait(until: object, seconds: float = 30) -> None:
    assert callable(until)
    end = time.monotonic() + seconds
    while not until():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_an_office_program_is_not_started_where_it_cannot_be_confined(tmp_path: Path) -> None:
    program = _office(tmp_path, "#!/bin/sh\necho taken > document.docx\n")
    code = (
        "import sys; from taken_over import LANDLOCK, forbid; forbid(LANDLOCK)\n"
        "from impact.extract import Limits; from impact.extract.office import legacy\n"
        "legacy._PROGRAMS = (sys.argv[1],)\n"
        "legacy.convert(b'x', 'quay.doc', Limits(strict=True))"
    )
    made = Path(__file__).parents[1] / "made"
    environment = os.environ | {"PYTHONPATH": str(made)}
    words = [sys.executable, "-c", code, program]
    done = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)

    assert UnreadableError.__name__ in done.stderr
    assert "cannot confine" in done.stderr
