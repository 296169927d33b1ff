"""What a brief says of the passages that it quotes without a finding."""

from impact.present.cleaning import clipped
from impact.present.lists import spelled
from impact.present.places import place_name
from impact.present.words import words
from impact.records import SalientPassage
from impact.report.view.reading_facts import mostly_unread
from impact.report.view.subject import ReportSubject

PROTECTS = 0.65
"""Chance of a protection from which a passage is called one. Source: models/salience/README.md."""


QUESTION = 200
"""Characters of a question that is printed. Source: project judgment."""


def remarks_on(subject: ReportSubject, passage: SalientPassage) -> tuple[str, ...]:
    """Return what a quoted passage is about, and that it protects people, in words; without what is not known."""
    chance = next((own.protection for own in subject.assessment.salience if own.clause == passage.clause), None)
    return (*passage.topics, *[words().passages.protects] * ((chance or 0) >= PROTECTS))


def question_of(subject: ReportSubject, clause: str) -> str:
    """Return the question that a quoted passage answers, if its heading asks one that its place does not name."""
    own = subject.at.clause(clause)
    asked = own.headings[-1].removeprefix(own.number).strip(" .") if own.headings else ""
    named = asked in place_name(own, subject.assessment.document).text
    return clipped(asked, QUESTION) if asked.endswith("?") and not named else ""


def lead(subject: ReportSubject) -> str:
    """Return what stands above quoted passages; empty where the report begins by saying so."""
    if unrated(subject):
        return ""
    return words().passages.one if len(subject.advice.salient) == 1 else words().passages.several


def unrated(subject: ReportSubject) -> str:
    """Return what to say first of a text of which passages are quoted, all without a finding; else empty."""
    facts, count = subject.facts, len(subject.advice.salient)
    if subject.firm or subject.likely or mostly_unread(subject.assessment) or not count:
        return ""
    blanks = {"{extent}": facts.extent, "{passages}": spelled(count, "passage")}
    text = words().passages.alone
    for blank, filling in blanks.items():
        text = text.replace(blank, filling)
    return facts.ended(text)
