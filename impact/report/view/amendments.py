"""Amendments as reports show them: the words of the clause with what is deleted and what is inserted."""

from dataclasses import dataclass
from itertools import zip_longest

from impact.present.cleaning import GAP, plain, shown
from impact.present.lists import listed
from impact.present.places import NUMBERED
from impact.records import Amendment, Fate, Run
from impact.report.quotes.quote import JOINT, PAUSE, SENTENCE
from impact.report.view.places import Location, Places
from impact.report.view.subject import ReportSubject

AROUND, AGAIN = 90, 45
"""Characters of kept words that are shown before and after a change, and where the clause stands right above."""

LEAST, NEAR = 20, 90
"""Characters that a gap stands for at least, and within which it is near where to go on. Source: project judgment."""

SINGLE, NEXT, LAST = 2, 2, 4
"""Words so few that it is told before which they stand, and how many next to a change tell its place. Source: project
judgment."""


@dataclass(frozen=True, slots=True)
class AmendmentRun:
    """A run of a clause: "kept", "deleted", "inserted", or a "gap" where kept words were left out."""

    fate: str
    text: str


@dataclass(frozen=True, slots=True)
class AmendmentView:
    """One amendment, ready to be shown."""

    where: Location
    edit: str
    safeguard: str
    parts: tuple[AmendmentRun, ...]
    why: str
    source: str


def amendment_views(subject: ReportSubject) -> dict[str, tuple[AmendmentView, ...]]:
    """Return the amendments by mechanism of the finding that they answer, in the order of the advice.

    A clause that stands right above is not told again but for the words next to the change.
    """
    mechanisms = {rated.finding.id: rated.finding.mechanism for rated in subject.assessment.findings}
    shown: dict[str, list[AmendmentView]] = {}
    for amendment in subject.advice.amendments:
        before = shown.setdefault(mechanisms[amendment.finding], [])
        again = bool(before) and before[-1].where == subject.at.where(amendment.clause)
        before.append(_changed(amendment, subject, AGAIN if again else AROUND))
    return {name: tuple(amendments) for name, amendments in shown.items()}


def amendment_view(amendment: Amendment, subject: ReportSubject) -> AmendmentView:
    """Return an amendment by itself."""
    return _changed(amendment, subject, AROUND)


def _changed(amendment: Amendment, subject: ReportSubject, around: int) -> AmendmentView:
    return AmendmentView(
        where=subject.at.where(amendment.clause),
        edit=amendment.edit[:1].upper() + amendment.edit[1:],
        safeguard=subject.taxonomy.safeguards[amendment.safeguard].phrase,
        parts=_parts(amendment, around),
        why=f"{amendment.why} {opposed(amendment, subject.at)}".rstrip(),
        source=amendment.source,
    )


def opposed(amendment: Amendment, at: Places) -> str:
    """Return a sentence on the clauses that deny what an amendment brings; empty where none does."""
    if not amendment.against:
        return ""
    places = [at.where(clause).full for clause in amendment.against]
    names = listed([f"clause {place}" if NUMBERED.match(place) else place for place in places])
    names = names[:1].upper() + names[1:]
    return (
        f"{names} {'conflicts' if len(amendment.against) == 1 else 'conflict'} with this and would have to change too."
    )


def spelled(amendment: Amendment, at: Places) -> str:
    """Return an amendment in one line of words: where, and what is replaced, deleted or inserted."""
    steps: list[str] = []
    before: Run | None = None
    for run, follows in zip_longest(amendment.runs, amendment.runs[1:]):
        if run.fate is Fate.DELETED and follows and follows.fate is Fate.INSERTED:
            steps.append(f"replace {_quoted(run.text)} by {_quoted(follows.text)}")
        elif run.fate is Fate.DELETED:
            steps.append(f"delete {_quoted(run.text)}{_ahead(run, follows)}")
        elif run.fate is Fate.INSERTED and run.text.startswith("\n"):
            steps.append(f"{amendment.edit}: {_quoted(run.text)}")
        elif run.fate is Fate.INSERTED and not (before and before.fate is Fate.DELETED):
            steps.append(f"add {_quoted(run.text)}{_behind(before, follows)}")
        before = run
    where = at.where(amendment.clause).full
    lead = "On" if where.startswith("p. ") else "In clause" if NUMBERED.match(where) else "In"
    against = opposed(amendment, at)
    return f"{lead} {where}, {'; '.join(steps)} (source: {amendment.source}).{f' {against}' if against else ''}"


def _quoted(text: str) -> str:
    return f"\u201c{plain(text)}\u201d"


def _ahead(run: Run, follows: Run | None) -> str:
    """Return before which words a single word stands that is deleted: "not" alone may stand in a clause twice."""
    after = plain(follows.text).split()[:NEXT] if follows else []
    return f" before {_quoted(' '.join(after))}" if after and len(run.text.split()) <= SINGLE else ""


def _behind(before: Run | None, follows: Run | None) -> str:
    """Return after which words of a clause words are added: those at its end too, since others may have its number."""
    if before:
        return f" after {_quoted(' '.join(plain(before.text).split()[-LAST:]))}"
    return "" if follows else " at the end"


def _parts(amendment: Amendment, around: int) -> tuple[AmendmentRun, ...]:
    """Return the runs of an amendment, with gaps in long stretches of kept words: `around` characters stay."""
    runs: list[AmendmentRun] = []
    for position, run in enumerate(amendment.runs):
        text = shown(run.text)
        if run.fate is not Fate.KEPT or len(text) <= 2 * around:
            runs.append(AmendmentRun(run.fate.value, text))
            continue
        before = "" if position == 0 else text[: _border(text, around)]
        after = "" if position == len(amendment.runs) - 1 else text[_resuming(text, len(text) - around) :]
        if len(text) - len(before) - len(after) < LEAST:
            runs.append(AmendmentRun("kept", text))
            continue
        runs += [AmendmentRun("kept", before)] if before else []
        runs.append(AmendmentRun("gap", GAP))
        runs += [AmendmentRun("kept", after)] if after else []
    return tuple(runs)


def _resuming(text: str, offset: int) -> int:
    """Return where kept words go on after a gap: at a sentence near an offset, a pause, a word that joins, or any."""
    for pattern in (SENTENCE, PAUSE, JOINT):
        ends = [match.end() for match in pattern.finditer(text, max(0, offset - NEAR), offset + NEAR // 2)]
        if ends:
            return min(ends, key=lambda at: abs(at - offset))
    return _border(text, offset)


def _border(text: str, offset: int) -> int:
    """Return the word border next before an offset, or the offset where none is near."""
    blank = text.rfind(" ", max(0, offset - 60), offset)
    return blank + 1 if blank >= 0 else offset
