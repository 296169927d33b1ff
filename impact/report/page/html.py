"""`report.html`: one file for screen and paper, with nothing outside of itself and no script."""

from impact.present import templates
from impact.records import Advice, Assessment
from impact.report.page.annex import findings_view, limits_view, questions_view, safeguards_view
from impact.report.page.brief import brief_view
from impact.report.page.subject import subject_view
from impact.report.page.templates import FILTERS
from impact.taxonomy.values import Taxonomy

CLAUSES = "Every clause of the text, for checking, is in the HTML page and the Excel workbook (formats html and xlsx)."


def render(assessment: Assessment, advice: Advice, taxonomy: Taxonomy) -> str:
    """Return the page. All text of the document is escaped, isolated in its writing direction and held as text."""
    subject = subject_view(assessment, advice, taxonomy)
    sections = (brief_view, findings_view, safeguards_view, questions_view, limits_view)
    return templates.render("report/report.html", subject, *(view(subject) for view in sections), filters=FILTERS)
