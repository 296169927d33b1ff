"""What all sections of the page show of."""

from dataclasses import dataclass

from impact.present.templates import lang_of
from impact.present.words import ReportWords, words
from impact.records import Advice, Assessment
from impact.report.view.concerns import Concern, concerns_of, parted
from impact.report.view.finding_cards import Card, cards_of
from impact.report.view.identity import Identity, identity_of
from impact.report.view.openness import ruled_out
from impact.report.view.places import Places
from impact.report.view.reading_facts import ReadingFacts, reading_facts
from impact.report.view.rights_matrix import RightRow, rights_matrix
from impact.taxonomy.values import Taxonomy


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectView:
    """An assessment with its advice, as all sections need it.

    Attributes:
        at: Gives places and quotes.
        concerns: All, firm ones first.
        firm: Those of them that were found firmly.
        cards: Of the firm concerns.
        open_cards: Of those that a reader must decide.
        rows: Rights that firm findings may touch.
        lang: Language of what is quoted; empty where it is that of the page, or not known.
    """

    assessment: Assessment
    advice: Advice
    taxonomy: Taxonomy
    at: Places
    concerns: tuple[Concern, ...]
    firm: tuple[Concern, ...]
    cards: tuple[Card, ...]
    open_cards: tuple[Card, ...]
    rows: tuple[RightRow, ...]
    identity: Identity
    facts: ReadingFacts
    lang: str
    words: ReportWords


def subject_view(assessment: Assessment, advice: Advice, taxonomy: Taxonomy) -> SubjectView:
    """Return what all sections of the page show of."""
    at, concerns = Places(assessment), concerns_of(assessment, taxonomy)
    firm, unsure = parted(concerns)
    ruled = ruled_out(advice, at)
    return SubjectView(
        assessment=assessment,
        advice=advice,
        taxonomy=taxonomy,
        at=at,
        concerns=concerns,
        firm=firm,
        cards=cards_of(assessment, firm, at, taxonomy, ruled),
        open_cards=cards_of(assessment, unsure, at, taxonomy, ruled),
        rows=rights_matrix(assessment.firm, firm, taxonomy),
        identity=identity_of(assessment),
        facts=reading_facts(assessment),
        lang=lang_of(assessment.proposal.language, "en"),
        words=words(),
    )
