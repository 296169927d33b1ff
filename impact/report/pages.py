"""The templates of the report, for the page and for the brief of one page."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from impact.report.quotes import unlisted
from impact.report.reminders import opening, reminder
from impact.report.words import also_in, counted, if_holds, inside, listed, named, rated, unbroken

if TYPE_CHECKING:
    from jinja2 import Environment

FILTERS: Mapping[str, Callable[..., Any]] = {
    "also_in": also_in,
    "counted": counted,
    "if_holds": if_holds,
    "inside": inside,
    "listed": listed,
    "named": named,
    "opening": opening,
    "rated": rated,
    "reminder": reminder,
    "unbroken": unbroken,
    "unlisted": unlisted,
}
"""What macros.html and the pages that use it say things with."""


@cache
def environment() -> "Environment":
    """Return the templates with their filters; all text is escaped, and a name that is not given is an error."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    templates = Environment(
        loader=PackageLoader("impact.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    templates.filters.update(FILTERS)
    return templates
