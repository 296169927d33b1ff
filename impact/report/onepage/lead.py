"""The first sentences of the one-page brief: what was found and why the level is so."""

from impact.present.cleaning import plain
from impact.records import Assessment, Level
from impact.report.onepage.wording import BriefWording
from impact.report.view.subject import ReportSubject
from impact.taxonomy.values import SeverityRule


def lead(subject: ReportSubject, say: BriefWording) -> tuple[str, ...]:
    """Return the first sentences: what was found and, if it is firm, why the level is so; or why nothing was found."""
    assessment, code = subject.assessment, subject.assessment.proposal.language
    if not subject.facts.assessed:
        known = say.get("languages")
        name = known.get(code) or known["other"].format(code=plain(code))
        return (say.say("sentences.foreign", language=name),)
    sentences = [say.say("sentences.untold")] if code == "und" else []
    if not subject.concerns:
        return (say.say("sentences.unflagged"), say.say("sentences.uncleared"), *sentences)
    reason = [_reason(assessment, say, subject.taxonomy.severity)] if assessment.level is assessment.firm_level else []
    return (_overview(subject, say), *reason, *sentences)


def _overview(subject: ReportSubject, say: BriefWording) -> str:
    """Return how many powers were found and at which level, and how many are left to a reader."""
    firm, unsure = subject.firm, subject.unsure
    left = [say.counted("counts.undecided", len(unsure))] if unsure else []
    if not firm:
        return str(say.get("marks.gap")).join([say.say("sentences.unsure"), *left])
    counts = {level: sum(concern.firm is level for concern in firm) for level in (Level.HIGH, Level.MEDIUM, Level.LOW)}
    shares = [say.say(f"shares.{level.value}", count=say.number(count)) for level, count in counts.items() if count]
    clauses = len({rated.finding.clause for rated in subject.assessment.firm.findings})
    overview = say.say(
        "sentences.overview",
        powers=say.counted("counts.powers", len(firm)),
        clauses=say.counted("counts.clauses", clauses),
        shares=say.get("marks.item").join(shares),
    )
    return str(say.get("marks.gap")).join([overview, *left])


def _reason(assessment: Assessment, say: BriefWording, rule: SeverityRule) -> str:
    """Return why the level is what it is: the first finding that has it, or two that make each other graver."""
    reached = (rated.severity for rated in assessment.firm.findings if rated.severity.firm is assessment.level)
    severity = next(reached, None)
    if severity is None:
        return say.say("sentences.together", level=say.say(f"levels.{assessment.level.value}"))
    triple = {"scale": severity.scale, "scope": severity.scope, "irremediability": severity.irremediability}
    return say.say(f"reasons.{rule.ground(**triple)}", **triple)
