"""The first sentences of the one-page brief: what was found and why the level is so."""

from impact.records import Assessment, Level
from impact.report.onepage.wording import BriefWording, language_name
from impact.report.view.subject import ReportSubject
from impact.report.view.summary import sentence_text
from impact.taxonomy.values import SeverityRule


def lead(subject: ReportSubject, say: BriefWording) -> tuple[str, ...]:
    """Return the first sentences: what was found and, where a level is firm, why it is so; or why nothing was found."""
    assessment = subject.assessment
    if code := assessment.unassessed:
        return (say.say("sentences.foreign", language=language_name(code, say)),)
    sentences = [say.say("sentences.untold")] if assessment.proposal.language == "und" else []
    if not subject.concerns:
        emptied = assessment.review is not None and assessment.review.rejected
        return (
            say.say("review.none" if emptied else "sentences.unflagged"),
            say.say("sentences.uncleared"),
            *sentences,
        )
    gravest = _gravest(subject) if say.code == "en" else ()
    return (_overview(subject, say), *gravest, *_reason(assessment, say, subject.taxonomy.severity), *sentences)


def _gravest(subject: ReportSubject) -> tuple[str, ...]:
    """Return the first sentence of the summary, what the gravest clause does; its words are in the language it has."""
    first = [sentence for sentence in subject.advice.summary[:1] if sentence.kind == "power"]
    return tuple(sentence_text(sentence, subject.assessment.document, subject.at) for sentence in first)


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


def _reason(assessment: Assessment, say: BriefWording, rule: SeverityRule) -> tuple[str, ...]:
    """Return why the firm level is so: the first finding that has it.

    There is no sentence where only what doubtful safeguards leave of a graver finding has that level.
    """
    level = assessment.firm_level
    for rated in assessment.firm.findings:
        severity = rated.severity
        if severity.firm is severity.level is level:
            triple = {"scale": severity.scale, "scope": severity.scope, "irremediability": severity.irremediability}
            return (say.say(f"reasons.{rule.ground(**triple)}", **triple),)
    return ()
