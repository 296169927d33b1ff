"""What `impact review` prints."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from impact.cli.terminal import one_line

if TYPE_CHECKING:
    from impact.review.decide.agreement import ReviewerAgreement
    from impact.review.decide.carry_over import AnalysisComparison
    from impact.review.decide.conflict import Conflict
    from impact.review.decide.reading import Desk
    from impact.review.decide.status import DecisionStatus
    from impact.review.values.decision import Correction
    from impact.review.values.proposal import StoredProposal
    from impact.review.values.subject import Subject

WIDTH = 100
"""Characters of a quote or title that are shown on a line."""


def proposal_line(one: "StoredProposal") -> str:
    """Return a proposal in one line: id, state or level, name."""
    from impact.review.values.proposal import State

    said = _level(one) if one.level and one.state is State.DONE else one.state.value
    mark = " (restricted)" if one.restricted_to else ""
    return one_line(f"{one.id}  {said:8} {_cut(one.name)}{mark}")


def _level(one: "StoredProposal") -> str:
    from impact.present.words import level_words

    return level_words(one.level, one.firm_level) if one.level and one.firm_level else ""


def desk_lines(desk: "Desk") -> Iterator[str]:
    """Yield what is known of a proposal, and how far its reviewers are."""
    one, state = desk.proposal, desk.blinding
    facts = (
        ("Title", one.title),
        ("Number", one.number),
        ("Submitted to", " ".join(part for part in (one.body, one.group) if part)),
        ("Source", "; ".join(one.organizations)),
        ("File", one.source),
        ("SHA-256", one.digest),
        ("State", one.state.value + (f": {one.reason}. {one.hint}" if one.reason else "")),
        ("Level", _level(one)),
        ("Analyses", str(one.analyses)),
        ("Seen by", ", ".join(one.restricted_to) if one.restricted_to else "all"),
        ("Kept until", one.keep_until.date().isoformat() if one.keep_until else ""),
        ("Reading", ", ".join(name + (" (done)" if name in state.done else "") for name in state.begun)),
        ("Opened", "yes" if state.opened else f"no: {state.wanted} to be done"),
    )
    yield proposal_line(one)
    yield from (one_line(f"  {name:13} {text}") for name, text in facts if text)
    decided = sum(1 for subject in desk.subjects if subject.id in desk.own and desk.own[subject.id].decided)
    yield f"  {'Decided':13} {decided} of {len(desk.subjects)}"
    for sign in desk.signatures:
        yield one_line(f"  {'Signed':13} version {sign.version} by {sign.name}, {sign.time:%Y-%m-%d %H:%M} UTC")
    for gone in desk.vanished:
        yield one_line(f"  {'Gone':13} {gone.subject} {gone.label}: {gone.verdict.value}")


def subject_lines(desk: "Desk", *, undecided: bool) -> Iterator[str]:
    """Yield the findings and safeguards of a proposal with how they stand."""
    for subject in desk.subjects:
        mine = desk.own.get(subject.id)
        held = desk.outcomes.get(subject.id)
        if undecided and mine is not None and mine.decided:
            continue
        level = subject.level.value if subject.level else subject.kind.value
        place = f"{subject.number or subject.clause} (p. {subject.page})"
        doubt = "doubtful, " if subject.doubtful else ""
        yield one_line(f"{subject.id}  {level:9} {subject.label}  {place}  {doubt}{_said(mine)}")
        if held and (mine is None or held.status.verdict is not mine.verdict or held.status.text != mine.text):
            yield one_line(f"    holds: {_said(held.status)}{' - open conflict' if _is_open(held.conflict) else ''}")
        yield one_line(f"    \N{LEFT DOUBLE QUOTATION MARK}{_cut(_quote(subject))}\N{RIGHT DOUBLE QUOTATION MARK}")
        for name, text in mine.notes if mine else ():
            yield one_line(f"    note, {name}: {text}")


def conflict_lines(found: Iterable["Conflict"]) -> Iterator[str]:
    """Yield where reviewers differ."""
    for one in found:
        first = one.statuses[0][1]
        done = f"settled: {_said(one.settled)} by {one.settled.by}" if one.settled else "open" if one.blocks else ""
        yield one_line(f"{one.subject}  {first.label} in {first.clause}: {one.difference.value} {done}".rstrip())
        for name, standing in one.statuses:
            yield one_line(f"    {name}: {_said(standing)}")


def agreement_lines(found: Iterable["ReviewerAgreement"]) -> Iterator[str]:
    """Yield how far reviewers agree."""
    for one in found:
        yield f"{one.label or 'all':28} {_clauses(one.units)}  alpha {_figure(one.alpha)}"
        for pair in one.pairs:
            names = f"{pair.first} and {pair.second}"
            figures = f"{_clauses(pair.units)}  kappa {_figure(pair.kappa)}  alike {pair.same:.0%}"
            yield one_line(f"    {names:24} {figures}")


def renewal_lines(found: "AnalysisComparison") -> Iterator[str]:
    """Yield what changed from one analysis to the next."""
    for one in found.carried:
        if one.changed:
            yield one_line(
                f"changed   {one.after.id}  {one.after.label}: {', '.join(one.changed)}; {_said(one.status)}"
            )
    for subject, standing in found.vanished:
        yield one_line(f"vanished  {subject.id}  {subject.label}; {_said(standing)}")
    for subject in found.new:
        yield one_line(f"new       {subject.id}  {subject.label} in {subject.number or subject.clause}")
    yield f"{len(found.carried)} carried over, {len(found.vanished)} vanished, {len(found.new)} new"


def _said(standing: "DecisionStatus | None") -> str:
    if standing is None:
        return "undecided"
    parts = [standing.verdict.value, _fixed(standing.correction), f"({standing.text})" if standing.text else ""]
    return " ".join(part for part in parts if part)


def _fixed(fix: "Correction") -> str:
    severity = "/".join(str(number) for number in fix.severity or ())
    parts = (("to", fix.label), ("severity", severity), ("strength", fix.strength.value if fix.strength else ""))
    return ", ".join(f"{name} {text}" for name, text in parts if text)


def _is_open(conflict: "Conflict | None") -> bool:
    return conflict is not None and conflict.blocks


def _quote(one: "Subject") -> str:
    return " \N{HORIZONTAL ELLIPSIS} ".join(quote for quote, _ in one.evidence) or one.text


def _clauses(number: int) -> str:
    return f"{number:4} clause{'s' if number != 1 else ' '}"


def _figure(number: float | None) -> str:
    return "not defined" if number is None else f"{number:.2f}"


def _cut(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= WIDTH else flat[: WIDTH - 1] + "\N{HORIZONTAL ELLIPSIS}"
