"""What a file holds: itself alone, or the documents of an archive or a message; told by content, never by its name."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from impact.batch.containers.allowance import DEPTH, Allowance, too_deep
from impact.batch.containers.covers import cover_among
from impact.batch.containers.source_file import PackedFile, SourceFile, passed_over, unreadable
from impact.batch.containers.zips import ZipArchive, holds_documents
from impact.errors import ImpactError, LimitError, UnreadableError
from impact.extract import Limits
from impact.extract.detect.packaging import HEAD, MAIL, OLE, ZIP, is_message, may_enclose, may_list, packaging
from impact.extract.mail import attached
from impact.extract.unpack.archive import AGAIN, unpack_archive
from impact.extract.unpack.members import MOST_BYTES, Member, Unpacked, unpack
from impact.sandbox.parent import Task, nonsense, perform

NAMED = 3
"""Skipped entries of an archive that are named."""

LEFT_OUT = "They are links, devices or lead out of the archive. Unpack it yourself if you need them"
_LIMITS = Limits(answer_bytes=MOST_BYTES + 2**25)


def documents_in(file: PackedFile) -> Iterator[SourceFile]:
    """Yield the documents in a file, in the order of their names, or the file itself.

    A cover has the further documents of its proposal with it, and a message what is attached to it.
    What cannot be opened, is nested too deep or holds too much is a document whose reading says so.
    """
    yield from _contents(file, Allowance(), 1)


def _contents(file: PackedFile, allowance: Allowance, depth: int) -> Iterator[SourceFile]:
    document = file.document
    try:
        head = file.head()
        file, kind = _container(file, head)
        if kind == "":
            yield replace(document, may_list=may_list(head))
        elif depth > DEPTH:
            raise too_deep(document.name)
        elif kind in {MAIL, OLE}:
            yield _message(document, "eml" if kind == MAIL else "msg", allowance, depth)
        else:
            yield from (_zip if kind == ZIP else _archive)(file, allowance, depth)
    except ImpactError as error:
        yield unreadable(document.name, document.place, error)


def _container(file: PackedFile, head: bytes) -> tuple[PackedFile, str]:
    """Return what kind of container a file is, empty if it is none, and the file with a way to open it."""
    kind = packaging(head)
    if kind not in {ZIP, OLE}:
        return file, kind
    try:
        if kind == OLE:
            return file, OLE if is_message(file.document.read(Limits().file_bytes)) else ""
        if file.start is None:
            data = file.document.read(Limits().file_bytes)
            file = replace(file, start=lambda: io.BytesIO(data))
        with file.start() as opened:  # type: ignore[misc]
            return file, ZIP if holds_documents(opened, file.name) else ""
    except (OSError, ImpactError):
        return file, ""  # as a document, it says why it cannot be read


def _zip(file: PackedFile, allowance: Allowance, depth: int) -> Iterator[SourceFile]:
    assert file.start is not None  # noqa: S101 (set by `_container`)
    with ZipArchive(file.start, file.document, allowance).opened() as (members, links):
        yield from _with_cover(file.document, members, allowance, depth)
        if links:
            yield unreadable(file.document.name, f"{file.document.place}\0links", _left_out(file.document.name, links))


def _archive(file: PackedFile, allowance: Allowance, depth: int) -> Iterator[SourceFile]:
    document = file.document
    data = document.read(Limits().file_bytes)
    unpacked = _unpacked(document.name, data, unpack_archive, "")
    _grant(allowance, document.name, data, unpacked)
    members = [_packed(document, number, member) for number, member in enumerate(unpacked.members)]
    members = [member for member in members if not passed_over(member.name)]
    yield from _with_cover(document, sorted(members, key=lambda member: member.name), allowance, depth)
    if not unpacked.is_whole:
        message = f"{document.name} is damaged or incomplete: only its first {len(unpacked.members)} files were read"
        yield unreadable(document.name, f"{document.place}\0rest", UnreadableError(message, AGAIN))
    elif unpacked.skipped:
        yield unreadable(document.name, f"{document.place}\0skipped", _left_out(document.name, unpacked.skipped))


def _with_cover(
    archive: SourceFile, members: Sequence[PackedFile], allowance: Allowance, depth: int
) -> Iterator[SourceFile]:
    """Yield the documents of members in their order, lists first; or a cover that has all others with it."""
    opened = partial(_contents, allowance=allowance, depth=depth + 1)
    cover = cover_among(archive.name, [member.name for member in members])
    if cover is None:
        for member in sorted(members, key=lambda member: not may_list(member.head())):
            yield from opened(member)
        return
    first, *behind = opened(members[cover])
    others = (document for member in members if member is not members[cover] for document in opened(member))
    further = tuple(replace(document, part_of=first.name) for document in (*behind, *others))
    yield replace(first, further=first.further + further)


def _message(document: SourceFile, kind: str, allowance: Allowance, depth: int) -> SourceFile:
    """Return a message with what is attached to it; nothing where it cannot be read, which its own reading says."""
    try:
        data = document.read(Limits().file_bytes)
        if kind == "eml" and not may_enclose(data):
            return document
        unpacked = _unpacked(document.name, data, attached.attachments, kind)
    except UnreadableError:
        return document
    try:
        _grant(allowance, document.name, data, unpacked)
    except LimitError as error:
        place = f"{document.place}\0attachments"
        return replace(document, further=(unreadable(f"{document.name}/attachments", place, error),))
    members = (_packed(document, number, member) for number, member in enumerate(unpacked.members))
    files = (file for member in members for file in _contents(member, allowance, depth + 1))
    return replace(document, further=tuple(replace(file, attached_to=document.name) for file in files))


def _packed(document: SourceFile, number: int, member: Member) -> PackedFile:
    name, data = f"{document.name}/{member.name}", member.data

    def read(most: int) -> bytes:
        if not data:
            raise UnreadableError(f"{name} is empty (0 bytes)", "Download or export the file again")
        if len(data) > most:
            message = f"{name} is too large ({len(data) / 1e6:.1f} MB; the limit is {most / 1e6:.1f} MB)"
            raise LimitError(message, "Split the document")
        return data

    file = SourceFile(name, f"{document.place}/{member.name}\0{number}", read)
    return PackedFile(member.name, file, lambda: data[:HEAD], lambda: io.BytesIO(data))


def _unpacked(name: str, data: bytes, task: Task, letter: str) -> Unpacked:
    """Return the files of a container that the sandbox unpacks.

    Raises:
        UnreadableError: If it is damaged or holds more than is allowed.
    """
    answer = perform(task, data, name.rpartition("/")[2], letter, _LIMITS)
    try:
        return unpack(answer)
    except ValueError as failure:
        raise nonsense(name, failure) from failure


def _grant(allowance: Allowance, name: str, data: bytes, unpacked: Unpacked) -> None:
    size = sum(len(member.data) for member in unpacked.members)
    allowance.grant(name, len(data), len(unpacked.members) + len(unpacked.skipped), size)


def _left_out(name: str, skipped: Sequence[str]) -> UnreadableError:
    """Return the line on entries of an archive that are no files, or lead out of it."""
    named = ", ".join(skipped[:NAMED]) + (" ..." if len(skipped) > NAMED else "")
    count = "1 entry" if len(skipped) == 1 else f"{len(skipped)} entries"
    verb = "was" if len(skipped) == 1 else "were"
    return UnreadableError(f"{count} of {name} {verb} not read: {named}", LEFT_OUT)
