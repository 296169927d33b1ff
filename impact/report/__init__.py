"""Stage 7: an assessment becomes files (HTML, JSON, Markdown, CSV, Word, Excel, PDF), notes, and lines to print."""

from collections.abc import Callable
from functools import partial

from impact.present.plurals import LANGUAGES
from impact.records import Advice, Assessment
from impact.taxonomy.values import Taxonomy

__all__ = ["ANNOTATORS", "FILE_NAMES", "LANGUAGES", "MAKERS", "RENDERERS", "letter", "summary"]

Advised = Callable[[], Advice]
"""Gives the advice on the assessment beside it; only formats that print advice ask for it, since it costs time."""

Renderer = Callable[[Assessment, Advised, Taxonomy], str]
Maker = Callable[[Assessment, Advised, Taxonomy], bytes]

FILE_NAMES: dict[str, str] = {
    "html": "report.html",
    "json": "report.json",
    "md": "report.md",
    "csv": "findings.csv",
    "docx": "brief.docx",
    "xlsx": "findings.xlsx",
    "amendments": "amendments.docx",
    "pdf": "report.pdf",
    "review": "review.docx",
    "review-text": "review.txt",
    "contribution": "contribution.docx",
    "contribution-text": "contribution.txt",
    **{f"onepage-{code}": f"brief.{code}.html" for code in LANGUAGES},
}
"""Name of the file of each format; those of renderers are UTF-8 with line feeds, to be written without translation."""


Writing = Callable[[Assessment, Advice, Taxonomy], str]
Making = Callable[[Assessment, Advice, Taxonomy], bytes]


def _writing(form: str) -> Writing:
    """Return what renders a format with advice; its module is imported only where it is asked for."""
    match form:
        case "html":
            from impact.report.page.html import render
        case "md":
            from impact.report.markdown.brief import render
        case "review-text":
            from impact.report.drafts.review import render
        case "contribution-text":
            from impact.report.drafts.contribution import render
        case _:
            from impact.report.onepage.page import render as brief

            code = form.removeprefix("onepage-")
            return lambda assessment, advice, taxonomy: brief(assessment, advice, code, taxonomy)
    return render


def _making(form: str) -> Making:
    """Return what makes a file that is no text, as `_writing` does."""
    match form:
        case "docx":
            from impact.report.docx.brief import make
        case "xlsx":
            from impact.report.workbook import make
        case "pdf":
            from impact.report.page.pdf import make
        case "amendments":
            from impact.report.docx.amendments import make
        case "review":
            from impact.report.drafts.review import make
        case _:
            from impact.report.drafts.contribution import make
    return make


def _render(form: str, assessment: Assessment, advised: Advised, taxonomy: Taxonomy) -> str:
    return _writing(form)(assessment, advised(), taxonomy)


def _make(form: str, assessment: Assessment, advised: Advised, taxonomy: Taxonomy) -> bytes:
    return _making(form)(assessment, advised(), taxonomy)


def _json(assessment: Assessment, _advised: Advised, taxonomy: Taxonomy) -> str:
    from impact.report.jsonfile import render

    return render(assessment, taxonomy)


def _csv(assessment: Assessment, _advised: Advised, taxonomy: Taxonomy) -> str:
    from impact.report.csvfile import render

    return render(assessment, taxonomy)


BINARY = (".docx", ".pdf", ".xlsx")

RENDERERS: dict[str, Renderer] = {
    **{form: partial(_render, form) for form, name in FILE_NAMES.items() if not name.endswith(BINARY)},
    "json": _json,
    "csv": _csv,
}
"""Renderer by format. Each is pure: equal assessments give equal text."""

MAKERS: dict[str, Maker] = {form: partial(_make, form) for form, name in FILE_NAMES.items() if name.endswith(BINARY)}
"""Maker of a file that is no text, by format. Each is pure: equal assessments give equal bytes.

That of "pdf" needs WeasyPrint.
"""


def _annotate_pdf(original: bytes, name: str, letter: str, ready: Callable[[], None]) -> bytes:
    from impact.report.annotate.pdf import annotate

    ready()
    return annotate(original, name, letter)


def _annotate_docx(original: bytes, name: str, letter: str, ready: Callable[[], None]) -> bytes:
    from impact.report.annotate.docx import annotate

    ready()
    return annotate(original, name, letter)


ANNOTATORS = {"pdf": _annotate_pdf, "docx": _annotate_docx}
"""What writes the notes of a `letter` into the original, by format of the document.

It meets bytes of unknown origin: whoever calls it has a child process do so (`impact.sandbox`).
"""


def letter(assessment: Assessment, advised: Advised, taxonomy: Taxonomy) -> str:
    """Return what an annotator has to know of an assessment, as JSON."""
    from impact.report.annotate.notes import letter as letter_of

    return letter_of(assessment, advised(), taxonomy)


def summary(assessment: Assessment, taxonomy: Taxonomy) -> str:
    """Return the few lines that the command line prints: level, counts by mechanism with places, what was not read."""
    from impact.report.terminal import summary as lines

    return lines(assessment, taxonomy)
