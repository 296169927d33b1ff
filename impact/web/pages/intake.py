"""What becomes of uploaded files: each is a document, holds documents (archives, mail), or is refused with a reason."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path, PurePosixPath
from shutil import copyfileobj
from tempfile import TemporaryDirectory

from starlette.datastructures import UploadFile

from impact.batch.containers.lists import MeetingLists, with_rows
from impact.batch.containers.opening import documents_in
from impact.batch.containers.source_file import PackedFile, SourceFile
from impact.batch.containers.zips import holds_documents
from impact.errors import ImpactError, LimitError, UnreadableError
from impact.extract.detect.content_kind import kind
from impact.extract.detect.packaging import HEAD, ZIP, may_list, packaging
from impact.extract.source import head_of, load
from impact.present.cleaning import plain
from impact.present.lists import counted
from impact.review.store.proposals import submit
from impact.review.values.proposal import StoredProposal, Submission
from impact.review.values.users import User
from impact.web.pages.meeting import MeetingFolder
from impact.web.server.state import ServerState

LONGEST_NAME = 255
"""Characters of a file name that are kept. Source: the longest that file systems have."""

MOST_TOGETHER = 1000
"""Documents taken from one archive. Source: project judgment; a meeting has some hundreds."""


NAMED = "Its rows name the documents in the same archive"
ALONE = "Submit it in one archive with the documents, so that its rows can name them"
"""What becomes of a list of documents."""


@dataclass(frozen=True, slots=True)
class SubmissionResult:
    """What became of a document.

    Attributes:
        proposal: None where it was refused.
        new: False where the same file was there already.
        reason, hint: Why it was refused, one line each.
    """

    name: str
    proposal: StoredProposal | None = None
    new: bool = False
    reason: str = ""
    hint: str = ""


def submit_upload(
    server: ServerState, by: User, upload: UploadFile, empty: Submission, lists: MeetingLists | None = None
) -> Iterator[SubmissionResult]:
    """Submit an uploaded file, or each document of an uploaded archive or message, and yield what became of it.

    What holds for all files of a request is in `empty`, a submission without name and data. `lists` are the lists of
    documents in it so far; those in this file are added.

    Raises:
        StoreError: If the store cannot keep it.
        UnknownError: If a name that may see it is nobody's.
    """
    name, most = file_name(upload.filename or ""), server.settings.largest
    if (upload.size or 0) > most:
        yield _refused(name, LimitError(f"{name} is larger than {most / 1e6:g} MB", "Split the document"))
        return
    lists = MeetingLists() if lists is None else lists
    if _holds_others(upload, name):
        yield from _unpacked(server, by, upload, empty, lists)
        return
    data = upload.file.read()
    document = with_rows(SourceFile(name, name, lambda _most: data, may_list=may_list(data[:HEAD])))
    if document.rows:
        lists.add(name, document.rows)
        yield _listing(document, ALONE)
        return
    yield _submitted(server, by, replace(empty, source=name, data=data, listed=lists.row_of(name)))
    server.queued.set()


def may_be_list(upload: UploadFile) -> bool:
    """Return whether an uploaded file may be a list of documents, which is read before the others."""
    upload.file.seek(0)
    head = upload.file.read(HEAD)
    upload.file.seek(0)
    return may_list(head)


def file_name(path: str) -> str:
    """Return the last part of a path as one line; a name for what has none."""
    last = plain(PurePosixPath(path.replace("\\", "/")).name)
    return last[-LONGEST_NAME:] or "unnamed"


def _unpacked(
    server: ServerState, by: User, upload: UploadFile, empty: Submission, lists: MeetingLists
) -> Iterator[SubmissionResult]:
    """Submit the documents of an archive or a message; each is unpacked when its turn comes."""
    name = file_name(upload.filename or "")
    meeting = MeetingFolder(server.store, by, name, empty)
    with TemporaryDirectory(prefix="impact-upload-") as folder:
        path = Path(folder) / "upload"
        with path.open("wb") as copy:
            copyfileobj(upload.file, copy)
        results = list(_members(server, by, _packed(path, name), _Intake(empty, meeting, lists)))
    for result in results:
        yield replace(result, proposal=meeting.placed(result.proposal))
    if not results:
        yield _refused(name, UnreadableError("the archive contains no document", "Check its contents"))


@dataclass(frozen=True, slots=True)
class _Intake:
    """What holds for all documents of an archive: the form, their folder, the lists, and the proposals by name."""

    empty: Submission
    meeting: MeetingFolder
    lists: MeetingLists
    stored: dict[str, str] = field(default_factory=dict)

    def submission(self, document: SourceFile, data: bytes) -> Submission:
        """Return what is to be submitted of a document, which comes after what it came with."""
        came_with = self.stored.get(document.part_of or document.attached_to, "")
        listed = None if document.part_of else self.lists.row_of(document.name)
        source, folder = file_name(document.name), self.meeting.folder
        return replace(self.empty, source=source, data=data, folder=folder, came_with=came_with, listed=listed)


def _members(server: ServerState, by: User, archive: PackedFile, intake: _Intake) -> Iterator[SubmissionResult]:
    left = server.settings.together
    members = (part for document in documents_in(archive) for part in document.with_further())
    for count, member in enumerate(map(with_rows, members)):
        if count >= MOST_TOGETHER:
            message = f"{archive.name} holds more than {MOST_TOGETHER} documents"
            yield _refused(archive.name, LimitError(message, "Submit the rest in another archive"))
            return
        if member.rows:
            intake.lists.add(member.name, member.rows)
            yield _listing(member, NAMED)
            continue
        try:
            data = member.read(min(server.settings.largest, left))
        except ImpactError as error:
            yield _refused(plain(member.name), error)
            continue
        left = max(left - len(data), 1)
        result = _submitted(server, by, intake.submission(member, data))
        if result.proposal:
            intake.stored[member.name] = result.proposal.id
        intake.meeting.note(member, result.proposal, server.now(), new=result.new)
        yield result
        server.queued.set()


def _listing(document: SourceFile, hint: str) -> SubmissionResult:
    """Return that a list of documents was read, which is no proposal."""
    name, count = file_name(document.name), counted(len(document.rows), "document")
    return SubmissionResult(name, reason=f"{name} is a list of {count}, not a proposal", hint=hint)


def _packed(path: Path, name: str) -> PackedFile:
    document = SourceFile(name, name, lambda most: load(path, most))
    return PackedFile(name, document, lambda: head_of(path, HEAD), lambda: path.open("rb"))


def _submitted(server: ServerState, by: User, submission: Submission) -> SubmissionResult:
    name, now = submission.source, server.now()
    if not submission.data:
        return _refused(name, UnreadableError(f"{name} is empty", "Download or export the file again"))
    try:
        kind(submission.data, name)
    except UnreadableError as error:
        return _refused(name, error)
    until = now + timedelta(days=server.settings.keep) if server.settings.keep else None
    stored, new = submit(server.store, by, replace(submission, keep_until=until), now)
    return SubmissionResult(name, stored, new)


def _refused(name: str, error: ImpactError) -> SubmissionResult:
    return SubmissionResult(name, reason=plain(error.message), hint=plain(error.hint))


def _holds_others(upload: UploadFile, name: str) -> bool:
    """Return whether a file may hold documents beside itself; an office file is told from an archive."""
    upload.file.seek(0)
    how = packaging(upload.file.read(HEAD))
    upload.file.seek(0)
    holds = holds_documents(upload.file, name) if how == ZIP else bool(how)
    upload.file.seek(0)
    return holds
