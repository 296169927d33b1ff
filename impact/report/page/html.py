"""`report.html`: one file for screen and paper, with nothing outside of itself and no script."""

import re
from collections.abc import Container

from impact.present import templates
from impact.present.words import words
from impact.report.page.annex import annex
from impact.report.page.brief import about_of, brief, brief_passages, brief_quotes
from impact.report.page.finding_cards import cards_of
from impact.report.page.templates import FILTERS
from impact.report.quotes.ledger import QuoteLedger, quote_anchor
from impact.report.view.subject import ReportSubject

PLACE = re.compile(r'<a href="#(c\d+)">')
"""A link to a clause, but for the one beside its quote."""

QUOTED = re.compile(r'<(?:blockquote|q) id="([^"]+)"')

PARTS = {
    "brief": "in the brief",
    "findings": "under Findings",
    "decide": f"under {words().decide.title}",
    "annex": "in the annex",
}
"""Where a clause is quoted, by part of the page."""


def render(subject: ReportSubject) -> str:
    """Return the page. All text of the document is escaped, isolated in its writing direction and held as text.

    A clause is quoted once: in the brief, else under the findings, else in the annex. Links lead to the quote.
    """
    ledger = QuoteLedger(PARTS)
    quotes, about = brief_quotes(subject, ledger), about_of(subject, ledger)
    passages = brief_passages(subject, ledger)
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
        "passages": passages,
        "ledger": ledger,
        "words": words(),
        "lang": templates.lang_of(subject.assessment.proposal.language, "en"),
        **brief(subject, cards, quotes),
        **annex(subject, cards.firm),
    }
    page = templates.render("report/report.html", shows, filters=FILTERS)
    quoted = frozenset(QUOTED.findall(page))
    return PLACE.sub(lambda link: _to_quote(link[0], link[1], quoted), page)


def _to_quote(link: str, clause: str, quoted: Container[str]) -> str:
    """Return a link to a clause as one to its quote, where there is one."""
    anchor = quote_anchor(clause)
    return f'<a href="#{anchor}">' if anchor in quoted else link
