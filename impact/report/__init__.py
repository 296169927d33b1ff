"""Stage 7: an assessment becomes files (HTML, JSON, Markdown, CSV, Word, Excel, PDF), notes, and lines to print."""

from collections.abc import Callable
from functools import partial

from impact.present.plurals import LANGUAGES
from impact.records import Assessment
from impact.report.script import to_text
from impact.report.view.subject import ReportSubject
from impact.taxonomy.values import Taxonomy

__all__ = [
    "ANNOTATED",
    "ANNOTATORS",
    "FILE_NAMES",
    "LANGUAGES",
    "MAKERS",
    "RENDERERS",
    "WITH_COMMENTS",
    "ReportSubject",
    "letter",
    "outgoing",
    "prepare",
    "summary",
]

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
    **{f"onepage-{code}-pdf": f"brief.{code}.pdf" for code in LANGUAGES},
}
"""Name of the file of each format; those of renderers are UTF-8 with line feeds, to be written without translation."""


def _renderer(form: str) -> Callable[[ReportSubject], str]:
    """Return what renders a format; its module is imported only where it is asked for."""
    match form:
        case "html":
            from impact.report.page.html import render
        case "json":
            from impact.report.jsonfile import render
        case "md":
            from impact.report.markdown.brief import render
        case "csv":
            from impact.report.csvfile import render
        case "review-text":
            from impact.report.drafts.review import script

            return lambda subject: to_text(script(subject))
        case "contribution-text":
            from impact.report.drafts.contribution import script

            return lambda subject: to_text(script(subject))
        case _:
            from impact.report.onepage.page import render as brief

            return lambda subject: brief(subject, form.removeprefix("onepage-"))
    return render


def _maker(form: str) -> Callable[[ReportSubject], bytes]:
    """Return what makes a file that is no text, as `_renderer` does."""
    match form:
        case "docx":
            from impact.report.docx.brief import make
        case "xlsx":
            from impact.report.workbook import make
        case "pdf":
            from impact.report.page.pdf import make
        case "amendments":
            from impact.report.docx.amendments import make
        case "review" | "contribution":
            from impact.report.docx.script_file import to_word
            from impact.report.drafts import contribution, review

            draft = review if form == "review" else contribution
            return lambda subject: to_word(draft.script(subject), subject.assessment, draft.FOOTER)
        case _:
            from impact.report.page.pdf import print_brief

            return lambda subject: print_brief(_render(form.removesuffix("-pdf"), subject))
    return make


def prepare(form: str) -> None:
    """Load what makes a form of `MAKERS`, before files are given up.

    Raises:
        MissingError: If it is not installed.
    """
    _maker(form)
    if form.endswith("pdf"):
        from impact.report.page.pdf import load

        load()
        _renderer("html" if form == "pdf" else form.removesuffix("-pdf"))


def _render(form: str, subject: ReportSubject) -> str:
    return _renderer(form)(subject)


def _make(form: str, subject: ReportSubject) -> bytes:
    return _maker(form)(subject)


BINARY = (".docx", ".pdf", ".xlsx")

RENDERERS: dict[str, Callable[[ReportSubject], str]] = {
    form: partial(_render, form) for form, name in FILE_NAMES.items() if not name.endswith(BINARY)
}
"""Renderer by format. Each is pure: equal assessments give equal text."""

MAKERS: dict[str, Callable[[ReportSubject], bytes]] = {
    form: partial(_make, form) for form, name in FILE_NAMES.items() if name.endswith(BINARY)
}
"""Maker of a file that is no text, by format. Each is pure: equal assessments give equal bytes.

Those of "pdf" and of the one-page briefs as PDF need WeasyPrint.
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


ANNOTATED = "annotated"
"""The form of the original with notes; it has no maker, since the original is needed for it."""

WITH_COMMENTS = frozenset({"html", "pdf", "docx", "md", "xlsx", "csv"})
"""Forms that have what reviewers said to each other; all others leave the house. Source: project judgment."""


def outgoing(kind: str) -> dict[str, str]:
    """Return the form of each file that can be sent out on a document of a kind ("pdf"), by the name of the file."""
    forms = {name: form for form, name in FILE_NAMES.items() if form != "json"}
    return forms | ({f"{ANNOTATED}.{kind}": ANNOTATED} if kind in ANNOTATORS else {})


def letter(subject: ReportSubject) -> str:
    """Return what an annotator has to know of an assessment, as JSON."""
    from impact.report.annotate.notes import letter as letter_of

    return letter_of(subject)


def summary(assessment: Assessment, taxonomy: Taxonomy) -> str:
    """Return the few lines that the command line prints: level, counts by mechanism with places, what was not read."""
    from impact.report.terminal import summary as lines

    return lines(assessment, taxonomy)
