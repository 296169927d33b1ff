"""LibreOffice, asked to accept or reject all tracked changes of a Word file, or to save it in another format."""

import shutil
import subprocess
from pathlib import Path

import pytest
from machine import COMPLETE

SOFFICE = shutil.which("soffice")
PROFILE = "user/basic/Standard"
MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Changes" script:language="StarBasic">
Sub Decide(source As String, target As String, command As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden" : hidden(0).Value = True
  document = StarDesktop.loadComponentFromURL(source, "_blank", 0, hidden())
  dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
  dispatcher.executeDispatch(document.CurrentController.Frame, command, "", 0, Array())
  Dim filter(1) As New com.sun.star.beans.PropertyValue
  filter(0).Name = "FilterName" : filter(0).Value = "Text (encoded)"
  filter(1).Name = "FilterOptions" : filter(1).Value = "UTF8,LF,,,"
  document.storeToURL(target, filter())
  document.close(True)
End Sub
</script:module>
"""
LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
 library:passwordprotected="false"><library:element library:name="Changes"/></library:library>
"""
LIBRARIES = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:libraries PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "libraries.dtd">
<library:libraries xmlns:library="http://openoffice.org/2000/library" xmlns:xlink="http://www.w3.org/1999/xlink">
<library:library library:name="Standard" xlink:href="$(USER)/basic/Standard/script.xlb/" xlink:type="simple"
 library:link="false"/></library:libraries>
"""

needs_office = pytest.mark.skipif(
    SOFFICE is None and not COMPLETE, reason="no soffice here: apt-get install libreoffice-writer-nogui"
)


def decided(file: Path, accept: bool) -> list[str]:  # noqa: FBT001 - the two words of the office program
    """Return the paragraphs of a Word file after all its tracked changes were accepted, or rejected."""
    scripts = file.parent / "profile" / PROFILE
    if not (scripts / "Changes.xba").exists():
        _run(file.parent, "--terminate_after_init")  # the first start writes a profile of its own
        (scripts / "Changes.xba").write_text(MODULE, encoding="utf-8")
        (scripts / "script.xlb").write_text(LIBRARY, encoding="utf-8")
        (scripts.parent / "script.xlc").write_text(LIBRARIES, encoding="utf-8")
    target = file.with_suffix(".accepted.txt" if accept else ".rejected.txt")
    command = f".uno:{'Accept' if accept else 'Reject'}AllTrackedChanges"
    _run(file.parent, f'macro:///Standard.Changes.Decide("{file.as_uri()}","{target.as_uri()}","{command}")')
    return target.read_text("utf-8-sig").split("\n")


def paper(file: Path) -> bytes:
    """Return a Word file as a PDF."""
    _run(file.parent, "--convert-to", "pdf", "--outdir", str(file.parent), str(file))
    return file.with_suffix(".pdf").read_bytes()


def saved_as(file: Path, form: str) -> bytes:
    """Return a Word file in another format: doc, rtf or odt."""
    _run(
        file.parent, "--convert-to", {"doc": "doc:MS Word 97"}.get(form, form), "--outdir", str(file.parent), str(file)
    )
    return file.with_suffix(f".{form}").read_bytes()


def _run(folder: Path, *arguments: str) -> None:
    assert SOFFICE is not None, "soffice is not installed"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run([SOFFICE, profile, "--headless", *arguments], check=True, capture_output=True, timeout=240)
