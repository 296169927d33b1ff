"""What is found in folders, ZIPs, lists and at addresses."""

import io
import os
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from impact.batch.containers import allowance
from impact.batch.sources import find
from impact.errors import ImpactError, LimitError, UnreadableError

MOST = 10_000_000


def names(*sources: Path | str, out: Path = Path("nowhere")) -> list[str]:
    return [found.name for found in find([str(source) for source in sources], out)]


def pack(path: Path, **members: bytes | str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in members.items():
            packed.writestr(name, data)
    return path


def refusal(source: Path | str, name: str) -> ImpactError:
    found = next(each for each in find([str(source)], Path("nowhere")) if each.name == name)
    with pytest.raises(UnreadableError) as caught:
        found.read(MOST)
    assert caught.value.hint
    return caught.value


def test_a_tree_is_gone_through_by_size_and_then_by_name(folder: Callable[..., Path]) -> None:
    root = folder("b.txt", "a/2.txt", "a/1.txt", "c.txt")
    for path, size in {"b.txt": 3, "a/2.txt": 3, "a/1.txt": 3, "c.txt": 9}.items():
        (root / path).write_bytes(b"x" * size)

    assert names(root) == ["c.txt", "b.txt", "a/1.txt", "a/2.txt"]


def test_hidden_files_locks_and_leftovers_are_passed_over(folder: Callable[..., Path]) -> None:
    root = folder("a.txt", ".b.txt", ".git/c.txt", "__MACOSX/d.txt", "~$a.docx", ".~lock.a.odt#", "Thumbs.db")

    assert names(root) == ["a.txt"]


def test_the_output_is_passed_over(folder: Callable[..., Path]) -> None:
    root = folder("a.txt", "results/a.txt-1/report.html")

    assert names(root, out=root / "results") == ["a.txt"]


def test_links_are_followed_once(folder: Callable[..., Path]) -> None:
    root, elsewhere = folder("a.txt"), folder("b.txt", root="elsewhere")
    for name, target in {"linked": elsewhere, "linked again": elsewhere, "round": root}.items():
        (root / name).symlink_to(target, target_is_directory=True)

    assert names(root) == ["a.txt", "linked/b.txt"]


def test_a_file_given_twice_is_one_document(folder: Callable[..., Path]) -> None:
    root = folder("a.txt")

    assert names(root, root / "a.txt", root) == ["a.txt"]


def test_files_of_the_same_name_are_told_apart(folder: Callable[..., Path]) -> None:
    first, second = folder("c.txt", root="monday"), folder("c.txt", root="friday")

    assert names(first, second) == ["c.txt", "friday/c.txt"]


def test_a_source_that_does_not_exist_stops_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(ImpactError, match="does not exist"):
        find([str(tmp_path / "no such folder")], tmp_path)


@pytest.mark.skipif(os.getuid() == 0, reason="root may list any folder")
def test_a_folder_that_may_not_be_listed_is_told(folder: Callable[..., Path]) -> None:
    root = folder("a/b.txt")
    (root / "a").chmod(0)

    assert "cannot be read" in refusal(root, "a").message


def test_members_of_a_zip_are_named_after_it(tmp_path: Path) -> None:
    path = pack(tmp_path / "meeting.zip", **{"SG13/C-83.txt": "x", "a.txt": "y", "__MACOSX/a.txt": "z", ".b": "w"})

    found = list(find([str(path)], Path("nowhere")))

    assert [each.name for each in found] == ["meeting.zip/SG13/C-83.txt", "meeting.zip/a.txt"]
    assert found[0].read(MOST) == b"x"


def test_a_member_can_be_read_while_its_zip_is_gone_through(tmp_path: Path) -> None:
    path = pack(tmp_path / "meeting.zip", a="1", b="2")

    assert [each.read(MOST) for each in find([str(path)], Path("nowhere"))] == [b"1", b"2"]


def test_an_office_file_with_the_suffix_of_a_zip_is_a_document(tmp_path: Path) -> None:
    path = pack(tmp_path / "C-83.zip", **{"[Content_Types].xml": "x", "word/document.xml": "y"})

    assert names(path) == ["C-83.zip"]


def test_a_zip_in_a_zip_is_opened(tmp_path: Path) -> None:
    inner = pack(tmp_path / "inner.zip", **{"a.txt": "x"}).read_bytes()
    path = pack(tmp_path / "outer.zip", **{"inner.zip": inner, "b.txt": "y"})

    assert names(path) == ["outer.zip/b.txt", "outer.zip/inner.zip/a.txt"]


def test_zips_in_zips_end_somewhere(tmp_path: Path) -> None:
    data = b"x"
    for depth in range(allowance.DEPTH + 1):
        data = pack(tmp_path / "z.zip", **{f"{depth}.zip" if depth else "a.txt": data}).read_bytes()

    (name,) = names(tmp_path / "z.zip")

    assert "is nested in more than" in refusal(tmp_path / "z.zip", name).message


def test_a_zip_that_is_cut_short_is_a_document_that_cannot_be_read(tmp_path: Path) -> None:
    path = pack(tmp_path / "cut.zip", **{"a.txt": "x" * 1000})
    path.write_bytes(path.read_bytes()[:60])

    assert "not a complete ZIP" in refusal(path, "cut.zip").message


def test_a_bomb_is_refused_as_a_whole(tmp_path: Path) -> None:
    path = pack(tmp_path / "bomb.zip", **{"a.txt": bytes(20_000_000)})

    error = refusal(path, "bomb.zip")

    assert isinstance(error, LimitError)
    assert "150 times" in error.message


def test_a_bomb_hidden_among_honest_members_is_refused_alone(tmp_path: Path) -> None:
    path = pack(tmp_path / "meeting.zip", **{"bomb.txt": bytes(2_000_000), "noise.bin": os.urandom(100_000)})

    assert "150 times" in refusal(path, "meeting.zip/bomb.txt").message


def test_a_damaged_member_costs_itself_only(tmp_path: Path) -> None:
    path = tmp_path / "meeting.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as packed:
        packed.writestr("a.txt", "honest and true")
        packed.writestr("b.txt", "fine")
    path.write_bytes(path.read_bytes().replace(b"honest", b"forged", 1))

    assert "cannot be unpacked" in refusal(path, "meeting.zip/a.txt").message
    assert (
        next(each for each in find([str(path)], Path("nowhere")) if each.name.endswith("b.txt")).read(MOST) == b"fine"
    )


def test_an_empty_member_is_told(tmp_path: Path) -> None:
    path = pack(tmp_path / "meeting.zip", **{"a.txt": ""})

    assert "empty" in refusal(path, "meeting.zip/a.txt").message


def test_a_list_names_files_and_folders_as_seen_from_here_or_from_itself(
    folder: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder("a.txt", "sub/b.txt")
    folder("c.txt", root="elsewhere")
    listed = tmp_path / "elsewhere" / "list.txt"
    listed.write_text("# the second day\nmeeting/a.txt\n\nmeeting/sub\nc.txt\nno such.pdf\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    assert names(f"@{listed}") == ["meeting/a.txt", "b.txt", "c.txt", "no such.pdf"]
    assert "does not exist" in refusal(f"@{listed}", "no such.pdf").message


def test_an_address_in_a_list_that_leads_nowhere_costs_itself_only(folder: Callable[..., Path], tmp_path: Path) -> None:
    listed = tmp_path / "list.txt"
    listed.write_text(f"memory://no-such-bucket/a.txt\n{folder('b.txt') / 'b.txt'}\n", encoding="utf-8")

    lost, there = find([f"@{listed}"], Path("nowhere"))

    with pytest.raises(ImpactError, match="nothing was found at memory://"):
        lost.read(MOST)
    assert there.read(MOST)


def test_an_address_is_read_through_fsspec() -> None:
    import fsspec

    store = fsspec.filesystem("memory")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        packed.writestr("z.txt", "zipped")
    for path, data in {"/m/b.txt": b"b", "/m/a/c.txt": b"c", "/m/.x": b"x", "/m/y.zip": buffer.getvalue()}.items():
        store.pipe(path, data)

    found = list(find(["memory://m"], Path("nowhere")))

    assert {each.name: each.read(MOST) for each in found} == {"b.txt": b"b", "a/c.txt": b"c", "y.zip/z.txt": b"zipped"}
    assert names("memory://m/b.txt") == ["b.txt"]


def test_an_address_of_a_file_here_works_too(folder: Callable[..., Path]) -> None:
    assert names(f"file://{folder('a.txt', 'b/c.txt')}") == ["a.txt", "b/c.txt"]


def test_an_address_with_nothing_behind_it_is_told() -> None:
    with pytest.raises(ImpactError, match="nothing was found at memory://"):
        names("memory://no-such-bucket")


def test_an_address_of_an_unknown_kind_is_told() -> None:
    with pytest.raises(ImpactError, match="gopher"):
        names("gopher://example.org/a")


def test_without_fsspec_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsspec.core", None)

    with pytest.raises(ImpactError, match=r"pip install 'impact-rights\[remote\]'"):
        names("s3://bucket/meeting")
