"""The templates of the report, for the page and for the brief of one page."""

import re
from collections.abc import Callable, Mapping
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from impact.present.words import also_in, counted, if_holds, inside, level_words, listed, named, unbroken
from impact.report.quotes.quote import unlisted
from impact.report.quotes.reminders import opening, reminder

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

SYMBOL = re.compile(r"\bA/[A-Z]+/[\w./]*\w")
"""The symbol of a document of the United Nations."""


def sourced(text: str) -> "Markup":
    """Return a source as HTML in which no line ends within the symbol of a document."""
    from markupsafe import Markup, escape

    whole = Markup('<span class="whole">{}</span>')
    ends = [0, *(end for one in SYMBOL.finditer(text) for end in one.span()), len(text)]
    parts = [text[one:two] for one, two in pairwise(ends)]
    return Markup("").join(whole.format(part) if at % 2 else escape(part) for at, part in enumerate(parts))


FILTERS: Mapping[str, Callable[..., Any]] = {
    "also_in": also_in,
    "counted": counted,
    "if_holds": if_holds,
    "inside": inside,
    "listed": listed,
    "named": named,
    "opening": opening,
    "level_words": level_words,
    "reminder": reminder,
    "sourced": sourced,
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
