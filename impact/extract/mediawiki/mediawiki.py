"""MediaWiki: sources of Bitcoin Improvement Proposals, of wikis of standards bodies, and others.

Read by an own reader: mwparserfromhell gives the words of a page, not their places in it.
"""

import re
from collections.abc import Sequence

from impact.extract.blocks.decode import decode
from impact.extract.blocks.facts import StatedFacts
from impact.extract.blocks.finish import document
from impact.extract.markdown.comments import without_comments
from impact.extract.markdown.lay import Layer, unnumbered
from impact.extract.markdown.markdown import LINE
from impact.extract.mediawiki.blocks import WikiBlocks
from impact.extract.mediawiki.inline import WikiText
from impact.extract.options import Options
from impact.records import Document

HEADER = re.compile(
    r"\s*<pre>[ \t]*\r?\n(?P<fields>(?=[ \t]*[A-Z]{2,6}:)"
    r"(?:[ \t]*[^<\s][^<\r\n]*(?:<[^<>\r\n]*>[^<\r\n]*)?\r?\n)+)[ \t]*</pre>"
)
FIELD = re.compile(r"[ \t]*(?P<name>[A-Z][\w -]{0,30}):[ \t]*(?P<value>.*)$")
MAIL = re.compile(r"\s*<[^<>]*>")
NAMES = {"title": "title", "status": "status", "created": "date", "author": "authors", "authors": "authors"}
"""Names of fields in a header, and what they state. Source: BIP 2, "BIP header preamble"; BIP 3, "Headers"."""
NUMBER = re.compile(r"\d{1,5}")


def read(data: bytes, name: str, options: Options) -> Document:  # noqa: ARG001 - every reader has this signature
    """Read a file in MediaWiki markup; fragments have no marks, origins are characters of the decoded file.

    Raises:
        UnreadableError: If it is empty, blank or no text.
    """
    decoded = decode(data, name)
    source = without_comments(decoded.text)
    header = HEADER.match(source)
    start, facts = (header.end(), _facts(header["fields"].splitlines())) if header else (0, [])
    layer = Layer(source, WikiText(), unnumbered)
    lines = [match.span(1) for match in LINE.finditer(source, start)]
    for raw in WikiBlocks(source, lines).read():
        layer.lay(raw)
    layer.finish()
    return document(
        layer.scribe.assembly, data, name, form="mediawiki", engine="text", properties=facts, warnings=decoded.warnings
    )


def _facts(lines: Sequence[str]) -> list[tuple[str, str]]:
    """Return what a header states; a line without a name goes on with the field above it."""
    facts, fact = StatedFacts(), ""
    for line in lines:
        if field := FIELD.match(line):
            name, value = field["name"].strip().lower(), MAIL.sub("", field["value"])
            fact = NAMES.get(name, name if NUMBER.fullmatch(value.strip()) else "")
            if fact:
                facts.add(fact, value)
        elif fact == "authors":
            facts.add(fact, MAIL.sub("", line))
        elif fact:
            facts.extend(fact, line)
    return facts.pairs()
