"""The one set of templates: each room keeps its own in `templates/`, and all pages stand on `present/page.html`."""

import re
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from impact.present.cleaning import clipped, plain, shown
from impact.present.dates import day
from impact.present.lists import begun, counted, further, inside, listed, numeral, spelled
from impact.present.places import also_in, arranged, has_items, named, number, placed, unbroken, within
from impact.present.words import beside_headline, grade_words, if_holds, level_words, unassessed_words

if TYPE_CHECKING:
    from jinja2 import Environment, Template
    from markupsafe import Markup

Filters = Mapping[str, Callable[..., Any]]

SYMBOL = re.compile(r"\bA/[A-Z]+/[\w./]*\w")
"""The symbol of a document of the United Nations."""


LANGUAGE = re.compile(r"[a-z]{2,3}")


def sourced(text: str) -> "Markup":
    """Return a source as HTML in which no line ends within the symbol of a document."""
    from markupsafe import Markup, escape

    whole = Markup('<span class="whole">{}</span>')
    ends = [0, *(end for symbol in SYMBOL.finditer(text) for end in symbol.span()), len(text)]
    parts = [text[start:end] for start, end in pairwise(ends)]
    return Markup("").join(whole.format(part) if at % 2 else escape(part) for at, part in enumerate(parts))


def lang_of(code: str, page: str = "") -> str:
    """Return the language of quoted text for HTML; empty where it is not known, or that of the page."""
    return code if LANGUAGE.fullmatch(code) and code not in {page, "und"} else ""


def share(part: int, whole: int) -> str:
    """Return "3 of 4 (75 %)"."""
    return f"{part} of {whole}" + (f" ({100 * part / whole:.0f} %)" if whole else "")


FILTERS: Filters = MappingProxyType(
    {
        "also_in": also_in,
        "arranged": arranged,
        "begun": begun,
        "clipped": clipped,
        "day": day,
        "further": further,
        "counted": counted,
        "grade_words": grade_words,
        "beside_headline": beside_headline,
        "unassessed_words": unassessed_words,
        "if_holds": if_holds,
        "inside": inside,
        "has_items": has_items,
        "level_words": level_words,
        "listed": listed,
        "named": named,
        "numeral": numeral,
        "official_number": number,
        "placed": placed,
        "plain": plain,
        "share": share,
        "sourced": sourced,
        "spelled": spelled,
        "three": "{:.3f}".format,
        "two": "{:.2f}".format,
        "unbroken": unbroken,
        "within_all": lambda places: within(*places),
    }
)
"""What the templates of every room say things with."""

NONE: Filters = MappingProxyType({})


def template(name: str, filters: Filters = NONE) -> "Template":
    """Return a template by room and file: "report/report.html" is impact/report/templates/report.html.

    Args:
        name: All text that the template shows is escaped, and a name that it is not given is an error.
        filters: What the room's templates say things with beside `FILTERS`.

    Raises:
        ValueError: If another room has a filter of such a name.
    """
    environment = _environment()
    for key, function in filters.items():
        if environment.filters.setdefault(key, function) is not function:
            raise ValueError(f"two rooms have a filter {key!r}")
    return environment.get_template(name)


def render(name: str, shows: Mapping[str, Any], *, filters: Filters = NONE) -> str:
    """Return a page of `template` that shows values by their names, without control characters."""
    return shown(template(name, filters).render(shows))


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    environment = Environment(
        loader=FunctionLoader(_source),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters |= FILTERS
    return environment


def _source(name: str) -> str:
    room, _, file = name.rpartition("/")
    return files("impact").joinpath(*room.split("/"), "templates", file).read_text("utf-8")
