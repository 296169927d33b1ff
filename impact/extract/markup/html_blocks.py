"""Which HTML element makes which block."""

import re
from typing import Any

from impact.extract.blocks.powers import SIGN, is_power
from impact.extract.blocks.tree import DROP, PASS, ElementStep, ListNumbering, OpenBlock, Scribe, framed, walk
from impact.extract.markdown.shorthand import visible
from impact.extract.markup.html_elements import ELEMENTS
from impact.extract.markup.html_unshown import Unshown
from impact.extract.markup.respec_numbers import HEADINGS, SectionNumber, section_numbers
from impact.records import BlockKind

OVERRIDE = re.compile(r"unicode-bidi\s*:\s*(?:isolate|bidi)-override", re.IGNORECASE)
DIRECTION = re.compile(r"(?<![\w-])direction\s*:\s*(rtl|ltr)", re.IGNORECASE)
DIRECTIONS = {"rtl": "\u202e", "ltr": "\u202d"}
POP_DIRECTION = "\u202c"
RESPEC = re.compile(r"(?:^|/)respec(?:-[\w-]{1,40})?(?:\.js)?$")
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


class HtmlPage:
    """A page being read: `read` once, then take the blocks from `scribe`, and have `unshown` mark the document."""

    def __init__(self, root: Any) -> None:
        self.scribe = Scribe()
        self._root = root
        self._contents = 0
        self._respec = is_respec(root)
        self._depth = 0
        self._numbers: dict[Any, SectionNumber] = section_numbers(root) if self._respec else {}
        styled = next(root.iter("style"), None) is not None or next(root.iter("link"), None) is not None
        self.unshown = Unshown(self.scribe.assembly, styled)
        if self._respec:
            self.scribe.shown = visible

    def read(self) -> None:
        """Lay the blocks of the page.

        A browser shows what stands in the head and is none of its elements, and what stands behind the body.
        """
        for part in self._root:
            if part.tag != "head" or _is_shown(part):
                walk(part, self.scribe, self._enter)
                self.scribe.end()
                self.scribe.node(part.tail)
        self.scribe.end()

    def _enter(self, element: Any) -> ElementStep:
        tag = element.tag.lower() if isinstance(element.tag, str) else ""
        if tag in ELEMENTS.unread or (element.attrib and _unseen(element)):
            return DROP
        if tag == "br":
            self.scribe.turn()
            return PASS
        if tag == "hr":
            self.scribe.end()
            return PASS
        if tag == "sup" and is_power(_text_before(element), element.text or ""):
            self.scribe.say(SIGN)
        for rule in (self._heading, self._row, self._listed, self._box):
            step = rule(tag, element)
            if step:
                return self._turned(step, element) if element.attrib else step
        return self._turned(PASS, element) if element.attrib else PASS

    def _turned(self, step: ElementStep, element: Any) -> ElementStep:
        """Return the step of an element, with marks if a browser forces its direction, or if nobody sees it there."""
        control, unseen = _override(element), self.unshown.enter(element)
        if not control and not unseen:
            return step
        if control:
            self.scribe.say(control)

        def leave() -> None:
            if control:
                self.scribe.say(POP_DIRECTION)
            if step.leave:
                step.leave()
            if unseen:
                self.unshown.leave()

        return ElementStep(leave=leave)

    def _heading(self, tag: str, element: Any) -> ElementStep | None:
        level = HEADINGS.get(tag)
        if level is None:
            return None
        given = self._numbers.get(element)
        number = given.number if given else ""
        if given:
            level = given.level
        elif self._respec and self._depth and element.get("id") != "title":
            level = max(level, min(self._depth + 1, 9))
        kind = BlockKind.CONTENTS if self._contents and level > 2 else BlockKind.HEADING
        return framed(self.scribe, OpenBlock(kind, tag, level if kind is BlockKind.HEADING else 0, number))

    def _row(self, tag: str, element: Any) -> ElementStep | None:
        scribe = self.scribe
        if tag == "table":
            if scribe.in_row or _is_layout(element):
                element.set("data-impact-layout", "1")
                return framed(self.scribe, OpenBlock())
            scribe.tables += 1
            return framed(self.scribe, OpenBlock(style="table"))
        if tag not in ("tr", "td", "th") or _in_layout(element):
            return framed(self.scribe, OpenBlock()) if tag in ("tr", "td", "th") else None
        if tag == "tr":
            return framed(self.scribe, scribe.row(headed=element.find("td") is None))
        if not scribe.in_row:
            return framed(self.scribe, OpenBlock())
        scribe.cell_begin()
        return ElementStep(leave=scribe.cell_end)

    def _listed(self, tag: str, element: Any) -> ElementStep | None:
        scribe = self.scribe
        if tag in ("ul", "ol", "menu", "dir"):
            count = _integer(element.get("start"), 1) - 1
            scribe.lists.append(ListNumbering(element.get("type", "1") if tag == "ol" else "", count))
            return framed(self.scribe, OpenBlock(), scribe.lists.pop)
        if tag == "li":
            if scribe.lists:
                scribe.lists[-1].count = _integer(element.get("value"), scribe.lists[-1].count + 1) - 1
            kind = BlockKind.CONTENTS if self._contents else BlockKind.ITEM
            return framed(self.scribe, OpenBlock(kind, "li", len(scribe.lists) or 1, scribe.number()))
        if tag == "dl":
            scribe.lists.append(ListNumbering())
            return framed(self.scribe, OpenBlock(), scribe.lists.pop)
        if tag == "dt":
            return framed(self.scribe, OpenBlock(BlockKind.ITEM, "dt", len(scribe.lists) or 1))
        return framed(self.scribe, OpenBlock(style="dd")) if tag == "dd" else None

    def _box(self, tag: str, element: Any) -> ElementStep | None:
        names = f"{element.get('class', '')} {element.get('id', '')}"
        if tag in ELEMENTS.verbatim or (tag in ("div", "p") and ELEMENTS.names["drawings"].search(names)):
            return framed(self.scribe, OpenBlock(BlockKind.CODE, style=element.get("class", "") or tag, verbatim=True))
        if tag in ("figcaption", "caption"):
            return framed(self.scribe, OpenBlock(BlockKind.CAPTION, style=tag))
        if tag not in ELEMENTS.boxes:
            return None
        if ELEMENTS.names["contents"].search(names) and tag != "body":
            self._contents += 1
            return framed(self.scribe, OpenBlock(BlockKind.CONTENTS, style="toc"), self._leave_contents)
        if tag == "section":
            return self._section(element)
        return self._plain_box(tag, element, names)

    def _section(self, element: Any) -> ElementStep:
        """Open a section, with the heading that ReSpec writes for it."""
        self._depth += 1
        step = framed(self.scribe, OpenBlock(), self._leave_section)
        given = self._numbers.get(element)
        if given:
            self.scribe.open(OpenBlock(BlockKind.HEADING, "section", given.level, given.number))
            self.scribe.say(given.title)
            self.scribe.close()
        return step

    def _leave_section(self) -> None:
        self._depth -= 1

    def _plain_box(self, tag: str, element: Any, names: str) -> ElementStep:
        if tag == "aside" or (tag in ("div", "p", "details") and ELEMENTS.names["notes"].search(names.lower())):
            return framed(self.scribe, OpenBlock(BlockKind.NOTE, style=element.get("class") or tag))
        return framed(self.scribe, OpenBlock(style="blockquote") if tag == "blockquote" else OpenBlock())

    def _leave_contents(self) -> None:
        self._contents -= 1


