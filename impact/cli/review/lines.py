"""What `impact review` prints."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from impact.review.decide.agreement import ReviewerAgreement
    from impact.review.decide.carry_over import AnalysisComparison
    from impact.review.decide.conflict import Conflict
    from impact.review.decide.reading import Desk
    from impact.review.decide.status import DecisionStatus
    from impact.review.values.decision import Correction
    from impact.review.values.proposal import StoredProposal
    from impact.review.values.subject import Subject
    from impact.review.values.users import User

WIDTH = 100
"""Characters of a quote or title that are shown on a line."""


def proposal_line(proposal: "StoredProposal") -> str:
    """Return a proposal in one line: id, state or level, name."""
    from impact.review.values.proposal import State

    progress = _level(proposal) if proposal.level and proposal.state is State.DONE else proposal.state.value
    mark = " (restricted)" if proposal.restricted_to else ""
    return f"{proposal.id}  {progress:8} {_cut(proposal.name)}{mark}"


def _level(proposal: "StoredProposal") -> str:
    from impact.present.words import headline_words

    return headline_words(proposal.headline) if proposal.headline else ""


def desk_lines(desk: "Desk", viewer: "User") -> Iterator[str]:
    """Yield what is known of a proposal, and how far its reviewers are."""
    from impact.review.decide.count import count_of

    proposal, blinding = desk.proposal, desk.blinding
    facts = (
        ("Title", proposal.title),
        ("Number", proposal.number),
        ("Submitted to", " ".join(part for part in (proposal.body, proposal.group) if part)),
        ("Source", "; ".join(proposal.organizations)),
        ("File", proposal.source),
        ("SHA-256", proposal.digest),
        ("State", proposal.state.value + (f": {proposal.reason}. {proposal.hint}" if proposal.reason else "")),
        ("Level", _level(proposal)),
        ("Analyses", str(proposal.analyses)),
        ("Seen by", ", ".join(proposal.restricted_to) if proposal.restricted_to else "all"),
        ("Kept until", proposal.keep_until.date().isoformat() if proposal.keep_until else ""),
        ("Reading", ", ".join(name + (" (done)" if name in blinding.done else "") for name in blinding.begun)),
        ("Opened", "yes" if blinding.opened else f"no: {blinding.wanted} must finish"),
    )
    yield proposal_line(proposal)
    yield from (f"  {name:13} {text}" for name, text in facts if text)
    count = count_of(desk, viewer)
    yield f"  {'Decided':13} {count.decided} of {count.total}"
    for sign in desk.signatures:
        yield f"  {'Signed':13} version {sign.version} by {sign.name}, {sign.time:%Y-%m-%d %H:%M} UTC"
    for status in desk.vanished:
        yield f"  {'Gone':13} {status.subject} {status.label}: {status.verdict.value}"


def subject_lines(desk: "Desk", *, undecided: bool) -> Iterator[str]:
    """Yield the findings and safeguards of a proposal with how they stand; first that it was not assessed, if so."""
    from impact.present.words import needing_review, unassessed_words

    if desk.proposal.unassessed:
        yield unassessed_words(desk.proposal.unassessed)
    for subject in desk.subjects:
        decision = desk.own.get(subject.id)
        final = desk.outcomes.get(subject.id)
        if undecided and decision is not None and decision.decided:
            continue
        level = subject.level.value if subject.level else subject.kind.value
        place = f"{subject.place.number or subject.clause} (p. {subject.place.page})"
        doubt = f"{needing_review()}, " if subject.doubtful else ""
        yield f"{subject.id}  {level:9} {subject.label}  {place}  {doubt}{_status(decision)}"
        if final and (
            decision is None or final.status.verdict is not decision.verdict or final.status.text != decision.text
        ):
            is_open = final.conflict is not None and final.conflict.blocks
            yield f"    result: {_status(final.status)}{' - open conflict' if is_open else ''}"
        yield f"    \N{LEFT DOUBLE QUOTATION MARK}{_cut(_quote(subject))}\N{RIGHT DOUBLE QUOTATION MARK}"
        for name, text in decision.notes if decision else ():
            yield f"    note, {name}: {text}"


def conflict_lines(conflicts: Iterable["Conflict"]) -> Iterator[str]:
    """Yield where reviewers differ."""
    for conflict in conflicts:
        first = conflict.statuses[0][1]
        settled = conflict.settled
        end = f"settled: {_status(settled)} by {settled.by}" if settled else "open" if conflict.blocks else ""
        place = f"{conflict.subject}  {first.label} in {first.clause}"
        yield f"{place}: {conflict.difference.value} {end}".rstrip()
        for name, status in conflict.statuses:
            yield f"    {name}: {_status(status)}"


def agreement_lines(agreements: Iterable["ReviewerAgreement"]) -> Iterator[str]:
    """Yield how far reviewers agree."""
    for agreement in agreements:
        yield f"{agreement.label or 'all':28} {_clauses(agreement.units)}  alpha {_figure(agreement.alpha)}"
        for pair in agreement.pairs:
            names = f"{pair.first} and {pair.second}"
            figures = f"{_clauses(pair.units)}  kappa {_figure(pair.kappa)}  alike {pair.same:.0%}"
            yield f"    {names:24} {figures}"


def renewal_lines(comparison: "AnalysisComparison") -> Iterator[str]:
    """Yield what changed from one analysis to the next."""
    for carried in comparison.carried:
        if carried.changed:
            subject, changed = carried.after, ", ".join(carried.changed)
            yield f"changed   {subject.id}  {subject.label}: {changed}; {_status(carried.status)}"
    for subject, status in comparison.vanished:
        yield f"vanished  {subject.id}  {subject.label}; {_status(status)}"
    for subject in comparison.new:
        yield f"new       {subject.id}  {subject.label} in {subject.place.number or subject.clause}"
    yield f"{len(comparison.carried)} carried over, {len(comparison.vanished)} vanished, {len(comparison.new)} new"


def _status(status: "DecisionStatus | None") -> str:
    if status is None:
        return "undecided"
    parts = [status.verdict.value, _correction(status.correction), f"({status.text})" if status.text else ""]
    return " ".join(part for part in parts if part)


def _correction(fix: "Correction") -> str:
    severity = "/".join(str(number) for number in fix.severity or ())
    parts = (("to", fix.label), ("severity", severity), ("strength", fix.strength.value if fix.strength else ""))
    return ", ".join(f"{name} {text}" for name, text in parts if text)


def _quote(subject: "Subject") -> str:
    return " \N{HORIZONTAL ELLIPSIS} ".join(quote for quote, _ in subject.evidence) or subject.place.text


def _clauses(number: int) -> str:
    return f"{number:4} clause{'s' if number != 1 else ' '}"


def _figure(number: float | None) -> str:
    return "not defined" if number is None else f"{number:.2f}"


def _cut(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= WIDTH else flat[: WIDTH - 1] + "\N{HORIZONTAL ELLIPSIS}"
