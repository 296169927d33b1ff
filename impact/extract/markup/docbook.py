"""DocBook, and other document XML by the names that its elements commonly have."""

from dataclasses import dataclass
from typing import Any

from impact.extract.blocks.facts import StatedFacts
from impact.extract.blocks.numbering import letters
from impact.extract.blocks.tree import DROP, PASS, ElementStep, ListNumbering, OpenBlock, Scribe, framed, walk
from impact.extract.markup.xep import is_field, is_xep
from impact.records import BlockKind
from impact.typed import Blank, load


@dataclass(frozen=True, slots=True)
class Elements:
    """Names of elements by what they make (docbook.toml)."""

    sections: frozenset[str]
    counted: frozenset[str]
    titles: frozenset[str]
    code: frozenset[str]
    notes: frozenset[str]
    items: frozenset[str]
    rows: frozenset[str]
    cells: frozenset[str]
    unread: frozenset[str]
    inline: frozenset[str]
    paragraphs: frozenset[str]
    lists: dict[str, Blank]
    numerals: dict[str, str]


ELEMENTS = load(Elements, "impact.extract.markup", "docbook.toml")


class Book:
    """A document being read."""

    def __init__(self, root: Any) -> None:
        self.scribe = Scribe()
        self._root = root
        self._open: list[tuple[str, list[int]]] = []
        self._tops = [0, 0]
        self._labels = self._all_labels()
        self._xep = is_xep(root)

    def read(self) -> Scribe:
        """Lay the blocks and return the scribe that holds them."""
        walk(self._root, self.scribe, self._enter)
        self.scribe.end()
        return self.scribe

    def _all_labels(self) -> dict[str, str]:
        """Return the title by id of what can be referred to, for references without words of their own."""
        labels = {}
        for element in self._root.iter():
            name = element.get("{http://www.w3.org/XML/1998/namespace}id") or element.get("id")
            title = next((child for child in element if _local(child) in ELEMENTS.titles), None) if name else None
            if name and title is not None:
                labels[name] = " ".join("".join(title.itertext()).split())[:200]
        return labels

    def _enter(self, element: Any) -> ElementStep:
        tag = _local(element)
        if tag in ELEMENTS.unread or (self._xep and is_field(element)):
            return DROP
        if tag in ELEMENTS.inline:
            return self._inline(tag, element)
        for rule in (self._structure, self._listed, self._table):
            step = rule(tag, element)
            if step:
                return step
        return self._plain(tag, element)

    def _plain(self, tag: str, element: Any) -> ElementStep:
        if tag in ELEMENTS.code:
            return framed(self.scribe, OpenBlock(BlockKind.CODE, style=tag, verbatim=True))
        if tag in ELEMENTS.notes:
            return framed(self.scribe, OpenBlock(BlockKind.NOTE, style=tag))
        if tag not in ELEMENTS.paragraphs and _mixed(element):
            return PASS
        return framed(self.scribe, OpenBlock(style="boilerplate" if tag == "legalnotice" else ""))

    def _inline(self, tag: str, element: Any) -> ElementStep:
        if tag in ("xref", "link") and not "".join(element.itertext()).strip():
            self.scribe.say(self._labels.get(element.get("linkend", ""), ""))
        return PASS

    def _structure(self, tag: str, element: Any) -> ElementStep | None:
        if tag in ELEMENTS.sections:
            self._open.append((self._number(tag), [0]))
            step = framed(self.scribe, OpenBlock(), self._open.pop)
            self._entitle(element.get("topic", ""), self._open[-1][0], len(self._open))
            return step
        if self._xep and tag == "abstract":
            step = framed(self.scribe, OpenBlock())
            self._entitle(tag.capitalize(), "", 1)
            return step
        if tag not in ELEMENTS.titles:
            return None
        parent = _local(element.getparent()) if element.getparent() is not None else ""
        if parent in ("info", "articleinfo", "bookinfo", "header", "titlestmt") or not self._open[1:]:
            return framed(self.scribe, OpenBlock(style="title"))
        if parent not in ELEMENTS.sections:
            return framed(self.scribe, OpenBlock(BlockKind.CAPTION, style=parent))
        level = max(sum(1 for _ in self._open) - 1, 1)
        return framed(self.scribe, OpenBlock(BlockKind.HEADING, parent, level, self._open[-1][0]))

    def _entitle(self, title: str, number: str, level: int) -> None:
        """Lay a heading that an element has as an attribute, or by its name; nothing where there is no title."""
        if title:
            self.scribe.open(OpenBlock(BlockKind.HEADING, "topic", level, number))
            self.scribe.say(title)
            self.scribe.close()

    def _number(self, tag: str) -> str:
        """Return the number of a section that opens: chapters 1, 2; appendices A, B; sections below them 1.1."""
        if tag not in ELEMENTS.counted or (_local(self._root) not in ("book", "article", "xep") and not self._open):
            return ""
        above = self._open[-1] if self._open else ("", [0])
        if above[0]:
            above[1][0] += 1
            return f"{above[0]}.{above[1][0]}"
        if len(self._open) > 1:
            return ""
        appendix = tag in ("appendix", "annex")
        self._tops[appendix] += 1
        return letters(self._tops[1]) if appendix else str(self._tops[0])

    def _listed(self, tag: str, element: Any) -> ElementStep | None:
        scribe = self.scribe
        if tag in ELEMENTS.lists:
            form = ELEMENTS.numerals.get(element.get("numeration", ""), ELEMENTS.lists[tag])
            scribe.lists.append(ListNumbering(form))
            return framed(self.scribe, OpenBlock(), scribe.lists.pop)
        if tag == "term":
            return framed(self.scribe, OpenBlock(BlockKind.ITEM, "term", len(scribe.lists) or 1))
        if tag not in ELEMENTS.items:
            return None
        if _local(element.getparent()) == "varlistentry":
            return framed(self.scribe, OpenBlock(style="dd"))
        return framed(self.scribe, OpenBlock(BlockKind.ITEM, tag, len(scribe.lists) or 1, scribe.number()))

    def _table(self, tag: str, element: Any) -> ElementStep | None:
        scribe = self.scribe
        if tag in ("table", "informaltable"):
            scribe.tables += 1
            return framed(self.scribe, OpenBlock(style="table"))
        if tag in ELEMENTS.rows and not scribe.in_row:
            return framed(self.scribe, scribe.row(headed=_local(element.getparent()) == "thead"))
        if tag in ELEMENTS.cells and scribe.in_row:
            scribe.cell_begin()
            return ElementStep(leave=scribe.cell_end)
        return None


def facts_of_book(root: Any) -> tuple[tuple[str, str], ...]:
    """Return what the information section of a DocBook document says, as lower-case names and values."""
    info = next((element for element in root if _local(element) in ("info", "bookinfo", "articleinfo")), None)
    facts = StatedFacts()
    names = {
        "title": "title", "subtitle": "subtitle", "pubdate": "date", "releaseinfo": "revision",
        "orgname": "organizations",
        "productnumber": "number", "edition": "edition", "biblioid": "number",
    }  # fmt: skip
    for element in info.iter() if info is not None else ():
        key, parents = names.get(_local(element)), [_local(parent) for parent in element.iterancestors()]
        if key and "revhistory" not in parents:
            facts.add(key, "".join(element.itertext()))
    return tuple(facts.pairs())


def _mixed(element: Any) -> bool:
    """Return whether an element stands in running text."""
    parent = element.getparent()
    return parent is not None and any((text or "").strip() for text in (element.tail, parent.text))


def _local(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
