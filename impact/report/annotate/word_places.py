"""Where the characters of a Word paragraph are, run by run, as the extraction saw them."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from unicodedata import category

from impact.report.annotate.word_package import Element

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
WRAPPERS = ("hyperlink", "smartTag", "customXml", "fldSimple", "dir", "bdo", "ins", "del", "moveFrom", "moveTo")
ABSENT = {"accepted": ("del", "moveFrom"), "original": ("ins", "moveTo")}
"""What a view leaves out, as the extraction does."""

SHOWN = {"noBreakHyphen": "-", "sym": "\ufffc"}
"""What elements of a run that hold no text stand for; a symbol stands for some character, which matches none."""


@dataclass(frozen=True, slots=True)
class WordCharacter:
    """One character: its run, the child of the run that holds it, and its place in the text of that child."""

    run: Element
    child: Element
    index: int


def squeezed(text: str) -> str:
    """Return a text without white space and invisible marks, so that two views of one paragraph can be compared."""
    return "".join(map(folded, text))


def folded(character: str) -> str:
    """Return what counts of a character: nothing of white space and of format characters."""
    if character.isspace() or category(character) == "Cf":
        return ""
    return "-" if character == "\u2011" else character


class WordParagraph:
    """The characters of a w:p that stand in a view, without white space."""

    def __init__(self, element: Element, w: str, view: str) -> None:
        """Walk the runs; `w` is the namespace of the document in braces."""
        self._w = w
        self._absent = {w + name for name in ABSENT[view]}
        self._wrappers = {w + name for name in WRAPPERS}
        self._shown = {w + name: text for name, text in SHOWN.items()}
        self._waiting: list[bool] = []  # a field each that is open: whether its result is still to come
        pairs = [(letter, spot) for character, spot in self._walk(element) for letter in folded(character)]
        self.text = "".join(letter for letter, _ in pairs)
        self.spots = [spot for _, spot in pairs]

    def find(self, text: str, start: int, end: int) -> tuple[int, int] | None:
        """Return where `start` to `end` of a squeezed text, read of this paragraph, is; None where that is unsure."""
        wanted = text[start:end]
        if not wanted:
            return None
        at = self.text.find(text)
        if at >= 0:
            return at + start, at + end
        position, ordinal = -1, _occurrences(text, wanted, start) + 1
        for _ in range(ordinal):
            position = self.text.find(wanted, position + 1)
            if position < 0:
                return None
        return position, position + len(wanted)

    def _walk(self, parent: Element) -> Iterator[tuple[str, WordCharacter]]:
        for child in parent:
            tag = child.tag
            if tag == f"{self._w}r":
                yield from self._run(child)
            elif tag in self._wrappers and tag not in self._absent:
                yield from self._walk(child)
            elif tag == f"{self._w}sdt":
                for content in child.iterchildren(f"{self._w}sdtContent"):
                    yield from self._walk(content)
            elif tag == f"{MC}AlternateContent":
                branches = [*child.iterchildren(f"{MC}Choice"), *child.iterchildren(f"{MC}Fallback")]
                for branch in branches[:1]:
                    yield from self._walk(branch)

    def _run(self, run: Element) -> Iterator[tuple[str, WordCharacter]]:
        w = self._w
        hidden = run.find(f"{w}rPr/{w}vanish")
        unseen = hidden is not None and hidden.get(f"{w}val") not in {"0", "false", "off"}
        for child in run:
            tag = child.tag
            if tag == f"{w}fldChar":
                self._field(child.get(f"{w}fldCharType"))
            elif unseen or any(self._waiting):
                continue
            elif tag in {f"{w}t", f"{w}delText"}:
                yield from ((letter, WordCharacter(run, child, index)) for index, letter in enumerate(child.text or ""))
            elif tag in self._shown:
                yield self._shown[tag], WordCharacter(run, child, 0)
            elif tag == f"{w}ruby":
                for piece in child.iterfind(f"{w}rubyBase//{w}t"):
                    yield from ((letter, WordCharacter(run, child, 0)) for letter in piece.text or "")

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self._waiting.append(True)
        elif kind == "separate" and self._waiting:
            self._waiting[-1] = False
        elif kind == "end" and self._waiting:
            self._waiting.pop()


def isolated(first: WordCharacter, last: WordCharacter, w: str) -> tuple[Element, Element]:
    """Return the runs that begin with the character at `first` and end with that at `last`, split off where needed."""
    child, index = last.child, last.index + 1
    if child.tag not in {f"{w}t", f"{w}delText"} or index >= len(child.text or ""):
        child, index = child.getnext(), 0
    if child is not None:
        _split(last.run, child, index, w)
    start = _split(first.run, first.child, first.index, w)
    return start, start if last.run is first.run else last.run


def _split(run: Element, child: Element, index: int, w: str) -> Element:
    """Move `child` from its character `index` on, and all after it, to a new run behind; return the run that has it."""
    first = next((child for child in run if child.tag != f"{w}rPr"), None)
    if index == 0 and child is first:
        return run
    rest = run.makeelement(run.tag, dict(run.attrib), run.nsmap)
    properties = run.find(f"{w}rPr")
    if properties is not None:
        rest.append(deepcopy(properties))
    following = list(child.itersiblings())
    if index == 0:
        rest.append(child)
    else:
        text = child.text or ""
        tail = child.makeelement(child.tag, dict(child.attrib), child.nsmap)
        child.text, tail.text = text[:index], text[index:]
        for piece in (child, tail):
            piece.set(SPACE, "preserve")
        rest.append(tail)
    rest.extend(following)
    run.addnext(rest)
    return rest


def _occurrences(text: str, wanted: str, end: int) -> int:
    """Return how often `wanted` begins in `text` before `end`."""
    count, at = 0, text.find(wanted)
    while 0 <= at < end:
        count, at = count + 1, text.find(wanted, at + 1)
    return count
