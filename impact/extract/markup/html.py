"""HTML: pages of standards bodies, ReSpec and Bikeshed sources, xml2rfc output.

Read with lxml. Measured on the three largest shared pages: as fast as selectolax (16 to 24 ms each, parse and walk),
and linear where selectolax is not (100,000 nested elements: 3 ms against 26 s).
"""

import re
from typing import Any

from lxml import etree, html

from impact.errors import UnreadableError
from impact.extract.blocks.decode import decode
from impact.extract.blocks.finish import document
from impact.extract.markdown.lay import Layer
from impact.extract.markdown.markdown import LINE, lay, without_comments
from impact.extract.markup.html_blocks import HtmlPage
from impact.extract.markup.html_facts import facts_of
from impact.extract.options import Options
from impact.records import Document

DECLARED = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,100}encoding=[\"']([\w.:-]{2,40})",
    re.IGNORECASE,
)

# Source: ReSpec documentation, "format": the page's text is Markdown among HTML elements.
MARKDOWN = re.compile(r"respecConfig\s*=.{0,20000}?\bformat\s*:\s*[\"']markdown[\"']", re.DOTALL)


def read(data: bytes, name: str, options: Options) -> Document:  # noqa: ARG001 - every reader has this signature
    """Read an HTML file; fragments are text nodes, origins are their ordinals in document order.

    Where a ReSpec source is written in Markdown, it is read as such, and origins are characters of the decoded file.

    Raises:
        UnreadableError: If it is empty, no text, or has no words to read.
    """
    decoded = decode(data, name, _declared(data))
    root, warnings = parse(decoded.text)
    if MARKDOWN.search(decoded.text, 0, 100_000):
        layer = lay_markdown(decoded.text)
        facts = facts_of(root)
        notes = decoded.warnings
        return document(layer.scribe.assembly, data, name, form="html", engine="text", properties=facts, warnings=notes)
    page = HtmlPage(root)
    page.read()
    if not page.scribe.assembly.blocks:
        message = f"{name} is an HTML file without text"
        raise UnreadableError(message, "Save the page from a browser once it has loaded, or give it as PDF")
    return document(
        page.scribe.assembly,
        data,
        name,
        form="html",
        engine="lxml",
        properties=facts_of(root),
        warnings=decoded.warnings + warnings,
    )


def lay_markdown(text: str) -> Layer:
    """Return the blocks of the body of a ReSpec source that is written in Markdown."""
    source = without_comments(text)
    body = re.search(r"<body[^>]*>", source)
    place = body.end() if body else 0
    return lay(source, [match.span(1) for match in LINE.finditer(source, place)], bikeshed=True)


def parse(text: str) -> tuple[Any, tuple[str, ...]]:
    """Return the root of an HTML tree and warnings; comments and processing instructions are dropped."""
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=True, encoding="utf-8", no_network=True)
    clean = re.sub("[\x00-\x08\x0b\x0e-\x1f\ufffe\uffff\ud800-\udfff]", " ", text)
    try:
        root = html.document_fromstring(clean.encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        root = html.document_fromstring(b"<html><body></body></html>")
    deep = any("depth" in error.message for error in parser.error_log)
    return root, ("Elements nested more than 2,000 deep were not read.",) if deep else ()


def _declared(data: bytes) -> str:
    match = DECLARED.search(data[:4096])
    return (match[1] or match[2]).decode("ascii", "replace") if match else ""
