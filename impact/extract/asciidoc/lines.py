"""The lines of an AsciiDoc source that are published: without comments, conditions and definitions of attributes."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from impact.extract.asciidoc import signs
from impact.extract.asciidoc.vocabulary import WORDS

Place = tuple[int, int]
"""First character and the one behind the last, 0-based, in the source."""

LINE = re.compile(r"([^\r\n]*)(?:\r\n|\r|\n|\Z)")


@dataclass(slots=True)
class Published:
    """What is left of a source.

    Attributes:
        source: Of the length of the file; what is not published is blank.
        lines: Places of the lines that are left.
        attributes: Values by name in lower case, as they are last defined.
        numbering: Places from which on sections are numbered (true) or not.
        includes: Places at which another file is included.
        breaks: Numbers of lines before which a comment ends the lists that are open, ascending.
        hidden: Lines with words that stand under a condition that does not hold.
    """

    source: str
    lines: list[Place] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)
    numbering: list[tuple[int, bool]] = field(default_factory=list)
    includes: list[int] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)
    hidden: int = 0

    def is_numbered(self, place: int) -> bool:
        """Return whether a section that begins at a place of the source has a number."""
        index = bisect_right(self.numbering, (place, True)) - 1
        return index >= 0 and self.numbering[index][1]


class Preprocessor:
    """Decides line by line what is published."""

    def __init__(self, source: str) -> None:
        self._published = Published(source)
        self._source = source
        self._conditions: list[bool] = []
        self._failing = 0
        self._fence = ""
        self._entry = ""
        self._value: list[str] = []
        self._gaps: list[Place] = []

    def run(self) -> Published:
        """Return what is published."""
        places = [match.span(1) for match in LINE.finditer(self._source)]
        for index, place in enumerate(places):
            shown = self._shown(place, places, index)
            self._published.lines += [shown] if shown else []
            self._gaps += [(place[0], shown[0]), (shown[1], place[1])] if shown else [place]
        parts, last = [], 0
        for start, end in self._gaps:
            parts += [self._source[last:start], " " * (end - start)]
            last = end
        self._published.source = "".join([*parts, self._source[last:]])
        return self._published

    def _shown(self, place: Place, places: Sequence[Place], index: int) -> Place | None:
        """Return what is published of a line."""
        text = self._source[slice(*place)]
        condition = signs.CONDITION.match(text)
        if condition:
            return self._condition(condition, place)
        if self._failing:
            self._published.hidden += bool(re.search(r"\w", text))
            return None
        return place if self._is_published(text, place, places, index) else None

    def _is_published(self, text: str, place: Place, places: Sequence[Place], index: int) -> bool:
        if signs.INCLUDE.match(text):
            self._published.includes += [place[0]] * (not self._fence)
            return False
        if self._fence:
            comment = self._fence[0] == "/"
            if text.rstrip() == self._fence:
                self._fence = ""
            return not comment
        return self._is_prose(text, place, places, index)

    def _is_prose(self, text: str, place: Place, places: Sequence[Place], index: int) -> bool:
        """Return whether a line outside of verbatim blocks is published, and take what it defines."""
        if self._entry:
            self._define(self._entry, text)
            return False
        entry = signs.ENTRY.match(text)
        if entry:
            self._set(entry, place[0])
            return False
        above = self._source[slice(*places[index - 1])] if index else ""
        if signs.COMMENT.match(text):
            self._published.breaks += [len(self._published.lines)] * (not above.strip())
            return False
        fence = signs.VERBATIM.match(text) or signs.COMMENT_BLOCK.match(text)
        if fence and not signs.underlined(above, text):
            self._fence = fence[1] if fence.re is signs.VERBATIM else text.rstrip()
        return not self._fence.startswith("/")

    def _condition(self, match: re.Match[str], place: Place) -> Place | None:
        """Open or end a condition, or return what a condition on one line publishes."""
        act, names, content = match["act"], match["names"].lower(), match["content"]
        if act == "endif":
            self._failing -= bool(self._conditions) and not self._conditions.pop()
            return None
        holds = act == "ifeval" or self._holds(names) == (act == "ifdef")
        if act == "ifeval" or not content:
            self._conditions.append(holds)
            self._failing += not holds
            return None
        return (
            (place[0] + match.start("content"), place[0] + match.end("content"))
            if holds and not self._failing
            else None
        )

    def _holds(self, names: str) -> bool:
        defined = self._published.attributes.keys() | WORDS.preset
        if "+" in names:
            return all(name in defined for name in names.split("+"))
        return any(name in defined for name in names.split(","))

    def _set(self, entry: re.Match[str], place: int) -> None:
        name = entry["name"].lower()
        attributes = self._published.attributes
        off = bool(entry["off"] or entry["unset"])
        if name in {"sectnums", "numbered"}:
            self._published.numbering.append((place, not off))
        if off:
            attributes.pop(name, None)
        else:
            self._value = []
            self._define(name, entry["value"] or "")

    def _define(self, name: str, text: str) -> None:
        """Add a line to the value of an attribute; a backslash at its end says that it goes on."""
        bare = text.strip()
        self._value.append(bare.removesuffix("\\").rstrip().removesuffix(" +"))
        self._entry = name if bare.endswith("\\") else ""
        if not self._entry:
            self._published.attributes[name] = " ".join(self._value).strip()


def published(source: str) -> Published:
    """Return what an AsciiDoc source publishes.

    Conditions on attributes that it does not set hold as for the page that Asciidoctor makes by default; what stands
    under a comparison (`ifeval`) is kept.
    """
    return Preprocessor(source).run()
