"""x."""

from impact.batch.portfolio.gather import Portfolio
from impact.taxonomy.values import Taxonomy


def render(portfolio: Portfolio, taxonomy: Taxonomy) -> str:
    return "x"
