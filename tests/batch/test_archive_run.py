"""A batch into an archive in a folder: what is read, what is written, and what is left alone."""

import os
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from impact.batch.archive.chunk import SourceChunk, process
from impact.batch.archive.files import open_archive
from impact.batch.archive.listing import ListedSource, list_sources, stamp_of
from impact.batch.archive.lists import with_rows
from impact.batch.archive.manifest import manifest_of
from impact.batch.archive.receipt import SourceReceipt, from_lines, to_lines
from impact.batch.archive.results import WorkOrder
from impact.batch.archive.run import chunks_of
from impact.batch.job import Setup
from impact.batch.work import versions_of
from impact.errors import ImpactError
from impact.extract import Options
from impact.provenance import provenance
from impact.records import ListedRow
from tests.batch.archived import NOW, archive, newest, outcomes, receipts

Make = Callable[..., Path]


def test_results_rows_and_receipts_of_all_documents_are_in_the_archive(folder: Make, tmp_path: Path) -> None:
    root = folder("SG13/a.txt", "SG13/b.txt", "SG17/c.txt")

    archive(root, at=tmp_path / "archive")

    rows = newest(tmp_path / "archive")
    assert {name: (row["meeting_name"], row["state"]) for name, row in rows.items()} == {
        "SG13/a.txt": ("SG13", "assessed"),
        "SG13/b.txt": ("SG13", "assessed"),
        "SG17/c.txt": ("SG17", "assessed"),
    }
    for row in rows.values():
        kept = {path.name for path in (tmp_path / "archive" / row["folder"]).iterdir()}
        assert {"report.html", "report.json", "record.json"} <= kept
    assert {Path(receipt["address"]).name for receipt in receipts(tmp_path / "archive")} == {"a.txt", "b.txt", "c.txt"}


def test_results_lie_in_a_tree_of_folders(folder: Make, tmp_path: Path) -> None:
    archive(folder("a.txt"), at=tmp_path / "archive")

    (row,) = newest(tmp_path / "archive").values()
    parts = row["folder"].split("/")
    assert parts == ["results", parts[3][:2], parts[3][2:4], parts[3]]


def test_parts_hold_several_documents(folder: Make, tmp_path: Path) -> None:
    archive(folder(*(f"SG13/{number:02}.txt" for number in range(8))), at=tmp_path / "archive")

    assert len(list((tmp_path / "archive" / "proposals").glob("*/*.parquet"))) == 2


def test_an_unchanged_source_is_not_opened(folder: Make, tmp_path: Path) -> None:
    root = folder("a.txt", "b.txt")
    archive(root, at=tmp_path / "archive")
    for path in root.iterdir():
        times = path.stat()
        path.write_bytes(path.read_bytes()[::-1])  # an unlikely change, which only its reading would show
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))

    assert archive(root, at=tmp_path / "archive") == []


def test_only_the_source_that_changed_is_read_again(
    folder: Make, tmp_path: Path, text: Callable[[object], str]
) -> None:
    root = folder("a.txt", "b.txt")
    archive(root, at=tmp_path / "archive")
    before = newest(tmp_path / "archive")["b.txt"]
    (root / "b.txt").write_text(text("another exchange"), encoding="utf-8")

    events = archive(root, at=tmp_path / "archive")

    assert outcomes(events) == {"b.txt": "done"}
    after = newest(tmp_path / "archive")["b.txt"]
    assert (before["source"], before["folder"]) != (after["source"], after["folder"])
    assert after["analyzed_at"] > before["analyzed_at"]


def test_a_source_that_was_only_touched_is_read_and_not_analyzed(folder: Make, tmp_path: Path) -> None:
    root = folder("a.txt")
    archive(root, at=tmp_path / "archive")
    os.utime(root / "a.txt", (1, 1))

    assert outcomes(archive(root, at=tmp_path / "archive")) == {"a.txt": "unchanged"}


def test_the_same_bytes_in_another_place_are_not_analyzed_again(folder: Make, tmp_path: Path) -> None:
    root = folder("a.txt")
    (root / "copy.txt").write_bytes((root / "a.txt").read_bytes())

    events = archive(root, at=tmp_path / "archive")

    assert outcomes(events) == {"a.txt": "done", "copy.txt": "unchanged"}
    rows = newest(tmp_path / "archive")
    assert rows["a.txt"]["folder"] == rows["copy.txt"]["folder"]


