"""What an examination asks about, and what it finds."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

LONGEST = 300
"""Characters of a reason. Source: project judgment."""


class Health(StrEnum):
    """How things are with a part."""

    OK = "ok"
    LIMITED = "limited"
    MISSING = "missing"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Check:
    """What was found of a part.

    Attributes:
        part: Its name.
        found: What was found, a sentence.
        meaning: What it means for the user that it is not as it could be, a sentence; empty if it is ok.
        needed: Whether the plain analysis of a document does not work without it.
    """

    part: str
    state: Health
    found: str
    meaning: str = ""
    needed: bool = False

    def __post_init__(self) -> None:
        if (self.state is Health.OK) == bool(self.meaning):
            raise ValueError(f"{self.part}: a part has a meaning if and only if it is not ok")

    @property
    def prevents(self) -> bool:
        """Whether the plain analysis of a document does not work."""
        return self.needed and self.state is Health.FAILED


@dataclass(frozen=True, slots=True)
class CheckedPlaces:
    """Where the program writes to.

    Attributes:
        out: The folder where reports would be written.
        store: Folder or URL of the store; empty for the default.
        files: Folder of the files of the store; None for the default.
    """

    out: Path
    store: str = ""
    files: Path | None = None


def reason_of(error: BaseException) -> str:
    """Return what an error says, in one short line without a full stop."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    line = next((line for line in lines if not line.isupper() and not line.startswith("IMPORTANT")), "")
    return (line or type(error).__name__)[:LONGEST].rstrip(".")
