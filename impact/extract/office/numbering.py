"""Compute the automatic numbers of a Word document from numbering.xml.

Source: ECMA-376 part 1, 17.9 (numbering definitions), with Word's way of sharing counters between the lists of one
abstract definition.
"""

import re
from dataclasses import dataclass, replace

from lxml.etree import _Element as Element

from impact.extract.blocks.numerals import numeral
from impact.extract.office.names import W, value_of
from impact.extract.office.ooxml import whole

LEVELS = 9
"""Levels of a list. Source: ECMA-376 part 1, 17.9 (numbering), which has nine."""

_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class ListLevel:
    """One level of a list.

    Attributes:
        form: Number format as in `numerals.FORMS`.
        text: Pattern such as "%1.%2".
        legal: Whether all numbers in it are shown as digits.
        restart: 1-based level whose use restarts this one; 0 for never; None for any outer level.
        style: Id of the paragraph style tied to this level.
    """

    start: int = 0
    form: str = "decimal"
    text: str = ""
    legal: bool = False
    restart: int | None = None
    style: str = ""


@dataclass(frozen=True, slots=True)
class ListLabel:
    """What stands before a paragraph.

    Attributes:
        number: As shown ("7.2", "b)"); empty for bullets.
        level: 1-based depth.
        bullet: Whether a bullet stands there instead of a number.
        clause: Whether the list numbers clauses (some level shows two numbers, as "7.2" does) rather than items.
    """

    number: str
    level: int
    bullet: bool
    clause: bool


@dataclass(frozen=True, slots=True)
class _List:
    shared: str
    levels: tuple[ListLevel, ...]
    starts: tuple[tuple[int, int], ...]
    clause: bool


class Numbering:
    """The lists of one document with their counters; ask for labels in the order of the text."""

    def __init__(self, root: Element | None, style_lists: dict[str, str] | None = None) -> None:
        """Read the definitions under the root of numbering.xml, None where the document has none.

        Some definitions only refer to a numbering style; `style_lists` has the list of each by its id.
        """
        self._abstract: dict[str, Element] = {}
        self._nums: dict[str, Element] = {}
        self._style_lists = style_lists or {}
        self._lists: dict[str, _List | None] = {}
        self._levels: dict[str, tuple[ListLevel, ...]] = {}
        self._counters: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()
        for child in root if root is not None else ():
            if child.tag == f"{W}abstractNum":
                self._abstract[child.get(f"{W}abstractNumId") or ""] = child
            elif child.tag == f"{W}num":
                self._nums[child.get(f"{W}numId") or ""] = child

    def level_of(self, list_id: str, style: str) -> int | None:
        """Return the 0-based level that a list ties to a paragraph style; None if it ties none."""
        numbered = self._list(list_id)
        levels = numbered.levels if numbered else ()
        return next((index for index, level in enumerate(levels) if style and level.style == style), None)

    def label(self, list_id: str, index: int) -> ListLabel | None:
        """Count one paragraph at the 0-based level `index` and return its label; None for an unknown list."""
        numbered = self._list(list_id)
        if numbered is None:
            return None
        index = min(max(index, 0), LEVELS - 1)
        counters = self._counters.setdefault(numbered.shared, [None] * LEVELS)
        self._count(list_id, numbered, counters, index)
        bullet = numbered.levels[index].form == "bullet"
        return ListLabel(_shown(numbered.levels, counters, index), index + 1, bullet, numbered.clause)

    def _count(self, list_id: str, numbered: _List, counters: list[int | None], index: int) -> None:
        override = dict(numbered.starts).get(index)
        current = counters[index]
        if override is not None and (list_id, index) not in self._begun:
            counters[index] = override
        else:
            counters[index] = numbered.levels[index].start if current is None else current + 1
        self._begun.add((list_id, index))
        for deeper in range(index + 1, LEVELS):
            restart = numbered.levels[deeper].restart
            if restart is None or index < restart:
                counters[deeper] = None

    def _list(self, list_id: str) -> _List | None:
        if list_id not in self._lists:
            self._lists[list_id] = self._build(list_id)
        return self._lists[list_id]

    def _build(self, list_id: str) -> _List | None:
        num = self._nums.get(list_id)
        shared = self._definition(value_of(num, "abstractNumId")) if num is not None else None
        if num is None or shared is None:
            return None
        levels = [*self._shared_levels(shared)]
        starts: dict[int, int] = {}
        for change in num.findall(f"{W}lvlOverride"):
            index = whole(change.get(f"{W}ilvl"), 0)
            if change.find(f"{W}startOverride") is not None:
                starts[index] = whole(value_of(change, "startOverride"), 1)
            _set_levels(levels, change.findall(f"{W}lvl"))
        clause = any(len(_PLACE.findall(level.text)) > 1 for level in levels)
        return _List(shared, tuple(levels), tuple(starts.items()), clause)

    def _shared_levels(self, shared: str) -> tuple[ListLevel, ...]:
        """Return the levels of a definition, which many lists may share."""
        if shared not in self._levels:
            levels = [ListLevel()] * LEVELS
            _set_levels(levels, self._abstract[shared].findall(f"{W}lvl"))
            self._levels[shared] = tuple(levels)
        return self._levels[shared]

    def _definition(self, abstract: str) -> str | None:
        """Follow references to numbering styles until a definition has levels of its own."""
        for _ in range(LEVELS):
            element = self._abstract.get(abstract)
            if element is None:
                return None
            link = value_of(element, "numStyleLink")
            num = self._nums.get(self._style_lists.get(link, "")) if link else None
            if num is None or value_of(num, "abstractNumId") == abstract:
                return abstract
            abstract = value_of(num, "abstractNumId")
        return None


def _set_levels(levels: list[ListLevel], elements: list[Element]) -> None:
    for element in elements:
        index = whole(element.get(f"{W}ilvl"), 0)
        if 0 <= index < LEVELS:
            levels[index] = _level(element)


def _level(element: Element) -> ListLevel:
    forms = [form.get(f"{W}val") or "" for form in element.iter(f"{W}numFmt")]
    level = ListLevel(
        start=whole(value_of(element, "start"), 0),
        form=forms[-1] if forms else "decimal",
        text=value_of(element, "lvlText"),
        legal=element.find(f"{W}isLgl") is not None and value_of(element, "isLgl") not in ("0", "false", "off"),
        style=value_of(element, "pStyle"),
    )
    restart = element.find(f"{W}lvlRestart")
    return level if restart is None else replace(level, restart=whole(restart.get(f"{W}val"), 0))


def _shown(levels: tuple[ListLevel, ...], counters: list[int | None], index: int) -> str:
    level = levels[index]
    if level.form == "bullet":
        return ""

    def fill(place: re.Match[str]) -> str:
        inner = int(place.group(1)) - 1
        count = counters[inner]
        form = "decimal" if level.legal and levels[inner].form not in ("none", "bullet") else levels[inner].form
        return numeral(levels[inner].start if count is None else count, form)

    return " ".join(_PLACE.sub(fill, level.text).split())
