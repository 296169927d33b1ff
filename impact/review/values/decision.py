"""What a reviewer says, one event at a time; nothing is ever changed or taken away, only followed by another event."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any

from impact.records import Strength
from impact.review.values import timestamps
from impact.review.values.users import check_name

LONGEST_TEXT = 10_000
"""Characters of a reason or note. Source: project judgment; a page of text has about 3,000."""


class Action(StrEnum):
    """What an event does."""

    ACCEPT = "accept"
    REJECT = "reject"
    CORRECT = "correct"
    NOTE = "note"
    ADD = "add"
    UNDO = "undo"
    DONE = "done"


class SubjectKind(StrEnum):
    """What an event is about: a finding, a safeguard, or the proposal as a whole."""

    FINDING = "finding"
    SAFEGUARD = "safeguard"
    PROPOSAL = "proposal"


@dataclass(frozen=True, slots=True)
class Correction:
    """What a reviewer puts in place of what the program said; None where it stands.

    Attributes:
        label: Id of another mechanism, or of another safeguard for a safeguard.
        severity: Scale, scope, irremediability, each 1 to 5.

    Raises:
        ValueError: If a number is outside of 1 to 5.
    """

    label: str | None = None
    severity: tuple[int, ...] | None = None
    strength: Strength | None = None

    def __post_init__(self) -> None:
        if self.severity and (
            len(self.severity) != 3 or not all(type(number) is int and 1 <= number <= 5 for number in self.severity)
        ):
            raise ValueError(f"severity {self.severity}: three numbers from 1 to 5")

    def __bool__(self) -> bool:
        """Return whether anything is corrected."""
        return self != Correction()


AS_IS = Correction()
"""The correction that corrects nothing."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One event.

    Attributes:
        document: SHA-256 of the document, by which another store knows it.
        analysis: Number of the analysis that the reviewer had before them; 0 where there was none.
        subject: Id of the finding; for a safeguard and what was added see `safeguard_id` and `added_id`; empty for
            UNDO and DONE.
        clause: Id of its clause, and `label` its mechanism or safeguard, as the program (or ADD) said.
        text: Reason of a rejection, note, or remark with any other action.
        undoes: Number in the chain of the event that UNDO takes back; 0 for other actions.
        settles: Whether it was made after the decisions were opened, and so settles a conflict for all.
        origin: Hash of the event in the store that it was imported from; empty where it was made here.

    Raises:
        ValueError: If something is missing that the action needs, or there is something that it cannot have.
    """

    proposal: str
    document: str
    analysis: int
    reviewer: str
    time: datetime
    action: Action
    kind: SubjectKind = SubjectKind.PROPOSAL
    subject: str = ""
    clause: str = ""
    label: str = ""
    text: str = ""
    correction: Correction = AS_IS
    undoes: int = 0
    settles: bool = False
    origin: str = ""

    def __post_init__(self) -> None:
        check_name(self.reviewer)
        timestamps.to_text(self.time)
        about_all = self.action in {Action.UNDO, Action.DONE}
        wrong = (
            (about_all == bool(self.subject), "a finding or safeguard is needed, but not to undo or to be done"),
            (about_all != (self.kind is SubjectKind.PROPOSAL), "the kind does not fit the action"),
            (not about_all and not (self.clause and self.label), "clause and mechanism or safeguard are needed"),
            (self.action in {Action.REJECT, Action.NOTE} and not self.text.strip(), "words are needed"),
            (self.analysis < 0, "analyses count from 1"),
            (len(self.text) > LONGEST_TEXT, f"more than {LONGEST_TEXT} characters"),
            (bool(self.correction) and self.action not in {Action.CORRECT, Action.ADD}, "this action corrects nothing"),
            (self.action is Action.CORRECT and not self.correction, "say what to correct"),
            (self.kind is SubjectKind.SAFEGUARD and bool(self.correction.severity), "a safeguard has no severity"),
            ((self.action is Action.UNDO) != (self.undoes > 0), "to undo, an event is needed"),
        )
        for is_wrong, why in wrong:
            if is_wrong:
                raise ValueError(f"{self.action.value}: {why}")


@dataclass(frozen=True, slots=True)
class Event:
    """A decision with its place in the chain."""

    seq: int
    previous: str
    hash: str
    decision: Decision


@dataclass(frozen=True, slots=True)
class Signature:
    """A person's word that a version of the decided report is theirs.

    Attributes:
        version: From 1, per proposal; several people may sign one version.
        analysis: Number of the analysis it freezes.
        digest: SHA-256 of the frozen file: report and all decisions as they stood.
    """

    proposal: str
    version: int
    name: str
    time: datetime
    analysis: int
    digest: str
    seq: int

    def __post_init__(self) -> None:
        if self.version < 1 or self.analysis < 1:
            raise ValueError(f"version {self.version} of analysis {self.analysis}: both count from 1")


def safeguard_id(clause: str, safeguard: str) -> str:
    """Return the id by which decisions hang on a safeguard: reports give it none of its own."""
    return f"{safeguard}@{clause}"


def added_id(document: str, kind: SubjectKind, clause: str, label: str) -> str:
    """Return the id of a finding or safeguard that a reviewer adds; two who add the same mean the same.

    A safeguard gets the id that it has where the program sees it, so that a newer analysis that does takes it over.
    """
    if kind is SubjectKind.SAFEGUARD:
        return safeguard_id(clause, label)
    return "added-" + sha256(f"{document}\0{clause}\0{label}".encode("utf-8", "surrogatepass")).hexdigest()[:16]


def to_row(decision: Decision) -> dict[str, Any]:
    """Return a decision as JSON values; all keys are there, and `from_row` reads them."""
    return {
        **asdict(decision),
        "time": timestamps.to_text(decision.time),
        "correction": correction_row(decision.correction),
    }


def event_row(event: Event) -> dict[str, Any]:
    """Return an event as JSON values: its decision, with its number and hash in this store."""
    return {**to_row(event.decision), "seq": event.seq, "hash": event.hash}


def correction_row(correction: Correction) -> dict[str, Any]:
    """Return a correction as JSON values."""
    severity = list(correction.severity) if correction.severity else None
    return {"label": correction.label, "severity": severity, "strength": correction.strength}


def correction_from_row(row: Mapping[str, Any]) -> Correction:
    """Return the correction that `correction_row` wrote; raises as `Correction`, or if a key is missing."""
    severity, strength = row["severity"], row["strength"]
    return Correction(row["label"], tuple(severity) if severity else None, Strength(strength) if strength else None)


def from_row(row: Mapping[str, Any]) -> Decision:
    """Return the decision that `to_row` wrote; keys that it does not write are passed over.

    Raises:
        ValueError: If it wrote no such thing.
    """
    try:
        values = {field.name: row[field.name] for field in fields(Decision)}
        values |= {
            "time": timestamps.from_text(row["time"]),
            "action": Action(row["action"]),
            "kind": SubjectKind(row["kind"]),
            "correction": correction_from_row(row["correction"]),
        }
        _check_types(values, row["correction"]["label"])
        return Decision(**values)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"no decision: {error!r}") from error


def _check_types(values: Mapping[str, Any], label: Any) -> None:
    wanted: dict[str, type] = {"analysis": int, "undoes": int, "settles": bool}
    words = ("proposal", "document", "reviewer", "subject", "clause", "label", "text", "origin")
    if not isinstance(label, str | None):
        msg = f"no decision: the label is corrected to {label!r}"
        raise ValueError(msg)  # noqa: TRY004 (what is no row is no value)
    for name, kind in {**wanted, **dict.fromkeys(words, str)}.items():
        if type(values[name]) is not kind:
            raise ValueError(f"{name} should be of type {kind.__name__}")
