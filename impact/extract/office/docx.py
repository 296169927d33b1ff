"""Read Word documents (DOCX) with true clause numbers, in the accepted or the original view.

The cells of a table row are parted by " | ", the paragraphs of a cell by a line end; an empty cell leaves no trace.
A tab stays a tab, a forced line break a line end. A row that holds running text, and every row of a table with one
column, is read as paragraphs. Running heads and feet are left out; footnotes, endnotes and text boxes follow the
paragraph that they hang on. Where a tracked paragraph mark is gone in the view, the two paragraphs become one block
with the number and style of the first that has text.
"""

import posixpath

from lxml.etree import _Element as Element

from impact.errors import UnreadableError
from impact.extract.office.archive import Container, open_container
from impact.extract.office.body import BLOCKS, NOTE_FORMS, note_texts
from impact.extract.office.content import WordContent, lay
from impact.extract.office.names import W
from impact.extract.office.numbering import Numbering
from impact.extract.office.ooxml import core_properties, parse, relationships, stream
from impact.extract.office.styles import Styles
from impact.extract.options import Options
from impact.records import Document


def read(data: bytes, name: str, options: Options) -> Document:
    """Read a DOCX; `view` of the options and the limits of an archive hold here.

    `Layout.origins` holds the ordinal of the w:p element in document order, 0-based; text of a note has the ordinal of
    the paragraph that refers to it. There is one page, since Word does not store where pages break.

    Raises:
        UnreadableError: If it is encrypted, truncated, damaged or no Word document.
        LimitError: If it would unpack to more than the options allow.
    """
    container = open_container(data, name, options)
    main = _main_part(container)
    parts = {kind: target for kind, target in relationships(container, main).values() if target in container}
    styles = Styles(_optional(container, parts, "styles"))
    content = WordContent(
        blocks=stream(container, main, f"{W}body", BLOCKS),
        styles=styles,
        numbering=Numbering(_optional(container, parts, "numbering"), styles.lists),
        notes=_notes(container, parts),
        comments=_comments(container, parts),
        properties=core_properties(container),
    )
    return lay(content, data, name, options, form="docx", engine="lxml")


def _main_part(container: Container) -> str:
    """Return the name of the part with the text, as the package says, else the usual name."""
    named = [target for kind, target in relationships(container, "").values() if kind == "officeDocument"]
    main = next((target for target in named if target in container), "word/document.xml")
    if main not in container:
        message = f"{container.name} contains no word/document.xml, so it is not a complete Word document"
        raise UnreadableError(message, "Open it in an office program and save it again as .docx")
    if posixpath.splitext(main)[1].lower() != ".xml" or not main.lower().startswith("word/"):
        message = f"{container.name} is an office document, but not a Word document: its main part is {main}"
        raise UnreadableError(message, "Save it as .docx, .pptx or PDF and use that file")
    return main


def _notes(container: Container, parts: dict[str, str]) -> dict[tuple[str, str], Element]:
    notes: dict[tuple[str, str], Element] = {}
    for part in NOTE_FORMS:
        root = _optional(container, parts, part)
        if root is not None:
            notes |= {(part, key): note for key, note in note_texts(root)}
    return notes


def _optional(container: Container, parts: dict[str, str], kind: str) -> Element | None:
    return parse(container, parts[kind]) if kind in parts else None


def _comments(container: Container, parts: dict[str, str]) -> dict[str, tuple[str, str, str]]:
    """Return text, author and date of each comment by its id."""
    root = _optional(container, parts, "comments")
    comments = {}
    for comment in root.iterfind(f"{W}comment") if root is not None else ():
        lines = ["".join(piece.text or "" for piece in line.iter(f"{W}t")) for line in comment.iter(f"{W}p")]
        author, date = comment.get(f"{W}author") or "", comment.get(f"{W}date") or ""
        comments[comment.get(f"{W}id") or ""] = ("\n".join(lines).strip(), author, date)
    return comments
