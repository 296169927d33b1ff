"""The annex: findings, rights, safeguards, answers and questions, and what the report cannot see."""

from collections.abc import Mapping
from dataclasses import dataclass

from impact.records import Compound
from impact.report.page.subject import SubjectView
from impact.report.view.affected import AffectedRow, affected_rows
from impact.report.view.amendments import AmendmentView, amendment_views
from impact.report.view.clause_list import ClauseList, clause_list
from impact.report.view.figures import Figure, figures_of, performance, reviewing
from impact.report.view.finding_cards import OPEN
from impact.report.view.guideline_answers import Amount, AnswerView, answer_views
from impact.report.view.identity import options_of
from impact.report.view.openness import OpenWording, WeakSafeguard, open_wordings, weak_safeguards
from impact.report.view.questions import Questions, questions_of
from impact.report.view.recognition import Recognition, recognition_of
from impact.report.view.safeguards import (
    MatchingSafeguards,
    ProvidedSafeguard,
    matching_safeguards,
    provided_safeguards,
    weighed,
)
from impact.report.view.sentences import together
from impact.report.view.worksheet import WorksheetView, worksheet_view

CHANGES = 4
ANSWER_QUOTES = Amount(1, 240)


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingsView:
    """Findings beyond their cards.

    Attributes:
        pairs: Compounds, each with what its findings do together.
        links: By mechanism, each compound that it takes part in: name and level.
        affected: Groups of people whom the text names.
    """

    pairs: tuple[tuple[Compound, str], ...]
    links: Mapping[str, tuple[tuple[str, str], ...]]
    affected: tuple[AffectedRow, ...]


def findings_view(subject: SubjectView) -> FindingsView:
    """Return what stands beside the cards of findings."""
    assessment, taxonomy = subject.assessment, subject.taxonomy
    links: dict[str, list[tuple[str, str]]] = {card.concern.mechanism.id: [] for card in subject.cards}
    rules = {rule.id: rule for rule in taxonomy.compounds}
    for compound in assessment.firm.compounds:
        for mechanism in rules[compound.id].mechanisms:
            links[mechanism].append((rules[compound.id].name, compound.level.value))
    return FindingsView(
        pairs=tuple((compound, together(compound, assessment, taxonomy)) for compound in assessment.compounds),
        links={mechanism: tuple(compounds) for mechanism, compounds in links.items()},
        affected=affected_rows(assessment, subject.advice.affected, subject.firm, subject.at),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SafeguardsView:
    """Safeguards, and what is left open.

    Attributes:
        weighed: Why a reader has to weigh whom a safeguard serves, by its id.
        perhaps: Safeguards that a reader must decide.
        silent: Powers with the safeguards that would match them.
    """

    provided: tuple[ProvidedSafeguard, ...]
    weighed: Mapping[str, str]
    perhaps: tuple[ProvidedSafeguard, ...]
    silent: tuple[MatchingSafeguards, ...]
    weak_safeguards: tuple[WeakSafeguard, ...]
    open_wordings: tuple[OpenWording, ...]


def safeguards_view(subject: SubjectView) -> SafeguardsView:
    """Return what the text provides and what it does not."""
    assessment, advice, at, taxonomy = subject.assessment, subject.advice, subject.at, subject.taxonomy
    return SafeguardsView(
        provided=provided_safeguards(assessment, subject.firm, at, taxonomy),
        weighed=weighed(advice, taxonomy),
        perhaps=provided_safeguards(assessment, subject.firm, at, taxonomy, doubtful=True),
        silent=matching_safeguards(assessment, advice, subject.concerns, at, taxonomy),
        weak_safeguards=weak_safeguards(advice, at, taxonomy),
        open_wordings=open_wordings(advice, at, taxonomy),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionsView:
    """What a reader can do with the findings; questions and amendments by mechanism.

    Attributes:
        OPEN: Clauses with questions of a mechanism that are shown.
        CHANGES: Amendments of a mechanism that are shown unfolded.
    """

    answers: tuple[AnswerView, ...]
    questions_of: Mapping[str, Questions]
    amendments: Mapping[str, tuple[AmendmentView, ...]]
    worksheet: WorksheetView
    OPEN: int
    CHANGES: int


def questions_view(subject: SubjectView) -> QuestionsView:
    """Return guideline answers, questions, amendments and the worksheet."""
    assessment, advice, at, taxonomy = subject.assessment, subject.advice, subject.at, subject.taxonomy
    return QuestionsView(
        answers=answer_views(assessment, advice, at, taxonomy, ANSWER_QUOTES),
        questions_of=questions_of(assessment, advice, subject.firm, at),
        amendments=amendment_views(assessment, advice, at, taxonomy),
        worksheet=worksheet_view(advice.worksheet, subject.rows, at, taxonomy),
        OPEN=OPEN,
        CHANGES=CHANGES,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitsView:
    """What the report cannot see, how well it finds, and every clause for checking."""

    clause_list: ClauseList
    figures: tuple[Figure, ...]
    performance: str
    reviewing: str
    recognition: tuple[Recognition, ...]
    options: tuple[tuple[str, str], ...]


def limits_view(subject: SubjectView) -> LimitsView:
    """Return what stands at the end of the annex."""
    figures = figures_of(subject.assessment)
    return LimitsView(
        clause_list=clause_list(subject.assessment, subject.at, subject.taxonomy),
        figures=figures,
        performance=performance(figures),
        reviewing=reviewing(),
        recognition=recognition_of(subject.assessment, subject.concerns),
        options=options_of(subject.assessment),
    )
