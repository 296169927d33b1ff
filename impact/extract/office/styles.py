"""What the styles of a Word document say: kind, level, list, weight and size, each through the basedOn chain."""

import re
from dataclasses import dataclass
from functools import cache

from lxml.etree import _Element as Element

from impact.extract.office.names import W, switch, value_of
from impact.extract.office.ooxml import whole
from impact.records import BlockKind
from impact.typed import load

LONGEST_CHAIN = 40
"""Styles that are based on each other at the most. Source: project judgment; Word allows 11."""

_NOISE = re.compile(r"[^\w#]|_")


@dataclass(frozen=True, slots=True)
class StyleRule:
    """What the name of a paragraph style says; level 0 is taken from the group of the name that matched."""

    kind: BlockKind
    level: int
    names: tuple[str, ...]


_RULES = tuple(
    (rule.kind, rule.level, re.compile("|".join(rule.names)))
    for rule in load(dict[str, tuple[StyleRule, ...]], "impact.extract.office", "styles.toml")["rule"]
)


@dataclass(frozen=True, slots=True)
class CharacterLook:
    """Character properties; None where nothing is said.

    Attributes:
        size: Points.
        hidden: Whether the text is not shown at all.
        font: Name of the symbol font, if it is one; empty otherwise.
    """

    bold: bool | None = None
    size: float | None = None
    hidden: bool | None = None
    font: str = ""

    def over(self, base: "CharacterLook") -> "CharacterLook":
        """Return these properties with the gaps filled from `base`."""
        return CharacterLook(
            base.bold if self.bold is None else self.bold,
            base.size if self.size is None else self.size,
            base.hidden if self.hidden is None else self.hidden,
            self.font or base.font,
        )


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """A paragraph style with all that it inherits.

    Attributes:
        id: As paragraphs name it; the list levels tied to it name it too.
        name: As a person sees it.
        kind: HEADING, ITEM, CONTENTS, CAPTION, NOTE, CODE or, where the name says nothing, PARAGRAPH.
        level: Depth of a heading or item, 1 is the outermost; 0 for others.
        list_id: Id of the list it is numbered in; empty or "0" for none.
        list_level: 0-based level in that list; None where the list decides.
        chain: Ids of the style and of those it is based on, nearest first.
    """

    id: str = ""
    name: str = ""
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    list_id: str = ""
    list_level: int | None = None
    look: CharacterLook = CharacterLook()
    chain: tuple[str, ...] = ()


class Styles:
    """The style sheet of a document."""

    def __init__(self, root: Element | None) -> None:
        """Read styles.xml; None where the document has none."""
        self._elements: dict[str, Element] = {}
        self._default = ""
        self._base = CharacterLook()
        self._paragraph: dict[str, ParagraphStyle] = {}
        self._character: dict[str, CharacterLook] = {}
        self.lists: dict[str, str] = {}
        if root is not None:
            self._read(root)

    def paragraph(self, style_id: str) -> ParagraphStyle:
        """Return a paragraph style; the default one for an empty or unknown id."""
        if style_id not in self._paragraph:
            self._paragraph[style_id] = self._resolve(style_id)
        return self._paragraph[style_id]

    def character(self, style_id: str) -> CharacterLook:
        """Return the character properties of a character style; nothing said for an unknown id."""
        if style_id not in self._character:
            self._character[style_id] = self._look(self._chain(style_id))
        return self._character[style_id]

    def _read(self, root: Element) -> None:
        defaults = root.find(f"{W}docDefaults/{W}rPrDefault")
        if defaults is not None:
            self._base = look_of(defaults.find(f"{W}rPr"))
        for element in root.iterfind(f"{W}style"):
            style_id = element.get(f"{W}styleId") or ""
            self._elements[style_id] = element
            kind = element.get(f"{W}type")
            if kind == "paragraph" and element.get(f"{W}default") in ("1", "true", "on"):
                self._default = style_id
            if kind == "numbering":
                num = element.find(f"{W}pPr/{W}numPr")
                self.lists[style_id] = value_of(num, "numId")

    def _chain(self, style_id: str) -> tuple[str, ...]:
        """Return the id and those it is based on; a circle ends where it closes, a long chain after `LONGEST_CHAIN`."""
        chain: dict[str, None] = {}
        while style_id in self._elements and style_id not in chain and len(chain) < LONGEST_CHAIN:
            chain[style_id] = None
            style_id = value_of(self._elements[style_id], "basedOn")
        return tuple(chain)

    def _look(self, chain: tuple[str, ...]) -> CharacterLook:
        look = CharacterLook()
        for link in chain:
            look = look.over(look_of(self._elements[link].find(f"{W}rPr")))
        return look

    def _resolve(self, style_id: str) -> ParagraphStyle:
        chain = self._chain(style_id) or self._chain(self._default)
        if not chain:
            return ParagraphStyle(look=self._base)
        kind, level = self._kind(chain)
        numbers = [self._elements[link].find(f"{W}pPr/{W}numPr") for link in chain]
        list_ids = [list_id for list_id in (value_of(number, "numId") for number in numbers) if list_id]
        levels = [list_id for list_id in (value_of(number, "ilvl") for number in numbers) if list_id]
        return ParagraphStyle(
            id=chain[0],
            name=value_of(self._elements[chain[0]], "name") or chain[0],
            kind=kind,
            level=level,
            list_id=list_ids[0] if list_ids else "",
            list_level=whole(levels[0], 0) if levels else None,
            look=self._look(chain).over(self._base),
            chain=chain,
        )

    def _kind(self, chain: tuple[str, ...]) -> tuple[BlockKind, int]:
        """Return kind and level from the nearest style in the chain that says anything."""
        for link in chain:
            element = self._elements[link]
            named_kind = kind_of_name(value_of(element, "name"))
            if named_kind is not None:
                return named_kind
            outline = value_of(element.find(f"{W}pPr"), "outlineLvl")
            if outline:
                depth = whole(outline, 9)
                return (BlockKind.HEADING, depth + 1) if 0 <= depth < 9 else (BlockKind.PARAGRAPH, 0)
        return BlockKind.PARAGRAPH, 0


def look_of(properties: Element | None) -> CharacterLook:
    """Return what a w:rPr element says of bold, size and hiding."""
    if properties is None:
        return CharacterLook()
    size = whole(value_of(properties, "sz"), 0)
    fonts = properties.find(f"{W}rFonts")
    font = (fonts.get(f"{W}ascii") or "") if fonts is not None else ""
    return CharacterLook(switch(properties, "b"), size / 2 if size > 0 else None, switch(properties, "vanish"), font)


@cache
def kind_of_name(name: str) -> tuple[BlockKind, int] | None:
    """Return the kind and level that a style's name stands for; None where it says nothing."""
    plain = _NOISE.sub("", name.split(",", maxsplit=1)[0].lower())
    for kind, level, pattern in _RULES:
        match = pattern.fullmatch(plain)
        if match:
            groups = [group for group in match.groups() if group]
            return kind, level or (int(groups[0]) if groups else 0)
    return None
