"""What a reviewer chooses from, and the words that a form makes of it."""

from collections.abc import Mapping
from operator import itemgetter

from fastapi import HTTPException
from starlette.datastructures import FormData

from impact.records import Strength
from impact.review.decide.reading import Desk
from impact.review.decide.record import DecisionDraft
from impact.review.values.decision import AS_IS, Action, Correction, SubjectKind
from impact.review.values.subject import Subject
from impact.taxonomy.values import Mechanism, Safeguard
from impact.web.desk.finding import DeskFinding
from impact.web.desk.wording import words
from impact.web.server.session import text

NUMBERS = ("scale", "scope", "irremediability")
NO_SUCH = "this finding does not exist"


def by_name(definitions: Mapping[str, Mechanism | Safeguard]) -> tuple[tuple[str, str], ...]:
    """Return id and name of each mechanism or safeguard, by name."""
    return tuple(sorted(((name, value.name) for name, value in definitions.items()), key=itemgetter(1)))


def numbers_of(finding: DeskFinding) -> dict[str, str]:
    """Return label, strength and the three numbers of a finding as they stand: what a form begins with."""
    subject, fix = finding.subject, finding.status.correction
    triple = fix.severity or subject.triple or ("", "", "")
    return {
        "label": fix.label or subject.label,
        "strength": (fix.strength or subject.strength).value,
        **{name: str(number) for name, number in zip(NUMBERS, triple, strict=True)},
    }


def draft_of(form: FormData, desk: Desk) -> DecisionDraft:
    """Return what a form says of a finding.

    A rejection without words takes those of the reason that was chosen, or says that there are none yet.

    Raises:
        HTTPException: If it names no action of a reviewer, or two of three numbers.
    """
    action, remark = _action(form), text(form, "text")
    subject = next((subject for subject in desk.subjects if subject.id == text(form, "subject")), None)
    if action is Action.ADD:
        fix = Correction(None, _severity(form, None), _strength(form, None))
        return DecisionDraft(
            action, text=remark, correction=fix, clause=text(form, "clause"), mechanism=text(form, "mechanism")
        )
    if action is Action.REJECT and not remark:
        remark = next((reason.text for reason in words().reasons if reason.key == text(form, "reason")), words().unsaid)
    fix = _correction(form, subject) if action is Action.CORRECT else AS_IS
    return DecisionDraft(action, text(form, "subject"), remark, fix)


def as_decided(desk: Desk, subject: str, name: str) -> DecisionDraft:
    """Return the word that decides a finding as a reviewer decided it before it was opened.

    Raises:
        HTTPException: If this reviewer decided nothing on it.
    """
    conflict = next((conflict for conflict in desk.conflicts if conflict.subject == subject), None)
    status = dict(conflict.statuses).get(name) if conflict else None
    if status is None or not status.decided:
        raise HTTPException(404, NO_SUCH)
    actions = {"accepted": Action.ACCEPT, "rejected": Action.REJECT, "corrected": Action.CORRECT, "added": Action.ADD}
    action = actions[status.verdict.value]
    if action is Action.ADD:
        fix = status.correction
        return DecisionDraft(action, text=status.text, correction=fix, clause=status.clause, mechanism=status.label)
    return DecisionDraft(action, subject, status.text, status.correction)


def _action(form: FormData) -> Action:
    named = text(form, "action") or ("reject" if text(form, "reason") else "")
    allowed = {Action.ACCEPT, Action.REJECT, Action.CORRECT, Action.NOTE, Action.ADD}
    if named not in {action.value for action in allowed}:
        raise HTTPException(422, "choose an action: accept, reject, correct, note or add")
    return Action(named)


def _correction(form: FormData, subject: Subject | None) -> Correction:
    """Return what differs from what the program said."""
    if subject is None:
        raise HTTPException(404, NO_SUCH)
    label = text(form, "label") or None
    severity = _severity(form, subject.triple) if subject.kind is SubjectKind.FINDING else None
    return Correction(None if label == subject.label else label, severity, _strength(form, subject.strength))


def _severity(form: FormData, before: tuple[int, int, int] | None) -> tuple[int, ...] | None:
    digits = [text(form, name) for name in NUMBERS]
    if not any(digits):
        return None
    if any(digit not in {"1", "2", "3", "4", "5"} for digit in digits):
        raise HTTPException(422, "give scale, scope and irremediability, each from 1 to 5, or leave all three empty")
    triple = tuple(map(int, digits))
    return None if triple == before else triple


def _strength(form: FormData, before: Strength | None) -> Strength | None:
    strength = text(form, "strength")
    return Strength(strength) if strength in list(Strength) and strength != before else None
