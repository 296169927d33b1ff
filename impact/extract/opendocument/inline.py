"""Read the content of one paragraph of an OpenDocument text."""

from collections.abc import Callable
from dataclasses import dataclass, field

from lxml.etree import _Element as Element

from impact.extract.office.wordtree import ParagraphDraft, RevisionMark, RunLook
from impact.extract.opendocument.looks import OdtStyles, over
from impact.extract.opendocument.package import DC, DRAW, OFFICE, TEXT, count_of, local, squeezed
from impact.extract.opendocument.revised import Deletion, OdtChanges

_MOST_BLANKS = 100
_TRANSPARENT = frozenset({f"{TEXT}{name}" for name in ("a", "meta", "ruby", "ruby-base", "meta-field")})
_LEFT_OUT = frozenset(
    {
        f"{TEXT}{name}"
        for name in ("ruby-text", "tracked-changes", "sequence-decls", "variable-decls", "user-field-decls")
    }
    | {
        f"{TEXT}{name}"
        for name in ("soft-page-break", "number", "script", "alphabetical-index-auto-mark-file", "dde-link")
    }
    | {f"{OFFICE}{name}" for name in ("event-listeners", "annotation-end", "forms")}
)
"""Elements that hold no text of the document."""


@dataclass(slots=True)
class OdtNotes:
    """Notes and comments met so far: bodies of notes by part and id, comments as elements by id."""

    notes: dict[tuple[str, str], Element] = field(default_factory=dict)
    comments: dict[str, Element] = field(default_factory=dict)


class OdtRuns:
    """Reads runs into the draft of a paragraph.

    Attributes:
        draft: The open paragraph.
        hidden: Whether all that is read is not shown.
    """

    def __init__(
        self,
        styles: OdtStyles,
        changes: OdtChanges,
        split: Callable[[Deletion], None],
        boxes: Callable[[Element], list[Element]],
    ) -> None:
        """Begin; `split` lays deleted paragraphs, `boxes` returns the paragraphs of a text box."""
        self.draft = ParagraphDraft()
        self.found = OdtNotes()
        self.hidden = False
        self._styles = styles
        self._changes = changes
        self._split = split
        self._boxes = boxes
        self._blank = True
        self._marks: tuple[RevisionMark, ...] | None = None
        self._handlers: dict[str, Callable[[Element, RunLook], None]] = {
            f"{TEXT}span": self._span,
            f"{TEXT}s": lambda element, look: self._lay(" " * count_of(element, f"{TEXT}c", _MOST_BLANKS), look),
            f"{TEXT}tab": lambda _, look: self._lay("\t", look),
            f"{TEXT}line-break": lambda _, look: self._lay("\n", look),
            f"{TEXT}note": self._note,
            f"{OFFICE}annotation": self._comment,
            f"{TEXT}change": lambda element, _: self.delete(element),
            f"{TEXT}change-start": lambda element, _: changes.begin(element),
            f"{TEXT}change-end": lambda element, _: changes.end(element),
            f"{TEXT}hidden-text": self._hide,
            f"{TEXT}hidden-paragraph": lambda *_: None,
        }

    def begin(self) -> None:
        """Begin a paragraph."""
        self.draft, self._blank = ParagraphDraft(), True

    def paragraph(self, element: Element) -> None:
        """Read a paragraph."""
        look = RunLook(hidden=True) if self.hidden else RunLook()
        self._content(element, look)

    def deleted(self, element: Element, mark: RevisionMark) -> None:
        """Read a paragraph that was deleted."""
        outer, self._marks = self._marks, (mark,)
        self._content(element, RunLook())
        self._marks = outer

    def delete(self, element: Element) -> None:
        """Lay what was deleted at a place."""
        deletion = self._changes.take(element)
        if deletion is not None:
            self._split(deletion)

    def drawing(self, element: Element, look: RunLook) -> None:
        """Put a drawing with the text of its boxes."""
        boxes = self._boxes(element)
        pictures = any(
            local(child) in ("image", "object", "object-ole", "plugin") for child in element.iter(f"{DRAW}*")
        )
        if boxes or pictures:
            self.draft.drawing(look, boxes)

    def _content(self, parent: Element, look: RunLook) -> None:
        self._text(parent.text, look)
        for child in parent:
            tag = str(child.tag)
            if tag in self._handlers:
                self._handlers[tag](child, look)
            elif tag.startswith(DRAW):
                self.drawing(child, look)
            elif tag not in _LEFT_OUT and (tag.startswith(TEXT) or tag in _TRANSPARENT):
                self._content(child, look)
            self._text(child.tail, look)

    def _span(self, element: Element, look: RunLook) -> None:
        self._content(element, over(self._styles.look(element.get(f"{TEXT}style-name") or ""), look))

    def _hide(self, element: Element, look: RunLook) -> None:
        hidden = element.get(f"{TEXT}is-hidden") == "true"
        self._content(element, over(RunLook(hidden=True), look) if hidden else look)

    def _text(self, text: str | None, look: RunLook) -> None:
        shown = squeezed(text or "")
        if self._blank:
            shown = shown.removeprefix(" ")
        if shown:
            self._lay(shown, look)
            self._blank = shown.endswith(" ")

    def _lay(self, text: str, look: RunLook) -> None:
        self._blank = False
        self.draft.text(text, look, self._changes.marks if self._marks is None else self._marks)

    def _note(self, element: Element, look: RunLook) -> None:
        part = "endnotes" if element.get(f"{TEXT}note-class") == "endnote" else "footnotes"
        citation, body = element.find(f"{TEXT}note-citation"), element.find(f"{TEXT}note-body")
        if body is not None and self._marks is None:
            key = str(len(self.found.notes))
            self.found.notes[part, key] = body
            is_marked = citation is not None and citation.get(f"{TEXT}label") is not None
            self.draft.reference(f"{part[:-1]}Reference", key, look, own=is_marked)

    def _comment(self, element: Element, look: RunLook) -> None:
        key = str(len(self.found.comments))
        self.found.comments[key] = element
        self.draft.reference("commentReference", key, look)


def comment_of(element: Element) -> tuple[str, str, str]:
    """Return text, author and date of a comment."""
    lines = (plain(paragraph) for paragraph in element.iter(f"{TEXT}p"))
    return "\n".join(lines).strip(), element.findtext(f"{DC}creator") or "", element.findtext(f"{DC}date") or ""


def plain(paragraph: Element) -> str:
    """Return the text of a paragraph without formatting, notes and comments."""
    pieces = [squeezed(paragraph.text or "")]
    for child in paragraph:
        tag = str(child.tag)
        if tag == f"{TEXT}s":
            pieces.append(" " * count_of(child, f"{TEXT}c", _MOST_BLANKS))
        elif tag in (f"{TEXT}tab", f"{TEXT}line-break"):
            pieces.append("\t" if tag == f"{TEXT}tab" else "\n")
        elif tag.startswith(TEXT) and tag not in _LEFT_OUT and tag != f"{TEXT}note":
            pieces.append(plain(child))
        pieces.append(squeezed(child.tail or ""))
    return "".join(pieces)
