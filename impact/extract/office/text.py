"""Walk the runs of one Word paragraph: text, fields, symbols, equations, marks, references."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from lxml.etree import _Element as Element

from impact.extract.blocks.powers import SIGN, is_power
from impact.extract.office.flow import Flow
from impact.extract.office.names import M, W, value_of
from impact.extract.office.ooxml import MC, alternative
from impact.extract.office.revisions import MARKS
from impact.extract.office.styles import CharacterLook, Styles, look_of
from impact.extract.office.symbols import symbol

PLAIN = str.maketrans(
    {
        "\n": " ", "\r": " ", "\t": " ", "\u00a0": " ", "\u2007": " ", "\u2009": " ", "\u202f": " ", "\u2011": "-",
    }
)  # fmt: skip
"""Blanks and hyphens that look like plain ones and would hide words from a search."""

_PRIVATE = re.compile("[\ue000-\uf8ff]")
_BETWEEN = {f"{M}f": "/", f"{M}sSup": "^", f"{M}sSub": "_"}
_SHOWN = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
    f"{W}softHyphen": "\u00ad",
}


@dataclass(slots=True)
class _Field:
    """A field being read; its instruction is not text, its result is."""

    instruction: list[str] = field(default_factory=list)
    result: bool = False
    contents: bool = False


class Runs:
    """Reads the inline content of paragraphs into a flow; fields may run over several paragraphs.

    Attributes:
        boxes: Text boxes met since they were last taken, to be read after the paragraph.
        notes: Part ("footnotes" or "endnotes"), id, and whether the text itself holds the mark, of the notes referred
            to since they were last taken.
        contents: Whether text of a table of contents was laid since this was last set to False.
        pictures: Drawings and embedded objects without readable text.
        hidden: Characters of hidden text left out.
    """

    def __init__(self, flow: Flow, styles: Styles) -> None:
        self.boxes: list[Element] = []
        self.notes: list[tuple[str, str, bool]] = []
        self.contents = False
        self.pictures = 0
        self.hidden = 0
        self._flow = flow
        self._styles = styles
        self._fields: list[_Field] = []
        self._codes = 0
        self._tables = 0
        self._last = ""
        self._look = self._base = CharacterLook()
        self._inline: dict[str, Callable[[Element], None]] = {
            f"{W}r": self._run,
            f"{W}sdt": self._control,
            f"{MC}AlternateContent": self._alternative,
            f"{M}oMath": self._equation,
            f"{M}oMathPara": self._equation,
            f"{W}commentRangeStart": lambda element: flow.begin_comment(element.get(f"{W}id") or ""),
            f"{W}commentRangeEnd": lambda element: flow.end_comment(element.get(f"{W}id") or ""),
        }
        self._inline |= dict.fromkeys(MARKS, self._marked)
        wrappers = ("hyperlink", "smartTag", "customXml", "fldSimple", "dir")
        self._inline |= {f"{W}{name}": self._walk for name in wrappers}
        self._inline[f"{W}bdo"] = self._turned
        self._in_run: dict[str, Callable[[Element], None]] = {
            f"{W}t": lambda element: self._say(element.text or ""),
            f"{W}delText": lambda element: self._say(element.text or ""),
            f"{W}sym": self._symbol,
            f"{W}fldChar": self._field_mark,
            f"{W}instrText": self._instruct,
            f"{W}delInstrText": self._instruct,
            f"{W}commentReference": lambda element: flow.end_comment(element.get(f"{W}id") or ""),
            f"{W}footnoteReference": self._note,
            f"{W}endnoteReference": self._note,
            f"{W}ruby": self._ruby,
            f"{MC}AlternateContent": self._alternative,
        }
        self._in_run |= dict.fromkeys((f"{W}drawing", f"{W}pict", f"{W}object"), self._drawing)

    def read(self, paragraph: Element, base: CharacterLook) -> None:
        """Read one w:p; `base` are the character properties of its style."""
        self._base, self._last = base, ""
        self._walk(paragraph)
        self._flow.flush()
        while self._fields and not self._fields[-1].result:
            self._end_field()

    def outside(self, element: Element) -> None:
        """Read something that stands between paragraphs: the end of a comment's range, an equation."""
        self._base = self._look = CharacterLook()
        if element.tag in self._inline:
            self._inline[str(element.tag)](element)
        self._flow.flush()

    def leave_contents(self) -> None:
        """Forget fields that hold a table of contents; a heading is never inside of one."""
        if self._tables:
            self._fields = [field for field in self._fields if not field.contents]
            self._tables = 0

    def _walk(self, parent: Element) -> None:
        for child in parent:
            handle = self._inline.get(child.tag)
            if handle is not None:
                handle(child)

    def _marked(self, element: Element) -> None:
        self._flow.begin_mark(element)
        self._walk(element)
        self._flow.finish_mark()

    def _turned(self, element: Element) -> None:
        """Read what is shown in a forced direction, between the characters that force it."""
        self._say("\u202e" if element.get(f"{W}val") == "rtl" else "\u202d")
        self._walk(element)
        self._say("\u202c")

    def _control(self, element: Element) -> None:
        content = element.find(f"{W}sdtContent")
        if content is not None:
            self._walk(content)

    def _alternative(self, element: Element) -> None:
        branch = alternative(element)
        for child in branch if branch is not None else ():
            handle = self._in_run.get(child.tag) or self._inline.get(child.tag)
            if handle is not None:
                handle(child)

    def _run(self, run: Element) -> None:
        properties = run.find(f"{W}rPr")
        look = self._base
        if properties is not None:
            style = value_of(properties, "rStyle")
            look = self._styles.character(style).over(look) if style else look
            look = look_of(properties).over(look)
        self._look = look
        is_raised = properties is not None and value_of(properties, "vertAlign") == "superscript"
        if is_raised and is_power(self._last, "".join(text.text or "" for text in run.iterfind(f"{W}t"))):
            self._say(SIGN, clean=True)
        for child in run:
            tag = child.tag
            if tag in _SHOWN:
                self._say(_SHOWN[tag], clean=True)
            elif tag in self._in_run:
                self._in_run[tag](child)

    def _say(self, text: str, *, clean: bool = False) -> None:
        if not text or self._codes:
            return
        if self._look.hidden:
            self.hidden += len(text)
            return
        if not clean:
            if _PRIVATE.search(text):
                font = self._look.font
                text = _PRIVATE.sub(lambda match: symbol(font, ord(match.group())), text)
            text = text.translate(PLAIN)
        self._last = text
        self._flow.put(text, bold=bool(self._look.bold), size=self._look.size or 0.0)
        if self._tables and not self.contents:
            self.contents = bool(text.strip())

    def _symbol(self, element: Element) -> None:
        code = element.get(f"{W}char") or ""
        if re.fullmatch("[0-9A-Fa-f]{1,6}", code):
            self._say(symbol(element.get(f"{W}font") or "", int(code, 16)))

    def _field_mark(self, element: Element) -> None:
        kind = element.get(f"{W}fldCharType")
        if kind == "begin":
            self._fields.append(_Field())
            self._codes += 1
        elif self._fields and kind == "separate" and not self._fields[-1].result:
            current = self._fields[-1]
            current.result = True
            current.contents = "".join(current.instruction).split()[:1] == ["TOC"]
            self._codes -= 1
            self._tables += current.contents
        elif self._fields and kind == "end":
            self._end_field()

    def _end_field(self) -> None:
        ended = self._fields.pop()
        self._codes -= not ended.result
        self._tables -= ended.contents

    def _instruct(self, element: Element) -> None:
        if self._fields and not self._fields[-1].result:
            self._fields[-1].instruction.append(element.text or "")

    def _note(self, element: Element) -> None:
        if self._flow.revisions.visible and not self._look.hidden:
            part = "footnotes" if element.tag == f"{W}footnoteReference" else "endnotes"
            is_marked = (element.get(f"{W}customMarkFollows") or "0") in ("1", "true", "on")
            self.notes.append((part, element.get(f"{W}id") or "", is_marked))

    def _ruby(self, element: Element) -> None:
        for base in element.iterfind(f"{W}rubyBase"):
            self._walk(base)

    def _drawing(self, element: Element) -> None:
        if not self._flow.revisions.visible:
            return
        boxes = list(text_boxes(element))
        self.boxes.extend(boxes)
        self.pictures += not boxes

    def _equation(self, element: Element) -> None:
        self._look = self._base
        self._say(equation_text(element))


