"""Which xml2rfc element makes which block (RFC 7749 for version 2, RFC 7991 for version 3)."""

from collections.abc import Callable
from typing import Any

from impact.extract.blocks.numbering import counted, letters
from impact.extract.blocks.tree import DROP, PASS, ElementStep, ListNumbering, OpenBlock, Scribe, framed, walk
from impact.extract.markup.rfcxml_facts import NAMES
from impact.extract.markup.rfcxml_numbers import Numbers, included
from impact.records import BlockKind

CODE = frozenset({"artwork", "sourcecode"})


class Rfc:
    """An RFC or Internet-Draft being read."""

    def __init__(self, root: Any) -> None:
        self.scribe = Scribe()
        self._root = root
        self._numbers = Numbers(root)
        self._depth = 0
        self._grouped = False
        self._columns = 1
        self._place = 0

    def read(self) -> Scribe:
        """Lay the blocks and return the scribe that holds them."""
        walk(self._root, self.scribe, self._enter)
        self.scribe.end()
        return self.scribe

    def _enter(self, element: Any) -> ElementStep:
        tag = element.tag
        if tag in NAMES.unread:
            return DROP
        rule = RULES.get(tag)
        return rule(self, element) if rule else self._include(element)

    def _include(self, element: Any) -> ElementStep:
        if not element.tag.endswith("}include"):
            return PASS
        self.scribe.open(OpenBlock(BlockKind.ITEM, "reference", 1))
        self.scribe.say(f"[{included(element.get('href', ''))}]")
        self.scribe.close()
        return DROP

    def _line(self, frame: OpenBlock, text: str, *, generated: bool = False) -> None:
        """Lay a block of characters that stand in an attribute, or that the format generates."""
        self.scribe.open(frame)
        self.scribe.put(text, -1 if generated else self.scribe.ordinal)
        self.scribe.close()

    def title(self, element: Any) -> ElementStep:
        """The document's own title; titles of references are part of their entry."""
        return framed(self.scribe, OpenBlock(style="title")) if element.getparent().getparent() is self._root else PASS

    def front_part(self, element: Any) -> ElementStep:
        """Abstract and boilerplate: a heading of their own."""
        if element.getparent().getparent() is not self._root:
            return DROP
        if element.tag == "boilerplate":
            return framed(self.scribe, OpenBlock(style="boilerplate"))
        self._line(OpenBlock(BlockKind.HEADING, element.tag, 1), element.tag.capitalize(), generated=True)
        return framed(self.scribe, OpenBlock())

    def section(self, element: Any) -> ElementStep:
        """Sections, notes of the front, and lists of references."""
        self.scribe.end()
        if element.tag == "references":
            if element.getparent().tag == "back" and self._numbers.grouped and not self._grouped:
                self._grouped = True
                self._line(
                    OpenBlock(BlockKind.HEADING, "references", 1, self._numbers.group), "References", generated=True
                )
            self._depth += element.getparent().tag == "back" and self._numbers.grouped
        self._depth += 1
        title = element.get("title")
        if title and element.find("name") is None:
            self._line(self._heading(element), title)
        elif element.tag == "references" and element.find("name") is None:
            self._line(self._heading(element), "References", generated=True)
        extra = int(element.tag == "references" and element.getparent().tag == "back" and self._numbers.grouped)
        return framed(self.scribe, OpenBlock(), lambda: self._rise(1 + extra))

    def _rise(self, steps: int) -> None:
        self._depth -= steps

    def _heading(self, element: Any) -> OpenBlock:
        number = self._numbers.of.get(element, "")
        return OpenBlock(BlockKind.HEADING, element.tag, max(self._depth, 1), number)

    def name(self, element: Any) -> ElementStep:
        """The name of a section is its heading, that of a figure or table its caption."""
        parent = element.getparent()
        if parent.tag in ("section", "references", "note"):
            return framed(self.scribe, self._heading(parent))
        return framed(self.scribe, OpenBlock(BlockKind.CAPTION, parent.tag))

    def paragraph(self, element: Any) -> ElementStep:
        """A paragraph; directly in a list of version 2, an item."""
        if element.getparent().tag != "list":
            return framed(self.scribe, OpenBlock())
        step = framed(self.scribe, OpenBlock(BlockKind.ITEM, "t", len(self.scribe.lists) or 1, self._count()))
        if element.get("hangText"):
            self.scribe.put(element.get("hangText") + " ", self.scribe.ordinal)
        return step

    def _count(self) -> str:
        number = self.scribe.number()
        current = self.scribe.lists[-1] if self.scribe.lists else ListNumbering()
        if "%" not in current.form:
            return number
        shown = {"%d": str(current.count), "%c": letters(current.count).lower(), "%C": letters(current.count)}
        shown |= {"%i": counted("i", current.count)[:-1], "%I": counted("I", current.count)[:-1]}
        text = current.form
        for sign, value in shown.items():
            text = text.replace(sign, value)
        return text

    def listing(self, element: Any) -> ElementStep:
        """ListNumbering of both versions."""
        scribe = self.scribe
        form = element.get("type", "1") if element.tag == "ol" else ""
        if element.tag == "list":
            style = element.get("style") or ""
            form = style[7:].strip() if style.startswith("format ") else NAMES.list_styles.get(style, "")
        start = element.get("start") or "1"
        scribe.lists.append(ListNumbering(form, int(start) - 1 if start.isdigit() else 0))
        return framed(self.scribe, OpenBlock(), scribe.lists.pop)

    def item(self, element: Any) -> ElementStep:
        """Items, terms and their definitions."""
        level = len(self.scribe.lists) or 1
        if element.tag == "dd":
            return framed(self.scribe, OpenBlock(style="dd"))
        number = self._count() if element.tag == "li" else ""
        return framed(self.scribe, OpenBlock(BlockKind.ITEM, element.tag, level, number))

    def code(self, element: Any) -> ElementStep:
        """Drawings and source code; of a set of drawings the text form only."""
        parent = element.getparent()
        if element.get("type") in ("svg", "binary-art") and parent.tag == "artset":
            return DROP
        return framed(self.scribe, OpenBlock(BlockKind.CODE, style=element.get("type") or element.tag, verbatim=True))

    def figure(self, element: Any) -> ElementStep:
        """Figures and tables; a title in an attribute (version 2) is the caption."""
        self.scribe.tables += element.tag in ("table", "texttable")
        if element.get("title"):
            self._line(OpenBlock(BlockKind.CAPTION, element.tag), element.get("title"))
        return framed(self.scribe, OpenBlock())

    def row(self, element: Any) -> ElementStep:
        """Rows of version 3."""
        return framed(self.scribe, self.scribe.row(headed=element.find("td") is None))

    def cell(self, element: Any) -> ElementStep:
        """Cells of both versions; those of version 2 stand without rows, and their columns are counted."""
        scribe, parent = self.scribe, element.getparent()
        leave: Callable[[], None] = scribe.cell_end
        if parent.tag == "texttable":
            previous = element.getprevious()
            fresh = previous is None or previous.tag != element.tag
            columns = max(len(parent.findall("ttcol")), 1) if fresh and element.tag == "ttcol" else self._columns
            place = 0 if fresh else self._place + 1
            self._columns, self._place = columns, place
            if place % columns == 0:
                scribe.open(scribe.row(headed=element.tag == "ttcol"))
            if place % columns == columns - 1 or element.getnext() is None or element.getnext().tag != element.tag:
                leave = self._last_cell
        elif not scribe.in_row:
            return framed(self.scribe, OpenBlock())
        scribe.cell_begin()
        return ElementStep(leave=leave)

    def _last_cell(self) -> None:
        self.scribe.cell_end()
        self.scribe.close()

    def aside(self, element: Any) -> ElementStep:
        """Asides are notes, quotations stay paragraphs."""
        kind = BlockKind.NOTE if element.tag == "aside" else BlockKind.PARAGRAPH
        return framed(self.scribe, OpenBlock(kind, style=element.tag))

    def reference(self, element: Any) -> ElementStep:
        """An entry of a list of references: label, authors, title, series and date on one line."""
        step = framed(self.scribe, OpenBlock(BlockKind.ITEM, "reference", 1))
        self.scribe.say(self._numbers.label(element.get("anchor", "")) + " ")
        names = [author.get("fullname") or author.get("surname") or "" for author in element.findall("front/author")]
        self.scribe.say("".join(f"{name}, " for name in names if name))

        def leave() -> None:
            series = [f"{author.get('name')} {author.get('value')}" for author in element.iter("seriesInfo")]
            date = element.find("front/date")
            when = f"{date.get('month', '')} {date.get('year', '')}".strip() if date is not None else ""
            self.scribe.say("".join(f", {part}" for part in [*series, when] if part))
            if step.leave:
                step.leave()

        return ElementStep(leave=leave)

    def xref(self, element: Any) -> ElementStep:
        """Cross-references: their own words, or what xml2rfc generates."""
        wording = " ".join("".join(element.itertext()).split())
        if wording and element.tag != "eref":
            return PASS
        if not wording:
            shown = element.get("target", "") if element.tag == "eref" else self._numbers.shown(element)
            self.scribe.say(f"<{shown}>" if element.tag == "eref" and element.get("brackets") == "angle" else shown)
        return PASS

    def contact(self, element: Any) -> ElementStep:
        """A person named in running text."""
        self.scribe.say(element.get("fullname", ""))
        return DROP

    def turn(self, element: Any) -> ElementStep:  # noqa: ARG002 - all rules have one signature
        """A line break."""
        self.scribe.turn()
        return PASS


RULES: dict[str, Callable[[Rfc, Any], ElementStep]] = {
    "title": Rfc.title,
    "abstract": Rfc.front_part,
    "boilerplate": Rfc.front_part,
    "name": Rfc.name,
    "reference": Rfc.reference,
    "contact": Rfc.contact,
    "tr": Rfc.row,
    **dict.fromkeys(("section", "references", "note"), Rfc.section),
    **dict.fromkeys(("t", "preamble", "postamble"), Rfc.paragraph),
    **dict.fromkeys(("list", "ul", "ol", "dl"), Rfc.listing),
    **dict.fromkeys(("li", "dt", "dd"), Rfc.item),
    **dict.fromkeys(("artwork", "sourcecode"), Rfc.code),
    **dict.fromkeys(("figure", "table", "texttable"), Rfc.figure),
    **dict.fromkeys(("td", "th", "c", "ttcol"), Rfc.cell),
    **dict.fromkeys(("aside", "blockquote"), Rfc.aside),
    **dict.fromkeys(("xref", "relref", "eref"), Rfc.xref),
    **dict.fromkeys(("br", "vspace"), Rfc.turn),
}