def test_another_machine_goes_on_from_the_files_of_the_archive(folder: Make, tmp_path: Path) -> None:
    root = folder("a.txt", "b.txt")
    archive(root, at=tmp_path / "archive", state=tmp_path / "here")

    assert archive(root, at=tmp_path / "archive", state=tmp_path / "there") == []


def test_an_archive_that_was_emptied_is_filled_again(folder: Make, tmp_path: Path) -> None:
    root = folder("a.txt")
    archive(root, at=tmp_path / "archive", state=tmp_path / "state")
    (tmp_path / "archive").rename(tmp_path / "aside")

    assert outcomes(archive(root, at=tmp_path / "archive", state=tmp_path / "state")) == {"a.txt": "done"}


def test_bad_sources_fail_by_name_and_are_not_tried_again_unless_asked(folder: Make, tmp_path: Path) -> None:
    root = folder("good.txt")
    (root / "broken.pdf").write_bytes(b"%PDF-1.7 and then nothing")

    first = archive(root, at=tmp_path / "archive")
    second = archive(root, at=tmp_path / "archive")
    third = archive(root, at=tmp_path / "archive", only_failed=True)

    assert outcomes(first) == {"broken.pdf": "failed", "good.txt": "done"}
    assert second == []
    assert outcomes(third) == {"broken.pdf": "failed"}
    row = newest(tmp_path / "archive")["broken.pdf"]
    assert (row["state"], row["stage"]) == ("failed", "extract")
    assert "damaged" in row["failure"]


def test_a_source_that_cannot_be_read_is_tried_at_each_run(
    folder: Make, tmp_path: Path, text: Callable[[object], str]
) -> None:
    root = folder("a.txt")
    (root / "away.txt").symlink_to(tmp_path / "elsewhere.txt")

    first = archive(root, at=tmp_path / "archive")
    (tmp_path / "elsewhere.txt").write_text(text("back"), encoding="utf-8")
    second = archive(root, at=tmp_path / "archive")

    assert outcomes(first) == {"a.txt": "done", "away.txt": "failed"}
    assert outcomes(second) == {"away.txt": "done"}


def test_documents_of_an_archive_that_is_a_source_are_linked_to_each_other(
    tmp_path: Path, text: Callable[[object], str]
) -> None:
    with zipfile.ZipFile(tmp_path / "S2-2101234.zip", "w") as packed:
        packed.writestr("S2-2101234.txt", text("cover"))
        packed.writestr("annex.txt", text("annex"))

    archive(tmp_path / "S2-2101234.zip", at=tmp_path / "archive")

    rows = newest(tmp_path / "archive")
    cover, annex = rows["S2-2101234.zip/S2-2101234.txt"], rows["S2-2101234.zip/annex.txt"]
    assert annex["part_of"] == cover["name"]
    assert cover["source"] == f"{tmp_path}/S2-2101234.zip!/S2-2101234.txt"
    page = tmp_path / "archive" / annex["folder"] / "report.html"
    address = os.path.relpath(tmp_path / "archive" / cover["folder"] / "report.html", page.parent)
    assert f'href="{address}"' in page.read_text(encoding="utf-8")


def test_a_document_that_left_an_archive_is_removed(tmp_path: Path, text: Callable[[object], str]) -> None:
    with zipfile.ZipFile(tmp_path / "late.zip", "w") as packed:
        packed.writestr("a.txt", text("a"))
        packed.writestr("b.txt", text("b"))
    archive(tmp_path / "late.zip", at=tmp_path / "archive")
    with zipfile.ZipFile(tmp_path / "late.zip", "w") as packed:
        packed.writestr("a.txt", text("a"))

    archive(tmp_path / "late.zip", at=tmp_path / "archive")

    rows = newest(tmp_path / "archive")
    assert {name: row["state"] for name, row in rows.items()} == {
        "late.zip/a.txt": "assessed",
        "late.zip/b.txt": "removed",
    }


def test_a_list_says_what_documents_in_its_folder_and_below_are_called(folder: Make, tmp_path: Path) -> None:
    root = folder("SG13/docs/C-83.txt", "SG17/C-83.txt")
    (root / "SG13" / "list.csv").write_text(
        "TDoc,Title,Source\nC-83,On arrears,Exchange\nC-84,Other,X\n", encoding="utf-8"
    )

    events = archive(root, at=tmp_path / "archive")
    again = archive(root, at=tmp_path / "archive")

    assert outcomes(events)["SG13/list.csv"] == "list"
    assert again == []
    rows = newest(tmp_path / "archive")
    assert rows["SG13/docs/C-83.txt"]["number"] == "C-83"
    assert rows["SG17/C-83.txt"]["folder"] != rows["SG13/docs/C-83.txt"]["folder"]


