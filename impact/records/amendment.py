"""Changes of wording proposed for a clause."""

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise


class TextSetting(StrEnum):
    """What kind of text a clause stands in, which decides how its wording can be changed."""

    TEXT = "text"
    LIST = "list"
    TABLE = "table"
    CODE = "code"
    ASIDE = "aside"


class Fate(StrEnum):
    """What an amendment does to a run of text."""

    KEPT = "kept"
    DELETED = "deleted"
    INSERTED = "inserted"


@dataclass(frozen=True, slots=True)
class Run:
    """A run of text and what becomes of it."""

    fate: Fate
    text: str


@dataclass(frozen=True, slots=True)
class Amendment:
    """A change of one clause, from its own words to the proposed ones.

    Attributes:
        id: Of the entry in the library, "logging-retention/limit"; "stronger" where a weak safeguard is made to bind.
        finding: Id of the finding that it answers; empty where it answers a point that a second reader raises.
        clause: Id of the clause that it changes.
        safeguard: Id of the safeguard that it brings.
        edit: What kind of change it is, as printed ("add a condition").
        setting: Kind of text that the clause stands in; outside of running text a new paragraph is added after it.
        runs: All of the clause and what is added, in order; no two neighbors have the same fate.
        why: Reason in one sentence.
        source: Where safeguard and reason come from.
        against: Ids of the clauses nearby that deny what it brings, which would have to change with it.

    Raises:
        ValueError: If nothing is changed, or a run is empty or like its neighbor.
    """

    id: str
    finding: str
    clause: str
    safeguard: str
    edit: str
    setting: TextSetting
    runs: tuple[Run, ...]
    why: str
    source: str
    against: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        fates = [run.fate for run in self.runs]
        alike = any(fate is following for fate, following in pairwise(fates))
        if alike or not all(run.text for run in self.runs) or set(fates) <= {Fate.KEPT}:
            msg = f"amendment {self.id!r} of {self.clause}: runs {fates} must change something and alternate"
            raise ValueError(msg)

    @property
    def old(self) -> str:
        """The clause as it stands: what is left when all changes are rejected."""
        return "".join(run.text for run in self.runs if run.fate is not Fate.INSERTED)

    @property
    def new(self) -> str:
        """The clause as proposed: what is left when all changes are accepted."""
        return "".join(run.text for run in self.runs if run.fate is not Fate.DELETED)
