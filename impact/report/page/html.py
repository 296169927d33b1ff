"""`report.html`: one file for screen and paper, with nothing outside of itself and no script."""

from impact.present import templates
from impact.present.words import words
from impact.report.page.annex import annex
from impact.report.page.brief import brief
from impact.report.page.templates import FILTERS
from impact.report.view.finding_cards import cards_of
from impact.report.view.subject import ReportSubject

CLAUSES = "Every clause of the text, for checking, is in the HTML page and the Excel workbook (formats html and xlsx)."


def render(subject: ReportSubject) -> str:
    """Return the page. All text of the document is escaped, isolated in its writing direction and held as text."""
    cards, open_cards = cards_of(subject, subject.firm), cards_of(subject, subject.unsure)
    shows = {
        "assessment": subject.assessment,
        "advice": subject.advice,
        "taxonomy": subject.taxonomy,
        "at": subject.at,
        "identity": subject.identity,
        "facts": subject.facts,
        "cards": cards,
        "open_cards": open_cards,
        "words": words(),
        "lang": templates.lang_of(subject.assessment.proposal.language, "en"),
        **brief(subject, cards, open_cards),
        **annex(subject, cards),
    }
    return templates.render("report/report.html", shows, filters=FILTERS)
