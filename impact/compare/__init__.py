"""Two editions of a proposal, side by side."""

from collections.abc import Callable

from impact.compare import jsonfile, page
from impact.compare.align import ClauseLink, LinkKind, align
from impact.compare.change import ClauseChange
from impact.compare.comparison import Comparison, Tally, compare
from impact.compare.summary import terminal
from impact.taxonomy.values import Taxonomy

RENDERERS: dict[str, Callable[[Comparison, Taxonomy], str]] = {"html": page.render, "json": jsonfile.render}
FILE_NAMES = {"html": "comparison.html", "json": "comparison.json"}

__all__ = [
    "FILE_NAMES",
    "RENDERERS",
    "ClauseChange",
    "ClauseLink",
    "Comparison",
    "LinkKind",
    "Tally",
    "align",
    "compare",
    "terminal",
]
