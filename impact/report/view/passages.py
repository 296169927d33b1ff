"""What a brief says of the passages that it quotes without a finding."""

from impact.present.lists import begun, spelled
from impact.present.words import words
from impact.report.view.reading_facts import mostly_unread
from impact.report.view.subject import ReportSubject

PROTECTS, BURDENS = 0.65, 0.25
"""Chance of a protection from which a passage is called one, and below which it is called a power or a risk. Source:
models/salience/README.md."""


def side_of(subject: ReportSubject, clause: str) -> str:
    """Return whether a quoted passage protects people or not, in words; empty where that is not known well."""
    chance = next((own.protection for own in subject.assessment.salience if own.clause == clause), None)
    if chance is None:
        return ""
    said = words().passages
    return said.protects if chance >= PROTECTS else said.burdens if chance < BURDENS else ""


def unrated(subject: ReportSubject) -> str:
    """Return what to say first of a text of which passages are quoted, all without a finding; else empty."""
    facts, count = subject.facts, len(subject.advice.salient)
    if subject.firm or subject.likely or mostly_unread(subject.assessment) or not count:
        return ""
    blanks = {"{extent}": facts.extent, "{passages}": spelled(count, "passage"), "{unread}": begun(facts.unread)}
    text = words().passages.alone
    for blank, filling in blanks.items():
        text = text.replace(blank, filling)
    return text
