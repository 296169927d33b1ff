"""What the templates of the report say things with beside those of all pages."""

from impact.present.templates import Filters
from impact.report.quotes.ledger import quote_anchor
from impact.report.quotes.quote import unlisted

FILTERS: Filters = {"quote_anchor": quote_anchor, "unlisted": unlisted}
