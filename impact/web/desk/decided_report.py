"""What is decided on a proposal, as signed or as it stands: what stands, what was rejected and what is undecided."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from impact.present.words import counted
from impact.records import Level, Strength
from impact.review.decide import reading, signing
from impact.review.decide.reading import Desk
from impact.review.decide.status import ReviewVerdict
from impact.review.store import analyses, blobs
from impact.review.store.store import Store
from impact.review.values.decision import Action, Correction, SubjectKind
from impact.review.values.subject import Subject, added, passages, subjects
from impact.review.values.users import User
from impact.taxonomy import load
from impact.taxonomy.values import Mechanism
from impact.web.desk.view import held, is_paged, is_undecided, quote_of
from impact.web.desk.wording import TextRun, corrected, level_of, name_of, place


@dataclass(frozen=True, slots=True)
class Row:
    """A finding or safeguard with what holds for it.

    Attributes:
        id: Of the finding or safeguard.
        level: That of a reviewer's numbers where there are some, else the program's.
        held: The level in words: "high if it holds" while a doubtful finding is undecided.
        enables, ask: What it may enable and what to ask; of such a finding what to decide, and nothing.
        by: Names of those whose word it is; `notes`, name and words of each.
    """

    id: str
    name: str
    label: str
    place: str
    level: str
    held: str
    quote: tuple[TextRun, ...]
    enables: str
    ask: str
    verdict: str
    text: str
    correction: str
    by: tuple[str, ...]
    notes: tuple[tuple[str, str], ...]
    guard: bool
    doubtful: bool


@dataclass(frozen=True, slots=True)
class Decided:
    """A report as far as it is decided.

    Attributes:
        stands, rejected, undecided: Findings and safeguards, gravest first; of undecided ones the firm ones before.
        version: 0 where nothing is signed; `signatures`, names and times.
    """

    report: Mapping[str, Any]
    stands: tuple[Row, ...]
    rejected: tuple[Row, ...]
    undecided: tuple[Row, ...]
    version: int
    signatures: tuple[tuple[str, str], ...]
    digest: str

    @property
    def counts(self) -> str:
        """The three numbers in words."""
        return (
            f"{counted(len(self.stands), 'item')} decided to stand, {len(self.rejected)} rejected, "
            f"{len(self.undecided)} undecided"
        )


def decided(store: Store, person: User, proposal: str, version: int, limit: int) -> tuple[Desk, Decided]:
    """Return the desk and what is decided: as signed under a version, or as it stands for this person (0)."""
    desk = reading.open_desk(store, person, proposal)
    if not version:
        held = {name: (one.status, one.by) for name, one in desk.outcomes.items()} or {
            name: (one, (one.by,)) for name, one in desk.own.items()
        }
        rows = [
            _row(
                subject,
                {**_said(held[subject.id][0]), "by": held[subject.id][1]} if subject.id in held else {},
                desk.report,
                limit,
            )
            for subject in desk.subjects
        ]
        return desk, _sorted(desk.report, rows, 0, (), "")
    frozen = signing.signed_version(store, person, desk.proposal.id, min(max(version, 1), 2**31 - 1))
    told = {one["subject"]: _thawed(one) for one in frozen["holds"]}
    rows = [_row(subject, told.get(subject.id, {}), frozen["report"], limit) for subject in _subjects(frozen)]
    names = tuple((one["name"], one["time"]) for one in frozen["signatures"])
    return desk, _sorted(frozen["report"], rows, frozen["version"], names, frozen["digest"])


def _subjects(frozen: Mapping[str, Any]) -> tuple[Subject, ...]:
    """Return the subjects of a frozen report with those that reviewers added."""
    listed = {subject.id: subject for subject in subjects(frozen["report"])}
    places = passages(frozen["report"])
    missed = {one["subject"] for one in frozen["events"] if one["action"] == Action.ADD}
    for one in frozen["holds"]:
        if one["subject"] in missed and one["clause"] in places:
            made = added(places[one["clause"]], one["subject"], one["label"], SubjectKind(one["kind"]))
            listed.setdefault(one["subject"], made)
    return tuple(listed.values())


def _said(standing: Any) -> dict[str, Any]:
    return {
        "verdict": standing.verdict.value,
        "text": standing.text,
        "correction": corrected(standing.correction),
        "level": level_of(standing.correction),
        "notes": standing.notes,
    }


def _thawed(row: Mapping[str, Any]) -> dict[str, Any]:
    fix = row["correction"]
    strength = Strength(fix["strength"]) if fix["strength"] else None
    correction = Correction(fix["label"], tuple(fix["severity"]) if fix["severity"] else None, strength)
    notes = tuple((one["name"], one["text"]) for one in row["notes"])
    return {
        **row,
        "correction": corrected(correction),
        "level": level_of(correction),
        "notes": notes,
        "by": tuple(row["by"]),
    }


def _row(one: Subject, told: Mapping[str, Any], report_: Mapping[str, Any], limit: int) -> Row:
    mechanism = load().mechanisms.get(one.label)
    verdict = told.get("verdict", ReviewVerdict.UNDECIDED.value)
    open_ = is_undecided(one, verdict)
    return Row(
        id=one.id,
        name=name_of(one.label),
        label=one.label,
        place=place(one.number, one.page, paged=is_paged(report_)),
        level=told.get("level") or (one.level.value if one.level else ""),
        held=told.get("level") or held(one, verdict),
        quote=quote_of(one, limit),
        enables=_enables(mechanism, open_=open_) if mechanism else "",
        ask=mechanism.questions[0] if mechanism and not open_ else "",
        verdict=verdict,
        text=told.get("text", ""),
        correction=told.get("correction", ""),
        by=tuple(told.get("by", ())),
        notes=tuple(told.get("notes", ())),
        guard=one.kind is SubjectKind.SAFEGUARD,
        doubtful=one.doubtful,
    )


def _enables(mechanism: Mechanism, *, open_: bool) -> str:
    return f"Does this clause enable {mechanism.enables}?" if open_ else f"The clause may enable {mechanism.enables}."


def _sorted(
    report_: Mapping[str, Any], rows: Iterable[Row], version: int, names: tuple[tuple[str, str], ...], digest: str
) -> Decided:
    kept: dict[str, list[Row]] = {"stands": [], "rejected": [], "undecided": []}
    for row in rows:
        kept[row.verdict if row.verdict in kept else "stands"].append(row)
    kept["stands"].sort(key=lambda one: (one.guard, -Level(one.level or Level.NONE)))
    return Decided(
        report_, tuple(kept["stands"]), tuple(kept["rejected"]), tuple(kept["undecided"]), version, names, digest
    )


@lru_cache(maxsize=1000)
def summed(files: Path, digest: str) -> tuple[str, int]:
    """Return the gravest level of the findings that stand in a signed file, and how many findings are undecided in it.

    The level is "none" where no finding stands, and empty where none of those that do has one. It is kept, since what a
    digest stands for never changes.
    """
    held = json.loads(blobs.get(files, digest))
    frozen = {**held, "report": analyses.parse_report(blobs.get(files, held["report"]))}
    told = {one["subject"]: _thawed(one) for one in frozen["holds"]}
    findings = [_row(subject, told.get(subject.id, {}), frozen["report"], 1) for subject in _subjects(frozen)]
    kept = _sorted(frozen["report"], (finding for finding in findings if not finding.guard), 0, (), digest)
    levels = {Level(stand.level) for stand in kept.stands if stand.level}
    gravest = max(levels).value if levels else ""
    return gravest if kept.stands else Level.NONE.value, len(kept.undecided)


def latest_signed(desk: Desk) -> int:
    """Return the version that was signed last; 0 if none was, or something was decided since."""
    last = desk.signatures[-1] if desk.signatures else None
    return last.version if last and all(event.seq < last.seq for event in desk.events) else 0
