"""The folder that an uploaded archive of several documents becomes: a meeting."""

from datetime import datetime
from pathlib import PurePosixPath

from impact.batch.containers.source_file import SourceFile
from impact.present.cleaning import plain
from impact.review.store import proposals
from impact.review.store.store import Store
from impact.review.team import folders
from impact.review.values.folder import LONGEST_NAME, Folder, FolderDraft
from impact.review.values.proposal import StoredProposal, Submission
from impact.review.values.users import User

SUFFIXES = frozenset({".zip", ".tar", ".gz", ".tgz", ".xz", ".txz", ".bz2", ".tbz2"})


class MeetingFolder:
    """Puts the documents of an archive in a folder of its name, as soon as two of them stand side by side.

    A proposal with its further documents, or a message with what is attached to it, is no meeting. Where a folder was
    chosen, all goes there.

    Attributes:
        folder: Id of the folder in which the next document belongs; empty for none.
    """

    def __init__(self, store: Store, by: User, archive: str, empty: Submission) -> None:
        self.folder = empty.folder
        self._store, self._by, self._readers = store, by, empty.restricted_to
        self._name = meeting_name(archive)
        self._beside: list[str] = []
        self._moved: dict[str, StoredProposal] = {}
        self._alone = 0

    def note(self, document: SourceFile, proposal: StoredProposal | None, now: datetime, *, new: bool) -> None:
        """Take note of what became of a document; those that came before are moved where they make a meeting."""
        self._alone += not (document.part_of or document.attached_to)
        if proposal is None or self.folder or not new:
            return
        self._beside.append(proposal.id)
        if self._alone > 1:
            self.folder = self._meeting(now).id
            moved = proposals.move_all(self._store, self._by, self._beside, self.folder, now)
            self._moved = {row.id: row for row in moved}

    def placed(self, proposal: StoredProposal | None) -> StoredProposal | None:
        """Return a proposal as it is in its folder, after all were noted."""
        return self._moved.get(proposal.id, proposal) if proposal else None

    def _meeting(self, now: datetime) -> Folder:
        """Return the folder of this name that the person may see, or a new one."""
        name = self._name.casefold()
        same_name = (folder for folder in folders.list_all(self._store, self._by) if folder.name.casefold() == name)
        draft = FolderDraft(self._name, restricted_to=self._readers)
        return next(same_name, None) or folders.create(self._store, self._by, draft, now)


def meeting_name(archive: str) -> str:
    """Return the name of a folder for an archive: its own without suffixes."""
    path = PurePosixPath(archive)
    while path.suffix.casefold() in SUFFIXES and path.stem:
        path = PurePosixPath(path.stem)
    return " ".join(plain(path.name).split())[:LONGEST_NAME].strip() or "Meeting"
