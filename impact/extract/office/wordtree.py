"""Build the elements of WordprocessingML, for formats that hold the same in another form.

DOC and RTF have the paragraphs, runs, styles, lists and revision marks of DOCX, and ODT nearly so. Their readers build
these elements in memory, and `body.Body` reads them as it reads a DOCX.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree
from lxml.etree import _Element as Element

from impact.extract.office.names import VAL, W

_INVALID = re.compile("[\x00-\x1f\ufffe\uffff\ud800-\udfff]")
_PIECES = re.compile(r"([\t\n\x1e\x1f])")
_SHOWN = {"\t": "tab", "\n": "br", "\x1e": "noBreakHyphen"}


@dataclass(frozen=True, slots=True)
class RunLook:
    """Properties of characters; None and empty where nothing is said. `size` is in half points."""

    bold: bool | None = None
    size: int = 0
    hidden: bool | None = None
    font: str = ""
    style: str = ""


@dataclass(frozen=True, slots=True)
class RevisionMark:
    """A revision mark on characters, the end of a paragraph or a row: "ins" or "del", author and ISO date."""

    kind: str
    author: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class ParagraphFacts:
    """Properties of a paragraph: its style, list and 0-based level in it, outline level, and marks on its end.

    Attributes:
        list_id: Empty where the style decides, "0" where it is in no list.
        list_level: None where list or style decides.
        outline: 0-based; None where nothing is said.
    """

    style: str = ""
    list_id: str = ""
    list_level: int | None = None
    outline: int | None = None
    marks: tuple[RevisionMark, ...] = ()


def add(parent: Element, tag: str, value: str | int | None = None, **attributes: str) -> Element:
    """Append a child with this w:val and these attributes, all in the namespace of WordprocessingML."""
    child = etree.SubElement(parent, W + tag)
    if value is not None:
        child.set(VAL, clean(str(value)))
    for name, text in attributes.items():
        child.set(W + name, clean(text))
    return child


def root(tag: str) -> Element:
    """Return an element without a parent."""
    return etree.Element(W + tag)


def clean(text: str) -> str:
    """Return the text without characters that XML cannot hold."""
    return _INVALID.sub("", text)


def add_marks(parent: Element, marks: Iterable[RevisionMark]) -> None:
    """Add revision marks to the properties of a paragraph mark or row."""
    for mark in marks:
        add(parent, mark.kind, author=mark.author, date=mark.date)


def add_look(parent: Element, look: RunLook) -> None:
    """Add properties of characters, where there are any."""
    if look == RunLook():
        return
    properties = add(parent, "rPr")
    if look.style:
        add(properties, "rStyle", look.style)
    if look.font:
        add(properties, "rFonts", ascii=look.font)
    if look.size > 0:
        add(properties, "sz", look.size)
    for tag, switched in (("b", look.bold), ("vanish", look.hidden)):
        if switched is not None:
            add(properties, tag, int(switched))


class ParagraphDraft:
    """A paragraph in the making."""

    def __init__(self) -> None:
        self.element = root("p")
        self._run: Element | None = None
        self._key: object = None

    @property
    def empty(self) -> bool:
        """Whether nothing was put in it."""
        return len(self.element) == 0

    def text(self, text: str, look: RunLook, marks: tuple[RevisionMark, ...] = ()) -> None:
        """Put characters; tabs, line ends, U+001E (a hyphen) and U+001F (nothing) mean what they mean in Word."""
        for piece in _PIECES.split(text):
            if piece in _SHOWN:
                add(self.run(look, marks), _SHOWN[piece])
            elif piece and piece != "\x1f":
                add(self.run(look, marks), "t").text = clean(piece)

    def symbol(self, font: str, code: int, look: RunLook, marks: tuple[RevisionMark, ...] = ()) -> None:
        """Put a character of a symbol font."""
        add(self.run(look, marks), "sym", font=font, char=f"{code:04X}")

    def field(self, mark: str, look: RunLook, marks: tuple[RevisionMark, ...] = ()) -> None:
        """Put one of the three marks of a field: begin, separate, end."""
        add(self.run(look, marks), "fldChar", fldCharType=mark)

    def instruction(self, text: str, look: RunLook) -> None:
        """Put a part of the instruction of a field."""
        add(self.run(look, ()), "instrText").text = clean(text)

    def reference(self, tag: str, key: str, look: RunLook, *, own: bool = False) -> None:
        """Refer to a note or comment; `own` where the text itself holds the mark of the note."""
        reference = add(self.run(look, ()), tag, id=key)
        if own:
            reference.set(f"{W}customMarkFollows", "1")

    def drawing(self, look: RunLook, boxes: Iterable[Element] = ()) -> None:
        """Put a picture, or a drawing with the paragraphs of its text boxes."""
        picture = add(self.run(look, ()), "pict")
        content = None
        for child in boxes:
            content = add(picture, "txbxContent") if content is None else content
            content.append(child)

    def run(self, look: RunLook, marks: tuple[RevisionMark, ...]) -> Element:
        """Return the run to which characters of this look and with these marks are added."""
        if self._run is None or self._key != (look, marks):
            parent = self.element
            for mark in marks:
                parent = add(parent, mark.kind, author=mark.author, date=mark.date)
            self._run, self._key = add(parent, "r"), (look, marks)
            add_look(self._run, look)
        return self._run

    def finish(self, facts: ParagraphFacts) -> Element:
        """Give the paragraph its properties and return it."""
        properties = add(self.element, "pPr")
        if facts.style:
            add(properties, "pStyle", facts.style)
        add_numbering(properties, facts.list_id, facts.list_level)
        if facts.outline is not None:
            add(properties, "outlineLvl", facts.outline)
        if facts.marks:
            add_marks(add(properties, "rPr"), facts.marks)
        return self.element


def add_numbering(properties: Element, list_id: str, level: int | None) -> None:
    """Add list and level to properties of a paragraph or style, where either is given."""
    if list_id or level is not None:
        numbering = add(properties, "numPr")
        if list_id:
            add(numbering, "numId", list_id)
        if level is not None:
            add(numbering, "ilvl", level)
