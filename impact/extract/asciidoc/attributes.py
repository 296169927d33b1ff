"""What the lines above a block of AsciiDoc say of it."""

import re
from dataclasses import dataclass, field

from impact.extract.asciidoc.lines import Place

_QUOTED = re.compile(r"\s*(?:(?P<name>[\w-]+)\s*=\s*)?(?:\"(?P<value>[^\"]*)\"|(?P<bare>[^,]*))\s*(?:,|$)")
_SHORTHAND = re.compile(r"(?P<style>[^#.%]*)(?P<rest>.*)$")


@dataclass(slots=True)
class BlockAttributes:
    """What the lines above a block say of it.

    Attributes:
        style: In lower case; empty where none.
        second: Second value without a name, such as the language of a listing.
        named: Values with a name.
        shown: What a reference to it shows; empty where its title does.
    """

    style: str = ""
    second: str = ""
    anchor: str = ""
    shown: str = ""
    roles: list[str] = field(default_factory=list)
    options: list[str] = field(default_factory=list)
    named: dict[str, str] = field(default_factory=dict)

    def add(self, line: str) -> None:
        """Take a line of attributes or an anchor."""
        inner = line.strip()[1:-1]
        if inner.startswith("["):
            self.anchor, _, shown = inner[1:-1].partition(",")
            self.shown = shown.strip()
            return
        for place, match in enumerate(_QUOTED.finditer(inner)):
            value = (match["value"] if match["value"] is not None else match["bare"] or "").strip()
            if match["name"]:
                self._name(match["name"], value)
            elif place == 0:
                self._first(value)
            elif place == 1:
                self.second = value

    def _name(self, name: str, value: str) -> None:
        if name in {"id", "reftext"}:
            self.anchor, self.shown = (value, self.shown) if name == "id" else (self.anchor, value)
        elif name in {"options", "opts"}:
            self.options += [part.strip() for part in value.split(",")]
        else:
            self.named[name] = value

    def _first(self, value: str) -> None:
        shorthand = _SHORTHAND.match(value)
        if shorthand is None:
            return
        self.style = shorthand["style"].strip().lower() or self.style
        for sign, word in re.findall(r"([#.%])([^#.%]+)", shorthand["rest"]):
            if sign == "#":
                self.anchor = word
            else:
                (self.roles if sign == "." else self.options).append(word)


@dataclass(slots=True)
class Waiting:
    """What stands above a block and belongs to it."""

    attributes: BlockAttributes = field(default_factory=BlockAttributes)
    title: Place | None = None