def text_boxes(element: Element) -> Iterator[Element]:
    """Yield the contents of text boxes under `element`, outermost only, alternatives once, in order."""
    for child in element:
        if child.tag == f"{W}txbxContent":
            yield child
        elif child.tag == f"{MC}AlternateContent":
            branch = alternative(child)
            if branch is not None:
                yield from text_boxes(branch)
        else:
            yield from text_boxes(child)


def equation_text(element: Element) -> str:
    """Return the text of an equation on one line, with / for fractions and ^ and _ for raised and lowered parts."""
    if element.tag in (f"{M}t", f"{W}t"):
        return element.text or ""
    glue = _BETWEEN.get(str(element.tag), "")
    pieces = [equation_text(child) for child in element.iterfind("*") if child.tag != f"{W}del"]
    if element.tag == f"{M}d":
        return _fenced(element, "".join(pieces))
    return glue.join(piece for piece in pieces if piece)


def _fenced(element: Element, inner: str) -> str:
    properties = element.find(f"{M}dPr")
    ends = []
    for name, usual in (("begChr", "("), ("endChr", ")")):
        fence = properties.find(f"{M}{name}") if properties is not None else None
        ends.append(usual if fence is None else fence.get(f"{M}val") or "")
    return ends[0] + inner + ends[1]
