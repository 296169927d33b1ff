"""What a text leaves open: safeguards that it lacks or words weakly, and powers without an actor, purpose or end."""

from dataclasses import dataclass
from enum import StrEnum

from impact.records.span import Cited


class SafeguardStanding(StrEnum):
    """How far a text goes with a safeguard that would match a power, least first."""

    DENIED = "denied"
    ABSENT = "absent"
    LEFT = "left"
    WEAK = "weak"


@dataclass(frozen=True, slots=True)
class SafeguardGap:
    """A power found, beside a matching safeguard that no clause of the text makes binding.

    Attributes:
        mechanism: The power found.
        safeguard: The matching safeguard.
        standing: Whether clauses at the power rule it out, no clause provides it, clauses only speak of it to leave it
            out, or all that provide it do so in weak words.
        power: The finding that shows the power best.
        cites: Clauses that rule it out, leave it out or provide it weakly, with the words that do so; those nearest to
            a finding of the power first. None for an absent one.
        weak: What makes them weak, as printed ("only recommended"), sorted.

    Raises:
        ValueError: If an absent safeguard is cited, or another one is not.
    """

    mechanism: str
    safeguard: str
    standing: SafeguardStanding
    power: Cited
    cites: tuple[Cited, ...] = ()
    weak: tuple[str, ...] = ()

    @property
    def stated_by_power(self) -> bool:
        """Whether the power consists in what is said of the safeguard, so that to say it again would say nothing."""
        return self.standing is SafeguardStanding.DENIED and self.power.clause in {cite.clause for cite in self.cites}

    def __post_init__(self) -> None:
        if bool(self.cites) is (self.standing is SafeguardStanding.ABSENT):
            msg = f"{self.safeguard} for {self.mechanism}: {self.standing} does not go with {len(self.cites)} quotes"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class OpenTerm:
    """Words at a power that leave it without a named actor, a purpose, an end or a condition, or keep it in reserve.

    Attributes:
        name: What kind it is, as printed.
        subject: The actor, as first written; empty for other kinds.
        mechanism: The mechanism that it is about; empty where it may be about several.
        ask: A question to put.
        ground: Why it matters, one sentence.
        source: Where kind and reason come from.
        cites: The clauses, nearest to the gravest finding first, with the words.
        findings: Ids of the findings in these clauses or beside them, gravest first.

    Raises:
        ValueError: If nothing is cited.
    """

    kind: str
    name: str
    subject: str
    mechanism: str
    ask: str
    ground: str
    source: str
    cites: tuple[Cited, ...]
    findings: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.cites:
            raise ValueError(f"{self.kind} {self.subject!r}: no clause is cited")
