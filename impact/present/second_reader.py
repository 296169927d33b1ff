"""What a report says of its second reader, in sentences without places."""

from collections import Counter
from collections.abc import Iterator, Mapping

from impact.present.cleaning import clipped, plain
from impact.present.lists import counted
from impact.present.words import words
from impact.records import ASSESSED_LANGUAGES, Concurrence
from impact.records.report import Report

NAME = 80
"""Characters of the name of a model or host that are shown."""


def second_lines(report: Report) -> Iterator[str]:
    """Yield who read a second time, what came of it, and what was not read and why; nothing where nobody did."""
    second, templates = report.second_reading, words().second
    if second is None:
        return
    model, host = reader_name(second.model), reader_name(second.host)
    wording = templates.server if host else templates.file
    yield wording.format(model=model, host=host, clauses=counted(second.clauses, "clause"))
    first = report.document.language in ASSESSED_LANGUAGES
    if first:
        tally = Counter(finding.second for _, finding in report.findings())
        tally += Counter(safeguard.second for _, safeguard in report.safeguards())
        yield templates.tally.format(**{concurrence.value: tally[concurrence] for concurrence in Concurrence})
    if second.unread:
        yield unread_line(Counter(clause.reason for clause in second.unread), first=first)
    if second.dropped:
        yield templates.dropped.format(quotes=counted(second.dropped, "quote"))


def unread_line(reasons: Mapping[str, int], *, first: bool) -> str:
    """Return how many clauses were not read for which reasons; `first` says whether a first reading stands for them."""
    template = words().second.unread if first else words().second.unassessed
    listed = "; ".join(f"{plain(reason)} ({number:,})" for reason, number in reasons.items())
    return template.format(clauses=counted(sum(reasons.values()), "clause"), reasons=listed)


def reader_name(name: str) -> str:
    """Return the name of a model or host as it is shown."""
    return clipped(plain(name), NAME)
