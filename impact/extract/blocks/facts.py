"""What a document states of itself, such as its title and authors, by name."""

import re

BLANK = re.compile(r"@\w+@|\$\{?\w+\}?|\{\{[^{}]*\}\}|<%[^%]*%>|Your [A-Z][\w ]* Here")
"""A value that a program, or the author of a draft made from a template, has yet to fill in."""


class StatedFacts:
    """Values by names in lower case, in the order of their names; no value stands twice under a name."""

    def __init__(self) -> None:
        self._values: dict[str, list[str]] = {}

    def __contains__(self, name: str) -> bool:
        """Return whether a name has a value."""
        return name in self._values

    def add(self, name: str, value: str) -> None:
        """Add a value on one line; an empty one, or a blank to be filled in, states nothing."""
        value = " ".join(value.split())
        if value and not BLANK.fullmatch(value) and value not in self._values.get(name, ()):
            self._values.setdefault(name, []).append(value)

    def extend(self, name: str, text: str) -> None:
        """Let the last value of a name go on with a text."""
        *earlier, last = self._values.get(name, [""])
        self._values[name] = [*earlier, " ".join(f"{last} {text}".split())]

    def pairs(self) -> list[tuple[str, str]]:
        """Return each name with its value; several are joined with "; "."""
        return [(name, "; ".join(values)) for name, values in self._values.items()]