def is_respec(root: Any) -> bool:
    """Return whether a page is a source of ReSpec: it has its configuration, or loads the program."""
    return any(
        "respecConfig" in (script.text or "") or RESPEC.search(script.get("src", "")) for script in root.iter("script")
    )


def _is_shown(head: Any) -> bool:
    """Return whether a head holds what belongs into a body: text, or elements that a head has not."""
    texts = (head.text, *(child.tail for child in head))
    return any(child.tag not in ELEMENTS.head for child in head) or any(text and text.strip() for text in texts)


def _unseen(element: Any) -> bool:
    """Return whether an element is hidden or is furniture of the site."""
    if element.tag in ("body", "html", "main", "article"):
        return False
    attributes = element.attrib
    return (
        "hidden" in attributes
        or attributes.get("role") in ("navigation", "search")
        or bool(ELEMENTS.names["furniture"].search(attributes.get("class", "")))
        or bool(HIDDEN.search(attributes.get("style", "")))
    )


def _text_before(element: Any) -> str:
    """Return the text right before an element, in its parent."""
    before = element.getprevious()
    return (element.getparent().text if before is None else before.tail) or ""


def _override(element: Any) -> str:
    """Return the character that forces the direction of an element as its markup does; empty where it does not."""
    style = element.get("style", "")
    if element.tag != "bdo" and not OVERRIDE.search(style):
        return ""
    stated = DIRECTION.search(style)
    direction = stated[1] if stated else element.get("dir", "")
    return DIRECTIONS.get(direction.lower(), "")


def _is_layout(table: Any) -> bool:
    """Return whether a table only places the page's parts: it holds headings or tables, or just one cell a table."""
    if table.find(".//table") is not None or any(table.find(f".//{tag}") is not None for tag in HEADINGS):
        return True
    return table.get("role") == "presentation" or len(table.findall(".//td")) + len(table.findall(".//th")) == 1


def _in_layout(element: Any) -> bool:
    table = next(element.iterancestors("table"), None)
    return table is not None and table.get("data-impact-layout") is not None


def _integer(value: str | None, other: int) -> int:
    digits = re.match(r"\s*(-?\d{1,9})", value or "")
    return int(digits[1]) if digits else other
