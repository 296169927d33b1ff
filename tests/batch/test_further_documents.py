"""A proposal with further documents, and lists of documents, in the results of a batch."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import mails
import pytest

from impact.batch.portfolio.gather import gather
from impact.batch.portfolio.page import render
from impact.batch.record import read_records
from impact.taxonomy import load
from tests.batch.conftest import NOW

QUIET = "1 Scope\n\nThis contribution speaks of the lock number {}.\n"
GRAVE = "1 Requirements\n\nThe exchange {} shall shut off any subscriber whose account is in arrears.\n"
LIST = (
    "TDoc,Title,Source,Agenda item\nS2-2101234,On the locks of spring,Locks Ltd,8.1\nS2-2109999,On basins,Gates Ltd,9\n"
)


def packed(members: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return out.getvalue()


@pytest.fixture
def meeting(tmp_path: Path) -> Path:
    """Return a folder with a contribution whose annex is graver than its cover, another document, and a list."""
    root = tmp_path / "meeting"
    root.mkdir()
    members = {"S2-2101234.txt": QUIET.format(1), "annex.txt": GRAVE.format(1)}
    (root / "S2-2101234.zip").write_bytes(packed(members))
    (root / "other.txt").write_text(QUIET.format(2))
    (root / "list.csv").write_text(LIST)
    return root


def reports(out: Path) -> dict[str, dict[str, Any]]:
    found = (json.loads(path.read_text(encoding="utf-8")) for path in out.glob("*/report.json"))
    return {report["document"]["source"]: report for report in found}


def test_a_contribution_with_its_annex_is_one_proposal_in_the_reading_list(
    meeting: Path, tmp_path: Path, go: Callable[..., Any], said: Callable[..., Any]
) -> None:
    outcomes = said(go(meeting))

    page = render(gather(tmp_path / "out", NOW, load()), load())
    first, rest = page.partition('id="documents"')[::2]
    assert outcomes["S2-2101234.zip/annex.txt"] == "done"
    assert 'class="ordinal"><span class="hidden">Place </span>1<' in first
    assert "Further documents" in first
    assert 'high</span> <span class="quiet">in a further document</span>' in first
    assert rest.partition("</table>")[0].count("<tr><td>") == 2
    assert ">annex.txt</bdi></a>" in rest.partition("</table>")[0]


def test_cover_and_annex_lead_to_each_other(meeting: Path, tmp_path: Path, go: Callable[..., Any]) -> None:
    go(meeting)

    told = reports(tmp_path / "out")
    cover, annex = (told[name]["document"]["filing"] for name in ("S2-2101234.txt", "annex.txt"))
    (link,) = cover["further"]
    assert link["name"] == "annex.txt"
    assert annex["part_of"]["name"] == "S2-2101234.txt"
    folder = next(path.parent for path in (tmp_path / "out").glob("S2-*/report.json"))
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert f'<a href="{link["href"]}"><bdi>annex.txt</bdi></a>' in page
    assert (folder / link["href"]).resolve().is_file()


def test_a_list_fills_what_a_cover_lacks_and_says_so(meeting: Path, tmp_path: Path, go: Callable[..., Any]) -> None:
    go(meeting)

    document = reports(tmp_path / "out")["S2-2101234.txt"]["document"]
    assert document["source_organizations"] == ["Locks Ltd"]
    assert document["number"] == "S2-2101234"
    assert document["title"] == "On the locks of spring"
    assert document["from_list"] == ["number", "title", "source_organizations"]
    assert document["filing"]["listed"]["agenda_item"] == "8.1"
    assert "filing" not in reports(tmp_path / "out")["other.txt"]["document"]


def test_a_list_is_no_proposal_and_says_what_it_points_to(
    meeting: Path, tmp_path: Path, go: Callable[..., Any], said: Callable[..., Any]
) -> None:
    assert said(go(meeting))["list.csv"] == "list"

    page = render(gather(tmp_path / "out", NOW, load()), load()).partition('id="lists"')[2]
    assert "list.csv" in page
    assert "1 of 2 documents" in page
    assert "On basins" in page


def test_a_list_that_changes_what_it_says_has_its_documents_read_again(
    meeting: Path, go: Callable[..., Any], said: Callable[..., Any]
) -> None:
    go(meeting)
    (meeting / "list.csv").write_text(LIST.replace("8.1", "8.2"))

    assert said(go(meeting)) == {
        "S2-2101234.zip/S2-2101234.txt": "done",
        "S2-2101234.zip/annex.txt": "unchanged",
        "list.csv": "list",
        "other.txt": "unchanged",
    }


def test_what_is_attached_to_a_message_is_a_proposal_that_leads_to_the_message(
    tmp_path: Path, go: Callable[..., Any], said: Callable[..., Any]
) -> None:
    (tmp_path / "note.eml").write_bytes(mails.eml(attachments={"C-83.txt": GRAVE.format(3).encode()}))

    assert said(go(tmp_path / "note.eml")) == {"note.eml": "done", "note.eml/C-83.txt": "done"}

    told = reports(tmp_path / "out")
    assert [link["name"] for link in told["note.eml"]["document"]["filing"]["further"]] == ["C-83.txt"]
    assert told["C-83.txt"]["document"]["filing"]["attached_to"]["name"] == "note.eml"
    records = {record.name: record for record in read_records(tmp_path / "out")}
    assert records["note.eml/C-83.txt"].attached_to == "note.eml"
    assert sum(document.cover for document in gather(tmp_path / "out", NOW, load()).documents) == 2
