"""The last lines of the one-page brief: what was read and what was not, and what the page cannot tell."""

from collections.abc import Iterator

from impact.present.cleaning import clipped, plain
from impact.present.words import words
from impact.records import PageVerdict, SecondReading
from impact.report.onepage.wording import BriefWording, language_name
from impact.report.view.figures import figures_of
from impact.report.view.reading_facts import NAME
from impact.report.view.subject import ReportSubject

RUNS = 4
"""Runs of page numbers that are listed."""

UNREAD = {"scan": PageVerdict.SCAN, "broken": PageVerdict.BROKEN_MAP, "ocr": PageVerdict.OCR}


def read(subject: ReportSubject, say: BriefWording) -> tuple[str, ...]:
    """Return what was read and what was not: counts in one line, then a sentence a kind of page."""
    document, facts, least = subject.assessment.document, subject.facts, words().reading.least_quality
    counts = [say.counted("counts.pages", len(document.pages))] if document.paged else []
    counts.append(say.counted("counts.words", document.words))
    counts += [say.counted("counts.assessed", facts.read)] if facts.assessed else []
    pages = {
        kind: [page.number for page in document.pages if page.verdict is verdict] for kind, verdict in UNREAD.items()
    }
    pages["poor"] = [page.number for page in document.pages if page.verdict is PageVerdict.OK and page.quality < least]
    lines = [f"{say.get('marks.comma').join(counts)}{say.get('marks.stop')}"]
    if facts.assessed and not pages["scan"] and not pages["broken"]:
        lines.append(say.say(f"unread.{'none' if document.paged else 'unpaged'}"))
    lines += [
        say.counted(f"unread.{kind}", len(numbers), pages=say.ranges(numbers, RUNS))
        for kind, numbers in pages.items()
        if numbers
    ]
    lines += [say.say("unread.hidden")] if document.remarks else []
    remarks = len(document.warnings)
    lines += [say.counted("counts.remarks", remarks)] if remarks else []
    return (*lines, *_second(subject.assessment.second, say))


def _second(second: SecondReading | None, say: BriefWording) -> Iterator[str]:
    """Yield who read a second time, where there was one, and how many clauses it read and did not."""
    if second:
        model, host = (clipped(plain(name), NAME) for name in (second.reader.model, second.reader.host))
        counts = {"read": say.number(second.count), "left": say.number(len(second.unread))}
        yield say.say("unread.second", model=model, host=host or say.say("unread.file"), **counts)


def limits(subject: ReportSubject, say: BriefWording) -> tuple[str, ...]:
    """Return what the page cannot tell: what the tool does not see, and how well it finds over all labels."""
    if not subject.facts.assessed:
        return (say.say("sentences.instead", language=language_name(subject.assessment.unassessed, say)),)
    blind = f"{say.get('marks.semicolon').join(say.get('blind'))}{say.get('marks.stop')}"
    lines = [f"{say.say('limits.blind')}{say.get('marks.gap')}{blind}", say.say("limits.likelihood")]
    lines += [say.say("limits.levels")] if subject.assessment.findings else []
    measured = figures_of(subject.assessment)
    if not measured:
        return (*lines, say.say("limits.unmeasured"))
    first = measured[0]
    figures = say.say(
        "limits.measured",
        clauses=say.counted("counts.measured", first.clauses),
        date=say.date(first.date),
        recall=round(100 * first.recall),
        precision=round(100 * first.precision),
    )
    return (*lines, figures)
