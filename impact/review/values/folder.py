"""A folder of proposals, such as the contributions to a meeting."""

from dataclasses import dataclass
from datetime import date, datetime

LONGEST_NAME = 120
"""Characters of the name of a folder, or of its group."""


@dataclass(frozen=True, slots=True)
class FolderDraft:
    """What somebody says of a folder.

    Attributes:
        group: Study group or other group that meets; empty for none.
        begins, ends: Days of the meeting; None where they are not known.
        restricted_to: Names of those who may see it beside its owner and administrators; None where all may.

    Raises:
        ValueError: If the name is empty, a text is long or not one printable line, or it ends before it begins.
    """

    name: str
    group: str = ""
    begins: date | None = None
    ends: date | None = None
    restricted_to: tuple[str, ...] | None = None

    def __post_init__(self) -> None:
        if not self.name:
            raise ValueError("a folder needs a name")
        for words in (self.name, self.group):
            if len(words) > LONGEST_NAME or not words.isprintable() or words != words.strip():
                raise ValueError(f"{words[:40]!r} is not one line of up to {LONGEST_NAME} printable characters")
        if self.begins and self.ends and self.ends < self.begins:
            raise ValueError(f"the meeting ends on {self.ends}, before it begins on {self.begins}")


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder in the store; fields as in `FolderDraft`.

    Attributes:
        owner: Who created it.
        restricted_to: Names of those who may see it beside administrators, sorted, with the owner.
        total: How many proposals are in it that the person who asks may see.
    """

    id: str
    name: str
    owner: str
    created: datetime
    group: str = ""
    begins: date | None = None
    ends: date | None = None
    restricted_to: tuple[str, ...] | None = None
    total: int = 0
