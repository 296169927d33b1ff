"""Titles with a rule below them, as in reStructuredText and in notes."""

import re

from impact.extract.text.lines import SourceLine

RULE = re.compile(r"([=~^*#+\"'`-])\1{2,}")
"""A line below a title, or one above and one below it. Source: docutils, "reStructuredText Markup Specification"."""

TARGET = re.compile(r"\s*\.\. _[^:]{1,200}:\s*")
"""A mark to link to, of which a reader sees nothing. Source: as `RULE`."""

LONGEST = 120
"""Characters of a title. Source: project judgment."""


def is_target(line: SourceLine) -> bool:
    """Return whether a line only gives a name to what follows it."""
    return TARGET.fullmatch(line.text) is not None


def ruled_title(lines: list[SourceLine]) -> list[SourceLine]:
    """Return the lines of a title, the rule below it and that above it, if lines begin with them; else none."""
    rules = [RULE.fullmatch(line.text) is not None for line in lines[:3]]
    if rules == [True, False, True] and lines[0].text[0] == lines[2].text[0] and len(lines[1].text) < LONGEST:
        return lines[:3]
    return lines[:2] if rules[:2] == [False, True] and len(lines[0].text) < LONGEST else []
