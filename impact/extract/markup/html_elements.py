"""Names of HTML (html.toml)."""

import re
from dataclasses import dataclass

from impact.typed import load


@dataclass(frozen=True, slots=True)
class HtmlElements:
    """Elements by what they make, what the class or id of an element says, and names by the fact that they tell."""

    unread: frozenset[str]
    head: frozenset[str]
    boxes: frozenset[str]
    verbatim: frozenset[str]
    names: dict[str, re.Pattern[str]]
    facts: dict[str, str]
    respec: dict[str, str]


ELEMENTS = load(HtmlElements, "impact.extract.markup", "html.toml")