def test_a_run_that_is_stopped_keeps_what_is_finished(folder: Make, tmp_path: Path) -> None:
    root = folder(*(f"{number:02}.txt" for number in range(12)))
    results = tmp_path / "archive" / "results"

    first = archive(root, at=tmp_path / "archive", stop=lambda: len(list(results.glob("*/*/*/record.json"))) >= 2)
    second = archive(root, at=tmp_path / "archive")

    assert 1 <= len(first) < 12
    assert len(first) + len(second) == 12
    assert all(event.outcome in {"done", "unchanged"} for event in second)
    assert len(newest(tmp_path / "archive")) == 12


def test_a_meeting_can_be_named_for_all(folder: Make, tmp_path: Path) -> None:
    archive(folder("SG13/a.txt"), at=tmp_path / "archive", meeting="Geneva 2026")

    assert newest(tmp_path / "archive")["SG13/a.txt"]["meeting_name"] == "Geneva 2026"


def test_a_source_that_does_not_exist_stops_before_the_start(tmp_path: Path) -> None:
    with pytest.raises(ImpactError, match="does not exist"):
        archive(tmp_path / "nowhere", at=tmp_path / "archive")

    assert not (tmp_path / "archive").exists()


def test_an_archive_within_the_sources_is_passed_over(folder: Make) -> None:
    root = folder("a.txt")
    archive(root, at=root / "archive", state=root.parent / "state")

    assert [source.name for source in list_sources([str(root)], str(root / "archive"))] == ["a.txt"]


def test_an_archive_in_a_folder_is_passed_over_within_sources_at_a_file_address(folder: Make) -> None:
    root = folder("a.txt", "archive/index.txt")

    sources = list_sources([f"file://{root}"], str(root / "archive"))

    assert [source.name for source in sources] == ["a.txt"]


