"""Messages of mail: a cover of subject, sender and date, then the body; attachments are named."""

import os
from contextlib import suppress
from time import monotonic

import mails
import pytest

from impact.errors import LimitError, UnreadableError
from impact.extract import read_bytes
from impact.extract.detect import content_kind
from impact.extract.mail import eml, msg
from impact.records import Document

TEXT = "Dear all,\n\n1 Requirements\n\n1.1 The lock keeper shall open the gate.\n"


def blocks(document: Document) -> list[str]:
    return [document.quote(block.span) for block in document.blocks]


@pytest.mark.parametrize("kind", ["eml", "msg"])
def test_a_message_is_told_by_its_content_and_read_behind_a_cover(kind: str) -> None:
    files = {"C-83.txt": b"x"}
    data = mails.eml("Locks", TEXT, attachments=files) if kind == "eml" else mails.msg("Locks", TEXT, files)

    document = read_bytes(data, "note.pdf")

    assert (content_kind.kind(data, "note.pdf"), document.format) == (kind, kind)
    assert blocks(document)[:2] == [
        "Locks",
        f"From: {'Ana Keeper <ana@locks.example>' if kind == 'eml' else 'Ana Keeper'}",
    ]
    assert "Attachments: C-83.txt" in blocks(document)
    assert blocks(document)[-1] == "1.1 The lock keeper shall open the gate."


def test_the_body_is_read_as_html_where_there_is_one() -> None:
    html = "<h2>1 Requirements</h2><p>The lock keeper <b>shall</b> open the gate.</p><script>x()</script>"

    document = read_bytes(mails.eml("Über Schlösser", "plain", html), "note.eml")

    assert blocks(document)[0] == "Über Schlösser"
    assert blocks(document)[-2:] == ["1 Requirements", "The lock keeper shall open the gate."]


def test_a_message_without_an_end_of_its_parts_is_read_with_a_warning() -> None:
    whole = mails.eml("Locks", TEXT, attachments={"a.txt": b"x" * 5000})

    document = read_bytes(whole[:-2000], "note.eml")

    assert blocks(document)[-1] == "1.1 The lock keeper shall open the gate."
    assert eml.CUT in document.warnings


def test_a_message_without_words_is_its_cover() -> None:
    document = read_bytes(mails.msg("Locks", "", {"a.txt": b"x"}), "note.msg")

    assert blocks(document) == ["Locks", "From: Ana Keeper", "Attachments: a.txt"]
    assert document.warnings == ("The message has no text of its own.",)


def test_names_of_attachments_lead_nowhere() -> None:
    message = eml.parse(mails.eml(attachments={"../../etc/passwd": b"x", "C:\\Windows\\a.txt": b"y"}), "note.eml")

    assert [file.name for file in message.attachments] == ["passwd", "a.txt"]


def test_a_memo_that_people_wrote_is_text() -> None:
    assert (
        content_kind.kind(b"From: the chair\nTo: all\nDate: 2 May\nSubject: Locks\n\nThe group met.\n", "memo")
        == "text"
    )


def _nested(depth: int) -> bytes:
    """Return a message of parts within each other."""
    head = b"From: a@locks.example\nMessage-ID: <1@locks.example>\n"
    parts = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (number, number) for number in range(depth)
    )
    return head + parts + b"Content-Type: text/plain\n\nWords.\n"


def _long_field() -> bytes:
    value = b"; ".join(b'a%d="\\""' % number for number in range(40_000))
    return b"From: a@locks.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed; " + value + b"\n\nWords.\n"


def _many_boundaries() -> bytes:
    return mails.eml(text="x").replace(
        b"\n\n", b"\n\n" + b"--b\nContent-Type: multipart/mixed; boundary=b\n\n" * 3000, 1
    )


@pytest.mark.parametrize("data", [_nested(100), _nested(5000), _long_field(), _many_boundaries()])
def test_a_message_that_would_cost_its_parser_too_much_is_refused_at_once(data: bytes) -> None:
    began = monotonic()

    with pytest.raises(LimitError) as caught:
        read_bytes(data, "note.eml")

    assert caught.value.hint
    assert monotonic() - began < 5


def test_a_message_of_noise_in_one_line_is_read_as_far_as_it_makes_sense() -> None:
    data = b"From: a@locks.example\nMessage-ID: <1@x>\nContent-Type: multipart/mixed; boundary=b\n\n--b\n"

    assert read_bytes(data + os.urandom(200_000).hex().encode() + b"\n--b--\n", "note.eml").format == "eml"


@pytest.mark.parametrize("cut", [600, 2000, 5000])
def test_a_message_of_outlook_that_is_cut_short_is_refused(cut: int) -> None:
    data = mails.msg("Locks", TEXT, {"a.txt": b"x" * 5000})

    with pytest.raises(UnreadableError, match=r"an Outlook message that is damaged|old Office"):
        read_bytes(data[:cut], "note.msg")


def test_an_outlook_file_whose_chains_run_in_circles_comes_to_an_end() -> None:
    data = bytearray(mails.msg("Locks", TEXT, {"a.txt": b"x" * 50_000}))
    table = data.rfind((0xFFFFFFFD).to_bytes(4, "little")) // 512 * 512
    for place in range(table, table + 300, 4):
        data[place : place + 4] = (1).to_bytes(4, "little")
    began = monotonic()

    with suppress(UnreadableError):
        read_bytes(bytes(data), "note.msg")

    assert monotonic() - began < 5


def test_a_message_of_outlook_is_read_as_html_where_it_has_that() -> None:
    html = "<h2>1 Requirements</h2><p>The lock keeper <b>shall</b> open the gate.</p>"

    document = read_bytes(mails.msg("Locks", "plain", {}, html=html), "note.msg")

    assert blocks(document)[-2:] == ["1 Requirements", "The lock keeper shall open the gate."]


def test_a_message_attached_to_one_of_outlook_is_said_not_to_be_read() -> None:
    document = read_bytes(mails.msg("Locks", TEXT, {"forwarded": None}), "note.msg")

    assert any("Messages attached to this message were not read" in warning for warning in document.warnings)


PICTURE = b"\x89PNG\r\n\x1a\n picture"


def test_a_picture_that_the_body_of_a_message_of_outlook_shows_is_not_attached() -> None:
    data = mails.msg("Locks", TEXT, {"logo.png": PICTURE, "plan.png": PICTURE}, html='<img src="cid:logo.png@here">')

    assert [file.name for file in msg.parse(data, "note.msg").attachments] == ["plan.png"]


def test_a_document_that_the_body_of_a_message_of_outlook_links_to_is_attached() -> None:
    data = mails.msg("Locks", TEXT, {"draft.pdf": b"%PDF-1.4"}, html='<a href="cid:draft.pdf@here">Draft</a>')

    assert [file.name for file in msg.parse(data, "note.msg").attachments] == ["draft.pdf"]
