"""Documents that belong together: revisions of one contribution, and known proposals under another name.

Who finds them (impact.compare.chains, impact.match) hands them to `page.render`; without them the page lacks that part.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Chain:
    """Revisions of one contribution.

    Attributes:
        folders: Folders of its documents in the output, the oldest first; two or more.
        changes: For each step from one to the next, what changed, in one line; one less than `folders`.
        links: For each step the page that shows it, below the output; empty where there is none.

    Raises:
        ValueError: If the numbers of documents and steps do not fit.
    """

    folders: tuple[str, ...]
    changes: tuple[str, ...]
    links: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse steps that do not join the documents."""
        steps = len(self.folders) - 1
        if steps < 1 or len(self.changes) != steps or (self.links and len(self.links) != steps):
            msg = f"a chain of {len(self.folders)} documents with {len(self.changes)} changes, {len(self.links)} links"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class Match:
    """A document that may bring back a known proposal.

    Attributes:
        folder: Folder of the document in the output.
        known: Name of the known proposal, as it is shown.
        strength: How strong the resemblance is, in words.
        link: Page of the known proposal or of the comparison, below the output; empty if there is none.
    """

    folder: str
    known: str
    strength: str
    link: str = ""
