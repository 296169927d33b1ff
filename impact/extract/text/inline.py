"""Inline marks of reStructuredText in a paragraph, which a reader of the page does not see."""

import re
from collections.abc import Iterator

_MARK = re.compile(
    r"``(?P<literal>\S(?:[^`]{0,300}\S)?)``"
    r"|:[\w:+-]{2,40}:`~?(?P<role>[^`<]{1,300}?)(?:\s*<[^`<>]{1,300}>)?`"
    r"|`(?P<link>[^`<]{1,300}?)(?:\s+<[^`<>]{1,500}>)?`__?(?!\w)"
    r"|(?<![\w*\\/])\*\*(?P<strong>[^\s*](?:[^*]{0,200}[^\s*])?)\*\*(?![\w*])"
    r"|(?<![\w*\\/])\*(?P<emphasis>[^\s*](?:[^*]{0,200}[^\s*])?)\*(?![\w*])"
)
"""Source: reStructuredText Markup Specification, "Inline Markup"; Sphinx, "Roles"."""


def visible(text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a paragraph that are no marks, begin and end, half-open, in order."""
    place = 0
    for match in _MARK.finditer(text):
        begin, end = match.span(match.lastgroup or 0)
        yield place, match.start()
        yield begin, end
        place = match.end()
    yield place, len(text)
