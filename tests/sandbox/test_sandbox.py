"""The child that reads documents: what it may not do, how it ends, what the parent says."""

import os
import socket
import subprocess
import sys
import threading
import time
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest

from impact.errors import LimitError, UnreadableError
from impact.extract import Limits, Options, read

PROSE = "The operator shall keep a record of each session.\n\nThe user may object.\n"
linux = pytest.mark.skipif(sys.platform != "linux", reason="the filter of system calls is Linux's")


CALLED = """
def called(function, *arguments):
    if getattr(ctypes.CDLL(None, use_errno=True), function)(*arguments) < 0:
        raise OSError(ctypes.get_errno(), function)
"""


@pytest.fixture
def prose(tmp_path: Path) -> Path:
    path = tmp_path / "prose.txt"
    path.write_text(PROSE)
    return path


def confined(code: str) -> str:
    """Run `code` in a child that has given up what the reading child gives up; return what it prints."""
    start = (
        f"import ctypes, fcntl, os, struct, sys, socket, signal, threading\n"
        f"from impact.sandbox import confinement\n{CALLED}"
        f"confinement.limit({Limits()!r})\n"
    )
    attempt = f"try:\n    print({code})\nexcept OSError as error:\n    print(type(error).__name__)\n"
    program = start.replace("Limits(", "confinement.Limits(") + "walls = confinement.close()\n" + attempt
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=20, check=False)
    assert done.stderr == ""
    return done.stdout.strip()


def test_the_jailed_document_equals_the_one_read_in_process(prose: Path) -> None:
    assert read(prose) == read(prose, jailed=False)


def test_a_document_keeps_its_name_and_the_digest_of_its_bytes(prose: Path) -> None:
    document = read(prose)

    assert document.source == "prose.txt"
    assert len(document.id) == 64


