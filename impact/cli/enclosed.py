"""The documents of one proposal in a file: the file itself, or a cover with its further documents."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from impact.errors import ImpactError

if TYPE_CHECKING:
    from impact.batch.containers.source_file import SourceFile
    from impact.records import Filing

FURTHER = "further"
"""Folder for the reports on further documents, below that of the cover."""


@dataclass(frozen=True, slots=True)
class EnclosedDocument:
    """A document of a proposal.

    Attributes:
        folder: Where its reports go, below the folder of the file.
        filing: How it came.
    """

    document: "SourceFile"
    folder: Path
    filing: "Filing"


def documents_of(file: Path) -> list[EnclosedDocument]:
    """Return the documents of the proposal in a file, the cover first.

    Raises:
        ImpactError: If it holds several proposals, or none.
    """
    from impact.batch.containers.opening import documents_in
    from impact.batch.containers.source_file import PackedFile, SourceFile
    from impact.extract.detect.packaging import HEAD
    from impact.extract.source import head_of, load

    whole = SourceFile(file.name, str(file), lambda most: load(file, most))
    packed = PackedFile(file.name, whole, lambda: head_of(file, HEAD), lambda: file.open("rb"))
    found = list(documents_in(packed))
    if len(found) > 1:
        message = f"{file} contains {len(found)} documents side by side"
        raise ImpactError(message, "Analyze them as a meeting: impact batch, with the same file")
    if not found:
        raise ImpactError(f"{file} contains no document", "Check its contents")
    return list(_filed(found[0]))


def _filed(cover: "SourceFile") -> Iterator[EnclosedDocument]:
    from impact.batch.naming import folder_of
    from impact.records import Filing, LinkedDocument

    _, *parts = cover.with_further()
    further = [(part, folder_of(part.name)) for part in parts]
    links = (
        LinkedDocument(name=_file(part.name), href=f"{FURTHER}/{quote(folder)}/report.html") for part, folder in further
    )
    yield EnclosedDocument(cover, Path(), Filing(further=tuple(links)))
    above = LinkedDocument(name=_file(cover.name), href="../../report.html")
    for part, folder in further:
        filing = Filing(attached_to=above) if part.attached_to else Filing(part_of=above)
        yield EnclosedDocument(part, Path(FURTHER, folder), filing)


def _file(name: str) -> str:
    return name.rpartition("/")[2]
