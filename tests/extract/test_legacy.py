"""Damaged old Word files by way of LibreOffice; a stand-in takes its place on PATH, with its command line."""

import io
import os
import sys
import time
import zipfile
from pathlib import Path

import pytest

from impact.errors import LimitError, UnreadableError
from impact.extract import Limits, read
from impact.extract.detect.content_kind import OLE2_START
from impact.extract.office import legacy

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script with a shebang line")

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def converted() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as container:
        types = "http://schemas.openxmlformats.org/package/2006/content-types"
        override = f'<Override PartName="/word/document.xml" ContentType="{MAIN}"/>'
        container.writestr("[Content_Types].xml", f'<Types xmlns="{types}">{override}</Types>')
        body = "<w:p><w:r><w:t>The operator shall log.</w:t></w:r></w:p>"
        container.writestr(
            "word/document.xml", f'<w:document xmlns:w="{NAMESPACE}"><w:body>{body}</w:body></w:document>'
        )
    return out.getvalue()


@pytest.fixture
def old(tmp_path: Path) -> Path:
    entry = "WordDocument\0".encode("utf-16-le").ljust(128, b"\0")
    path = tmp_path / "old.doc"
    path.write_bytes(OLE2_START.ljust(512, b"\0") + entry)
    return path


def stand_in(folder: Path, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a program named soffice first on PATH, for the Python that it may read as LibreOffice reads the system."""
    (folder / "result.docx").write_bytes(converted())
    program = folder / "soffice"
    python = next(filter(os.path.exists, ("/usr/bin/python3", sys.executable)))
    head = f"#!{python} -IS\nimport shutil, socket, sys, time\nresult = {str(folder / 'result.docx')!r}\n"
    program.write_text(f"{head}{code}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


def test_without_libreoffice_a_damaged_file_is_refused_with_a_way_out(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(old.parent))

    with pytest.raises(UnreadableError, match="damaged old Word file") as caught:
        read(old)

    assert caught.value.hint == "Open it in an office program and save it again as DOCX"


def test_with_libreoffice_a_damaged_file_is_read_as_what_the_user_gave(
    old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = "assert sys.argv[-3:] == ['--convert-to', 'docx', 'document.doc']; shutil.copy(result, 'document.docx')"
    stand_in(tmp_path, code, monkeypatch)

    document = read(old)

    assert document.text == "The operator shall log."
    assert (document.format, document.engine, document.source) == ("doc", "libreoffice+lxml", "old.doc")


@pytest.mark.skipif(sys.platform != "linux", reason="the network is cut by a filter of Linux")
def test_libreoffice_has_no_network(old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = (
        "socket.socket(socket.AF_UNIX)\ntry:\n    socket.socket()\n"
        "except PermissionError:\n    shutil.copy(result, 'document.docx')"
    )
    stand_in(tmp_path, code, monkeypatch)

    assert read(old).text


def test_a_conversion_that_gives_nothing_is_refused(old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(tmp_path, "sys.exit(1)", monkeypatch)

    with pytest.raises(UnreadableError, match="damaged old Word file"):
        read(old)


def test_a_conversion_that_hangs_is_ended(old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(tmp_path, "time.sleep(60)", monkeypatch)
    start = time.monotonic()

    with pytest.raises(LimitError, match=r"longer than 0\.5 s"):
        legacy.convert(old.read_bytes(), "old.doc", Limits(wall_seconds=0.5))

    assert time.monotonic() - start < 10


def test_a_link_in_place_of_the_result_is_not_followed(
    old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(tmp_path, "import os; os.symlink(result, 'document.docx')", monkeypatch)

    with pytest.raises(UnreadableError, match="damaged old Word file"):
        read(old)
