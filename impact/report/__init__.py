"""Stage six: an assessment becomes files (HTML, JSON, Markdown, CSV) and a few lines for a terminal."""

from collections.abc import Callable

from impact.records import Assessment
from impact.taxonomy.values import Taxonomy

__all__ = ["FILE_NAMES", "RENDERERS", "summary"]

Renderer = Callable[[Assessment, Taxonomy], str]

FILE_NAMES: dict[str, str] = {
    "html": "report.html",
    "json": "report.json",
    "md": "report.md",
    "csv": "findings.csv",
}
"""Name of the file that each renderer fills; all are UTF-8 with line feeds, to be written without translation."""


def _html(assessment: Assessment, taxonomy: Taxonomy) -> str:
    from impact.report.htmlpage import render

    return render(assessment, taxonomy)


def _json(assessment: Assessment, taxonomy: Taxonomy) -> str:
    from impact.report.jsonfile import render

    return render(assessment, taxonomy)


def _md(assessment: Assessment, taxonomy: Taxonomy) -> str:
    from impact.report.markdown import render

    return render(assessment, taxonomy)


def _csv(assessment: Assessment, taxonomy: Taxonomy) -> str:
    from impact.report.csvfile import render

    return render(assessment, taxonomy)


RENDERERS: dict[str, Renderer] = {"html": _html, "json": _json, "md": _md, "csv": _csv}
"""Renderer by format. Each is pure: equal assessments give equal text."""


def summary(assessment: Assessment, taxonomy: Taxonomy) -> str:
    """Return the few lines that the command line prints: level, counts by mechanism with places, what was not read."""
    from impact.report.terminal import summary as lines

    return lines(assessment, taxonomy)
