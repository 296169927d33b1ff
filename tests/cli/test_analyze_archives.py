"""`impact analyze` on archives and mail: one proposal with its further documents, or a word on what to do."""

import io
import json
import zipfile
from pathlib import Path

import mails
from click.testing import CliRunner, Result

from impact.cli import main

QUIET = "1 Scope\n\nThis contribution speaks of the lock number {}.\n"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["analyze", *map(str, arguments), "--by", "cues", "--format", "html,json"])


def archive(path: Path, **members: str) -> Path:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, text in members.items():
            packed.writestr(name, text)
    path.write_bytes(out.getvalue())
    return path


def test_a_contribution_in_an_archive_has_a_report_that_links_to_those_on_its_annexes(tmp_path: Path) -> None:
    members = {"annex/figure one.txt": QUIET.format(1), "S2-2101234 locks.txt": QUIET.format(2)}

    result = run(archive(tmp_path / "S2-2101234.zip", **members), "--out", tmp_path / "r")

    assert result.exit_code == 0, result.output
    report = json.loads((tmp_path / "r" / "report.json").read_text(encoding="utf-8"))
    (link,) = report["document"]["filing"]["further"]
    assert (report["document"]["source"], link["name"]) == ("S2-2101234 locks.txt", "figure one.txt")
    assert (tmp_path / "r" / link["href"]).is_file()
    page = (tmp_path / "r" / link["href"]).read_text(encoding="utf-8")
    assert '<a href="../../report.html"><bdi>S2-2101234 locks.txt</bdi></a>' in page


def test_a_message_is_the_cover_of_what_is_attached_to_it(tmp_path: Path) -> None:
    (tmp_path / "note.eml").write_bytes(mails.eml(attachments={"C-83.txt": QUIET.format(1).encode(), "b.bin": b"\0\1"}))

    result = run(tmp_path / "note.eml", "--out", tmp_path / "r")

    assert result.exit_code == 4
    assert "b.bin has an unknown format" in result.stderr
    assert (tmp_path / "r" / "report.html").is_file()
    assert len(list((tmp_path / "r" / "further").glob("C-83.txt-*/report.html"))) == 1


def test_the_archive_of_a_meeting_is_referred_to_batch(tmp_path: Path) -> None:
    result = run(archive(tmp_path / "m.zip", **{"C-1.txt": QUIET, "C-2.txt": QUIET}), "--out", tmp_path / "r")

    assert result.exit_code == 1
    assert "contains 2 documents side by side" in result.stderr
    assert "impact batch" in result.stderr
