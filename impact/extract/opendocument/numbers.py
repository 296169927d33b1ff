"""The numbers of lists and headings in an OpenDocument text, as numbering.xml of a DOCX would hold them.

Source: OpenDocument 1.3, part 3, 16.30 to 16.34 (list and outline styles), 19.800 to 19.890 (continuing, starting).
"""

import re
from collections.abc import Iterable

from lxml.etree import _Element as Element

from impact.extract.office.wordtree import add, root
from impact.extract.opendocument.package import LOEXT, OFFICE, STYLE, TEXT, XML_ID, local

OUTLINE = "\0outline"
"""Name of the list style of headings that are in no list."""

_FORMS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "": "none"}
_PLACE = re.compile(r"%(\d{1,2})%")
_LEVELS = 9
_LONGEST = 100
"""Characters of the pattern of a number at the most. Source: project judgment."""
_MOST = 20_000
"""Lists that count for themselves at the most. Source: project judgment; a list has a paragraph at least."""


class OdtNumbers:
    """The lists of a file.

    Attributes:
        root: The numbering; complete when the text was read.
    """

    def __init__(self, parts: Iterable[Element | None]) -> None:
        """Read the list styles of styles.xml and content.xml; None for one that is absent."""
        self.root = root("numbering")
        self._styles: dict[str, Element] = {}
        self._groups: dict[str, int] = {}
        self._last: dict[str, int] = {}
        self._shared: dict[tuple[int, str], str] = {}
        self._count = 0
        self._numbers = 0
        for part in parts:
            for place in ("styles", "automatic-styles"):
                for style in part.iterfind(f"{OFFICE}{place}/*") if part is not None else ():
                    if style.tag == f"{TEXT}list-style":
                        self._styles[style.get(f"{STYLE}name") or ""] = style
                    elif style.tag == f"{TEXT}outline-style":
                        self._styles[OUTLINE] = style

    def begin(self, element: Element, style: str) -> int:
        """Return the group of lists that count together of a list that is in no other."""
        continued = element.get(f"{TEXT}continue-list") or ""
        group = self._groups.get(continued)
        if group is None and element.get(f"{TEXT}continue-numbering") == "true":
            group = self._last.get(style)
        if group is None:
            self._count += self._count < _MOST
            group = self._count
        self._last[style] = group
        for name in (XML_ID, f"{TEXT}id"):
            if element.get(name):
                self._groups[element.get(name) or ""] = group
        return group

    def list_id(self, group: int, style: str) -> str:
        """Return the id of a list; empty where its style is not known."""
        if style not in self._styles:
            return ""
        key = (group, style)
        if key not in self._shared:
            self._shared[key] = self._add(group, style)
        return self._shared[key]

    def restarted(self, list_id: str, level: int, start: int) -> str:
        """Return the id of a list that counts with another but goes on from `start` at this 0-based level."""
        self._numbers += 1
        key = f"{list_id}.{self._numbers}"
        num = add(self.root, "num", numId=key)
        add(num, "abstractNumId", list_id)
        add(add(num, "lvlOverride", ilvl=str(level)), "startOverride", start)
        return key

    def numbers_headings(self, level: int) -> bool:
        """Return whether headings of this 0-based level have numbers where they are in no list."""
        style = self._styles.get(OUTLINE)
        levels = style.findall("*") if style is not None else []
        return any(
            _index(element) == level and bool(element.get(f"{STYLE}num-format")) for element in levels[: _LEVELS + 1]
        )

    def _add(self, group: int, style: str) -> str:
        key = f"{group}/{len(self._shared)}"
        shared = add(self.root, "abstractNum", abstractNumId=key)
        levels = {_index(level): level for level in self._styles[style].findall("*")}
        for index in range(_LEVELS):
            if index in levels:
                _add_level(shared, index, levels)
        add(add(self.root, "num", numId=key), "abstractNumId", key)
        return key


def _index(level: Element) -> int:
    """Return the 0-based level that an element describes."""
    value = level.get(f"{TEXT}level") or ""
    return int(value) - 1 if value.isdecimal() and len(value) < 3 else -1


def _add_level(parent: Element, index: int, levels: dict[int, Element]) -> None:
    level = levels[index]
    element = add(parent, "lvl", ilvl=str(index))
    form = level.get(f"{STYLE}num-format") or ""
    start = level.get(f"{TEXT}start-value") or "1"
    add(element, "start", start if start.isdecimal() and len(start) < 9 else "1")
    numbered = local(level) in ("list-level-style-number", "outline-level-style")
    add(element, "numFmt", _FORMS.get(form, "decimal") if numbered else "bullet")
    add(element, "lvlText", _pattern(index, levels) if numbered else "")


def _pattern(index: int, levels: dict[int, Element]) -> str:
    level = levels[index]
    stated = level.get(f"{LOEXT}num-list-format")
    if stated is not None:
        return _PLACE.sub(lambda place: f"%{place[1]}" if 0 < int(place[1]) <= index + 1 else "", stated[:_LONGEST])
    displayed = level.get(f"{TEXT}display-levels") or "1"
    count = min(int(displayed), index + 1) if displayed.isdecimal() and len(displayed) < 3 else 1
    shown = [
        f"%{at + 1}"
        for at in range(index + 1 - count, index + 1)
        if at in levels and levels[at].get(f"{STYLE}num-format")
    ]
    prefix, suffix = (level.get(f"{STYLE}num-{name}") or "" for name in ("prefix", "suffix"))
    return f"{prefix}{'.'.join(shown)}{suffix}".replace("%%", "%")[:_LONGEST]
