"""`report.html`: one file for screen and paper, with nothing outside of itself and no script."""

import re

from impact.present import templates
from impact.present.words import words
from impact.report.page.annex import annex
from impact.report.page.brief import about_of, brief, brief_quotes
from impact.report.page.finding_cards import cards_of
from impact.report.page.ledger import QuoteLedger
from impact.report.page.templates import FILTERS
from impact.report.view.subject import ReportSubject

PLACE = re.compile(r'<a href="#c(\d+)">')
"""A link to a clause, but for the one beside its quote."""

QUOTED = re.compile(r'id="q(\d+)"')


def render(subject: ReportSubject) -> str:
    """Return the page. All text of the document is escaped, isolated in its writing direction and held as text.

    A clause is quoted once: in the brief, else under the findings, else in the annex. Links lead to the quote.
    """
    ledger = QuoteLedger()
    quotes, about = brief_quotes(subject, ledger), about_of(subject, ledger)
    cards = cards_of(subject, ledger)
    shows = {
        "assessment": subject.assessment,
        "advice": subject.advice,
        "annexed": subject.annexed,
        "taxonomy": subject.taxonomy,
        "at": subject.at,
        "identity": subject.identity,
        "facts": subject.facts,
        "decisions": subject.decisions,
        "cards": cards.firm,
        "open_cards": cards.unsure,
        "index": cards.index,
        "about": about,
        "ledger": ledger,
        "words": words(),
        "lang": templates.lang_of(subject.assessment.proposal.language, "en"),
        **brief(subject, cards, quotes),
        **annex(subject, cards.firm),
    }
    page = templates.render("report/report.html", shows, filters=FILTERS)
    quoted = frozenset(QUOTED.findall(page))
    return PLACE.sub(lambda link: f'<a href="#q{link[1]}">' if link[1] in quoted else link[0], page)
