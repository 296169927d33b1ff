"""`annotated.docx`: the original with a comment at the words of each finding and safeguard.

Text, revision marks and comments of the original stay as they are; runs are split where a comment begins or ends inside
of one. A comment whose words are not found exactly stands at their paragraph and says so, as do those on footnotes and
text boxes, where Word allows no comment.
"""

import json
import posixpath
from typing import Any

from lxml import etree

from impact.errors import UnreadableError
from impact.report.annotate.word_package import Element, Package
from impact.report.annotate.word_places import SPACE, WordParagraph, isolated, squeezed

MAIN = "word/document.xml"
COMMENTS = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
STRICT = "http://purl.oclc.org/ooxml/"
RELATION = {
    True: f"{STRICT}officeDocument/relationships/comments",
    False: "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments",
}
"""Type of the relationship to the comments, by whether the document is of the strict variant."""

NOT_EXACT = "The words could not be found exactly, so this comment stands at their paragraph."


def annotate(data: bytes, name: str, letter: str) -> bytes:
    """Return the DOCX with the notes of a letter (see `annotate.notes.letter`); equal input gives equal bytes.

    Raises:
        UnreadableError: If the file is signed, damaged, a template, or holds macros.
    """
    notes = json.loads(letter)
    package = Package(data, name)
    main = package.target("", "officeDocument") or MAIN
    kind = package.type_of(main).lower()
    if "macroenabled" in kind or "template" in kind:
        message = f"{name} is a template or contains macros, so annotated.docx cannot be made from it"
        raise UnreadableError(message, "Save it as .docx in an office program and analyze that file")
    root = package.parse(main)
    writer = _Writer(root, package, main, notes)
    for note in notes["notes"]:
        writer.comment(note)
    writer.finish(notes["about"])
    return package.packed()


class _Writer:
    """Comments on one document."""

    def __init__(self, root: Element, package: Package, main: str, notes: dict[str, Any]) -> None:
        self._root, self._package, self._main = root, package, main
        self._w = f"{{{etree.QName(root).namespace}}}"
        self._view = notes["view"]
        self._author, self._date = notes["author"], notes["made_at"].replace("+00:00", "Z")
        body = root.find(f"{self._w}body")
        self._paragraphs: list[Element] = list(body.iter(f"{self._w}p")) if body is not None else []
        self._part = package.target(main, "comments")
        self._comments = package.parse(self._part) if self._part in package else self._no_comments()
        marks = ("comment", "commentRangeStart", "commentReference")
        tags = [self._w + mark for mark in marks]
        identities = [
            identity.get(f"{self._w}id") or "" for tree in (root, self._comments) for identity in tree.iter(*tags)
        ]
        self._next = (
            max((int(identity) for identity in identities if identity.isdecimal() and len(identity) < 10), default=-1)
            + 1
        )
        self._inexact = 0

    def comment(self, note: dict[str, Any]) -> None:
        """Anchor a note at its words, or at their paragraph."""
        runs = self._words(note["first"], note["last"])
        if runs is not None:
            self._anchor(*runs, self._written(note["title"], note["text"]))
            return
        self._inexact += 1
        self._at_paragraph(note["first"]["paragraph"], self._written(note["title"], f"{note['text']}\n{NOT_EXACT}"))

    def finish(self, about: str) -> None:
        """Anchor the note on the whole at the first paragraph, and write the parts."""
        if self._inexact:
            about += f"\n{self._inexact} of the comments stand at a paragraph and not at its words."
        self._at_paragraph(0, self._written("Human rights brief", about))
        self._package.put(self._main, self._root)
        if self._part not in self._package:
            folder = posixpath.dirname(self._main)
            names = (posixpath.join(folder, name) for name in ("comments.xml", "comments-of-impact.xml"))
            self._part = next(name for name in names if name not in self._package)
            self._package.relate(self._main, RELATION[self._w[1:].startswith(STRICT)], self._part)
            self._package.declare(self._part, COMMENTS)
        self._package.put(self._part, self._comments)

    def _no_comments(self) -> Element:
        return etree.Element(f"{self._w}comments", nsmap={"w": self._w[1:-1]})

    def _words(self, first: dict[str, Any], last: dict[str, Any]) -> tuple[Element, Element] | None:
        """Return the first and last run of the words, which hold nothing else; None where they are not found."""
        same = first["paragraph"] == last["paragraph"]
        text, start = squeezed(first["text"]), len(squeezed(first["text"][: first["at"]]))
        end = len(squeezed(last["text"][: last["at"] + 1]))
        begun = self._ends(first["paragraph"], text, start, end if same else len(text))
        ended = begun if same else self._ends(last["paragraph"], squeezed(last["text"]), 0, end)
        if begun is None or ended is None:
            return None
        return isolated(begun[0], ended[1], self._w)

    def _ends(self, ordinal: int, text: str, start: int, end: int) -> tuple[Any, Any] | None:
        """Return the places of the first and last of some characters of a paragraph; None in a text box too."""
        if not 0 <= ordinal < len(self._paragraphs) or self._host(self._paragraphs[ordinal]) is not None:
            return None
        paragraph = WordParagraph(self._paragraphs[ordinal], self._w, self._view)
        positions = paragraph.find(text, start, end)
        return (paragraph.spots[positions[0]], paragraph.spots[positions[1] - 1]) if positions else None

    def _host(self, paragraph: Element) -> Element | None:
        """Return the paragraph at which a text box hangs that holds this one; None for one in no text box."""
        return next(reversed(list(paragraph.iterancestors(f"{self._w}p"))), None)

    def _at_paragraph(self, ordinal: int, identity: str) -> None:
        if not self._paragraphs:
            return
        paragraph = self._paragraphs[min(max(ordinal, 0), len(self._paragraphs) - 1)]
        host = self._host(paragraph)
        paragraph = paragraph if host is None else host
        begin = self._mark("commentRangeStart", identity)
        properties = paragraph.find(f"{self._w}pPr")
        if properties is None:
            paragraph.insert(0, begin)
        else:
            properties.addnext(begin)
        paragraph.append(self._mark("commentRangeEnd", identity))
        paragraph.append(self._reference(identity))

    def _anchor(self, first: Element, last: Element, identity: str) -> None:
        first.addprevious(self._mark("commentRangeStart", identity))
        last.addnext(self._reference(identity))
        last.addnext(self._mark("commentRangeEnd", identity))

    def _mark(self, name: str, identity: str) -> Element:
        return self._root.makeelement(self._w + name, {f"{self._w}id": identity})

    def _reference(self, identity: str) -> Element:
        run = self._root.makeelement(f"{self._w}r")
        run.append(self._mark("commentReference", identity))
        return run

    def _written(self, title: str, text: str) -> str:
        """Write a comment, a paragraph a line with the title in bold, and return its id."""
        w, identity = self._w, str(self._next)
        self._next += 1
        fields = {f"{w}id": identity, f"{w}author": self._author, f"{w}date": self._date, f"{w}initials": "im"}
        comment = etree.SubElement(self._comments, f"{w}comment", fields)
        for at, line in enumerate([title, *text.split("\n")]):
            run = etree.SubElement(etree.SubElement(comment, f"{w}p"), f"{w}r")
            if not at:
                etree.SubElement(etree.SubElement(run, f"{w}rPr"), f"{w}b")
                etree.SubElement(run, f"{w}annotationRef")
            piece = etree.SubElement(run, f"{w}t", {SPACE: "preserve"})
            piece.text = line
        return identity
