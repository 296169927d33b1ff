"""What becomes of uploaded files: each is a document, a ZIP of documents, or refused with a reason."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path, PurePosixPath
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from typing import IO

from starlette.datastructures import UploadFile

from impact.batch.zips import Archive, holds_documents
from impact.errors import ImpactError, LimitError, UnreadableError
from impact.extract.detect.content_kind import kind
from impact.present.cleaning import plain
from impact.review.store.proposals import submit
from impact.review.values.proposal import StoredProposal, Submission
from impact.review.values.users import User
from impact.web.server.state import ServerState

LONGEST_NAME = 255
"""Characters of a file name that are kept. Source: the longest that file systems have."""

ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06")
MOST_IN_ZIP = 1000
"""Documents taken from one ZIP. Source: project judgment; a meeting has some hundreds."""


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


def submit_upload(server: ServerState, by: User, upload: UploadFile, empty: Submission) -> Iterator[SubmissionResult]:
    """Submit an uploaded file, or each document of an uploaded ZIP, and yield what became of it.

    What holds for all files of a request is in `empty`, a submission without name and data.

    Raises:
        StoreError: If the store cannot keep it.
        UnknownError: If a name that may see it is nobody's.
    """
    name, most = file_name(upload.filename or ""), server.settings.largest
    if (upload.size or 0) > most:
        yield _refused(name, LimitError(f"{name} is larger than {most / 1e6:g} MB", "Split the document"))
        return
    is_zip = _is_zip(upload.file)
    upload.file.seek(0)
    if is_zip:
        yield from _unpacked(server, by, upload, empty)
        return
    yield _submitted(server, by, replace(empty, source=name, data=upload.file.read()))
    server.queued.set()


def file_name(path: str) -> str:
    """Return the last part of a path as one line; a name for what has none."""
    last = plain(PurePosixPath(path.replace("\\", "/")).name)
    return last[-LONGEST_NAME:] or "unnamed"


def _unpacked(server: ServerState, by: User, upload: UploadFile, empty: Submission) -> Iterator[SubmissionResult]:
    """Submit the documents of a ZIP; each is unpacked when its turn comes."""
    name, left, count = file_name(upload.filename or ""), server.settings.together, 0
    with TemporaryDirectory(prefix="impact-upload-") as folder:
        path = Path(folder) / "upload"
        with path.open("wb") as copy:
            copyfileobj(upload.file, copy)
        for member in Archive(lambda: path.open("rb"), name, name).members():
            count += 1
            if count > MOST_IN_ZIP:
                most = LimitError(
                    f"{name} holds more than {MOST_IN_ZIP} documents", "Submit the rest in another archive"
                )
                yield _refused(name, most)
                return
            try:
                data = member.read(min(server.settings.largest, left))
            except ImpactError as error:
                yield _refused(plain(member.name), error)
                continue
            left = max(left - len(data), 1)
            yield _submitted(server, by, replace(empty, source=file_name(member.name), data=data))
            server.queued.set()
    if not count:
        yield _refused(name, UnreadableError("the ZIP archive contains no document", "Check its contents"))


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


def _is_zip(file: IO[bytes]) -> bool:
    file.seek(0)
    start = file.read(4)
    file.seek(0)
    return start in ZIP_STARTS and holds_documents(file)
