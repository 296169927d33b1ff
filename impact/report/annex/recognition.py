"""How well the program recognizes the mechanisms that a report names, in words and numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from impact import typed
from impact.present.lists import counted, inside, listed
from impact.present.words import words
from impact.records import Assessment
from impact.report.view.concerns import Concern

HINT = "Recreate it with bench/measured.py"
ENOUGH = 8
"""Clauses of readers below which a share says nothing. Source: project judgment, as for macro-F1 in measured.md."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Labeled clauses in which readers saw a label, in which the program did, and in which both.

    Raises:
        ValueError: If both saw it more often than one of them.
    """

    readers: int
    program: int
    both: int

    def __post_init__(self) -> None:
        if not 0 <= self.both <= min(self.readers, self.program):
            msg = f"{self.both} of both cannot be with {self.readers} of readers and {self.program} of the program"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class Judge:
    """What was measured of one judge; `data` and `date` as measured-labels.toml says."""

    by: str
    clauses: int
    documents: int
    data: str
    date: str
    labels: dict[str, Counts]


@dataclass(frozen=True, slots=True)
class Judges:
    """All of measured-labels.toml."""

    judges: tuple[Judge, ...] = ()


@dataclass(frozen=True, slots=True)
class Recognition:
    """One mechanism of a report: its name, its counts (None where nothing was labeled), and the counts as printed.

    Attributes:
        counted: Empty where too few were labeled.
    """

    name: str
    counts: Counts | None
    counted: str

    @property
    def share(self) -> float:
        """Share of the clauses of readers that the program found too, 0 to 1."""
        return self.counts.both / self.counts.readers if self.counts and self.counts.readers else 0.0


def recognition_of(assessment: Assessment, concerns: Sequence[Concern]) -> tuple[Recognition, ...]:
    """Return how well each mechanism of a report is recognized, in the order of the concerns; nothing if unmeasured."""
    judge = judge_of(assessment)
    if judge is None:
        return ()
    return tuple(_recognition(concern.mechanism.name, judge.labels.get(concern.mechanism.id)) for concern in concerns)


def recognized(assessment: Assessment, concerns: Sequence[Concern]) -> str:
    """Return the recognition of all mechanisms of a report in one or two sentences; empty if unmeasured."""
    judge, recognitions = judge_of(assessment), recognition_of(assessment, concerns)
    if judge is None or not recognitions:
        return ""
    groups: dict[str, list[str]] = {}
    measured = [recognition for recognition in recognitions if recognition.counted]
    for recognition in sorted(measured, key=lambda recognition: -recognition.share):
        share = next(band.word for band in words().shares if recognition.share >= band.least)
        groups.setdefault(share, []).append(f"{inside(recognition.name)} ({recognition.counted})")
    unknown = [inside(recognition.name) for recognition in recognitions if not recognition.counted]
    where = f"{counted(judge.clauses, 'clause')} of {counted(judge.documents, 'document')}"
    shares = "; ".join(f"{share} {listed(names)}" for share, names in groups.items())
    parts = [f"Compared with readers on {where}, the tool found {shares}."] if groups else []
    if unknown:
        parts.append(f"Too few labeled clauses exist to measure how well it finds {listed(unknown)}.")
    return " ".join(parts)


def judge_of(assessment: Assessment) -> Judge | None:
    """Return what was measured of the first judge that the assessment asked and that was measured."""
    judges = {name for name, _ in assessment.provenance.models}
    return next((judge for judge in _shipped() if judge.by in judges), None)


@cache
def _shipped() -> tuple[Judge, ...]:
    return typed.load(Judges, "impact.report.annex", "measured-labels.toml", HINT).judges


def _recognition(name: str, counts: Counts | None) -> Recognition:
    if counts is None or counts.readers < ENOUGH or not counts.program:
        return Recognition(name, counts, "")
    words = f"{counts.both} of {counts.readers}; {counts.program - counts.both} of {counts.program} reported wrongly"
    return Recognition(name, counts, words)
