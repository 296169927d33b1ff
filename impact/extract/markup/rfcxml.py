"""XML: xml2rfc sources (versions 2, 3), DocBook, XMPP extensions, other document XML. Fragments are text nodes."""

from impact.errors import UnreadableError
from impact.extract.blocks.decode import decode
from impact.extract.blocks.finish import document
from impact.extract.blocks.xmltree import declared, parse
from impact.extract.markup.docbook import Book, facts_of_book
from impact.extract.markup.rfcxml_blocks import Rfc
from impact.extract.markup.rfcxml_facts import facts_of_rfc
from impact.extract.markup.xep import facts_of_xep, is_xep
from impact.extract.options import Options
from impact.records import Document


def read(data: bytes, name: str, options: Options) -> Document:  # noqa: ARG001 - every reader has this signature
    """Read an XML document; origins are ordinals of text nodes, -1 for characters that the format generates.

    Raises:
        UnreadableError: If it is empty, no XML, or has no words to read.
    """
    decoded = decode(data, name, declared(data))
    root, warnings = parse(decoded.text, name)
    if root.tag == "rfc":
        scribe, facts, form = Rfc(root).read(), facts_of_rfc(root), "rfcxml"
    else:
        facts = facts_of_xep(root) if is_xep(root) else facts_of_book(root)
        scribe, form = Book(root).read(), "xml"
    if not scribe.assembly.blocks:
        message = f"{name} is an XML file without text"
        raise UnreadableError(message, "Give the document in another format: PDF, HTML or plain text")
    return document(
        scribe.assembly, data, name, form=form, engine="lxml", properties=facts, warnings=decoded.warnings + warnings
    )
