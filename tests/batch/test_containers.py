"""What archives and messages hold; hostile ones cost themselves only."""

import bz2
import gzip
import io
import lzma
import os
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from time import monotonic

import mails
import pytest

from impact.batch.containers import allowance
from impact.batch.containers.allowance import DEPTH
from impact.batch.containers.covers import number_of
from impact.batch.containers.source_file import SourceFile
from impact.batch.sources import find
from impact.errors import ImpactError, UnreadableError

MOST = 10_000_000


def tar(*entries: tuple[str, bytes] | tarfile.TarInfo) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for entry in entries:
            if isinstance(entry, tarfile.TarInfo):
                archive.addfile(entry)
            else:
                facts = tarfile.TarInfo(entry[0])
                facts.size = len(entry[1])
                archive.addfile(facts, io.BytesIO(entry[1]))
    return out.getvalue()


def packed(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def special(name: str, kind: bytes, target: str = "") -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.type, entry.linkname = kind, target
    return entry


@pytest.fixture
def found(tmp_path: Path) -> Callable[[str, bytes], list[SourceFile]]:
    """Return a way to find the documents in a file."""

    def find_in(name: str, data: bytes) -> list[SourceFile]:
        path = tmp_path / name
        path.write_bytes(data)
        return list(find([str(path)], Path("nowhere")))

    return find_in


def names(documents: list[SourceFile]) -> list[str]:
    return [document.name for document in documents]


def refusal(document: SourceFile) -> ImpactError:
    with pytest.raises(UnreadableError) as caught:
        document.read(MOST)
    assert caught.value.hint
    return caught.value


@pytest.mark.parametrize("compress", [bytes, gzip.compress, bz2.compress, lzma.compress])
def test_a_tar_is_opened_however_it_is_compressed_and_called(
    found: Callable[..., list[SourceFile]], compress: Callable[[bytes], bytes]
) -> None:
    documents = found("meeting.pdf", compress(tar(("SG13/C-83.txt", b"x"), ("a.txt", b"y"), ("__MACOSX/b", b"z"))))

    assert names(documents) == ["meeting.pdf/SG13/C-83.txt", "meeting.pdf/a.txt"]
    assert documents[0].read(MOST) == b"x"


def test_a_document_that_is_compressed_alone_is_that_document(found: Callable[..., list[SourceFile]]) -> None:
    (document,) = found("draft.txt.gz", gzip.compress(b"The lock keeper shall open."))

    assert (document.name, document.read(MOST)) == ("draft.txt.gz/draft.txt", b"The lock keeper shall open.")


def test_a_zip_under_another_name_is_opened(found: Callable[..., list[SourceFile]]) -> None:
    assert names(found("meeting.bin", packed(**{"a.txt": b"x"}))) == ["meeting.bin/a.txt"]


def test_archives_of_all_kinds_are_opened_within_each_other(found: Callable[..., list[SourceFile]]) -> None:
    inner = packed(**{"c.txt": b"x"})

    documents = found("outer.zip", packed(**{"day/one.tgz": gzip.compress(tar(("two.zip", inner))), "b.txt": b"y"}))

    assert names(documents) == ["outer.zip/b.txt", "outer.zip/day/one.tgz/two.zip/c.txt"]
    assert documents[1].read(MOST) == b"x"


def test_links_devices_and_names_that_lead_out_are_left_out_with_a_line(found: Callable[..., list[SourceFile]]) -> None:
    entries = (
        special("link", tarfile.SYMTYPE, "/etc/passwd"),
        special("hard", tarfile.LNKTYPE, "../../etc/shadow"),
        special("device", tarfile.CHRTYPE),
        special("pipe", tarfile.FIFOTYPE),
        ("../../outside.txt", b"x"),
        ("/etc/absolute.txt", b"y"),
        ("honest.txt", b"z"),
    )

    honest, left_out = found("hostile.tar", tar(*entries))

    assert (honest.name, honest.read(MOST)) == ("hostile.tar/honest.txt", b"z")
    assert refusal(left_out).message == "6 entries of hostile.tar were not read: link, hard, device ..."


def test_a_link_in_a_zip_is_left_out_with_a_line(found: Callable[..., list[SourceFile]]) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("a.txt", "x")

    honest, left_out = found("links.zip", out.getvalue())

    assert honest.name == "links.zip/a.txt"
    assert refusal(left_out).message == "1 entry of links.zip was not read: link.txt"


def test_a_tar_that_is_cut_short_gives_what_is_whole_and_says_so(found: Callable[..., list[SourceFile]]) -> None:
    whole = tar(("a.txt", b"x"), ("b.txt", b"y" * 2000))

    first, rest = found("cut.tar", whole[:2048])

    assert first.read(MOST) == b"x"
    assert "damaged or incomplete: only its first 1 files" in refusal(rest).message


def test_a_compressed_archive_that_is_cut_short_is_refused(found: Callable[..., list[SourceFile]]) -> None:
    (document,) = found("cut.tgz", gzip.compress(tar(("a.txt", os.urandom(5000))))[:-900])

    assert "not a complete archive" in refusal(document).message


@pytest.mark.parametrize("compress", [gzip.compress, bz2.compress, lzma.compress])
def test_a_compressed_bomb_is_refused_before_it_is_unpacked(
    found: Callable[..., list[SourceFile]], compress: Callable[[bytes], bytes]
) -> None:
    (document,) = found("bomb", compress(bytes(30_000_000)))

    assert "would unpack to more than" in refusal(document).message


def test_archives_nested_fifty_deep_are_refused_at_the_limit(found: Callable[..., list[SourceFile]]) -> None:
    data = b"The lock keeper shall open."
    for _ in range(25):
        data = tar(("x.zip", packed(x=data)))

    (document,) = found("deep.tar", data)

    assert document.name.count("/") == DEPTH
    assert f"nested in more than {DEPTH - 1} archives" in refusal(document).message


@pytest.mark.long
def test_a_tar_with_over_a_hundred_thousand_entries_is_refused(found: Callable[..., list[SourceFile]]) -> None:
    began = monotonic()

    (document,) = found("many.tgz", gzip.compress(tar(("a", b""))[:512] * 100_001, compresslevel=1))

    assert "contains more than 100000 entries" in refusal(document).message
    assert monotonic() - began < 30


def test_a_zip_with_over_a_hundred_thousand_entries_is_refused(found: Callable[..., list[SourceFile]]) -> None:
    (document,) = found("many.zip", _many_entries(100_001))

    assert "100" in refusal(document).message


def _many_entries(count: int) -> bytes:
    """Return a ZIP with a directory of so many entries that all lead to one file of a byte."""
    whole = packed(a=b"x")
    start = whole.index(b"PK\x01\x02")
    end = whole.index(b"PK\x05\x06")
    listed = whole[start:end] * count
    tail = bytearray(whole[end:])
    tail[8:12] = b"\xff" * 4
    tail[12:20] = len(listed).to_bytes(4, "little") + start.to_bytes(4, "little")
    return whole[:start] + listed + bytes(tail)


def test_many_small_archives_cannot_hold_more_than_the_outermost_may(found: Callable[..., list[SourceFile]]) -> None:
    inner = {f"{number}.zip": packed(a=bytes(900_000)) for number in range(200)}

    documents = found("outer.zip", packed(**inner))

    assert any("the archives around it hold more than" in refusal(document).message for document in documents[-3:])
    assert len(documents) == 200


def test_a_message_comes_before_what_is_attached_to_it(found: Callable[..., list[SourceFile]]) -> None:
    message = mails.eml(attachments={"C-83.txt": b"x", "day.zip": packed(**{"C-84.txt": b"y"})})

    cover, *attached = found("note", message)

    assert (cover.name, cover.read(MOST)) == ("note", message)
    assert names(attached) == ["note/C-83.txt", "note/day.zip/C-84.txt"]
    assert [document.attached_to for document in (cover, *attached)] == ["", "note", "note"]
    assert attached[1].read(MOST) == b"y"


def test_attachments_beyond_what_the_archives_around_may_hold_are_named_and_the_message_is_read(
    found: Callable[..., list[SourceFile]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(allowance, "MOST_MEMBERS", 3)
    messages = {f"{number}.eml": mails.eml(attachments={"a.txt": b"x", "b.txt": b"y"}) for number in range(2)}

    documents = found("mails.zip", packed(**messages))

    assert names(documents) == [
        "mails.zip/0.eml",
        "mails.zip/0.eml/attachments",
        "mails.zip/1.eml",
        "mails.zip/1.eml/attachments",
    ]
    assert "the archives around it hold more than" in refusal(documents[1]).message
    assert documents[2].read(MOST)


def test_a_message_of_outlook_is_opened_like_any_other(found: Callable[..., list[SourceFile]]) -> None:
    cover, attached = found("note.msg", mails.msg("Locks", "See attached.", {"C-83.txt": b"x" * 5000}))

    assert (cover.name, attached.name, attached.read(MOST)) == ("note.msg", "note.msg/C-83.txt", b"x" * 5000)


def test_messages_attached_to_messages_end_at_the_limit(found: Callable[..., list[SourceFile]]) -> None:
    message = mails.eml(attachments={"a.txt": b"x"})
    for _ in range(4):
        message = mails.eml(attachments={"forwarded.eml": message})

    documents = found("note.eml", message)

    assert names(documents)[-1].count("forwarded.eml") == DEPTH
    assert "nested in more than" in refusal(documents[-1]).message


def test_a_contribution_in_an_archive_is_one_proposal_with_further_documents(
    found: Callable[..., list[SourceFile]],
) -> None:
    members = {"23501_CR0001.txt": b"a", "Annex/fig.txt": b"b", "S2-2101234 was 1200_locks.txt": b"c"}

    documents = found("S2-2101234.zip", packed(**members))

    assert names(documents) == [
        "S2-2101234.zip/S2-2101234 was 1200_locks.txt",
        "S2-2101234.zip/23501_CR0001.txt",
        "S2-2101234.zip/Annex/fig.txt",
    ]
    cover = documents[0].name
    assert [document.part_of for document in documents] == ["", cover, cover]


def test_documents_side_by_side_in_an_archive_stay_so(found: Callable[..., list[SourceFile]]) -> None:
    plain = found("meeting.zip", packed(**{"C-1.txt": b"a", "C-2.txt": b"b"}))
    numbered = found("S2-2101234.zip", packed(**{"one.txt": b"a", "two.txt": b"b"}))

    assert [document.part_of for document in plain + numbered] == [""] * 4


def test_the_documents_of_each_contribution_in_the_archive_of_a_meeting_belong_together(
    found: Callable[..., list[SourceFile]],
) -> None:
    inner = packed(**{"S2-2101234.txt": b"a", "fig.txt": b"b"})

    documents = found("Docs.zip", packed(**{"S2-2101234.zip": inner, "S2-2101235.txt": b"c"}))

    assert [document.part_of for document in documents] == ["", "Docs.zip/S2-2101234.zip/S2-2101234.txt", ""]


LIST = "TDoc,Title,Source,Agenda item\nS2-2101234,On locks,Locks Ltd,8.1\nC-0083,On gates,Gates Ltd,9\n"


def test_a_list_of_documents_names_the_files_of_its_meeting_by_their_numbers(tmp_path: Path) -> None:
    for name, data in {
        "Docs/S2-2101234_locks.txt": "a",
        "T17-SG13-C-0083!!MSW-E.txt": "b",
        "zz list.csv": LIST,
    }.items():
        (tmp_path / "m" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "m" / name).write_text(data)

    documents = list(find([str(tmp_path / "m")], Path("nowhere")))

    assert [row.number for row in documents[0].rows] == ["S2-2101234", "C-0083"]
    assert {document.name: document.listed and document.listed.title for document in documents[1:]} == {
        "Docs/S2-2101234_locks.txt": "On locks",
        "T17-SG13-C-0083!!MSW-E.txt": "On gates",
    }


def test_a_list_in_an_archive_comes_first_and_names_documents_in_archives_beside_it(
    found: Callable[..., list[SourceFile]],
) -> None:
    inner = packed(**{"S2-2101234.txt": b"a", "fig.txt": b"b"})

    documents = found(
        "Docs.zip", packed(**{"S2-2101234.zip": inner, "a S2-21012345.txt": b"c", "list.csv": LIST.encode()})
    )

    assert documents[0].name == "Docs.zip/list.csv"
    titles = {document.name.rpartition("/")[2]: document.listed and document.listed.title for document in documents[1:]}
    assert titles == {"S2-2101234.txt": "On locks", "fig.txt": None, "a S2-21012345.txt": None}


def test_a_list_that_is_given_alone_names_what_other_sources_hold(tmp_path: Path) -> None:
    (tmp_path / "C-83.txt").write_text("a")
    (tmp_path / "list.csv").write_text(LIST)

    listed, document = find([str(tmp_path / "C-83.txt"), str(tmp_path / "list.csv")], Path("nowhere"))

    assert len(listed.rows) == 2
    assert document.listed
    assert document.listed.title == "On gates"


def test_of_two_meetings_each_list_names_its_own_documents(tmp_path: Path) -> None:
    for meeting in ("spring", "autumn"):
        (tmp_path / "m" / meeting).mkdir(parents=True)
        (tmp_path / "m" / meeting / "list.csv").write_text(LIST.replace("On gates", f"Of {meeting}"))
        (tmp_path / "m" / meeting / "C-83.txt").write_text(meeting)

    documents = [document for document in find([str(tmp_path / "m")], Path("nowhere")) if not document.rows]

    assert [document.listed and document.listed.title for document in documents] == ["Of autumn", "Of spring"]


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("S2-2101234_rev1.zip", "S2-2101234"),
        ("SP-210123.zip", "SP-210123"),
        ("T17-SG13-C-0083!!MSW-E.zip", "T17-SG13-C-0083"),
        ("T22-SG17-240223-TD-PLEN-0012!!ZIP-E.zip", "T22-SG17-240223-TD-PLEN-0012"),
        ("R19-WP5D-C-0123.zip", "R19-WP5D-C-0123"),
        ("LI(21)P58016r1_locks.zip", "LI(21)P58016r1"),
        ("C-83.zip", "C-83"),
        ("meeting 143.zip", ""),
        ("Docs.zip", ""),
        ("TSGS2_143e.zip", ""),
    ],
)
def test_numbers_of_contributions_are_told_from_other_names(name: str, number: str) -> None:
    assert number_of(name) == number
