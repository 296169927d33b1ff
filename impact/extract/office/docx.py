"""Read Word documents (DOCX) with true clause numbers, in the accepted or the original view.

The cells of a table row are parted by " | ", the paragraphs of a cell by a line end; an empty cell leaves no trace.
A tab stays a tab, a forced line break a line end. A row that holds running text, and every row of a table with one
column, is read as paragraphs. Running heads and feet are left out; footnotes, endnotes and text boxes follow the
paragraph that they hang on. Where a tracked paragraph mark is gone in the view, the two paragraphs become one block
with the number and style of the first that has text.
"""

import hashlib
import posixpath

from lxml.etree import _Element as Element

from impact.errors import UnreadableError
from impact.extract.office.archive import Container, open_container
from impact.extract.office.body import NOTE_FORMS, Body, note_texts
from impact.extract.office.flow import Flow
from impact.extract.office.names import W
from impact.extract.office.numbering import Numbering
from impact.extract.office.ooxml import core_properties, parse, relationships, stream
from impact.extract.office.styles import Styles
from impact.extract.options import Options
from impact.records import Document, Page, PageVerdict


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
    flow = Flow(options.view)
    body = _body(container, parts, flow)
    for element in stream(container, main, f"{W}body", body.tags):
        body.read(element)
    body.finish()
    comments = flow.comments(_comments(container, parts))
    text = flow.assembly.text()
    return Document(
        id=hashlib.sha256(data).hexdigest(),
        source=name,
        format="docx",
        engine="lxml",
        text=text,
        blocks=tuple(flow.assembly.blocks),
        pages=(Page(1, verdict=PageVerdict.OK if text else PageVerdict.EMPTY),),
        layout=flow.assembly.layout(),
        changes=flow.revisions.changes(len(text)),
        comments=comments,
        properties=core_properties(container),
        warnings=_warnings(body),
    )


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


def _body(container: Container, parts: dict[str, str], flow: Flow) -> Body:
    styles = Styles(_optional(container, parts, "styles"))
    numbering = Numbering(_optional(container, parts, "numbering"), styles.lists)
    notes: dict[tuple[str, str], Element] = {}
    for part in NOTE_FORMS:
        root = _optional(container, parts, part)
        if root is not None:
            notes |= {(part, key): note for key, note in note_texts(root)}
    return Body(flow, styles, numbering, notes)


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


def _warnings(body: Body) -> tuple[str, ...]:
    warnings = {
        "{} pictures, drawings or embedded objects were not read.": body.runs.pictures,
        "{} characters of hidden text were not read.": body.runs.hidden,
        "{} embedded parts in other formats were not read.": body.parts,
    }
    return tuple(sentence.format(count) for sentence, count in warnings.items() if count)
