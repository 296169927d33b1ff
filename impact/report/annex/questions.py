"""Questions as reports show them: those about a clause beside its words, the general ones where there is none."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from impact.records import Finding, Phrase, Question
from impact.report.quotes.quote import Piece, pieces
from impact.report.view.concerns import Concern
from impact.report.view.places import Location
from impact.report.view.subject import ReportSubject
from impact.stems import stem
from impact.taxonomy.values import Mechanism

QUOTE = 260
ALIKE, PART, LONGER = 4, 0.5, 6
"""Two questions ask the same if they share so many words in a row, or two words and such a part of the longer words of
the shorter one, told by so many letters; by its words alone a question asks only the general one that is most like it.
Source: project judgment after reading reports."""

WORD = re.compile(r"[\w'-]+|\|")
BREAK = "|"
"""Stands for words of the document, so that no words in a row reach over them."""

QuestionText = tuple[Phrase, ...]
"""A question: fixed wording, and words of the document (with a span)."""


@dataclass(frozen=True, slots=True)
class ClauseQuestions:
    """The questions about one finding, with its clause: the id, where it stands, what introduces its list."""

    clause: str
    where: Location
    stem: str
    runs: tuple[Piece, ...]
    questions: tuple[QuestionText, ...]


@dataclass(frozen=True, slots=True)
class Questions:
    """What to ask about one mechanism.

    Attributes:
        about: Questions about single clauses, the one that shows the mechanism best first.
        first: The question to put if there is time for one.
        second: The next of them that does not ask the same again, if there is one.
        general: The general questions that none about a clause asks already.
    """

    about: tuple[ClauseQuestions, ...]
    first: QuestionText
    second: QuestionText
    general: tuple[QuestionText, ...]

    def where(self, asking: QuestionText) -> Location | None:
        """Return where the clause stands that a question is about; None for a general one."""
        return next((clause.where for clause in self.about if asking in clause.questions), None)

    def clause(self, asking: QuestionText) -> str:
        """Return the id of the clause that a question is about; empty for a general one."""
        return next((clause.clause for clause in self.about if asking in clause.questions), "")


def questions_of(subject: ReportSubject) -> dict[str, Questions]:
    """Return the questions on the firm concerns, by mechanism."""
    by_finding: dict[str, list[Question]] = {}
    for question in subject.advice.questions:
        by_finding.setdefault(question.finding, []).append(question)
    return {concern.mechanism.id: _questions(subject, concern, by_finding) for concern in subject.firm}


def _questions(subject: ReportSubject, concern: Concern, by_finding: dict[str, list[Question]]) -> Questions:
    findings = {rated.finding.id: rated.finding for rated in concern.findings}
    groups = {name: group for name, group in by_finding.items() if name in findings}
    about = tuple(_about(subject, findings[name], group) for name, group in groups.items())
    questions = [question for group in groups.values() for question in group]
    posed = [question for question in questions if not question.strength or any(part.span for part in question.phrases)]
    specific = [question.phrases for question in posed if not question.strength]
    last = [question.phrases for question in posed if question.strength]
    settled, late = _settled({question: findings[question.finding].clause for question in posed}, concern)
    settled |= set.intersection(*(set(question.settles) for question in questions)) if questions else set()
    unsettled = tuple(question for question in general(concern.mechanism) if question[0].text not in settled)
    unsettled = tuple(question for question in unsettled if question[0].text not in late) or unsettled
    rest = _untaken(unsettled, [question.phrases for question in posed])
    ordered = [*specific, *rest, *last, *unsettled]
    best, others = ordered[0], ordered[1:]
    new = (question for question in others if question != best and (question in rest or not same(question, best)))
    return Questions(about, best, next(new, others[0]), rest)


def _about(subject: ReportSubject, finding: Finding, questions: Iterable[Question]) -> ClauseQuestions:
    clause, at = finding.clause, subject.at
    runs = pieces(subject.assessment.document.text, at.clause(clause).span, finding.evidence, QUOTE)
    texts = tuple(question.phrases for question in questions)
    return ClauseQuestions(clause, at.where(clause), at.stem(clause), runs, texts)


def _settled(clauses: Mapping[Question, str], concern: Concern) -> tuple[set[str], set[str]]:
    """Return the general questions that each clause asked about settles, and those that the one quoted first does."""
    settling: dict[str, set[str]] = {}
    for question, clause in clauses.items():
        for text in question.settles:
            settling.setdefault(text, set()).add(clause)
    settled = {text for text, homes in settling.items() if homes == {*clauses.values()}}
    first = concern.findings[0].finding.clause
    return settled, {text for text, homes in settling.items() if first in homes} - settled


def _untaken(generals: tuple[QuestionText, ...], specific: list[QuestionText]) -> tuple[QuestionText, ...]:
    """Return the general questions that none about a clause asks."""
    posed: set[QuestionText] = set()
    for question in specific:
        shared = {other: _shared(question, other) for other in generals}
        most = max(shared.values(), default=0)
        posed |= {
            other
            for other in generals
            if _in_a_row(question, other) or (same(question, other) and shared[other] == most)
        }
    return tuple(general for general in generals if general not in posed)


def same(asking: QuestionText, other: QuestionText) -> bool:
    """Return whether two questions ask the same, by their fixed wording: what they ask it of may differ."""
    fewer = min(len(_stems(_fixed(question))) for question in (asking, other))
    return _in_a_row(asking, other) or _shared(asking, other) >= max(2, PART * fewer)


def _in_a_row(asking: QuestionText, other: QuestionText) -> bool:
    return bool(_runs(_fixed(asking)) & _runs(_fixed(other)))


def _shared(asking: QuestionText, other: QuestionText) -> int:
    return len(_stems(_fixed(asking)) & _stems(_fixed(other)))


def _fixed(asking: QuestionText) -> list[str]:
    """Return the words of a question that are not those of the document."""
    return WORD.findall("".join(phrase.text if phrase.span is None else BREAK for phrase in asking).lower())


def _runs(words: list[str]) -> set[tuple[str, ...]]:
    return {tuple(words[at : at + ALIKE]) for at in range(len(words) - ALIKE + 1)}


def _stems(words: list[str]) -> set[str]:
    return {stem(word)[:LONGER] for word in words if len(word) >= LONGER}


def general(mechanism: Mechanism) -> tuple[QuestionText, ...]:
    """Return the general questions on a mechanism."""
    return tuple((Phrase(question),) for question in mechanism.questions)
