"""Which findings paper quotes: some of each power, the gravest first, as far as there is room behind the brief."""

from collections.abc import Iterable, Iterator, Sequence
from math import ceil

from impact.present.cleaning import plain
from impact.records import Level, RatedFinding
from impact.report.view.concerns import Concern
from impact.report.view.subject import ReportSubject

MOST = {Level.HIGH: 3, Level.MEDIUM: 2, Level.LOW: 1}
"""Findings of a power that are quoted on paper, by its level; of one that needs review, one.

Source: project judgment: a page or less for a power of level high.
"""

LINES, LINE = 520, 88
"""Lines of the ten pages behind the brief, less what page breaks leave empty, and characters of a line.

Source: measured on the samples and on made texts with all powers in tests/report/test_paper.py.
"""

CARD, DOUBTED, FINDING = 9, 3, 3
"""Lines of a power, of one that needs review, and of a finding, beside their longer texts."""

QUOTE = 900
"""Characters of a clause that are quoted."""


def printed_findings(subject: ReportSubject) -> frozenset[str]:
    """Return the ids of the findings that are quoted on paper: of each power the first ones."""
    left, printed = LINES, set[str]()
    telling = [(concern, _telling(subject, concern)) for concern in subject.concerns]
    full: set[str] = set()
    for turn in range(max(MOST.values())):
        for concern, rated in _turn(telling, turn):
            lines = _lines(subject, rated) + (_head(concern) if turn == 0 else 0)
            if concern.mechanism.id in full or lines > left:
                full.add(concern.mechanism.id)
                continue
            printed.add(rated.finding.id)
            left -= lines
    return frozenset(printed)


def _telling(subject: ReportSubject, concern: Concern) -> tuple[RatedFinding, ...]:
    """Return the findings to quote of a concern: of clauses with the same words the first."""
    text = subject.assessment.document.text
    first: dict[str, RatedFinding] = {}
    for rated in concern.surest:
        first.setdefault(plain(subject.at.clause(rated.finding.clause).span.of(text)), rated)
    return tuple(first.values())


def _turn(
    telling: Iterable[tuple[Concern, Sequence[RatedFinding]]], turn: int
) -> Iterator[tuple[Concern, RatedFinding]]:
    """Yield the finding with this number of each concern that has so many to quote."""
    for concern, findings in telling:
        most = 1 if concern.doubtful else MOST[concern.level]
        if turn < min(most, len(findings)):
            yield concern, findings[turn]


def _lines(subject: ReportSubject, rated: RatedFinding) -> int:
    clause = subject.at.clause(rated.finding.clause)
    stem = len(subject.at.stem(clause.id))
    return FINDING + ceil(min(len(clause.span), QUOTE) / LINE) + ceil(stem / LINE)


def _head(concern: Concern) -> int:
    mechanism = concern.mechanism
    if concern.doubtful:
        return DOUBTED + ceil(len(mechanism.enables) / LINE)
    texts = (mechanism.definition, mechanism.enables, mechanism.affected)
    return CARD + sum(ceil(len(text) / LINE) for text in texts)