def test_chunks_grow_with_what_was_read() -> None:
    sources = (ListedSource(f"/{number}", f"{number}", "", "1") for number in range(2000))

    sizes = [len(chunk.sources) for chunk in chunks_of(sources, "batch", 2)]

    assert sum(sizes) == 2000
    assert sizes[0] == 4
    assert sizes[-2] == 64
    assert all(size <= max(4, sum(sizes[:place]) // 8) for place, size in enumerate(sizes))


def test_a_stamp_without_time_or_digest_says_nothing() -> None:
    assert stamp_of({"size": 5}) == ""
    assert stamp_of({"size": 5, "ETag": '"abc"', "LastModified": "now"}) == '5 "abc"'


def test_an_archive_that_cannot_be_written_stops_the_run_and_says_so(folder: Make, tmp_path: Path) -> None:
    (tmp_path / "archive").write_text("no folder", encoding="utf-8")

    with pytest.raises(ImpactError, match=r"the archive .* cannot be written to"):
        archive(folder("a.txt"), at=tmp_path / "archive")


def test_a_name_that_is_not_utf_8_is_read_as_others_are(tmp_path: Path, text: Callable[[object], str]) -> None:
    odd = tmp_path / "in" / os.fsdecode(b"SG13-\xe9")
    odd.mkdir(parents=True)
    (odd / os.fsdecode(b"caf\xe9.txt")).write_text(text("odd"), encoding="utf-8")

    first = archive(tmp_path / "in", at=tmp_path / "archive", state=tmp_path / "here")
    again = archive(tmp_path / "in", at=tmp_path / "archive", state=tmp_path / "here")
    elsewhere = archive(tmp_path / "in", at=tmp_path / "archive", state=tmp_path / "there")

    assert [event.outcome for event in first] == ["done"]
    assert again == elsewhere == []


def test_a_receipt_survives_a_line_separator_in_a_title() -> None:
    row = ListedRow(list="list.csv", number="C-83", title="On\u2028arrears")
    receipt = SourceReceipt("/list.csv", "1", "", "d", "v", "2026", {"list": 1}, rows=(row,))

    assert list(from_lines(to_lines([receipt]))) == [receipt]


def test_a_bad_line_of_a_list_fails_alone(folder: Make, tmp_path: Path) -> None:
    root = folder("a.txt")
    (tmp_path / "sources.txt").write_text(f"nowhere://x/list.csv\n{root / 'a.txt'}\n", encoding="utf-8")

    events = archive(f"@{tmp_path / 'sources.txt'}", at=tmp_path / "archive")

    assert outcomes(events) == {"a.txt": "done", "nowhere://x/list.csv": "failed"}


def test_a_result_of_equal_bytes_has_the_cover_of_its_own_archive(
    tmp_path: Path, text: Callable[[object], str]
) -> None:
    (tmp_path / "in" / "SG13").mkdir(parents=True)
    (tmp_path / "in" / "SG17").mkdir()
    first, other = (tmp_path / "in" / meeting / "S2-2101234.zip" for meeting in ("SG13", "SG17"))
    with zipfile.ZipFile(first, "w") as packed:
        packed.writestr("S2-2101234.txt", text("cover"))
        packed.writestr("annex.txt", text("annex"))
    other.write_bytes(first.read_bytes())

    archive(tmp_path / "in", at=tmp_path / "archive")

    row = newest(tmp_path / "archive")["SG17/S2-2101234.zip/annex.txt"]
    assert row["part_of"] == "SG17/S2-2101234.zip/S2-2101234.txt"


def test_documents_and_lists_of_sources_that_are_not_read_are_counted(tmp_path: Path) -> None:
    sources = [ListedSource(f"/{name}", name, "SG13", "1") for name in ("late.zip", "new.txt", "other.zip", "torn.pdf")]
    outcomes = {"late.zip": {"done": 2, "list": 1}, "other.zip": {"done": 4, "failed": 1}, "torn.pdf": {"failed": 1}}
    with manifest_of(open_archive(str(tmp_path / "archive")), tmp_path / "state") as manifest:
        for name, numbers in outcomes.items():
            manifest.settle(name, [SourceReceipt(f"/{name}", "1", "", "d", "v", "2026", numbers)])

        manifest.queue(sources, "v", fresh=False, only_failed=True)

        assert [source.name for source in manifest.waiting()] == ["other.zip", "torn.pdf"]
        assert manifest.left() == (3, 1)


def test_an_error_of_the_run_is_not_blamed_on_the_manifest(tmp_path: Path) -> None:
    with pytest.raises(BrokenPipeError), manifest_of(open_archive(str(tmp_path / "archive")), tmp_path / "state"):
        raise BrokenPipeError


def test_a_chunk_that_is_gone_through_twice_has_parts_of_its_own_each_time(folder: Make, tmp_path: Path) -> None:
    (source,) = list_sources([str(folder("a.txt"))], "")
    versions = versions_of(provenance(Options(), ("cues",), NOW))
    setup = Setup(Options(), ("cues",), NOW, versions, 60.0, 2**30, "batch")
    order = WorkOrder(str(tmp_path / "archive"), setup, "0.1.0")

    for _ in range(2):
        process(SourceChunk("batch-000000", (source,)), order)

    assert len(list((tmp_path / "archive" / "proposals").glob("*/*.parquet"))) == 2


def test_a_list_is_of_the_folder_of_its_path_where_parts_are_divided_by_backslashes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = ListedRow(list="list.csv", number="C-83", title="On arrears")
    listing = ListedSource("C:\\in\\SG13\\list.csv", "SG13/list.csv", "SG13", "1")
    near = ListedSource("C:\\in\\SG13\\C-83.txt", "SG13/C-83.txt", "SG13", "1")
    far = ListedSource("C:\\in\\SG17\\C-83.txt", "SG17/C-83.txt", "SG17", "1")
    with manifest_of(open_archive(str(tmp_path / "archive")), tmp_path / "state") as manifest:
        receipt = SourceReceipt(listing.address, "1", "", "d", "v", "2026", {"list": 1}, rows=(row,))
        manifest.settle("a", [receipt])
        with monkeypatch.context() as patch:
            patch.setattr(os, "sep", "\\")
            read = list(with_rows([listing, near, far], manifest))

    assert [source.listed for source in read] == [None, row, None]


@pytest.fixture
def web(tmp_path: Path) -> Iterator[str]:
    """Return the address of a folder on a web server."""
    (tmp_path / "www").mkdir()
    serve = partial(SimpleHTTPRequestHandler, directory=str(tmp_path / "www"))
    with ThreadingHTTPServer(("127.0.0.1", 0), serve) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_a_folder_at_a_web_address_is_read(web: str, folder: Make, tmp_path: Path) -> None:
    folder("SG13/a.txt", root="www/meeting")

    events = archive(f"{web}/meeting/", at=tmp_path / "archive")

    assert outcomes(events) == {"SG13/a.txt": "done"}
    assert newest(tmp_path / "archive")["SG13/a.txt"]["source"] == f"{web}/meeting/SG13/a.txt"
