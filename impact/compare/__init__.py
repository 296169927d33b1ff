"""Two editions of a proposal, side by side."""

from impact.compare import jsonfile, page
from impact.compare.comparison import compare
from impact.compare.summary import terminal

RENDERERS = {"html": page.render, "json": jsonfile.render}
FILE_NAMES = {"html": "comparison.html", "json": "comparison.json"}

__all__ = ["FILE_NAMES", "RENDERERS", "compare", "terminal"]
