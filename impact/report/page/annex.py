"""The annex: rights, safeguards, answers and questions, and what the report cannot see."""

from collections.abc import Sequence
from typing import Any

from impact.present.lists import inside
from impact.report.annex.affected import affected_rows
from impact.report.annex.clause_list import clause_list
from impact.report.annex.openness import open_wordings, weak_safeguards
from impact.report.annex.questions import questions_of
from impact.report.annex.recognition import recognition_of
from impact.report.annex.worksheet import worksheet_view
from impact.report.page.finding_cards import Card
from impact.report.view.amendments import amendment_views
from impact.report.view.figures import figures_of, performance, reviewing
from impact.report.view.guideline_answers import Amount, answer_views, raised_views
from impact.report.view.identity import options_of
from impact.report.view.reading_facts import second_sentences
from impact.report.view.rights_matrix import rights_matrix
from impact.report.view.safeguards import matching_safeguards, provided_safeguards, weighed
from impact.report.view.sentences import likely_pairs, together
from impact.report.view.subject import ReportSubject

ASKED = 3
"""Clauses of a mechanism of which questions are asked."""

CHANGES = 4
"""Amendments of a mechanism that are shown unfolded."""

ANSWER_QUOTES = Amount(1, 240)

RAISED_QUOTE = 240
"""Characters of a quote of what a second reader raises."""


def annex(subject: ReportSubject, cards: Sequence[Card]) -> dict[str, Any]:
    """Return what the templates of the annex show beside the cards of the firm concerns."""
    assessment, taxonomy = subject.assessment, subject.taxonomy
    figures, rows = figures_of(assessment), rights_matrix(assessment.firm, subject.firm, taxonomy)
    return {
        "pairs": [(compound, together(compound, assessment, taxonomy)) for compound in likely_pairs(assessment)],
        "links": _links(subject, cards),
        "affected": affected_rows(subject),
        "rows": rows,
        "provided": provided_safeguards(subject, subject.firm),
        "weighed": weighed(subject),
        "perhaps": provided_safeguards(subject, subject.firm, doubtful=True),
        "silent": matching_safeguards(subject, subject.concerns),
        "weak_safeguards": weak_safeguards(subject),
        "open_wordings": open_wordings(subject),
        "answers": answer_views(subject, ANSWER_QUOTES),
        "raised": raised_views(subject, RAISED_QUOTE),
        "questions_of": questions_of(subject),
        "amendments": amendment_views(subject),
        "worksheet": worksheet_view(subject, rows),
        "ASKED": ASKED,
        "CHANGES": CHANGES,
        "clause_list": clause_list(subject),
        "second": tuple(second_sentences(assessment, len(assessment.clauses))),
        "figures": figures,
        "performance": performance(figures),
        "reviewing": reviewing(),
        "recognition": recognition_of(assessment, subject.concerns),
        "options": options_of(assessment),
    }


def _links(subject: ReportSubject, cards: Sequence[Card]) -> dict[str, list[tuple[str, str]]]:
    """Return by mechanism each firm compound that it takes part in: name of the other mechanism, and level."""
    links: dict[str, list[tuple[str, str]]] = {card.concern.mechanism.id: [] for card in cards}
    rules = {rule.id: rule for rule in subject.taxonomy.compounds}
    for compound in subject.assessment.firm.compounds:
        first, second = rules[compound.id].mechanisms
        for mechanism, other in ((first, second), (second, first)):
            name = subject.taxonomy.mechanisms[other].name
            links[mechanism].append((inside(name) if links[mechanism] else name, compound.level.value))
    return links
