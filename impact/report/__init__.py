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


def _html(assessment: Assessment, advised: Advised, taxonomy: Taxonomy) -> str:
    from impact.report.page.html import render

    return render(assessment, advised(), taxonomy)


def _json(assessment: Assessment, _advised: Advised, taxonomy: Taxonomy) -> str:
    from impact.report.jsonfile import render

    return render(assessment, taxonomy)


def _md(assessment: Assessment, advised: Advised, taxonomy: Taxonomy) -> str:
    from impact.report.markdown.brief import render

    return render(assessment, advised(), taxonomy)


def _csv(assessment: Assessment, _advised: Advised, taxonomy: Taxonomy) -> str:
    from impact.report.csvfile import render

    return render(assessment, taxonomy)


def _review_text(assessment: Assessment, advised: Advised, taxonomy: Taxonomy) -> str:
    from impact.report.drafts.review import script
    from impact.report.drafts.script import to_text

    return to_text(script(assessment, advised(), taxonomy))


def _contribution_text(assessment: Assessment, advised: Advised, taxonomy: Taxonomy) -> str:
    from impact.report.drafts.contribution import script
    from impact.report.drafts.script import to_text

    return to_text(script(assessment, advised(), taxonomy))


def _onepage(code: str, assessment: Assessment, advised: Advised, taxonomy: Taxonomy) -> str:
    from impact.report.onepage import render

    return render(assessment, advised(), code, taxonomy)


RENDERERS: dict[str, Renderer] = {
    "html": _html,
    "json": _json,
    "md": _md,
    "csv": _csv,
    "review-text": _review_text,
    "contribution-text": _contribution_text,
    **{f"onepage-{code}": partial(_onepage, code) for code in LANGUAGES},
}
"""Renderer by format. Each is pure: equal assessments give equal text."""


def _docx(assessment: Assessment, advised: Advised, taxonomy: Taxonomy) -> bytes:
    from impact.report.docx.brief import make

    return make(assessment, advised(), taxonomy)


def _xlsx(assessment: Assessment, advised: Advised, taxonomy: Taxonomy) -> bytes:
    from impact.report.workbook import make

    return make(assessment, advised(), taxonomy)


def _pdf(assessment: Assessment, advised: Advised, taxonomy: Taxonomy) -> bytes:
    from impact.report.page.pdf import make

    return make(assessment, advised(), taxonomy)


def _amendments(assessment: Assessment, advised: Advised, taxonomy: Taxonomy) -> bytes:
    from impact.report.docx.amendments import make

    return make(assessment, advised(), taxonomy)


def _review(assessment: Assessment, advised: Advised, taxonomy: Taxonomy) -> bytes:
    from impact.report.docx.script_file import to_word
    from impact.report.drafts.review import FOOTER, script

    return to_word(script(assessment, advised(), taxonomy), assessment, FOOTER)


def _contribution(assessment: Assessment, advised: Advised, taxonomy: Taxonomy) -> bytes:
    from impact.report.docx.script_file import to_word
    from impact.report.drafts.contribution import FOOTER, script

    return to_word(script(assessment, advised(), taxonomy), assessment, FOOTER)


MAKERS: dict[str, Maker] = {
    "amendments": _amendments,
    "docx": _docx,
    "xlsx": _xlsx,
    "pdf": _pdf,
    "review": _review,
    "contribution": _contribution,
}
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
    from impact.report.annotate.notes import letter as told

    return told(assessment, advised(), taxonomy)


def summary(assessment: Assessment, taxonomy: Taxonomy) -> str:
    """Return the few lines that the command line prints: level, counts by mechanism with places, what was not read."""
    from impact.report.terminal import summary as lines

    return lines(assessment, taxonomy)
