"""Which documents of an archive somebody asks for, and the same in SQL."""

from dataclasses import dataclass, fields
from typing import Any

from impact.batch.catalog.levels import LEVELS
from impact.tables.engine import caseless
from impact.tables.states import STATES
from impact.taxonomy import load

_GROUP, _WANTED = caseless('"group"'), caseless("$group")
_CONDITIONS = {
    "meeting": f"(meeting = lower($meeting) OR {caseless('meeting_name')} = {caseless('$meeting')})",
    "group": f"({_GROUP} = {_WANTED} OR ends_with({_GROUP}, ' ' || {_WANTED}))",
    "source": f"len(list_filter(organizations, lambda name: contains({caseless('name')}, {caseless('$source')}))) > 0",
    "right": "list_contains(rights_primary, $right)",
    "power": "(list_contains(mechanisms_firm, $power) OR list_contains(mechanisms_doubtful, $power))",
    "level": "grade = $level",
    "state": "state = $state",
}
"""What each field of a selection asks of a document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveSelection:
    """What documents have in common; an empty field asks for nothing.

    Attributes:
        meeting: Its name, or the short name that folders and addresses have.
        group: Group with its body ("ITU-T SG13") or without ("SG13").
        source: A part of the name of an organization.
        right, power: Ids in the taxonomy.
        level: One of `impact.batch.catalog.levels.LEVELS`.
        state: One of `impact.tables.states.STATES`.

    Raises:
        ValueError: If a right, power, level or state is unknown; it names those that are known.
    """

    meeting: str = ""
    group: str = ""
    source: str = ""
    right: str = ""
    power: str = ""
    level: str = ""
    state: str = ""

    def __post_init__(self) -> None:
        taxonomy = load()
        choices: dict[str, tuple[str, ...]] = {"right": tuple(taxonomy.rights), "power": tuple(taxonomy.mechanisms)}
        choices |= {"level": tuple(LEVELS), "state": STATES}
        for name, names in choices.items():
            value = getattr(self, name)
            if value and value not in names:
                raise ValueError(f"there is no {name} {value!r}; choose from {', '.join(names)}")

    def condition(self) -> str:
        """Return the condition on a document in SQL, for the values of `values`."""
        return " AND ".join(_CONDITIONS[name] for name in self.values()) or "true"

    def values(self) -> dict[str, Any]:
        """Return the values that the condition names."""
        asked = {field.name: getattr(self, field.name) for field in fields(self)}
        asked["level"] = LEVELS[self.level].value if self.level else ""
        return {name: value for name, value in asked.items() if value}


EVERYTHING = ArchiveSelection()
"""All documents of an archive."""
