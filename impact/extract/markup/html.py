"""HTML: pages of standards bodies, ReSpec and Bikeshed sources, xml2rfc output.

Read with lxml. Measured on the three largest shared pages: as fast as selectolax (16 to 24 ms each, parse and walk),
and linear where selectolax is not (100,000 nested elements: 3 ms against 26 s).
"""

import re
from itertools import islice
from typing import Any

from lxml import etree, html

from impact.errors import UnreadableError
from impact.extract.blocks.decode import decode
from impact.extract.blocks.finish import document
from impact.extract.markdown.comments import without_comments
from impact.extract.markdown.lay import Layer
from impact.extract.markdown.markdown import LINE, lay
from impact.extract.markup.html_blocks import HtmlPage
from impact.extract.markup.html_facts import facts_of
from impact.extract.options import Options
from impact.records import Document

DECLARED = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,100}encoding=[\"']([\w.:-]{2,40})",
    re.IGNORECASE,
)

UNPARSED = re.compile("[\x00-\x08\x0b\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
ENDS = re.compile(r"</(?:body|html)\s{0,20}>", re.IGNORECASE)
"""Ends behind which the parser would stop, and a browser goes on. Source: HTML Living Standard, section 13.2.6.4.19."""

# Source: ReSpec documentation, "format": the page's text is Markdown among HTML elements.
MARKDOWN = re.compile(r"\bformat\s{0,9}:\s{0,9}[\"']markdown[\"']")
CONFIG = re.compile(r"respecConfig\s{0,9}=")
CONFIGS = 3
"""Places of a page where its configuration may be. Source: project judgment."""

# Source: HTML Living Standard, section 13.2.5 (tokenization); no step back, so that the time is by the length.
TAG = re.compile(r"<[A-Za-z](?:[^>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')?+)*+>?+")
ATTRIBUTE = re.compile(r"[\s/][^\s/>=\"']++")
ATTRIBUTES = 1000
"""Attributes of an element that are read. Source: project judgment; pages of standards have some 30 at the most."""
SHORT_TAG = 2 * ATTRIBUTES
"""Characters of a tag that cannot have more attributes than that."""
DEEP = "Elements nested more than 2,000 deep were not read."


def read(data: bytes, name: str, options: Options) -> Document:  # noqa: ARG001 - every reader has this signature
    """Read an HTML file; fragments are text nodes, origins are their ordinals in document order.

    Where a ReSpec source is written in Markdown, it is read as such, and origins are characters of the decoded file.

    Raises:
        UnreadableError: If it is empty, no text, or has no words to read.
    """
    decoded = decode(data, name, _declared(data))
    root, warnings = parse(decoded.text)
    if _has_markdown(decoded.text):
        layer = lay_markdown(decoded.text)
        facts = facts_of(root)
        notes = decoded.warnings
        return document(layer.scribe.assembly, data, name, form="html", engine="text", properties=facts, warnings=notes)
    page = HtmlPage(root)
    page.read()
    if not page.scribe.assembly.blocks:
        message = f"{name} is an HTML file without text"
        if DEEP in warnings:
            message = f"{name} nests its elements more than 2,000 deep, with no text above that"
        raise UnreadableError(message, "Save the page from a browser once it has loaded, or give it as PDF")
    composed = document(
        page.scribe.assembly,
        data,
        name,
        form="html",
        engine="lxml",
        properties=facts_of(root),
        warnings=decoded.warnings + warnings,
    )
    return page.unshown.mark(composed)


def lay_markdown(text: str) -> Layer:
    """Return the blocks of the body of a ReSpec source that is written in Markdown."""
    source = without_comments(text)
    body = re.search(r"<body[^>]*>", source)
    place = body.end() if body else 0
    return lay(source, [match.span(1) for match in LINE.finditer(source, place)], bikeshed=True)


def parse(text: str) -> tuple[Any, tuple[str, ...]]:
    """Return the root of an HTML tree and warnings; comments and processing instructions are dropped."""
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=True, encoding="utf-8", no_network=True)
    clean, cut = _slim(ENDS.sub("", UNPARSED.sub("\u200b", text)))
    try:
        root = html.document_fromstring(clean.encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        root = html.document_fromstring(b"<html><body></body></html>")
    deep = any("depth" in error.message for error in parser.error_log)
    return root, (DEEP,) * deep + (f"Only the first {ATTRIBUTES} attributes of an element were read.",) * cut


def _slim(text: str) -> tuple[str, bool]:
    """Return a page with at most `ATTRIBUTES` of each element, and whether any were left out.

    The parser's time is by the square of them.
    """
    parts, place = [], 0
    for tag in TAG.finditer(text):
        if tag.end() - tag.start() > SHORT_TAG:
            last = next(islice(ATTRIBUTE.finditer(text, tag.start(), tag.end()), ATTRIBUTES, None), None)
            if last:
                parts += [text[place : last.start()], ">"]
                place = tag.end()
    return "".join([*parts, text[place:]]), bool(parts)


def _has_markdown(text: str) -> bool:
    """Return whether a page is a ReSpec source that is written in Markdown."""
    starts = islice(CONFIG.finditer(text, 0, 100_000), CONFIGS)
    return any(MARKDOWN.search(text, start.end(), start.end() + 20_000) for start in starts)


def _declared(data: bytes) -> str:
    match = DECLARED.search(data[:4096])
    return (match[1] or match[2]).decode("ascii", "replace") if match else ""
