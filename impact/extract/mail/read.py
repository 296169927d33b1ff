"""Read a message: its subject, sender and date as a cover, then its body; attachments are named."""

from dataclasses import replace
from hashlib import sha256

from impact.errors import UnreadableError
from impact.extract.blocks.builder import GAP, Assembly
from impact.extract.mail import eml, msg
from impact.extract.mail.message import MailMessage
from impact.extract.markup import html
from impact.extract.options import Options
from impact.extract.text import text
from impact.records import BlockKind, Document, Layout, Page, Span

EMPTY = "The message has no text of its own."


def read_eml(data: bytes, name: str, options: Options) -> Document:
    """Read a message as it is sent; fragments and origins are those of its body, as HTML or as plain text."""
    return _document(eml.parse(data, name), data, name, options, "eml")


def read_msg(data: bytes, name: str, options: Options) -> Document:
    """Read a message that Outlook saved; else as `read_eml`."""
    return _document(msg.parse(data, name), data, name, options, "msg")


def _document(message: MailMessage, data: bytes, name: str, options: Options, form: str) -> Document:
    cover = _cover(message, name)
    body = _body(message, name, options)
    properties = tuple(
        (key, value)
        for key, value in (("title", message.subject), ("sender", message.sender), ("date", message.date))
        if value
    )
    head = Document(
        id=sha256(data).hexdigest(),
        source=name,
        format=form,
        engine="email" if form == "eml" else "python-oxmsg",
        text=cover.text(),
        blocks=tuple(cover.blocks),
        pages=(Page(1),),
        layout=cover.layout(),
        properties=properties,
        warnings=message.warnings + (body.warnings if body else (EMPTY,)),
    )
    return _joined(head, body) if body else head


def _cover(message: MailMessage, name: str) -> Assembly:
    cover = Assembly()
    files = ", ".join(file.name for file in message.attachments)
    cover.put(message.subject or name, origin=0)
    cover.close(kind=BlockKind.HEADING, level=1, style="title")
    fields = (("From", message.sender), ("To", message.recipients), ("Date", message.date), ("Attachments", files))
    for label, value in fields:
        if value:
            cover.put(f"{label}: {value}", origin=0)
            cover.close()
    return cover


def _body(message: MailMessage, name: str, options: Options) -> Document | None:
    """Return the body as a document of its own, HTML before plain text; None where it has no words."""
    for words, reader in ((message.html, html.read), (message.text, text.read)):
        if words.strip():
            try:
                return reader(words.encode("utf-8-sig", "replace"), name, options)
            except UnreadableError:
                continue
    return None


def _joined(head: Document, body: Document) -> Document:
    """Return a document with the blocks of another behind its own."""
    shift = len(head.text) + len(GAP)
    blocks = tuple(
        replace(block, span=_moved(block.span, shift), cells=tuple(_moved(cell, shift) for cell in block.cells))
        for block in body.blocks
    )
    return replace(
        head, text=head.text + GAP + body.text, blocks=head.blocks + blocks, layout=_layout(head.layout, body, shift)
    )


def _moved(span: Span, shift: int) -> Span:
    return Span(span.start + shift, span.end + shift)


def _layout(head: Layout, body: Document, shift: int) -> Layout:
    behind = body.layout
    starts, ends = head.starts[:], head.ends[:]
    starts.extend(start + shift for start in behind.starts)
    ends.extend(end + shift for end in behind.ends)
    pages, origins = head.pages[:], head.origins[:]
    pages.extend(1 for _ in behind.pages)
    origins.extend(behind.origins)
    return Layout(starts, ends, pages, origins, head.boxes)
