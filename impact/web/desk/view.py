"""What the desk shows of each finding and safeguard, and of how far things are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from impact.present.cleaning import clipped, plain
from impact.present.words import counted, if_holds
from impact.present.words import words as report_words
from impact.review.decide.conflict import Conflict
from impact.review.decide.reading import Desk
from impact.review.decide.status import DecisionStatus, ReviewVerdict
from impact.review.values.decision import Action, SubjectKind
from impact.review.values.subject import Subject
from impact.review.values.users import User
from impact.taxonomy import load
from impact.taxonomy.values import Mechanism, Safeguard
from impact.web.desk.wording import TextRun, corrected, name_of, place, runs, words

WITH = {True: "with", False: "to"}
"""Before what a reviewer gave: of a finding that was added, and of one that was changed."""

QUOTE = 520
"""Characters of a clause that are quoted beside a finding. Source: project judgement; about eight lines."""


@dataclass(frozen=True, slots=True)
class Item:
    """A finding or safeguard as it is listed.

    Attributes:
        dom: Id in the page.
        place: Number of the clause and page, in words.
        level: As the program says, also where a reviewer changed the numbers; empty for none.
        held: The level in words: "high if it holds" while a doubtful finding is undecided.
        enables: Sentence after the quote: what it may enable or provides, or what there is to decide of a doubtful one.
        means, excludes: What counts as it and what does not, as the taxonomy says; empty where it has it no longer.
        verdict: Value of `ReviewVerdict`; `told`, its words.
        text: Reason or remark; `correction`, in words.
        by: Who gave the verdict, where others may know.
        open: Whether reviewers differ on it and it is not settled.
        primary: Ids of the rights that it may touch first.
    """

    dom: str
    subject: Subject
    name: str
    place: str
    level: str
    held: str
    quote: tuple[TextRun, ...]
    enables: str
    means: str
    excludes: str
    reason: str
    rights: str
    ask: str
    verdict: str
    told: str
    text: str
    correction: str
    by: str
    notes: tuple[tuple[str, str], ...]
    open: bool
    primary: tuple[str, ...]

    @property
    def is_finding(self) -> bool:
        """Whether it is a finding, not a safeguard."""
        return self.subject.kind is SubjectKind.FINDING

    @property
    def decided(self) -> bool:
        """Whether there is a verdict."""
        return self.verdict != ReviewVerdict.UNDECIDED


@dataclass(frozen=True, slots=True)
class Progress:
    """How far things are for one person.

    Attributes:
        decided, total: Findings and safeguards.
        phase: "reading" (an officer), "deciding", "waiting" (done, others are not), "opened", "signed".
        waiting: Names of those who began and are not done.
        open: How many conflicts are to be settled before anybody signs.
        last: What this person did last that can be taken back, in words; empty if nothing.
        new: Whether anything was decided after the last signature.
    """

    decided: int
    total: int
    phase: str
    begun: tuple[str, ...]
    done: tuple[str, ...]
    waiting: tuple[str, ...]
    missing: int
    open: int
    last: str
    new: bool


def standings(desk: Desk, viewer: User) -> Mapping[str, DecisionStatus]:
    """Return how findings stand, by id: what holds for all, or what this person said while others are hidden."""
    if viewer.decides and viewer.name not in desk.blinding.opened:
        return desk.own
    return {name: one.status for name, one in desk.outcomes.items()}


def items_of(desk: Desk, viewer: User) -> tuple[Item, ...]:
    """Return what there is to decide, in the order of the desk."""
    known, open_ = standings(desk, viewer), {conflict.subject for conflict in desk.conflicts if conflict.blocks}
    rows = {
        one["id"]: one
        for clause in desk.report["clauses"]
        for one in (*clause["findings"], *clause["safeguards"])
        if "id" in one
    }
    paged = is_paged(desk.report)
    return tuple(
        _item(f"i{index}", one, rows.get(one.id, {}), known.get(one.id), (paged, one.id in open_))
        for index, one in enumerate(desk.subjects)
    )


def is_paged(report: Mapping[str, Any]) -> bool:
    """Return whether page numbers mean something to a reader."""
    return bool(report["document"].get("paged", False))


def progress_of(desk: Desk, viewer: User, items: Iterable[Item]) -> Progress:
    """Return how far things are for a person."""
    listed, state = tuple(items), desk.blinding
    signed = desk.signatures[-1].seq if desk.signatures else 0
    new = any(event.seq > signed for event in desk.events)
    return Progress(
        decided=sum(one.decided for one in listed),
        total=len(listed),
        phase=_phase(desk, viewer, new=new),
        begun=state.begun,
        done=tuple(sorted(state.done)),
        waiting=tuple(name for name in state.begun if name not in state.done),
        missing=max(state.wanted - len(state.done), 0),
        open=sum(conflict.blocks for conflict in desk.conflicts),
        last=_last(desk, viewer),
        new=new,
    )


def left_words(progress: Progress) -> str:
    """Return "7 of 31 decided"."""
    return f"{progress.decided} of {counted(progress.total, 'item')} decided"


def verdict_words(standing: DecisionStatus) -> str:
    """Return a verdict in words."""
    return str(words()["verdicts"][standing.verdict.value])


def quote_of(subject: Subject, limit: int = QUOTE) -> tuple[TextRun, ...]:
    """Return the clause of a finding around its evidence, which is marked."""
    start = subject.span.start
    marks = [(span.start - start, span.end - start, subject.id) for _, span in subject.evidence]
    return runs(subject.text, marks, limit)


def conflict_rows(conflict: Conflict) -> tuple[tuple[str, str, str, str, bool], ...]:
    """Return name, verdict, correction, text of each reviewer, and whether it can be settled as that one decided."""
    return tuple(
        (name, verdict_words(one), corrected(one.correction), one.text, one.decided) for name, one in conflict.statuses
    )


def _item(
    dom: str, subject: Subject, row: Mapping[str, Any], standing: DecisionStatus | None, known: tuple[bool, bool]
) -> Item:
    taxonomy, (paged, is_open) = load(), known
    now = standing or DecisionStatus(subject.id, subject.kind, subject.clause, subject.label)
    rights = row.get("rights", [])
    mechanism = taxonomy.mechanisms.get(subject.label)
    guard = taxonomy.safeguards.get(subject.label)
    known_as = mechanism or guard
    bound = report_words()["worded"][subject.strength.value]
    return Item(
        dom=dom,
        subject=subject,
        name=name_of(subject.label),
        place=place(subject.number, subject.page, paged=paged),
        level=subject.level.value if subject.level else "",
        held=held(subject, now.verdict.value),
        quote=quote_of(subject),
        enables=_enables(mechanism, bound, open_=is_undecided(subject, now.verdict.value))
        if mechanism
        else _guards(guard, open_=is_undecided(subject, now.verdict.value)),
        means=known_as.definition if known_as else "",
        excludes=known_as.does_not_count if known_as else "",
        reason=str(row.get("severity", {}).get("reason", "")),
        rights=_rights(rights),
        ask=mechanism.questions[0] if mechanism else "",
        verdict=now.verdict.value,
        told=verdict_words(now),
        text=now.text,
        correction=corrected(now.correction),
        by=now.by,
        notes=now.notes,
        open=is_open,
        primary=tuple(dict.fromkeys(right["right"] for right in rights if right.get("link", "primary") == "primary")),
    )


def is_undecided(subject: Subject, verdict: str) -> bool:
    """Return whether a finding or safeguard is doubtful and nobody has decided it."""
    return subject.doubtful and verdict == ReviewVerdict.UNDECIDED


def held(subject: Subject, verdict: str) -> str:
    """Return the level in words, as far as it holds."""
    if not subject.level:
        return ""
    return if_holds(subject.level) if is_undecided(subject, verdict) else subject.level.value


def _enables(mechanism: Mechanism, bound: str, *, open_: bool) -> str:
    if open_:
        return f"Does this clause enable {mechanism.enables}?"
    return f"The clause is {bound} and may enable {mechanism.enables}."


def _guards(guard: Safeguard | None, *, open_: bool) -> str:
    if not guard:
        return ""
    benefit = guard.benefit.rstrip(".")
    return f"Is it true of this clause that it {benefit}?" if open_ else f"The clause {benefit}."


def _rights(rows: Iterable[Mapping[str, Any]]) -> str:
    """Return "Privacy (UDHR 12, ICCPR 17); further: ...": the rights that a finding may touch."""
    taxonomy = load()
    parts: dict[str, list[str]] = {"primary": [], "secondary": []}
    for row in rows:
        right = taxonomy.rights.get(row["right"])
        name, articles = right.name if right else plain(row["right"]), ", ".join(row.get("articles", ()))
        link = row.get("link", "primary")
        parts[link].append(f"{name} ({articles})" if articles and link == "primary" else name)
    further = f"; further: {', '.join(parts['secondary'])}" if parts["secondary"] else ""
    return "; ".join(parts["primary"]) + further


def _phase(desk: Desk, viewer: User, *, new: bool) -> str:
    if desk.signatures and not new:
        return "signed"
    if not viewer.decides:
        return "reading"
    if viewer.name in desk.blinding.opened:
        return "opened"
    return "waiting" if viewer.name in desk.blinding.done else "deciding"


def _last(desk: Desk, viewer: User) -> str:
    """Return the last event of a person in words, an undo included."""
    mine = [event.decision for event in desk.events if event.decision.reviewer == viewer.name]
    if not mine:
        return ""
    last, told = mine[-1], words()["done"]
    if last.action is Action.UNDO:
        undone = next((event.decision for event in desk.events if event.seq == last.undoes), None)
        what = (
            f"{told[undone.action.value].lower()}: {_about(undone.label, undone.clause)}"
            if undone and undone.subject
            else ""
        )
        return f"{told['undo']}{f' ({what})' if what else ''}"
    if not last.subject:
        return str(told[last.action.value])
    fix = corrected(last.correction)
    given = f", {WITH[last.action is Action.ADD]} {fix}" if fix else ""
    return f"{told[last.action.value]}: {_about(last.label, last.clause)}{given}"


def _about(label: str, clause: str) -> str:
    return f"{name_of(label)}, {clipped(plain(clause), 40)}"
