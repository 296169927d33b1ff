"""Two editions of a proposal, side by side."""

from collections.abc import Callable

from impact.compare import jsonfile, page
from impact.compare.align import Kind, Link, align
from impact.compare.change import Change
from impact.compare.comparison import Comparison, Tally, compare
from impact.compare.edition import Edition, Guard, Passage, Power, from_assessment, from_report
from impact.compare.summary import terminal
from impact.taxonomy.values import Taxonomy

RENDERERS: dict[str, Callable[[Comparison, Taxonomy], str]] = {"html": page.render, "json": jsonfile.render}
FILE_NAMES = {"html": "comparison.html", "json": "comparison.json"}

__all__ = [
    "FILE_NAMES",
    "RENDERERS",
    "Change",
    "Comparison",
    "Edition",
    "Guard",
    "Kind",
    "Link",
    "Passage",
    "Power",
    "Tally",
    "align",
    "compare",
    "from_assessment",
    "from_report",
    "terminal",
]