def test_an_answer_larger_than_a_pipe_arrives_whole(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text(PROSE * 3000)

    assert read(path) == read(path, jailed=False)


@linux
@pytest.mark.parametrize(
    "code",
    [
        "socket.socket()",
        "socket.socket(socket.AF_UNIX)",
        "os.fork()",
        "os.execv(sys.executable, [sys.executable, '-c', 'pass'])",
        "os.posix_spawn(sys.executable, [sys.executable], {})",
        "open('/tmp/impact-was-here', 'w')",
        "os.open('/dev/null', os.O_RDWR)",
        "os.kill(os.getppid(), 0)",
        "os.kill(-1, 0)",
        "os.unlink('/tmp/impact-is-not-here')",
        "os.rename('/tmp/a', '/tmp/b')",
        "os.mkdir('/tmp/impact-folder')",
        "os.chmod('/tmp', 0o777)",
        "os.symlink('/etc/passwd', '/tmp/impact-link')",
        "fcntl.fcntl(os.pipe()[0], 8, os.getppid())",  # F_SETOWN
        "fcntl.fcntl(os.pipe()[0], 10, signal.SIGKILL)",  # F_SETSIG
        "fcntl.fcntl(os.pipe()[0], 15, struct.pack('ii', 1, os.getppid()))",  # F_SETOWN_EX
        "os.sched_setaffinity(os.getppid(), [0])",
        "os.setsid()",
        "called('prctl', 1, 0)",  # PR_SET_PDEATHSIG: it outlives its parent
        "called('syscall', 425, 1, bytes(120))",  # io_uring_setup
        "called('syscall', 463, 0, 0, 0, 0, 0, 0)",  # setxattrat
    ],
)
def test_the_child_may_not(code: str) -> None:
    assert confined(code) == "PermissionError"


@linux
@pytest.mark.parametrize("code", ["open('/etc/passwd').read()", "os.listdir('/root')", "os.listdir('/proc')"])
def test_the_child_may_not_see_files_of_others_where_the_kernel_has_landlock(code: str) -> None:
    if "files" not in confined("walls"):
        pytest.skip("this kernel has no Landlock")

    assert confined(code) == "PermissionError"


@linux
def test_the_child_may_still_make_threads_and_read_its_own_modules() -> None:
    assert confined("threading.Thread(target=print).start()") == "None"
    assert confined("len(open(os.__file__).read()) > 0") == "True"
    assert confined("__import__('lxml.etree').__name__") == "lxml"


@linux
def test_the_child_may_not_raise_its_limits() -> None:
    code = "__import__('resource').setrlimit(7, (1000, 1000))"

    assert confined(code) == "PermissionError"


def test_wall_time_ends_the_child_and_names_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "slow.txt"
    path.write_text(PROSE * 20_000)
    start = time.monotonic()

    with pytest.raises(LimitError, match=r"longer than 0\.05 s") as caught:
        read(path, limits=Limits(wall_seconds=0.05))

    assert time.monotonic() - start < 30
    assert "allow more time" in caught.value.hint


def test_processor_time_ends_the_child_and_names_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "slow.html"
    path.write_text("<!DOCTYPE html><body>" + "<p>The operator shall log.</p>" * 400_000)

    with pytest.raises(LimitError, match="more than 1 s of processor time"):
        read(path, limits=Limits(cpu_seconds=1))


def test_want_of_memory_ends_in_a_refusal_that_speaks_of_memory(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    path.write_text(PROSE * 100_000)

    with pytest.raises(LimitError, match=r"memory|MB"):
        read(path, limits=Limits(memory_bytes=96 * 2**20))


def test_an_answer_over_the_limit_is_not_taken(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text(PROSE * 2000)

    with pytest.raises(LimitError, match="of text and positions"):
        read(path, limits=Limits(answer_bytes=1000))


def test_an_absent_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="does not exist"):
        read(tmp_path / "absent.pdf")


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="folder"):
        read(tmp_path)


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.pdf").touch()

    with pytest.raises(UnreadableError, match="empty"):
        read(tmp_path / "empty.pdf")


def test_a_file_over_the_size_limit_is_refused_unread(prose: Path) -> None:
    with pytest.raises(LimitError, match="is too large"):
        read(prose, limits=Limits(file_bytes=10))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_named_pipe_is_refused_without_waiting_for_a_writer(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")

    with pytest.raises(UnreadableError, match="device or pipe"):
        read(tmp_path / "pipe.pdf")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_that_may_not_be_read_is_refused(prose: Path) -> None:
    prose.chmod(0)

    with pytest.raises(UnreadableError, match="permission denied"):
        read(prose)


def test_a_name_with_odd_bytes_is_carried(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9.txt")
    path.write_text(PROSE)

    assert read(path).source == path.name


def test_many_threads_read_at_once(prose: Path) -> None:
    found = []
    threads = [threading.Thread(target=lambda: found.append(read(prose).text)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(found) == 4
    assert len(set(found)) == 1


def test_options_reach_the_child(tmp_path: Path) -> None:
    path = tmp_path / "parts.docx"
    kinds = '<Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>'
    with zipfile.ZipFile(path, "w") as container:
        container.writestr("[Content_Types].xml", kinds)
        container.writestr("word/document.xml", "<x/>")

    with pytest.raises(LimitError, match="entries"):
        read(path, Options(max_archive_entries=1))


ENDED = """
import os, pathlib, sys
from impact.errors import LimitError
from impact.extract import Limits, read
try:
    read(pathlib.Path(sys.argv[1]), limits=Limits(wall_seconds=0.001))
except LimitError:
    try:
        os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        print("no child")
"""


def test_no_child_is_left_behind(prose: Path) -> None:
    ended = subprocess.run([sys.executable, "-c", ENDED, prose], capture_output=True, text=True, check=True)

    assert ended.stdout == "no child\n"


def test_limits_are_positive() -> None:
    with pytest.raises(ValueError, match="above 0"):
        Limits(cpu_seconds=0)


def test_no_network_is_left_to_reach_for_an_external_entity(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        port = server.getsockname()[1]
        path = tmp_path / "calls-home.xml"
        path.write_text(
            f'<?xml version="1.0"?><!DOCTYPE rfc SYSTEM "http://127.0.0.1:{port}/x.dtd" '
            f'[<!ENTITY s SYSTEM "http://127.0.0.1:{port}/s">]>'
            "<rfc><front><title>T</title></front><middle><section><t>The operator shall log. &s;</t></section>"
            "</middle></rfc>"
        )
        with suppress(UnreadableError):
            read(path)
        with pytest.raises(TimeoutError):
            server.accept()
