"""Documents that belong together: revisions of one contribution, and known proposals under another name.

Who finds them (impact.compare.chains, impact.match) hands them to `page.render`; without them the page lacks that part.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from impact.batch.portfolio.gather import Portfolio
from impact.tables.cells import JOIN

Ties = Mapping[str, dict[str, str | int]]
"""By folder, what the tables say of its relatives: `newest_revision`, `resembles`; what is not said is empty."""


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
        steps = len(self.folders) - 1
        if steps < 1 or len(self.changes) != steps or (self.links and len(self.links) != steps):
            msg = f"a chain of {len(self.folders)} documents with {len(self.changes)} changes, {len(self.links)} links"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class Reissue:
    """A document that may be a re-issue of another one.

    Attributes:
        known: Name of the other, as it is shown.
        strength: How strong the resemblance is, in words.
        partners: How many clauses have a partner in the other, in words.
        link: Page that shows both, below the output; empty if there is none.
    """

    folder: str
    known: str
    strength: str
    partners: str
    link: str = ""


def ties_of(portfolio: Portfolio, chains: Sequence[Chain], reissues: Sequence[Reissue]) -> Ties:
    """Return what the tables say of the relatives of each document that has any."""
    names = {document.summary.record.folder: document.summary.record.name for document in portfolio.documents}
    ties: dict[str, dict[str, str | int]] = {}
    for chain in chains:
        newest = chain.folders[-1]
        for folder in chain.folders[:-1]:
            ties.setdefault(folder, {})["newest_revision"] = names.get(newest, newest)
    for reissue in reissues:
        tie = ties.setdefault(reissue.folder, {})
        reissue_named = f"{reissue.known} ({reissue.strength})"
        tie["resembles"] = JOIN.join(str(part) for part in (tie.get("resembles"), reissue_named) if part)
    return ties
